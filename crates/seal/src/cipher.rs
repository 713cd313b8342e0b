//! Sealing and opening of bytes, and the keys that do it.

use crate::error::{Error, Result};
use crate::tenant_keys::TenantKeys;
use crate::xaes::{self, Xaes};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const TAG: usize = 16;
/// Two fixed bytes and a LEB128 number of 64 bits.
const HEADER_MAX: usize = 12;
/// Sealed bytes are at most this much longer than the plain ones.
pub const OVERHEAD_MAX: usize = HEADER_MAX + xaes::NONCE + TAG;

/// How a key seals; the byte in the header.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Algorithm {
    /// AES-256-GCM with a random 96-bit nonce: for keys that seal far fewer than 2^32 messages.
    Gcm = 1,
    /// XAES-256-GCM with a random 192-bit nonce: for keys of a whole tenant.
    Xaes = 2,
}

enum Cipher {
    Gcm(LessSafeKey),
    /// Boxed: a patient's key should be small.
    Xaes(Box<Xaes>),
}

/// A key that seals bytes: a patient's (AES-256-GCM) or one of a tenant's (XAES-256-GCM).
pub struct DataKey {
    raw: Zeroizing<[u8; 32]>,
    cipher: Cipher,
}

impl DataKey {
    /// A fresh key for one patient (AES-256-GCM).
    pub fn generate() -> Result<DataKey> {
        DataKey::gcm(random_key()?)
    }

    /// This key sealed by the tenant's keyring key, for storing under the number `kid`.
    pub fn wrap(&self, keys: &TenantKeys, kid: i64) -> Result<Vec<u8>> {
        seal(&keys.keyring, kid, WRAP, self.raw.as_slice())
    }

    /// # Errors
    /// The bytes were changed, or are another number's or another tenant's.
    pub fn unwrap(keys: &TenantKeys, kid: i64, wrapped: &[u8]) -> Result<DataKey> {
        if kid_of(wrapped) != Some(kid) {
            return Err(Error::Open);
        }
        DataKey::gcm(key_from(open(&keys.keyring, WRAP, wrapped)?)?)
    }

    /// Rotation: the wrapped key sealed anew under another keyring key. The key itself stays the same.
    pub fn rewrap(kid: i64, wrapped: &[u8], old: &TenantKeys, new: &TenantKeys) -> Result<Vec<u8>> {
        DataKey::unwrap(old, kid, wrapped)?.wrap(new, kid)
    }

    pub(crate) fn generate_wide() -> Result<DataKey> {
        DataKey::wide(random_key()?)
    }

    pub(crate) fn wide(raw: Zeroizing<[u8; 32]>) -> Result<DataKey> {
        let cipher = Cipher::Xaes(Box::new(Xaes::new(&raw)?));
        Ok(DataKey { raw, cipher })
    }

    pub(crate) fn raw(&self) -> &[u8; 32] {
        &self.raw
    }

    fn gcm(raw: Zeroizing<[u8; 32]>) -> Result<DataKey> {
        let cipher = Cipher::Gcm(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, raw.as_slice())?));
        Ok(DataKey { raw, cipher })
    }

    fn algorithm(&self) -> Algorithm {
        match self.cipher {
            Cipher::Gcm(_) => Algorithm::Gcm,
            Cipher::Xaes(_) => Algorithm::Xaes,
        }
    }
}

const WRAP: &[u8] = b"medhub data key";

pub(crate) fn random_key() -> Result<Zeroizing<[u8; 32]>> {
    let mut raw = Zeroizing::new([0u8; 32]);
    aws_lc_rs::rand::fill(raw.as_mut_slice())?;
    Ok(raw)
}

pub(crate) fn key_from(raw: Vec<u8>) -> Result<Zeroizing<[u8; 32]>> {
    let raw = Zeroizing::new(raw);
    Ok(Zeroizing::new(raw.as_slice().try_into().map_err(|_| Error::Open)?))
}

