//! `GET theatre/log`, `POST theatre/undo`: the last changes of each person, and taking the last one back. Kept in
//! memory: a change of yesterday is mended by a new one.

use super::save::{Change, Saved, cancelled, save, stored, told_all};
use super::who::staff;
use crate::element::{instant, text};
use crate::index::Shelves;
use async_trait::async_trait;
use fhir::{Code, Json, Lang, Text};
use parking_lot::Mutex;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::VecDeque;
use std::sync::Arc;
use store::{Error, Result};
use uuid::Uuid;

/// Changes kept of one tenant.
const KEPT: usize = 500;

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

/// What one write did.
pub(crate) struct Step {
    pub id: String,
    /// The version that it made.
    pub version: u64,
    /// `None`: it was new.
    pub before: Option<Json<'static>>,
}

struct Action {
    id: Uuid,
    who: Uuid,
    at: i64,
    name: &'static str,
    steps: Vec<Step>,
}

#[derive(Default)]
pub(crate) struct Log(Mutex<VecDeque<Action>>);

impl Log {
    pub fn note(&self, cx: &RouteCtx, name: &'static str, steps: Vec<Step>) {
        let mut all = self.0.lock();
        let (id, who, at) = (cx.ctx.ids.uuid(), cx.ctx.actor.id, cx.ctx.clock.now_ms());
        all.push_back(Action { id, who, at, name, steps });
        while all.len() > KEPT {
            all.pop_front();
        }
    }

    /// The last action of someone, taken out of the log.
    fn take(&self, who: Uuid) -> Option<Action> {
        let mut all = self.0.lock();
        let at = all.iter().rposition(|a| a.who == who)?;
        all.remove(at)
    }
}

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
        let shelf = self.0.fresh(&cx).await?;
        let told = shelf.read(|index| {
            let all = shelf.log.0.lock();
            let own = all.iter().rev().filter(|a| a.who == cx.ctx.actor.id).take(50);
            let one = |a: &Action| {
                let same = |s: &Step| index.bookings.get(&s.id).is_some_and(|b| b.version == s.version);
                Json::object([
                    ("id", text(a.id.to_string())),
                    ("at", instant(a.at)),
                    ("text", text(words(a.name, cx.ctx.lang))),
                    ("can", Json::Bool(a.steps.iter().all(same))),
                ])
            };
            own.map(one).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("actions", Json::Array(told))])))
    }
}

struct Undo(Arc<Shelves>);

#[async_trait]
impl Handler for Undo {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let shelf = self.0.fresh(&cx).await?;
        let action = shelf.log.take(cx.ctx.actor.id).ok_or(Error::refused(Code::NotFound, NOTHING))?;
        let mut changes = Vec::new();
        for step in action.steps.iter().rev() {
            let (json, version) = stored(&cx, &step.id).await?;
            if version != step.version {
                return Err(Error::refused(Code::Conflict, MOVED_ON));
            }
            changes.push(match &step.before {
                None => cancelled(json, step.id.clone(), version),
                Some(before) => Change {
                    id: step.id.clone(),
                    version: Some(version),
                    before: Some(json),
                    json: before.clone(),
                },
            });
        }
        let ids = match save(&cx, &shelf, "undo", changes).await {
            Ok(Saved::Done(ids)) => ids,
            Ok(Saved::Refused(_)) | Err(Error::VersionConflict { .. }) => {
                return Err(Error::refused(Code::Conflict, MOVED_ON));
            }
            Err(other) => return Err(other),
        };
        let bookings = told_all(&cx, &self.0, &ids).await?;
        let told = Json::object([
            ("undone", text(words(action.name, cx.ctx.lang))),
            ("bookings", Json::Array(bookings)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}
