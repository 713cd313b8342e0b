//! `GET theatre/waiting?facility=&surgeon=`: the cases that nobody has booked yet, the most pressing first.

use super::tell::Teller;
use super::who::{names, staff};
use crate::case::Case;
use crate::duration::Durations;
use crate::index::{Index, Shelves};
use crate::plan::{facility_of, minutes};
use crate::zone;
use async_trait::async_trait;
use fhir::Json;
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

const TOLD_MAX: usize = 500;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/waiting",
        summary: "Surgical cases that wait for a place",
        access: Access::SignedIn,
        handler: Arc::new(Waiting(shelves)),
    }
}

struct Waiting(Arc<Shelves>);

/// Open cases of a site (or of all) without a booking.
pub(crate) fn waits<'a>(index: &'a Index, facility: Option<&str>, now: i64) -> Vec<&'a Arc<Case>> {
    let mut all = all_that_wait(index, facility, now);
    all.truncate(TOLD_MAX);
    all
}

/// The same, however many they are.
pub(crate) fn all_that_wait<'a>(index: &'a Index, facility: Option<&str>, now: i64) -> Vec<&'a Arc<Case>> {
    let here = |case: &Case| {
        let mut sites = case.wanted.iter().filter_map(|w| facility_of(index, w)).peekable();
        facility.is_none_or(|f| sites.peek().is_none() || sites.any(|site| site == f))
    };
    let open = index.cases.values().filter(|case| case.is_open() && here(case));
    let begun = |case: &Case| index.courses.get(&case.what).is_some_and(|c| c.status != "cancelled");
    let mut all: Vec<_> =
        open.filter(|case| index.booking_of(&case.what, now).is_none() && !begun(case)).collect();
    all.sort_by_key(|case| pressing(case, zone::day_of(now)));
    all
}

/// Least first: the urgent before the others, then by how late the target is.
pub(crate) fn pressing(case: &Case, today: Date) -> (i64, i64, String) {
    let urgency = match case.urgency {
        "immediate" => 0,
        "urgent" => 1,
        _ => 2,
    };
    (urgency, -case.late(today).unwrap_or(-3_650), case.what.clone())
}

#[async_trait]
impl Handler for Waiting {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let cases: Vec<Arc<Case>> = shelf.read(|index| {
            let facility = request.query("facility").and_then(|f| index.facility(f));
            let surgeon = request.query("surgeon").filter(|s| !s.is_empty());
            let of = |case: &&Arc<Case>| surgeon.is_none_or(|s| case.surgeon.as_deref() == Some(s));
            waits(index, facility.as_deref(), now).into_iter().filter(of).cloned().collect()
        });
        let ids: BTreeSet<String> = cases.iter().filter_map(|c| c.patient.clone()).collect();
        let names = names(&cx, &ids).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-waiting", None).await?;
        let told = shelf.read(|index| {
            let durations = Durations::new(&shelf, index);
            let teller = Teller { index, names: &names, lang: cx.ctx.lang };
            let one = |case: &Arc<Case>| teller.waiting(case, minutes(case, &durations), zone::day_of(now));
            cases.iter().map(one).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("cases", Json::Array(told))])))
    }
}
