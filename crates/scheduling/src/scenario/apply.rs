//! `POST theatre/scenarios/{id}/apply`: the scenario becomes the plan, whole or not at all.

use super::kept::{self, Planned};
use super::overlay::open;
use crate::booking::Booking;
use crate::index::Shelves;
use crate::suite::save::{Change, Saved, conflict, late_conflict, save};
use crate::suite::several::{Move, Ready, ready};
use crate::suite::who::may_book;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

const STALE: Text = Text {
    key: "scheduling.scenario-stale",
    fr: "Le planning a changé : {count} déplacement(s) du scénario ne valent plus. Retirez-les ou refaites-les, puis appliquez.",
    en: "The plan has changed: {count} move(s) of the scenario are worth nothing any more. Take them out or make them again, then apply.",
    de: "Der Plan hat sich geändert: {count} Verschiebung(en) des Szenarios gelten nicht mehr. Entfernen oder erneuern Sie sie und übernehmen Sie dann.",
};
const EMPTY: Text = Text {
    key: "scheduling.scenario-empty",
    fr: "Ce scénario ne change rien : déplacez d'abord une intervention.",
    en: "This scenario changes nothing: move a case first.",
    de: "Dieses Szenario ändert nichts: Verschieben Sie zuerst einen Eingriff.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/scenarios/{id}/apply",
        summary: "Makes a what-if plan the plan, whole or not at all",
        access: Access::SignedIn,
        handler: Arc::new(Apply(shelves)),
    }
}

struct Apply(Arc<Shelves>);

#[async_trait]
impl Handler for Apply {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        may_book(&cx, None).await?;
        let id = request.param("id");
        let world = open(&cx, id).await?;
        let (shelf, now) = (self.0.fresh(&cx).await?, cx.ctx.clock.now_ms());
        let moves: Vec<Move> = world.scenario.moves.iter().map(|one| one.what.clone()).collect();
        if moves.is_empty() {
            return Err(Issue::error(Code::BusinessRule, EMPTY).into());
        }
        let (stale, patients) = shelf.read(|index| {
            let days = (world.scenario.from, world.scenario.to);
            let placed = world.lay(index, days, None, now).placed;
            let of = |one: &Move| index.cases.get(&one.case).and_then(|case| case.patient.clone());
            let patients: BTreeSet<String> = moves.iter().filter_map(of).collect();
            (placed.iter().filter(|one| one.stale.is_some()).count(), patients)
        });
        if stale > 0 {
            return Err(Issue::error(Code::Conflict, STALE).arg("count", stale).into());
        }
        for patient in &patients {
            may_book(&cx, Some(patient)).await?;
        }
        let changes = match ready(&cx, &shelf, &moves).await? {
            Ready::Changes(changes) => changes,
            Ready::Clash(booking, clashes) => {
                return Ok(shelf.read(|index| conflict(&cx, &shelf, index, &booking, &clashes)));
            }
        };
        // Somebody may have been quicker since the scenario was read: what it was based on is what is replaced.
        let based = |change: &Change| {
            let own = |one: &&Planned| one.what.booking.as_deref() == Some(change.id.as_str());
            world.scenario.moves.iter().find(own).is_none_or(|one| one.base == change.version)
        };
        let late = changes.iter().filter(|change| !based(change)).count();
        if late > 0 {
            return Err(Issue::error(Code::Conflict, STALE).arg("count", late).into());
        }
        let first = changes.first().and_then(|c| Booking::of(&c.json, 0)).unwrap_or_else(Booking::nothing);
        if let Saved::Refused(issues) = save(&cx, "scenario", changes).await? {
            return late_conflict(&cx, &self.0, &first, issues).await;
        }
        kept::take(&cx, id).await?;
        let count =
            |of: &dyn Fn(&Move) -> bool| Json::integer(moves.iter().filter(|one| of(one)).count() as i64);
        let told = Json::object([
            ("booked", count(&|one| one.booking.is_none())),
            ("moved", count(&|one| one.booking.is_some() && one.to.is_some())),
            ("out", count(&|one| one.to.is_none())),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}
