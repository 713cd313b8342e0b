//! `POST surgeries/{id}/checklist {key, at, entry}`: one tap. The same key twice is one entry.

use super::entry::{ENTRIES_MAX, Entry, Say, extension, read};
use super::message::{FULL, NOT_READY, UNKNOWN, WHY};
use super::state::state;
use super::version::{Phase, Version};
use super::{library, told};
use crate::case::element::{self, instant, link, text};
use crate::case::whole::Whole;
use crate::milestone::{ATTEMPTS, author};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/checklist",
        summary: "Answers, attests or concludes a phase of the check-list",
        access: Access::SignedIn,
        handler: Arc::new(Post),
    }
}

struct Post;

#[async_trait]
impl Handler for Post {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let key = form.required("key", 64);
        let at = form.text("at", 40).and_then(|at| element::ms(&at)).unwrap_or(now);
        let wanted = form.text("version", 40);
        form.finish()?;
        let said = form.json().get("entry").cloned().unwrap_or(Json::Null).into_owned();
        let (by, by_name) = author(&cx).await;
        for left in (0..ATTEMPTS).rev() {
            let case = Whole::read(&cx, request.param("id")).await?;
            let response = case.checklist.as_ref().map(|c| &c.json);
            let version = match wanted.as_deref().filter(|_| response.is_none()) {
                Some(id) => library::begun_with(&cx, id).await?,
                None => case.checks.clone(),
            };
            let version = &*version;
            if response.is_none() {
                library::install(&cx, version).await?;
            }
            let mut entries = response.map(read).unwrap_or_default();
            if entries.iter().any(|entry| entry.key == key) {
                return Ok(RouteReply::json(200, &told(version, &entries)));
            }
            if entries.len() >= ENTRIES_MAX {
                return Err(Issue::error(Code::TooLong, FULL).arg("max", ENTRIES_MAX).into());
            }
            let (phase, say) = spoken(&said, version)?;
            // A clock that runs ahead would win over every later touch.
            let at = at.min(now);
            let (by, by_name) = (by.clone(), by_name.clone());
            let entry = Entry { key: key.clone(), at, by, by_name, phase: phase.code.clone(), say };
            allowed(phase, &entries, &entry)?;
            entries.push(entry);
            let json = response_of(&case, version, &entries, now);
            let id = element::derived("checklist", &case.id);
            let known = case.checklist.as_ref().map(|c| c.version);
            let write = element::write(ResourceType::QUESTIONNAIRE_RESPONSE, &id, known, &json);
            match cx.tenant.commit(&cx.ctx, vec![write]).await {
                Err(error) if left > 0 && element::raced(&error) => {}
                Err(error) => return Err(error),
                Ok(_) => return Ok(RouteReply::json(201, &told(version, &entries))),
            }
        }
        Err(Error::Unavailable("the check-list is written by many at once".into()))
    }
}

/// The entry of a tap, as far as the version knows it.
fn spoken<'v>(said: &Json<'_>, version: &'v Version) -> Result<(&'v Phase, Say)> {
    let unknown =
        || Error::from(Issue::error(Code::Value, UNKNOWN).at("entry").arg("version", &version.title));
    let short = |name: &str, max: usize| {
        let found = said.get_str(name).map(str::trim).filter(|t| !t.is_empty());
        found.map(|t| t.chars().take(max).collect::<String>())
    };
    let phase = said.get_str("phase").and_then(|code| version.phases.iter().find(|p| p.code == code));
    let phase = phase.ok_or_else(unknown)?;
    let say = match said.get_str("say") {
        Some("answer") => {
            let item = said.get_str("item").and_then(|id| phase.items.iter().find(|i| i.id == id));
            let item = item.ok_or_else(unknown)?;
            let answer = short("answer", 10);
            if answer.as_ref().is_some_and(|answer| !item.answers.contains(answer)) {
                return Err(unknown());
            }
            Say::Answer { item: item.id.clone(), answer, decision: short("decision", 1_000) }
        }
        Some("attest") => {
            let role = said.get_str("role").filter(|role| phase.roles.iter().any(|r| r == role));
            Say::Attest { role: role.ok_or_else(unknown)?.to_string() }
        }
        Some("outcome") => Say::Outcome {
            go: said.get("go").and_then(Json::as_bool).ok_or_else(unknown)?,
            reason: short("reason", 1_000),
        },
        Some("lift") => {
            let decision = short("decision", 1_000);
            Say::Lift {
                decision: decision.ok_or_else(|| Issue::error(Code::Required, WHY).at("entry.decision"))?,
            }
        }
        _ => return Err(unknown()),
    };
    Ok((phase, say))
}

/// A GO needs everything before it, a NO GO its reason, and a GO after it what was decided.
fn allowed(phase: &Phase, entries: &[Entry], entry: &Entry) -> Result<()> {
    let Say::Outcome { go, reason } = &entry.say else { return Ok(()) };
    let now = state(phase, entries);
    let stopped = now.outcome.as_ref().is_some_and(|o| !o.go);
    if reason.is_none() && (!go || stopped) {
        return Err(Issue::error(Code::Required, WHY).at("entry.reason").into());
    }
    let (items, roles) = (now.open_items(phase), now.open_roles(phase));
    if *go && (items > 0 || !roles.is_empty()) {
        let roles = if roles.is_empty() { "–".to_string() } else { roles.join(", ") };
        let issue = Issue::error(Code::BusinessRule, NOT_READY).at("entry.go");
        return Err(issue.arg("items", items).arg("roles", roles).into());
    }
    Ok(())
}

/// The response: its items as the entries leave them, and every entry as it came.
fn response_of(case: &Whole, version: &Version, entries: &[Entry], now: i64) -> Json<'static> {
    let mut all_go = true;
    let groups: Vec<Json<'static>> = version
        .phases
        .iter()
        .map(|phase| {
            let state = state(phase, entries);
            all_go &= state.gate(phase) == super::state::Gate::Go;
            let items = state.given.iter().map(|(id, given)| {
                let coding = [("system", text("urn:medhub:checklist:answer")), ("code", text(&given.answer))];
                let answer = Json::object([("valueCoding", Json::object(coding))]);
                Json::object([("linkId", text(id)), ("answer", Json::array([answer]))])
            });
            let items: Vec<Json<'static>> = items.collect();
            let items = (!items.is_empty()).then_some(("item", Json::Array(items)));
            Json::object([("linkId", text(&phase.code))].into_iter().chain(items))
        })
        .collect();
    Json::object([
        ("resourceType", text("QuestionnaireResponse")),
        ("id", text(element::derived("checklist", &case.id))),
        ("extension", Json::array(entries.iter().map(extension))),
        ("basedOn", Json::array([link(&format!("ServiceRequest/{}", case.id), None)])),
        ("questionnaire", text(&version.canonical)),
        ("status", text(if all_go { "completed" } else { "in-progress" })),
        ("subject", link(&format!("Patient/{}", case.patient()), None)),
        ("authored", instant(now)),
        ("item", Json::Array(groups)),
    ])
}
