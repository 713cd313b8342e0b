//! A photo whose patient no longer agrees is taken out of the record.

use super::with;
use crate::consent::ends_photo;
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Reaction, ReactionCtx};
use store::{FeedRow, Op, Result, Write};

pub(crate) struct PhotoWithdrawal;

#[async_trait]
impl Reaction for PhotoWithdrawal {
    fn name(&self) -> &'static str {
        "records.photo-withdrawal"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::CONSENT]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        if row.op == Op::Delete {
            return Ok(Vec::new());
        }
        let Some(consent) = cx.current(ResourceType::CONSENT, &row.id).await? else { return Ok(Vec::new()) };
        let Some(patient) = fhir::json::parse(&consent.body).ok().as_ref().and_then(ends_photo) else {
            return Ok(Vec::new());
        };
        let Some(found) = cx.current(ResourceType::PATIENT, &patient).await? else { return Ok(Vec::new()) };
        let has = fhir::json::parse(&found.body).is_ok_and(|json| json.get("photo").is_some());
        if has { Ok(vec![with(&found, None)?]) } else { Ok(Vec::new()) }
    }
}
