//! The theatre's plan: the board, what is free, and every change of it.

pub(crate) mod blocks;
pub(crate) mod board;
pub(crate) mod book;
mod cancel;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod closures;
mod fill;
mod free;
mod lock;
pub(crate) mod log;
mod publish;
mod recurring;
mod resources;
pub(crate) mod save;
pub(crate) mod several;
mod swap;
pub(crate) mod team;
pub(crate) mod tell;
#[cfg(test)]
mod tests;
mod undo;
mod vacations;
pub(crate) mod waiting;
pub(crate) mod who;
pub(crate) mod wish;

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = vec![
        resources::route(shelves.clone()),
        board::route(shelves.clone()),
        waiting::route(shelves.clone()),
        check::route(shelves.clone()),
        free::route(shelves.clone()),
        book::route(shelves.clone()),
        change::route(shelves.clone()),
        cancel::route(shelves.clone()),
        lock::route(shelves.clone()),
        book::hold_route(shelves.clone()),
        swap::route(shelves.clone()),
        publish::route(shelves.clone()),
        fill::route(shelves.clone()),
    ];
    routes.extend(undo::routes(shelves));
    routes.extend(vacations::routes(shelves));
    routes.extend(closures::routes(shelves));
    routes
}
