//! The verbs of conversations (`secure-messaging/…`). Who may see one is the store's decision, asked with the caller's own
//! rights ([`crate::talk::seen`]); what belongs to it is then read and written by the hub.

mod act;
mod archive;
mod count;
mod list;
mod new;
mod open;
mod participants;
mod patient;
mod read;
mod search;
mod send;
mod tell;
mod who;

use service::{Access, Handler, Method, Route};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        list::route(),
        new::route(),
        count::route(),
        search::route(),
        open::route(),
        send::route(),
        read::route(),
        archive::route(),
        patient::route(),
    ];
    routes.extend(participants::routes());
    routes.extend(act::routes());
    routes
}

fn route(method: Method, path: &'static str, summary: &'static str, handler: Arc<dyn Handler>) -> Route {
    Route { method, path, summary, access: Access::SignedIn, handler }
}
