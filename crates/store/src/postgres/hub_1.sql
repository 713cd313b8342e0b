-- Version 1 of the hub's schema: what the hub knows outside any tenant.
CREATE TABLE tenant (
  name text COLLATE "C" PRIMARY KEY,
  title text NOT NULL,
  host text UNIQUE,
  suspended boolean NOT NULL,
  created bigint NOT NULL,
  keys bytea NOT NULL
);
CREATE TABLE account (
  id bytea PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  roles text NOT NULL,
  practitioner text,
  disabled boolean NOT NULL,
  UNIQUE (tenant, name)
);
CREATE TABLE token (
  hash bytea PRIMARY KEY,
  account bytea NOT NULL,
  purpose text NOT NULL,
  expires bigint NOT NULL
);
CREATE INDEX token_account ON token (account);
