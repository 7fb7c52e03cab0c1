-- Whether the system shows reminders at all; 0 or 1.
ALTER TABLE reminding ADD COLUMN notify INTEGER NOT NULL DEFAULT 1;
