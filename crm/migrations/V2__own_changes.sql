-- A start asks for the latest time that this device wrote.
CREATE INDEX change_own ON change (no, time) WHERE is_local = 1;
