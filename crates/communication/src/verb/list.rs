//! `GET appointment-reminders?appointment=…|patient=…|state=held|planned|sent`: reminders, the next due first; those
//! that were sent, the latest first. For whoever may read the schedule of the patient.

use super::tell::{names, said, tell};
use crate::channel::{Channel, Channels};
use crate::element::parsed;
use crate::read::by_params;
use crate::reminder::Request;
use crate::words::WHICH;
use async_trait::async_trait;
use fhir::edit::instant;
use fhir::{Code, Issue, Json, ResourceType};
use policy::{Group, Verb};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result};

const SHOWN: usize = 100;
/// How far a list by state looks.
const DAYS: i64 = 60;
const DAY: i64 = 86_400_000;

pub(super) fn route(channels: &Arc<Channels>) -> Route {
    Route {
        method: Method::Get,
        path: "appointment-reminders",
        summary: "Reminders of appointments: planned, sent, or in want of a person",
        access: Access::SignedIn,
        handler: Arc::new(List(channels.clone())),
    }
}

struct List(Arc<Channels>);

/// The hub under the caller's name: who may read the schedule reads what is said about it, and nothing else of the
/// clinical record.
pub(super) fn hub(cx: &RouteCtx) -> Ctx {
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..cx.ctx.clone() }
}

/// # Errors
/// `Denied` for whoever may not read (or write) the schedule of that patient.
pub(super) async fn may(cx: &RouteCtx, verb: Verb, patient: Option<&str>) -> Result<()> {
    if cx.tenant.decide(&cx.ctx, verb, Group::Schedule, patient).await? {
        return Ok(());
    }
    cx.tenant.audit_refused(&cx.ctx, "reminders", patient.map(|id| (ResourceType::PATIENT, id))).await?;
    Err(Error::Denied)
}

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let asked = (request.query("appointment"), request.query("patient"), request.query("state"));
        let params = match asked {
            (Some(id), None, None) => vec![("based-on", format!("Appointment/{}", bare(id, "Appointment/")))],
            (None, Some(id), None) => vec![("patient", format!("Patient/{}", bare(id, "Patient/")))],
            (None, None, Some(state)) => by_state(state, now)?,
            _ => return Err(Issue::error(Code::Required, WHICH).into()),
        };
        if let Some(patient) = asked.1 {
            may(&cx, Verb::Read, Some(bare(patient, "Patient/"))).await?;
        }
        let hub = hub(&cx);
        let found = by_params(&cx.tenant, &hub, ResourceType::COMMUNICATION_REQUEST, &params).await?;
        let mut all = Vec::new();
        for visible in found {
            let Some(one) = Request::of(&visible.id, visible.version, parsed(&visible)?) else { continue };
            let patient = one.patient().map(str::to_string);
            if cx.tenant.decide(&cx.ctx, Verb::Read, Group::Schedule, patient.as_deref()).await? {
                all.push(one);
            }
        }
        let newest_first = asked.2 == Some("sent");
        all.sort_by_key(|one| {
            let at = one.at().unwrap_or(0);
            (if newest_first { -at } else { at }, one.id.clone())
        });
        let more = all.len() > SHOWN;
        all.truncate(SHOWN);
        let on = asked.1.map(|id| (ResourceType::PATIENT, bare(id, "Patient/")));
        cx.tenant.audit_operation(&cx.ctx, "reminders", on).await?;
        let (said, names) = (said(&cx, &hub, &all).await?, names(&cx, &all).await?);
        let items =
            all.iter().map(|one| tell(one, said.get(&one.id), one.patient().and_then(|id| names.get(id))));
        let ready = |way| Json::Bool(self.0.ready(cx.tenant.name(), way));
        Ok(RouteReply::json(
            200,
            &Json::object([
                ("items", Json::array(items)),
                ("more", Json::Bool(more)),
                ("mail", ready(Channel::Mail)),
                ("sms", ready(Channel::Sms)),
                ("simulator", Json::Bool(self.0.is_sample(cx.tenant.name()))),
            ]),
        ))
    }
}

fn by_state(state: &str, now: i64) -> Result<Vec<(&'static str, String)>> {
    let at = |ms: i64| instant(ms).as_str().unwrap_or_default().to_string();
    let since = ("occurrence", format!("ge{}", at(now - DAYS * DAY)));
    match state {
        "held" => Ok(vec![("status", "on-hold".into()), since]),
        "planned" => {
            Ok(vec![("status", "active".into()), ("occurrence", format!("le{}", at(now + 3 * DAY)))])
        }
        "sent" => {
            Ok(vec![("status", "completed".into()), ("occurrence", format!("ge{}", at(now - 7 * DAY)))])
        }
        _ => Err(Issue::error(Code::CodeInvalid, WHICH).at("state").into()),
    }
}

fn bare<'a>(id: &'a str, prefix: &str) -> &'a str {
    id.strip_prefix(prefix).unwrap_or(id)
}
