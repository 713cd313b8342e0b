//! The file that holds a root key: text, one field a line.
//!
//! ```text
//! medhub root key 1
//! key <base64> <first 4 bytes of its SHA-256, hex>            without a passphrase
//! pbkdf2-hmac-sha256 <rounds> <salt, base64> <sealed key, base64>   with one
//! ```

use crate::cipher::{DataKey, key_from, open, random_key, seal};
use crate::digest::{random, sha256};
use crate::error::{Error, Result};
use aws_lc_rs::pbkdf2;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::num::NonZeroU32;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

const TITLE: &str = "medhub root key 1";
const KDF: &str = "pbkdf2-hmac-sha256";
/// OWASP's figure for PBKDF2-HMAC-SHA-256.
const ROUNDS: NonZeroU32 = match NonZeroU32::new(600_000) {
    Some(rounds) => rounds,
    None => NonZeroU32::MAX,
};
/// A file that asks for more would only stall the start.
const ROUNDS_MAX: u32 = 100_000_000;
const SIZE_MAX: u64 = 4096;

type Key = Zeroizing<[u8; 32]>;

pub(crate) fn load_or_create(path: &Path, passphrase: Option<&str>) -> Result<Key> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.len() > SIZE_MAX => Err(Error::KeyFile("too long to be a key file")),
        Ok(_) => parse(&Zeroizing::new(std::fs::read_to_string(path)?), passphrase),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = random_key()?;
            match create(path, &key, passphrase) {
                // Another process made it at the same moment: its key counts.
                Err(Error::Io(error)) if error.kind() == ErrorKind::AlreadyExists => {
                    parse(&Zeroizing::new(std::fs::read_to_string(path)?), passphrase)
                }
                other => other.map(|()| key),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes the whole file under another name, then links it, so that nobody ever reads half a key.
pub(crate) fn create(path: &Path, key: &[u8; 32], passphrase: Option<&str>) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let text = format(key, passphrase)?;
    let suffix: String = random::<4>()?.iter().map(|b| format!("{b:02x}")).collect();
    let name = path.file_name().ok_or(Error::KeyFile("no file name"))?.to_string_lossy();
    let draft = folder.join(format!(".{name}.{suffix}"));
    let written = write_draft(&draft, text.as_bytes()).and_then(|()| std::fs::hard_link(&draft, path));
    let removed = std::fs::remove_file(&draft);
    written?;
    removed?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn write_draft(draft: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(draft)?;
    file.write_all(text)?;
    file.sync_all()
}

fn format(key: &[u8; 32], passphrase: Option<&str>) -> Result<Zeroizing<String>> {
    let line = match passphrase {
        None => Zeroizing::new(format!("key {} {}", STANDARD.encode(key), check(key))),
        Some(passphrase) => {
            let salt = random::<16>()?;
            let sealed = seal(&derive(passphrase, ROUNDS, &salt)?, 0, TITLE.as_bytes(), key)?;
            let (salt, sealed) = (STANDARD.encode(salt), STANDARD.encode(sealed));
            Zeroizing::new(format!("{KDF} {ROUNDS} {salt} {sealed}"))
        }
    };
    Ok(Zeroizing::new(format!("{TITLE}\n{}\n", *line)))
}

fn parse(text: &str, passphrase: Option<&str>) -> Result<Key> {
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Err(Error::KeyFile("the first line is not \"medhub root key 1\""));
    }
    let fields: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    match fields[..] {
        ["key", key, sum] => {
            let key = key_from(base64(key)?).map_err(|_| Error::KeyFile("the key has another length"))?;
            if check(&key) != sum {
                return Err(Error::KeyFile("the checksum differs: the file was damaged"));
            }
            Ok(key)
        }
        [KDF, rounds, salt, sealed] => {
            let rounds: NonZeroU32 = rounds.parse().map_err(|_| Error::KeyFile("rounds"))?;
            if rounds.get() > ROUNDS_MAX {
                return Err(Error::KeyFile("too many rounds"));
            }
            let wrapping = derive(passphrase.ok_or(Error::Passphrase)?, rounds, &base64(salt)?)?;
            let key = open(&wrapping, TITLE.as_bytes(), &base64(sealed)?).map_err(|_| Error::Passphrase)?;
            key_from(key)
        }
        _ => Err(Error::KeyFile("the second line holds no key")),
    }
}

fn derive(passphrase: &str, rounds: NonZeroU32, salt: &[u8]) -> Result<DataKey> {
    let mut key = Zeroizing::new([0u8; 32]);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt, passphrase.as_bytes(), key.as_mut_slice());
    DataKey::wide(key)
}

fn check(key: &[u8; 32]) -> String {
    sha256(key)[..4].iter().map(|b| format!("{b:02x}")).collect()
}

fn base64(text: &str) -> Result<Vec<u8>> {
    STANDARD.decode(text).map_err(|_| Error::KeyFile("not base64"))
}
