//! Commits batches: parse, write, take out what is refused, try the rest again.

use super::batch::{Batch, Place, Unit};
use super::progress::Progress;
use super::report::{Refusal, Report};
use super::resume::Resume;
use crate::failure::{Failure, Result};
use bytes::Bytes;
use fhir::{Issue, Json, ResourceType};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use store::access::is_written_by_callers;
use store::bundle::Options;
use store::{Ctx, Error, Tenant, Write};
use tokio::sync::{Mutex, mpsc::Receiver};

/// Tasks that commit at the same time: one validates while the other waits for the disk.
const TASKS: usize = 2;
/// A store that is not available is asked again so often.
const ATTEMPTS: u32 = 5;

/// Names the ids of resources that come without one.
const NAMESPACE: uuid::Uuid = uuid::Uuid::from_u128(0x6d65_6468_7562_4d69_8d69_6d70_6f72_7402);

/// A resource ready to be written, and where it stood.
struct Ready {
    place: Place,
    rt: ResourceType,
    id: String,
    body: Bytes,
}

/// Writes all batches into the tenant; returns when the sender is gone and all is written.
pub async fn commit_all(
    tenant: &Arc<Tenant>,
    ctx: &Ctx,
    batches: Receiver<Batch>,
    report: &Arc<Report>,
    notes: Option<(&Arc<Resume>, &Progress)>,
) -> Result<()> {
    let batches = Arc::new(Mutex::new(batches));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..TASKS {
        let (tenant, ctx, batches, report) = (tenant.clone(), ctx.clone(), batches.clone(), report.clone());
        let notes = notes.map(|(resume, progress)| (resume.clone(), progress.clone()));
        tasks.spawn(async move {
            loop {
                let Some(batch) = batches.lock().await.recv().await else { return Ok(()) };
                let (number, end, count) = (batch.number, batch.end, batch.units.len() as u64);
                commit(&tenant, &ctx, batch, &report).await?;
                if let Some((resume, progress)) = &notes {
                    resume.done(number, end);
                    progress.advance(count);
                }
            }
        });
    }
    let mut result = Ok(());
    while let Some(done) = tasks.join_next().await {
        let done = done.unwrap_or_else(|_| Err(Failure::text("a task of the import stopped unexpectedly")));
        if done.is_err() && result.is_ok() {
            result = done;
            batches.lock().await.close();
        }
    }
    report.flush();
    if let (Err(_), Some((resume, _))) = (&result, notes) {
        resume.keep();
    }
    result
}

async fn commit(tenant: &Arc<Tenant>, ctx: &Ctx, batch: Batch, report: &Report) -> Result<()> {
    let mut ready: Vec<Ready> = Vec::with_capacity(batch.units.len());
    let mut seen: HashSet<(u16, String)> = HashSet::new();
    for (place, unit) in batch.units {
        match unit {
            Unit::Bad(key, sentence) => {
                let refusal = Refusal { key: key.to_string(), at: None, sentence };
                report.add(place, None, &[refusal]);
            }
            Unit::Interaction(text) => {
                write(tenant, ctx, std::mem::take(&mut ready), report).await?;
                seen.clear();
                interact(tenant, ctx, place, &text, report).await?;
            }
            Unit::Resource(text) => match read(place, text) {
                Err((kind, refusals)) => report.add(place, kind, &refusals),
                Ok(resource) => {
                    // The second version of a resource must see the first.
                    if !seen.insert((resource.rt.number(), resource.id.clone())) {
                        write(tenant, ctx, std::mem::take(&mut ready), report).await?;
                        seen.clear();
                        seen.insert((resource.rt.number(), resource.id.clone()));
                    }
                    ready.push(resource);
                }
            },
        }
    }
    write(tenant, ctx, ready, report).await
}

