//! The policies and facts that decisions are made from: of the hub, and of each tenant.

use super::level::{Levels, Remembered, Stance};
use super::source::{Records, TieSource};
use super::ties::{PatientMarks, PatientTies, Persona};
use crate::ctx::Actor;
use crate::error::{Error, Result};
use parking_lot::{Mutex, RwLock};
use policy::{Policies, Question};
use quick_cache::sync::Cache;
use std::sync::Arc;
use uuid::Uuid;

/// Facts are read again after so long even if nothing seems to have changed: delegations and accounts are
/// outside the feed, and so is what another node did to a record that changed patients.
const TRUSTED_MS: i64 = 60_000;
/// What is read from a patient's record alone, where this process alone writes: a commit forgets it at once.
const TRUSTED_ALONE_MS: i64 = 3_600_000;
const PERSONAS_MAX: usize = 5_000;
const PATIENTS_MAX: usize = 50_000;
const AUTHORS_MAX: usize = 50_000;

/// What decides for all tenants of a hub.
pub(crate) struct Authority {
    policies: RwLock<Arc<Policies>>,
    source: RwLock<Option<Arc<dyn TieSource>>>,
    remembered: Remembered,
}

impl Authority {
    /// With the policies that the program carries; if they do not load, everything is denied.
    pub fn new() -> Authority {
        let policies = Policies::embedded().unwrap_or_else(|error| {
            tracing::error!(%error, "the policies do not load: every access is denied");
            Policies::closed(error.to_string())
        });
        Authority {
            policies: RwLock::new(Arc::new(policies)),
            source: RwLock::new(None),
            remembered: Remembered::default(),
        }
    }

    pub fn policies_set(&self, policies: Arc<Policies>) {
        *self.policies.write() = policies;
        self.remembered.forget();
    }

    pub fn policies(&self) -> Arc<Policies> {
        self.policies.read().clone()
    }

    pub fn source_set(&self, source: Arc<dyn TieSource>) {
        *self.source.write() = Some(source);
    }

    fn source(&self) -> Option<Arc<dyn TieSource>> {
        self.source.read().clone()
    }
}

/// Something read at a moment (ms since epoch).
type Read<T> = (i64, Arc<T>);

/// What is known of the actors and patients of one tenant.
pub(crate) struct Gate {
    authority: Arc<Authority>,
    personas: Cache<Uuid, (Box<str>, Read<Persona>)>,
    /// By the patient's `rid`.
    ties: Cache<i64, Read<PatientTies>>,
    marks: Cache<i64, Read<Marked>>,
    /// Account that wrote the first version, by `rid`. Never changes.
    authors: Cache<i64, Uuid>,
    /// Goes up when something is forgotten. Held while one forgets and while one keeps, so that what was read
    /// before a commit is never there for a caller who comes after it, not even for a moment.
    epoch: Mutex<u64>,
    /// Other processes write too.
    shared: bool,
}

/// A patient's id and marks.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    pub id: Box<str>,
    pub marks: PatientMarks,
}

impl Gate {
    pub fn new(authority: Arc<Authority>, shared: bool) -> Gate {
        Gate {
            authority,
            personas: Cache::new(PERSONAS_MAX),
            ties: Cache::new(PATIENTS_MAX),
            marks: Cache::new(PATIENTS_MAX),
            authors: Cache::new(AUTHORS_MAX),
            epoch: Mutex::new(0),
            shared,
        }
    }

    pub fn policies(&self) -> Arc<Policies> {
        self.authority.policies()
    }

    pub fn allows(&self, question: &Question) -> bool {
        self.authority.policies.read().allows(question)
    }

    pub fn levels(&self, stance: Stance) -> Levels {
        self.authority.remembered.levels(&self.authority.policies.read(), stance)
    }

