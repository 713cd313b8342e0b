//! Why a case cannot take place somewhere, as data: the words are the caller's.

use super::Row;
use crate::problem::{Need, Placement, Problem, Span};

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The room-day is none of the case's options: specialty, capability or dates.
    NotAllowed,
    /// It would begin before `earliest`.
    TooEarly { earliest: u16 },
    /// It would end after `latest`: the end of the day, or the case's own limit.
    TooLate { end: u16, latest: u16 },
    /// The room is closed.
    Closed { from: u16, until: u16 },
    /// The room is taken, cleaning included.
    Room { holders: Vec<Holder> },
    /// A resource is not there.
    Away { resource: usize, from: u16, until: u16 },
    /// All units of a resource are held by others in these slots.
    Held { resource: usize, from: u16, until: u16, holders: Vec<Holder> },
    /// No bed is free in that night (a day of the horizon).
    Ward { ward: usize, night: u16, holders: Vec<usize> },
}

/// Who holds something, and from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub case: usize,
    pub from: u16,
    pub until: u16,
}

/// Reasons within one day, against the given others.
pub(super) fn causes(problem: &Problem, others: &[Row], case: usize, at: Placement) -> Vec<Cause> {
    let spec = &problem.cases[case];
    let mut found = Vec::new();
    if !spec.options.contains(&(at.day, at.room)) {
        found.push(Cause::NotAllowed);
    }
    if at.start < spec.earliest {
        found.push(Cause::TooEarly { earliest: spec.earliest });
    }
    let end = at.start.saturating_add(spec.duration);
    let latest = spec.latest_end.unwrap_or(u16::MAX).min(problem.slots as u16);
    if end > latest {
        found.push(Cause::TooLate { end, latest });
    }
    let clean = end.saturating_add(spec.cleaning);
    for span in &problem.rooms[usize::from(at.room)].days[usize::from(at.day)].closed {
        if let Some((from, until)) = overlap(*span, at.start, clean) {
            found.push(Cause::Closed { from, until });
        }
    }
    let holders: Vec<Holder> = others
        .iter()
        .filter(|row| row.case != case && row.at.room == at.room)
        .map(|row| {
            let other = &problem.cases[row.case];
            let until = row.at.start.saturating_add(other.duration).saturating_add(other.cleaning);
            Holder { case: row.case, from: row.at.start, until }
        })
        .filter(|holder| holder.from < clean && at.start < holder.until)
        .collect();
    if !holders.is_empty() {
        found.push(Cause::Room { holders });
    }
    for need in &spec.needs {
        resource(problem, others, case, at, need, &mut found);
    }
    found
}

fn resource(
    problem: &Problem,
    others: &[Row],
    case: usize,
    at: Placement,
    need: &Need,
    found: &mut Vec<Cause>,
) {
    let resource = &problem.resources[need.resource];
    let (from, to) = (at.start.saturating_add(need.from), at.start.saturating_add(need.to));
    for span in resource.away.get(usize::from(at.day)).into_iter().flatten() {
        if let Some((from, until)) = overlap(*span, from, to) {
            found.push(Cause::Away { resource: need.resource, from, until });
        }
    }
    let mut holders = Vec::new();
    for row in others.iter().filter(|row| row.case != case) {
        for held in problem.cases[row.case].needs.iter().filter(|held| held.resource == need.resource) {
            let start = row.at.start.saturating_add(held.from);
            let until = row.at.start.saturating_add(held.to);
            if start < to && from < until && held.from < held.to {
                holders.push(Holder { case: row.case, from: start, until });
            }
        }
    }
    let full = |slot: u16| {
        let held = holders.iter().filter(|h| h.from <= slot && slot < h.until).count();
        held >= usize::from(resource.capacity)
    };
    // What is held changes only where a holder begins or ends.
    let mut edges: Vec<u16> = holders.iter().flat_map(|h| [h.from.max(from), h.until.min(to)]).collect();
    edges.extend([from, to]);
    edges.sort_unstable();
    edges.dedup();
    let parts = edges.windows(2).filter(|edge| full(edge[0]));
    let (mut first, mut last) = (None, 0);
    for part in parts {
        first = first.or(Some(part[0]));
        last = part[1];
    }
    if let Some(first) = first {
        holders.retain(|h| h.from < last && first < h.until);
        found.push(Cause::Held { resource: need.resource, from: first, until: last, holders });
    }
}

fn overlap(span: Span, from: u16, to: u16) -> Option<(u16, u16)> {
    let (from, to) = (span.from.max(from), span.to.min(to));
    (from < to).then_some((from, to))
}
