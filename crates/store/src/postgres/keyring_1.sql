-- Version 1 of a tenant's keyring schema (`k_<name>`): wrapped data keys, apart from the data so that its
-- backups can be kept shorter.
CREATE TABLE key (kid bigint PRIMARY KEY, wrapped bytea NOT NULL);
ALTER TABLE key ALTER COLUMN wrapped SET STORAGE PLAIN;
-- The highest number ever given out: it must not fall when a key is destroyed.
CREATE TABLE top (kid bigint NOT NULL, one boolean PRIMARY KEY CHECK (one));
INSERT INTO top (kid, one) VALUES (0, true);
