-- Read tables. Everything here can be dropped and built again from the change log at any time.
-- Raise PROJECTION_VERSION in store/projection.rs with every change.

CREATE TABLE contact (
  no                     INTEGER PRIMARY KEY,
  id                     BLOB NOT NULL UNIQUE,
  merged_into            BLOB,
  kind                   TEXT NOT NULL,
  full_name              TEXT NOT NULL,
  name_fold              TEXT NOT NULL,
  name_sort              TEXT NOT NULL,
  given_fold             TEXT NOT NULL,
  honorific              TEXT,
  status                 TEXT,
  branch                 BLOB,
  owner                  BLOB,
  source                 TEXT,
  campaign               TEXT,
  birth_on               TEXT,
  birthday               TEXT,
  gender                 TEXT,
  school                 TEXT,
  level                  TEXT,
  external_id            TEXT,
  address                TEXT,
  phone                  TEXT,
  email                  TEXT,
  created_at_ms          INTEGER NOT NULL,
  updated_at_ms          INTEGER NOT NULL,
  status_since_ms        INTEGER,
  last_interaction_at_ms INTEGER,
  next_step_at_ms        INTEGER,
  conflict_count         INTEGER NOT NULL,
  deleted_at_ms          INTEGER,
  has_phone              INTEGER NOT NULL,
  has_email              INTEGER NOT NULL
) STRICT;
-- The wide one holds all that filters and sorting by name usually look at, so that a filter never reads the rows:
-- its own condition too, which would else be looked up in the row.
CREATE INDEX contact_by_name ON contact (name_sort, no, merged_into, deleted_at_ms, status, level, source,
    has_phone, last_interaction_at_ms, birth_on, kind, branch, owner, has_email, created_at_ms, updated_at_ms, next_step_at_ms, conflict_count, school,
    status_since_ms, name_fold)
  WHERE merged_into IS NULL AND deleted_at_ms IS NULL;
