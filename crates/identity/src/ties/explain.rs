//! `POST access/explain {account, patient?, verb, group, purpose?}`: whether an account may, why, and what would
//! change that.

use super::controls;
use crate::sign_in::{Desk, json};
use fhir::{Code, Issue, ResourceType, Text};
use policy::{Group, Purpose, Sentence, Verb};
use serde::Deserialize;
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::access::Explained;
use store::{AccountInfo, Actor, Ctx, Error, Grant, Result};
use uuid::Uuid;

#[derive(Deserialize)]
struct Asked {
    account: Uuid,
    patient: Option<String>,
    verb: String,
    group: String,
    purpose: Option<String>,
}

pub async fn explain(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    controls(&cx).await?;
    let asked: Asked = json::read(&request)?;
    let verb =
        Verb::ALL.into_iter().find(|verb| verb.as_str() == asked.verb).ok_or_else(|| unknown("verb"))?;
    let group =
        Group::ALL.into_iter().find(|group| group.as_str() == asked.group).ok_or_else(|| unknown("group"))?;
    let purpose = asked.purpose.as_deref().unwrap_or(Purpose::Treatment.as_str());
    let purpose = Purpose::parse(purpose).ok_or_else(|| unknown("purpose"))?;
    let account = cx.hub.account_by_id(cx.tenant.name(), asked.account).await?.ok_or(Error::NotFound)?;
    let ctx = as_account(&cx.ctx, &account, purpose);
    let explained = cx.tenant.explain(&ctx, verb, group, asked.patient.as_deref()).await?;
    let on = asked.patient.as_deref().map(|id| (ResourceType::PATIENT, id));
    cx.tenant.audit_operation(&cx.ctx, "access-explain", on).await?;
    let mut view = view(&explained);
    if account.disabled {
        view["allowed"] = Value::Bool(false);
    }
    view["disabled"] = Value::Bool(account.disabled);
    Ok(json::reply(200, &view))
}

/// The context of an account that has just signed in with both factors.
pub fn as_account(ctx: &Ctx, account: &AccountInfo, purpose: Purpose) -> Ctx {
    let actor = Actor {
        id: account.id,
        name: account.name.clone(),
        roles: account.roles.clone(),
        person: account.practitioner.as_deref().map(Into::into),
        system: false,
    };
    let grant = Grant { second_factor: true, amr: vec!["pwd".into()], ..Grant::default() };
    Ctx { actor: Arc::new(actor), purpose, grant: Arc::new(grant), ..ctx.clone() }
}

pub fn view(explained: &Explained) -> Value {
    let question = &explained.question;
    let reasons = explained.explanation.reasons.iter().map(|reason| {
        json!({
            "policy": reason.policy,
            "effect": reason.effect.as_str(),
            "sentence": sentence(&reason.sentence),
        })
    });
    let openings = explained
        .explanation
        .would_open
        .iter()
        .map(|opening| json!({ "what": opening.as_str(), "sentence": sentence(&opening.sentence()) }));
    json!({
        "allowed": explained.explanation.allowed,
        "by_break_glass": explained.by_glass,
        "reasons": reasons.collect::<Vec<_>>(),
        "ties": names(policy::Ties::ALL.iter().map(|(tie, name)| (question.ties.has(*tie), *name))),
        "marks": names(policy::Marks::ALL.iter().map(|(mark, name)| (question.marks.has(*mark), *name))),
        "would_open": openings.collect::<Vec<_>>(),
    })
}

fn names<'n>(flags: impl Iterator<Item = (bool, &'n str)>) -> Vec<&'n str> {
    flags.filter(|(set, _)| *set).map(|(_, name)| name).collect()
}

pub fn sentence(sentence: &Sentence) -> Value {
    json!({ "fr": sentence.fr, "en": sentence.en, "de": sentence.de })
}

fn unknown(field: &'static str) -> Error {
    const TEXT: Text = Text {
        key: "access.unknown-word",
        fr: "« {field} » n'est pas un mot des règles d'accès. Voyez GET access/policies.",
        en: "\"{field}\" is not a word of the access rules. See GET access/policies.",
        de: "„{field}“ ist kein Wort der Zugriffsregeln. Siehe GET access/policies.",
    };
    Issue::error(Code::Value, TEXT).arg("field", field).at(field).into()
}
