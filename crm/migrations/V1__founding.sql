-- Durable tables: what cannot be rebuilt from anything else. Frozen once released.

-- Single values: identity of the workspace and the device, settings, the start token.
CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every document that this device knows of, and the space that it lives in.
CREATE TABLE doc (
  no    INTEGER PRIMARY KEY,
  id    BLOB NOT NULL UNIQUE CHECK (length(id) = 17),
  space BLOB NOT NULL CHECK (length(space) = 16)
) STRICT;

-- The change log: the truth. `no` is the order of arrival here and means nothing elsewhere.
CREATE TABLE change (
  no             INTEGER PRIMARY KEY,
  hash           BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  doc            INTEGER NOT NULL REFERENCES doc (no),
  actor          BLOB NOT NULL,
  action         BLOB,
  time           INTEGER NOT NULL,
  cause          INTEGER NOT NULL,
  is_local       INTEGER NOT NULL,
  is_sealed      INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  bytes          BLOB NOT NULL
) STRICT;
CREATE INDEX change_by_doc ON change (doc, no);
CREATE INDEX change_by_action ON change (action, doc) WHERE action IS NOT NULL;
CREATE INDEX change_to_seal ON change (no) WHERE is_sealed = 0;

-- Sealed chunks, own and others': kept so that an emptied relay can be refilled.
-- state: 0 own and not yet acknowledged, 1 in effect, 2 held back until a key or a record arrives,
-- 3 quarantined for the reason given, 4 void (sealed again under a later number).
CREATE TABLE chunk (
  no             INTEGER PRIMARY KEY,
  id             BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  space          BLOB NOT NULL,
  device         BLOB NOT NULL,
  incarnation    BLOB NOT NULL,
  device_seq     INTEGER NOT NULL,
  state          INTEGER NOT NULL,
  reason         TEXT,
  received_at_ms INTEGER NOT NULL,
  bytes          BLOB NOT NULL
) STRICT;
CREATE INDEX chunk_by_device ON chunk (device, space, incarnation, device_seq);
CREATE INDEX chunk_by_state ON chunk (state, no) WHERE state <> 1;

-- How far each relay's log of a space was read: by the life of the relay's store.
CREATE TABLE cursor (
  lineage BLOB NOT NULL,
  space   BLOB NOT NULL,
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  PRIMARY KEY (lineage, space)
) STRICT, WITHOUT ROWID;

-- The membership log, in order.
CREATE TABLE record (
  position INTEGER PRIMARY KEY,
  id       BLOB NOT NULL UNIQUE,
  bytes    BLOB NOT NULL
) STRICT;

-- What this device wants to write into the membership log and the authority has not taken yet.
CREATE TABLE pending_record (
  no   INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- Which device an actor is, learnt from verified chunks.
CREATE TABLE actor (
  actor  BLOB NOT NULL PRIMARY KEY,
  device BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys of spaces, by epoch. The database itself is encrypted.
CREATE TABLE epoch_key (
  space BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  key   BLOB NOT NULL,
  PRIMARY KEY (space, epoch)
) STRICT, WITHOUT ROWID;

-- What moved, in order of commit: for screens that were away.
CREATE TABLE feed (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  entity   TEXT NOT NULL,
  id       TEXT NOT NULL,
  cause    TEXT NOT NULL
) STRICT;

-- Imports: the file as it came, how it is read and understood, how far the run is.
CREATE TABLE import (
  id            BLOB NOT NULL PRIMARY KEY,
  file_name     TEXT NOT NULL,
  file          BLOB NOT NULL,
  reading       TEXT NOT NULL,
  mapping       TEXT NOT NULL,
  state         TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  rows_done     INTEGER NOT NULL,
  rows_total    INTEGER NOT NULL,
  counts        TEXT NOT NULL,
  action        BLOB NOT NULL
) STRICT;

-- What each row of an import would do, or did: JSON as the screens show it.
CREATE TABLE import_row (
  import  BLOB NOT NULL,
  line    INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  data    TEXT NOT NULL,
  PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_row_by_outcome ON import_row (import, outcome, line);
