//! The reaction that turns entries of the audit log into alerts.

use super::alert::{EVIDENCE_MAX, Finding, communication, id_of};
use super::count::{Case, Counts, Kind, Marked, VOLUME_CEILING, VOLUME_TIMES};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use parking_lot::Mutex;
use service::{Reaction, ReactionCtx};
use std::collections::{HashMap, HashSet};
use store::audit::AuditEntry;
use store::search::SearchRequest;
use store::{Error, FeedRow, Result, Write};

/// Entries of one account that are read to judge a case, and to know what is usual.
const ENTRIES_MAX: usize = 5_000;
const USUAL_MAX: usize = 20_000;
const HOUR: i64 = 3_600_000;
/// How far back what is usual is taken from, and in how many active hours it must show.
const USUAL_MS: i64 = 14 * 24 * HOUR;
const USUAL_HOURS: usize = 8;
/// How often the marked patients are looked up again, and how many are known.
const MARKS_MS: i64 = 5 * 60_000;
const MARKED_MAX: &str = "1000";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// Watches over the audit logs of all tenants. What it counts it keeps in memory; what it tells it derives from
/// the log itself, so that a restart or a second node tells the same.
#[derive(Default)]
pub struct BreachWatch {
    tenants: Mutex<HashMap<String, Watched>>,
}

#[derive(Default)]
struct Watched {
    counts: Counts,
    marks: Marked,
    /// When the marks were looked up, ms since epoch, and where the feed stood.
    marked: Option<(i64, i64)>,
}

#[async_trait]
impl Reaction for BreachWatch {
    fn name(&self) -> &'static str {
        "identity.breach-watch"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::AUDIT_EVENT]
    }

    fn hears(&self, tenant: &str, _number: u64, entry: &AuditEntry) -> bool {
        let mut tenants = self.tenants.lock();
        let watched = match tenants.get_mut(tenant) {
            Some(watched) => watched,
            None => tenants.entry(tenant.to_string()).or_default(),
        };
        watched.counts.add(entry, &watched.marks)
    }

    async fn attend(&self, cx: &ReactionCtx) -> Result<()> {
        let (now, top) = (cx.ctx.clock.now_ms(), cx.tenant.top().await?);
        let known = self.tenants.lock().get(cx.tenant.name()).and_then(|w| w.marked);
        if known.is_some_and(|(at, seen)| seen == top || (0..MARKS_MS).contains(&(now - at))) {
            return Ok(());
        }
        let marks = Marked { vip: marked(cx, "CEL").await?, colleague: marked(cx, "EMP").await? };
        let mut tenants = self.tenants.lock();
        let watched = tenants.entry(cx.tenant.name().to_string()).or_default();
        (watched.marks, watched.marked) = (marks, Some((now, top)));
        Ok(())
    }

    async fn on(&self, cx: &ReactionCtx, _row: &FeedRow) -> Result<Vec<Write>> {
        let Some(entry) = &cx.heard else { return Ok(Vec::new()) };
        let marks = self.tenants.lock().get(cx.tenant.name()).map(|w| w.marks.clone()).unwrap_or_default();
        let mut writes = Vec::new();
        for case in Case::of(entry, &marks) {
            if let Some(finding) = finding(cx, case, entry, &marks).await? {
                writes.extend(alert(cx, &finding).await?);
            }
        }
        Ok(writes)
    }
}

/// The patients with this label, by the numbers that the log names them by.
async fn marked(cx: &ReactionCtx, code: &str) -> Result<HashSet<i64>> {
    let params = [
        ("_security", format!("{ACT_CODE}|{code}")),
        ("_elements", "id".into()),
        ("_count", MARKED_MAX.into()),
    ];
    let params = params.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    let request = SearchRequest { rt: Some(ResourceType::PATIENT), params, ..SearchRequest::default() };
    let mut numbers = HashSet::new();
    for found in cx.tenant.search(&cx.ctx, &request).await?.entries {
        numbers.extend(cx.tenant.audit_number_of(&cx.ctx, &found.visible.id).await?);
    }
    Ok(numbers)
}

/// What the log itself says of a case; `None` while that is nothing to tell.
async fn finding(
    cx: &ReactionCtx,
    case: Case,
    entry: &AuditEntry,
    marks: &Marked,
) -> Result<Option<Finding>> {
    let all = cx.tenant.audit_of_actor(&cx.ctx, case.actor, case.span(), ENTRIES_MAX).await?;
    let mut evidence: Vec<&(u64, AuditEntry)> = all.iter().filter(|(_, e)| case.has(e, marks)).collect();
    evidence.reverse();
    let mut count = evidence.len();
    if case.kind == Kind::Volume {
        count = evidence.iter().flat_map(|(_, e)| &e.patients).collect::<HashSet<_>>().len();
        if count < VOLUME_CEILING && !unusual(cx, &case, count).await? {
            return Ok(None);
        }
    }
    if count < case.kind.threshold() {
        return Ok(None);
    }
    let patient = match case.patient {
        Some(rid) => cx.tenant.audit_patients(&cx.ctx, &[rid]).await?.remove(&rid),
        None => None,
    };
    // Of sign-ins under names that do not exist, no name is repeated: people type passwords there.
    let account = if case.actor.is_nil() { String::new() } else { entry.actor_name.clone() };
    let evidence = evidence.iter().take(EVIDENCE_MAX).map(|(number, e)| (*number, e.at)).collect();
    Ok(Some(Finding { case, account, count, evidence, patient }))
}

/// Whether so many patients in an hour are several times what the account saw in its active hours before. Someone
/// without a past is not compared: the ceiling holds for them.
async fn unusual(cx: &ReactionCtx, case: &Case, count: usize) -> Result<bool> {
    let (from, _) = case.span();
    let past = cx.tenant.audit_of_actor(&cx.ctx, case.actor, (from - USUAL_MS, from - 1), USUAL_MAX).await?;
    let mut hours: HashMap<i64, HashSet<i64>> = HashMap::new();
    for (_, entry) in past.iter().filter(|(_, e)| Kind::Volume.counts(e, &Marked::default())) {
        hours.entry(entry.at.div_euclid(HOUR)).or_default().extend(&entry.patients);
    }
    let mut sizes: Vec<usize> = hours.values().map(HashSet::len).collect();
    sizes.sort_unstable();
    let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    Ok(sizes.len() >= USUAL_HOURS && count >= median.saturating_mul(VOLUME_TIMES))
}

/// The write of an alert: a new one, or the known one with what came since. One that was closed stays so.
async fn alert(cx: &ReactionCtx, finding: &Finding) -> Result<Option<Write>> {
    let id = id_of(cx.tenant.name(), &finding.case);
    let known = cx.current(ResourceType::COMMUNICATION, &id).await?;
    if let Some(found) = &known {
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored alert".into()))?;
        let count = super::alert::part(&json, "count").and_then(Json::as_number).and_then(|n| n.parse().ok());
        if json.get_str("status") != Some("in-progress") || count >= Some(finding.count) {
            return Ok(None);
        }
    }
    Ok(Some(Write::Update {
        rt: ResourceType::COMMUNICATION,
        body: Bytes::from(communication(&id, finding).to_vec()),
        if_match: known.as_ref().map(|found| found.version),
        if_none_match: known.is_none(),
        id,
    }))
}
