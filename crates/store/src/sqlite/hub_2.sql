-- Version 2 of hub.db: kinds of tokens and what they are limited to; the vault of what must outlive a request
-- (credentials, one-time links, clients), sealed.
ALTER TABLE token ADD COLUMN kind TEXT NOT NULL DEFAULT 'access';
ALTER TABLE token ADD COLUMN family BLOB;
ALTER TABLE token ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN idle INTEGER NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN detail BLOB NOT NULL DEFAULT x'';
CREATE INDEX token_account ON token(account);
CREATE INDEX token_family ON token(family) WHERE family IS NOT NULL;
CREATE TABLE vault (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  key BLOB NOT NULL,
  expires INTEGER,
  payload BLOB NOT NULL,
  PRIMARY KEY (tenant, kind, key)
) WITHOUT ROWID;
CREATE INDEX vault_expires ON vault(expires) WHERE expires IS NOT NULL;
