//! `GET patients/{id}/access-list`: who opened the record, when and what for: for the privacy officer, the patient
//! and their proxies (RGPD article 15(1)(c); IHE's patient access to the audit record).

use crate::person::name;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::audit::{AccessRequest, AuditEntry, Event, EventOutcome};
use store::{Actor, Ctx, Purpose, Result};
use uuid::Uuid;

/// Accesses told on one page.
const PAGE: usize = 200;
/// What the operation that opens a break-glass access is called in the log; the typed reason follows.
const BREAK_GLASS: &str = "break-glass: ";

const BAD_DATE: Text = Text {
    key: "access-list.date",
    fr: "Les dates s'écrivent AAAA-MM-JJ, ou avec l'heure et le fuseau ; « before » est celui de la page précédente.",
    en: "Dates are written YYYY-MM-DD, or with time and zone; \"before\" is that of the page before.",
    de: "Daten werden JJJJ-MM-TT geschrieben, oder mit Uhrzeit und Zone; „before“ ist der Wert der vorigen Seite.",
};

pub(crate) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/access-list",
        summary: "Who opened a patient's record",
        access: Access::SignedIn,
        handler: Arc::new(AccessList),
    }
}

struct AccessList;

#[async_trait]
impl Handler for AccessList {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let wrong = |field: &'static str| Issue::error(Code::Value, BAD_DATE).at(field);
        let moment = |field: &'static str| match request.query(field) {
            Some(text) => fhir::date::parse(text).map(Some).ok_or_else(|| wrong(field)),
            None => Ok(None),
        };
        let before = match request.query("before") {
            Some(text) => Some(text.parse().map_err(|_| wrong("before"))?),
            None => None,
        };
        let asked = AccessRequest {
            patient: request.param("id"),
            from: moment("from")?.map_or(i64::MIN, |m| m.lo_ms),
            to: moment("to")?.map_or(i64::MAX, |m| m.hi_ms),
            before,
            count: PAGE,
        };
        let page = cx.tenant.access_list(&cx.ctx, asked).await?;
        let people = People::of(&cx, &page.entries).await?;
        let lines = page.entries.iter().map(|(number, entry)| people.line(*number, entry));
        let next = page.next.map_or(Json::Null, |n| Json::string(n.to_string()));
        Ok(RouteReply::json(200, &Json::object([("accesses", Json::array(lines)), ("next", next)])))
    }
}

/// Names and roles of the accounts that entries name.
struct People(HashMap<Uuid, (Option<String>, String)>);

impl People {
    /// Names are of the directory, which patients may not read by themselves; whoever may see the list may see
    /// the names of those in it.
    async fn of(cx: &RouteCtx, entries: &[(u64, AuditEntry)]) -> Result<People> {
        let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
        let ctx = Ctx { actor: Arc::new(actor), grant: Arc::default(), ..cx.ctx.clone() };
        let mut people = HashMap::new();
        for account in cx.hub.accounts(cx.tenant.name()).await? {
            if !entries.iter().any(|(_, entry)| entry.actor == account.id) {
                continue;
            }
            let roles: Vec<&str> = account.roles.iter().map(|role| role.as_str()).collect();
            let practitioner = account.practitioner.as_deref().and_then(|p| p.strip_prefix("Practitioner/"));
            let shown = match practitioner {
                Some(id) => {
                    let found = cx.tenant.read(&ctx, ResourceType::PRACTITIONER, id).await.ok();
                    found.and_then(|found| fhir::json::parse(&found.body).ok().as_ref().and_then(name))
                }
                None => None,
            };
            people.insert(account.id, (shown, roles.join(",")));
        }
        Ok(People(people))
    }

    /// `{at, who, user, role, action, what, purpose, break_glass, reason, outcome, event}`
    fn line(&self, number: u64, entry: &AuditEntry) -> Json<'static> {
        let (shown, role) = self.0.get(&entry.actor).cloned().unwrap_or_default();
        let rt = ResourceType::from_number(entry.kind).map(ResourceType::name);
        let reason = entry.query.strip_prefix(BREAK_GLASS).filter(|_| entry.event == Event::Operation);
        let glass = entry.purpose == Purpose::BreakGlass || reason.is_some();
        let text = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
        Json::object([
            ("at", fhir::edit::instant(entry.at)),
            ("who", Json::string(shown.unwrap_or_else(|| entry.actor_name.clone()))),
            ("user", Json::string(entry.actor_name.clone())),
            ("role", Json::string(role)),
            ("action", Json::string(action(entry))),
            ("what", text(rt)),
            ("purpose", Json::string(entry.purpose.as_str())),
            ("break_glass", Json::Bool(glass)),
            ("reason", text(reason)),
            ("outcome", Json::string(outcome(entry.outcome))),
            ("event", Json::string(AuditEntry::event_id(number))),
        ])
    }
}

