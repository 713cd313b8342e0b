//! Merge bookkeeping (<https://hl7.org/fhir/R4/patient.html#links>): a patient that was replaced by another
//! one is no longer active, and the survivor says whom it replaces.

mod join;
mod part;
mod preview;
#[cfg(test)]
mod verb_tests;

use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{Reaction, ReactionCtx, Route};
use store::{Error, FeedRow, Op, Result, Visible, Write};

pub(crate) fn routes() -> Vec<Route> {
    vec![preview::route(), join::route(), part::route()]
}

pub(crate) struct PatientMerge;

#[async_trait]
impl Reaction for PatientMerge {
    fn name(&self) -> &'static str {
        "records.patient-merge"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PATIENT]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        if row.op == Op::Delete {
            return Ok(Vec::new());
        }
        let Some(found) = cx.current(ResourceType::PATIENT, &row.id).await? else { return Ok(Vec::new()) };
        let replaced = read(&found)?;
        let survivors = survivors(&replaced, &row.id);
        if survivors.is_empty() {
            return Ok(Vec::new());
        }
        let mut writes = Vec::new();
        if replaced.get("active").and_then(Json::as_bool) != Some(false) {
            writes.push(retire(&found, replaced));
        }
        for survivor in survivors {
            if let Some(current) = cx.current(ResourceType::PATIENT, &survivor).await? {
                writes.extend(acknowledge(&current, &row.id)?);
            }
        }
        Ok(writes)
    }
}

fn read(found: &Visible) -> Result<Json<'_>> {
    fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Patient is not JSON".to_string()))
}

/// The ids of the patients that replace this one, in this hub, each once.
fn survivors(patient: &Json<'_>, own: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for link in patient.each("link").filter(|l| l.get_str("type") == Some("replaced-by")) {
        let id = link.get("other").and_then(|other| other.get_str("reference")).and_then(patient_id);
        if let Some(id) = id.filter(|id| *id != own && !ids.iter().any(|known| known == id)) {
            ids.push(id.to_string());
        }
    }
    ids
}

/// `Patient/1` or `Patient/1/_history/2`; other references lead out of the hub.
fn patient_id(reference: &str) -> Option<&str> {
    let id = reference.strip_prefix("Patient/")?;
    Some(id.split_once("/_history/").map_or(id, |(id, _)| id))
}

/// The replaced patient, no longer active. Only over the version that was read: else the runner tries again.
fn retire(found: &Visible, mut patient: Json<'_>) -> Write {
    if let Some(object) = patient.as_object_mut() {
        object.set("active", Json::Bool(false));
    }
    update(found, &patient)
}

/// The survivor with a `replaces` link, if it has none yet.
fn acknowledge(found: &Visible, replaced: &str) -> Result<Option<Write>> {
    let mut patient = read(found)?;
    let known = patient.each("link").any(|link| {
        let other = link.get("other").and_then(|other| other.get_str("reference"));
        link.get_str("type") == Some("replaces") && other.and_then(patient_id) == Some(replaced)
    });
    if known {
        return Ok(None);
    }
    let reference = Json::object([("reference", Json::string(format!("Patient/{replaced}")))]);
    let link = Json::object([("other", reference), ("type", Json::string("replaces"))]);
    let mut links: Vec<Json<'_>> = patient.each("link").cloned().collect();
    links.push(link);
    if let Some(object) = patient.as_object_mut() {
        object.set("link", Json::Array(links));
    }
    Ok(Some(update(found, &patient)))
}

fn update(found: &Visible, body: &Json<'_>) -> Write {
    Write::Update {
        rt: found.rt,
        id: found.id.clone(),
        body: Bytes::from(body.to_vec()),
        if_match: Some(found.version),
        if_none_match: false,
    }
}

#[cfg(test)]
mod tests {
    use service::testing::TestHub;
    use std::sync::Arc;

    const REPLACED: &str = r#"{"resourceType":"Patient","id":"old","active":true,"link":[{"other":{"reference":"Patient/new"},"type":"replaced-by"}]}"#;

    #[tokio::test]
    async fn a_replaced_patient_is_retired_and_its_survivor_says_so() {
        let hub = TestHub::new(vec![Arc::new(crate::Records)]).await;
        hub.create(r#"{"resourceType":"Patient","id":"new"}"#).await;
        hub.create(r#"{"resourceType":"Patient","id":"old","active":true}"#).await;
        hub.create(REPLACED).await;
        hub.drain().await;
        let (old, new) = (hub.get("Patient/old").await, hub.get("Patient/new").await);
        assert_eq!(old.get("active").and_then(|a| a.as_bool()), Some(false));
        assert_eq!(
            new.get("link").map(|l| l.to_string()).as_deref(),
            Some(r#"[{"other":{"reference":"Patient/old"},"type":"replaces"}]"#)
        );
    }

    #[tokio::test]
    async fn the_bookkeeping_is_done_once() {
        let hub = TestHub::new(vec![Arc::new(crate::Records)]).await;
        hub.create(r#"{"resourceType":"Patient","id":"new"}"#).await;
        hub.create(REPLACED).await;
        hub.drain().await;
        let version = |patient: &fhir::Json<'_>| {
            patient.get("meta").and_then(|m| m.get_str("versionId")).map(String::from)
        };
        let before = (version(&hub.get("Patient/old").await), version(&hub.get("Patient/new").await));
        hub.drain().await;
        assert_eq!((version(&hub.get("Patient/old").await), version(&hub.get("Patient/new").await)), before);
        assert_eq!(before, (Some("2".into()), Some("2".into())));
    }
}