type Unread = (Option<&'static str>, Vec<Refusal>);

/// What the text is; a resource without an id gets one that depends on the text alone, so that importing it
/// again gives the same resource.
fn read(place: Place, text: Bytes) -> std::result::Result<Ready, Unread> {
    let json = fhir::json::parse(&text).map_err(|error| {
        let sentence = format!("this is no JSON that FHIR allows: {error}");
        (None, vec![Refusal { key: "import.not-json".to_string(), at: None, sentence }])
    })?;
    let Some(rt) = ResourceType::of(&json) else {
        let sentence = "no \"resourceType\" of FHIR R4".to_string();
        return Err((None, vec![Refusal { key: "import.not-a-resource".to_string(), at: None, sentence }]));
    };
    if !is_written_by_callers(rt) {
        let sentence = "resources of this type are kept by the hub itself and cannot be written".to_string();
        return Err((
            Some(rt.name()),
            vec![Refusal { key: "import.not-writable".to_string(), at: None, sentence }],
        ));
    }
    if let Some(id) = json.get_str("id") {
        let id = id.to_string();
        drop(json);
        return Ok(Ready { place, rt, id, body: text });
    }
    let id = uuid::Uuid::new_v5(&NAMESPACE, &text).to_string();
    let mut json = json;
    if let Some(object) = json.as_object_mut() {
        object.insert_at(1, "id", Json::string(id.clone()));
    }
    let body = Bytes::from(json.to_vec());
    Ok(Ready { place, rt, id, body })
}

async fn write(tenant: &Arc<Tenant>, ctx: &Ctx, mut ready: Vec<Ready>, report: &Report) -> Result<()> {
    let mut attempts = 0;
    while !ready.is_empty() {
        let writes = ready
            .iter()
            .map(|r| Write::Update {
                rt: r.rt,
                id: r.id.clone(),
                body: r.body.clone(),
                if_match: None,
                if_none_match: false,
            })
            .collect();
        match tenant.commit(ctx, writes).await {
            Ok(done) => {
                report.add_written(done.len());
                return Ok(());
            }
            Err(Error::Unavailable(_)) if attempts < ATTEMPTS => {
                attempts += 1;
                tokio::time::sleep(Duration::from_millis(100 << attempts)).await;
            }
            Err(error) => take_out(&mut ready, error, report)?,
        }
    }
    Ok(())
}

/// Takes the refused resources out of the batch.
fn take_out(ready: &mut Vec<Ready>, error: Error, report: &Report) -> Result<()> {
    let blamed: Vec<(usize, Refusal)> = match &error {
        Error::Refused(issues) if ready.len() == 1 => issues.iter().map(|i| (0, Refusal::from(i))).collect(),
        Error::Refused(issues) => issues.iter().filter_map(numbered).collect(),
        Error::InWrite { index, error } => reasons(error).into_iter().map(|r| (*index, r)).collect(),
        _ => Vec::new(),
    };
    if blamed.iter().all(|(n, _)| *n >= ready.len()) {
        return Err(error.into());
    }
    let mut kept = Vec::with_capacity(ready.len());
    for (n, resource) in ready.drain(..).enumerate() {
        let reasons: Vec<Refusal> =
            blamed.iter().filter(|(at, _)| *at == n).map(|(_, r)| r.clone()).collect();
        if reasons.is_empty() {
            kept.push(resource);
        } else {
            report.add(resource.place, Some(resource.rt.name()), &reasons);
        }
    }
    *ready = kept;
    Ok(())
}

fn reasons(error: &Error) -> Vec<Refusal> {
    match error {
        Error::Refused(issues) => issues.iter().map(Refusal::from).collect(),
        other => {
            vec![Refusal {
                key: "import.refused".to_string(),
                at: None,
                sentence: crate::failure::sentence(other),
            }]
        }
    }
}

/// The store begins locations with `[n].` when there are several writes.
fn numbered(issue: &Issue) -> Option<(usize, Refusal)> {
    let (number, rest) = issue.expression.as_deref()?.strip_prefix('[')?.split_once(']')?;
    let mut refusal = Refusal::from(issue);
    refusal.at = Some(rest.trim_start_matches('.').to_string()).filter(|r| !r.is_empty());
    Some((number.parse().ok()?, refusal))
}

/// Runs a batch or transaction that has conditions.
async fn interact(
    tenant: &Arc<Tenant>,
    ctx: &Ctx,
    place: Place,
    text: &Bytes,
    report: &Report,
) -> Result<()> {
    let json = fhir::json::parse(text).map_err(|_| Failure::text("a Bundle changed while it was read"))?;
    let entries = json.each("entry").count();
    let options = Options { entries_max: entries.max(1), ..Options::default() };
    match tenant.bundle(ctx, &json, &options).await {
        Ok(_) => report.add_written(entries),
        Err(Error::Unavailable(why)) => return Err(Error::Unavailable(why).into()),
        Err(error) => report.add(place, Some("Bundle"), &reasons(&error)),
    }
    Ok(())
}
