//! The tenant's one writer: a thread that takes all waiting jobs, writes them in one transaction with one
//! fsync, and answers them all.

use super::apply::{self, Done};
use super::batch::Batch;
use super::prepare::{Prepared, Target};
use crate::access::gate::Gate;
use crate::backend::Backend;
use crate::cache::EntryCache;
use crate::ctx::{Actor, Clock};
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use crate::rule::Rule;
use fhir::ResourceType;
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Jobs that may wait; more are refused (503), so that memory stays bounded.
const QUEUE_MAX: usize = 4096;
/// A group is closed at this many jobs or writes, so that nobody waits long for a fsync.
const GROUP_JOBS_MAX: usize = 256;
const GROUP_WRITES_MAX: usize = 4000;

/// One transaction that waits for the write lock.
pub(crate) struct Job {
    pub prepared: Vec<Prepared>,
    pub actor: Arc<Actor>,
    /// Sealed audit detail.
    pub audit: Vec<u8>,
    pub cursor: Option<(String, i64)>,
    pub clock: Arc<dyn Clock>,
    pub reply: oneshot::Sender<Result<Vec<Done>>>,
}

/// The rules of the services, by type.
#[derive(Default)]
pub(crate) struct Rules(HashMap<ResourceType, Vec<Arc<dyn Rule>>>);

impl Rules {
    pub fn new(rules: &[Arc<dyn Rule>]) -> Rules {
        let mut by_type: HashMap<ResourceType, Vec<Arc<dyn Rule>>> = HashMap::new();
        for rule in rules {
            for rt in rule.types() {
                by_type.entry(*rt).or_default().push(rule.clone());
            }
        }
        Rules(by_type)
    }

    pub fn on(&self, rt: ResourceType) -> &[Arc<dyn Rule>] {
        self.0.get(&rt).map_or(&[], Vec::as_slice)
    }
}

/// The way to the writer's thread. The thread ends when this is dropped and the queue is empty.
pub(crate) struct Writer {
    queue: mpsc::Sender<Job>,
    pub rules: Arc<RwLock<Arc<Rules>>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(
        backend: Arc<dyn Backend>,
        sealed: Arc<Sealed>,
        cache: Arc<EntryCache>,
        gate: Arc<Gate>,
    ) -> Result<Writer> {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let rules = Arc::new(RwLock::new(Arc::new(Rules::default())));
        let loop_ = Loop { backend, sealed, cache, gate, rules: rules.clone(), failed: false };
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || loop_.run(jobs))
            .map_err(Error::unavailable)?;
        Ok(Writer { queue, rules })
    }

    pub async fn send(&self, job: Job) -> Result<()> {
        self.queue.send(job).await.map_err(|_| Error::Unavailable("the writer has stopped".into()))
    }
}

struct Loop {
    backend: Arc<dyn Backend>,
    sealed: Arc<Sealed>,
    cache: Arc<EntryCache>,
    gate: Arc<Gate>,
    rules: Arc<RwLock<Arc<Rules>>>,
    /// A commit failed with an I/O error: what is on the disk is unknown, so nothing more is acknowledged
    /// until the program has been restarted and has recovered.
    failed: bool,
}

