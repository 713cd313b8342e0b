//! `GET|PUT agenda/self-booking`: the rules, whole, with a version, so that nobody overwrites another's change.

use super::SETTINGS;
use super::rules::{RULES_MAX, Rule};
use super::words::{TOO_MANY_RULES, TWO_RULES};
use crate::index::Shelves;
use crate::suite::who::staff;
use crate::suite::wish::whole;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use policy::Role;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// There is one list a clinic.
const NAME: &str = "rules";
const SETTERS: [Role; 5] =
    [Role::MedicalAdmin, Role::Secretary, Role::Clinician, Role::Surgeon, Role::Anaesthetist];

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, summary, set| Route {
        method,
        path: "agenda/self-booking",
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Settings { shelves: shelves.clone(), set }),
    };
    vec![
        route(Method::Get, "What patients may book by themselves", false),
        route(Method::Put, "Says what patients may book by themselves", true),
    ]
}

struct Settings {
    shelves: Arc<Shelves>,
    set: bool,
}

/// The rules as they lie in the vault.
#[derive(Default)]
pub(super) struct Rules {
    pub version: i64,
    pub all: Vec<Rule>,
}

impl Rules {
    /// # Errors
    /// `Unavailable`.
    pub async fn read(cx: &RouteCtx) -> Result<Rules> {
        let kept = cx.hub.vault(cx.tenant.name(), SETTINGS, NAME).await?;
        Ok(kept.as_deref().and_then(Rules::of).unwrap_or_default())
    }

    fn of(bytes: &[u8]) -> Option<Rules> {
        let json = fhir::json::parse(bytes).ok()?;
        let version = json.get("version")?.as_number()?.parse().ok()?;
        let all = json.each("rules").enumerate().filter_map(|(n, r)| Rule::of(r, n).ok()).collect();
        Some(Rules { version, all })
    }

    fn json(&self) -> Json<'static> {
        let rules = Json::array(self.all.iter().map(Rule::json));
        Json::object([("version", Json::integer(self.version)), ("rules", rules)])
    }
}

#[async_trait]
impl Handler for Settings {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        if !self.set {
            return Ok(RouteReply::json(200, &Rules::read(&cx).await?.json()));
        }
        if !SETTERS.iter().any(|role| cx.ctx.actor.has(*role)) {
            cx.tenant.audit_refused(&cx.ctx, "self-booking-rules", None).await?;
            return Err(Error::Denied);
        }
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 0, i64::MAX - 1).unwrap_or(0);
        let rules = rules(&mut form);
        form.finish()?;
        let shelf = self.shelves.fresh(&cx).await?;
        let stranger = shelf.read(|index| {
            let named = rules.iter().enumerate().filter_map(|(n, r)| Some((n, r.practitioner.as_ref()?)));
            named.filter(|(_, who)| !index.people.contains_key(*who)).map(|(n, _)| n).next()
        });
        if let Some(n) = stranger {
            let at = format!("rules[{n}].practitioner");
            return Err(Issue::error(Code::Value, super::words::WRONG_RULE).at(at).into());
        }
        let rules = Rules { version: version + 1, all: rules };
        put(&cx, version, &rules).await?;
        cx.tenant.audit_operation(&cx.ctx, "self-booking-rules-set", None).await?;
        Ok(RouteReply::json(200, &rules.json()))
    }
}

fn rules(form: &mut Form<'_>) -> Vec<Rule> {
    let said = form.json().get("rules").and_then(Json::as_array).map(<[_]>::len);
    if said.is_none_or(|n| n > RULES_MAX) {
        form.wrong(Issue::error(Code::Value, TOO_MANY_RULES).at("rules").arg("max", RULES_MAX));
        return Vec::new();
    }
    let read: Vec<_> = form.json().each("rules").enumerate().map(|(n, r)| Rule::of(r, n)).collect();
    let mut rules: Vec<Rule> = Vec::new();
    for (n, rule) in read.into_iter().enumerate() {
        match rule {
            Err(issue) => form.wrong(issue),
            Ok(rule) => {
                let twice = |r: &Rule| (&r.kind, &r.practitioner) == (&rule.kind, &rule.practitioner);
                if rules.iter().any(twice) {
                    form.wrong(Issue::error(Code::Duplicate, TWO_RULES).at(format!("rules[{n}]")));
                }
                rules.push(rule);
            }
        }
    }
    rules
}

/// Replaces that version of the list.
async fn put(cx: &RouteCtx, version: i64, rules: &Rules) -> Result<()> {
    let (tenant, bytes) = (cx.tenant.name(), rules.json().to_vec());
    let done = if version == 0 {
        cx.hub.vault_add(tenant, SETTINGS, NAME, None, &bytes).await?
    } else {
        let same = |old: &[u8]| (Rules::of(old)?.version == version).then(|| bytes.clone());
        cx.hub.vault_change(tenant, SETTINGS, NAME, same).await?
    };
    if done {
        return Ok(());
    }
    let current = Rules::read(cx).await?.version;
    Err(Error::VersionConflict { current: u64::try_from(current).unwrap_or_default() })
}
