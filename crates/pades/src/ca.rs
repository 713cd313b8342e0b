//! The clinic's own certificate authority: its certificate, those that it issues, and its list of revoked ones
//! (RFC 5280). Numbers and times are the caller's.

use crate::algorithm::{PublicKey, sha256};
use crate::asn1::{
    BITS, BOOLEAN, ENUMERATED, OCTETS, PRINTABLE, UTF8, bits, context, number, oid, plain_context, sequence,
    set, time, tlv, unsigned,
};
use crate::certificate::{CERTIFICATE_SIGN, Certificate, DIGITAL_SIGNATURE, LIST_SIGN, NON_REPUDIATION};
use crate::key::certificate_algorithm;
use crate::{Error, Key, Moment, Result, oids};

/// X.520 allows names of so many characters.
const NAME_MAX: usize = 64;
/// More revoked certificates than a clinic issues in decades.
const REVOKED_MAX: usize = 100_000;

/// Who a certificate belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// As shown: `Dr Benoît FERRAND`.
    pub name: &'a str,
    pub given: Option<&'a str>,
    pub family: Option<&'a str>,
    pub organization: Option<&'a str>,
    /// Two letters (ISO 3166).
    pub country: &'a str,
    /// The eleven digits of a French professional's number.
    pub rpps: Option<&'a str>,
}

#[derive(Clone, Copy, Debug)]
pub struct Validity {
    pub from: Moment,
    pub until: Moment,
}

/// What the key may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Issues certificates and lists; nothing below it may.
    Authority,
    /// Signs documents (nonRepudiation alone).
    Signing,
    /// Signs time stamps (RFC 3161, 2.3).
    Timestamps,
}

/// A key with its certificate, that issues.
#[derive(Clone, Copy, Debug)]
pub struct Authority<'a> {
    pub key: &'a Key,
    pub certificate: &'a [u8],
}

/// Why a certificate was revoked (5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Unspecified = 0,
    KeyCompromise = 1,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
}

#[derive(Clone, Debug)]
pub struct Revoked {
    /// As `About::serial` says it.
    pub serial: Vec<u8>,
    pub at: Moment,
    pub reason: Reason,
}

/// An authority's certificate, signed by itself.
///
/// # Errors
/// `Error::Certificate` for a name, a number or a time that cannot stand in a certificate; `Error::Key`.
pub fn root(key: &Key, subject: &Subject<'_>, serial: &[u8; 16], validity: Validity) -> Result<Vec<u8>> {
    let name = distinguished(subject)?;
    let public = PublicKey::from_der(key.public_key()).map_err(|_| Error::Key("not a public key"))?;
    let tbs = body(&Body {
        issuer: &name,
        issuer_key: &public,
        subject: &name,
        public: &public,
        serial,
        validity,
        purpose: Purpose::Authority,
    })?;
    signed(key, &public, tbs)
}

/// A certificate that the authority issues for somebody's public key.
///
/// # Errors
/// As `root`; `Error::Mismatch` when the authority's key is not the one of its certificate, `Error::Certificate` when
/// its certificate may not issue or ends before.
pub fn issue(
    authority: &Authority<'_>,
    public_key: &[u8],
    subject: &Subject<'_>,
    serial: &[u8; 16],
    validity: Validity,
    purpose: Purpose,
) -> Result<Vec<u8>> {
    let issuer = issuing(authority, CERTIFICATE_SIGN)?;
    if validity.from < issuer.from || validity.until > issuer.until {
        return Err(Error::Certificate("it would outlive the authority's"));
    }
    if purpose == Purpose::Authority {
        return Err(Error::Certificate("this authority has none below it"));
    }
    let public = PublicKey::from_der(public_key).map_err(|_| Error::Key("not a public key"))?;
    let name = distinguished(subject)?;
    let tbs = body(&Body {
        issuer: issuer.subject,
        issuer_key: &issuer.key,
        subject: &name,
        public: &public,
        serial,
        validity,
        purpose,
    })?;
    signed(authority.key, &issuer.key, tbs)
}

