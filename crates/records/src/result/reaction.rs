//! Every report that is final is looked at by somebody, once; one that is corrected, again; one that is withdrawn,
//! no more. A report that is much older than the day on which it arrives is history.

use super::assign;
use super::deadline;
use super::flag::{Flag, Urgency};
use super::limits::Limits;
use super::review::{About, Review, id_of};
use super::settings::Settings;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{Reaction, ReactionCtx};
use store::{Error, FeedRow, Op, Result, Visible, Write};

/// Values of one report that are looked at.
const VALUES_MAX: usize = 200;

pub(super) struct ResultReview;

#[async_trait]
impl Reaction for ResultReview {
    fn name(&self) -> &'static str {
        "records.result-review"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::DIAGNOSTIC_REPORT]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        if row.op == Op::Delete {
            return withdraw(cx, &row.id).await;
        }
        match cx.current(ResourceType::DIAGNOSTIC_REPORT, &row.id).await? {
            Some(report) => look(cx, &report, None).await,
            None => Ok(Vec::new()),
        }
    }
}

/// Whether a report with this status says that something else was said before.
pub(super) fn is_corrected(status: Option<&str>) -> bool {
    matches!(status, Some("amended" | "corrected" | "appended"))
}

/// What a report asks for now. `changed`: when one of its values was corrected, though perhaps not the report.
pub(super) async fn look(cx: &ReactionCtx, visible: &Visible, changed: Option<i64>) -> Result<Vec<Write>> {
    let report = fhir::json::parse(&visible.body).map_err(|_| Error::Corrupt("a stored report".into()))?;
    let status = report.get_str("status");
    match status {
        Some("cancelled" | "entered-in-error") => return withdraw(cx, &visible.id).await,
        Some("final" | "amended" | "corrected" | "appended") => {}
        _ => return Ok(Vec::new()),
    }
    let subject = report.get("subject").and_then(|subject| subject.get_str("reference"));
    let Some(patient) = subject.filter(|subject| subject.starts_with("Patient/")) else {
        return Ok(Vec::new());
    };
    let (now, id) = (cx.ctx.clock.now_ms(), id_of(cx.tenant.name(), &visible.id));
    let history = deadline::is_history(time_of(&report, visible.at), now);
    // An import brings many of these: no more is read than must be.
    if history && !is_corrected(status) && changed.is_none() {
        return Ok(Vec::new());
    }
    let before = current(cx, &id).await?;
    if before.is_none() && history {
        return Ok(Vec::new());
    }
    let settings = Settings::read(&cx.tenant, &cx.ctx).await?;
    let urgency = urgency(cx, &report, &settings.limits).await?;
    let about = About {
        report: &visible.id,
        version: visible.version,
        patient,
        encounter: report.get("encounter").and_then(|one| one.get_str("reference")),
        orders: references(&report, "basedOn"),
        urgency,
        now,
        due: settings.times.due(urgency, now),
    };
    let Some(mut review) = before else {
        let owner = assign::owner(cx, &about.orders, patient).await?;
        let body = Bytes::from(about.task(&id, owner.as_deref()).to_vec());
        return Ok(vec![Write::Update {
            rt: ResourceType::TASK,
            id,
            body,
            if_match: None,
            if_none_match: true,
        }]);
    };
    // What was asked after the correction has taken it into account.
    let value_changed = changed.is_some_and(|at| at > review.asked());
    let newer = visible.version > review.about_version();
    let worse = about.urgency > review.urgency();
    if !(value_changed || newer && (worse || is_corrected(status))) {
        return Ok(Vec::new());
    }
    about.ask(&mut review.task);
    Ok(vec![review.write()])
}

async fn withdraw(cx: &ReactionCtx, report: &str) -> Result<Vec<Write>> {
    let found = current(cx, &id_of(cx.tenant.name(), report)).await?;
    let Some(mut review) = found.filter(Review::is_open) else { return Ok(Vec::new()) };
    review.cancel(cx.ctx.clock.now_ms());
    Ok(vec![review.write()])
}

pub(super) async fn current(cx: &ReactionCtx, id: &str) -> Result<Option<Review>> {
    cx.current(ResourceType::TASK, id).await?.map(|found| Review::read(&found)).transpose()
}

/// The worst of the values that can be read.
async fn urgency(cx: &ReactionCtx, report: &Json<'_>, limits: &Limits) -> Result<Urgency> {
    let mut flags = Vec::new();
    for reference in references(report, "result").into_iter().take(VALUES_MAX) {
        let Some(id) = reference.strip_prefix("Observation/") else { continue };
        let Some(found) = cx.current(ResourceType::OBSERVATION, id).await? else { continue };
        flags.extend(fhir::json::parse(&found.body).ok().map(|json| Flag::of(&json, limits)));
    }
    Ok(Urgency::of(flags.into_iter()))
}

pub(super) fn references(json: &Json<'_>, member: &str) -> Vec<String> {
    json.each(member).filter_map(|one| one.get_str("reference")).map(String::from).collect()
}

/// When the report was given, ms since epoch; when it does not say, when it arrived.
fn time_of(report: &Json<'_>, arrived: i64) -> i64 {
    let said = report.get_str("issued").or_else(|| report.get_str("effectiveDateTime"));
    said.and_then(fhir::date::parse).map_or(arrived, |moment| moment.hi_ms)
}
