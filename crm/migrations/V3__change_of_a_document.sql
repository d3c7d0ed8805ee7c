-- A change belongs to its document. Two people who are entered alike by one action have the same bytes and so the
-- same hash; as the hash alone had to be unique, the second of them was not kept.
CREATE TABLE change_by_document (
  no             INTEGER PRIMARY KEY,
  hash           BLOB NOT NULL CHECK (length(hash) = 32),
  doc            INTEGER NOT NULL REFERENCES doc (no),
  actor          BLOB NOT NULL,
  action         BLOB,
  time           INTEGER NOT NULL,
  cause          INTEGER NOT NULL,
  is_local       INTEGER NOT NULL,
  is_sealed      INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  bytes          BLOB NOT NULL,
  UNIQUE (doc, hash)
) STRICT;
INSERT INTO change_by_document
  SELECT no, hash, doc, actor, action, time, cause, is_local, is_sealed, received_at_ms, bytes FROM change ORDER BY no;
DROP TABLE change;
ALTER TABLE change_by_document RENAME TO change;
CREATE INDEX change_by_doc ON change (doc, no);
CREATE INDEX change_by_action ON change (action, doc) WHERE action IS NOT NULL;
CREATE INDEX change_to_seal ON change (no) WHERE is_sealed = 0;
CREATE INDEX change_own ON change (no, time) WHERE is_local = 1;
