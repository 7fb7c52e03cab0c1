-- Sharing with networks: who is signed in, the rooms, what came, and what is to be sent.

CREATE TABLE sharing_account (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    user TEXT NOT NULL,
    name TEXT NOT NULL,
    server TEXT NOT NULL,
    device TEXT NOT NULL,
    kind INTEGER NOT NULL,              -- 0: older interface; 1: OAuth 2
    session TEXT NOT NULL,              -- secret; JSON
    mark BLOB NOT NULL,                 -- 16 bytes, as in the Matrix store's folder on this computer
    storage_key TEXT,                   -- secret; NULL: not known
    signed_out INTEGER NOT NULL
) STRICT;

CREATE TABLE shared_room (
    no INTEGER PRIMARY KEY,
    room TEXT NOT NULL UNIQUE,
    network BLOB UNIQUE,                -- NetworkId, 16 bytes, of the calendar's; NULL: belongs to none
    name TEXT NOT NULL,                 -- safe to show
    standing INTEGER NOT NULL,          -- 0: invited; 1: asking; 2: in it; 3: left
    federated INTEGER NOT NULL,
    organiser INTEGER NOT NULL,
    invited_by TEXT,                    -- NULL: no invitation
    code TEXT,                          -- NULL: none is shown
    read_to TEXT                        -- event id; NULL: not read yet
) STRICT;

