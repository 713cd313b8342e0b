use super::*;
use proptest::prelude::*;

fn span(text: &str) -> (String, String) {
    let moment = parse(text).unwrap();
    (instant_format(moment.lo_ms), instant_format(moment.hi_ms))
}

fn is(text: &str, lo: &str, hi: &str) {
    assert_eq!(span(text), (lo.to_string(), hi.to_string()), "{text}");
}

#[test]
fn every_precision_is_a_span() {
    is("2026", "2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z");
    is("2024-02", "2024-02-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z");
    is("2026-11-22", "2026-11-22T00:00:00.000Z", "2026-11-22T23:59:59.999Z");
    is("2026-11-22T14:05", "2026-11-22T14:05:00.000Z", "2026-11-22T14:05:59.999Z");
    is("2026-11-22T14:05:07+01:00", "2026-11-22T13:05:07.000Z", "2026-11-22T13:05:07.999Z");
    is("2026-11-22T00:30:07.5-05:30", "2026-11-22T06:00:07.500Z", "2026-11-22T06:00:07.599Z");
    is("2026-11-22T14:05:07.123456789Z", "2026-11-22T14:05:07.123Z", "2026-11-22T14:05:07.123Z");
    is("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z", "2017-01-01T00:00:00.999Z");
    is("0001", "0001-01-01T00:00:00.000Z", "0001-12-31T23:59:59.999Z");
}

#[test]
fn what_names_no_zone_is_at_the_offset_given() {
    let day = parse_at("2026-11-22", 60).unwrap();
    assert_eq!(instant_format(day.lo_ms), "2026-11-21T23:00:00.000Z");
    assert_eq!(parse_at("2026-11-22T00:00:00Z", 60), parse("2026-11-22T00:00:00Z"));
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "26",
        "0000",
        "2026-13",
        "2026-00",
        "2026-1-1",
        "2026-02-29",
        "2026-11-31",
        "2026-11-22T",
        "2026-11-22t10:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T10:00:61Z",
        "2026-11-22T10:00:00.Z",
        "2026-11-22T10:00:00+15:00",
        "2026-11-22T10:00:00+1:00",
        "2026-11-22T10:00:00Zx",
        "2026-11-22T10",
        " 2026",
        "2026 ",
        "２０２６",
        "2026-11-22T10:00:00é",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn each_datatype_has_its_own_precisions() {
    assert!(date("2026-11").is_some() && date("2026-11-22T10:00:00Z").is_none());
    assert!(date_time("2026").is_some() && date_time("2026-11-22T10:00:00Z").is_some());
    assert!(date_time("2026-11-22T10:00:00").is_none() && date_time("2026-11-22T10:00Z").is_none());
    assert!(instant("2026-11-22").is_none() && instant("2026-11-22T10:00:00.5+02:00").is_some());
    assert_eq!(time("14:05:00"), Some((50_700_000, 50_700_999)));
    assert_eq!(time("14:05"), None);
    assert_eq!(time("14:05:00Z"), None);
}

proptest! {
    #[test]
    fn an_instant_survives_writing_and_reading(ms in -62_135_596_800_000i64..=253_402_300_799_999) {
        let moment = instant(&instant_format(ms)).unwrap();
        prop_assert_eq!((moment.lo_ms, moment.hi_ms), (ms, ms));
        let day = date(&date_format(ms)).unwrap();
        prop_assert!(day.lo_ms <= ms && ms <= day.hi_ms);
    }

    #[test]
    fn days_and_dates_agree(days in -700_000i64..2_900_000) {
        let (year, month, day) = civil_from_days(days);
        prop_assert_eq!(days_from_civil(year, month, day), days);
        prop_assert_eq!(civil_from_days(days + 1) > (year, month, day), true);
    }

    #[test]
    fn a_finer_text_is_inside_the_coarser(ms in 0i64..253_402_300_799_999) {
        let text = instant_format(ms);
        let fine = parse(&text).unwrap();
        for cut in [4, 7, 10, 16] {
            let coarse = parse(&text[..cut]).unwrap();
            prop_assert!(coarse.lo_ms <= fine.lo_ms && fine.hi_ms <= coarse.hi_ms);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,30}", offset in -2000i32..2000) {
        let _ = parse_at(&text, offset);
        let _ = time(&text);
    }

    #[test]
    fn no_near_date_makes_it_panic(text in "[0-9]{4}(-[0-9]{2}){0,2}(T[0-9:.]{0,14})?[Z+é-]?[0-9:]{0,6}") {
        if let Some(moment) = parse(&text) {
            prop_assert!(moment.lo_ms <= moment.hi_ms);
        }
    }
}
