//! What the parameters of a search say of the entries, so that most need not be opened or looked at. A hint
//! never excludes a match; what it lets through is looked at as a whole.

use super::chunk::{Filter, Key};
use super::entry::{AuditEntry, EventOutcome};
use super::{search, view};
use crate::backend::Backend;
use crate::error::Result;
use fhir::ResourceType;
use seal::IndexKey;
use uuid::Uuid;

/// Conditions that all hold for a match.
#[derive(Debug)]
pub(super) struct Hints {
    /// One of each list holds.
    keys: Vec<Vec<Key>>,
    /// Bounds of the time, ms, inclusive.
    pub from: i64,
    pub to: i64,
    /// Bounds of the entry's number, inclusive.
    pub first: u64,
    pub last: u64,
}

impl Hints {
    /// Reads the parameters; patients are looked up by id.
    pub async fn read(params: &[(String, String)], backend: &dyn Backend) -> Result<Hints> {
        let mut hints = Hints { keys: Vec::new(), from: i64::MIN, to: i64::MAX, first: 0, last: u64::MAX };
        for (name, value) in params {
            // Escaped separators are rare here; without a hint the search is only slower.
            if value.contains('\\') {
                continue;
            }
            let keys = match name.as_str() {
                "date" | "_lastUpdated" => {
                    hints.date(value);
                    continue;
                }
                "_id" => {
                    hints.ids(value);
                    continue;
                }
                "patient" | "patient:Patient" => patients(value, backend).await?,
                "entity" => whats(value, backend).await?,
                "outcome" => all(value, |code| {
                    let code = code.rsplit('|').next()?;
                    let outcome = EventOutcome::ALL.into_iter().find(|o| (*o as u8).to_string() == code)?;
                    Some(Key::Outcome(outcome))
                }),
                "altid" => all(value, |name| (!name.contains('|')).then(|| Key::ActorName(name.to_string()))),
                "agent:identifier" => all(value, |id| {
                    let id = id.rsplit('|').next()?;
                    Uuid::parse_str(id).ok().map(Key::Actor)
                }),
                _ => None,
            };
            hints.keys.extend(keys);
        }
        Ok(hints)
    }

    /// Entries with this key within a time, ms since epoch.
    pub fn of_key(key: Key, from: i64, to: i64) -> Hints {
        Hints { keys: vec![vec![key]], from, to, first: 0, last: u64::MAX }
    }

    /// This key may stand for those of the last condition.
    pub fn or(&mut self, key: Key) {
        if let Some(any) = self.keys.last_mut() {
            any.push(key);
        }
    }

    fn ids(&mut self, value: &str) {
        let numbers = || value.split(',').filter_map(search::number_of);
        self.first = self.first.max(numbers().min().unwrap_or(u64::MAX));
        self.last = self.last.min(numbers().max().unwrap_or(0));
    }

    fn date(&mut self, value: &str) {
        if value.contains(',') {
            return;
        }
        let cut = value.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let Some(moment) = fhir::date::parse(&value[cut..]) else { return };
        match &value[..cut] {
            "" | "eq" => {
                self.from = self.from.max(moment.lo_ms);
                self.to = self.to.min(moment.hi_ms);
            }
            "ge" | "gt" | "sa" => self.from = self.from.max(moment.lo_ms),
            "le" | "lt" | "eb" => self.to = self.to.min(moment.hi_ms),
            _ => {}
        }
    }

    /// Whether matches may be in the chunk of this filter.
    pub fn admit_chunk(&self, key: &IndexKey, filter: &Filter) -> bool {
        filter.to >= self.from
            && filter.from <= self.to
            && self.keys.iter().all(|any| any.iter().any(|wanted| filter.admits(key, wanted)))
    }

    /// Whether the entry may be a match.
    pub fn admit(&self, entry: &AuditEntry) -> bool {
        let has = |key: &Key| match key {
            Key::Patient(rid) => entry.patients.contains(rid),
            Key::What(kind, id) => entry.kind == *kind && entry.id == *id,
            Key::Actor(id) => entry.actor == *id,
            Key::ActorName(name) => entry.actor_name == *name,
            Key::Outcome(outcome) => entry.outcome == *outcome,
        };
        (self.from..=self.to).contains(&entry.at) && self.keys.iter().all(|any| any.iter().any(has))
    }
}

/// One key for each alternative, or no hint at all.
fn all(value: &str, key: impl Fn(&str) -> Option<Key>) -> Option<Vec<Key>> {
    value.split(',').map(key).collect()
}

async fn patients(value: &str, backend: &dyn Backend) -> Result<Option<Vec<Key>>> {
    let mut keys = Vec::new();
    for reference in value.split(',') {
        let id = reference.rsplit('/').next().unwrap_or_default();
        keys.extend(rid(id, backend).await?.map(Key::Patient));
        // Agents may be patients too, and so may what was touched.
        keys.push(Key::What(ResourceType::PATIENT.number(), id.to_string()));
    }
    Ok(Some(keys))
}

async fn whats(value: &str, backend: &dyn Backend) -> Result<Option<Vec<Key>>> {
    let mut keys = Vec::new();
    for reference in value.split(',') {
        let mut parts = reference.trim_end_matches('/').split('/');
        let (Some(rt), Some(id), None) =
            (parts.next().and_then(ResourceType::parse), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        keys.push(Key::What(rt.number(), id.to_string()));
        if rt == ResourceType::PATIENT {
            keys.extend(rid(id, backend).await?.map(Key::Patient));
        }
    }
    Ok(Some(keys))
}

async fn rid(id: &str, backend: &dyn Backend) -> Result<Option<i64>> {
    Ok(backend.current(ResourceType::PATIENT.number(), id).await?.map(|row| row.rid))
}

/// Ids of the patients that entries name.
pub(super) async fn patient_ids(rids: Vec<i64>, backend: &dyn Backend) -> Result<view::Patients> {
    if rids.is_empty() {
        return Ok(view::Patients::new());
    }
    let heads = backend.heads(&rids).await?;
    let vids: Vec<i64> = heads.iter().map(|head| head.vid).collect();
    let names = backend.names(&vids).await?;
    Ok(heads.iter().zip(names).map(|(head, (_, id, _))| (head.rid, id)).collect())
}