    /// After a commit: a resource of that type was written in the records of these patients (`rid`, 0 = none).
    pub fn changed(&self, kind: u16, patients: impl IntoIterator<Item = i64>) {
        let Some(source) = self.authority.source() else { return };
        let among = |types: &[fhir::ResourceType]| types.iter().any(|rt| rt.number() == kind);
        if among(source.of_actor()) {
            let mut epoch = self.epoch.lock();
            *epoch += 1;
            self.personas.clear();
        }
        if among(source.of_patient()) {
            let mut epoch = self.epoch.lock();
            *epoch += 1;
            for patient in patients {
                self.ties.remove(&patient);
                self.marks.remove(&patient);
            }
        }
    }

    /// Forgets everything but the authors.
    pub fn clear(&self) {
        let mut epoch = self.epoch.lock();
        *epoch += 1;
        self.personas.clear();
        self.ties.clear();
        self.marks.clear();
    }

    fn epoch(&self) -> u64 {
        *self.epoch.lock()
    }

    /// Keeps what was read, unless something was forgotten since it was begun.
    fn keep(&self, since: u64, insert: impl FnOnce()) {
        let epoch = self.epoch.lock();
        if *epoch == since {
            insert();
        }
    }

    fn trusted(&self, read_at: i64, now: i64) -> bool {
        let long = if self.shared { TRUSTED_MS } else { TRUSTED_ALONE_MS };
        (0..long).contains(&now.saturating_sub(read_at))
    }

    pub async fn persona(&self, records: &Records<'_>, actor: &Actor) -> Result<Arc<Persona>> {
        let (now, person) = (records.now_ms(), actor.person.as_deref().unwrap_or_default());
        if let Some((known, (at, persona))) = self.personas.get(&actor.id)
            && *known == *person
            && (0..TRUSTED_MS).contains(&now.saturating_sub(at))
        {
            return Ok(persona);
        }
        let Some(source) = self.authority.source() else { return Ok(Arc::default()) };
        let epoch = self.epoch();
        let persona = Arc::new(source.persona(records, actor).await?);
        self.keep(epoch, || self.personas.insert(actor.id, (person.into(), (now, persona.clone()))));
        Ok(persona)
    }

    pub async fn ties(&self, records: &Records<'_>, patient: i64, id: &str) -> Result<Arc<PatientTies>> {
        let now = records.now_ms();
        if let Some((at, ties)) = self.ties.get(&patient)
            && self.trusted(at, now)
        {
            return Ok(ties);
        }
        let Some(source) = self.authority.source() else { return Ok(Arc::default()) };
        let epoch = self.epoch();
        let ties = Arc::new(source.ties(records, id).await?);
        self.keep(epoch, || self.ties.insert(patient, (now, ties.clone())));
        Ok(ties)
    }

    pub async fn marks(&self, records: &Records<'_>, patient: i64) -> Result<Arc<Marked>> {
        let now = records.now_ms();
        if let Some((at, marked)) = self.marks.get(&patient)
            && self.trusted(at, now)
        {
            return Ok(marked);
        }
        let epoch = self.epoch();
        let id = records.id_of(patient).await?;
        let marks = match self.authority.source() {
            Some(source) => source.marks(records, &id).await?,
            None => PatientMarks::default(),
        };
        let marked = Arc::new(Marked { id: id.into(), marks });
        self.keep(epoch, || self.marks.insert(patient, (now, marked.clone())));
        Ok(marked)
    }

    /// The account that wrote the first version of a resource; nil when it cannot be told.
    pub async fn author(&self, records: &Records<'_>, kind: u16, id: &str, rid: i64) -> Result<Uuid> {
        if let Some(author) = self.authors.get(&rid) {
            return Ok(author);
        }
        let author = match records.author(kind, id).await {
            Ok(author) => author,
            Err(Error::Corrupt(_)) => Uuid::nil(),
            Err(other) => return Err(other),
        };
        self.authors.insert(rid, author);
        Ok(author)
    }
}
