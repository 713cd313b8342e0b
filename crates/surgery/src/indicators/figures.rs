//! Sums over groups: rooms, surgeons, specialties, months, weeks.

use super::facts::{Facts, Operation, Stopped, Vacation};
use super::kinds::COUNT;
use super::measure::{Measured, measure};
use crate::case::zone;
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Room,
    Surgeon,
    Specialty,
    Period,
}

/// What has no surgeon or no specialty.
pub(crate) const NOBODY: &str = "-";

/// By [`super::kinds::KINDS`]; none where nothing can be said.
pub(crate) type Values = [Option<f64>; COUNT];

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub key: String,
    pub cases: usize,
    pub values: Values,
}

/// The facts with what is measured on each operation.
pub(crate) struct Measures<'f> {
    pub facts: &'f Facts,
    /// Of [`Facts::operations`], in their order.
    pub each: Vec<Measured>,
    /// Minutes that a first patient may be late.
    pub tolerance: i64,
}

/// Sums of one group.
#[derive(Default)]
struct Sums {
    cases: usize,
    stopped: usize,
    offered: Option<i64>,
    used: i64,
    inside: i64,
    over: i64,
    outside: i64,
    late: Vec<i64>,
    gaps: Vec<i64>,
}

impl Facts {
    /// The group of what happens in a room, by someone, at a time.
    fn key(&self, by: By, room: &str, who: Option<&str>, at: i64) -> String {
        let nobody = || NOBODY.to_string();
        match by {
            By::Room => room.to_string(),
            By::Surgeon => who.map_or_else(nobody, str::to_string),
            By::Specialty => who.and_then(|w| self.specialties.get(w)).cloned().unwrap_or_else(nobody),
            By::Period => month(zone::day_of(at)),
        }
    }

    pub fn of_operation(&self, by: By, one: &Operation) -> String {
        self.key(by, &one.room, one.surgeon.as_deref(), one.start)
    }

    pub fn of_stopped(&self, by: By, one: &Stopped) -> String {
        self.key(by, &one.room, one.surgeon.as_deref(), one.planned)
    }

    fn of_vacation(&self, by: By, one: &Vacation) -> String {
        self.key(by, &one.room, one.owner.as_deref(), one.from)
    }
}

/// `2026-11`.
fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The Monday of the week of a moment, `2026-11-23`.
fn monday(at: i64) -> String {
    let day = zone::day_of(at);
    zone::plus(day, -i64::from(day.weekday().to_monday_zero_offset())).to_string()
}

impl<'f> Measures<'f> {
    pub fn new(facts: &'f Facts, tolerance: i64) -> Measures<'f> {
        Measures { facts, each: measure(&facts.operations, &facts.vacations), tolerance }
    }

    pub fn total(&self) -> Row {
        let all = self.grouped(|_| String::new(), |_| String::new(), |_| String::new());
        all.into_iter().next().unwrap_or_default()
    }

    pub fn rows(&self, by: By) -> Vec<Row> {
        let facts = self.facts;
        self.grouped(
            |one| facts.of_operation(by, one),
            |one| facts.of_vacation(by, one),
            |one| facts.of_stopped(by, one),
        )
    }

    /// By the Monday.
    pub fn weeks(&self) -> Vec<Row> {
        self.grouped(|one| monday(one.start), |one| monday(one.from), |one| monday(one.planned))
    }

    fn grouped(
        &self,
        operation: impl Fn(&Operation) -> String,
        vacation: impl Fn(&Vacation) -> String,
        stopped: impl Fn(&Stopped) -> String,
    ) -> Vec<Row> {
        let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
        for (one, measured) in self.facts.operations.iter().zip(&self.each) {
            groups.entry(operation(one)).or_default().add(measured);
        }
        for one in &self.facts.vacations {
            *groups.entry(vacation(one)).or_default().offered.get_or_insert(0) +=
                (one.until - one.from) / 60_000;
        }
        for one in &self.facts.stopped {
            groups.entry(stopped(one)).or_default().stopped += 1;
        }
        let row =
            |(key, sums): (String, Sums)| Row { cases: sums.cases, values: sums.values(self.tolerance), key };
        groups.into_iter().map(row).collect()
    }
}

impl Sums {
    fn add(&mut self, one: &Measured) {
        self.cases += 1;
        self.used += one.used;
        self.inside += one.inside;
        self.over += one.over;
        self.outside += one.outside;
        self.late.extend(one.late);
        self.gaps.extend(one.gap);
    }

    fn values(&self, tolerance: i64) -> Values {
        let of_cases = |minutes: i64| (self.cases > 0).then_some(minutes as f64);
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| 100.0 * part / whole);
        let mean = |all: &[i64]| (!all.is_empty()).then(|| all.iter().sum::<i64>() as f64 / all.len() as f64);
        let on_time = self.late.iter().filter(|late| **late <= tolerance).count();
        [
            self.offered.map(|minutes| minutes as f64),
            of_cases(self.used),
            of_cases(self.inside),
            self.offered.and_then(|offered| share(self.inside as f64, offered as f64)),
            of_cases(self.over),
            of_cases(self.outside),
            mean(&self.late),
            share(on_time as f64, self.late.len() as f64),
            mean(&self.gaps),
            share(self.stopped as f64, (self.stopped + self.cases) as f64),
        ]
    }
}
