//! What the signatures of a PDF are worth.

mod changes;
mod judge;

use crate::asn1::NotDer;
use crate::certificate::{About, Certificate};
use crate::evidence::kept;
use crate::pdf::{Dict, Document, Object};
use crate::revocation::List;
use crate::{Error, Moment, Result, StampFault};
use std::collections::BTreeSet;

/// Fields of a form that are looked at.
const FIELDS_MAX: usize = 5_000;
/// Each is checked over the whole file.
const SIGNATURES_MAX: usize = 50;

/// Whom the reader believes, and when it reads.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    pub authorities: &'a [Vec<u8>],
    pub stamp_authorities: &'a [Vec<u8>],
    /// Beside those that the PDF holds.
    pub revocation_lists: &'a [Vec<u8>],
    pub now: Moment,
}

/// What a signature is worth. Validity and revocation are judged at the stamped time, without a stamp at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Valid,
    /// Its bytes, or what it says it covers, are not those that were signed.
    Changed,
    /// What it covers is as it was, but what was added later changes the document.
    ChangedAfter,
    /// The signature is not the certificate's owner's.
    Forged,
    UnknownAuthority,
    NotYetValid,
    Expired,
    Revoked {
        at: Moment,
    },
    /// No list tells of that time.
    RevocationUnknown,
    BadStamp(StampFault),
    /// The certificate is not made for signing documents.
    NotForSigning,
    /// A kind of signature that we do not check.
    Unsupported,
    Malformed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// B-B: a signature.
    Basic,
    /// B-T: with a time stamp.
    Stamped,
    /// B-LT: a stamp, and a list of the authority is in the document.
    LongTerm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    WholeFile,
    /// Up to a point; the verdict tells whether what follows is only signatures and evidence.
    Revision,
}

/// A signature that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub verdict: Verdict,
    pub level: Level,
    /// As its certificate says; only a valid one is to be believed.
    pub signer: Option<About>,
    /// What the signer claims.
    pub claimed: Option<Moment>,
    pub stamped: Option<Moment>,
    pub stamper: Option<String>,
    pub covers: Covers,
    pub reason: Option<String>,
}

/// Looks at all signatures, oldest first. That one was taken out again cannot be seen in the file: who knows that a
/// document was signed, has to miss it.
///
/// # Errors
/// When the PDF cannot be read, or an authority or list of `trust` cannot.
pub fn verify(pdf: &[u8], trust: &Trust<'_>) -> Result<Vec<Checked>> {
    let document = Document::open(pdf)?;
    let (_, catalog) = document.catalog()?;
    let store = document.dict_of(&catalog, b"DSS")?.unwrap_or_default();
    let (certificates, lists) = (kept(&document, &store, b"Certs")?, kept(&document, &store, b"CRLs")?);
    let unreadable = |_: NotDer| Error::Certificate("a revocation list cannot be read");
    let given = trust.revocation_lists.iter().map(|one| List::read(one).map_err(unreadable));
    let kept_lists: Vec<List<'_>> = lists.iter().flat_map(|one| List::read(one)).collect();
    let eyes = judge::Eyes {
        document: &document,
        authorities: parsed(trust.authorities)?,
        stamp_authorities: parsed(trust.stamp_authorities)?,
        others: certificates.iter().flat_map(|one| Certificate::read(one)).collect(),
        kept: kept_lists.len(),
        lists: kept_lists.into_iter().map(Ok).chain(given).collect::<Result<_>>()?,
        now: trust.now,
    };
    let mut found: Vec<judge::Found> = signatures(&document)?.iter().map(judge::Found::read).collect();
    found.sort_by_key(|one| one.range.map_or(0, |range| range[3]));
    Ok(found.iter().map(|one| eyes.judge(one)).collect())
}

fn parsed(list: &[Vec<u8>]) -> Result<Vec<Certificate<'_>>> {
    list.iter().map(|one| Certificate::parse(one)).collect()
}

/// The signature dictionaries of all signed fields.
pub(crate) fn signatures(document: &Document<'_>) -> Result<Vec<Dict>> {
    let (_, catalog) = document.catalog()?;
    let form = document.dict_of(&catalog, b"AcroForm")?.unwrap_or_default();
    let fields = document.entry_of(&form, b"Fields")?;
    let mut waiting: Vec<(Object, bool)> =
        fields.as_array().unwrap_or_default().iter().rev().map(|field| (field.clone(), false)).collect();
    let mut seen = BTreeSet::new();
    let mut looked = 0;
    let mut found = Vec::new();
    while let Some((field, of_signature)) = waiting.pop() {
        looked += 1;
        if looked > FIELDS_MAX {
            return Err(Error::Broken("its form has too many fields"));
        }
        if field.as_ref().is_some_and(|number| !seen.insert(number)) {
            continue;
        }
        let Some(field) = document.resolve(&field)?.as_dict().cloned() else { continue };
        let of_signature = field.is(b"FT", b"Sig") || (of_signature && !field.has(b"FT"));
        if let Some(value) = document.dict_of(&field, b"V")?.filter(|_| of_signature) {
            found.push(value);
            if found.len() > SIGNATURES_MAX {
                return Err(Error::Broken("it has too many signatures"));
            }
        }
        for kid in document.entry_of(&field, b"Kids")?.as_array().unwrap_or_default().iter().rev() {
            waiting.push((kid.clone(), of_signature));
        }
    }
    Ok(found)
}
