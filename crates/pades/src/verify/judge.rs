//! One signature: is it over these bytes, by whom, and was that person's certificate good then.

use super::{Checked, Covers, Level, Verdict, changes};
use crate::certificate::Certificate;
use crate::chain::{self, path};
use crate::cms::{self, Signed};
use crate::pdf::{Dict, Document, Object, hex_bytes};
use crate::revocation::{List, State, state};
use crate::stamp::{self, Belief};
use crate::{Moment, oids};

/// A signature dictionary.
pub(super) struct Found {
    /// ByteRange: begin and length, twice.
    pub range: Option<[usize; 4]>,
    contents: Vec<u8>,
    supported: bool,
    claimed: Option<Moment>,
    reason: Option<String>,
}

impl Found {
    pub fn read(value: &Dict) -> Self {
        let numbers = value.get(b"ByteRange").and_then(Object::as_array);
        let numbers: Option<Vec<usize>> =
            numbers.and_then(|list| list.iter().map(Object::as_usize).collect());
        let range = numbers.and_then(|numbers| <[usize; 4]>::try_from(numbers).ok());
        // The end, rather than the length, is what is sorted by.
        let range = range.and_then(|[a, b, c, d]| Some([a, b, c, c.checked_add(d)?]));
        let bytes = |name: &[u8]| match value.get(name) {
            Some(Object::Text(bytes)) => Some(bytes.clone()),
            _ => None,
        };
        Self {
            range,
            contents: bytes(b"Contents").unwrap_or_default(),
            supported: value.is(b"SubFilter", b"ETSI.CAdES.detached"),
            claimed: bytes(b"M").and_then(|date| Moment::from_pdf(&date)),
            reason: value.get(b"Reason").and_then(Object::as_text),
        }
    }

    /// The two parts that are signed and where they end: all from the start, but for exactly the hexadecimal string of
    /// this signature.
    fn covered<'a>(&self, bytes: &'a [u8]) -> Option<(&'a [u8], &'a [u8], usize)> {
        let [start, length, from, end] = self.range?;
        let gap = bytes.get(length..from).filter(|_| start == 0)?;
        let text = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
        if hex_bytes(text)? != self.contents {
            return None;
        }
        Some((bytes.get(..length)?, bytes.get(from..end)?, end))
    }
}

/// What a reader knows.
pub(super) struct Eyes<'a> {
    pub document: &'a Document<'a>,
    pub authorities: Vec<Certificate<'a>>,
    pub stamp_authorities: Vec<Certificate<'a>>,
    pub others: Vec<Certificate<'a>>,
    /// Those of the document first; so many are.
    pub lists: Vec<List<'a>>,
    pub kept: usize,
    pub now: Moment,
}

impl Eyes<'_> {
    pub fn judge(&self, found: &Found) -> Checked {
        let mut checked = Checked {
            verdict: Verdict::Malformed,
            level: Level::Basic,
            signer: None,
            claimed: found.claimed,
            stamped: None,
            stamper: None,
            covers: Covers::Revision,
            reason: found.reason.clone(),
        };
        checked.verdict = self.weigh(found, &mut checked).err().unwrap_or(Verdict::Valid);
        checked
    }

    /// Err is the first thing that is wrong.
    fn weigh(&self, found: &Found, told: &mut Checked) -> Result<(), Verdict> {
        if !found.supported {
            return Err(Verdict::Unsupported);
        }
        let bytes = self.document.bytes;
        let (before, after, end) = found.covered(bytes).ok_or(Verdict::Changed)?;
        let rest = bytes.get(end..).unwrap_or_default();
        if rest.iter().all(u8::is_ascii_whitespace) {
            told.covers = Covers::WholeFile;
        }
        let signed = Signed::read(&found.contents).map_err(|_| Verdict::Malformed)?;
        told.signer = signed.signer().map(Certificate::about);
        if signed.content_type != oids::DATA || signed.content.is_some() {
            return Err(Verdict::Malformed);
        }
        let signer = signed.check(&[before, after]).map_err(|fault| match fault {
            cms::Fault::Malformed => Verdict::Malformed,
            cms::Fault::Unsupported => Verdict::Unsupported,
            cms::Fault::Changed => Verdict::Changed,
            cms::Fault::Forged => Verdict::Forged,
        })?;
        // Without it another certificate of the same key could be put in its place.
        if !signed.names_its_certificate() {
            return Err(Verdict::Malformed);
        }
        if told.covers == Covers::Revision && !changes::only_signatures(self.document, end) {
            return Err(Verdict::ChangedAfter);
        }
        if !signer.may_sign() {
            return Err(Verdict::NotForSigning);
        }
        let others: Vec<Certificate<'_>> = signed.certificates.iter().chain(&self.others).cloned().collect();
        if let Some(token) = signed.stamp() {
            let belief = Belief { authorities: &self.stamp_authorities, others: &others, lists: &self.lists };
            let stamp = stamp::check(token, signed.signature, None, &belief).map_err(Verdict::BadStamp)?;
            told.stamped = Some(stamp.at);
            told.stamper = Some(stamp.authority);
            told.level = Level::Stamped;
        }
        let way = path(signer, &others, &self.authorities, told.stamped.unwrap_or(self.now));
        let way = way.map_err(|fault| match fault {
            chain::Fault::Unknown => Verdict::UnknownAuthority,
            chain::Fault::NotYetValid => Verdict::NotYetValid,
            chain::Fault::Expired => Verdict::Expired,
        })?;
        self.revocation(&way, told)
    }

    fn revocation(&self, way: &[Certificate<'_>], told: &mut Checked) -> Result<(), Verdict> {
        let at = told.stamped.unwrap_or(self.now);
        let mut kept = told.level == Level::Stamped;
        for pair in way.windows(2) {
            let [one, issuer] = pair else { continue };
            match state(one, issuer, &self.lists, at) {
                State::Good => {}
                State::Revoked(at) => return Err(Verdict::Revoked { at }),
                State::Unknown => return Err(Verdict::RevocationUnknown),
            }
            let own = self.lists.get(..self.kept).unwrap_or_default();
            kept &= state(one, issuer, own, at) == State::Good;
        }
        if kept {
            told.level = Level::LongTerm;
        }
        Ok(())
    }
}
