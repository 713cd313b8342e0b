//! `GET booking`: what a link shows, and who holds one. Without a pass it says how the link is: `{asks: "birthDate"}`.

use super::invitation::Invitation;
use super::rules::{Rule, holding};
use super::settings::Rules;
use super::venue::Venue;
use super::words::{ASK_DATE, EXPIRED, LOCKED, NOT_OFFERED, UNKNOWN, USED, WITHDRAWN};
use super::{HOUR, INVITATIONS, PASS, TOKEN};
use crate::booking::{Booking, Status};
use crate::element::{instant, text};
use crate::index::{Index, Shelf, Shelves};
use crate::secret::digest;
use crate::zone::{self, DAY};
use async_trait::async_trait;
use fhir::{Code, Json};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result};

const SECRET: usize = 64;

pub(super) fn route(shelves: &Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "booking",
        summary: "What a patient's link is for, and the appointment taken by it",
        access: Access::Open,
        handler: Arc::new(Show(shelves.clone())),
    }
}

struct Show(Arc<Shelves>);

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        if request.header(PASS).is_none() {
            let (_, _, invitation) = by_token(cx, &self.0, &request).await?;
            asked(&invitation)?;
            return Ok(RouteReply::json(200, &Json::object([("asks", text("birthDate"))])));
        }
        let guest = guest(cx, &self.0, &request).await?;
        Ok(RouteReply::json(200, &Json::object(guest.told().await?)))
    }
}

/// The appointment that a link took and that is to come.
pub(super) fn live<'i>(index: &'i Index, invitation: &Invitation, now: i64) -> Option<&'i Arc<Booking>> {
    index.bookings.get(&invitation.id).filter(|b| b.is_taking(now) && b.end > now)
}

/// Whether the appointment of a link is behind: it stays what it was, and the link takes no other.
pub(super) fn used(index: &Index, invitation: &Invitation, now: i64) -> bool {
    let was = |b: &Arc<Booking>| matches!(b.status, Status::Booked | Status::Arrived | Status::Fulfilled);
    index.bookings.get(&invitation.id).is_some_and(was) && live(index, invitation, now).is_none()
}

/// Whether the professional has seen that patient.
pub(super) fn seen_before(index: &Index, patient: &str, practitioner: &str, now: i64) -> bool {
    let came = |b: &&Arc<Booking>| {
        let status = matches!(b.status, Status::Booked | Status::Arrived | Status::Fulfilled);
        status && b.end <= now && b.patient.as_deref() == Some(patient)
    };
    index.bookings.values().filter(came).any(|b| b.team.iter().any(|m| m.who == practitioner))
}

/// Whoever holds the link acts as the hub, recorded under a name of its own.
///
/// # Errors
/// `Denied` without a link. `Refused` for one that is unknown (one that was cut is no other), and, since their bearer has
/// the secret, for one that is used, over or taken back.
pub(super) async fn by_token(
    cx: RouteCtx,
    shelves: &Shelves,
    request: &RouteRequest,
) -> Result<(RouteCtx, Arc<Shelf>, Invitation)> {
    // Without a link one is nobody here.
    let token = request.header(TOKEN).ok_or(Error::Denied)?;
    let unknown = || Error::refused(Code::NotFound, UNKNOWN);
    let token = Some(token).filter(|t| t.len() == SECRET).ok_or_else(unknown)?;
    let kept = cx.hub.vault(cx.tenant.name(), INVITATIONS, &digest(token)).await?;
    let invitation = kept.as_deref().and_then(Invitation::read).ok_or_else(unknown)?;
    if invitation.withdrawn {
        return Err(Error::refused(Code::Deleted, WITHDRAWN));
    }
    let (clock, ids) = (cx.ctx.clock.clone(), cx.ctx.ids.clone());
    let (lang, asked) = (cx.ctx.lang, cx.ctx.request);
    let ctx = Ctx { clock, ids, lang, request: asked, ..Ctx::system("self-booking") };
    let cx = RouteCtx { ctx, ..cx };
    let (shelf, now) = (shelves.fresh(&cx).await?, cx.ctx.clock.now_ms());
    if shelf.read(|index| used(index, &invitation, now)) {
        return Err(Error::refused(Code::Deleted, USED));
    }
    if invitation.until <= now && shelf.read(|index| live(index, &invitation, now).is_none()) {
        return Err(Error::refused(Code::Deleted, EXPIRED));
    }
    Ok((cx, shelf, invitation))
}