/// A list of revoked certificates. `number` rises with each list.
///
/// # Errors
/// As `issue`.
pub fn revocation_list(
    authority: &Authority<'_>,
    list_number: u64,
    this_update: Moment,
    next_update: Moment,
    revoked: &[Revoked],
) -> Result<Vec<u8>> {
    let issuer = issuing(authority, LIST_SIGN)?;
    if next_update <= this_update || revoked.len() > REVOKED_MAX {
        return Err(Error::Certificate("the list ends before it begins, or is too long"));
    }
    let entries: Vec<Vec<u8>> = revoked.iter().map(entry).collect();
    let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
    let entries = if entries.is_empty() { Vec::new() } else { sequence(&entries) };
    let own =
        extension(oids::AUTHORITY_KEY, false, &sequence(&[&tlv(plain_context(0), &[&key_id(&issuer.key)])]));
    let counted = extension(oids::CRL_NUMBER, false, &number(list_number));
    let algorithm = certificate_algorithm(&issuer.key).ok_or(Error::Key("not supported"))?;
    let tbs = sequence(&[
        &number(1),
        &algorithm,
        issuer.subject,
        &time(this_update),
        &time(next_update),
        &entries,
        &tlv(context(0), &[&sequence(&[&own, &counted])]),
    ]);
    signed(authority.key, &issuer.key, tbs)
}

fn entry(revoked: &Revoked) -> Vec<u8> {
    let reason = match revoked.reason {
        Reason::Unspecified => Vec::new(),
        other => sequence(&[&extension(oids::CRL_REASON, false, &tlv(ENUMERATED, &[&[other as u8]]))]),
    };
    sequence(&[&unsigned(&revoked.serial), &time(revoked.at), &reason])
}

/// The authority's certificate, when it is one, may do this and belongs to the key.
fn issuing<'a>(authority: &Authority<'a>, usage: u8) -> Result<Certificate<'a>> {
    let issuer = Certificate::parse(authority.certificate)?;
    if !issuer.is_authority || issuer.usage.is_some_and(|may| may & usage == 0) {
        return Err(Error::Certificate("it is not an authority's"));
    }
    if issuer.key.whole != authority.key.public_key() {
        return Err(Error::Mismatch);
    }
    Ok(issuer)
}

struct Body<'a> {
    issuer: &'a [u8],
    issuer_key: &'a PublicKey<'a>,
    subject: &'a [u8],
    public: &'a PublicKey<'a>,
    serial: &'a [u8; 16],
    validity: Validity,
    purpose: Purpose,
}

/// `TBSCertificate` (4.1).
fn body(of: &Body<'_>) -> Result<Vec<u8>> {
    let mut serial = *of.serial;
    serial[0] &= 0x7f;
    if serial == [0; 16] {
        return Err(Error::Certificate("its number is zero"));
    }
    if of.validity.until <= of.validity.from {
        return Err(Error::Certificate("it ends before it begins"));
    }
    if certificate_algorithm(of.public).is_none() {
        return Err(Error::Key("not supported"));
    }
    let algorithm = certificate_algorithm(of.issuer_key).ok_or(Error::Key("not supported"))?;
    let mut extensions = match of.purpose {
        Purpose::Authority => {
            let only_itself = sequence(&[&tlv(BOOLEAN, &[&[0xff]]), &number(0)]);
            extension(oids::BASIC_CONSTRAINTS, true, &only_itself)
        }
        Purpose::Signing => Vec::new(),
        Purpose::Timestamps => {
            extension(oids::EXTENDED_USAGE, true, &sequence(&[&oid(oids::FOR_TIME_STAMPS)]))
        }
    };
    let usage = match of.purpose {
        Purpose::Authority => CERTIFICATE_SIGN | LIST_SIGN,
        Purpose::Signing => NON_REPUDIATION,
        Purpose::Timestamps => DIGITAL_SIGNATURE | NON_REPUDIATION,
    };
    let unused = usage.trailing_zeros() as u8;
    extensions.extend(extension(oids::KEY_USAGE, true, &tlv(BITS, &[&[unused, usage]])));
    extensions.extend(extension(oids::SUBJECT_KEY, false, &tlv(OCTETS, &[&key_id(of.public)])));
    let issuer_id = tlv(plain_context(0), &[&key_id(of.issuer_key)]);
    extensions.extend(extension(oids::AUTHORITY_KEY, false, &sequence(&[&issuer_id])));
    Ok(sequence(&[
        &tlv(context(0), &[&number(2)]),
        &unsigned(&serial),
        &algorithm,
        of.issuer,
        &sequence(&[&time(of.validity.from), &time(of.validity.until)]),
        of.subject,
        of.public.whole,
        &tlv(context(3), &[&sequence(&[&extensions])]),
    ]))
}

