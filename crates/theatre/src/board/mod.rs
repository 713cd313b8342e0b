//! A plan with its times as they are: what is in conflict, why a case cannot be somewhere, where it could be.
//! The free slots come from the same decoder that the search uses.

mod causes;
mod conflicts;
mod emergency;
mod offers;
mod overtime;

pub use causes::{Cause, Holder};
pub use conflicts::{Conflict, conflicts, explain};
pub use emergency::{Insertion, Moved, Now, insert_emergency};
pub use offers::{Offer, offers};
pub use overtime::{RoomRisk, overtime};

use crate::problem::{Placement, Plan, Problem};

/// A case of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    case: usize,
    at: Placement,
}

/// The cases of each day by start; pinned cases where they are pinned.
fn rows(problem: &Problem, plan: &Plan) -> Vec<Vec<Row>> {
    let mut days = vec![Vec::new(); problem.days];
    for (case, spec) in problem.cases.iter().enumerate() {
        if let Some(at) = spec.pinned.or(plan.placements.get(case).copied().flatten()) {
            days[usize::from(at.day)].push(Row { case, at });
        }
    }
    for day in &mut days {
        day.sort_by_key(|row: &Row| (row.at.start, row.case));
    }
    days
}
