//! One request that is due: whether it still holds, by which way, and what became of it.

use super::said::{SaidRecord, Stand, said_id};
use crate::channel::{Channel, Channels, NotTaken, Said};
use crate::contact::Contact;
use crate::element::{id_of, refers};
use crate::place::Site;
use crate::read::one;
use crate::reminder::{MOVED, Request, State, Visit};
use crate::words::{Facts, say};
use fhir::{Json, ResourceType};
use jiff::civil::time;
use service::{RoundCtx, wall_clock};
use store::{Error, Result, Write};

const MINUTE: i64 = 60_000;
/// Merges of merges that are followed.
const MERGES_MAX: usize = 8;
/// A claim this old is that of a program that has ended: no channel takes so long.
const CLAIM: i64 = 10 * MINUTE;
/// Waits after each attempt that was not taken; the last one repeats until the appointment.
const WAITS: [i64; 6] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE, 12 * 60 * MINUTE];
/// No telephone rings before and after these hours of the clinic's clock.
const QUIET_UNTIL: i8 = 8;
const QUIET_FROM: i8 = 20;

/// Whether something was moved.
///
/// # Errors
/// The store's.
pub(super) async fn serve(
    cx: &RoundCtx,
    channels: &Channels,
    title: &str,
    mut request: Request,
) -> Result<bool> {
    let now = cx.now_ms();
    let appointment = match request.appointment() {
        Some(id) => one(&cx.tenant, &cx.ctx, ResourceType::APPOINTMENT, id).await?,
        None => None,
    };
    let visit = appointment.as_ref().and_then(|(_, json)| Visit::of(json));
    let holds = |v: &Visit| request.start() == Some(v.start) && request.patient() == Some(&v.patient);
    let (Some((_, appointment)), Some(visit)) = (&appointment, visit.filter(holds)) else {
        return end(cx, request, State::Cancelled, MOVED).await;
    };
    if now >= visit.start {
        return end(cx, request, State::Cancelled, "late").await;
    }
    if request.step().is_some_and(|step| step.is_overtaken(&visit, now)) {
        return end(cx, request, State::Cancelled, "overtaken").await;
    }
    let patient = survivor(cx, &visit.patient).await?;
    let Some(contact) = patient.map(|json| Contact::of(&json, now)).filter(|contact| !contact.silent) else {
        return end(cx, request, State::Cancelled, "silent").await;
    };
    let wished = request.channel().unwrap_or(Channel::Mail);
    let mut ways = [wished, wished.other()].into_iter().filter(|way| {
        channels.ready(cx.tenant.name(), *way)
            && !request.was_refused(*way)
            && contact.reached_by(*way).is_some()
    });
    let Some(mut way) = ways.next() else {
        let reason = unreached(cx, channels, &contact, &request);
        return end(cx, request, State::Held, reason).await;
    };
    if way == Channel::Sms
        && let Some(morning) = quiet_until(now)
    {
        match ways.next() {
            _ if morning < visit.start => {
                request.set_at(morning);
                return commit(cx, vec![request.write()]).await;
            }
            Some(other) => way = other,
            None => return end(cx, request, State::Held, "night").await,
        }
    }
    let Some(to) = contact.reached_by(way) else { return Ok(false) };
    let site = Site::of(&cx.tenant, &cx.ctx, appointment).await?;
    let facts =
        Facts { clinic: title, start: visit.start, kind: visit.kind, site: &site, lang: contact.lang };
    hand_over(cx, channels, request, way, to, visit.start, &say(way, &facts)).await
}

/// Claims, hands over, and notes what became of it. It is tried until the appointment starts.
async fn hand_over(
    cx: &RoundCtx,
    channels: &Channels,
    mut request: Request,
    way: Channel,
    to: &str,
    start: i64,
    message: &Said,
) -> Result<bool> {
    let now = cx.now_ms();
    let Some(mut said) = claim(cx, &mut request, way, now).await? else { return Ok(false) };
    match channels.send(cx.tenant.name(), way, to, message, &said.id).await {
        Ok(()) => {
            said.done(message, now);
            request.set_state(State::Sent, None);
        }
        Err(NotTaken::Refused) => {
            said.wait();
            request.refused(way);
        }
        Err(NotTaken::Later) => {
            said.wait();
            let tried = usize::try_from(said.attempts()).unwrap_or(0).saturating_sub(1);
            let next = now + WAITS[tried.min(WAITS.len() - 1)];
            if next < start {
                request.set_at(next);
            } else {
                request.set_state(State::Held, Some("not-taken"));
            }
        }
    }
    commit(cx, vec![said.write(), request.write()]).await
}

