//! `GET theatre/log`, `POST theatre/undo {action?}`: the last changes of each person, and taking one back.

use super::change::is_begun;
use super::log::{self, Action, Step};
use super::save::{Change, Saved, before_of, cancelled, save, stored, told_all};
use super::who::staff;
use crate::element::{instant, text};
use crate::index::Shelves;
use async_trait::async_trait;
use fhir::{Code, Json, Lang, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// A change that takes another back is none to take back.
pub(super) const UNDO: &str = "undo";

const NOTHING: Text = Text {
    key: "scheduling.nothing-to-undo",
    fr: "Vous n'avez rien à annuler.",
    en: "You have nothing to undo.",
    de: "Sie haben nichts rückgängig zu machen.",
};
const MOVED_ON: Text = Text {
    key: "scheduling.moved-on",
    fr: "Le planning a changé depuis : cette action ne peut plus être annulée. Corrigez-la par une nouvelle.",
    en: "The plan has changed since: this action cannot be undone any more. Mend it by a new one.",
    de: "Der Plan hat sich seither geändert: Diese Aktion lässt sich nicht mehr rückgängig machen. Korrigieren Sie sie durch eine neue.",
};

fn words(name: &str, lang: Lang) -> &'static str {
    let all = match name {
        "book" => ["Réservation", "Booking", "Buchung"],
        "hold" => ["Option posée", "Hold", "Option"],
        "move" => ["Déplacement ou modification", "Move or change", "Verschiebung oder Änderung"],
        "cancel" => ["Annulation", "Cancellation", "Absage"],
        "lock" => ["Verrou", "Lock", "Sperre"],
        "swap" => ["Échange", "Swap", "Tausch"],
        "publish" => ["Publication", "Publication", "Veröffentlichung"],
        "optimise" => ["Proposition appliquée", "Proposal applied", "Vorschlag übernommen"],
        "scenario" => ["Scénario appliqué", "Scenario applied", "Szenario übernommen"],
        "emergency" => ["Urgence insérée", "Emergency inserted", "Notfall eingefügt"],
        _ => ["Modification", "Change", "Änderung"],
    };
    match lang {
        Lang::Fr => all[0],
        Lang::En => all[1],
        Lang::De => all[2],
    }
}

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let log = Route {
        method: Method::Get,
        path: "theatre/log",
        summary: "One's last changes of the plan",
        access: Access::SignedIn,
        handler: Arc::new(Read(shelves.clone())),
    };
    let undo = Route {
        method: Method::Post,
        path: "theatre/undo",
        summary: "Takes one's last change of the plan back",
        access: Access::SignedIn,
        handler: Arc::new(Undo(shelves.clone())),
    };
    vec![log, undo]
}

struct Read(Arc<Shelves>);

#[async_trait]
impl Handler for Read {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let actions = log::all(&cx).await?;
        let shelf = self.0.fresh(&cx).await?;
        let told = shelf.read(|index| {
            let one = |a: &Action| {
                let same = |s: &Step| {
                    index.bookings.get(&s.id).is_some_and(|b| b.version == s.version && !is_begun(index, b))
                };
                Json::object([
                    ("id", text(&a.id)),
                    ("at", instant(a.at)),
                    ("text", text(words(&a.name, cx.ctx.lang))),
                    ("can", Json::Bool(a.steps.iter().all(same))),
                ])
            };
            actions.iter().rev().map(one).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("actions", Json::Array(told))])))
    }
}

struct Undo(Arc<Shelves>);

#[async_trait]
impl Handler for Undo {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let mut form = Form::read(&request.body)?;
        let which = form.text("action", 40);
        form.finish()?;
        let mut actions = log::all(&cx).await?;
        let at = match which {
            Some(id) => actions.iter().position(|a| a.id == id),
            None => actions.len().checked_sub(1),
        };
        let action = at.map(|at| actions.swap_remove(at)).ok_or(Error::refused(Code::NotFound, NOTHING))?;
        let shelf = self.0.fresh(&cx).await?;
        let begun =
            |s: &Step| shelf.read(|index| index.bookings.get(&s.id).is_some_and(|b| is_begun(index, b)));
        if action.steps.iter().any(begun) {
            return Err(Error::refused(Code::Conflict, MOVED_ON));
        }
        let mut changes = Vec::new();
        for step in action.steps.iter().rev() {
            let (json, version) = stored(&cx, &step.id).await.map_err(moved_on)?;
            if version != step.version {
                return Err(Error::refused(Code::Conflict, MOVED_ON));
            }
            changes.push(match step.before {
                None => cancelled(json, step.id.clone(), version),
                Some(before) => Change {
                    id: step.id.clone(),
                    version: Some(version),
                    json: before_of(&cx, &step.id, before).await.map_err(moved_on)?,
                    before: Some(json),
                },
            });
        }
        let written = match save(&cx, UNDO, changes).await {
            Ok(Saved::Done(written)) => written,
            Ok(Saved::Refused(_)) | Err(Error::VersionConflict { .. }) => {
                return Err(Error::refused(Code::Conflict, MOVED_ON));
            }
            Err(other) => return Err(other),
        };
        log::undone(&cx, &action, &written).await?;
        let ids: Vec<String> = written.into_iter().map(|(id, _)| id).collect();
        let bookings = told_all(&cx, &self.0, &ids).await?;
        let told = Json::object([
            ("undone", text(words(&action.name, cx.ctx.lang))),
            ("bookings", Json::Array(bookings)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

/// What is gone, or was erased with its patient, does not come back.
fn moved_on(error: Error) -> Error {
    match error {
        Error::NotFound | Error::Gone { .. } => Error::refused(Code::Conflict, MOVED_ON),
        other => other,
    }
}
