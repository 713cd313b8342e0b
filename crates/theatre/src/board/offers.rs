//! Where a case could go without moving any other.

use super::{Row, rows};
use crate::cost::cost;
use crate::fault::Fault;
use crate::mask::{Mask, Wide};
use crate::model::Model;
use crate::problem::{Placement, Plan, Problem};
use crate::search::tally::Tally;
use crate::validate::{known_case, validate, validate_plan};

/// A free place and by how much the plan costs more with the case there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub at: Placement,
    pub cost: i64,
}

/// The `count` best free places for the case, the others staying where they are: the nearest to `wish`, or
/// the cheapest without one.
///
/// # Errors
/// What is wrong with the problem or with the plan.
pub fn offers(
    problem: &Problem,
    plan: &Plan,
    case: usize,
    wish: Option<Placement>,
    count: usize,
) -> Result<Vec<Offer>, Vec<Fault>> {
    validate(problem)?;
    validate_plan(problem, plan)?;
    known_case(problem, case)?;
    let mut others = plan.clone();
    others.placements[case] = None;
    let mut days = rows(problem, &others);
    days.iter_mut().for_each(|rows| rows.retain(|row| row.case != case));
    let places = match problem.slots < <u128 as Mask>::BITS {
        true => places(&Model::<u128>::unpinned(problem), problem, &days, case, wish),
        false => places(&Model::<Wide<5>>::unpinned(problem), problem, &days, case, wish),
    };
    let before = cost(problem, plan).total();
    let mut offers: Vec<Offer> = places
        .into_iter()
        .map(|at| {
            others.placements[case] = Some(at);
            Offer { at, cost: cost(problem, &others).total() - before }
        })
        .collect();
    let slots = problem.slots as i64;
    offers.sort_by_key(|offer| match wish {
        None => (offer.cost, 0, offer.at.day, offer.at.start, offer.at.room),
        Some(wish) => {
            let days = i64::from(offer.at.day) - i64::from(wish.day);
            let minutes = i64::from(offer.at.start) - i64::from(wish.start);
            // Another room at the same time is further than the same one.
            let far = 2 * (days.abs() * slots + minutes.abs()) + i64::from(offer.at.room != wish.room);
            (far, offer.cost, offer.at.day, offer.at.start, offer.at.room)
        }
    });
    offers.truncate(count);
    Ok(offers)
}

/// Of each room-day the first free slot and, on the wished day, those around the wish.
fn places<M: Mask>(
    model: &Model<M>,
    problem: &Problem,
    days: &[Vec<Row>],
    case: usize,
    wish: Option<Placement>,
) -> Vec<Placement> {
    let mut tally = Tally::new(model);
    let mut states = model.base.clone();
    for row in days.iter().flatten() {
        let (day, room, start) =
            (usize::from(row.at.day), usize::from(row.at.room), usize::from(row.at.start));
        states[day].put(model, day, row.case, start);
        states[day].occupy(model, row.case, room, start);
        if model.specs[row.case].pinned.is_none() {
            tally.add(model, row.case, day, room);
        }
    }
    let mut found = Vec::new();
    for (day, room) in problem.cases[case].options.iter().map(|(d, r)| (usize::from(*d), usize::from(*r))) {
        let before = tally.overbooked;
        tally.add(model, case, day, room);
        let full = tally.overbooked > before;
        tally.remove(model, case, day, room);
        if full {
            continue;
        }
        let mut add = |start: usize| {
            let at = Placement { day: day as u16, room: room as u16, start: start as u16 };
            if !found.contains(&at) {
                found.push(at);
            }
        };
        let first = model.specs[case].earliest;
        let Some(start) = states[day].earliest(model, case, room, first) else { continue };
        add(start);
        let Some(wish) = wish.filter(|wish| usize::from(wish.day) == day) else { continue };
        let wished = usize::from(wish.start).max(first);
        if let Some(start) = states[day].earliest(model, case, room, wished) {
            add(start);
        }
        let before = (first..wished).rev();
        let mut fits = before.filter(|at| states[day].earliest(model, case, room, *at) == Some(*at));
        if let Some(start) = fits.next() {
            add(start);
        }
    }
    found
}
