//! `GET ai/optimize-schedule/{job}?since=` and `POST …/stop`.

use super::{Job, Phase, tell};
use crate::element::text;
use crate::index::{Shelf, Shelves};
use crate::suite::who::staff;
use async_trait::async_trait;
use fhir::{Code, Json, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::{Error, Result};

pub(super) const NO_JOB: Text = Text {
    key: "scheduling.no-job",
    fr: "Cette proposition n'existe plus : relancez la recherche.",
    en: "This proposal does not exist any more: start the search again.",
    de: "Diesen Vorschlag gibt es nicht mehr: Starten Sie die Suche neu.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, stop| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Watch { shelves: shelves.clone(), stop }),
    };
    vec![
        route(Method::Get, "ai/optimize-schedule/{job}", "How far a search for a better plan is", false),
        route(Method::Post, "ai/optimize-schedule/{job}/stop", "Stops a search for a better plan", true),
    ]
}

struct Watch {
    shelves: Arc<Shelves>,
    stop: bool,
}

/// # Errors
/// For a job that is not there, or another's.
pub(super) fn job(cx: &RouteCtx, shelf: &Shelf, id: &str, emergency: bool) -> Result<Arc<Job>> {
    let found = shelf.jobs.find(id, cx.ctx.actor.id, emergency);
    found.ok_or_else(|| Error::refused(Code::NotFound, NO_JOB))
}

#[async_trait]
impl Handler for Watch {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let shelf = self.shelves.fresh(&cx).await?;
        let job = job(&cx, &shelf, request.param("job"), false)?;
        if self.stop {
            job.stop.store(true, Ordering::Relaxed);
        }
        let since: usize = request.query("since").and_then(|n| n.parse().ok()).unwrap_or(0);
        let told = shelf.read(|index| {
            let progress = job.progress.lock();
            let state = match progress.phase {
                Phase::Running => "running",
                Phase::Done => "done",
                Phase::Stopped => "stopped",
                Phase::Failed => "failed",
            };
            let improvements = progress.improvements.iter().enumerate().skip(since).map(|(n, (at, cost))| {
                Json::object([
                    ("n", Json::integer(n as i64 + 1)),
                    ("at", Json::number(format!("{at:.3}"))),
                    ("cost", Json::integer(*cost)),
                ])
            });
            Json::object([
                ("state", text(state)),
                ("elapsed", Json::number(format!("{:.3}", progress.elapsed))),
                ("costNow", tell::cost(&job.cost_now)),
                ("cost", tell::cost(&progress.cost)),
                ("improvements", Json::Array(improvements.collect())),
                ("moves", tell::told(index, &job, &progress.best)),
            ])
        });
        Ok(RouteReply::json(200, &told))
    }
}
