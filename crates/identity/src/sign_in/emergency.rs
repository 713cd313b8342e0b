//! What is kept of an emergency access outside the record, sealed: who opened what and why, and what the review
//! showed. The Task and the Communication in the record can be written by those who write there; this cannot.

use serde::{Deserialize, Serialize};
use store::{Error, Hub, Result};

const DRAWER: &str = "emergency";
/// Kept for three years, ms.
const LASTS_MS: i64 = 3 * 366 * 86_400_000;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Emergency {
    /// Id of the review Task.
    pub task: String,
    /// ms since epoch.
    pub at: i64,
    /// Id of the Patient.
    pub patient: String,
    pub account: String,
    pub account_name: String,
    pub reason: String,
    pub review: Option<Review>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Review {
    /// ms since epoch.
    pub at: i64,
    /// Name of the account that reviewed it.
    pub by: String,
    pub note: String,
}

/// # Errors
/// `Unavailable`.
pub async fn put(hub: &Hub, tenant: &str, emergency: &Emergency) -> Result<()> {
    let payload = serde_json::to_vec(emergency).map_err(|_| corrupt())?;
    hub.vault_put(tenant, DRAWER, &emergency.task, Some(emergency.at + LASTS_MS), &payload).await
}

/// Newest first.
///
/// # Errors
/// `Unavailable`.
pub async fn all(hub: &Hub, tenant: &str) -> Result<Vec<Emergency>> {
    let payloads = hub.vault_list(tenant, DRAWER).await?;
    let mut all: Vec<Emergency> = payloads
        .iter()
        .map(|payload| serde_json::from_slice(payload).map_err(|_| corrupt()))
        .collect::<Result<_>>()?;
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.task.cmp(&b.task)));
    Ok(all)
}

/// Closes a review, once; whether there was one to close.
///
/// # Errors
/// `Unavailable`.
pub async fn review(hub: &Hub, tenant: &str, task: &str, review: &Review) -> Result<bool> {
    let change = |payload: &[u8]| {
        let mut emergency: Emergency = serde_json::from_slice(payload).ok()?;
        if emergency.review.is_some() {
            return None;
        }
        emergency.review = Some(review.clone());
        serde_json::to_vec(&emergency).ok()
    };
    hub.vault_change(tenant, DRAWER, task, change).await
}

fn corrupt() -> Error {
    Error::Corrupt("an emergency access".into())
}
