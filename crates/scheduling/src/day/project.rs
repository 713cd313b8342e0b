//! The projection itself, of plain numbers.

use crate::zone::MINUTE;
use std::collections::HashMap;
use theatre::durations::{LogNormal, chance_beyond};

/// Minutes at least that a case still takes once the wound is closed.
const AFTER_CLOSURE: i64 = 10;
/// Minutes that a case still takes when it lasts longer than such cases ever did.
const BEYOND: f64 = 5.0;

/// What the end of a case is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// How long such cases take here.
    Median,
    /// The plan: the clinic has not done the act often enough.
    Planned,
    /// The wound is closed.
    Closure,
    /// The patient is out.
    Done,
}

impl Basis {
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Median => "median",
            Basis::Planned => "planned",
            Basis::Closure => "closure",
            Basis::Done => "done",
        }
    }
}

/// A case in its room. Times in ms.
#[derive(Clone, Debug)]
pub(super) struct Stay {
    pub booking: String,
    pub room: String,
    /// Surgeon and anaesthetist: who is needed for the case to go on.
    pub people: Vec<String>,
    /// By the plan as it stands, which is what lateness is counted from.
    pub due: i64,
    /// When and where it shall begin; as `room`, another than planned in a proposal.
    pub start: i64,
    /// Minutes from patient in to patient out, by the plan.
    pub planned: i64,
    pub cleaning: i64,
    /// How long such cases take, where that is known.
    pub usual: Option<LogNormal>,
    pub entered: Option<i64>,
    pub closed: Option<i64>,
    pub left: Option<i64>,
    pub cleaned: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Projected {
    pub start: i64,
    pub end: i64,
    pub basis: Basis,
    /// When the room could be had before it, and when its people could.
    pub room_free: i64,
    pub people_free: i64,
}

impl Stay {
    pub fn has_begun(&self) -> bool {
        self.entered.is_some() || self.left.is_some()
    }

    /// Minutes in the room of a case that has run for `elapsed` minutes, and what that rests on.
    fn lasts(&self, elapsed: f64) -> (i64, Basis) {
        match self.usual {
            Some(usual) => (median_beyond(usual, elapsed).round() as i64, Basis::Median),
            None => (self.planned.max(elapsed.ceil() as i64), Basis::Planned),
        }
    }
}

/// The median of the durations that are longer than `elapsed` minutes.
pub(super) fn median_beyond(usual: LogNormal, elapsed: f64) -> f64 {
    let longer = |minutes: f64| chance_beyond(&[usual], 0.0, minutes);
    if elapsed <= 0.0 {
        return usual.quantile(0.0);
    }
    let half = longer(elapsed) / 2.0;
    // Where no such case ever lasted that long, its distribution says nothing any more.
    if half < 0.005 {
        return elapsed + BEYOND;
    }
    let (mut low, mut high) = (elapsed, elapsed.max(usual.quantile(4.0)));
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if longer(middle) > half { low = middle } else { high = middle }
    }
    high
}

/// The cases in the order of their start, each after the one before it in its room and after its people are free.
pub(super) fn project(stays: &[Stay], now: i64) -> Vec<Projected> {
    let mut order: Vec<usize> = (0..stays.len()).collect();
    order.sort_by_key(|at| {
        let stay = &stays[*at];
        (!stay.has_begun(), stay.entered.unwrap_or(stay.start), stay.booking.clone())
    });
    let mut rooms: HashMap<&str, i64> = HashMap::new();
    let mut people: HashMap<&str, i64> = HashMap::new();
    let nothing = Projected { start: 0, end: 0, basis: Basis::Planned, room_free: now, people_free: now };
    let mut out = vec![nothing; stays.len()];
    for at in order {
        let stay = &stays[at];
        let room_free = rooms.get(stay.room.as_str()).copied().unwrap_or(now);
        let busy = stay.people.iter().filter_map(|who| people.get(who.as_str()).copied());
        let people_free = busy.max().unwrap_or(now);
        let start = stay.entered.unwrap_or_else(|| stay.start.max(room_free).max(people_free).max(now));
        let elapsed = if stay.entered.is_some() { (now - start).max(0) } else { 0 };
        let (minutes, basis) = stay.lasts(elapsed as f64 / MINUTE as f64);
        let (end, basis) = match (stay.left, stay.closed) {
            (Some(left), _) => (left, Basis::Done),
            (None, Some(closed)) => ((closed + AFTER_CLOSURE * MINUTE).max(now), Basis::Closure),
            (None, None) => ((start + minutes * MINUTE).max(now.min(start.max(now))), basis),
        };
        out[at] = Projected { start, end, basis, room_free, people_free };
        let clean = stay.cleaned.unwrap_or(end + stay.cleaning * MINUTE);
        let room = rooms.entry(&stay.room).or_insert(now);
        *room = (*room).max(clean);
        for who in &stay.people {
            let free = people.entry(who).or_insert(now);
            *free = (*free).max(end);
        }
    }
    out
}

