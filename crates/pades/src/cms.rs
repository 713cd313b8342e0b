//! Signed messages (CMS, RFC 5652) with one signer, as PDF signatures (ETSI EN 319 142-1) and time stamps (RFC 3161)
//! use them.

use crate::algorithm::{self, Algorithm, digest_of, identifier, sha256};
use crate::asn1::{
    INTEGER, NotDer, OCTETS, OID, Read, Reader, SEQUENCE, SET, context, number, oid, only, plain_context,
    sequence, set, tlv,
};
use crate::certificate::Certificate;
use crate::oids;

/// Certificates in one message that are looked at.
const CERTIFICATES_MAX: usize = 64;

fn attribute(id: &[u8], value: &[u8]) -> Vec<u8> {
    sequence(&[&oid(id), &tlv(SET, &[value])])
}

/// What the signer signs: the digest of the content and the certificate (RFC 5035), as a SET OF in DER's order. The
/// time is left to the signature dictionary or the stamp (EN 319 142-1, 6.3).
pub(crate) fn attributes(content_type: &[u8], digest: &[u8], certificate: &[u8]) -> Vec<u8> {
    let hash = sequence(&[&tlv(OCTETS, &[&sha256(&[certificate])])]);
    set(vec![
        attribute(oids::CONTENT_TYPE, &oid(content_type)),
        attribute(oids::MESSAGE_DIGEST, &tlv(OCTETS, &[digest])),
        attribute(oids::SIGNING_CERTIFICATE_2, &sequence(&[&sequence(&[&hash])])),
    ])
}

pub(crate) struct Message<'a> {
    pub content_type: &'a [u8],
    /// None for a detached signature.
    pub content: Option<&'a [u8]>,
    pub signer: &'a Certificate<'a>,
    /// The signer's first.
    pub certificates: &'a [&'a [u8]],
    /// As `attributes` makes them.
    pub attributes: &'a [u8],
    /// AlgorithmIdentifier of the signature.
    pub algorithm: &'a [u8],
    pub signature: &'a [u8],
    /// A time-stamp token over the signature.
    pub stamp: Option<&'a [u8]>,
}

/// A `ContentInfo` with SignedData.
pub(crate) fn write(message: &Message<'_>) -> Vec<u8> {
    let sha256 = identifier(oids::SHA256, false);
    // RFC 5652, 5.1: 3 when something else than data is signed.
    let version = if message.content_type == oids::DATA { 1 } else { 3 };
    let content = message.content.map_or_else(Vec::new, |bytes| tlv(context(0), &[&tlv(OCTETS, &[bytes])]));
    let mut certificates: Vec<&[u8]> = message.certificates.to_vec();
    certificates.sort_unstable();
    certificates.dedup();
    let serial = tlv(INTEGER, &[message.signer.serial]);
    // The SET tag becomes the one of the field.
    let attributes =
        only(message.attributes, SET).map_or_else(|_| Vec::new(), |set| tlv(context(0), &[set.value]));
    let stamp =
        message.stamp.map_or_else(Vec::new, |token| tlv(context(1), &[&attribute(oids::STAMP_TOKEN, token)]));
    let signer = sequence(&[
        &number(1),
        &sequence(&[message.signer.issuer, &serial]),
        &sha256,
        &attributes,
        message.algorithm,
        &tlv(OCTETS, &[message.signature]),
        &stamp,
    ]);
    let data = sequence(&[
        &number(version),
        &tlv(SET, &[&sha256]),
        &sequence(&[&oid(message.content_type), &content]),
        &tlv(context(0), &certificates),
        &tlv(SET, &[&signer]),
    ]);
    sequence(&[&oid(oids::SIGNED_DATA), &tlv(context(0), &[&data])])
}

enum SignerName<'a> {
    Number {
        issuer: &'a [u8],
        serial: &'a [u8],
    },
    /// Hashed in various ways; the signed digest of the certificate decides instead.
    KeyId,
}

