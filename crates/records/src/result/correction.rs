//! A value that the laboratory corrects asks for its reports to be looked at again, even if nobody sends the
//! reports anew.

use super::reaction::look;
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Reaction, ReactionCtx};
use store::search::SearchRequest;
use store::{FeedRow, Op, Result, Write};

/// Reports of one value that are looked at.
const REPORTS_MAX: &str = "10";

pub(super) struct ResultCorrection;

#[async_trait]
impl Reaction for ResultCorrection {
    fn name(&self) -> &'static str {
        "records.result-correction"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::OBSERVATION]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        if row.op != Op::Update {
            return Ok(Vec::new());
        }
        let Some(found) = cx.current(ResourceType::OBSERVATION, &row.id).await? else {
            return Ok(Vec::new());
        };
        let json = fhir::json::parse(&found.body).ok();
        let status = json.as_ref().and_then(|json| json.get_str("status"));
        // Several rows of one value may come at once: the newest asks.
        if found.version != row.version || !matches!(status, Some("amended" | "corrected")) {
            return Ok(Vec::new());
        }
        let params = [("result", format!("Observation/{}", row.id)), ("_count", REPORTS_MAX.to_string())];
        let request = SearchRequest {
            rt: Some(ResourceType::DIAGNOSTIC_REPORT),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v)).collect(),
            ..SearchRequest::default()
        };
        let mut writes = Vec::new();
        for report in cx.tenant.search(&cx.ctx, &request).await?.entries {
            writes.extend(look(cx, &report.visible, Some(found.at)).await?);
        }
        Ok(writes)
    }
}