/// Minutes behind the plan of a case.
pub(super) fn late(stay: &Stay, projected: &Projected) -> i64 {
    (projected.start - stay.due) / MINUTE
}

/// Minutes behind the plan, over all cases that have not begun.
pub(super) fn lateness(stays: &[Stay], projected: &[Projected]) -> i64 {
    let waiting = stays.iter().zip(projected).filter(|(stay, _)| !stay.has_begun());
    waiting.map(|(stay, projected)| late(stay, projected).max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stay(name: &str, room: &str, who: &str, start: i64) -> Stay {
        Stay {
            booking: name.into(),
            room: room.into(),
            people: vec![who.into()],
            due: start * MINUTE,
            start: start * MINUTE,
            planned: 60,
            cleaning: 15,
            usual: None,
            entered: None,
            closed: None,
            left: None,
            cleaned: None,
        }
    }

    fn minutes(projected: &Projected) -> (i64, i64) {
        (projected.start / MINUTE, projected.end / MINUTE)
    }

    #[test]
    fn a_late_case_pushes_the_next_of_its_room_and_of_its_surgeon() {
        let mut stays = [
            stay("a", "1", "x", 0),
            stay("b", "1", "y", 75),
            stay("c", "2", "x", 70),
            stay("d", "2", "y", 300),
        ];
        stays[0].entered = Some(20 * MINUTE);
        let told = project(&stays, 30 * MINUTE);
        assert_eq!(minutes(&told[0]), (20, 80));
        assert_eq!(minutes(&told[1]), (95, 155), "after the room is clean");
        assert_eq!(minutes(&told[2]), (80, 140), "after the surgeon is out");
        assert_eq!(lateness(&stays, &told), 20 + 10);
    }

    #[test]
    fn the_median_counts_and_what_has_elapsed_moves_it() {
        let usual = LogNormal { mean: 90f64.ln(), deviation: 0.3 };
        let mut stays = [stay("a", "1", "x", 0)];
        stays[0].usual = Some(usual);
        assert_eq!((minutes(&project(&stays, 0)[0]), project(&stays, 0)[0].basis), ((0, 90), Basis::Median));
        stays[0].entered = Some(0);
        let after = |elapsed: i64| project(&stays, elapsed * MINUTE)[0].end / MINUTE;
        assert_eq!(after(10), 90, "ten minutes say little");
        assert!((91..=115).contains(&after(80)), "{}", after(80));
        assert!((120..=145).contains(&after(110)), "{}", after(110));
        assert_eq!(after(600), 605, "longer than such cases ever were");
    }

    #[test]
    fn what_is_closed_or_out_is_told_from_that() {
        let mut stays = [stay("a", "1", "x", 0)];
        (stays[0].entered, stays[0].closed) = (Some(0), Some(40 * MINUTE));
        assert_eq!(minutes(&project(&stays, 45 * MINUTE)[0]), (0, 50));
        stays[0].left = Some(55 * MINUTE);
        assert_eq!(project(&stays, 200 * MINUTE)[0].basis, Basis::Done);
        assert_eq!(minutes(&project(&stays, 200 * MINUTE)[0]), (0, 55));
    }

    proptest! {
        /// Nobody is in two places, no room holds two patients, and nothing that has not begun lies in the past.
        #[test]
        fn rooms_and_people_are_never_taken_twice(
            all in prop::collection::vec((0i64..600, 0u8..3, 0u8..3), 1..12),
            now in 0i64..600,
        ) {
            let stays: Vec<Stay> = all.iter().enumerate()
                .map(|(n, (start, room, who))| stay(&n.to_string(), &room.to_string(), &who.to_string(), *start))
                .collect();
            let told = project(&stays, now * MINUTE);
            for (a, one) in stays.iter().zip(&told) {
                prop_assert!(one.start >= now * MINUTE && one.start >= a.due);
                for (b, other) in stays.iter().zip(&told).filter(|(b, _)| b.booking != a.booking) {
                    let apart = one.end <= other.start || other.end <= one.start;
                    prop_assert!(apart || (a.room != b.room && a.people != b.people));
                }
            }
        }
    }
}
