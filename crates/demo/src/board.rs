//! Who and what is taken when: keeps the rooms and the professionals of the sample from being booked twice.

use crate::calendar::Moment;
use jiff::civil::Date;
use std::collections::HashMap;

/// First free minute of each resource on each day. A resource is taken from the opening on, without gaps
/// worth mending: enough for a sample.
#[derive(Default)]
pub struct Board {
    free: HashMap<(String, Date), u16>,
    /// From when on a resource is kept for something else that day.
    kept: HashMap<(String, Date), u16>,
}

/// What is kept before this hour is over before the programme begins, which then begins after it.
const MORNING: u16 = 9 * 60;

const TURNOVER_MIN: u16 = 20;

impl Board {
    /// The first minute from `open` on at which all of them are free that day.
    pub fn first_free(&self, resources: &[&str], day: Date, open: u16) -> u16 {
        let taken = |r: &&str| self.free.get(&((*r).to_string(), day)).copied().unwrap_or(open);
        resources.iter().map(taken).max().unwrap_or(open).max(open)
    }

    /// Takes all of them for that long, if that ends before `close`.
    pub fn book(
        &mut self,
        resources: &[&str],
        day: Date,
        minutes: u16,
        open: u16,
        close: u16,
    ) -> Option<Moment> {
        let start = self.first_free(resources, day, open);
        let kept = |r: &&str| {
            self.kept.get(&((*r).to_string(), day)).is_some_and(|at| start + minutes + TURNOVER_MIN > *at)
        };
        if start + minutes > close || resources.iter().any(kept) {
            return None;
        }
        for resource in resources {
            self.free.insert(((*resource).to_string(), day), start + minutes + TURNOVER_MIN);
        }
        Some(Moment::new(day, start))
    }

    /// Takes a resource for a time before anything else is planned: the programme of the day comes after it, or ends
    /// before it.
    pub fn keep(&mut self, resource: &str, start: Moment, minutes: u16) {
        let end = start.plus(minutes + TURNOVER_MIN);
        if start.minute >= MORNING {
            let kept = self.kept.entry((resource.to_string(), start.day)).or_insert(start.minute);
            *kept = (*kept).min(start.minute);
        }
        if start.minute < MORNING || end.day != start.day {
            let free = self.free.entry((resource.to_string(), end.day)).or_default();
            *free = (*free).max(end.minute);
        }
    }

    /// Takes one more for a time that is settled, if it is free by then.
    pub fn join(&mut self, resource: &str, start: Moment, minutes: u16) -> bool {
        let end = start.plus(minutes + TURNOVER_MIN);
        let tomorrow = end.day != start.day;
        // Of a day only its first free minute is known: who has something on the next one does not work into it.
        if self.first_free(&[resource], start.day, 0) > start.minute
            || tomorrow && self.first_free(&[resource], end.day, 0) > 0
        {
            return false;
        }
        self.free.insert((resource.to_string(), start.day), start.minute + minutes + TURNOVER_MIN);
        if tomorrow {
            self.free.insert((resource.to_string(), end.day), end.minute);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Board;
    use crate::calendar::Moment;
    use jiff::civil::date;

    #[test]
    fn nothing_is_taken_twice() {
        let (mut board, day) = (Board::default(), date(2026, 3, 2));
        let first = board.book(&["room", "surgeon"], day, 60, 480, 600).map(|m| m.minute);
        assert_eq!(first, Some(480));
        assert_eq!(board.book(&["other", "surgeon"], day, 30, 480, 600).map(|m| m.minute), Some(560));
        assert_eq!(board.book(&["room"], day, 60, 480, 600), None);
        board.keep("late", Moment::new(day, 600), 60);
        assert_eq!(board.book(&["late"], day, 110, 480, 1_000), None);
        assert_eq!(board.book(&["late"], day, 100, 480, 1_000).map(|m| m.minute), Some(480));
        assert!(board.join("nurse", Moment::new(day, 1_421), 60));
        let next = Moment::new(date(2026, 3, 3), 36);
        assert!(!board.join("nurse", next, 60), "the night goes on after midnight");
        assert!(board.join("other", next, 60) && !board.join("other", Moment::new(day, 1_421), 60));
        board.keep("early", Moment::new(day, 400), 60);
        assert_eq!(board.book(&["early"], day, 30, 400, 1_000).map(|m| m.minute), Some(480));
    }
}
