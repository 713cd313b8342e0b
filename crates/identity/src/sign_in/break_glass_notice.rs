//! What an emergency access leaves behind: a Communication to the privacy officer, and a Task to review it.

use super::desk::Desk;
use super::emergency::{self, Emergency};
use super::mails;
use bytes::Bytes;
use fhir::{ResourceType, Text};
use serde_json::{Value, json};
use service::RouteCtx;
use store::{Actor, Ctx, Result, Role, Write};

/// System and code of the review task.
const TASK_SYSTEM: &str = "urn:medhub:task";
const TASK_CODE: &str = "break-glass-review";
const ROLE_SYSTEM: &str = "urn:medhub:role";

pub struct Notice<'n> {
    pub patient: &'n str,
    pub reason: &'n str,
    /// ms since epoch.
    pub until: i64,
    pub account: &'n Actor,
}

/// Writes both in one transaction, then mails those who audit that there is something to see.
///
/// # Errors
/// `Unavailable`; `Refused` when the store does not take them.
pub async fn write(desk: &Desk, cx: &RouteCtx, system: &Ctx, notice: &Notice<'_>) -> Result<()> {
    let (communication, task) = (cx.ctx.ids.uuid().to_string(), cx.ctx.ids.uuid().to_string());
    let new = |rt, id: String, body: Value| Write::Create {
        rt,
        id: Some(id),
        body: Bytes::from(body.to_string()),
        if_none_exist: None,
    };
    let now = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let writes = vec![
        new(
            ResourceType::COMMUNICATION,
            communication.clone(),
            communication_of(notice, &communication, &now),
        ),
        new(ResourceType::TASK, task.clone(), task_of(notice, &task, &communication, &now)),
    ];
    cx.tenant.commit(system, writes).await?;
    let emergency = Emergency {
        task,
        at: cx.ctx.clock.now_ms(),
        patient: notice.patient.to_string(),
        account: notice.account.id.to_string(),
        account_name: notice.account.name.clone(),
        reason: notice.reason.to_string(),
        review: None,
    };
    emergency::put(&cx.hub, cx.tenant.name(), &emergency).await?;
    for account in cx.hub.accounts(cx.tenant.name()).await? {
        if !account.disabled && account.roles.contains(&Role::Auditor) {
            mails::tell(desk, cx, account.id, SUBJECT, BODY).await;
        }
    }
    Ok(())
}

fn communication_of(notice: &Notice<'_>, id: &str, now: &str) -> Value {
    let mut body = json!({
        "resourceType": "Communication",
        "id": id,
        // Only the hub writes it, and only who controls accesses sees it: it holds the reason.
        "meta": {"tag": [{"system": "urn:medhub:hub", "code": "kept"}]},
        "status": "completed",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/communication-category", "code": "notification"}]}],
        "priority": "urgent",
        "subject": {"reference": format!("Patient/{}", notice.patient)},
        "topic": {"coding": [{"system": TASK_SYSTEM, "code": "break-glass"}], "text": "Accès d'urgence"},
        "sent": now,
        "reasonCode": [{"text": notice.reason}],
        "payload": [{"contentString": format!(
            "Accès d'urgence ouvert par {} jusqu'à {}. Motif : {}",
            notice.account.name, fhir::date::instant_format(notice.until), notice.reason)}],
    });
    if let Some(person) = person(notice.account) {
        body["sender"] = json!({"reference": person});
    }
    body
}

fn task_of(notice: &Notice<'_>, id: &str, communication: &str, now: &str) -> Value {
    let mut body = json!({
        "resourceType": "Task",
        "id": id,
        "meta": {"tag": [{"system": "urn:medhub:hub", "code": "kept"}]},
        "status": "requested",
        "intent": "order",
        "priority": "urgent",
        "code": {"coding": [{"system": TASK_SYSTEM, "code": TASK_CODE}], "text": "Contrôle d'un accès d'urgence"},
        "focus": {"reference": format!("Communication/{communication}")},
        "for": {"reference": format!("Patient/{}", notice.patient)},
        "authoredOn": now,
        "lastModified": now,
        "identifier": [{"system": "urn:medhub:account", "value": notice.account.id.to_string()}],
        "performerType": [{"coding": [{"system": ROLE_SYSTEM, "code": "auditor"}]}],
        "reasonCode": {"text": notice.reason},
        "description": format!("Accès d'urgence ouvert par {}", notice.account.name),
    });
    if let Some(person) = person(notice.account) {
        body["requester"] = json!({"reference": person});
    }
    body
}

/// The professional, where the account is one's.
fn person(actor: &Actor) -> Option<&str> {
    actor.person.as_deref().filter(|person| person.starts_with("Practitioner/"))
}

const SUBJECT: Text = Text {
    key: "mail.break-glass-subject",
    fr: "Un accès d'urgence a été ouvert",
    en: "An emergency access was opened",
    de: "Ein Notfallzugriff wurde geöffnet",
};
const BODY: Text = Text {
    key: "mail.break-glass",
    fr: "Bonjour,\n\nUn dossier vient d'être ouvert en accès d'urgence. Le motif, l'auteur et le dossier sont dans Medical Hub, où le contrôle vous attend.\n",
    en: "Hello,\n\nA record has just been opened in an emergency. The reason, the person and the record are in Medical Hub, where the review awaits you.\n",
    de: "Guten Tag,\n\neine Akte wurde soeben im Notfall geöffnet. Grund, Person und Akte stehen in Medical Hub, wo die Prüfung auf Sie wartet.\n",
};
