//! The examination of a tenant's audit log, for `medhub audit verify`.

use super::entry::AuditEntry;
use super::follower::{of_row, open_detail, witness_name};
use super::sequencer::open_leaf;
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use ledger::{Damage, Signer, Storage};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// What an examination found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Entries in the log, and how many of them the newest checkpoint signed.
    pub entries: u64,
    pub signed: u64,
    /// Versions in the feed that were compared with the log.
    pub writes: u64,
    /// Writes that have not been copied to the log yet; no fault.
    pub waiting: u64,
    /// Empty if the log is sound.
    pub findings: Vec<Wrong>,
}

/// One thing that is wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Entries concerned, from 0, inclusive; for writes the version numbers of the feed.
    pub first: u64,
    pub last: u64,
    pub what: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The log is not what was signed.
    Ledger(Damage),
    /// The entry is as signed, but does not open with the tenant's key.
    Unreadable,
    /// A written version that has no entry in the log.
    WriteMissing,
    /// A written version and its entry say different things.
    WriteDiffers,
    /// An entry says that a version was written, but the feed has none.
    WriteUnknown,
}

impl Verified {
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let range = |noun: &str, plural: &str| match self.first == self.last {
            true => format!("{noun} {}", self.first),
            false => format!("{plural} {} to {}", self.first, self.last),
        };
        let entries = range("entry", "entries");
        let versions = range("version", "versions");
        match self.what {
            Fault::Ledger(Damage::Changed) => write!(f, "{entries}: changed"),
            Fault::Ledger(Damage::Deleted) => write!(f, "{entries}: deleted"),
            Fault::Ledger(Damage::Truncated) => {
                write!(f, "{entries}: missing at the end of the log (truncated)")
            }
            Fault::Ledger(Damage::Reordered) => write!(f, "{entries}: reordered, lies in another place"),
            Fault::Ledger(Damage::Inserted) => {
                write!(f, "{entries}: an entry that was never signed stands before")
            }
            Fault::Ledger(Damage::Rewritten) => {
                write!(f, "{entries}: changed somewhere in this range, together with the stored hashes")
            }
            Fault::Ledger(Damage::HashesChanged) => {
                write!(f, "{entries}: the entries are as signed, but the stored hashes were changed")
            }
            Fault::Ledger(Damage::FrameChanged) => {
                write!(
                    f,
                    "{entries}: the entries are as signed, but the frame around them in the file was changed"
                )
            }
            Fault::Ledger(Damage::CheckpointForged) => {
                write!(f, "checkpoint {}: its signature is not valid", self.first)
            }
            Fault::Ledger(Damage::CheckpointMissing) => {
                write!(
                    f,
                    "the checkpoint of {} entries is missing or was replaced by an older one",
                    self.first
                )
            }
            Fault::Ledger(Damage::TooMany) => write!(f, "{entries}: more differences, not listed one by one"),
            Fault::Unreadable => write!(f, "{entries}: does not open with the tenant's key"),
            Fault::WriteMissing => write!(f, "{versions} of the database: written, but not in the log"),
            Fault::WriteDiffers => write!(f, "{versions} of the database: the log says something else"),
            Fault::WriteUnknown => write!(f, "{entries}: names a version that the database does not have"),
        }
    }
}

/// What the log says of one version.
struct Written {
    number: u64,
    /// Of the encoded entry: there may be millions.
    digest: [u8; 16],
}

/// Of all but the node: a log keeps its place when its node is renamed.
fn digest(entry: AuditEntry) -> [u8; 16] {
    let entry = AuditEntry { node: String::new(), ..entry };
    let (mut out, hash) = ([0; 16], seal::sha256(&entry.encode()));
    out.copy_from_slice(&hash[..16]);
    out
}