/// What was done, in one word.
fn action(entry: &AuditEntry) -> &'static str {
    match entry.event {
        Event::Read | Event::Vread => "read",
        Event::Search => "search",
        Event::History => "history",
        Event::Create => "create",
        Event::Update | Event::Write => "update",
        Event::Delete => "delete",
        Event::Login => "sign-in",
        Event::Operation if entry.query.starts_with(BREAK_GLASS) => "break-glass",
        Event::Operation => match entry.query.split([' ', ':']).next() {
            Some("copy") => "copy",
            Some("erase") => "erase",
            _ => "operation",
        },
    }
}

fn outcome(outcome: EventOutcome) -> &'static str {
    match outcome {
        EventOutcome::Success => "done",
        EventOutcome::NotFound => "not-found",
        EventOutcome::Denied => "denied",
    }
}

#[cfg(test)]
mod tests {
    use crate::Records;
    use fhir::{Json, ResourceType};
    use service::testing::TestHub;
    use std::sync::Arc;
    use std::time::Duration;
    use store::{Actor, Ctx, Error, Purpose, Role};

    async fn list(hub: &TestHub, query: &str) -> Vec<Json<'static>> {
        let path = format!("patients/a/access-list{query}");
        let answer = hub.ask(&Records, hub.ctx(&[Role::Auditor]), "GET", &path, "").await;
        answer.each("accesses").cloned().collect()
    }

    #[tokio::test]
    async fn everyone_who_opened_the_record_is_named() {
        let hub = TestHub::new(vec![Arc::new(Records)]).await;
        hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
        hub.create(r#"{"resourceType":"Patient","id":"b"}"#).await;
        hub.create(r#"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr Exemple"}]}"#).await;
        hub.hub
            .account_create("test", "dr.exemple", &[Role::Surgeon], Some("Practitioner/dr"))
            .await
            .unwrap();
        let id = hub.hub.accounts("test").await.unwrap()[0].id;
        let reading = hub.ctx(&[Role::MedicalAdmin]);
        let actor = Actor { id, name: "dr.exemple".into(), ..(*reading.actor).clone() };
        let ctx = Ctx { actor: Arc::new(actor), ..reading };
        hub.clock.advance(Duration::from_secs(60));
        hub.tenant.read(&ctx, ResourceType::PATIENT, "a").await.unwrap();
        hub.tenant.read(&ctx, ResourceType::PATIENT, "b").await.unwrap();
        let urgent = Ctx { purpose: Purpose::BreakGlass, ..ctx.clone() };
        hub.tenant
            .audit_operation(&urgent, "break-glass: patient inconscient", Some((ResourceType::PATIENT, "a")))
            .await
            .unwrap();

        let found = list(&hub, "?from=2026-11-22T08:00:30Z").await;
        let actions: Vec<_> = found.iter().filter_map(|f| f.get_str("action")).collect();
        assert_eq!(actions, ["break-glass", "read"]);
        assert_eq!(
            (found[1].get_str("who"), found[1].get_str("role")),
            (Some("Dr Exemple"), Some("surgeon"))
        );
        assert_eq!(found[0].get("break_glass"), Some(&Json::Bool(true)));
        assert_eq!(found[0].get_str("reason"), Some("patient inconscient"));
        assert!(list(&hub, "?to=2026-11-21").await.is_empty());
    }

    #[tokio::test]
    async fn others_are_not_told() {
        let hub = TestHub::new(vec![Arc::new(Records)]).await;
        hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
        for role in [Role::Clinician, Role::MedicalAdmin, Role::Patient] {
            let denied = hub.call(&Records, hub.ctx(&[role]), "GET", "patients/a/access-list", "").await;
            assert!(matches!(denied, Err(Error::Denied)), "{role:?}");
        }
        let bad = hub
            .call(&Records, hub.ctx(&[Role::Auditor]), "GET", "patients/a/access-list?from=hier", "")
            .await;
        assert!(matches!(bad, Err(Error::Refused(_))));
        let none =
            hub.call(&Records, hub.ctx(&[Role::Auditor]), "GET", "patients/none/access-list", "").await;
        assert!(matches!(none, Err(Error::NotFound)));
    }
}
