//! One operation against the vacations of its room: what of it lies inside, after, outside; how late it began.

use super::facts::{Operation, Vacation};
use crate::case::zone;

const MINUTE: i64 = 60_000;
/// A patient may come this long before the vacation begins and still be its first.
const EARLY: i64 = 60 * MINUTE;
/// Longer than this between two patients, the room was empty rather than being turned over.
pub(crate) const GAP_MAX: i64 = 120;

/// Minutes, of one operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    /// From the patient's entry until the room is clean. `used` = `inside` + `over` + `outside`.
    pub used: i64,
    /// Within a vacation of the room.
    pub inside: i64,
    /// After the last vacation that it touches.
    pub over: i64,
    /// Outside every vacation otherwise.
    pub outside: i64,
    /// Of the first one of a vacation: how long after it should have begun; nothing early is negative.
    pub late: Option<i64>,
    /// Since the patient before left the room.
    pub gap: Option<i64>,
}

fn overlap(a: (i64, i64), b: (i64, i64)) -> i64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0)
}

/// In the order of the operations, which are by room and start.
pub(crate) fn measure(operations: &[Operation], vacations: &[Vacation]) -> Vec<Measured> {
    let mut all: Vec<Measured> = Vec::with_capacity(operations.len());
    for (n, one) in operations.iter().enumerate() {
        let next = operations.get(n + 1).filter(|next| next.room == one.room);
        all.push(placed(one, next, vacations));
    }
    for pair in 1..operations.len() {
        let (before, after) = (&operations[pair - 1], &operations[pair]);
        let gap = (after.start - before.end) / MINUTE;
        let same_day = zone::day_of(before.start) == zone::day_of(after.start);
        if before.room == after.room && same_day && (0..=GAP_MAX).contains(&gap) {
            all[pair].gap = Some(gap);
        }
    }
    for vacation in vacations {
        if let Some(first) = first_of(vacation, operations, vacations) {
            let planned = operations[first].planned.filter(|at| (vacation.from..vacation.until).contains(at));
            let due = planned.unwrap_or(vacation.from);
            all[first].late = Some(((operations[first].start - due) / MINUTE).max(0));
        }
    }
    all
}

fn placed(one: &Operation, next: Option<&Operation>, vacations: &[Vacation]) -> Measured {
    // Whoever lies in the room uses it: cleaning ends where the next patient comes in.
    let end = one.clean.min(next.map_or(i64::MAX, |next| next.start)).max(one.end);
    let span = (one.start, end);
    let ours = vacations.iter().filter(|v| v.room == one.room);
    let (mut inside, mut last) = (0, None);
    for vacation in ours {
        let shared = overlap(span, (vacation.from, vacation.until));
        if shared > 0 {
            inside += shared;
            last = last.max(Some(vacation.until));
        }
    }
    let over = last.map_or(0, |until| (span.1 - until).max(0));
    let (used, inside, over) = ((span.1 - span.0) / MINUTE, inside / MINUTE, over / MINUTE);
    Measured { used, inside, over, outside: (used - inside - over).max(0), late: None, gap: None }
}

/// The first patient of a vacation: of those that come in its hours, or a little before and in nobody else's.
fn first_of(vacation: &Vacation, operations: &[Operation], vacations: &[Vacation]) -> Option<usize> {
    let of_others = |at: i64| {
        vacations.iter().any(|v| v != vacation && v.room == vacation.room && (v.from..v.until).contains(&at))
    };
    let comes = |one: &Operation| {
        one.room == vacation.room
            && (vacation.from - EARLY..vacation.until).contains(&one.start)
            && (one.start >= vacation.from || !of_others(one.start))
    };
    operations.iter().position(comes)
}
