-- Replies that were begun and not sent.
CREATE TABLE reply_draft (
    item INTEGER PRIMARY KEY REFERENCES shared_item (no) ON DELETE CASCADE, -- what it is to
    text TEXT NOT NULL
) STRICT;