/// Examines a log: Merkle tree, signatures, every entry, and whether feed and log tell of the same writes.
/// `storage` may be open for reading only, beside a running server; `node` is whose log it is, if each has one.
///
/// # Errors
/// `Unavailable` when log or database cannot be read at all.
pub async fn verify(
    storage: Arc<dyn Storage>,
    sealed: Arc<Sealed>,
    backend: Arc<dyn Backend>,
    node: &str,
) -> Result<Verified> {
    let seed = sealed.keys.signing_seed().map_err(Error::unavailable)?;
    let signer = Signer::new(&super::origin(&sealed.tenant), &seed).map_err(Error::unavailable)?;
    let verifier = signer.verifier().map_err(Error::unavailable)?;
    let known: Vec<String> = backend
        .value(&witness_name(storage.shared(), node))
        .await?
        .map(|note| String::from_utf8_lossy(&note).into_owned())
        .into_iter()
        .collect();
    // The feed's end before the log's: what comes in between is in neither.
    let top = backend.top().await?.vid;
    let keys = sealed.clone();
    let examined = tokio::task::spawn_blocking(move || {
        let report = ledger::verify(&*storage, &verifier, &known).map_err(super::error)?;
        let mut verified = Verified { entries: report.entries, signed: report.signed, ..Verified::default() };
        for finding in report.findings {
            let what = Fault::Ledger(finding.damage);
            verified.findings.push(Wrong { first: finding.first, last: finding.last, what });
        }
        let told = read(&*storage, &keys, &mut verified)?;
        Ok::<_, Error>((verified, told))
    });
    let (mut verified, told) = examined.await.map_err(Error::unavailable)??;
    compare(&sealed, &*backend, &mut verified, told, top).await?;
    Ok(verified)
}

/// What the log tells of writes.
struct Told {
    writes: HashMap<i64, Written>,
    /// Up to where the feed has been followed: by each node, or under the empty name by the only one.
    fed: HashMap<String, i64>,
}

/// Opens every entry.
fn read(storage: &dyn Storage, sealed: &Sealed, verified: &mut Verified) -> Result<Told> {
    let (aad, shared) = (super::binding(&sealed.tenant), storage.shared());
    let mut told = Told { writes: HashMap::new(), fed: HashMap::new() };
    let mut unreadable: Vec<u64> = Vec::new();
    let scanned = storage.scan(0, &mut |number, leaf| {
        match open_leaf(sealed, &aad, leaf) {
            Ok((position, entry)) => {
                // A log of one writer stands where its last entry says, whatever the writer was called.
                let key = if shared { entry.node.clone() } else { String::new() };
                told.fed.insert(key, position);
                if entry.vid != 0 && entry.event != super::Event::Operation {
                    told.writes.insert(entry.vid, Written { number, digest: digest(entry) });
                }
            }
            // What is not signed yet may be in the middle of being written.
            Err(_) if number < verified.signed => unreadable.push(number),
            Err(_) => {}
        }
        ControlFlow::Continue(())
    });
    scanned.map_err(super::error)?;
    for number in unreadable {
        let named = |wrong: &Wrong| (wrong.first..=wrong.last).contains(&number);
        if !verified.findings.iter().any(named) {
            verified.findings.push(Wrong { first: number, last: number, what: Fault::Unreadable });
        }
    }
    Ok(told)
}

async fn compare(
    sealed: &Sealed,
    backend: &dyn Backend,
    verified: &mut Verified,
    mut told: Told,
    top: i64,
) -> Result<()> {
    const ROWS: usize = 1000;
    let mut after = 0;
    while after < top {
        let rows = backend.feed(after, ROWS).await?;
        let Some(last) = rows.last() else { break };
        after = last.vid;
        for row in rows.iter().filter(|row| row.vid <= top) {
            let vid = row.vid as u64;
            let detail = open_detail(sealed, &row.audit);
            let writer = detail.as_ref().ok().filter(|_| !told.fed.contains_key("")).map_or("", |d| &d.node);
            let followed = told.fed.get(writer).copied().unwrap_or(0);
            let what = match (told.writes.remove(&row.vid), detail) {
                (_, Err(_)) => Some(Fault::WriteDiffers),
                (Some(written), Ok(detail)) => {
                    (written.digest != digest(of_row(&detail, row))).then_some(Fault::WriteDiffers)
                }
                (None, Ok(_)) if row.vid <= followed => Some(Fault::WriteMissing),
                (None, Ok(_)) => {
                    verified.waiting += 1;
                    None
                }
            };
            verified.writes += 1;
            if let Some(what) = what {
                verified.findings.push(Wrong { first: vid, last: vid, what });
            }
        }
    }
    let mut unknown: Vec<u64> =
        told.writes.iter().filter(|(vid, _)| **vid <= top).map(|(_, w)| w.number).collect();
    unknown.sort_unstable();
    let wrong = |number| Wrong { first: number, last: number, what: Fault::WriteUnknown };
    verified.findings.extend(unknown.into_iter().map(wrong));
    Ok(())
}
