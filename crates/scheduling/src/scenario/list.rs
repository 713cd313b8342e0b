//! `GET`, `POST theatre/scenarios` and `DELETE theatre/scenarios/{id}`.

use super::kept::{self, Planned, Scenario};
use super::overlay::world;
use super::show::{both, told};
use super::{DAYS_MAX, KEPT, MOVES_MAX};
use crate::duration::Durations;
use crate::index::Shelves;
use crate::suite::who::{may_book, staff};
use crate::{optimise, zone};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const TOO_MANY: Text = Text {
    key: "scheduling.scenarios-too-many",
    fr: "La clinique a déjà {max} scénarios : supprimez-en un.",
    en: "The clinic has {max} scenarios already: delete one.",
    de: "Die Klinik hat bereits {max} Szenarien: Löschen Sie eines.",
};
const TOO_LONG: Text = Text {
    key: "scheduling.scenario-too-long",
    fr: "Cette proposition change plus de {max} interventions : cherchez sur moins de jours.",
    en: "This proposal changes more than {max} cases: search over fewer days.",
    de: "Dieser Vorschlag ändert mehr als {max} Eingriffe: Suchen Sie über weniger Tage.",
};
const DAYS: Text = Text {
    key: "scheduling.scenario-days",
    fr: "Un scénario porte sur 1 à {max} jours.",
    en: "A scenario is about 1 to {max} days.",
    de: "Ein Szenario umfasst 1 bis {max} Tage.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Scenarios { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Get, "theatre/scenarios", "The what-if plans, with what each comes to", Verb::List),
        route(
            Method::Post,
            "theatre/scenarios",
            "Begins a what-if plan, empty or from a proposal",
            Verb::Make,
        ),
        route(Method::Delete, "theatre/scenarios/{id}", "Deletes a what-if plan", Verb::Delete),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Delete,
}

struct Scenarios {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Scenarios {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        match self.verb {
            Verb::List => self.list(&cx).await,
            Verb::Make => self.make(&cx, &request).await,
            Verb::Delete => {
                may_book(&cx, None).await?;
                kept::take(&cx, request.param("id")).await?;
                cx.tenant.audit_operation(&cx.ctx, "theatre-scenario-end", None).await?;
                Ok(RouteReply::empty(204))
            }
        }
    }
}

impl Scenarios {
    async fn list(&self, cx: &RouteCtx) -> Result<RouteReply> {
        staff(cx).await?;
        let (shelf, now) = (self.shelves.fresh(cx).await?, cx.ctx.clock.now_ms());
        let mut all = Vec::new();
        for scenario in kept::all(cx).await? {
            let world = world(cx, scenario).await?;
            all.push(shelf.read(|index| {
                let scenario = &world.scenario;
                let overlay = world.lay(index, (scenario.from, scenario.to), None, now);
                let stale =
                    overlay.placed.iter().filter(|p| p.stale.is_some() || !p.clashes.is_empty()).count();
                let durations = Durations::new(&shelf, index);
                Json::object(scenario.told().into_iter().chain([
                    ("moves", Json::integer(scenario.moves.len() as i64)),
                    ("stale", Json::integer(stale as i64)),
                    ("figures", both(index, &overlay, &durations, &world, now)),
                ]))
            }));
        }
        Ok(RouteReply::json(200, &Json::object([("scenarios", Json::Array(all))])))
    }

    async fn make(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        may_book(cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let name = form.required("name", 80);
        let (from, to) = (form.required("from", 10), form.required("to", 10));
        let (facility, job) = (form.text("facility", 100), form.text("job", 40));
        form.finish()?;
        let (from, to) = (zone::day(&from, "from")?, zone::day(&to, "to")?);
        if !(0..DAYS_MAX).contains(&zone::days_between(from, to)) {
            return Err(Issue::error(Code::Value, DAYS).at("to").arg("max", DAYS_MAX).into());
        }
        if kept::all(cx).await?.len() >= KEPT {
            return Err(Issue::error(Code::BusinessRule, TOO_MANY).arg("max", KEPT).into());
        }
        let shelf = self.shelves.fresh(cx).await?;
        let proposed = match &job {
            Some(job) => optimise::proposal(cx, &shelf, job)?,
            None => Vec::new(),
        };
        if proposed.len() > MOVES_MAX {
            return Err(Issue::error(Code::BusinessRule, TOO_LONG).at("job").arg("max", MOVES_MAX).into());
        }
        let now = cx.ctx.clock.now_ms();
        let by = cx.ctx.actor.person.as_deref().map(|who| shelf.read(|index| index.name(who)));
        let scenario = Scenario {
            id: cx.ctx.ids.uuid().to_string(),
            name,
            from,
            to,
            facility: shelf.read(|index| facility.and_then(|f| index.facility(&f))),
            by: by.unwrap_or_else(|| cx.ctx.actor.name.clone()),
            created: now,
            changed: now,
            moves: proposed.into_iter().map(|(what, base)| Planned { what, base }).collect(),
        };
        kept::add(cx, &scenario).await?;
        let world = world(cx, scenario).await?;
        Ok(RouteReply::json(201, &told(cx, &shelf, &world).await?))
    }
}
