-- Who may read what a wish sends, as the leader was shown; and who came since.
ALTER TABLE outbox ADD COLUMN readers TEXT;     -- JSON, addresses; NULL: whoever is in the network
ALTER TABLE outbox ADD COLUMN newcomers TEXT;   -- JSON, addresses: it waits for the leader to say
                                                -- whether they may read it too; NULL: it does not