/// Appends to `out`: `version | algorithm | kid (LEB128) | nonce | ciphertext | tag`.
///
/// `kid` tells the reader which key to fetch; `aad` says where the bytes belong (tenant, type, id, version),
/// so that they do not open anywhere else. Header and `aad` are both authenticated.
pub fn seal_into(key: &DataKey, kid: i64, aad: &[u8], plain: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    out.reserve(plain.len() + OVERHEAD_MAX);
    out.extend_from_slice(&[VERSION, key.algorithm() as u8]);
    leb128(kid as u64, out);
    let header = out.len();
    let mut random = [0u8; xaes::NONCE];
    let random = match key.cipher {
        Cipher::Gcm(_) => &mut random[..12],
        Cipher::Xaes(_) => &mut random[..],
    };
    aws_lc_rs::rand::fill(random)?;
    out.extend_from_slice(random);
    let text = out.len();
    out.extend_from_slice(plain);
    let (head, body) = out.split_at_mut(text);
    let bound = Bound::new(&head[start..header], aad);
    let tag = match &key.cipher {
        Cipher::Gcm(gcm) => {
            let nonce = Nonce::try_assume_unique_for_key(random)?;
            gcm.seal_in_place_separate_tag(nonce, Aad::from(bound), body)?
        }
        Cipher::Xaes(xaes) => {
            let random: &[u8; xaes::NONCE] = (&*random).try_into().map_err(|_| Error::Library)?;
            let (gcm, nonce) = xaes.derive(random)?;
            gcm.seal_in_place_separate_tag(nonce, Aad::from(bound), body)?
        }
    };
    out.extend_from_slice(tag.as_ref());
    Ok(())
}

/// As [`seal_into`], into fresh bytes.
pub fn seal(key: &DataKey, kid: i64, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(plain.len() + OVERHEAD_MAX);
    seal_into(key, kid, aad, plain, &mut out)?;
    Ok(out)
}

/// The number of the key that sealed these bytes; `None` if they are no sealed bytes of ours.
pub fn kid_of(sealed: &[u8]) -> Option<i64> {
    header(sealed).ok().map(|h| h.kid)
}

/// Opens what [`seal_into`] made.
///
/// # Errors
/// [`Error::Open`] when anything at all is different: key, `aad`, header, a byte, the length.
pub fn open(key: &DataKey, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    open_into(key, aad, sealed, &mut out)?;
    Ok(out)
}

/// As [`open`], replacing the content of `out`, which stays empty on error.
pub fn open_into(key: &DataKey, aad: &[u8], sealed: &[u8], out: &mut Vec<u8>) -> Result<()> {
    out.clear();
    let header = header(sealed)?;
    if header.algorithm != key.algorithm() {
        return Err(Error::Open);
    }
    let bound = Aad::from(Bound::new(&sealed[..header.len], aad));
    let (gcm, nonce, rest);
    let gcm = match &key.cipher {
        Cipher::Gcm(key) => {
            let (random, text) = sealed[header.len..].split_at_checked(12).ok_or(Error::Open)?;
            (nonce, rest) = (Nonce::try_assume_unique_for_key(random)?, text);
            key
        }
        Cipher::Xaes(key) => {
            let (random, text) = sealed[header.len..].split_first_chunk().ok_or(Error::Open)?;
            rest = text;
            (gcm, nonce) = key.derive(random)?;
            &gcm
        }
    };
    let text = rest.len().checked_sub(TAG).ok_or(Error::Open)?;
    let (text, tag) = rest.split_at(text);
    out.resize(text.len(), 0);
    gcm.open_separate_gather(nonce, bound, text, tag, out).map_err(|_| {
        out.clear();
        Error::Open
    })
}

struct Header {
    algorithm: Algorithm,
    kid: i64,
    len: usize,
}

fn header(sealed: &[u8]) -> Result<Header> {
    let [version, algorithm, rest @ ..] = sealed else { return Err(Error::Open) };
    let algorithm = match (*version, *algorithm) {
        (VERSION, 1) => Algorithm::Gcm,
        (VERSION, 2) => Algorithm::Xaes,
        (version, algorithm) => return Err(Error::Format { version, algorithm }),
    };
    let (mut kid, mut shift) = (0u64, 0);
    for (at, byte) in rest.iter().enumerate().take(10) {
        kid |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok(Header { algorithm, kid: kid as i64, len: 3 + at });
        }
    }
    Err(Error::Open)
}

fn leb128(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Header and `aad` in one piece, on the stack when they are short, as they are.
enum Bound {
    Short([u8; 192], usize),
    Long(Vec<u8>),
}

impl Bound {
    fn new(header: &[u8], aad: &[u8]) -> Bound {
        let len = header.len() + aad.len();
        let mut short = [0u8; 192];
        if len > short.len() {
            return Bound::Long([header, aad].concat());
        }
        short[..header.len()].copy_from_slice(header);
        short[header.len()..len].copy_from_slice(aad);
        Bound::Short(short, len)
    }
}

impl AsRef<[u8]> for Bound {
    fn as_ref(&self) -> &[u8] {
        match self {
            Bound::Short(bytes, len) => &bytes[..*len],
            Bound::Long(bytes) => bytes,
        }
    }
}
