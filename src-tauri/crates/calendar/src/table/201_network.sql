-- Leader networks, their meetings, and what was promised there.

CREATE TABLE network (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- NetworkId, 16 bytes
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    colour INTEGER NOT NULL,            -- 0 to 7
    rhythm TEXT NOT NULL,
    title_contains TEXT NOT NULL        -- the rule for suggestions; empty is none
) STRICT;

CREATE TABLE member (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- MemberId, 16 bytes
    network INTEGER NOT NULL REFERENCES network (no) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    workplace TEXT NOT NULL,
    email TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;
CREATE INDEX member_network ON member (network);

-- A meeting has a life of its own: it points to an occurrence by what iCalendar names it, and
-- keeps what was last known of it.
CREATE TABLE meeting (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,            -- MeetingId, 16 bytes
    network INTEGER NOT NULL REFERENCES network (no) ON DELETE CASCADE,
    uid TEXT NOT NULL,                  -- of its event
    recurrence TEXT NOT NULL,           -- which occurrence; empty for an event that does not repeat
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    all_day INTEGER NOT NULL,           -- 0 or 1
    start_ms INTEGER NOT NULL,          -- an instant; midnight in UTC of the day where it is day-long
    end_ms INTEGER NOT NULL,            -- exclusive
    detached INTEGER NOT NULL,          -- 1: no such occurrence is in the calendar
    cancelled INTEGER NOT NULL,         -- 1: it was called off
    ready INTEGER NOT NULL,             -- 1: the leader said so
    host INTEGER REFERENCES member (no) ON DELETE SET NULL,         -- NULL: nobody named
    facilitator INTEGER REFERENCES member (no) ON DELETE SET NULL,  -- NULL: nobody named
    method TEXT NOT NULL,
    aim TEXT NOT NULL,
    notes TEXT NOT NULL,
    carry_over TEXT NOT NULL,
    version INTEGER NOT NULL,           -- grows with every change of aim, notes or carry_over
    reflection BLOB,                    -- EntryId; NULL: none written
    put_away INTEGER                    -- year * 10000 + month * 100 + day on which its reminder was
                                        -- put away; NULL: never
) STRICT;
CREATE INDEX meeting_network ON meeting (network, start_ms);
CREATE INDEX meeting_start ON meeting (start_ms);
CREATE INDEX meeting_occurrence ON meeting (uid, recurrence);
CREATE INDEX meeting_host ON meeting (host) WHERE host IS NOT NULL;
CREATE INDEX meeting_facilitator ON meeting (facilitator) WHERE facilitator IS NOT NULL;
CREATE INDEX meeting_reflection ON meeting (reflection) WHERE reflection IS NOT NULL;

CREATE TABLE agenda_item (
    meeting INTEGER NOT NULL REFERENCES meeting (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the first
    title TEXT NOT NULL,
    minutes INTEGER NOT NULL,           -- 0: open
    PRIMARY KEY (meeting, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE question (
    meeting INTEGER NOT NULL REFERENCES meeting (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the first
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    entry BLOB,                         -- EntryId of the entry that answers it; NULL: none
    PRIMARY KEY (meeting, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_entry ON question (entry) WHERE entry IS NOT NULL;

-- The entries that are brought to a meeting.
CREATE TABLE brought (
    meeting INTEGER NOT NULL REFERENCES meeting (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the first
    entry BLOB NOT NULL,                -- EntryId
    PRIMARY KEY (meeting, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX brought_entry ON brought (entry);

-- Occurrences that a network's rule finds and that the leader said are no meeting of it.
CREATE TABLE dismissed (
    network INTEGER NOT NULL REFERENCES network (no) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    recurrence TEXT NOT NULL,
    PRIMARY KEY (network, uid, recurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE commitment (
    no INTEGER PRIMARY KEY,             -- in the order they were made
    id BLOB NOT NULL UNIQUE,            -- CommitmentId, 16 bytes
    network INTEGER NOT NULL REFERENCES network (no) ON DELETE CASCADE,
    meeting INTEGER REFERENCES meeting (no) ON DELETE SET NULL, -- NULL: made at none, or it is gone
    mine INTEGER NOT NULL,              -- 1: the leader promised
    member INTEGER REFERENCES member (no) ON DELETE SET NULL,   -- NULL: no member promised
    who TEXT NOT NULL,                  -- the name of who promised, also of a member; empty: the leader
    what TEXT NOT NULL,
    due INTEGER,                        -- year * 10000 + month * 100 + day; NULL: no day was named
    state INTEGER NOT NULL,             -- 0 open, 1 done, 2 dropped
    made_ms INTEGER NOT NULL,
    made_offset INTEGER NOT NULL,
    closed_ms INTEGER,                  -- NULL: it is open
    closed_offset INTEGER               -- NULL: it is open
) STRICT;
CREATE INDEX commitment_network ON commitment (network);
CREATE INDEX commitment_meeting ON commitment (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX commitment_member ON commitment (member) WHERE member IS NOT NULL;
CREATE INDEX commitment_open ON commitment (due) WHERE state = 0;

-- What a commitment was until it was changed.
CREATE TABLE commitment_change (
    no INTEGER PRIMARY KEY,             -- in the order of the changes
    commitment INTEGER NOT NULL REFERENCES commitment (no) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    at_offset INTEGER NOT NULL,
    what TEXT NOT NULL,
    due INTEGER,                        -- as in commitment
    state INTEGER NOT NULL
) STRICT;
CREATE INDEX commitment_change_of ON commitment_change (commitment, no);

-- When the leader wants to be reminded: one row.
CREATE TABLE reminding (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    commitments INTEGER NOT NULL,       -- 0 or 1
    names_it INTEGER NOT NULL           -- 0 or 1
) STRICT;
INSERT INTO reminding (one, commitments, names_it) VALUES (1, 1, 0);

-- Days before a meeting on which to remind of preparing.
CREATE TABLE reminding_day (days INTEGER PRIMARY KEY) STRICT;
INSERT INTO reminding_day (days) VALUES (1), (3);

-- Reminders that the system has shown, so that none comes twice.
CREATE TABLE reminded (
    key TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