/// A message that is read; nothing is checked yet.
pub(crate) struct Signed<'a> {
    pub content_type: &'a [u8],
    pub content: Option<&'a [u8]>,
    pub certificates: Vec<Certificate<'a>>,
    name: SignerName<'a>,
    digest: &'a [u8],
    /// Members of the SET OF signed attributes.
    attributes: &'a [u8],
    algorithm: &'a [u8],
    pub signature: &'a [u8],
    unsigned: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Reads the message that `bytes` begin with; what fills the reserved place behind it is not looked at.
    pub fn read(bytes: &'a [u8]) -> Read<Self> {
        let mut outer = Reader::new(bytes).expect(SEQUENCE)?.inside();
        if outer.expect(OID)?.value != oids::SIGNED_DATA {
            return Err(NotDer);
        }
        let mut data = only(outer.expect(context(0))?.value, SEQUENCE)?.inside();
        data.expect(INTEGER)?;
        data.expect(SET)?;
        let mut inner = data.expect(SEQUENCE)?.inside();
        let content_type = inner.expect(OID)?.value;
        let content = match inner.optional(context(0))? {
            Some(wrapped) => Some(only(wrapped.value, OCTETS)?.value),
            None => None,
        };
        let mut certificates = Vec::new();
        if let Some(list) = data.optional(context(0))? {
            let mut list = list.inside();
            while !list.is_empty() && certificates.len() < CERTIFICATES_MAX {
                let one = list.next()?;
                // Certificates of other kinds may stand here; they are of no use to us.
                certificates.extend(Certificate::read(one.whole));
            }
        }
        data.optional(context(1))?;
        // One signer, as EN 319 142-1 asks for.
        let mut signer = only(data.expect(SET)?.value, SEQUENCE)?.inside();
        signer.expect(INTEGER)?;
        let name = signer.next()?;
        let name = if name.tag == plain_context(0) {
            SignerName::KeyId
        } else {
            let mut name = name.inside();
            SignerName::Number { issuer: name.expect(SEQUENCE)?.whole, serial: name.expect(INTEGER)?.value }
        };
        let digest = Algorithm::read(&mut signer)?.oid;
        let attributes = signer.expect(context(0))?.value;
        let algorithm = Algorithm::read(&mut signer)?.oid;
        let signature = signer.expect(OCTETS)?.value;
        let unsigned = signer.optional(context(1))?.map_or(&[][..], |unsigned| unsigned.value);
        Ok(Self {
            content_type,
            content,
            certificates,
            name,
            digest,
            attributes,
            algorithm,
            signature,
            unsigned,
        })
    }

    /// The time-stamp token, if there is one.
    pub fn stamp(&self) -> Option<&'a [u8]> {
        only(value(self.unsigned, oids::STAMP_TOKEN)?, SEQUENCE).ok().map(|token| token.whole)
    }

    /// The signer's certificate, by the message itself.
    pub fn signer(&self) -> Option<&Certificate<'a>> {
        self.certificates.iter().find(|one| match self.name {
            SignerName::Number { issuer, serial } => one.issuer == issuer && one.serial == serial,
            SignerName::KeyId => names(self.attributes, one) == Some(true),
        })
    }

    /// Checks that the content is the one signed, that the certificate is the one named, and the signature.
    pub fn check(&self, content: &[&[u8]]) -> Result<&Certificate<'a>, Fault> {
        let digest = digest_of(self.digest, content).ok_or(Fault::Unsupported)?;
        let kind = value(self.attributes, oids::CONTENT_TYPE).ok_or(Fault::Malformed)?;
        if only(kind, OID).map_err(|_| Fault::Malformed)?.value != self.content_type {
            return Err(Fault::Malformed);
        }
        let said = value(self.attributes, oids::MESSAGE_DIGEST).ok_or(Fault::Malformed)?;
        if only(said, OCTETS).map_err(|_| Fault::Malformed)?.value != digest {
            return Err(Fault::Changed);
        }
        let signer = self.signer().ok_or(Fault::Malformed)?;
        if names(self.attributes, signer) == Some(false) {
            return Err(Fault::Forged);
        }
        let message = tlv(SET, &[self.attributes]);
        algorithm::check(&signer.key, self.algorithm, Some(self.digest), &message, self.signature).map_err(
            |fault| match fault {
                algorithm::Fault::Unsupported => Fault::Unsupported,
                algorithm::Fault::Forged => Fault::Forged,
                algorithm::Fault::Malformed => Fault::Malformed,
            },
        )?;
        Ok(signer)
    }

    /// Whether the signed attributes name the certificate at all.
    pub fn names_its_certificate(&self) -> bool {
        self.signer().is_some_and(|signer| names(self.attributes, signer) == Some(true))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Malformed,
    Unsupported,
    Changed,
    Forged,
}

/// The first value of an attribute.
fn value<'a>(attributes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut list = Reader::new(attributes);
    while !list.is_empty() {
        let mut one = list.expect(SEQUENCE).ok()?.inside();
        if one.expect(OID).ok()?.value == wanted {
            return Some(one.expect(SET).ok()?.inside().next().ok()?.whole);
        }
    }
    None
}

/// Whether the signed digest of the certificate is this one's (RFC 5035; RFC 2634 with SHA-1 counts as none).
fn names(attributes: &[u8], certificate: &Certificate<'_>) -> Option<bool> {
    let value = value(attributes, oids::SIGNING_CERTIFICATE_2)?;
    let read = || -> Read<bool> {
        let mut list = only(value, SEQUENCE)?.inside().expect(SEQUENCE)?.inside();
        let mut first = list.expect(SEQUENCE)?.inside();
        let mut digest = oids::SHA256;
        if let Some(named) = first.optional(SEQUENCE)? {
            digest = Algorithm::inside(named)?.oid;
        }
        let hash = first.expect(OCTETS)?.value;
        Ok(digest_of(digest, &[certificate.whole]).is_some_and(|own| own == hash))
    };
    Some(read().unwrap_or(false))
}
