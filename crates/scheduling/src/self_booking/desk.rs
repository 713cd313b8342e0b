//! `agenda/invitations`: links for patients, made, listed and taken back by the desk.

use super::INVITATIONS;
use super::invitation::{Invitation, TRIES};
use super::rules::holding;
use super::settings::Rules;
use super::visit::{live, seen_before, used};
use super::words::{NO_BIRTH_DATE, NOT_KNOWN, NOT_OFFERED, TOO_MANY};
use crate::booking::Status;
use crate::element::{instant, text};
use crate::index::{Index, Shelves};
use crate::secret::{self, digest};
use crate::suite::who::{may_book, staff};
use crate::suite::wish::whole;
use crate::zone::DAY;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// Links of one patient at a time.
const EACH_MAX: usize = 5;
const DAYS: i64 = 14;

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Desk { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Get, "agenda/invitations", "Links by which patients book", Verb::List),
        route(Method::Post, "agenda/invitations", "Makes a link; its secret is told once", Verb::Make),
        route(Method::Delete, "agenda/invitations/{id}", "Takes a link back", Verb::Delete),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Delete,
}

struct Desk {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Desk {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        match self.verb {
            Verb::List => self.list(&cx, &request).await,
            Verb::Make => self.make(&cx, &request).await,
            Verb::Delete => delete(&cx, &request).await,
        }
    }
}

/// Those that were not taken back.
async fn all(cx: &RouteCtx) -> Result<Vec<Invitation>> {
    let all = cx.hub.vault_list(cx.tenant.name(), INVITATIONS).await?;
    Ok(all.iter().filter_map(|bytes| Invitation::read(bytes)).filter(|i| !i.withdrawn).collect())
}

impl Desk {
    /// Of one patient, whose schedule the caller keeps.
    async fn list(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        staff(cx).await?;
        let patient = request.query("patient").unwrap_or_default().trim_start_matches("Patient/");
        may_book(cx, Some(patient)).await?;
        let mut own = all(cx).await?;
        own.retain(|i| i.patient == patient);
        own.sort_by(|a, b| (b.created, &b.id).cmp(&(a.created, &a.id)));
        let (shelf, now) = (self.shelves.fresh(cx).await?, cx.ctx.clock.now_ms());
        let told = shelf.read(|index| Json::array(own.iter().map(|i| Json::object(tell(index, i, now)))));
        Ok(RouteReply::json(200, &Json::object([("invitations", told)])))
    }

    async fn make(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let patient = form.required("patient", 100).trim_start_matches("Patient/").to_string();
        let (kind, practitioner) = (form.required("type", 100), form.required("practitioner", 100));
        let days = whole(&mut form, "days", 1, 90).unwrap_or(DAYS);
        form.finish()?;
        may_book(cx, Some(&patient)).await?;
        let (shelf, now) = (self.shelves.fresh(cx).await?, cx.ctx.clock.now_ms());
        let rules = Rules::read(cx).await?;
        let known = shelf.read(|index| index.people.contains_key(&practitioner));
        let rule = holding(&rules.all, &kind, &practitioner).filter(|_| known);
        let rule =
            rule.ok_or_else(|| Error::from(Issue::error(Code::BusinessRule, NOT_OFFERED).at("type")))?;
        if rule.known && !shelf.read(|index| seen_before(index, &patient, &practitioner, now)) {
            return Err(Issue::error(Code::BusinessRule, NOT_KNOWN).at("patient").into());
        }
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, &patient).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Patient".into()))?;
        if json.get_str("birthDate").is_none_or(|date| date.len() != 10) {
            return Err(Issue::error(Code::BusinessRule, NO_BIRTH_DATE).at("patient").into());
        }
        if all(cx).await?.iter().filter(|i| i.patient == patient).count() >= EACH_MAX {
            return Err(Issue::error(Code::BusinessRule, TOO_MANY).at("patient").arg("max", EACH_MAX).into());
        }
        let token = secret::fresh()?;
        let invitation = Invitation {
            id: cx.ctx.ids.uuid().to_string(),
            digest: digest(&token),
            patient,
            kind,
            practitioner,
            created: now,
            until: now + days * DAY,
            tries: TRIES,
            pass: None,
            withdrawn: false,
        };
        // What was booked on its last day can still be cancelled until then.
        let over = invitation.until + (rule.ahead + 1) * DAY;
        let bytes = invitation.json().to_vec();
        cx.hub.vault_put(cx.tenant.name(), INVITATIONS, &invitation.digest, Some(over), &bytes).await?;
        let on = Some((ResourceType::PATIENT, invitation.patient.as_str()));
        cx.tenant.audit_operation(&cx.ctx, "self-booking-invite", on).await?;
        let told = shelf.read(|index| tell(index, &invitation, now));
        Ok(RouteReply::json(201, &Json::object(told.into_iter().chain([("token", text(token))]))))
    }
}

async fn delete(cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
    staff(cx).await?;
    let all = all(cx).await?;
    let found = all.iter().find(|i| i.id == request.param("id")).ok_or(Error::NotFound)?;
    may_book(cx, Some(&found.patient)).await?;
    if !Invitation::change(cx, &found.digest, Invitation::withdraw).await? {
        return Err(Error::NotFound);
    }
    let on = Some((ResourceType::PATIENT, found.patient.as_str()));
    cx.tenant.audit_operation(&cx.ctx, "self-booking-invite-end", on).await?;
    Ok(RouteReply::empty(204))
}

/// As the desk sees it: never its secret.
fn tell(index: &Index, i: &Invitation, now: i64) -> Vec<(&'static str, Json<'static>)> {
    let booking = live(index, i, now);
    let cancelled = index.bookings.get(&i.id).is_some_and(|b| b.status == Status::Cancelled);
    let state = match () {
        () if booking.is_some() => "booked",
        () if used(index, i, now) => "used",
        () if i.tries == 0 => "locked",
        () if i.until <= now => "expired",
        () if cancelled => "cancelled",
        () => "open",
    };
    let appointment =
        booking.map_or(Json::Null, |b| Json::object([("start", instant(b.start)), ("end", instant(b.end))]));
    vec![
        ("id", text(&i.id)),
        ("patient", text(&i.patient)),
        ("type", text(&i.kind)),
        ("practitioner", text(&i.practitioner)),
        ("practitionerName", text(index.name(&i.practitioner))),
        ("created", instant(i.created)),
        ("until", instant(i.until)),
        ("state", text(state)),
        ("appointment", appointment),
    ]
}
