//! X.509 certificates that are read (RFC 5280).

use crate::algorithm::{Algorithm, Fault, PublicKey, check};
use crate::asn1::{BITS, BOOLEAN, INTEGER, NotDer, OCTETS, OID, Read, Reader, SEQUENCE, SET, context, only};
use crate::{Error, Moment, Result, oids};

/// What a certificate says of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub name: String,
    pub organization: Option<String>,
    /// The serialNumber of its subject: for professionals the RPPS.
    pub rpps: Option<String>,
    /// The certificate's own number, big-endian.
    pub serial: Vec<u8>,
    pub from: Moment,
    pub until: Moment,
    /// The name of who issued it.
    pub issuer: String,
}

/// Tells what a certificate says; nothing of it is checked.
///
/// # Errors
/// `Error::Certificate` when it cannot be read.
pub fn describe(certificate: &[u8]) -> Result<About> {
    Ok(Certificate::parse(certificate)?.about())
}

/// `keyUsage`, as its bits stand in the first byte.
pub(crate) const DIGITAL_SIGNATURE: u8 = 0x80;
pub(crate) const NON_REPUDIATION: u8 = 0x40;
pub(crate) const CERTIFICATE_SIGN: u8 = 0x04;
pub(crate) const LIST_SIGN: u8 = 0x02;

#[derive(Clone, Debug)]
pub(crate) struct Certificate<'a> {
    pub whole: &'a [u8],
    tbs: &'a [u8],
    /// Content of its INTEGER.
    pub serial: &'a [u8],
    /// Both names as DER.
    pub issuer: &'a [u8],
    pub subject: &'a [u8],
    pub from: Moment,
    pub until: Moment,
    pub key: PublicKey<'a>,
    algorithm: Algorithm<'a>,
    signature: &'a [u8],
    pub is_authority: bool,
    /// None where the certificate does not limit its use.
    pub usage: Option<u8>,
    pub for_stamps_only: bool,
    /// Whether it has critical extensions that we do not know.
    unknown: bool,
}

impl<'a> Certificate<'a> {
    pub fn parse(der: &'a [u8]) -> Result<Self> {
        Self::read(der).map_err(|_| Error::Certificate("it cannot be read"))
    }

    pub fn read(der: &'a [u8]) -> Read<Self> {
        let outer = only(der, SEQUENCE)?;
        let mut inside = outer.inside();
        let tbs = inside.expect(SEQUENCE)?;
        let algorithm = Algorithm::read(&mut inside)?;
        let signature = inside.expect(BITS)?.bit_bytes()?;
        inside.done()?;
        let mut fields = tbs.inside();
        fields.optional(context(0))?;
        let serial = fields.expect(INTEGER)?.value;
        Algorithm::read(&mut fields)?;
        let issuer = fields.expect(SEQUENCE)?.whole;
        let mut validity = fields.expect(SEQUENCE)?.inside();
        let (from, until) = (validity.next()?.moment()?, validity.next()?.moment()?);
        let subject = fields.expect(SEQUENCE)?.whole;
        let key = PublicKey::read(&mut fields)?;
        let mut certificate = Self {
            whole: outer.whole,
            tbs: tbs.whole,
            serial,
            issuer,
            subject,
            from,
            until,
            key,
            algorithm,
            signature,
            is_authority: false,
            usage: None,
            for_stamps_only: false,
            unknown: false,
        };
        while !fields.is_empty() {
            let field = fields.next()?;
            if field.tag == context(3) {
                certificate.extensions(only(field.value, SEQUENCE)?.inside())?;
            }
        }
        Ok(certificate)
    }

    fn extensions(&mut self, mut list: Reader<'a>) -> Read<()> {
        while !list.is_empty() {
            let (id, critical, value) = extension(&mut list)?;
            match id {
                oids::BASIC_CONSTRAINTS => {
                    let says = only(value, SEQUENCE)?.inside().optional(BOOLEAN)?;
                    self.is_authority = says.is_some_and(|yes| yes.value == [0xff]);
                }
                oids::KEY_USAGE => {
                    self.usage = Some(only(value, BITS)?.value.get(1).copied().unwrap_or(0));
                }
                oids::EXTENDED_USAGE => {
                    let mut uses = only(value, SEQUENCE)?.inside();
                    let first = uses.expect(OID)?.value;
                    self.for_stamps_only = first == oids::FOR_TIME_STAMPS && uses.is_empty() && critical;
                }
                oids::SUBJECT_KEY | oids::AUTHORITY_KEY => {}
                _ => self.unknown |= critical,
            }
        }
        Ok(())
    }

    /// Whether the issuer's name is the one named, it may issue, and its key made this certificate's signature.
    pub fn is_issued_by(&self, issuer: &Certificate<'_>) -> bool {
        let may = issuer.is_authority && issuer.usage.is_none_or(|usage| usage & CERTIFICATE_SIGN != 0);
        may && issuer.subject == self.issuer
            && !self.unknown
            && !issuer.unknown
            && check(&issuer.key, self.algorithm.oid, None, self.tbs, self.signature).is_ok()
    }

    /// Whether its owner may sign documents with it.
    pub fn may_sign(&self) -> bool {
        let usage = self.usage.is_none_or(|usage| usage & (NON_REPUDIATION | DIGITAL_SIGNATURE) != 0);
        usage && !self.for_stamps_only && !self.unknown
    }

    pub fn about(&self) -> About {
        About {
            name: attribute(self.subject, oids::COMMON_NAME).unwrap_or_default(),
            organization: attribute(self.subject, oids::ORGANIZATION),
            rpps: attribute(self.subject, oids::SERIAL_NUMBER),
            serial: self.serial.to_vec(),
            from: self.from,
            until: self.until,
            issuer: attribute(self.issuer, oids::COMMON_NAME).unwrap_or_default(),
        }
    }

    /// Checks a signature of the owner, as certificates and lists hold one.
    pub fn signed(
        &self,
        algorithm: &Algorithm<'_>,
        message: &[u8],
        signature: &[u8],
    ) -> std::result::Result<(), Fault> {
        check(&self.key, algorithm.oid, None, message, signature)
    }
}

/// Identifier, whether critical, and value.
pub(crate) fn extension<'a>(list: &mut Reader<'a>) -> Read<(&'a [u8], bool, &'a [u8])> {
    let mut one = list.expect(SEQUENCE)?.inside();
    let id = one.expect(OID)?.value;
    let critical = one.optional(BOOLEAN)?.is_some_and(|yes| yes.value != [0]);
    Ok((id, critical, one.expect(OCTETS)?.value))
}

/// The first value of an attribute in a name.
fn attribute(name: &[u8], wanted: &[u8]) -> Option<String> {
    let mut sets = only(name, SEQUENCE).ok()?.inside();
    while !sets.is_empty() {
        let mut pairs = sets.expect(SET).ok()?.inside();
        while !pairs.is_empty() {
            let found = pair(&mut pairs).ok()?;
            if found.0 == wanted {
                return Some(found.1);
            }
        }
    }
    None
}

fn pair<'a>(pairs: &mut Reader<'a>) -> Read<(&'a [u8], String)> {
    let mut pair = pairs.expect(SEQUENCE)?.inside();
    let id = pair.expect(OID)?.value;
    let value = pair.next()?.value;
    Ok((id, std::str::from_utf8(value).map_err(|_| NotDer).map_or_else(|_| String::new(), String::from)))
}
