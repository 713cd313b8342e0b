//! Where the facts come from: a service that knows the field reads them, the store keeps and forgets them.

use super::ties::{PatientMarks, PatientTies, Persona};
use crate::backend::{HistoryQuery, Op};
use crate::cache::Entry;
use crate::ctx::{Actor, Clock};
use crate::error::Result;
use crate::search::unguarded;
use crate::tenant::Tenant;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use std::sync::Arc;
use uuid::Uuid;

/// Versions of a resource that are asked who wrote them.
const VERSIONS_MAX: usize = 50;

/// Reads who is tied to whom. Its answers are kept until a commit changes what they were read from.
#[async_trait]
pub trait TieSource: Send + Sync + 'static {
    /// Types whose commits may change what ties others to a patient, or what is marked on it.
    fn of_patient(&self) -> &[ResourceType];

    /// Types whose commits may change who an actor is.
    fn of_actor(&self) -> &[ResourceType];

    /// # Errors
    /// `Unavailable`.
    async fn persona(&self, records: &Records<'_>, actor: &Actor) -> Result<Persona>;

    /// # Errors
    /// `Unavailable`.
    async fn ties(&self, records: &Records<'_>, patient: &str) -> Result<PatientTies>;

    /// # Errors
    /// `Unavailable`.
    async fn marks(&self, records: &Records<'_>, patient: &str) -> Result<PatientMarks>;
}

/// A tenant without guard, for a [`TieSource`] alone: what it reads becomes facts, never an answer.
pub struct Records<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) clock: &'a dyn Clock,
}

/// A resource as it is stored.
#[derive(Clone, Debug)]
pub struct Stored(Arc<Entry>);

impl Stored {
    pub fn rt(&self) -> ResourceType {
        self.0.rt
    }

    pub fn id(&self) -> &str {
        &self.0.id
    }

    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

impl Records<'_> {
    /// Name of the tenant.
    pub fn tenant(&self) -> &str {
        &self.tenant.name
    }

    /// ms since epoch.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The newest version; `None` if there is none or it is deleted.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn read(&self, rt: ResourceType, id: &str) -> Result<Option<Stored>> {
        let found = self.tenant.open_name(rt, id).await?;
        Ok(found.filter(|entry| entry.op != Op::Delete).map(Stored))
    }

    /// The newest resources of these types that belong to a patient, at most `limit`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn of_patient(
        &self,
        patient: &str,
        types: &[ResourceType],
        limit: usize,
    ) -> Result<Vec<Stored>> {
        let names: Vec<&str> = types.iter().map(|rt| rt.name()).collect();
        let params = vec![("_type".to_string(), names.join(",")), ("_count".to_string(), limit.to_string())];
        let compartment = Some((ResourceType::PATIENT, patient.to_string()));
        let request = crate::search::SearchRequest { params, compartment, ..Default::default() };
        self.run(&request).await
    }

    /// The newest resources that match a search, at most `limit`.
    ///
    /// # Errors
    /// `Refused` when the search cannot be understood; `Unavailable`.
    pub async fn search(
        &self,
        rt: ResourceType,
        name: &str,
        value: &str,
        limit: usize,
    ) -> Result<Vec<Stored>> {
        let params = vec![(name.to_string(), value.to_string()), ("_count".to_string(), limit.to_string())];
        self.run(&crate::search::SearchRequest { rt: Some(rt), params, strict: true, ..Default::default() })
            .await
    }

    async fn run(&self, request: &crate::search::SearchRequest) -> Result<Vec<Stored>> {
        let found = unguarded(self.tenant, request, self.clock.now_ms()).await?;
        Ok(found.into_iter().map(Stored).collect())
    }
}

impl Records<'_> {
    /// The accounts that wrote the versions of a resource in which something is said; nil for the hub itself.
    /// Looks at the newest [`VERSIONS_MAX`] versions.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn writers(
        &self,
        stored: &Stored,
        says: impl Fn(&Json<'_>) -> bool + Send,
    ) -> Result<Vec<Uuid>> {
        let entry = &stored.0;
        let mut writers = Vec::new();
        let query = HistoryQuery {
            kind: Some(entry.rt.number()),
            id: Some(entry.id.to_string()),
            limit: VERSIONS_MAX,
            ..HistoryQuery::default()
        };
        let versions = match entry.version {
            1 => vec![entry.clone()],
            _ => self.tenant.open_rows(self.tenant.backend.history(&query).await?).await?,
        };
        for version in versions {
            let said = fhir::json::parse(&version.body).is_ok_and(|json| says(&json));
            if said {
                writers.push(self.writer(version.vid).await?);
            }
        }
        Ok(writers)
    }

    async fn writer(&self, vid: i64) -> Result<Uuid> {
        let row = self.tenant.backend.feed(vid - 1, 1).await?.pop().filter(|row| row.vid == vid);
        row.map_or(Ok(Uuid::nil()), |row| crate::audit::writer_of(&self.tenant.sealed, &row))
    }

    /// The id of the patient with this `rid`; empty when there is none.
    pub(super) async fn id_of(&self, patient: i64) -> Result<String> {
        let backend = &*self.tenant.backend;
        let Some(head) = backend.heads(&[patient]).await?.pop() else { return Ok(String::new()) };
        Ok(backend.names(&[head.vid]).await?.pop().map(|(_, id, _)| id).unwrap_or_default())
    }

    /// The account that wrote the first version of a resource.
    pub(super) async fn author(&self, kind: u16, id: &str) -> Result<Uuid> {
        let backend = &*self.tenant.backend;
        let Some(first) = backend.version(kind, id, 1).await? else { return Ok(Uuid::nil()) };
        self.writer(first.vid).await
    }
}
