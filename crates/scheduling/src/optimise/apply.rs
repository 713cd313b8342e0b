//! `POST ai/optimize-schedule/{job}/apply`, `POST theatre/emergency/{proposal}/apply`: all of a proposal or nothing.

use super::tell::moves;
use super::watch::job;
use crate::index::Shelves;
use crate::suite::save::{Saved, conflict, late_conflict, save};
use crate::suite::several::{Ready, ready};
use crate::suite::who::may_book;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::Result;

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |path, summary, emergency| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Apply { shelves: shelves.clone(), emergency }),
    };
    vec![
        route("ai/optimize-schedule/{job}/apply", "Books what the search proposes", false),
        route("theatre/emergency/{job}/apply", "Books the emergency and moves the others", true),
    ]
}

struct Apply {
    shelves: Arc<Shelves>,
    emergency: bool,
}

#[async_trait]
impl Handler for Apply {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        may_book(&cx, None).await?;
        let shelf = self.shelves.fresh(&cx).await?;
        let job = job(&cx, &shelf, request.param("job"), self.emergency)?;
        job.stop.store(true, Ordering::Relaxed);
        let wanted = moves(&job.sheet, &job.progress.lock().best);
        let patients: BTreeSet<String> = shelf.read(|index| {
            let of =
                |m: &crate::suite::several::Move| index.cases.get(&m.case).and_then(|c| c.patient.clone());
            wanted.iter().filter_map(of).collect()
        });
        for patient in &patients {
            may_book(&cx, Some(patient)).await?;
        }
        let changes = match ready(&cx, &shelf, &wanted).await? {
            Ready::Changes(changes) => changes,
            Ready::Clash(booking, clashes) => {
                return Ok(shelf.read(|index| conflict(&cx, &shelf, index, &booking, &clashes)));
            }
        };
        let booked = wanted.iter().filter(|m| m.booking.is_none() && m.to.is_some()).count();
        let moved = wanted.iter().filter(|m| m.booking.is_some()).count();
        let first = changes.first().and_then(|c| crate::booking::Booking::of(&c.json, 0));
        if !changes.is_empty() {
            let name = if self.emergency { "emergency" } else { "optimise" };
            if let Saved::Refused(issues) = save(&cx, name, changes).await? {
                let first = first.unwrap_or_else(crate::booking::Booking::nothing);
                return late_conflict(&cx, &self.shelves, &first, issues).await;
            }
        }
        let told = [("booked", Json::integer(booked as i64)), ("moved", Json::integer(moved as i64))];
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}