CREATE TABLE peer (
    room INTEGER NOT NULL REFERENCES shared_room (no) ON DELETE CASCADE,
    user TEXT NOT NULL,
    name TEXT NOT NULL,                 -- safe to show
    here INTEGER NOT NULL,              -- 0: was in it before
    invited INTEGER NOT NULL,
    organiser INTEGER NOT NULL,
    asking INTEGER NOT NULL,
    PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;

-- A thing in a feed. From `kind` on every column follows from the thing's events and can be worked
-- out anew from them.
CREATE TABLE shared_item (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- ItemId, 16 bytes
    room INTEGER NOT NULL REFERENCES shared_room (no) ON DELETE CASCADE,
    sender TEXT NOT NULL,
    mine INTEGER NOT NULL,
    copy BLOB,                          -- 16 bytes; NULL: from another program, or not opened yet
    entry BLOB,                         -- EntryId, 16 bytes; NULL: of no entry here
    unread INTEGER NOT NULL,
    taken_back_ms INTEGER,              -- when the leader withdrew it here; NULL: she did not
    kind INTEGER,                       -- FeedKind; NULL: not known
    state INTEGER NOT NULL,             -- 0: whole; 1: waiting; 2: ended; 3: unreadable
    why INTEGER,                        -- NoKey of a waiting one; NULL: on its way
    at_ms INTEGER NOT NULL,
    edited_ms INTEGER,                  -- NULL: the first version is shown
    ended_ms INTEGER,                   -- NULL: not ended
    ended_by TEXT,                      -- as ended_ms
    shown INTEGER,                      -- the shared_event whose content is shown; NULL: not whole
    root TEXT,                          -- its first event's id; NULL: not sent yet
    target TEXT                         -- the event that it replies to; NULL: none
) STRICT;
CREATE UNIQUE INDEX shared_item_copy ON shared_item (room, sender, copy) WHERE copy IS NOT NULL;
CREATE INDEX shared_item_feed ON shared_item (room, at_ms);
CREATE INDEX shared_item_time ON shared_item (at_ms);
CREATE INDEX shared_item_entry ON shared_item (entry) WHERE entry IS NOT NULL;
CREATE INDEX shared_item_target ON shared_item (room, target) WHERE target IS NOT NULL;
CREATE INDEX shared_item_unread ON shared_item (room) WHERE unread = 1;

-- The log: every event that came and every one of the leader's own, once. What it says does not
-- depend on the order in which they came.
CREATE TABLE shared_event (
    no INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES shared_room (no) ON DELETE CASCADE,
    event TEXT,                         -- its id; NULL: the leader's, and the server has not answered
    item INTEGER REFERENCES shared_item (no) ON DELETE SET NULL,    -- NULL: not known, or of none
    sender TEXT NOT NULL,
    mine INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,             -- the server's time
    part INTEGER NOT NULL,              -- 0: not opened; 1: original; 2: edit; 3: file; 4: sign;
                                        -- 5: answer; 6: redaction; 7: nothing of ours
    kind INTEGER,                       -- FeedKind of an original; NULL: of others
    target TEXT,                        -- the event that it is about; NULL: none
    copy BLOB,                          -- its own copy id, 16 bytes; NULL: it has none
    parent BLOB,                        -- of a file: the copy that it goes along with; NULL: no file
    content TEXT,                       -- JSON; NULL: not opened, unreadable, or ended
    state INTEGER NOT NULL,             -- 0: whole; 1: its key is missing; 2: unreadable;
                                        -- 3: its text has to be fetched
    why INTEGER,                        -- NoKey; NULL: on its way
    entry_version INTEGER,              -- of the entry here; NULL: of none
    may INTEGER NOT NULL,               -- of a redaction: it counts for what others sent
    ended_ms INTEGER,                   -- when it was redacted; NULL: it was not
    ended_by TEXT                       -- as ended_ms
) STRICT;
CREATE UNIQUE INDEX shared_event_event ON shared_event (room, event) WHERE event IS NOT NULL;
CREATE INDEX shared_event_item ON shared_event (item) WHERE item IS NOT NULL;
CREATE INDEX shared_event_target ON shared_event (room, target) WHERE target IS NOT NULL;
CREATE INDEX shared_event_parent ON shared_event (room, parent) WHERE parent IS NOT NULL;
CREATE INDEX shared_event_copy ON shared_event (room, copy) WHERE copy IS NOT NULL;
CREATE INDEX shared_event_waiting ON shared_event (room, state) WHERE state IN (1, 3);

-- The files of events: those that go along, and long texts.
CREATE TABLE shared_file (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- SharedFileId, 16 bytes
    event INTEGER NOT NULL REFERENCES shared_event (no) ON DELETE CASCADE,
    source TEXT,                        -- EncryptedFile, JSON; NULL: not uploaded yet
    bytes BLOB                          -- the leader's own, until uploaded; NULL: on the server only
) STRICT;
CREATE UNIQUE INDEX shared_file_event ON shared_file (event);

-- What is still to be done at the server, one step a row.
CREATE TABLE outbox (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- JobId, 16 bytes
    wish BLOB NOT NULL,                 -- OutboxId, 16 bytes: what it is a step of
    room INTEGER NOT NULL REFERENCES shared_room (no) ON DELETE CASCADE,
    item INTEGER NOT NULL REFERENCES shared_item (no) ON DELETE CASCADE,    -- in whose order
    event INTEGER NOT NULL REFERENCES shared_event (no) ON DELETE CASCADE,  -- what it sends or redacts
    ord INTEGER NOT NULL,               -- steps go by ord, act
    what INTEGER NOT NULL,              -- OutboxWhat
    act INTEGER NOT NULL,               -- 0: upload; 1: send; 2: redact
    event_type TEXT,                    -- of a sending; NULL: of others
    content TEXT,                       -- as event_type: JSON, without what ties it to others
    tie INTEGER NOT NULL,               -- 0: to none; 1: thread; 2: edit; 3: sign
    target TEXT,                        -- the event that it is tied to; NULL: its item's own first
    attached INTEGER NOT NULL,          -- a sending that tells where its event's file is
    txn TEXT NOT NULL UNIQUE,           -- random; the same each time that it is tried
    begun INTEGER NOT NULL,             -- it may have arrived
    failed INTEGER NOT NULL,            -- it waits for the leader
    not_before_ms INTEGER,              -- NULL: at once
    retry_ms INTEGER,                   -- NULL: next
    trouble INTEGER                     -- why the last try failed; NULL: it did not
) STRICT;
CREATE INDEX outbox_item ON outbox (item);
CREATE INDEX outbox_event ON outbox (event);

-- Folded words of what is whole, numbered by shared_item.no. It keeps them, so that a row can be
-- taken out by its number; 'secure-delete' takes them out of the index at once.
CREATE VIRTUAL TABLE shared_words USING fts5 (
    text,
    columnsize = 0, detail = 'none', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO shared_words (shared_words, rank) VALUES ('secure-delete', 1);
INSERT INTO shared_words (shared_words, rank) VALUES ('pgsz', 3900);
INSERT INTO shared_words (shared_words, rank) VALUES ('automerge', 2);
-- The index takes its form when the first row leaves it, and tells no other connection of it (see
-- 102_search_form.sql); so the first leaves here.
INSERT INTO shared_words (rowid, text) VALUES (1, 'aaa');
DELETE FROM shared_words WHERE rowid = 1;
