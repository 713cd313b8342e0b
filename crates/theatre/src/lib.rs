//! The plan of an operating theatre.

mod cost;
mod mask;
mod model;
pub mod problem;
mod risk;
mod search;
mod solve;
mod state;
pub mod week;

pub use cost::{Cost, cost};
pub use problem::{Placement, Plan, Problem};
pub use risk::overtime_chance;
pub use solve::{trial};
