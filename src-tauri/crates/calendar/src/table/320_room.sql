-- Meetings that travel through a room: those that the leader called, and those that came.
CREATE TABLE room_event (
    no INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,           -- under which it travels; random where it was called here
    room TEXT NOT NULL,
    organizer TEXT NOT NULL,            -- whose calls and cancellations alone count
    sequence INTEGER NOT NULL,          -- of the last message, with its stamp: older ones come late
    stamp_ms INTEGER NOT NULL,          -- DTSTAMP, milliseconds since 1970
    text TEXT NOT NULL,                 -- as it was told last
    called INTEGER NOT NULL,            -- 1: called here, from an event that keeps its own UID
    meeting INTEGER REFERENCES meeting (no) ON DELETE SET NULL, -- of what was called here; NULL:
                                        -- it came, or the meeting is gone
    item BLOB                           -- ItemId of what it is in the feed; NULL: of what was called
                                        -- here, not in the outbox yet
) STRICT;
CREATE INDEX room_event_meeting ON room_event (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX room_event_organizer ON room_event (room, organizer);

-- What those invited answered, each by a message of their own.
CREATE TABLE room_answer (
    event INTEGER NOT NULL REFERENCES room_event (no) ON DELETE CASCADE,
    address TEXT NOT NULL,
    reply INTEGER NOT NULL,             -- 0 none yet, 1 comes, 2 does not, 3 perhaps
    sequence INTEGER NOT NULL,          -- SEQUENCE that it answers to
    stamp_ms INTEGER NOT NULL,          -- its DTSTAMP
    PRIMARY KEY (event, address)
) STRICT, WITHOUT ROWID;

-- 1: the leader's own in a room, and not one that she typed.
ALTER TABLE own_address ADD COLUMN in_room INTEGER NOT NULL DEFAULT 0;
