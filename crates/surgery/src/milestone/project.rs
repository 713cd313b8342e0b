//! The day as it will be if nothing else happens: each case of a room is pushed by the one before it.

use super::{Code, Mark, time_of};

const MINUTE: i64 = 60_000;
/// Minutes at least that a case still takes once the wound is closed.
const AFTER_CLOSURE: i64 = 10;

/// A case of a room. Times in ms.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub start: i64,
    pub end: i64,
    /// Minutes.
    pub cleaning: i64,
    pub marks: Vec<Mark>,
    /// Cancelled or postponed: it takes no time.
    pub gone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Projected {
    pub start: i64,
    pub end: i64,
    /// Minutes that the start is behind the plan; negative: ahead of it.
    pub late: i64,
}

/// The cases of one room, in the order of their planned start, as they will be at `now`.
pub(crate) fn project(slots: &[Slot], now: i64) -> Vec<Projected> {
    let mut order: Vec<usize> = (0..slots.len()).collect();
    let begin = |slot: &Slot| time_of(&slot.marks, Code::In).unwrap_or(slot.start);
    order.sort_by_key(|at| slots.get(*at).map(begin));
    let mut out: Vec<Projected> =
        slots.iter().map(|slot| Projected { start: slot.start, end: slot.end, late: 0 }).collect();
    let mut free = i64::MIN;
    for at in order {
        let (Some(slot), Some(told)) = (slots.get(at), out.get_mut(at)) else { continue };
        if slot.gone {
            continue;
        }
        let entered = time_of(&slot.marks, Code::In);
        let left = time_of(&slot.marks, Code::Out);
        let start = entered.unwrap_or_else(|| slot.start.max(free).max(now));
        let planned = start + (slot.end - slot.start).max(0);
        let closed = time_of(&slot.marks, Code::Closure).map(|at| at + AFTER_CLOSURE * MINUTE);
        let running = closed.unwrap_or(planned);
        let end = left.unwrap_or(if entered.is_some() { running.max(now) } else { running });
        free = time_of(&slot.marks, Code::Cleaned).unwrap_or(end + slot.cleaning * MINUTE);
        *told = Projected { start, end, late: (start - slot.start) / MINUTE };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(start: i64, end: i64, marks: &[(Code, i64)]) -> Slot {
        let mark = |&(code, at): &(Code, i64)| Mark {
            code,
            time: at * MINUTE,
            by: None,
            by_name: None,
            key: None,
            recorded: None,
            reason: None,
        };
        let marks = marks.iter().map(mark).collect();
        Slot { start: start * MINUTE, end: end * MINUTE, cleaning: 15, marks, gone: false }
    }

    #[test]
    fn a_late_case_pushes_the_next() {
        let slots = [slot(0, 60, &[(Code::In, 20)]), slot(75, 120, &[])];
        let told = project(&slots, 30 * MINUTE);
        assert_eq!((told[0].end / MINUTE, told[0].late), (80, 20));
        assert_eq!((told[1].start / MINUTE, told[1].late), (95, 20));
        // A case that takes longer than planned ends now at the earliest.
        assert_eq!(project(&slots, 100 * MINUTE)[0].end / MINUTE, 100);
    }

    #[test]
    fn what_is_cancelled_frees_its_place() {
        let mut slots = [slot(0, 60, &[]), slot(75, 120, &[])];
        slots[0].gone = true;
        assert_eq!(project(&slots, 0)[1].late, 0);
    }
}