/// A patient who has opened a link.
///
/// # Errors
/// As [`by_token`]; `Refused` without the birth date or when nothing is offered any more.
pub(super) async fn guest(cx: RouteCtx, shelves: &Shelves, request: &RouteRequest) -> Result<Guest> {
    let (cx, shelf, invitation) = by_token(cx, shelves, request).await?;
    let said = request.header(PASS).filter(|p| p.len() == SECRET).map(digest);
    let now = cx.ctx.clock.now_ms();
    let holds = |(pass, until): &(String, i64)| said.as_ref() == Some(pass) && now < *until;
    if !invitation.pass.as_ref().is_some_and(holds) {
        asked(&invitation)?;
        return Err(Error::refused(Code::Forbidden, ASK_DATE));
    }
    Guest::of(cx, shelf, invitation).await
}

/// Whether the birth date may still be said.
fn asked(invitation: &Invitation) -> Result<()> {
    if invitation.tries > 0 { Ok(()) } else { Err(Error::refused(Code::Forbidden, LOCKED)) }
}

pub(super) struct Guest {
    pub cx: RouteCtx,
    pub shelf: Arc<Shelf>,
    pub invitation: Invitation,
    pub rule: Rule,
    pub now: i64,
}

impl Guest {
    /// # Errors
    /// `Refused` when the clinic offers this no more.
    pub async fn of(cx: RouteCtx, shelf: Arc<Shelf>, invitation: Invitation) -> Result<Guest> {
        let rules = Rules::read(&cx).await?;
        let rule = holding(&rules.all, &invitation.kind, &invitation.practitioner).cloned();
        let rule = rule.ok_or_else(|| Error::refused(Code::Forbidden, NOT_OFFERED))?;
        let now = cx.ctx.clock.now_ms();
        Ok(Guest { cx, shelf, invitation, rule, now })
    }

    /// The first and the last moment at which an appointment may begin.
    pub fn reach(&self) -> (i64, i64) {
        let last = zone::plus(zone::day_of(self.now), self.rule.ahead + 1);
        (self.now + self.rule.notice * HOUR, zone::midnight(last) - 1)
    }

    /// How a calendar knows the appointment again; it says nothing of the record's own names.
    fn uid(&self) -> String {
        let mut uid = digest(&format!("calendar {}", self.invitation.id));
        uid.truncate(32);
        uid
    }

    /// Whether an appointment may still be moved or cancelled.
    pub fn can(&self, booking: &Booking) -> bool {
        booking.status == Status::Booked && booking.start - self.rule.cancel * HOUR > self.now
    }

    /// What the patient is told: one's own appointment, where it is and what to bring, and nothing of anybody else.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn told(&self) -> Result<Vec<(&'static str, Json<'static>)>> {
        let (from, to) = self.reach();
        let (name, appointment, room) = self.shelf.read(|index| {
            let own = live(index, &self.invitation, self.now);
            let room = own.and_then(|b| b.room.clone());
            let own = own.map_or(Json::Null, |b| {
                Json::object([
                    ("start", instant(b.start)),
                    ("end", instant(b.end)),
                    ("version", Json::integer(i64::try_from(b.version).unwrap_or(i64::MAX))),
                    ("can", Json::Bool(self.can(b))),
                ])
            });
            (index.name(&self.invitation.practitioner), own, room)
        });
        let venue = Venue::of(&self.cx, &self.shelf, &self.invitation.practitioner, room).await?;
        Ok(vec![
            ("type", text(&self.invitation.kind)),
            ("practitionerName", text(name)),
            ("minutes", Json::integer(self.rule.minutes)),
            ("from", text(zone::day_of(from).to_string())),
            ("to", text(zone::day_of(to.max(from).min(from + 366 * DAY)).to_string())),
            ("until", instant(self.invitation.until)),
            ("zone", text(zone::NAME)),
            ("place", venue.map_or(Json::Null, |venue| venue.json())),
            ("bring", self.rule.bring.json()),
            ("uid", text(self.uid())),
            ("appointment", appointment),
        ])
    }
}
