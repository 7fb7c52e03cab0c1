-- Accounts that the leader signed out of, so that she finds all of it again.
CREATE TABLE sharing_left (
    no INTEGER PRIMARY KEY,             -- the last one is the greatest
    user TEXT NOT NULL UNIQUE,
    storage_key TEXT                    -- secret; NULL: not known
) STRICT;
