-- How far a run is gets written with every batch; its file is large and stands apart, so that no batch carries it.
CREATE TABLE import_file (
  import BLOB NOT NULL PRIMARY KEY,
  bytes  BLOB NOT NULL
) STRICT;
INSERT INTO import_file (import, bytes) SELECT id, file FROM import;
ALTER TABLE import DROP COLUMN file;