-- Every filter, order and group is read off the index above: one more index each would cost every import and every
-- edit a page, and make no list faster.
CREATE INDEX contact_by_fold ON contact (name_fold) WHERE merged_into IS NULL AND deleted_at_ms IS NULL;
CREATE INDEX contact_by_given ON contact (given_fold, name_sort) WHERE merged_into IS NULL AND deleted_at_ms IS NULL;
CREATE INDEX contact_by_created ON contact (created_at_ms, name_sort) WHERE merged_into IS NULL AND deleted_at_ms IS NULL;
CREATE INDEX contact_by_birthday ON contact (birthday) WHERE birthday IS NOT NULL;
CREATE INDEX contact_by_external_id ON contact (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX contact_deleted ON contact (deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;

-- Plain fields without a column of their own, and custom fields.
CREATE TABLE contact_field (
  contact INTEGER NOT NULL,
  field   TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (contact, field)
) STRICT, WITHOUT ROWID;

-- Phones, e-mails, Zalo and Facebook ids.
CREATE TABLE contact_point (
  contact  INTEGER NOT NULL,
  field    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  value    TEXT NOT NULL,
  raw      TEXT,
  is_valid INTEGER NOT NULL,
  PRIMARY KEY (contact, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_point_by_value ON contact_point (value, contact);

-- Tags and interests. `list` is tag or interest; `kind` says what an interest is about, where that is known.
CREATE TABLE contact_tag (
  contact INTEGER NOT NULL,
  list    TEXT NOT NULL,
  tag     BLOB NOT NULL,
  label   TEXT NOT NULL,
  kind    TEXT,
  PRIMARY KEY (contact, list, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tag_by_tag ON contact_tag (tag, list, contact);

CREATE TABLE consent (
  contact    INTEGER NOT NULL,
  id         TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  channel    TEXT NOT NULL,
  is_granted INTEGER NOT NULL,
  at_ms      INTEGER NOT NULL,
  evidence   TEXT NOT NULL,
  PRIMARY KEY (contact, id)
) STRICT, WITHOUT ROWID;

-- What `other` is to the person: guardian, sibling, referredBy. Read in both directions.
CREATE TABLE relation (
  contact INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  other   BLOB NOT NULL,
  PRIMARY KEY (contact, kind, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_by_other ON relation (other);

-- Links between records of one person (merge) and between records declared different (apart); both by id
-- because either side may arrive first.
CREATE TABLE contact_link (
  source BLOB NOT NULL,
  kind   TEXT NOT NULL,
  target BLOB NOT NULL,
  PRIMARY KEY (source, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_link_by_target ON contact_link (target, kind);

CREATE TABLE interaction (
  contact        INTEGER NOT NULL,
  id             BLOB NOT NULL,
  kind           TEXT NOT NULL,
  happened_at_ms INTEGER NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  staff          BLOB,
  device         BLOB,
  branch         BLOB,
  direction      TEXT,
  outcome        TEXT,
  body           TEXT NOT NULL,
  is_pinned      INTEGER NOT NULL,
  PRIMARY KEY (contact, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_by_time ON interaction (contact, happened_at_ms);

CREATE TABLE task (
  contact    INTEGER NOT NULL,
  id         BLOB NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  due_at_ms  INTEGER,
  owner      BLOB,
  repeat     TEXT,
  outcome    TEXT,
  done_at_ms INTEGER,
  PRIMARY KEY (contact, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_open ON task (due_at_ms) WHERE done_at_ms IS NULL;

-- Remarks of colleagues. `about` is person, interaction or task, and `about_id` which of these, empty for the person;
-- `mentions` are the identifiers of who is called by name, parted by spaces.
CREATE TABLE comment (
  contact  INTEGER NOT NULL,
  about    TEXT NOT NULL,
  about_id BLOB NOT NULL,
  id       BLOB NOT NULL,
  staff    BLOB,
  at_ms    INTEGER NOT NULL,
  body     TEXT NOT NULL,
  mentions TEXT NOT NULL,
  PRIMARY KEY (contact, about, about_id, id)
) STRICT, WITHOUT ROWID;

-- Whom remarks call by name.
CREATE TABLE mention (
  contact  INTEGER NOT NULL,
  about    TEXT NOT NULL,
  about_id BLOB NOT NULL,
  comment  BLOB NOT NULL,
  staff    BLOB NOT NULL,
  at_ms    INTEGER NOT NULL,
  PRIMARY KEY (contact, about, about_id, comment, staff)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_staff ON mention (staff, at_ms);

-- Fields and wordings on which devices disagree; `versions` is JSON, the one shown first.
CREATE TABLE conflict (
  contact  INTEGER NOT NULL,
  field    TEXT NOT NULL,
  at_ms    INTEGER NOT NULL,
  versions TEXT NOT NULL,
  PRIMARY KEY (contact, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_by_time ON conflict (at_ms);

-- Pairs who may be one person, the smaller id first.
CREATE TABLE duplicate (
  left_id  BLOB NOT NULL,
  right_id BLOB NOT NULL,
  score    INTEGER NOT NULL,
  reasons  TEXT NOT NULL,
  PRIMARY KEY (left_id, right_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_by_right ON duplicate (right_id);
CREATE INDEX duplicate_by_score ON duplicate (score);

-- Words for search: folded, as written, and tags and addresses.
CREATE VIRTUAL TABLE contact_words USING fts5 (
  folded, written, extra,
  content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);

-- Any part of a phone number or an address.
CREATE VIRTUAL TABLE contact_parts USING fts5 (
  parts, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);

-- Everything that managers define; `data` is JSON of the kind.
CREATE TABLE definition (
  id          BLOB NOT NULL PRIMARY KEY,
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  data        TEXT NOT NULL,
  is_archived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX definition_by_kind ON definition (kind, name);

-- Under which hashes of phones and e-mails people are listed; the greatest generation counts, and lists if it is odd.
CREATE TABLE listing (
  person     BLOB NOT NULL,
  hash       BLOB NOT NULL,
  doc        BLOB NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (person, hash, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_by_hash ON listing (hash, person, generation);
