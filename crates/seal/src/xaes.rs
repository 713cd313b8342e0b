//! XAES-256-GCM (<https://c2sp.org/XAES-256-GCM>): a 192-bit nonce, so one key seals any number of
//! messages with random nonces. Half of the nonce derives a key for AES-256-GCM, the rest is its nonce.

use crate::error::Result;
use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_256, EncryptingKey, UnboundCipherKey};
use zeroize::Zeroizing;

pub(crate) const NONCE: usize = 24;

pub(crate) struct Xaes {
    block: EncryptingKey,
    /// The CMAC subkey K1 of one whole block.
    k1: Zeroizing<[u8; 16]>,
}

impl Xaes {
    pub(crate) fn new(key: &[u8; 32]) -> Result<Xaes> {
        let block = EncryptingKey::ecb(UnboundCipherKey::new(&AES_256, key)?)?;
        let mut l = Zeroizing::new([0u8; 16]);
        block.encrypt(l.as_mut_slice())?;
        let shifted = (u128::from_be_bytes(*l) << 1) ^ (u128::from(l[0] >> 7) * 0x87);
        Ok(Xaes { block, k1: Zeroizing::new(shifted.to_be_bytes()) })
    }

    /// The AES-256-GCM key and nonce of one message.
    pub(crate) fn derive(&self, nonce: &[u8; NONCE]) -> Result<(LessSafeKey, Nonce)> {
        let mut key = Zeroizing::new([0u8; 32]);
        for (half, counter) in key.chunks_exact_mut(16).zip([1u8, 2]) {
            half[..4].copy_from_slice(&[0, counter, b'X', 0]);
            half[4..].copy_from_slice(&nonce[..12]);
            half.iter_mut().zip(self.k1.iter()).for_each(|(m, k)| *m ^= k);
        }
        self.block.encrypt(key.as_mut_slice())?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce[12..])?;
        Ok((LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_slice())?), nonce))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::aead::Aad;

    fn sealed(key: u8, aad: &[u8]) -> String {
        let (key, nonce) = Xaes::new(&[key; 32]).unwrap().derive(b"ABCDEFGHIJKLMNOPQRSTUVWX").unwrap();
        let mut text = b"XAES-256-GCM".to_vec();
        key.seal_in_place_append_tag(nonce, Aad::from(aad), &mut text).unwrap();
        text.iter().map(|b| format!("{b:02x}")).collect()
    }

    #[test]
    fn the_vectors_of_the_specification() {
        // One key has a clear and one a set top bit of L, so both ways of the shift are taken.
        assert_eq!(sealed(1, b""), "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        assert_eq!(
            sealed(3, b"c2sp.org/XAES-256-GCM"),
            "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
        );
    }
}
