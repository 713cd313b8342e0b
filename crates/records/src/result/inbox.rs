//! `GET results/inbox?filter=mine|team&state=open|done`: what waits to be looked at, the most pressing first; or
//! what was, the latest first. With one's own stand the critical ones of others that are late (`escalation`).

use super::escalation;
use super::flag::Urgency;
use super::item::{closed, is_overdue, items};
use super::review::{CODE, Review, SYSTEM, id_of};
use crate::find::my_patients;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

const SHOWN_MAX: usize = 50;
/// Tasks that are sorted by how pressing they are.
const READ_MAX: &str = "500";
/// Patients asked about at a time.
const PATIENTS: usize = 50;

const UNKNOWN: Text = Text {
    key: "results.filter",
    fr: "« {name} » vaut {values}.",
    en: "\"{name}\" is one of {values}.",
    de: "„{name}“ ist eines von {values}.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "results/inbox",
        summary: "Results that wait to be taken into account",
        access: Access::SignedIn,
        handler: Arc::new(Inbox),
    }
}

struct Inbox;

#[async_trait]
impl Handler for Inbox {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mine = choice(&request, "filter", ["mine", "team"])?;
        let open = choice(&request, "state", ["open", "done"])?;
        let status = if open {
            "requested,received,accepted,ready,in-progress,on-hold"
        } else {
            "completed,cancelled"
        };
        let (mut waiting, mut next) = (Tasks::default(), None);
        let (me, now) = (cx.ctx.actor.person.clone(), cx.ctx.clock.now_ms());
        if mine {
            if let Some(person) = &me {
                waiting.add(&cx, status, ("owner", person.to_string())).await?;
            }
            if open {
                next = waiting.cover(&cx, status, now).await?;
            }
        } else {
            let (patients, _) = my_patients(&cx).await?;
            for some in patients.chunks(PATIENTS) {
                let whose: Vec<String> = some.iter().map(|id| format!("Patient/{id}")).collect();
                waiting.add(&cx, status, ("patient", whose.join(","))).await?;
            }
            // What is nobody's by name is everyone's who may read it.
            waiting.add(&cx, status, ("owner:missing", "true".to_string())).await?;
        }
        let tasks = waiting.sorted(open, now);
        let looked = &tasks[..tasks.len().min(2 * SHOWN_MAX)];
        let shown = items(&cx, looked).await?;
        let mut lines: Vec<Json<'static>> = Vec::new();
        lines.extend(shown.into_iter().zip(looked).filter_map(|(item, review)| match item {
            Some(item) => Some(item),
            None => (mine && review.owner() == me.as_deref()).then(|| closed(review, now)),
        }));
        let truncated = tasks.len() > looked.len() || lines.len() > SHOWN_MAX;
        lines.truncate(SHOWN_MAX);
        let answer = [("items", Json::Array(lines)), ("truncated", Json::Bool(truncated))];
        // When the list changes though nothing is written.
        let next = next.map(|at| ("next", fhir::edit::instant(at)));
        Ok(RouteReply::json(200, &Json::object(answer.into_iter().chain(next))))
    }
}

/// Whether the first of two values is asked for, which is meant when nothing is said.
fn choice(request: &RouteRequest, name: &'static str, values: [&str; 2]) -> Result<bool> {
    match request.query(name) {
        None => Ok(true),
        Some(text) if text == values[0] => Ok(true),
        Some(text) if text == values[1] => Ok(false),
        Some(_) => {
            let issue = Issue::error(Code::CodeInvalid, UNKNOWN).at(name).arg("name", name);
            Err(issue.arg("values", values.join(", ")).into())
        }
    }
}

#[derive(Default)]
struct Tasks {
    reviews: Vec<Review>,
    known: HashSet<String>,
}

impl Tasks {
    async fn add(&mut self, cx: &RouteCtx, status: &str, whose: (&str, String)) -> Result<()> {
        let params = [
            ("code", format!("{SYSTEM}|{CODE}")),
            ("status", status.to_string()),
            (whose.0, whose.1),
            ("_count", READ_MAX.to_string()),
        ];
        let request = SearchRequest {
            rt: Some(ResourceType::TASK),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v)).collect(),
            ..SearchRequest::default()
        };
        let page = match cx.tenant.search(&cx.ctx, &request).await {
            Err(Error::Denied) => return Ok(()),
            page => page?,
        };
        for found in &page.entries {
            // Anyone may write a Task that looks like these: those that the hub made have the report's own id.
            if let Ok(review) = Review::read(&found.visible)
                && review.report().is_some_and(|report| id_of(cx.tenant.name(), report) == review.id)
                && self.known.insert(review.id.clone())
            {
                self.reviews.push(review);
            }
        }
        Ok(())
    }

    /// Adds the critical ones of others that are late; tells when there may be more of them.
    async fn cover(&mut self, cx: &RouteCtx, status: &str, now: i64) -> Result<Option<i64>> {
        let mut critical = Tasks::default();
        critical.add(cx, status, ("priority", Urgency::Critical.priority().to_string())).await?;
        let (covered, next) = escalation::covered(cx, critical.reviews, now).await?;
        for review in covered {
            if self.known.insert(review.id.clone()) {
                self.reviews.push(review);
            }
        }
        Ok(next)
    }

    fn sorted(self, open: bool, now: i64) -> Vec<Review> {
        let mut reviews = self.reviews;
        if open {
            reviews.sort_by_key(|review| {
                (Reverse(is_overdue(review, now)), Reverse(review.urgency()), review.due(), review.id.clone())
            });
        } else {
            reviews.sort_by_key(|review| {
                Reverse(review.task.get_str("lastModified").map(String::from).unwrap_or_default())
            });
        }
        reviews
    }
}
