-- Version 1 of a tenant's schema (`t_<name>`). Columns are described in backend.rs; the wide ones stand last
-- and the eight-byte ones first, so that rows have no padding.

-- Small named values: wrapped tenant keys, watermarks.
CREATE TABLE value (name text COLLATE "C" PRIMARY KEY, value bytea NOT NULL);

-- One row: the newest numbers. Who writes holds its lock, so `t` and `vid` are commit-ordered on all nodes.
-- Updated by every commit: room for HOT updates, vacuumed often.
CREATE TABLE head (
  t bigint NOT NULL,
  vid bigint NOT NULL,
  rid bigint NOT NULL,
  at bigint NOT NULL,
  one boolean PRIMARY KEY CHECK (one)
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
INSERT INTO head (t, vid, rid, at, one) VALUES (0, 0, 0, 0, true);

-- One row a transaction; `vid` is its last version; `audit` is sealed and read by the audit sequencer.
CREATE TABLE tx (
  t bigint PRIMARY KEY,
  at bigint NOT NULL,
  vid bigint NOT NULL,
  audit bytea NOT NULL
);
CREATE INDEX tx_at ON tx (at, vid);

-- One row a resource; `cur` is its newest version, changed in place (HOT: no index holds it).
CREATE TABLE res (
  rid bigint PRIMARY KEY,
  cur bigint NOT NULL,
  kind smallint NOT NULL,
  id text COLLATE "C" NOT NULL
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX res_name ON res (id, kind);

-- One row a version: feed, history and body at once. Sealed bodies do not compress.
CREATE TABLE ver (
  vid bigint PRIMARY KEY,
  rid bigint NOT NULL,
  t bigint NOT NULL,
  at bigint NOT NULL,
  ver bigint NOT NULL,
  kid bigint NOT NULL,
  owner bigint NOT NULL,
  op smallint NOT NULL,
  ix bytea NOT NULL,
  body bytea NOT NULL
) WITH (autovacuum_vacuum_insert_scale_factor = 0.1);
ALTER TABLE ver ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN ix SET STORAGE EXTERNAL;
CREATE INDEX ver_rid ON ver (rid, ver);

-- Superseded versions until the sweeper has removed their entries: v is seen as of snapshot S when v <= S and
-- no row (v, by <= S) stands here.
CREATE TABLE dead (
  vid bigint PRIMARY KEY,
  by bigint NOT NULL,
  at bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);

-- Equality index. Searched by index-only scans, so the visibility map must follow the inserts.
CREATE TABLE ix (
  key bigint NOT NULL,
  time bigint NOT NULL,
  vid bigint NOT NULL,
  PRIMARY KEY (key, time, vid)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_scale_factor = 0.05);

-- Range index, bounds inclusive.
CREATE TABLE rng (
  key bigint NOT NULL,
  lo bigint NOT NULL,
  hi bigint NOT NULL,
  vid bigint NOT NULL,
  time bigint NOT NULL,
  PRIMARY KEY (key, lo, hi, vid) INCLUDE (time)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE cursor (name text COLLATE "C" PRIMARY KEY, vid bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE parked (
  reaction text COLLATE "C" NOT NULL,
  vid bigint NOT NULL,
  attempts bigint NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (reaction, vid)
);
