-- Calendars from elsewhere: where they are, and how they are kept in step.

-- `calendar.kind` may now be 3 as well: on a CalDAV server where the account may only read it.

-- A server and who signs in there. Rows that no source names are removed.
CREATE TABLE calendar_account (
    no INTEGER PRIMARY KEY,
    address TEXT NOT NULL,              -- as typed, without name and password
    user TEXT NOT NULL,                 -- empty: nobody signs in
    password TEXT NOT NULL
) STRICT;

CREATE TABLE calendar_source (
    calendar INTEGER PRIMARY KEY REFERENCES calendar (no) ON DELETE CASCADE,
    account INTEGER NOT NULL REFERENCES calendar_account (no),
    address TEXT NOT NULL,              -- of the calendar itself
    every_minutes INTEGER NOT NULL,     -- 0: only when asked
    mark TEXT,                          -- how far a CalDAV calendar was read; NULL: not yet, or all anew
    etag TEXT,                          -- of a subscription; NULL: the server gave none
    last_modified TEXT,                 -- as etag
    looked_ms INTEGER,                  -- when it was last looked at; NULL: never
    good_ms INTEGER,                    -- when that last went well; NULL: never
    failures INTEGER NOT NULL,          -- in a row
    trouble INTEGER                     -- why the last try failed; NULL: it did not
) STRICT;
CREATE INDEX calendar_source_account ON calendar_source (account);

-- An event that was changed here and on the server since they last agreed. It is not sent before
-- the leader answered.
CREATE TABLE conflict (
    event INTEGER PRIMARY KEY REFERENCES event (no) ON DELETE CASCADE,
    id BLOB NOT NULL UNIQUE,            -- ConflictId, 16 bytes
    theirs TEXT,                        -- as it is on the server; NULL: it is gone there
    etag TEXT                           -- its version there; NULL as theirs
) STRICT;

-- What is not done before the leader said so, and what she said.
CREATE TABLE asked (
    event INTEGER PRIMARY KEY REFERENCES event (no) ON DELETE CASCADE,
    what INTEGER NOT NULL               -- 0: it is gone from the server; 1: it may be deleted there
) STRICT;

CREATE INDEX event_href ON event (calendar, href) WHERE href IS NOT NULL;
CREATE INDEX event_pending ON event (calendar) WHERE pending <> 0;
