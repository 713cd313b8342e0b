//! What ties people to patients, read from the record: who is named in the care and until when (`care`), where
//! the patient is cared for, who opposes whom and who is marked (`marks`), who an account is (`persona`). The
//! store keeps the answers and asks again when a commit changes them.

mod care;
mod explain;
mod marks;
mod mine;
mod period;
mod persona;
mod policies;
#[cfg(test)]
mod tests;
mod who;

use crate::sign_in::Desk;
use crate::verb::signed_in;
use async_trait::async_trait;
use fhir::ResourceType;
use service::Method::{Get, Post};
use service::{Route, RouteCtx};
use std::sync::{Arc, Weak};
use store::access::{PatientMarks, PatientTies, Persona, Records, TieSource};
use store::{Actor, Error, Hub, Result};

/// Reads ties from the records of a tenant, and delegations from the hub.
pub struct Ties {
    /// Weak: the hub holds its source.
    hub: Weak<Hub>,
}

impl Ties {
    /// For `hub.ties_set`.
    pub fn new(hub: &Arc<Hub>) -> Arc<Ties> {
        Arc::new(Ties { hub: Arc::downgrade(hub) })
    }
}

const OF_PATIENT: [ResourceType; 9] = [
    ResourceType::APPOINTMENT,
    ResourceType::CARE_TEAM,
    ResourceType::CONSENT,
    ResourceType::ENCOUNTER,
    ResourceType::EPISODE_OF_CARE,
    ResourceType::PATIENT,
    ResourceType::PERSON,
    ResourceType::PROCEDURE,
    ResourceType::SERVICE_REQUEST,
];

const OF_ACTOR: [ResourceType; 4] = [
    ResourceType::LOCATION,
    ResourceType::PERSON,
    ResourceType::PRACTITIONER_ROLE,
    ResourceType::RELATED_PERSON,
];

#[async_trait]
impl TieSource for Ties {
    fn of_patient(&self) -> &[ResourceType] {
        &OF_PATIENT
    }

    fn of_actor(&self) -> &[ResourceType] {
        &OF_ACTOR
    }

    async fn persona(&self, records: &Records<'_>, actor: &Actor) -> Result<Persona> {
        let hub = self.hub.upgrade().ok_or_else(|| Error::Unavailable("the hub is closing".into()))?;
        persona::read(&hub, records, actor).await
    }

    async fn ties(&self, records: &Records<'_>, patient: &str) -> Result<PatientTies> {
        care::read(records, patient).await
    }

    async fn marks(&self, records: &Records<'_>, patient: &str) -> Result<PatientMarks> {
        marks::read(records, patient).await
    }
}

/// The verbs that say who can open what, and why.
pub fn routes(d: &Arc<Desk>) -> Vec<Route> {
    vec![
        signed_in(d, Get, "access/policies", "The policies in force", policies::list),
        signed_in(d, Post, "access/explain", "Whether an account may, and why", explain::explain),
        signed_in(d, Get, "access/mine", "What the caller may read of a patient's record", mine::mine),
        signed_in(d, Get, "access/who", "Who can open a patient's record, and why", who::who),
    ]
}

/// Those who control access: the policies say who.
async fn controls(cx: &RouteCtx) -> Result<()> {
    let client = cx.caller.as_ref().is_none_or(|caller| caller.grant.client.is_some());
    if !client && cx.tenant.decide(&cx.ctx, policy::Verb::Read, policy::Group::Security, None).await? {
        return Ok(());
    }
    cx.tenant.audit_sign_in(&cx.ctx, "access control", false).await?;
    Err(Error::Denied)
}
