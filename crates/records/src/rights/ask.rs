//! `POST patients/{id}/data-requests`: the patient asks for rectification, erasure or restriction. Erasure that
//! the law forbids is refused at once, with the day until which it does; the refusal is recorded.

use super::retention::{day_of, keep_until, text};
use super::task::{Kind, REQUESTS, Request, told};
use crate::person::patient_read;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::date::{civil_from_days, days_from_civil};
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Actor, Ctx, Error, Result, Role, Write};

const DAY: i64 = 86_400_000;
/// Requests of one patient that may wait at once.
const OPEN_MAX: usize = 20;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/data-requests",
        summary: "Records a patient's request for rectification, erasure or restriction",
        access: Access::SignedIn,
        handler: Arc::new(AskData),
    }
}

struct AskData;

#[async_trait]
impl Handler for AskData {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        let mut form = Form::read(&request.body)?;
        let kind = form.required_choice("kind", &Kind::ALL);
        let wanted = form.required("text", 10_000);
        form.finish()?;
        let Some(kind) = kind else { return Err(Error::NotFound) };
        let found = patient_read(&cx, patient).await?;
        few(&cx, patient).await?;
        let now = cx.ctx.clock.now_ms();
        let kept_until = match kind {
            Kind::Erasure => kept(&cx, patient, &found.body, now).await?,
            Kind::Rectification | Kind::Restriction => None,
        };
        let asked = Request {
            id: cx.ctx.ids.uuid(),
            patient,
            kind,
            text: &wanted,
            by: cx.ctx.actor.person.as_deref(),
            now,
            due: month_after(now),
            kept_until,
        };
        let id = asked.id.to_string();
        let task = asked.into_json();
        let body = Bytes::from(task.to_vec());
        let write = Write::Update { rt: ResourceType::TASK, id, body, if_match: None, if_none_match: true };
        cx.tenant.commit(&writing(&cx), vec![write]).await?;
        Ok(RouteReply::json(201, &told(&task, cx.ctx.lang).unwrap_or(Json::Null)))
    }
}

/// A patient whose requests wait in numbers gets no further one in: nobody could answer them.
async fn few(cx: &RouteCtx, patient: &str) -> Result<()> {
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    let ctx = Ctx { actor: Arc::new(actor), grant: Arc::default(), ..cx.ctx.clone() };
    let params = [
        ("patient", format!("Patient/{patient}")),
        ("code", format!("{REQUESTS}|")),
        ("status", "requested,in-progress".into()),
        ("_count", OPEN_MAX.to_string()),
    ];
    let params = params.into_iter().map(|(n, v): (&str, String)| (n.to_string(), v)).collect();
    let request = SearchRequest { rt: Some(ResourceType::TASK), params, ..SearchRequest::default() };
    if cx.tenant.search(&ctx, &request).await?.entries.len() < OPEN_MAX {
        return Ok(());
    }
    Err(Issue::error(Code::TooCostly, MANY_OPEN).arg("max", OPEN_MAX).into())
}

const MANY_OPEN: Text = Text {
    key: "rights.many-open",
    fr: "{max} demandes de ce patient attendent déjà une réponse : ajoutez votre texte à l'une d'elles, ou attendez qu'elles soient traitées.",
    en: "{max} requests of this patient already wait for an answer: add to one of them, or wait until they are settled.",
    de: "{max} Anträge dieses Patienten warten bereits auf Antwort: Ergänzen Sie einen davon, oder warten Sie, bis sie erledigt sind.",
};

/// A patient may ask though no policy lets patients write Tasks: that the record is theirs, the reading above
/// has shown. Others write under their own rights.
fn writing(cx: &RouteCtx) -> Ctx {
    let portal = cx.ctx.actor.roles == [Role::Patient];
    let actor = Actor { system: portal || cx.ctx.actor.system, ..(*cx.ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..cx.ctx.clone() }
}

/// The day until which the law has the record kept, if that is to come.
async fn kept(cx: &RouteCtx, patient: &str, body: &[u8], now: i64) -> Result<Option<String>> {
    let json = fhir::json::parse(body).map_err(|_| Error::Corrupt("a stored Patient".into()))?;
    let date = |name: &str| json.get_str(name).and_then(fhir::date::parse).map(|moment| day_of(moment.lo_ms));
    // Who registered was there; without any stay that is the last visit.
    let visit = last_visit(cx, patient).await?.unwrap_or(now);
    let until = keep_until(day_of(visit), date("birthDate"), date("deceasedDateTime"));
    Ok((until >= day_of(now)).then(|| text(until)))
}

/// When the newest stay began, ms since epoch: it alone decides, whoever asks, so the hub looks for it.
async fn last_visit(cx: &RouteCtx, patient: &str) -> Result<Option<i64>> {
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    let ctx = Ctx { actor: Arc::new(actor), grant: Arc::default(), ..cx.ctx.clone() };
    let params =
        [("patient", format!("Patient/{patient}")), ("_sort", "-date".into()), ("_count", "1".into())];
    let params = params.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    let request = SearchRequest { rt: Some(ResourceType::ENCOUNTER), params, ..SearchRequest::default() };
    let found = cx.tenant.search(&ctx, &request).await?.entries.pop();
    let json = found.as_ref().and_then(|f| fhir::json::parse(&f.visible.body).ok());
    let period = json.as_ref().and_then(|j| j.get("period"));
    let end = period.and_then(|p| p.get_str("end").or_else(|| p.get_str("start")));
    Ok(end.and_then(fhir::date::parse).map(|moment| moment.lo_ms))
}

/// The same day of the next month, or its last day.
fn month_after(now: i64) -> i64 {
    let (year, month, day) = civil_from_days(day_of(now));
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let last = days_from_civil(next_year, next_month, 1) - 1;
    let same = days_from_civil(year, month, 1) + i64::from(day) - 1;
    same.min(last) * DAY + now.rem_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::month_after;

    #[test]
    fn a_month_is_a_month() {
        let next = |text: &str| fhir::date::date_format(month_after(fhir::date::parse(text).unwrap().lo_ms));
        assert_eq!(next("2026-11-22"), "2026-12-22");
        assert_eq!(next("2026-12-31"), "2027-01-31");
        assert_eq!(next("2026-01-31"), "2026-02-28");
        assert_eq!(next("2027-11-30"), "2027-12-30");
    }
}
