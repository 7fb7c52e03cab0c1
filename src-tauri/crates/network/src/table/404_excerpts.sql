-- Whether an own copy had a part of its entry's text, so that a new version of it begins with a part.
ALTER TABLE shared_event ADD COLUMN excerpt INTEGER NOT NULL DEFAULT 0;
