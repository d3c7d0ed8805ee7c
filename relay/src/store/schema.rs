//! The tables. A released version is never changed; a later one is a step added to [`STEPS`].

/// SQL of each version, from the one before it.
pub(super) const STEPS: &[&str] = &[VERSION_1];

const VERSION_1: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE workspace (
    id BLOB PRIMARY KEY,
    bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE record (
    workspace BLOB NOT NULL REFERENCES workspace (id),
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (workspace, position)
) STRICT;

CREATE TABLE space (
    key INTEGER PRIMARY KEY,
    workspace BLOB NOT NULL REFERENCES workspace (id),
    id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (workspace, id)
) STRICT;

CREATE TABLE chunk (
    space INTEGER NOT NULL REFERENCES space (key),
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    hash BLOB NOT NULL,
    device BLOB NOT NULL,
    incarnation BLOB NOT NULL,
    device_seq INTEGER NOT NULL,
    previous BLOB NOT NULL,
    cited INTEGER NOT NULL,
    bytes BLOB,
    UNIQUE (space, seq),
    UNIQUE (space, id),
    UNIQUE (space, device, incarnation, device_seq)
) STRICT;

CREATE TABLE join_request (
    workspace BLOB NOT NULL REFERENCES workspace (id),
    device BLOB NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (workspace, device)
) STRICT;
";
