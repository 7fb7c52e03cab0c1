-- Whether somebody's identity was seen to change, and is not taken for unchanged since it is the old
-- one again: 0 never, 1 the leader has not decided, 2 she has.
ALTER TABLE peer_identity ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
