//! How long a case will take: the median and two cautious values, where they come from, and what the spread
//! means for a room.
//!
//! Log-normal medians are shrunk level by level: all, specialty, act, approach, surgeon. With enough cases a
//! boosted correction is learnt on what the levels leave. Conformal scores of past predictions turn the spread
//! into P80 and P90 that hold.

mod boost;
mod evaluate;
mod levels;
mod predictor;
mod spread;
mod table;
mod when;

pub use evaluate::{Evaluation, Scores, evaluate};
pub use levels::{Level, Provenance};
pub use predictor::{Prediction, Predictor};
pub use spread::{LogNormal, chance_beyond};
pub use table::{Columns, Counted, Table, read};

/// Longer is taken for a mistake of the record.
pub const MINUTES_MAX: f64 = 24.0 * 60.0;

/// What is known of a case before it begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    pub specialty: String,
    /// The act: CCAM, CPT or a name.
    pub procedure: String,
    pub approach: String,
    pub surgeon: Option<String>,
    /// Numbers that may matter (age, hour of the day, …), the same ones for every case; NaN if unknown.
    pub features: Vec<f32>,
}

/// A finished case.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    pub request: Request,
    /// Above 0 and at most [`MINUTES_MAX`].
    pub minutes: f64,
}
