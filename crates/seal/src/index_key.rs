use crate::error::Result;
use aws_lc_rs::{hkdf, hmac};
use siphasher::sip::SipHasher24;
use std::hash::Hasher;
use zeroize::Zeroizing;

/// Key of the blind indexes of one tenant: what it hashes means nothing without it, and nothing in another
/// tenant.
pub struct IndexKey {
    raw: Zeroizing<[u8; 32]>,
    sip: SipHasher24,
    mac: hmac::Key,
}

impl IndexKey {
    /// A fresh key, for tests and for keys that live no longer than the process.
    pub fn generate() -> Result<IndexKey> {
        IndexKey::new(crate::cipher::random_key()?)
    }

    pub(crate) fn new(raw: Zeroizing<[u8; 32]>) -> Result<IndexKey> {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"medhub index").extract(raw.as_slice());
        let (mut sip, mut mac) = (Zeroizing::new([0u8; 16]), Zeroizing::new([0u8; 32]));
        prk.expand(&[b"hash"], Len(16))?.fill(sip.as_mut_slice())?;
        prk.expand(&[b"mac"], Len(32))?.fill(mac.as_mut_slice())?;
        Ok(IndexKey {
            raw,
            sip: SipHasher24::new_with_key(&sip),
            mac: hmac::Key::new(hmac::HMAC_SHA256, mac.as_slice()),
        })
    }

    pub(crate) fn raw(&self) -> &[u8; 32] {
        &self.raw
    }

    /// SipHash-2-4 of the parts, each preceded by its length, so that `["ab", "c"]` differs from
    /// `["a", "bc"]`. Allocates nothing.
    pub fn hash(&self, parts: &[&[u8]]) -> i64 {
        let mut sip = self.sip;
        for part in parts {
            sip.write(&(part.len() as u32).to_le_bytes());
            sip.write(part);
        }
        sip.finish() as i64
    }

    /// HMAC-SHA-256 cut to 128 bits, for page tokens: nobody without the key can make one.
    pub fn mac(&self, bytes: &[u8]) -> [u8; 16] {
        let tag = hmac::sign(&self.mac, bytes);
        let mut out = [0u8; 16];
        out.iter_mut().zip(tag.as_ref()).for_each(|(o, t)| *o = *t);
        out
    }

    /// Whether `tag` is [`IndexKey::mac`] of `bytes`, in constant time.
    pub fn mac_verify(&self, bytes: &[u8], tag: &[u8]) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.mac(bytes), tag).is_ok()
    }
}

struct Len(usize);

impl hkdf::KeyType for Len {
    fn len(&self) -> usize {
        self.0
    }
}
