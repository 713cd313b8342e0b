//! `POST theatre/swap`: two bookings take each other's room and start.

use super::book::ahead;
use super::change::same_version;
use super::check::booking;
use super::save::{Saved, conflict, late_conflict, save, told_all};
use super::several::{Move, Ready, ready};
use super::who::may_book;
use super::wish::Wish;
use crate::booking::Booking;
use crate::index::Shelves;
use crate::zone::MINUTE;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const TWO: Text = Text {
    key: "scheduling.swap-two",
    fr: "Indiquez deux réservations différentes, « a » et « b », chacune avec « id » et « version ».",
    en: "Name two different bookings, \"a\" and \"b\", each with \"id\" and \"version\".",
    de: "Nennen Sie zwei verschiedene Buchungen, „a“ und „b“, je mit „id“ und „version“.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/swap",
        summary: "Two bookings change places",
        access: Access::SignedIn,
        handler: Arc::new(Swap(shelves)),
    }
}

struct Swap(Arc<Shelves>);

#[async_trait]
impl Handler for Swap {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let form = Form::read(&request.body)?;
        let named = |name: &str| {
            let one = form.json().get(name)?;
            let version = one.get("version").and_then(Json::as_number).and_then(|n| n.parse::<i64>().ok());
            Some((one.get_str("id")?.to_string(), version))
        };
        let (Some(a), Some(b)) = (named("a"), named("b")) else {
            return Err(Issue::error(Code::Value, TWO).at("a").into());
        };
        if a.0 == b.0 {
            return Err(Issue::error(Code::Value, TWO).at("b").into());
        }
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let pair = shelf.read(|index| -> Result<_> {
            Ok([booking(index, &a.0)?.clone(), booking(index, &b.0)?.clone()])
        })?;
        for (old, said) in pair.iter().zip([a.1, b.1]) {
            may_book(&cx, old.patient.as_deref()).await?;
            same_version(said, old.version)?;
        }
        let moves = [of(&pair[0], &pair[1]), of(&pair[1], &pair[0])];
        for wish in moves.iter().filter_map(|one| one.to.as_ref()) {
            ahead(wish.start, now)?;
        }
        let changes = match ready(&cx, &shelf, &moves).await? {
            Ready::Changes(changes) => changes,
            Ready::Clash(booking, clashes) => {
                return Ok(shelf.read(|index| conflict(&cx, &shelf, index, &booking, &clashes)));
            }
        };
        match save(&cx, "swap", changes).await? {
            Saved::Done(_) => {
                let told = told_all(&cx, &self.0, &[a.0, b.0]).await?;
                Ok(RouteReply::json(200, &Json::object([("bookings", Json::Array(told))])))
            }
            Saved::Refused(issues) => late_conflict(&cx, &self.0, &pair[0], issues).await,
        }
    }
}

fn of(one: &Booking, other: &Booking) -> Move {
    let wish = Wish {
        room: other.room.clone().unwrap_or_default(),
        start: other.start,
        minutes: (one.end - one.start) / MINUTE,
        cleaning: one.cleaning,
        team: Some(one.team.clone()),
    };
    Move { case: one.case.clone().unwrap_or_default(), booking: Some(one.id.clone()), to: Some(wish) }
}
