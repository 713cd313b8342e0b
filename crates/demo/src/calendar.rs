//! Days and times of the clinic, in the legal time of France.

use jiff::civil::{Date, Weekday, date};

/// A minute of a day, local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: Date,
    /// Minutes after midnight.
    pub minute: u16,
}

impl Moment {
    pub fn new(day: Date, minute: u16) -> Moment {
        Moment { day, minute }
    }

    #[must_use]
    pub fn plus(self, minutes: u16) -> Moment {
        let total = u32::from(self.minute) + u32::from(minutes);
        Moment { day: plus_days(self.day, i64::from(total / 1440)), minute: (total % 1440) as u16 }
    }

    /// Minutes after (or before) the midnight with which this day begins.
    #[must_use]
    pub fn of_its_day(self, minutes: i64) -> Moment {
        let day = plus_days(self.day, minutes.div_euclid(1440));
        Moment { day, minute: minutes.rem_euclid(1440) as u16 }
    }

    /// The moment in France of that many milliseconds since 1970. Around the changes of the clock it may be an hour
    /// off: the sample reckons by days.
    pub fn at(ms: i64) -> Moment {
        let midnight = Moment::new(date(1970, 1, 1), 0);
        let winter = midnight.of_its_day(ms.div_euclid(60_000) + 60);
        let offset = if is_summer(winter.day) { 120 } else { 60 };
        midnight.of_its_day(ms.div_euclid(60_000) + offset)
    }

    /// A FHIR dateTime (and instant) with the offset of France.
    pub fn text(self) -> String {
        let offset = if is_summer(self.day) { 2 } else { 1 };
        format!("{}T{:02}:{:02}:00+{offset:02}:00", self.day, self.minute / 60, self.minute % 60)
    }
}

/// That many days later (or earlier); the same day at the ends of the calendar.
pub fn plus_days(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().try_days(days).unwrap_or_default()).unwrap_or(day)
}

/// Whole years from one day to another.
pub fn years_between(from: Date, to: Date) -> i64 {
    let whole = i64::from(to.year()) - i64::from(from.year());
    if (to.month(), to.day()) < (from.month(), from.day()) { whole - 1 } else { whole }
}

/// The day of the week, Monday = 1.
pub fn weekday(day: Date) -> i64 {
    i64::from(day.weekday().to_monday_one_offset())
}

/// The day itself if it is from Monday to Friday, else the nearest such day after (or before) it.
pub fn working_day(day: Date, forward: bool) -> Date {
    match (weekday(day), forward) {
        (6, true) => plus_days(day, 2),
        (7, true) => plus_days(day, 1),
        (6, false) => plus_days(day, -1),
        (7, false) => plus_days(day, -2),
        _ => day,
    }
}

/// Summer time: from the last Sunday of March to the last Sunday of October (Directive 2000/84/EC).
fn is_summer(day: Date) -> bool {
    let last_sunday = |month: i8| {
        let end = date(day.year(), month, 31);
        let back = match end.weekday() {
            Weekday::Sunday => 0,
            other => i64::from(other.to_monday_one_offset()),
        };
        plus_days(end, -back)
    };
    day >= last_sunday(3) && day < last_sunday(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_the_season() {
        assert_eq!(Moment::new(date(2026, 3, 28), 545).text(), "2026-03-28T09:05:00+01:00");
        assert_eq!(Moment::new(date(2026, 3, 29), 545).text(), "2026-03-29T09:05:00+02:00");
        assert_eq!(Moment::new(date(2026, 10, 24), 0).text(), "2026-10-24T00:00:00+02:00");
        assert_eq!(Moment::new(date(2026, 10, 25), 1439).plus(2).text(), "2026-10-26T00:01:00+01:00");
    }

    #[test]
    fn the_moment_of_a_clock() {
        let at = |ms| Moment::at(ms);
        // 2026-11-23T22:30Z and 2026-07-01T22:30Z.
        assert_eq!(at(1_795_473_000_000), Moment::new(date(2026, 11, 23), 23 * 60 + 30));
        assert_eq!(at(1_782_945_000_000), Moment::new(date(2026, 7, 2), 30));
        assert_eq!(Moment::new(date(2026, 1, 1), 10).of_its_day(-15), Moment::new(date(2025, 12, 31), 1425));
    }

    #[test]
    fn ages() {
        assert_eq!(years_between(date(1961, 3, 12), date(2026, 3, 11)), 64);
        assert_eq!(years_between(date(1961, 3, 12), date(2026, 3, 12)), 65);
        assert_eq!(weekday(date(2026, 11, 22)), 7);
    }
}
