//! Whatever happens to an operation, its bookings, its consents or its tasks: its courses are brought to where they
//! should be then. A row says only which operation to look at; what is written follows from what stands, so rows may
//! come late, twice or in any order.

use crate::instance::case::Case;
use crate::instance::{Facts, Instance, KIND, TASK, advance, parsed};
use crate::template::{Starts, choose, urls};
use crate::{element, instance};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Reaction, ReactionCtx};
use std::collections::BTreeSet;
use store::{Error, FeedRow, Result, Write};

/// Cases that one row can be about.
const CASES_MAX: usize = 20;

pub(crate) struct CaseFollowed;

#[async_trait]
impl Reaction for CaseFollowed {
    fn name(&self) -> &'static str {
        "workflow.case-followed"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::SERVICE_REQUEST, ResourceType::APPOINTMENT, ResourceType::CONSENT, ResourceType::TASK]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        let mut writes = Vec::new();
        for id in cases(cx, row).await? {
            writes.extend(follow(cx, &id).await?);
        }
        Ok(writes)
    }
}

async fn follow(cx: &ReactionCtx, id: &str) -> Result<Vec<Write>> {
    let (tenant, now) = (&*cx.tenant, cx.ctx.clock.now_ms());
    let case = Case::read(tenant, &cx.ctx, id).await?;
    let mut facts = None;
    let mut writes = Vec::new();
    for url in urls() {
        let found = Instance::read(tenant, &cx.ctx, id, url).await?;
        if found.is_none() && case.is_none() {
            continue;
        }
        if facts.is_none() {
            facts = Some(match &case {
                Some(case) => Facts::read(tenant, &cx.ctx, case).await?,
                None => Facts::default(),
            });
        }
        let known = facts.clone().unwrap_or_default();
        let found = match (found, &case) {
            (None, Some(case)) if !case.is_history(known.booked, now) => begin(cx, case, url, now).await?,
            (found, _) => found,
        };
        let Some(mut instance) = found else { continue };
        let before = instance.tasks.clone();
        writes.extend(advance(&mut instance, &before, case.as_ref(), &known, now)?);
    }
    Ok(writes)
}

/// The course of that url, if it is time for it.
async fn begin(cx: &ReactionCtx, case: &Case, url: &str, now: i64) -> Result<Option<Instance>> {
    let starts = match case.phase {
        instance::Phase::Open => Starts::CaseActive,
        instance::Phase::Over => Starts::CaseOver,
        _ => return Ok(None),
    };
    if !crate::template::starts(url, starts) {
        return Ok(None);
    }
    let template = choose(&cx.tenant, &cx.ctx, url).await?;
    Ok((template.starts == starts).then(|| Instance::begin(cx.tenant.name(), case, template, now)))
}

/// The operations that a row is about, as it was before and as it is.
async fn cases(cx: &ReactionCtx, row: &FeedRow) -> Result<BTreeSet<String>> {
    let of = |rt: ResourceType| rt.number() == row.kind;
    let mut found = BTreeSet::new();
    if of(ResourceType::SERVICE_REQUEST) {
        found.insert(row.id.clone());
        return Ok(found);
    }
    let known = [ResourceType::APPOINTMENT, ResourceType::CONSENT, ResourceType::TASK];
    let Some(rt) = known.into_iter().find(|rt| of(*rt)) else { return Ok(found) };
    if let Some(now) = cx.current(rt, &row.id).await? {
        named(rt, &parsed(&now)?, &mut found);
    }
    // A booking that is deleted, or moved to another case, leaves one behind. Our own tasks do not move.
    if rt != ResourceType::TASK && row.version > 1 {
        match cx.tenant.vread(&cx.ctx, rt, &row.id, row.version - 1).await {
            Ok(old) if !old.body.is_empty() => named(rt, &parsed(&old)?, &mut found),
            Ok(_) | Err(Error::NotFound | Error::Gone { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

fn named(rt: ResourceType, json: &Json<'_>, found: &mut BTreeSet<String>) {
    let mut add = |reference: Option<&str>| {
        let id = reference.and_then(|one| one.strip_prefix("ServiceRequest/"));
        found.extend(id.filter(|_| found.len() < CASES_MAX).map(String::from));
    };
    match rt {
        ResourceType::APPOINTMENT => json.each("basedOn").for_each(|one| add(one.get_str("reference"))),
        ResourceType::CONSENT => {
            found.extend(instance::cases_of(json).take(CASES_MAX).map(String::from));
        }
        _ => {
            let ours = json.get("code").and_then(|code| element::coded(code, TASK)) == Some(KIND);
            if ours {
                add(element::refers(json, "focus"));
            }
        }
    }
}
