//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, CodeableConcept, Each, Period, Quantity, Range, View, any, many, one};

/// [`Timing`](https://hl7.org/fhir/R4/datatypes.html#Timing).
#[derive(Clone, Copy, Debug)]
pub struct Timing<'a>(&'a Json<'a>);

impl<'a> View<'a> for Timing<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Timing(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Timing<'a> {
    /// `Timing.event`
    pub fn event(self) -> Each<'a, &'a str> {
        many(self.0, "event")
    }
    /// `Timing.repeat`
    pub fn repeat(self) -> Option<TimingRepeat<'a>> {
        one(self.0, "repeat")
    }
    /// `Timing.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
}

/// [`Timing.repeat`](https://hl7.org/fhir/R4/datatypes.html#Timing).
#[derive(Clone, Copy, Debug)]
pub struct TimingRepeat<'a>(&'a Json<'a>);

impl<'a> View<'a> for TimingRepeat<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        TimingRepeat(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> TimingRepeat<'a> {
    /// `Timing.repeat.bounds[x]`
    pub fn bounds(self) -> Option<TimingRepeatBounds<'a>> {
        TimingRepeatBounds::of(self.0)
    }
    /// `Timing.repeat.count`
    pub fn count(self) -> Option<i64> {
        one(self.0, "count")
    }
    /// `Timing.repeat.countMax`
    pub fn count_max(self) -> Option<i64> {
        one(self.0, "countMax")
    }
    /// `Timing.repeat.duration`
    pub fn duration(self) -> Option<&'a str> {
        one(self.0, "duration")
    }
    /// `Timing.repeat.durationMax`
    pub fn duration_max(self) -> Option<&'a str> {
        one(self.0, "durationMax")
    }
    /// `Timing.repeat.durationUnit`
    pub fn duration_unit(self) -> Option<&'a str> {
        one(self.0, "durationUnit")
    }
    /// `Timing.repeat.frequency`
    pub fn frequency(self) -> Option<i64> {
        one(self.0, "frequency")
    }
    /// `Timing.repeat.frequencyMax`
    pub fn frequency_max(self) -> Option<i64> {
        one(self.0, "frequencyMax")
    }
    /// `Timing.repeat.period`
    pub fn period(self) -> Option<&'a str> {
        one(self.0, "period")
    }
    /// `Timing.repeat.periodMax`
    pub fn period_max(self) -> Option<&'a str> {
        one(self.0, "periodMax")
    }
    /// `Timing.repeat.periodUnit`
    pub fn period_unit(self) -> Option<&'a str> {
        one(self.0, "periodUnit")
    }
    /// `Timing.repeat.dayOfWeek`
    pub fn day_of_week(self) -> Each<'a, &'a str> {
        many(self.0, "dayOfWeek")
    }
    /// `Timing.repeat.timeOfDay`
    pub fn time_of_day(self) -> Each<'a, &'a str> {
        many(self.0, "timeOfDay")
    }
    /// `Timing.repeat.when`
    pub fn when(self) -> Each<'a, &'a str> {
        many(self.0, "when")
    }
    /// `Timing.repeat.offset`
    pub fn offset(self) -> Option<i64> {
        one(self.0, "offset")
    }
}

/// `Timing.repeat.bounds[x]`
#[derive(Clone, Copy, Debug)]
pub enum TimingRepeatBounds<'a> {
    Duration(Quantity<'a>),
    Range(Range<'a>),
    Period(Period<'a>),
}

impl<'a> TimingRepeatBounds<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "boundsDuration").map(TimingRepeatBounds::Duration))
            .or_else(|| one(json, "boundsRange").map(TimingRepeatBounds::Range))
            .or_else(|| one(json, "boundsPeriod").map(TimingRepeatBounds::Period))
    }
}
