-- Entries, their texts, tags, earlier texts and attachments.

-- One reflection, with everything a list shows; the text is in its own table, so that lists,
-- however long, never read it.
CREATE TABLE entry (
    no INTEGER PRIMARY KEY,             -- stays inside the store; others refer to it
    id BLOB NOT NULL UNIQUE,            -- EntryId, 16 bytes
    -- Seconds of the leader's own clock since 1970, or the next that is free: orders every list,
    -- and is the row's number in the search index, so that hits stream newest first.
    ord INTEGER NOT NULL UNIQUE,
    day INTEGER NOT NULL,               -- year * 10000 + month * 100 + day, on the leader's wall
    written_ms INTEGER NOT NULL,        -- milliseconds since 1970 in UTC
    written_offset INTEGER NOT NULL,    -- minutes east of Greenwich
    updated_ms INTEGER NOT NULL,
    updated_offset INTEGER NOT NULL,
    begun_ms INTEGER NOT NULL,          -- when its first text was saved
    version INTEGER NOT NULL,           -- grows with every change of title or text
    starred INTEGER NOT NULL,           -- 0 or 1
    template TEXT,                      -- NULL: began from no template
    trashed_ms INTEGER,                 -- NULL: not in the trash
    trashed_offset INTEGER,             -- NULL: not in the trash
    shown_title TEXT NOT NULL,          -- from title and body
    preview TEXT NOT NULL               -- from the body
) STRICT;

-- The columns of an index's condition stand in the index too: SQLite tests them again for each row
-- and would otherwise read the row for it.
CREATE INDEX entry_live ON entry (ord, trashed_ms) WHERE trashed_ms IS NULL;
CREATE INDEX entry_starred ON entry (ord, trashed_ms, starred)
    WHERE trashed_ms IS NULL AND starred = 1;
CREATE INDEX entry_day ON entry (day, ord, trashed_ms) WHERE trashed_ms IS NULL;
CREATE INDEX entry_month_day ON entry (day % 10000, day, ord) WHERE trashed_ms IS NULL;
CREATE INDEX entry_trash ON entry (trashed_ms, ord) WHERE trashed_ms IS NOT NULL;

-- What the leader wrote, byte for byte.
CREATE TABLE entry_text (
    entry INTEGER PRIMARY KEY REFERENCES entry (no) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- How many entries are outside the trash: the length of the longest list, without counting it.
CREATE TABLE tally (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    live INTEGER NOT NULL,
    starred INTEGER NOT NULL
) STRICT;
INSERT INTO tally (one, live, starred) VALUES (1, 0, 0);

CREATE TRIGGER entry_made AFTER INSERT ON entry WHEN NEW.trashed_ms IS NULL BEGIN
    UPDATE tally SET live = live + 1, starred = starred + NEW.starred;
END;
CREATE TRIGGER entry_gone AFTER DELETE ON entry WHEN OLD.trashed_ms IS NULL BEGIN
    UPDATE tally SET live = live - 1, starred = starred - OLD.starred;
END;
CREATE TRIGGER entry_moved AFTER UPDATE OF trashed_ms, starred ON entry
WHEN (OLD.trashed_ms IS NULL) <> (NEW.trashed_ms IS NULL) OR OLD.starred <> NEW.starred BEGIN
    UPDATE tally SET
        live = live + (NEW.trashed_ms IS NULL) - (OLD.trashed_ms IS NULL),
        starred = starred
            + (CASE WHEN NEW.trashed_ms IS NULL THEN NEW.starred ELSE 0 END)
            - (CASE WHEN OLD.trashed_ms IS NULL THEN OLD.starred ELSE 0 END);
END;

CREATE TABLE tag (
    no INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    entries INTEGER NOT NULL            -- how many outside the trash have it
) STRICT;

CREATE TABLE entry_tag (
    entry INTEGER NOT NULL REFERENCES entry (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the first
    tag INTEGER NOT NULL REFERENCES tag (no),
    live_ord INTEGER,                   -- the entry's ord; NULL while it is in the trash
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_tag_live ON entry_tag (tag, live_ord) WHERE live_ord IS NOT NULL;
CREATE INDEX entry_tag_use ON entry_tag (tag);

CREATE TRIGGER tag_given AFTER INSERT ON entry_tag WHEN NEW.live_ord IS NOT NULL BEGIN
    UPDATE tag SET entries = entries + 1 WHERE no = NEW.tag;
END;
CREATE TRIGGER tag_taken AFTER DELETE ON entry_tag WHEN OLD.live_ord IS NOT NULL BEGIN
    UPDATE tag SET entries = entries - 1 WHERE no = OLD.tag;
END;
CREATE TRIGGER tag_moved AFTER UPDATE OF live_ord ON entry_tag
WHEN (OLD.live_ord IS NULL) <> (NEW.live_ord IS NULL) BEGIN
    UPDATE tag SET entries = entries + (NEW.live_ord IS NOT NULL) - (OLD.live_ord IS NOT NULL)
    WHERE no = NEW.tag;
END;

-- An earlier text of an entry, whole.
CREATE TABLE revision (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- RevisionId, 16 bytes
    entry INTEGER NOT NULL REFERENCES entry (no) ON DELETE CASCADE,
    saved_ms INTEGER NOT NULL,          -- when that text was saved
    saved_offset INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL,           -- when it was replaced
    characters INTEGER NOT NULL,        -- of title and body together
    title TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX revision_entry ON revision (entry, saved_ms);

-- The bytes of attachments, once for each content.
CREATE TABLE blob (
    no INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,          -- BLAKE3 of the content, 32 bytes
    size INTEGER NOT NULL               -- bytes
) STRICT;
CREATE TABLE blob_chunk (
    blob INTEGER NOT NULL REFERENCES blob (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the first
    content BLOB NOT NULL,
    PRIMARY KEY (blob, position)
) STRICT;

CREATE TABLE attachment (
    no INTEGER PRIMARY KEY,             -- in the order they were added
    id BLOB NOT NULL UNIQUE,            -- AttachmentId, 16 bytes
    entry INTEGER NOT NULL REFERENCES entry (no) ON DELETE CASCADE,
    blob INTEGER NOT NULL REFERENCES blob (no),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_entry ON attachment (entry);
CREATE INDEX attachment_blob ON attachment (blob);

-- Where imported entries came from, so that a second import adds nothing.
CREATE TABLE source (
    key BLOB PRIMARY KEY,               -- SourceKey, 32 bytes
    entry INTEGER NOT NULL REFERENCES entry (no) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX source_entry ON source (entry);