impl Loop {
    fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.blocking_recv() {
            let mut group = vec![first];
            let mut writes = group[0].prepared.len();
            while group.len() < GROUP_JOBS_MAX && writes < GROUP_WRITES_MAX {
                let Ok(job) = jobs.try_recv() else { break };
                writes += job.prepared.len();
                group.push(job);
            }
            self.group(group);
        }
    }

    fn group(&mut self, group: Vec<Job>) {
        if self.failed {
            for job in group {
                let _ =
                    job.reply.send(Err(Error::Unavailable("a write to the disk has failed: restart".into())));
            }
            return;
        }
        let mut answers = Vec::with_capacity(group.len());
        let backend = self.backend.clone();
        let result = self.write(&*backend, group, &mut answers);
        match result {
            Ok((before, vid)) => {
                let changed =
                    || answers.iter().filter_map(|(_, r)| r.as_ref().ok()).flatten().filter(|d| d.changed());
                self.cache.supersede(changed().map(|d| (d.kind(), d.id.as_str())), before, vid);
                changed().for_each(|done| self.gate.changed(done.kind(), done.patients));
                for (reply, answer) in answers {
                    let _ = reply.send(answer);
                }
            }
            Err(error) => {
                let text = error.to_string();
                tracing::error!(error = %text, "a group of writes was not committed");
                for (reply, _) in answers {
                    let _ = reply.send(Err(Error::Unavailable(text.clone())));
                }
            }
        }
    }

    /// Writes the group; returns the newest version number before it and after it. On an error nothing of it
    /// was committed, or it is unknown whether it was.
    fn write(
        &mut self,
        backend: &dyn Backend,
        group: Vec<Job>,
        answers: &mut Vec<Answered>,
    ) -> Result<(i64, i64)> {
        let now = group.first().map_or(0, |job| job.clock.now_ms());
        let begun = backend.begin().and_then(|tx| Batch::begin(tx, now));
        let mut batch = match begun {
            Ok(batch) => batch,
            Err(error) => {
                answers.extend(group.into_iter().map(|job| (job.reply, Ok(Vec::new()))));
                return Err(error);
            }
        };
        let before = batch.vid();
        let rules = self.rules.read().clone();
        let mut failure = prefetch(&mut batch, &group).err();
        for job in group {
            if failure.is_some() {
                answers.push((job.reply, Ok(Vec::new())));
                continue;
            }
            let asked = (job.prepared, &*job.actor);
            match run_job(&mut batch, &self.sealed, &rules, asked, job.audit, job.cursor) {
                Ok(answer) => answers.push((job.reply, answer)),
                Err(error) => {
                    failure = Some(error);
                    answers.push((job.reply, Ok(Vec::new())));
                }
            }
        }
        if let Some(error) = failure {
            return Err(error);
        }
        let vid = batch.vid();
        batch.commit().inspect_err(|_| self.failed = backend.failed_commit_is_fatal())?;
        Ok((before, vid))
    }
}

type Answered = (oneshot::Sender<Result<Vec<Done>>>, Result<Vec<Done>>);

/// Looks up in one go all names that the group will ask for.
fn prefetch(batch: &mut Batch<'_>, group: &[Job]) -> Result<()> {
    let patient = ResourceType::PATIENT.number();
    let mut names: Vec<(u16, &str)> = Vec::new();
    for prepared in group.iter().flat_map(|job| &job.prepared) {
        match &prepared.target {
            Target::Create { id, .. } | Target::Update { id, .. } | Target::Delete { id, .. } => {
                names.push((prepared.rt.number(), id));
            }
            Target::UpdateWhere { .. } | Target::DeleteWhere { .. } => {}
        }
        names.extend(prepared.content.iter().filter_map(|c| c.owner.as_deref()).map(|id| (patient, id)));
    }
    names.sort_unstable();
    names.dedup();
    batch.prefetch(&names)
}

/// Runs one job: the inner result is the job's own, the outer one fails the group.
fn run_job(
    batch: &mut Batch<'_>,
    sealed: &Sealed,
    rules: &Rules,
    (prepared, actor): (Vec<Prepared>, &Actor),
    audit: Vec<u8>,
    cursor: Option<(String, i64)>,
) -> Result<Result<Vec<Done>>> {
    let savepoint = cursor.is_some() || apply::searches(&prepared, rules);
    let t = batch.job_begin(audit, savepoint)?;
    match apply::apply(batch, sealed, rules, (t, actor), prepared) {
        Ok(done) => {
            if let Some((name, vid)) = cursor {
                batch.tx.cursor_set(&name, vid)?;
            }
            batch.job_keep()?;
            Ok(Ok(done))
        }
        Err(Error::Unavailable(text)) => Err(Error::Unavailable(text)),
        Err(error) => {
            batch.job_drop()?;
            Ok(Err(error))
        }
    }
}
