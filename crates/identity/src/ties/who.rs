//! `GET access/who?patient=`: the accounts that can open a patient's record, what of it, and why.

use super::{controls, explain};
use crate::account::profile;
use crate::sign_in::{Desk, json};
use fhir::{Code, Issue, ResourceType, Text};
use policy::{Purpose, Role, Verb};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Result};

/// Accounts looked at for one answer.
const ACCOUNTS_MAX: usize = 1000;

pub async fn who(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    controls(&cx).await?;
    let patient = request.query("patient").ok_or_else(no_patient)?;
    let patient = patient.strip_prefix("Patient/").unwrap_or(patient);
    let mut accounts = Vec::new();
    let all = cx.hub.accounts(cx.tenant.name()).await?;
    let cut = all.len() > ACCOUNTS_MAX;
    for account in all.into_iter().filter(|account| !account.disabled).take(ACCOUNTS_MAX) {
        accounts.extend(one(&cx, &account, patient).await?);
    }
    cx.tenant.audit_operation(&cx.ctx, "access-who", Some((ResourceType::PATIENT, patient))).await?;
    Ok(json::reply(200, &json!({ "accounts": accounts, "cut": cut })))
}

/// The account with the groups that it may read; `None` when it may read none.
async fn one(cx: &RouteCtx, account: &AccountInfo, patient: &str) -> Result<Option<serde_json::Value>> {
    let only_patient = account.roles.iter().all(|role| *role == Role::Patient);
    let purpose = if only_patient { Purpose::PatientRequest } else { Purpose::Treatment };
    let ctx = explain::as_account(&cx.ctx, account, purpose);
    let (mut groups, mut ties, mut marks) = (Vec::new(), json!([]), json!([]));
    for group in cx.tenant.readable(&ctx, patient).await? {
        let view = explain::view(&cx.tenant.explain(&ctx, Verb::Read, group, Some(patient)).await?);
        (ties, marks) = (view["ties"].clone(), view["marks"].clone());
        groups.push(json!({ "group": group.as_str(), "reasons": view["reasons"] }));
    }
    if groups.is_empty() {
        return Ok(None);
    }
    let profile = profile::load(&cx.hub, cx.tenant.name(), account.id).await?;
    Ok(Some(json!({
        "id": account.id.to_string(),
        "user": account.name,
        "name": if profile.name.is_empty() { account.name.clone() } else { profile.name },
        "roles": account.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "person": account.practitioner,
        "ties": ties,
        "marks": marks,
        "groups": groups,
    })))
}

pub(super) fn no_patient() -> Issue {
    const TEXT: Text = Text {
        key: "access.no-patient",
        fr: "Indiquez le patient : « ?patient= » suivi de son identifiant technique.",
        en: "Name the patient: \"?patient=\" and the technical id.",
        de: "Nennen Sie den Patienten: „?patient=“ und die technische Id.",
    };
    Issue::error(Code::Required, TEXT).at("patient")
}
