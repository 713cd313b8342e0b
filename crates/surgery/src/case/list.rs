//! `GET surgeries?status=&surgeon=&from=&to=&patient=` (also `medical/surgeries`) and
//! `GET patients/{id}/surgeries`: cases, the newest first. The days are those of the booking, else of the target.

use super::element::{SNOMED, SURGERY, all};
use super::whole::Whole;
use super::{schedule_part, tell, zone};
use crate::status::Status;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const TOLD_MAX: usize = 500;

pub(super) fn routes() -> Vec<Route> {
    let one = |path, summary| Route {
        method: Method::Get,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(List),
    };
    vec![
        one("surgeries", "Surgical cases"),
        one("medical/surgeries", "Surgical cases"),
        one("patients/{id}/surgeries", "Surgical cases of a patient"),
    ]
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let of = |name: &str| request.query(name).filter(|v| !v.is_empty());
        let patient = Some(request.param("id")).filter(|id| !id.is_empty()).or_else(|| of("patient"));
        let mut query = vec![("category", format!("{SNOMED}|{SURGERY}"))];
        if let Some(id) = patient {
            let id = id.strip_prefix("Patient/").unwrap_or(id);
            // A person who may not know the patient is told so.
            cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
            query.push(("patient", format!("Patient/{id}")));
        }
        let statuses: Option<Vec<Status>> = of("status").map(|text| {
            let named = |name: &str| Status::ALL.iter().find(|(n, _)| *n == name).map(|(_, s)| *s);
            text.split(',').filter_map(named).collect()
        });
        // What is over is found by what is stored of it: years of it are not opened for the open ones.
        if statuses
            .as_ref()
            .is_some_and(|s| !s.contains(&Status::Completed) && !s.contains(&Status::Cancelled))
        {
            query.push(("status", "active,draft,on-hold".into()));
        }
        let day = |name: &str| of(name).and_then(|text| text.parse::<Date>().ok());
        let (from, to, surgeon) = (day("from"), day("to"), of("surgeon"));
        let found = all(&cx, ResourceType::SERVICE_REQUEST, &query).await?;
        let planned = schedule_part::rest(&cx, &query, &found).await?;
        let mut cases = Whole::of_all(&cx, found).await?;
        cases.extend(planned);
        cases.retain(|case| {
            let when = when(case);
            statuses.as_ref().is_none_or(|all| all.contains(&case.status()))
                && surgeon.is_none_or(|s| case.surgeon().is_some_and(|(who, _)| who.ends_with(s)))
                && from.is_none_or(|from| when.is_some_and(|day| day >= from))
                && to.is_none_or(|to| when.is_some_and(|day| day <= to))
        });
        cases.sort_by_key(|case| std::cmp::Reverse(when(case)));
        let told = cases.iter().take(TOLD_MAX).map(tell::surgery);
        Ok(RouteReply::json(200, &Json::object([("surgeries", Json::array(told))])))
    }
}

fn when(case: &Whole) -> Option<Date> {
    if let Some((start, _)) = case.planned() {
        return Some(zone::day_of(start));
    }
    let target = case.json.get("occurrencePeriod").and_then(|p| p.get_str("end"));
    let said = target.or_else(|| case.json.get_str("occurrenceDateTime"));
    said.and_then(super::element::ms).map(zone::day_of)
}
