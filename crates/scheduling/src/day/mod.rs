//! Today as it will be: each case pushed by the one before it, as long as such cases take here; and what could be
//! done about a room that runs late.

mod evaluate;
mod get;
mod project;
mod propose;
mod stay;
#[cfg(test)]
mod tests;
mod words;

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    vec![get::route(shelves.clone())]
}
