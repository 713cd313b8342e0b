//! Sign-in: passwords, second factors, passkeys, sessions, ward stations. One verb a file.

mod desk;

pub use desk::Desk;

use service::Route;
use std::sync::Arc;

pub fn routes(_: &Arc<Desk>) -> Vec<Route> {
    Vec::new()
}
