-- Version 1 of hub.db: what the hub knows outside any tenant.
CREATE TABLE tenant (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  host TEXT UNIQUE,
  suspended INTEGER NOT NULL,
  created INTEGER NOT NULL,
  keys BLOB NOT NULL
);
CREATE TABLE account (
  id BLOB PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  practitioner TEXT,
  disabled INTEGER NOT NULL,
  UNIQUE (tenant, name)
);
CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  account BLOB NOT NULL,
  purpose TEXT NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
