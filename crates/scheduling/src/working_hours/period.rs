//! Hours hold from a day to another: what is said of some days leaves the others as they were, so that a week that
//! begins later is told beforehand and today's stands until then.

use crate::closure::Pattern;
use crate::zone::plus;
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub starts: Date,
    /// The last day; none = until something else is said.
    pub ends: Option<Date>,
    /// Never empty: without hours nobody is bound, and nothing is kept.
    pub rows: Vec<Pattern>,
}

impl Period {
    pub fn has(&self, day: Date) -> bool {
        self.starts <= day && self.ends.is_none_or(|ends| day <= ends)
    }

    /// What is left of it on both sides of another.
    fn beside(self, new: &Period) -> [Option<Period>; 2] {
        let last = plus(new.starts, -1);
        let before = (self.starts <= last)
            .then(|| Period { ends: Some(self.ends.map_or(last, |ends| ends.min(last))), ..self.clone() });
        let next = new.ends.map(|ends| plus(ends, 1));
        let next = next.filter(|next| self.ends.is_none_or(|ends| *next <= ends));
        let after = next.map(|next| Period { starts: self.starts.max(next), ..self });
        [before, after]
    }
}

/// All periods after one more was said, in order. What was over before `today` is forgotten.
pub(super) fn after(all: Vec<Period>, new: Period, today: Date) -> Vec<Period> {
    let mut out: Vec<Period> = all.into_iter().flat_map(|one| one.beside(&new)).flatten().collect();
    out.push(new);
    out.retain(|one| !one.rows.is_empty() && one.ends.is_none_or(|ends| today <= ends));
    out.sort_by_key(|one| one.starts);
    let mut joined: Vec<Period> = Vec::new();
    for one in out {
        match joined.last_mut() {
            Some(last) if last.rows == one.rows && last.ends.map(|e| plus(e, 1)) == Some(one.starts) => {
                last.ends = one.ends;
            }
            _ => joined.push(one),
        }
    }
    joined
}

/// Which of them is shown first: the one of today, else the first to come.
pub(super) fn current(all: &[Period], today: Date) -> Option<usize> {
    all.iter().position(|one| one.has(today)).or_else(|| all.iter().position(|one| one.starts > today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::{Weeks, hour};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn hours(until: i64) -> Vec<Pattern> {
        let until = hour(&format!("{until:02}:00")).unwrap();
        vec![Pattern { weekday: 1, from: hour("08:00").unwrap(), until, weeks: Weeks::All, release: 0 }]
    }

    #[test]
    fn a_week_of_other_hours_is_laid_into_the_usual_ones() {
        let today = date(2026, 11, 22);
        let usual = Period { starts: date(2026, 11, 1), ends: None, rows: hours(12) };
        let other = Period { starts: date(2026, 12, 7), ends: Some(date(2026, 12, 13)), rows: hours(17) };
        let all = after(after(Vec::new(), usual.clone(), today), other.clone(), today);
        let days: Vec<_> = all.iter().map(|one| (one.starts, one.ends)).collect();
        let expected = [
            (date(2026, 11, 1), Some(date(2026, 12, 6))),
            (date(2026, 12, 7), Some(date(2026, 12, 13))),
            (date(2026, 12, 14), None),
        ];
        assert_eq!(days, expected);
        assert_eq!(current(&all, today), Some(0));
        // The usual ones said again for that week: one period, as before.
        let back = after(all, Period { rows: hours(12), ..other }, today);
        assert_eq!(back, [usual]);
        assert_eq!(current(&[], today), None);
    }

    proptest! {
        /// Of each day to come, what was said of it last holds.
        #[test]
        fn what_was_said_last_of_a_day_holds(
            said in proptest::collection::vec((-20i64..40, 0i64..40, any::<bool>(), 8i64..12), 1..8),
        ) {
            let today = date(2026, 11, 22);
            let said: Vec<Period> = said
                .into_iter()
                .map(|(from, lasts, open, until)| Period {
                    starts: plus(today, from),
                    ends: (!open).then(|| plus(today, from + lasts)),
                    rows: if until == 8 { Vec::new() } else { hours(until) },
                })
                .collect();
            let all = said.iter().fold(Vec::new(), |all, new| after(all, new.clone(), today));
            for n in 0..90 {
                let day = plus(today, n);
                let last = said.iter().rev().find(|one| one.has(day));
                let expected = last.map(|one| one.rows.clone()).filter(|rows| !rows.is_empty());
                let found: Vec<_> = all.iter().filter(|one| one.has(day)).collect();
                prop_assert!(found.len() <= 1);
                prop_assert_eq!(found.first().map(|one| one.rows.clone()), expected);
            }
        }
    }
}
