-- Version 1 of a tenant's audit schema (`a_<name>`): one log a node.
CREATE TABLE node (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" UNIQUE NOT NULL);

-- Entries are sealed; `seq` counts from 0 without gaps.
CREATE TABLE entry (
  node bigint NOT NULL,
  seq bigint NOT NULL,
  entry bytea NOT NULL,
  PRIMARY KEY (node, seq)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.2);
ALTER TABLE entry ALTER COLUMN entry SET STORAGE EXTERNAL;

-- Hashes of the Merkle tree: up to 256 of 32 bytes each, one after the other.
CREATE TABLE tile (
  node bigint NOT NULL,
  level bigint NOT NULL,
  tile bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (node, level, tile)
);
ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE checkpoint (
  node bigint NOT NULL,
  n bigint NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (node, n)
);
