//! The first plan: each case, in some order of importance, at the place where it costs least.

use super::chain::{Item, Orders};
use super::random::Random;
use super::tally::Tally;
use crate::mask::Mask;
use crate::model::Model;
use crate::problem::Plan;

/// `noise` above 0 disturbs the order, for other plans from other seeds. What `begun` has, stays and goes first.
pub(crate) fn greedy<M: Mask>(model: &Model<M>, random: &mut Random, noise: f32, begun: Orders) -> Orders {
    let mut known = vec![false; model.specs.len()];
    begun.iter().flatten().for_each(|item| known[usize::from(item.case)] = true);
    let mut queue: Vec<(f32, usize)> = (0..model.specs.len())
        .filter(|case| !model.specs[*case].options.is_empty() && !known[*case])
        .map(|case| {
            let spec = &model.specs[case];
            let scarce = 40.0 / spec.options.len() as f32;
            let weight = spec.drop.min(2_000) as f32 / 10.0 + spec.duration as f32 + scarce;
            (-weight * (1.0 + noise * random.unit()), case)
        })
        .collect();
    queue.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut tally = Tally::new(model);
    let mut states = model.base.clone();
    let mut ends = vec![0u16; model.days * model.rooms];
    let mut orders = begun;
    orders.resize_with(model.days, Vec::new);
    for (day, order) in orders.iter().enumerate() {
        for item in order {
            let (case, room) = (usize::from(item.case), usize::from(item.room));
            let from = model.earliest(case, day).max(usize::from(states[day].ready[room]));
            let Some(start) = states[day].earliest(model, case, room, from) else { continue };
            tally.add(model, case, day, room);
            states[day].put(model, day, case, start);
            model.leave(&mut states[day], day, case, room, start);
            let end = &mut ends[day * model.rooms + room];
            *end = (*end).max((start + model.specs[case].duration) as u16);
        }
    }
    for (_, case) in queue {
        let spec = &model.specs[case];
        let mut best: Option<(i32, usize, usize, usize)> = None;
        for (day, room) in &spec.options {
            let (day, room) = (usize::from(*day), usize::from(*room));
            let before = ends[day * model.rooms + room];
            let from = model.earliest(case, day).max(usize::from(states[day].ready[room]));
            let Some(start) = states[day].earliest(model, case, room, from) else { continue };
            let fixed = tally.add(model, case, day, room);
            let full = tally.overbooked > 0;
            tally.remove(model, case, day, room);
            // Overtime and lateness count by slot; a later start is a little worse than an earlier one.
            let end = start + spec.duration;
            let regular = usize::from(model.regular_end[day * model.rooms + room]).max(usize::from(before));
            let over = end.saturating_sub(regular) as i32 * model.weights.overtime as i32;
            let cost = (fixed + over) * 16 + start as i32;
            if !full && best.is_none_or(|b| cost < b.0) {
                best = Some((cost, day, room, start));
            }
        }
        let Some((cost, day, room, start)) = best.filter(|b| b.0 / 16 <= spec.drop) else { continue };
        debug_assert!(cost / 16 <= spec.drop);
        tally.add(model, case, day, room);
        states[day].put(model, day, case, start);
        model.leave(&mut states[day], day, case, room, start);
        let end = &mut ends[day * model.rooms + room];
        *end = (*end).max((start + spec.duration) as u16);
        orders[day].push(Item { case: case as u16, room: room as u16 });
    }
    orders
}

/// The orders of a plan that is there: by start. What cannot stay where it is, waits.
pub(crate) fn ordered<M: Mask>(model: &Model<M>, plan: &Plan) -> Orders {
    let mut rows: Vec<(u16, u16, usize, u16)> = Vec::new();
    for (case, at) in plan.placements.iter().enumerate().take(model.specs.len()) {
        if let Some(at) = at.filter(|_| model.specs[case].pinned.is_none()) {
            rows.push((at.day, at.start, case, at.room));
        }
    }
    rows.sort_unstable();
    let mut orders: Orders = vec![Vec::new(); model.days];
    for (day, _, case, room) in rows {
        orders[usize::from(day)].push(Item { case: case as u16, room });
    }
    orders
}
