//! `POST theatre/check`: whether a case can be there, without writing anything; where else if not.

use super::save::stored;
use super::tell::Teller;
use super::who::{Names, staff};
use super::wish::{Said, Wish, case, check, check_move, complete, nearest};
use crate::booking::Booking;
use crate::booking::clash::Clash;
use crate::case::Case;
use crate::duration::Durations;
use crate::element::{instant, text};
use crate::index::{Index, Shelf, Shelves};
use crate::plan::offers::Offer;
use crate::scenario::{self, Subject, World, ask};
use crate::zone::MINUTE;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const NO_BOOKING: Text = Text {
    key: "scheduling.no-booking",
    fr: "Cette réservation n'existe plus. Rouvrez le planning.",
    en: "This booking does not exist any more. Open the board again.",
    de: "Diese Buchung gibt es nicht mehr. Öffnen Sie den Plan neu.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/check",
        summary: "Whether a case can be in a room at a time",
        access: Access::SignedIn,
        handler: Arc::new(Check(shelves)),
    }
}

struct Check(Arc<Shelves>);

/// The case of a booking; of an old one, what the booking itself says of it.
pub(crate) fn case_of(index: &Index, booking: &Booking) -> Arc<Case> {
    let known = booking.case.as_ref().and_then(|c| index.cases.get(c));
    known.cloned().unwrap_or_else(|| Arc::new(Case::of_booking(booking)))
}

/// # Errors
/// When there is no such booking.
pub(crate) fn booking<'a>(index: &'a Index, id: &str) -> Result<&'a Arc<Booking>> {
    index.bookings.get(id).ok_or_else(|| Issue::error(Code::NotFound, NO_BOOKING).at("booking").into())
}

#[async_trait]
impl Handler for Check {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let mut form = Form::read(&request.body)?;
        if let Some(id) = form.text("scenario", 40) {
            return in_scenario(&cx, &shelf, &scenario::open(&cx, &id).await?, form).await;
        }
        let (what, moving) = (form.text("case", 100), form.text("booking", 100));
        let json = match &moving {
            Some(id) => Some(stored(&cx, id).await?),
            None => None,
        };
        let told = shelf.read(|index| -> Result<Json<'static>> {
            let durations = Durations::new(&shelf, index);
            let said = Said::read(&mut form, index);
            form.finish()?;
            let (of, old, wish) = match &moving {
                Some(id) => {
                    let old = booking(index, id)?;
                    (case_of(index, old), Some(old), complete(said.of_booking(old))?)
                }
                None => {
                    let case = case(index, what.as_deref().unwrap_or_default())?;
                    (case.clone(), None, complete(said.of_case(case, &durations))?)
                }
            };
            let checked = match (old, &json) {
                (Some(old), Some((json, _))) => check_move(index, (old, json), &wish, now, &|_| false),
                _ => check(index, &of, None, &wish, now),
            };
            let offers = match checked.clashes.is_empty() {
                true => Vec::new(),
                false => nearest(index, &durations, &of, (old, &wish), now),
            };
            Ok(tell(&cx, index, &wish, &checked.booking, (&checked.clashes, &offers)))
        })?;
        Ok(RouteReply::json(200, &told))
    }
}

/// The same question about the plan as a scenario has it.
async fn in_scenario(cx: &RouteCtx, shelf: &Shelf, world: &World, mut form: Form<'_>) -> Result<RouteReply> {
    let subject = Subject::read(&mut form);
    let json = subject.stored(cx).await?;
    let asked = ask(cx, shelf, world, (&subject, json.as_ref()), (&mut form, false))?;
    let told = shelf.read(|index| {
        let wish = asked.planned.what.to.as_ref();
        wish.map(|wish| tell(cx, index, wish, &asked.booking, (&asked.clashes, &asked.offers)))
    });
    Ok(RouteReply::json(200, &told.unwrap_or(Json::Null)))
}

fn tell(
    cx: &RouteCtx,
    index: &Index,
    wish: &Wish,
    booking: &Booking,
    (clashes, offers): (&[Clash], &[Offer]),
) -> Json<'static> {
    let teller = Teller { index, names: &Names::new(), lang: cx.ctx.lang };
    Json::object([
        ("ok", Json::Bool(clashes.is_empty())),
        ("room", text(&wish.room)),
        ("start", instant(wish.start)),
        ("end", instant(wish.start + wish.minutes * MINUTE)),
        ("minutes", Json::integer(wish.minutes)),
        ("team", teller.team(&booking.team)),
        ("conflicts", teller.conflicts(clashes)),
        ("offers", teller.offers(offers)),
    ])
}
