//! Digests, and signatures that are checked: SHA-2 with RSA (PKCS#1 v1.5) or ECDSA on P-256 and P-384.

use crate::asn1::{NULL, NotDer, Read, Reader, SEQUENCE, Tlv, oid, sequence};
use crate::oids;
use aws_lc_rs::{digest, signature};

/// An `AlgorithmIdentifier`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Algorithm<'a> {
    pub oid: &'a [u8],
    pub parameters: &'a [u8],
}

impl<'a> Algorithm<'a> {
    pub fn read(from: &mut Reader<'a>) -> Read<Self> {
        Self::inside(from.expect(SEQUENCE)?)
    }

    pub fn inside(whole: Tlv<'a>) -> Read<Self> {
        let mut inside = whole.inside();
        let oid = inside.expect(crate::asn1::OID)?.value;
        let parameters = if inside.is_empty() { &[][..] } else { inside.next()?.whole };
        inside.done()?;
        Ok(Self { oid, parameters })
    }
}

/// A `SubjectPublicKeyInfo`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PublicKey<'a> {
    pub whole: &'a [u8],
    pub algorithm: Algorithm<'a>,
    /// The content of its BIT STRING: a point, or an RSAPublicKey.
    pub bytes: &'a [u8],
}

impl<'a> PublicKey<'a> {
    pub fn read(from: &mut Reader<'a>) -> Read<Self> {
        let whole = from.expect(SEQUENCE)?;
        let mut inside = whole.inside();
        let algorithm = Algorithm::read(&mut inside)?;
        let bytes = inside.expect(crate::asn1::BITS)?.bit_bytes()?;
        inside.done()?;
        Ok(Self { whole: whole.whole, algorithm, bytes })
    }

    pub fn from_der(der: &'a [u8]) -> Read<Self> {
        let mut reader = Reader::new(der);
        let key = Self::read(&mut reader)?;
        reader.done()?;
        Ok(key)
    }

    fn curve(&self) -> Option<&'a [u8]> {
        let curve = crate::asn1::only(self.algorithm.parameters, crate::asn1::OID).ok()?;
        (self.algorithm.oid == oids::EC_KEY).then_some(curve.value)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Unsupported,
    Forged,
    Malformed,
}

impl From<NotDer> for Fault {
    fn from(_: NotDer) -> Self {
        Self::Malformed
    }
}

/// The digest of the parts one after the other; none for algorithms outside SHA-2.
pub(crate) fn digest_of(oid: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
    let algorithm = match oid {
        oids::SHA256 => &digest::SHA256,
        oids::SHA384 => &digest::SHA384,
        oids::SHA512 => &digest::SHA512,
        _ => return None,
    };
    let mut context = digest::Context::new(algorithm);
    for part in parts {
        context.update(part);
    }
    Some(context.finish().as_ref().to_vec())
}

pub(crate) fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    digest_of(oids::SHA256, parts).unwrap_or_default()
}

/// An `AlgorithmIdentifier` without parameters, or with NULL.
pub(crate) fn identifier(body: &[u8], null: bool) -> Vec<u8> {
    sequence(&[&oid(body), if null { NULL } else { &[] }])
}

/// Checks a signature. `digest` is the digest that CMS names beside an algorithm which names none itself.
pub(crate) fn check(
    key: &PublicKey<'_>,
    algorithm: &[u8],
    digest: Option<&[u8]>,
    message: &[u8],
    signed: &[u8],
) -> Result<(), Fault> {
    let digest = match algorithm {
        oids::RSA => digest.ok_or(Fault::Unsupported)?,
        oids::RSA_SHA256 | oids::ECDSA_SHA256 => oids::SHA256,
        oids::RSA_SHA384 | oids::ECDSA_SHA384 => oids::SHA384,
        oids::RSA_SHA512 | oids::ECDSA_SHA512 => oids::SHA512,
        _ => return Err(Fault::Unsupported),
    };
    let is_rsa = matches!(algorithm, oids::RSA | oids::RSA_SHA256 | oids::RSA_SHA384 | oids::RSA_SHA512);
    let checker: &'static dyn signature::VerificationAlgorithm =
        match (is_rsa, key.algorithm.oid, key.curve(), digest) {
            (true, oids::RSA, _, oids::SHA256) => &signature::RSA_PKCS1_2048_8192_SHA256,
            (true, oids::RSA, _, oids::SHA384) => &signature::RSA_PKCS1_2048_8192_SHA384,
            (true, oids::RSA, _, oids::SHA512) => &signature::RSA_PKCS1_2048_8192_SHA512,
            (false, _, Some(oids::P256), oids::SHA256) => &signature::ECDSA_P256_SHA256_ASN1,
            (false, _, Some(oids::P256), oids::SHA384) => &signature::ECDSA_P256_SHA384_ASN1,
            (false, _, Some(oids::P256), oids::SHA512) => &signature::ECDSA_P256_SHA512_ASN1,
            (false, _, Some(oids::P384), oids::SHA256) => &signature::ECDSA_P384_SHA256_ASN1,
            (false, _, Some(oids::P384), oids::SHA384) => &signature::ECDSA_P384_SHA384_ASN1,
            (false, _, Some(oids::P384), oids::SHA512) => &signature::ECDSA_P384_SHA512_ASN1,
            _ => return Err(Fault::Unsupported),
        };
    signature::UnparsedPublicKey::new(checker, key.bytes).verify(message, signed).map_err(|_| Fault::Forged)
}
