-- Version 2 of the hub's schema: kinds of tokens and what they are limited to; the vault of what must outlive
-- a request (credentials, one-time links, clients), sealed.
ALTER TABLE token ADD COLUMN kind text NOT NULL DEFAULT 'access';
ALTER TABLE token ADD COLUMN family bytea;
ALTER TABLE token ADD COLUMN created bigint NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN used bigint NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN idle bigint NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN detail bytea NOT NULL DEFAULT ''::bytea;
CREATE INDEX token_family ON token (family) WHERE family IS NOT NULL;
CREATE TABLE vault (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key bytea NOT NULL,
  expires bigint,
  payload bytea NOT NULL,
  PRIMARY KEY (tenant, kind, key)
);
CREATE INDEX vault_expires ON vault (expires) WHERE expires IS NOT NULL;