fn signed(key: &Key, public: &PublicKey<'_>, tbs: Vec<u8>) -> Result<Vec<u8>> {
    let algorithm = certificate_algorithm(public).ok_or(Error::Key("not supported"))?;
    Ok(sequence(&[&tbs, &algorithm, &bits(&key.sign(&tbs)?)]))
}

fn extension(id: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { tlv(BOOLEAN, &[&[0xff]]) } else { Vec::new() };
    sequence(&[&oid(id), &critical, &tlv(OCTETS, &[value])])
}

/// RFC 7093, method 1.
fn key_id(key: &PublicKey<'_>) -> Vec<u8> {
    let mut id = sha256(&[key.bytes]);
    id.truncate(20);
    id
}

fn distinguished(subject: &Subject<'_>) -> Result<Vec<u8>> {
    let country = subject.country;
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Error::Certificate("the country has to be two capital letters"));
    }
    if subject.rpps.is_some_and(|rpps| rpps.len() != 11 || !rpps.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Error::Certificate("an RPPS number has eleven digits"));
    }
    let fields = [
        (oids::COUNTRY, PRINTABLE, Some(country)),
        (oids::ORGANIZATION, UTF8, subject.organization),
        (oids::SURNAME, UTF8, subject.family),
        (oids::GIVEN_NAME, UTF8, subject.given),
        (oids::COMMON_NAME, UTF8, Some(subject.name)),
        (oids::SERIAL_NUMBER, PRINTABLE, subject.rpps),
    ];
    let mut names = Vec::new();
    for (id, tag, text) in fields {
        let Some(text) = text else { continue };
        if text.trim().is_empty() || text.chars().count() > NAME_MAX || text.chars().any(char::is_control) {
            return Err(Error::Certificate(
                "a name is empty, longer than 64 characters, or holds control characters",
            ));
        }
        names.extend(set(vec![sequence(&[&oid(id), &tlv(tag, &[text.as_bytes()])])]));
    }
    Ok(sequence(&[&names]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::describe;
    use crate::testing::{Clinic, YEAR, at};

    #[test]
    fn issues_what_it_says() {
        let clinic = Clinic::new();
        let about = describe(&clinic.certificate).unwrap();
        assert_eq!(about.name, "Dr Benoît FERRAND");
        assert_eq!(about.rpps.as_deref(), Some("10101010101"));
        assert_eq!((about.from, about.until), (at(0), at(3 * YEAR)));
        assert_eq!(about.issuer, "Autorité de la Clinique Exemple");
        let (root, own) =
            (Certificate::parse(&clinic.root).unwrap(), Certificate::parse(&clinic.certificate).unwrap());
        assert!(own.is_issued_by(&root) && root.is_issued_by(&root) && !root.is_issued_by(&own));
        assert!(own.may_sign() && own.usage == Some(NON_REPUDIATION));
        assert!(!Certificate::parse(&clinic.stamping).unwrap().may_sign());
    }

    #[test]
    fn refuses_what_cannot_stand_in_a_certificate() {
        let clinic = Clinic::new();
        let authority = clinic.authority();
        let key = clinic.key.public_key();
        let during = Validity { from: at(0), until: at(YEAR) };
        let subject = Clinic::subject("Dr A", None);
        let issue_to = |subject: &Subject<'_>, serial, validity| {
            issue(&authority, key, subject, serial, validity, Purpose::Signing).unwrap_err()
        };
        for wrong in [
            Subject { name: "", ..subject },
            Subject { country: "fr", ..subject },
            Subject { rpps: Some("1"), ..subject },
        ] {
            assert!(matches!(issue_to(&wrong, &[1; 16], during), Error::Certificate(_)));
        }
        let late = Validity { from: at(0), until: at(30 * YEAR) };
        assert!(matches!(issue_to(&subject, &[1; 16], late), Error::Certificate(_)));
        assert!(matches!(issue_to(&subject, &[0; 16], during), Error::Certificate(_)));
        let other = Authority { key: &clinic.key, certificate: &clinic.root };
        let refused = issue(&other, key, &subject, &[1; 16], during, Purpose::Signing);
        assert_eq!(refused, Err(Error::Mismatch));
    }
}
