//! Tasks of steps that the caller may see.

use crate::instance::{KIND, StepTask, TASK, parsed};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::search::SearchRequest;
use store::{Error, Result};

/// Tasks of one page of a search, and of one answer.
const PAGE: &str = "500";
const READ_MAX: usize = 3_000;

/// All that match, and whether there are more.
///
/// # Errors
/// The store's, but for what is closed to the caller: that is not there.
pub(super) async fn tasks(cx: &RouteCtx, params: &[(&str, String)]) -> Result<(Vec<StepTask>, bool)> {
    let mut all: Vec<(String, String)> =
        params.iter().map(|(name, value)| ((*name).to_string(), value.clone())).collect();
    all.push(("code".into(), format!("{TASK}|{KIND}")));
    all.push(("_count".into(), PAGE.into()));
    let mut request = SearchRequest { rt: Some(ResourceType::TASK), params: all, ..SearchRequest::default() };
    let mut found = Vec::new();
    loop {
        let page = match cx.tenant.search(&cx.ctx, &request).await {
            Err(Error::Denied) => return Ok((found, false)),
            page => page?,
        };
        for entry in page.entries {
            let visible = entry.visible;
            let json = parsed(&visible)?;
            let task = StepTask { id: visible.id, version: Some(visible.version), json };
            // Anyone may write a Task that looks like these: ours have the id that follows from the instance's.
            found.extend(task.is_ours().then_some(task));
        }
        match page.next {
            Some(next) if found.len() < READ_MAX => request.page = Some(next),
            next => return Ok((found, next.is_some())),
        }
    }
}

/// The resources of these ids that the caller may read, by id.
///
/// # Errors
/// As [`tasks`].
pub(super) async fn by_ids(
    cx: &RouteCtx,
    rt: ResourceType,
    mut ids: Vec<String>,
) -> Result<HashMap<String, Json<'static>>> {
    ids.sort_unstable();
    ids.dedup();
    let mut found = HashMap::new();
    for some in ids.chunks(200) {
        let params = [("_id", some.join(",")), ("_count", "200".to_string())];
        let request = SearchRequest {
            rt: Some(rt),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v)).collect(),
            ..SearchRequest::default()
        };
        let page = match cx.tenant.search(&cx.ctx, &request).await {
            Err(Error::Denied) => return Ok(found),
            page => page?,
        };
        for entry in page.entries {
            let json = parsed(&entry.visible)?;
            found.insert(entry.visible.id, json);
        }
    }
    Ok(found)
}
