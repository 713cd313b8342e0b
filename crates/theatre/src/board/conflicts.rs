//! All conflicts of a plan, and the reasons against one placement.

use super::causes::{Cause, causes};
use super::{Row, rows};
use crate::fault::Fault;
use crate::mask::{Mask, Wide};
use crate::model::Model;
use crate::problem::{Placement, Plan, Problem};
use crate::validate::{validate, validate_plan};

/// A case that cannot take place where the plan has it. Of two cases that exclude each other, the later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub case: usize,
    pub at: Placement,
    pub causes: Vec<Cause>,
}

/// All conflicts of the plan, by day and start.
///
/// # Errors
/// What is wrong with the problem or with the plan.
pub fn conflicts(problem: &Problem, plan: &Plan) -> Result<Vec<Conflict>, Vec<Fault>> {
    validate(problem)?;
    validate_plan(problem, plan)?;
    let days = rows(problem, plan);
    Ok(match problem.slots < <u128 as Mask>::BITS {
        true => check(problem, &Model::<u128>::unpinned(problem), &days),
        false => check(problem, &Model::<Wide<5>>::unpinned(problem), &days),
    })
}

fn check<M: Mask>(problem: &Problem, model: &Model<M>, days: &[Vec<Row>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut beds = Beds::new(problem);
    for (day, rows) in days.iter().enumerate() {
        let mut state = model.base[day].clone();
        for (i, row) in rows.iter().enumerate() {
            let (room, start) = (usize::from(row.at.room), usize::from(row.at.start));
            let mut reasons = Vec::new();
            let fits = start >= model.specs[row.case].earliest
                && model.allows(row.case, day, room)
                && state.earliest(model, row.case, room, start) == Some(start);
            if !fits {
                reasons = causes(problem, &rows[..i], row.case, row.at);
            }
            beds.take(problem, row, &mut reasons);
            if !reasons.is_empty() {
                found.push(Conflict { case: row.case, at: row.at, causes: reasons });
            }
            state.put(model, day, row.case, start);
            state.occupy(model, row.case, room, start);
        }
    }
    found
}

/// The reasons against a placement with all other cases where the plan has them; empty if it is possible.
///
/// # Errors
/// What is wrong with the problem, the plan, or the placement.
pub fn explain(problem: &Problem, plan: &Plan, case: usize, at: Placement) -> Result<Vec<Cause>, Vec<Fault>> {
    let mut wished = plan.clone();
    if let Some(place) = wished.placements.get_mut(case) {
        *place = Some(at);
    }
    validate(problem)?;
    validate_plan(problem, &wished)?;
    crate::validate::known_case(problem, case)?;
    let days = rows(problem, plan);
    let mut reasons = causes(problem, &days[usize::from(at.day)], case, at);
    let mut beds = Beds::new(problem);
    for row in days.iter().flatten().filter(|row| row.case != case) {
        beds.take(problem, row, &mut Vec::new());
    }
    beds.take(problem, &Row { case, at }, &mut reasons);
    Ok(reasons)
}

/// Who has a bed of each ward in each night.
struct Beds {
    taken: Vec<Vec<Vec<usize>>>,
}

impl Beds {
    fn new(problem: &Problem) -> Self {
        Self { taken: vec![vec![Vec::new(); problem.days]; problem.wards.len()] }
    }

    fn take(&mut self, problem: &Problem, row: &Row, reasons: &mut Vec<Cause>) {
        let first = usize::from(row.at.day);
        for stay in &problem.cases[row.case].stays {
            for night in first..(first + usize::from(stay.nights)).min(problem.days) {
                let taken = &mut self.taken[stay.ward][night];
                if taken.len() >= usize::from(problem.wards[stay.ward].beds[night]) {
                    let holders = taken.clone();
                    reasons.push(Cause::Ward { ward: stay.ward, night: night as u16, holders });
                }
                taken.push(row.case);
            }
        }
    }
}
