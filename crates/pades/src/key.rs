//! Private keys. They come in and go out as PKCS#8; who calls keeps them sealed.

use crate::algorithm::{PublicKey, identifier, sha256};
use crate::asn1::{self, INTEGER, OCTETS, SEQUENCE, bits, context, number, oid, only, sequence, tlv};
use crate::{Error, Result, oids};
use aws_lc_rs::{rand, rsa, signature};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use zeroize::Zeroizing;

/// A key that signs with SHA-256: ECDSA on P-256 with the nonces of RFC 6979, or RSA (PKCS#1 v1.5) of 2048 to 4096
/// bits. Both give the same signature for the same bytes each time.
pub struct Key {
    kind: Kind,
    /// SubjectPublicKeyInfo.
    public: Vec<u8>,
}

enum Kind {
    P256(SigningKey),
    Rsa(Box<(rsa::KeyPair, Zeroizing<Vec<u8>>)>),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.kind {
            Kind::P256(_) => "Key(P-256)",
            Kind::Rsa(_) => "Key(RSA)",
        })
    }
}

impl Key {
    /// A P-256 key from 32 random bytes. The same bytes give the same key.
    ///
    /// # Errors
    /// `Error::Key` when a hundred tries find no number below the group's order: for random bytes, never.
    pub fn generate(seed: &[u8; 32]) -> Result<Self> {
        let mut candidate = Zeroizing::new(seed.to_vec());
        for _ in 0..100 {
            if let Ok(key) = SigningKey::from_slice(&candidate) {
                return Ok(Self::p256(key));
            }
            candidate = Zeroizing::new(sha256(&[&candidate]));
        }
        Err(Error::Key("no key from this seed"))
    }

    /// Reads a PKCS#8 `PrivateKeyInfo` (RFC 5958): P-256, or RSA of 2048 to 4096 bits.
    ///
    /// # Errors
    /// `Error::Key` for anything else.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self> {
        let (algorithm, private) = pkcs8(der).map_err(|_| Error::Key("not PKCS#8"))?;
        if algorithm == oids::EC_KEY {
            let key = SigningKey::from_slice(private).map_err(|_| Error::Key("not a key of P-256"))?;
            return Ok(Self::p256(key));
        }
        let pair = rsa::KeyPair::from_pkcs8(der).map_err(|_| Error::Key("neither P-256 nor RSA"))?;
        if !(256..=512).contains(&pair.public_modulus_len()) {
            return Err(Error::Key("RSA has to have 2048 to 4096 bits"));
        }
        let public =
            sequence(&[&identifier(oids::RSA, true), &bits(signature::KeyPair::public_key(&pair).as_ref())]);
        Ok(Self { kind: Kind::Rsa(Box::new((pair, Zeroizing::new(der.to_vec())))), public })
    }

    /// PKCS#8, to be sealed.
    #[must_use]
    pub fn to_pkcs8(&self) -> Zeroizing<Vec<u8>> {
        match &self.kind {
            Kind::Rsa(pair) => pair.1.clone(),
            Kind::P256(key) => {
                let secret = Zeroizing::new(key.to_bytes().to_vec());
                let point = bits(key.verifying_key().to_sec1_point(false).as_bytes());
                let private = Zeroizing::new(sequence(&[
                    &number(1),
                    &Zeroizing::new(tlv(OCTETS, &[&secret])),
                    &tlv(context(1), &[&point]),
                ]));
                let private = Zeroizing::new(tlv(OCTETS, &[&private]));
                Zeroizing::new(sequence(&[&number(0), &p256_identifier(), &private]))
            }
        }
    }

    /// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        &self.public
    }

    /// Signs `SHA-256(message)`.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        match &self.kind {
            Kind::P256(key) => {
                let signed: DerSignature =
                    key.try_sign(message).map_err(|_| Error::Key("it did not sign"))?;
                Ok(signed.as_bytes().to_vec())
            }
            Kind::Rsa(pair) => {
                let mut signed = vec![0; pair.0.public_modulus_len()];
                // PKCS#1 v1.5 draws nothing; the parameter is there for PSS.
                let random = rand::SystemRandom::new();
                pair.0
                    .sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut signed)
                    .map_err(|_| Error::Key("it did not sign"))?;
                Ok(signed)
            }
        }
    }

    fn p256(key: SigningKey) -> Self {
        let point = key.verifying_key().to_sec1_point(false);
        let public = sequence(&[&p256_identifier(), &bits(point.as_bytes())]);
        Self { kind: Kind::P256(key), public }
    }
}

fn p256_identifier() -> Vec<u8> {
    sequence(&[&oid(oids::EC_KEY), &oid(oids::P256)])
}

/// The algorithm of a PKCS#8 key and, for an elliptic curve, its secret number; else nothing.
fn pkcs8(der: &[u8]) -> asn1::Read<(&[u8], &[u8])> {
    let mut outer = only(der, SEQUENCE)?.inside();
    outer.expect(INTEGER)?;
    let algorithm = crate::algorithm::Algorithm::read(&mut outer)?;
    let private = outer.expect(OCTETS)?.value;
    if algorithm.oid != oids::EC_KEY {
        return Ok((algorithm.oid, &[]));
    }
    if only(algorithm.parameters, asn1::OID)?.value != oids::P256 {
        return Err(asn1::NotDer);
    }
    let mut inside = only(private, SEQUENCE)?.inside();
    inside.expect(INTEGER)?;
    Ok((algorithm.oid, inside.expect(OCTETS)?.value))
}

/// How certificates name the signature that the owner of this public key makes; none for keys that we do not support.
pub(crate) fn certificate_algorithm(key: &PublicKey<'_>) -> Option<Vec<u8>> {
    match key.algorithm.oid {
        oids::RSA => Some(identifier(oids::RSA_SHA256, true)),
        oids::EC_KEY => Some(identifier(oids::ECDSA_SHA256, false)),
        _ => None,
    }
}

/// How CMS names it: for RSA the key's own algorithm, as most readers expect (RFC 5754, 3.2).
pub(crate) fn message_algorithm(key: &PublicKey<'_>) -> Option<Vec<u8>> {
    match key.algorithm.oid {
        oids::RSA => Some(identifier(oids::RSA, true)),
        oids::EC_KEY => Some(identifier(oids::ECDSA_SHA256, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_out_and_comes_in() {
        let key = Key::generate(&[7; 32]).unwrap();
        let again = Key::from_pkcs8(&key.to_pkcs8()).unwrap();
        assert_eq!(key.public_key(), again.public_key());
        assert_eq!(key.sign(b"a").unwrap(), again.sign(b"a").unwrap());
        assert!(Key::generate(&[0xff; 32]).is_ok(), "too large a number is replaced");
        assert!(Key::from_pkcs8(b"no key").is_err() && Key::from_pkcs8(&[]).is_err());
    }

    #[test]
    fn rsa_comes_in() {
        let made = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap();
        let der = aws_lc_rs::encoding::AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&made).unwrap();
        let key = Key::from_pkcs8(der.as_ref()).unwrap();
        assert_eq!(key.to_pkcs8().as_slice(), der.as_ref());
        let public = PublicKey::from_der(key.public_key()).unwrap();
        let signed = key.sign(b"a").unwrap();
        assert_eq!(crate::algorithm::check(&public, oids::RSA_SHA256, None, b"a", &signed), Ok(()));
        assert!(crate::algorithm::check(&public, oids::RSA_SHA256, None, b"b", &signed).is_err());
    }
}
