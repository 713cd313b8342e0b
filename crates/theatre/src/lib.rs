//! The plan of an operating theatre.

mod board;
mod cost;
pub mod durations;
mod fault;
mod mask;
mod model;
pub mod problem;
mod risk;
pub mod sample;
mod search;
mod solve;
mod state;
mod validate;
pub mod week;

pub use board::{
    Cause, Conflict, Holder, Insertion, Moved, Now, Offer, RoomRisk, conflicts, explain, insert_emergency,
    offers, overtime,
};
pub use cost::{Cost, cost};
pub use fault::{Fault, Wrong};
pub use problem::{Placement, Plan, Problem};
pub use risk::overtime_chance;
pub use solve::{Budget, Options, Progress, Solution, solve};
pub use validate::{validate, validate_plan};
