-- Version 1 of a tenant's file. Numbers are described in backend.rs.

-- Small named values: schema version, wrapped tenant keys, watermarks.
CREATE TABLE value (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- One row a transaction; `vid` is its last version; `audit` is sealed (who, why, request, cause) and read by the audit sequencer.
CREATE TABLE tx (t INTEGER PRIMARY KEY, at INTEGER NOT NULL, vid INTEGER NOT NULL, audit BLOB NOT NULL);
CREATE INDEX tx_at ON tx (at, vid);

-- One row a resource; `cur` is its newest version.
CREATE TABLE res (
  rid INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  id TEXT NOT NULL,
  cur INTEGER NOT NULL
);
CREATE UNIQUE INDEX res_name ON res (id, kind);

-- One row a version: the feed, the history and the body at once. `owner` is the rid of the patient;
-- `ix` lists the version's index entries, so that they can be removed when it is superseded or erased.
CREATE TABLE ver (
  vid INTEGER PRIMARY KEY,
  rid INTEGER NOT NULL,
  t INTEGER NOT NULL,
  ver INTEGER NOT NULL,
  op INTEGER NOT NULL,
  kid INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  ix BLOB NOT NULL,
  body BLOB NOT NULL
);
-- History of one resource: first versions are found through res, so only later ones need an entry.
CREATE INDEX ver_rid ON ver (rid, ver);

-- Versions that were superseded by version `by` at `at`, until the sweeper has removed their entries.
-- A search as of snapshot S sees version v when v <= S and no row (v, by <= S) stands here.
CREATE TABLE dead (vid INTEGER PRIMARY KEY, by INTEGER NOT NULL, at INTEGER NOT NULL);

-- Equality index: keyed hash, sort key, version.
CREATE TABLE ix (
  key INTEGER NOT NULL,
  time INTEGER NOT NULL,
  vid INTEGER NOT NULL,
  PRIMARY KEY (key, time, vid)
) WITHOUT ROWID;

-- Range index: dates (ms) and numbers (order-preserving integers), inclusive.
CREATE TABLE rng (
  key INTEGER NOT NULL,
  lo INTEGER NOT NULL,
  hi INTEGER NOT NULL,
  vid INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (key, lo, hi, vid)
) WITHOUT ROWID;

CREATE TABLE cursor (name TEXT PRIMARY KEY, vid INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parked (
  reaction TEXT NOT NULL,
  vid INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (reaction, vid)
) WITHOUT ROWID;
