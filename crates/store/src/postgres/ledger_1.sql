-- Version 1 of a tenant's audit schema (`a_<name>`): one log, which all nodes append to.
CREATE TABLE log (size bigint NOT NULL, one boolean PRIMARY KEY CHECK (one))
  WITH (fillfactor = 10, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
INSERT INTO log (size, one) VALUES (0, true);

-- Entries are sealed; `seq` counts from 0 without gaps.
CREATE TABLE entry (seq bigint PRIMARY KEY, entry bytea NOT NULL)
  WITH (autovacuum_vacuum_insert_scale_factor = 0.2);
ALTER TABLE entry ALTER COLUMN entry SET STORAGE EXTERNAL;

-- Hashes of the Merkle tree: up to 256 of 32 bytes each, one after the other.
CREATE TABLE tile (
  level bigint NOT NULL,
  tile bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, tile)
);
ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE checkpoint (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  size bigint NOT NULL,
  note text NOT NULL
);
CREATE INDEX checkpoint_size ON checkpoint (size, n);
