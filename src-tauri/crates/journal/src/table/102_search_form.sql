-- The form of an index that words are taken out of at once.
--
-- FTS5 notes that form when the first word leaves, but tells no other connection of it: one that
-- read the older form before calls the sound index malformed. So the first word leaves here.

INSERT INTO word_index (rowid, title, body, tags) VALUES (-9000000000000000000, 'a', '', '');
INSERT INTO word_index (word_index, rowid, title, body, tags)
    VALUES ('delete', -9000000000000000000, 'a', '', '');
INSERT INTO word_part (rowid, text) VALUES (-9000000000000000000, 'aaa');
INSERT INTO word_part (word_part, rowid, text) VALUES ('delete', -9000000000000000000, 'aaa');
