//! How long a hospital record must be kept (article R.1112-7 of the public health code): twenty years from the
//! last visit, at least until the 28th birthday; of someone who dies within ten years of the last visit, ten
//! years from the death.

use fhir::date::{civil_from_days, days_from_civil};

const DAY: i64 = 86_400_000;

/// The day until which the record is kept, as days since 1970-01-01. Arguments are such days too.
pub(super) fn keep_until(last_visit: i64, birth: Option<i64>, death: Option<i64>) -> i64 {
    if let Some(death) = death.filter(|death| *death <= years_after(last_visit, 10)) {
        return years_after(death, 10);
    }
    let visit = years_after(last_visit, 20);
    birth.map_or(visit, |birth| visit.max(years_after(birth, 28)))
}

fn years_after(day: i64, years: i64) -> i64 {
    let (year, month, of_month) = civil_from_days(day);
    // The 29th of February has its anniversary on the 1st of March.
    match (month, of_month) {
        (2, 29) => days_from_civil(year + years, 3, 1),
        _ => days_from_civil(year + years, month, of_month),
    }
}

/// The day of a moment, ms since epoch.
pub(super) fn day_of(ms: i64) -> i64 {
    ms.div_euclid(DAY)
}

/// As it is written: `2040-03-01`.
pub(super) fn text(day: i64) -> String {
    fhir::date::date_format(day.saturating_mul(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        day_of(fhir::date::date(text).unwrap().lo_ms)
    }

    #[test]
    fn the_three_cases_of_the_law() {
        let visit = day("2020-03-01");
        assert_eq!(text(keep_until(visit, Some(day("1980-01-01")), None)), "2040-03-01");
        assert_eq!(text(keep_until(visit, Some(day("2015-06-10")), None)), "2043-06-10");
        assert_eq!(text(keep_until(visit, None, Some(day("2022-05-05")))), "2032-05-05");
        assert_eq!(text(keep_until(visit, None, Some(day("2031-05-05")))), "2040-03-01");
        assert_eq!(text(keep_until(day("2024-02-29"), None, None)), "2044-03-01");
    }
}