/// The record that a patient's was merged into; the appointments of the old one stay where they were.
async fn survivor(cx: &RoundCtx, id: &str) -> Result<Option<Json<'static>>> {
    let mut at = id.to_string();
    for _ in 0..MERGES_MAX {
        let Some((_, json)) = one(&cx.tenant, &cx.ctx, ResourceType::PATIENT, &at).await? else {
            return Ok(None);
        };
        let replaced = json.each("link").find(|link| link.get_str("type") == Some("replaced-by"));
        let other = replaced.and_then(|link| id_of(refers(link, "other")?, ResourceType::PATIENT));
        let Some(other) = other.map(str::to_string) else { return Ok(Some(json)) };
        at = other;
    }
    Ok(None)
}

/// Takes the request for this program alone. `None`: somebody else has it, or it was said.
async fn claim(cx: &RoundCtx, request: &mut Request, way: Channel, now: i64) -> Result<Option<SaidRecord>> {
    let id = said_id(&request.id);
    let found = one(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION, &id).await?;
    let mut said = match found {
        None => SaidRecord::new(request),
        Some((version, json)) => SaidRecord { id, version: Some(version), json },
    };
    match said.stand() {
        Stand::Waiting => {}
        Stand::Claimed if said.claimed_at().is_some_and(|at| now < at + CLAIM) => return Ok(None),
        Stand::Claimed | Stand::Doubt => {
            said.doubt();
            request.set_state(State::Held, Some("doubt"));
            commit(cx, vec![said.write(), request.write()]).await?;
            return Ok(None);
        }
        Stand::Said => {
            request.set_state(State::Sent, None);
            commit(cx, vec![request.write()]).await?;
            return Ok(None);
        }
    }
    said.claim(way, now);
    match cx.tenant.commit(&cx.ctx, vec![said.write()]).await {
        Ok(outcomes) => {
            said.version = outcomes.first().map(|one| one.version);
            Ok(Some(said))
        }
        Err(error) if is_lost(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Why nobody can be told.
fn unreached(cx: &RoundCtx, channels: &Channels, contact: &Contact, request: &Request) -> &'static str {
    if Channel::ALL.into_iter().any(|way| request.was_refused(way)) {
        return "address-refused";
    }
    let known = |way: Channel| match way {
        Channel::Mail => contact.mail.is_some(),
        Channel::Sms => contact.mobile.is_some(),
    };
    let usable = Channel::ALL.into_iter().filter(|way| known(*way));
    if usable.clone().any(|way| contact.refuses.contains(&way) && channels.ready(cx.tenant.name(), way)) {
        return "refused";
    }
    match (usable.count(), contact.landline) {
        (0, true) => "landline",
        (0, false) => "no-contact",
        _ => "not-set-up",
    }
}

/// The end of the night, if it is night now.
fn quiet_until(now: i64) -> Option<i64> {
    let local = wall_clock::local(now);
    let (day, hour) = (local.date(), local.time().hour());
    let morning = |day| wall_clock::at(day, time(QUIET_UNTIL, 0, 0, 0));
    match hour {
        _ if hour < QUIET_UNTIL => Some(morning(day)),
        _ if hour >= QUIET_FROM => Some(morning(wall_clock::plus(day, 1))),
        _ => None,
    }
}

async fn end(cx: &RoundCtx, mut request: Request, state: State, reason: &'static str) -> Result<bool> {
    request.set_state(state, Some(reason));
    commit(cx, vec![request.write()]).await
}

/// A change that somebody else made first is theirs: the next round sees it.
async fn commit(cx: &RoundCtx, writes: Vec<Write>) -> Result<bool> {
    match cx.tenant.commit(&cx.ctx, writes).await {
        Ok(_) => Ok(true),
        Err(error) if is_lost(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_lost(error: &Error) -> bool {
    matches!(error, Error::VersionConflict { .. } | Error::NotFound | Error::Gone { .. })
}
