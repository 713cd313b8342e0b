//! Administration of accounts: who there is, what they are, for whom they act.

use crate::sign_in::Desk;
use service::Route;
use std::sync::Arc;

pub fn routes(_: &Arc<Desk>) -> Vec<Route> {
    Vec::new()
}
