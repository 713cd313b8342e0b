//! The verbs: what is planned, was said or needs a person; planning again; what a patient wishes; alerts;
//! conversations.

mod act;
mod alert;
mod list;
mod preferences;
mod sample;
mod schedule;
mod talk;
mod tell;

use crate::channel::Channels;
use crate::due::Due;
use service::Route;
use std::sync::Arc;

pub(crate) fn routes(channels: &Arc<Channels>, alerts: &Arc<Due>) -> Vec<Route> {
    let mut routes = vec![list::route(channels), schedule::route(channels), act::send(), act::cancel()];
    routes.extend(preferences::routes(channels));
    routes.extend(alert::routes(alerts));
    routes.extend(talk::routes());
    if channels.sample.is_some() {
        routes.push(sample::route(channels));
    }
    routes
}
