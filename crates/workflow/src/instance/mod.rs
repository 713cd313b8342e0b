//! A course under way: a RequestGroup with the plan that it follows, and one Task for each of its steps.

mod advance;
pub(crate) mod case;
mod course;
mod facts;
mod group;
mod id;
pub(crate) mod rule;
mod task;

pub(crate) use advance::{Instance, advance};
pub(crate) use case::Case;
pub(crate) use course::{Decision, Phase, State};
pub(crate) use facts::{Facts, cases_of};
use id::{group_id, task_id};
pub(crate) use task::{AFTER, GROUP, KIND, OPENS as TEMPLATE_OPENS, ORDER, PROOF, STEP, StepTask, TASK};

use fhir::{Json, ResourceType};
use store::{Ctx, Error, Result, Tenant, Visible};

/// The resource as it stands; `None` when it is not there (any more).
pub(crate) async fn current(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    id: &str,
) -> Result<Option<Visible>> {
    match tenant.read(ctx, rt, id).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(crate) fn parsed(visible: &Visible) -> Result<Json<'static>> {
    let json = fhir::json::parse(&visible.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(json.into_owned())
}
