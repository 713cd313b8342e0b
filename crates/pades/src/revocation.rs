//! Lists of revoked certificates that are read (RFC 5280, 5).

use crate::Moment;
use crate::algorithm::Algorithm;
use crate::asn1::{BITS, INTEGER, Read, Reader, SEQUENCE, context, only};
use crate::certificate::{Certificate, LIST_SIGN, extension};

pub(crate) struct List<'a> {
    tbs: &'a [u8],
    algorithm: Algorithm<'a>,
    signature: &'a [u8],
    issuer: &'a [u8],
    this_update: Moment,
    next_update: Option<Moment>,
    entries: Option<Reader<'a>>,
    /// Whether it speaks of part of the certificates only, or of other authorities' (critical extensions).
    partial: bool,
}

impl<'a> List<'a> {
    pub fn read(der: &'a [u8]) -> Read<Self> {
        let mut outer = only(der, SEQUENCE)?.inside();
        let tbs = outer.expect(SEQUENCE)?;
        let algorithm = Algorithm::read(&mut outer)?;
        let signature = outer.expect(BITS)?.bit_bytes()?;
        outer.done()?;
        let mut fields = tbs.inside();
        fields.optional(INTEGER)?;
        Algorithm::read(&mut fields)?;
        let issuer = fields.expect(SEQUENCE)?.whole;
        let this_update = fields.next()?.moment()?;
        let mut list = Self {
            tbs: tbs.whole,
            algorithm,
            signature,
            issuer,
            this_update,
            next_update: None,
            entries: None,
            partial: false,
        };
        while !fields.is_empty() {
            let field = fields.next()?;
            if field.tag == SEQUENCE {
                list.entries = Some(field.inside());
            } else if field.tag == context(0) {
                let mut extensions = only(field.value, SEQUENCE)?.inside();
                while !extensions.is_empty() {
                    list.partial |= extension(&mut extensions)?.1;
                }
            } else {
                list.next_update = Some(field.moment()?);
            }
        }
        Ok(list)
    }

    /// Whether it is the issuer's own, complete list.
    pub fn is_of(&self, issuer: &Certificate<'_>) -> bool {
        !self.partial
            && self.issuer == issuer.subject
            && issuer.usage.is_none_or(|usage| usage & LIST_SIGN != 0)
            && issuer.signed(&self.algorithm, self.tbs, self.signature).is_ok()
    }

    /// Whether it tells how things were at that moment: it was current then, or is younger.
    pub fn tells_of(&self, at: Moment) -> bool {
        self.this_update >= at || self.next_update.is_some_and(|next| next >= at)
    }

    /// When this number was revoked, if it was.
    pub fn revoked(&self, serial: &[u8]) -> Read<Option<Moment>> {
        let Some(mut entries) = self.entries else { return Ok(None) };
        while !entries.is_empty() {
            let mut entry = entries.expect(SEQUENCE)?.inside();
            if entry.expect(INTEGER)?.value == serial {
                return Ok(Some(entry.next()?.moment()?));
            }
        }
        Ok(None)
    }
}

/// What lists say of a certificate at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Good,
    Revoked(Moment),
    Unknown,
}

/// Asks all lists of the issuer. One that is out of date can still tell of a revocation.
pub(crate) fn state(
    certificate: &Certificate<'_>,
    issuer: &Certificate<'_>,
    lists: &[List<'_>],
    at: Moment,
) -> State {
    let mut state = State::Unknown;
    for list in lists.iter().filter(|list| list.is_of(issuer)) {
        match list.revoked(certificate.serial) {
            Ok(Some(since)) if since <= at => return State::Revoked(since),
            Ok(_) if list.tells_of(at) => state = State::Good,
            _ => {}
        }
    }
    state
}
