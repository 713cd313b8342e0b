//! `POST ai/optimize-schedule`: a search for a better plan of some days begins.

use super::{Job, Phase, Progress};
use crate::booking::Booking;
use crate::duration::Durations;
use crate::element::text;
use crate::index::{Index, Shelves};
use crate::plan::{Scope, Sheet};
use crate::suite::waiting::waits;
use crate::suite::who::may_book;
use crate::suite::wish::whole;
use crate::zone;
use ::theatre::{Budget, Options, cost, solve};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use jiff::civil::Date;
use parking_lot::Mutex;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use store::{Error, Result};

const DAYS_MAX: i64 = 28;
const SECONDS_MAX: i64 = 120;
const STEPS_MAX: i64 = 50_000_000;
const THREADS: usize = 2;

const DAYS: Text = Text {
    key: "scheduling.optimise-days",
    fr: "Optimisez de 1 à {max} jours, à partir d'aujourd'hui au plus tôt.",
    en: "Optimise 1 to {max} days, from today at the earliest.",
    de: "Optimieren Sie 1 bis {max} Tage, frühestens ab heute.",
};
const BUSY: Text = Text {
    key: "scheduling.optimise-busy",
    fr: "Une optimisation est déjà en cours : attendez sa fin, ou arrêtez-la.",
    en: "An optimisation is running already: wait for its end, or stop it.",
    de: "Eine Optimierung läuft bereits: Warten Sie ihr Ende ab, oder halten Sie sie an.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "ai/optimize-schedule",
        summary: "Starts a search for a better plan",
        access: Access::SignedIn,
        handler: Arc::new(Start(shelves)),
    }
}

struct Start(Arc<Shelves>);

#[async_trait]
impl Handler for Start {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        may_book(&cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let (from, to) = (form.required("from", 10), form.required("to", 10));
        let facility = form.text("facility", 100);
        let seconds = whole(&mut form, "seconds", 1, SECONDS_MAX).unwrap_or(10);
        let steps = whole(&mut form, "steps", 1, STEPS_MAX);
        let seed = whole(&mut form, "seed", 0, i64::MAX).unwrap_or(1);
        let levels = [("all", "all"), ("drafts", "drafts"), ("none", "none")];
        let movable = form.choice("move", &levels).unwrap_or("drafts");
        let add = form.json().get("add").and_then(Json::as_bool).unwrap_or(true);
        form.finish()?;
        let now = cx.ctx.clock.now_ms();
        let (from, to) = (zone::day(&from, "from")?, zone::day(&to, "to")?);
        if from < zone::day_of(now) || !(0..DAYS_MAX).contains(&zone::days_between(from, to)) {
            return Err(Issue::error(Code::Value, DAYS).at("from").arg("max", DAYS_MAX).into());
        }
        let shelf = self.0.fresh(&cx).await?;
        if shelf.jobs.is_busy() {
            return Err(Error::refused(Code::Conflict, BUSY));
        }
        let asked = Asked { facility, from, to, movable, add, now };
        let sheet = shelf.read(|index| asked.sheet(index, &Durations::new(&shelf, index)));
        let budget = match steps {
            Some(steps) => Budget::Steps(steps as u64),
            None => Budget::Time(Duration::from_secs(seconds as u64)),
        };
        let cost_now = cost(&sheet.problem, &sheet.plan);
        let best = sheet.plan.clone();
        let progress =
            Progress { phase: Phase::Running, improvements: Vec::new(), best, cost: cost_now, elapsed: 0.0 };
        let job = Arc::new(Job {
            id: cx.ctx.ids.uuid(),
            who: cx.ctx.actor.id,
            sheet,
            cost_now,
            stop: AtomicBool::new(false),
            progress: Mutex::new(progress),
            emergency: false,
        });
        cx.tenant.audit_operation(&cx.ctx, "optimize-schedule", None).await?;
        shelf.jobs.add(job.clone());
        let id = job.id;
        let begun =
            std::thread::Builder::new().name("optimiser".into()).spawn(move || run(&job, seed, budget));
        begun.map_err(Error::unavailable)?;
        Ok(RouteReply::json(202, &Json::object([("job", text(id.to_string()))])))
    }
}

/// What is to be searched.
struct Asked {
    facility: Option<String>,
    from: Date,
    to: Date,
    movable: &'static str,
    add: bool,
    now: i64,
}

impl Asked {
    fn sheet(&self, index: &Index, durations: &Durations) -> Sheet {
        let facility = self.facility.as_deref().and_then(|f| index.facility(f));
        let waiting = match self.add {
            true => waits(index, facility.as_deref(), self.now).into_iter().cloned().collect(),
            false => Vec::new(),
        };
        let moves = |b: &Booking| {
            let begun = b.case.as_ref().is_some_and(|c| index.courses.contains_key(c));
            let firm = match self.movable {
                "all" => b.lock == "locked",
                "drafts" => b.lock != "draft",
                _ => true,
            };
            !begun && !firm && b.status.as_str() == "booked" && b.start > self.now
        };
        let scope = Scope {
            facility: facility.as_deref(),
            from: self.from,
            to: self.to,
            now: self.now,
            always: false,
            moves: &moves,
            without: &|_| false,
            waiting,
        };
        Sheet::new(index, durations, &scope)
    }
}

fn run(job: &Job, seed: i64, budget: Budget) {
    let problem = &job.sheet.problem;
    let options =
        Options { threads: THREADS, seed: seed as u64, budget, start: Some(job.sheet.plan.clone()) };
    // A plan that has conflicts already cannot be begun with.
    let broken = ::theatre::conflicts(problem, &job.sheet.plan).map_or(true, |c| !c.is_empty());
    let options = if broken { Options { start: None, ..options } } else { options };
    let mut report = |found: &::theatre::Progress| {
        let parts = cost(problem, &found.plan);
        let mut progress = job.progress.lock();
        progress.improvements.push((found.elapsed.as_secs_f64(), found.cost));
        progress.best.clone_from(&found.plan);
        progress.cost = parts;
        progress.elapsed = found.elapsed.as_secs_f64();
    };
    let done = solve(problem, &options, &job.stop, &mut report);
    let mut progress = job.progress.lock();
    progress.phase = match &done {
        Err(_) => Phase::Failed,
        Ok(_) if job.stop.load(std::sync::atomic::Ordering::Relaxed) => Phase::Stopped,
        Ok(_) => Phase::Done,
    };
    if let Ok(done) = done {
        progress.best = done.plan;
        progress.cost = done.cost;
        progress.elapsed = done.elapsed.as_secs_f64();
    }
}
