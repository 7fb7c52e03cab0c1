-- The search index: folded words of what is outside the trash.

-- Rows are numbered by entry.ord. It holds no text of its own: rows leave it by naming the words
-- they had, and 'secure-delete' takes them out of the index at once instead of at some later merge.
CREATE VIRTUAL TABLE word_index USING fts5 (
    title, body, tags,
    content = '', columnsize = 0, tokenize = 'ascii'
);
INSERT INTO word_index (word_index, rank) VALUES ('secure-delete', 1);
-- SQLCipher keeps 80 bytes of each page of 4096. FTS5's own 4050 bytes would spill each of its
-- pages over two of the store's, and each would be decrypted twice.
INSERT INTO word_index (word_index, rank) VALUES ('pgsz', 3900);
-- Segments are joined as soon as two are of one size: a search looks into each of them.
INSERT INTO word_index (word_index, rank) VALUES ('automerge', 2);

-- Every distinct word of the index.
CREATE TABLE word (
    no INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    entries INTEGER NOT NULL            -- how many entries of the index hold it, at least one
) STRICT;

-- Which words hold which three letters; rows are numbered by word.no.
CREATE VIRTUAL TABLE word_part USING fts5 (
    text,
    content = '', columnsize = 0, detail = 'none', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO word_part (word_part, rank) VALUES ('secure-delete', 1);
INSERT INTO word_part (word_part, rank) VALUES ('pgsz', 3900);
INSERT INTO word_part (word_part, rank) VALUES ('automerge', 2);

-- Entries whose text is newer than the index, with the words that the index still has for them.
-- A save writes here instead of the index; the next search, or the next save of another entry,
-- brings the index up to date.
CREATE TABLE unindexed (
    entry INTEGER PRIMARY KEY REFERENCES entry (no) ON DELETE CASCADE,
    indexed INTEGER NOT NULL,           -- 1 where the index has a row for it, 0 where it has none
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    tags TEXT NOT NULL
) STRICT;

-- By which rule the words of the index were folded.
CREATE TABLE word_rule (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    fold INTEGER NOT NULL
) STRICT;
INSERT INTO word_rule (one, fold) VALUES (1, 1);
