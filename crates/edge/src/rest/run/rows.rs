//! The work of a run: page after page, resource after resource, row after row.

use super::ask::Asked;
use super::fault;
use super::sink::{Left, Sink};
use crate::failure::Failure;
use crate::text;
use fhir::{Code, Issue, Json, ResourceType};
use std::sync::Arc;
use std::time::Instant;
use store::search::SearchRequest;
use store::{Ctx, Tenant};

/// Resources of a page.
const COUNT: &str = "200";

pub struct Work {
    pub tenant: Arc<Tenant>,
    pub ctx: Ctx,
    pub asked: Asked,
    pub deadline: Instant,
    /// The time that the run has.
    pub seconds: u64,
}

enum Stop {
    Failed(Failure),
    /// Enough rows, or nobody reads.
    Enough,
}

impl From<Left> for Stop {
    fn from(_: Left) -> Self {
        Stop::Enough
    }
}

impl Work {
    pub async fn run(self, mut sink: Sink) {
        let asked = &self.asked;
        let head = asked.format.head(asked.view.columns(), asked.header);
        sink.buffer.extend_from_slice(head.as_bytes());
        let mut done = 0;
        let outcome = match asked.resources.is_empty() {
            true => self.stored(&mut sink, &mut done).await,
            false => self.given(&mut sink, &mut done).await,
        };
        match outcome {
            Ok(()) | Err(Stop::Enough) => {
                sink.buffer.extend_from_slice(asked.format.tail().as_bytes());
                sink.end().await;
            }
            Err(Stop::Failed(failure)) => sink.fail(failure).await,
        }
    }

    async fn given(&self, sink: &mut Sink, done: &mut u64) -> Result<(), Stop> {
        for resource in &self.asked.resources {
            self.resource(resource, sink, done)?;
            sink.pass().await?;
        }
        Ok(())
    }

    /// All resources of the view's type that the caller may see, within the records that are asked for.
    async fn stored(&self, sink: &mut Sink, done: &mut u64) -> Result<(), Stop> {
        let rt = self.asked.view.resource();
        let in_records =
            rt == ResourceType::PATIENT || !fhir::compartment::params(ResourceType::PATIENT, rt).is_empty();
        if !self.asked.confined || !in_records {
            return self.pages(None, sink, done).await;
        }
        for patient in 0..self.asked.patients.len() {
            self.pages(Some(patient), sink, done).await?;
        }
        Ok(())
    }

    /// What is in the record of one of the patients, or everything.
    async fn pages(&self, patient: Option<usize>, sink: &mut Sink, done: &mut u64) -> Result<(), Stop> {
        let rt = self.asked.view.resource();
        let mut params = vec![("_count".to_string(), COUNT.to_string())];
        params.extend(
            self.asked.since.as_ref().map(|since| ("_lastUpdated".to_string(), format!("gt{since}"))),
        );
        let compartment = patient.map(|at| (ResourceType::PATIENT, self.asked.patients[at].clone()));
        let mut request = SearchRequest { rt: Some(rt), params, compartment, strict: true, page: None };
        loop {
            self.in_time(sink)?;
            let page = self.tenant.search(&self.ctx, &request).await;
            let page = page.map_err(|error| Stop::Failed(error.into()))?;
            for found in &page.entries {
                let json = fhir::json::parse(&found.visible.body);
                let json = json.map_err(|_| Stop::Failed(Failure::new(500, text::INTERNAL)))?;
                if patient.is_none_or(|at| self.is_first(rt, &json, at)) {
                    self.resource(&json, sink, done)?;
                    sink.pass().await?;
                }
            }
            match page.next {
                Some(next) => request.page = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Whether a resource that is in the records of several of the patients is told with this one.
    fn is_first(&self, rt: ResourceType, json: &Json<'_>, at: usize) -> bool {
        if at == 0 {
            return true;
        }
        let members = fhir::compartment::patients(rt, json);
        !self.asked.patients[..at].iter().any(|patient| members.contains(&patient.as_str()))
    }

    fn in_time(&self, sink: &Sink) -> Result<(), Stop> {
        if sink.watch().is_closed() {
            return Err(Stop::Enough);
        }
        if Instant::now() >= self.deadline { Err(Stop::Failed(self.expired())) } else { Ok(()) }
    }

    fn expired(&self) -> Failure {
        let issue = Issue::error(Code::TooCostly, text::VIEW_EXPIRED);
        Failure::of(503, issue.arg("seconds", self.seconds)).retry_after(60)
    }

    fn resource(&self, json: &Json<'_>, sink: &mut Sink, done: &mut u64) -> Result<(), Stop> {
        let asked = &self.asked;
        let (columns, left) = (asked.view.columns(), asked.limit.map(|limit| limit.saturating_sub(*done)));
        let watch = sink.watch();
        let expired = || Instant::now() >= self.deadline || watch.is_closed();
        let now = Some((self.ctx.clock.now_ms(), 0));
        let (mut made, buffer) = (0, &mut sink.buffer);
        let mut give = |row: &[Json<'_>]| {
            if left.is_none_or(|left| made < left) {
                asked.format.row(columns, row, *done + made == 0, buffer);
                made += 1;
            }
        };
        let ran = asked.view.run_until(json, now, &expired, &mut give);
        *done += made;
        ran.map_err(|error| match error.what {
            viewdef::What::Expired if watch.is_closed() => Stop::Enough,
            viewdef::What::Expired => Stop::Failed(self.expired()),
            _ => Stop::Failed(fault::failure(&error, asked.at)),
        })?;
        if asked.limit.is_some_and(|limit| *done >= limit) { Err(Stop::Enough) } else { Ok(()) }
    }
}
