-- Calendars and their events.

CREATE TABLE calendar (
    no INTEGER PRIMARY KEY,             -- in the order they were made
    id BLOB NOT NULL UNIQUE,            -- CalendarId, 16 bytes
    name TEXT NOT NULL,
    colour INTEGER NOT NULL,            -- 0 to 7
    shown INTEGER NOT NULL,             -- 0 or 1
    kind INTEGER NOT NULL               -- 0 own, 1 subscription, 2 CalDAV
) STRICT;

-- One event, a series counting as one, with what lists and windows need; the truth is its text.
CREATE TABLE event (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- EventId, 16 bytes
    calendar INTEGER NOT NULL REFERENCES calendar (no) ON DELETE CASCADE,
    uid TEXT NOT NULL,                  -- UID (RFC 5545, section 3.8.4.7)
    title TEXT NOT NULL,                -- of the series, as received
    location TEXT NOT NULL,
    repeats INTEGER NOT NULL,           -- 0 or 1
    -- Milliseconds since 1970 in UTC between which every occurrence lies, whatever the zone it is
    -- looked at from.
    first_ms INTEGER NOT NULL,
    last_ms INTEGER,                    -- NULL: it repeats without an end
    alarm INTEGER,                      -- minutes of its earliest alarm; NULL: it has none
    reply INTEGER,                      -- 0 none yet, 1 comes, 2 does not, 3 perhaps; NULL: the leader
                                        -- is not among those invited
    sequence INTEGER NOT NULL,          -- SEQUENCE (RFC 5545, section 3.8.7.4)
    changed_ms INTEGER NOT NULL,        -- when it was last changed here
    href TEXT,                          -- its address on the server; NULL: none yet, or no server
    etag TEXT,                          -- the version that the server gave; NULL as href
    -- What the server has still to be told: 0 nothing, 1 its text, 2 that it is gone. A row of 2 is
    -- shown nowhere.
    pending INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_uid ON event (uid, calendar);
CREATE INDEX event_window ON event (last_ms, first_ms);
CREATE INDEX event_calendar ON event (calendar);
CREATE INDEX event_alarm ON event (alarm) WHERE alarm IS NOT NULL;

-- The iCalendar object (RFC 5545, section 3.4), as received but for the fields changed here.
CREATE TABLE event_text (
    event INTEGER PRIMARY KEY REFERENCES event (no) ON DELETE CASCADE,
    text TEXT NOT NULL,
    base TEXT                           -- as last agreed with the server; NULL: never
) STRICT;

-- The leader's own e-mail addresses, in lower case: which of those invited she is.
CREATE TABLE own_address (address TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
