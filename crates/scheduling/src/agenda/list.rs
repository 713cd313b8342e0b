//! `GET appointments?from=&to=&practitioner=&facility=` and `GET patients/{id}/appointments`.

use super::tell;
use crate::booking::{Booking, Status};
use crate::index::Shelves;
use crate::suite::board::days;
use crate::suite::who::{names, staff};
use crate::zone::{self, DAY};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

const DAYS_MAX: i64 = 62;
const TOLD_MAX: usize = 2_000;

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |path, summary| Route {
        method: Method::Get,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(List(shelves.clone())),
    };
    vec![
        route("appointments", "Appointments of some days"),
        route("patients/{id}/appointments", "Appointments of a patient"),
    ]
}

struct List(Arc<Shelves>);

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = Some(request.param("id")).filter(|id| !id.is_empty());
        let now = cx.ctx.clock.now_ms();
        match patient {
            // The store says whether the caller may know of them.
            Some(id) => {
                cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
            }
            None => staff(&cx).await?,
        }
        let (from, until) = match patient {
            Some(_) => (now - 365 * DAY, now + 400 * DAY),
            None => {
                let (from, to) = days(&request, now, DAYS_MAX)?;
                (zone::midnight(from), zone::midnight(zone::plus(to, 1)))
            }
        };
        let shelf = self.0.fresh(&cx).await?;
        let found: Vec<Arc<Booking>> = shelf.read(|index| {
            let practitioner = request.query("practitioner").filter(|p| !p.is_empty());
            let facility = request.query("facility").and_then(|f| index.facility(f));
            let wanted = |b: &&Arc<Booking>| {
                let site = b.room.as_deref().and_then(|r| crate::plan::facility_of(index, r));
                let shown = !matches!(b.status, Status::Cancelled | Status::Proposed | Status::Waiting);
                shown
                    && !b.is_lapsed(now)
                    && practitioner.is_none_or(|p| b.team.iter().any(|m| m.who == p))
                    && patient.is_none_or(|p| b.patient.as_deref() == Some(p))
                    && (facility.is_none() || site.is_none() || site == facility)
            };
            index.between(from, until).filter(wanted).take(TOLD_MAX).cloned().collect()
        });
        let ids: BTreeSet<String> = found.iter().filter_map(|b| b.patient.clone()).collect();
        let names = names(&cx, &ids).await?;
        let on = patient.map(|id| (ResourceType::PATIENT, id));
        cx.tenant.audit_operation(&cx.ctx, "appointments", on).await?;
        let told = shelf.read(|index| found.iter().map(|b| tell(index, &names, b)).collect::<Vec<_>>());
        Ok(RouteReply::json(200, &Json::object([("appointments", Json::Array(told))])))
    }
}
