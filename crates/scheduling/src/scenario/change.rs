//! `PUT theatre/scenarios/{id}/moves`: a case gets another place in the scenario, or none; `DELETE …/moves/{key}`: it
//! is again where the plan has it. The check is the plan's own, on the plan as the scenario has it.

use super::MOVES_MAX;
use super::kept::{self, Planned};
use super::overlay::{World, case_named, open};
use super::show::told;
use crate::booking::Booking;
use crate::booking::clash::Clash;
use crate::duration::Durations;
use crate::index::{Index, Shelf, Shelves};
use crate::plan::offers::Offer;
use crate::suite::book::ahead;
use crate::suite::change::may_move;
use crate::suite::check::{booking, case_of};
use crate::suite::save::stored;
use crate::suite::several::{Move, tried};
use crate::suite::tell::Teller;
use crate::suite::who::{Names, may_book};
use crate::suite::wish::{Said, case, complete, nearest};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const TOO_MANY: Text = Text {
    key: "scheduling.scenario-too-many-moves",
    fr: "Un scénario contient au plus {max} déplacements : appliquez-le, ou commencez-en un autre.",
    en: "A scenario holds {max} moves at most: apply it, or begin another.",
    de: "Ein Szenario enthält höchstens {max} Verschiebungen: Übernehmen Sie es, oder beginnen Sie ein neues.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, put| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Change { shelves: shelves.clone(), put }),
    };
    vec![
        route(Method::Put, "theatre/scenarios/{id}/moves", "Moves a case in a what-if plan", true),
        route(
            Method::Delete,
            "theatre/scenarios/{id}/moves/{key}",
            "Takes a move out of a what-if plan",
            false,
        ),
    ]
}

struct Change {
    shelves: Arc<Shelves>,
    put: bool,
}

#[async_trait]
impl Handler for Change {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        if self.put {
            if let Some(refused) = self.put(&cx, id, &request).await? {
                return Ok(refused);
            }
        } else {
            may_book(&cx, None).await?;
            let key = request.param("key").to_string();
            let of_case = format!("ServiceRequest/{key}");
            kept::change(&cx, id, |s| s.moves.retain(|one| one.key() != key && one.key() != of_case)).await?;
        }
        let shelf = self.shelves.fresh(&cx).await?;
        Ok(RouteReply::json(200, &told(&cx, &shelf, &open(&cx, id).await?).await?))
    }
}

impl Change {
    /// The refusal, when it cannot be there.
    async fn put(&self, cx: &RouteCtx, id: &str, request: &RouteRequest) -> Result<Option<RouteReply>> {
        let mut form = Form::read(&request.body)?;
        let subject = Subject::read(&mut form);
        let out = form.flag("out");
        let world = open(cx, id).await?;
        let shelf = self.shelves.fresh(cx).await?;
        let patient = shelf.read(|index| subject.patient(index));
        may_book(cx, patient.as_deref()).await?;
        let json = subject.stored(cx).await?;
        let asked = ask(cx, &shelf, &world, (&subject, json.as_ref()), (&mut form, out))?;
        if !asked.clashes.is_empty() {
            return Ok(Some(shelf.read(|index| {
                let teller = Teller { index, names: &Names::new(), lang: cx.ctx.lang };
                RouteReply::json(409, &teller.refusal(&asked.clashes, &asked.offers))
            })));
        }
        let key = asked.planned.key().to_string();
        if world.scenario.moves.len() >= MOVES_MAX && !world.scenario.moves.iter().any(|m| m.key() == key) {
            return Err(Issue::error(Code::BusinessRule, TOO_MANY).arg("max", MOVES_MAX).into());
        }
        kept::change(cx, id, |scenario| {
            scenario.moves.retain(|one| one.key() != key);
            // A case that was not booked and goes out again is where it was.
            if asked.planned.what.booking.is_some() || asked.planned.what.to.is_some() {
                scenario.moves.push(asked.planned.clone());
            }
        })
        .await?;
        Ok(None)
    }
}

/// What is moved: a booking, or a case that waits.
pub(crate) enum Subject {
    Booking(String),
    Case(String),
}

impl Subject {
    pub fn read(form: &mut Form<'_>) -> Subject {
        let (what, moving) = (form.text("case", 100), form.text("booking", 100));
        match moving {
            Some(id) => case_named(&id).map_or(Subject::Booking(id), Subject::Case),
            None => Subject::Case(what.unwrap_or_default()),
        }
    }

    fn patient(&self, index: &Index) -> Option<String> {
        match self {
            Subject::Booking(id) => index.bookings.get(id)?.patient.clone(),
            Subject::Case(what) => index.cases.get(what)?.patient.clone(),
        }
    }

    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn stored(&self, cx: &RouteCtx) -> Result<Option<Json<'static>>> {
        match self {
            Subject::Booking(id) => stored(cx, id).await.map(|(json, _)| Some(json)),
            Subject::Case(_) => Ok(None),
        }
    }
}

/// What a wish comes to in the plan as the scenario has it.
pub(crate) struct Asked {
    pub planned: Planned,
    pub booking: Booking,
    pub clashes: Vec<Clash>,
    pub offers: Vec<Offer>,
}

/// # Errors
/// What the form has wrong, what may not move.
pub(crate) fn ask(
    cx: &RouteCtx,
    shelf: &Shelf,
    world: &World,
    (subject, json): (&Subject, Option<&Json<'static>>),
    (form, out): (&mut Form<'_>, bool),
) -> Result<Asked> {
    let now = cx.ctx.clock.now_ms();
    shelf.read(|index| {
        let durations = Durations::new(shelf, index);
        let said = Said::read(form, index);
        form.finish()?;
        let (old, of) = match subject {
            Subject::Booking(id) => {
                let old = booking(index, id)?;
                (Some(old), case_of(index, old))
            }
            Subject::Case(what) => (None, case(index, what)?.clone()),
        };
        let key = old.map_or(of.what.as_str(), |old| old.id.as_str());
        let planned = world.scenario.moves.iter().find(|one| one.key() == key);
        let planned = planned.and_then(|one| one.what.to.as_ref());
        let wish = match (planned, old) {
            (Some(planned), _) => said.of_wish(planned),
            (None, Some(old)) => complete(said.of_booking(old))?,
            (None, None) if out => return Err(Error::NotFound),
            (None, None) => complete(said.of_case(&of, &durations))?,
        };
        if let Some(old) = old {
            may_move(index, old, (!out).then_some(&wish))?;
        }
        let what = Move {
            case: of.what.clone(),
            booking: old.map(|old| old.id.clone()),
            to: (!out).then(|| wish.clone()),
        };
        let base = old.map(|old| old.version);
        let mut asked = Asked {
            planned: Planned { what, base },
            booking: Booking::nothing(),
            clashes: Vec::new(),
            offers: Vec::new(),
        };
        if out {
            return Ok(asked);
        }
        ahead(wish.start, now)?;
        let days = (world.scenario.from, world.scenario.to);
        let overlay = world.lay(index, days, Some(key), now);
        let checked = tried(&overlay.index, &asked.planned.what, &wish, old.zip(json), now);
        if !checked.clashes.is_empty() {
            asked.offers = nearest(&overlay.index, &durations, &of, (old, &wish), now);
        }
        // The team that was free then is the one that is kept.
        if let Some(to) = &mut asked.planned.what.to {
            to.team = Some(checked.booking.team.clone());
        }
        (asked.booking, asked.clashes) = (checked.booking, checked.clashes);
        Ok(asked)
    })
}
