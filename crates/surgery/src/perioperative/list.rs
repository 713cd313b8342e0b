//! The entries of a sheet, as they stand.

use super::case::{CASE, Case, all, parsed};
use super::entry::{Sheet, Stored};
use super::observation::{self, RECORD};
use crate::anaesthesia;
use fhir::ResourceType;
use service::RouteCtx;
use store::Result;

/// All entries of a sheet that the caller may see, the oldest first.
///
/// # Errors
/// The store's.
pub(crate) async fn entries(cx: &RouteCtx, case: &Case, sheet: &Sheet) -> Result<Vec<Stored>> {
    let query = [("based-on", case.reference()), ("category", format!("{RECORD}|{}", sheet.name))];
    let mut stored = Vec::new();
    for found in all(cx, ResourceType::OBSERVATION, query).await? {
        stored.extend(observation::read(&found.id, found.version, &parsed(&found)?, sheet));
    }
    if sheet.kind(anaesthesia::DRUG).is_some() {
        let query = [("identifier", format!("{CASE}|{}", case.id))];
        for found in all(cx, ResourceType::MEDICATION_ADMINISTRATION, query).await? {
            stored.extend(anaesthesia::drug_read(&found.id, found.version, &parsed(&found)?));
        }
    }
    stored.sort_by(|a, b| (a.at(), &a.id).cmp(&(b.at(), &b.id)));
    Ok(stored)
}
