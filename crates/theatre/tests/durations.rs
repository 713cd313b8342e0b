//! Durations on made-up cases with a known law.

use theatre::durations::{Columns, Finished, Level, Predictor, Request, evaluate, read};

/// A small generator of its own: equally distributed in 0..1.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// Acts of very different frequency; approach and surgeon matter; long cases take longer with age.
fn hospital(count: usize, seed: u64) -> Vec<Finished> {
    let mut dice = Dice(seed);
    let case = |dice: &mut Dice| {
        let act = (dice.unit().powi(3) * 60.0) as usize;
        let (approach, surgeon) = ((dice.unit() * 2.0) as usize, (dice.unit() * 4.0) as usize);
        let age = 20.0 + 60.0 * dice.unit();
        let log = 3.6
            + 0.9 * ((act * 7 % 13) as f64 / 13.0)
            + 0.35 * approach as f64
            + 0.12 * ((surgeon + act) % 4) as f64
            + if act % 2 == 0 && age > 60.0 { 0.25 } else { 0.0 }
            + 0.3 * dice.normal();
        let request = Request {
            specialty: format!("s{}", act % 6),
            procedure: format!("act {act}"),
            approach: format!("a{approach}"),
            surgeon: Some(format!("dr {}", act % 6 * 10 + surgeon)),
            features: vec![age as f32],
        };
        Finished { request, minutes: log.exp() }
    };
    (0..count).map(|_| case(&mut dice)).collect()
}

#[test]
fn beats_the_median_of_the_act_and_keeps_its_promises() {
    for (count, seed) in [(900, 1), (3_000, 2)] {
        let found = evaluate(&hospital(count, seed), 5);
        let (model, plain) = (found.model, found.baseline);
        assert!(model.mae < 0.95 * plain.mae, "{count}: {model:?} {plain:?}");
        assert!(model.within_20 > plain.within_20 + 0.02, "{count}: {model:?} {plain:?}");
        assert!(model.pinball.iter().zip(plain.pinball).all(|(m, p)| *m < p), "{count}: {model:?} {plain:?}");
        assert!((model.coverage[0] - 0.8).abs() < 0.03, "{count}: {model:?}");
        assert!((model.coverage[1] - 0.9).abs() < 0.03, "{count}: {model:?}");
    }
}

#[test]
fn says_where_a_number_comes_from() {
    let mut predictor = Predictor::default();
    let mut request = Request {
        specialty: "orthopaedics".into(),
        procedure: "NEKA020".into(),
        approach: "anterior".into(),
        surgeon: Some("dr 1".into()),
        features: vec![],
    };
    assert_eq!(predictor.predict(&request).provenance, None);
    for minutes in [58.0, 60.0, 62.0, 64.0, 66.0] {
        assert!(predictor.update(&Finished { request: request.clone(), minutes }));
    }
    let own = predictor.predict(&request);
    let told = own.provenance.expect("five cases");
    assert_eq!((told.level, told.cases, told.median_minutes.round()), (Level::Surgeon, 5, 62.0));
    assert!(own.p50 > 58.0 && own.p50 < 66.0 && own.p80 > own.p50 && own.p90 > own.p80);
    request.surgeon = Some("dr 2".into());
    assert_eq!(predictor.predict(&request).provenance.map(|p| p.level), Some(Level::Approach));
    request.procedure = "never seen".into();
    assert_eq!(predictor.predict(&request).provenance.map(|p| p.level), Some(Level::Specialty));
}

#[test]
fn impossible_cases_are_not_learnt() {
    let mut predictor = Predictor::learn(&hospital(200, 3));
    let before = predictor.predict(&Request::default()).p50;
    for minutes in [0.0, -30.0, 1_800.0, f64::NAN, f64::INFINITY] {
        assert!(!predictor.update(&Finished { request: Request::default(), minutes }), "{minutes}");
    }
    assert_eq!(predictor.predict(&Request::default()).p50, before);
}

#[test]
fn follows_a_surgeon_who_becomes_faster() {
    let request = Request { procedure: "act".into(), surgeon: Some("dr".into()), ..Request::default() };
    let finished = |minutes| Finished { request: request.clone(), minutes };
    let mut predictor = Predictor::learn(&vec![finished(100.0); 60]);
    assert!((predictor.predict(&request).p50 - 100.0).abs() < 3.0);
    (0..200).for_each(|_| assert!(predictor.update(&finished(60.0))));
    assert!((predictor.predict(&request).p50 - 60.0).abs() < 3.0);
}

#[test]
fn bad_rows_are_counted_and_told() {
    let text = "\u{feff}act;way;unit;in;out\r\n\
        A;open;s;2025-03-04 08:00;2025-03-04 09:00\r\n\
        A;open;s;2025-03-04 10:00;2025-03-04 09:00\r\n\
        A;open;s;2025-03-04 08:00;2025-03-05 14:00\r\n\
        A;\"lap; robot\";s;2025-10-26 02:50;2025-10-26 02:10\r\n\
        ;open;s;2025-03-04 08:00;2025-03-04 09:00\r\n\
        A;open;s;;2025-03-04 09:00\r\n\
        A;open;s;soon;2025-03-04 09:00\r\n\
        A;open\r\n\
        \r\n\
        A;open;s;2025-03-04T23:30:00+01:00;2025-03-05T00:10:00+01:00";
    let columns = |start: &str| Columns {
        procedure: "act".into(),
        approach: "way".into(),
        specialty: "unit".into(),
        start: start.into(),
        end: "out".into(),
        ..Columns::default()
    };
    let table = read(text, &columns("in")).expect("a heading");
    let c = table.counted;
    assert_eq!((c.rows, c.used, c.negative, c.too_long), (9, 3, 1, 1), "{c:?}");
    assert_eq!((c.missing, c.unreadable, c.short, c.clock_change), (2, 1, 1, 1), "{c:?}");
    let minutes: Vec<f64> = table.cases.iter().map(|case| case.minutes).collect();
    assert_eq!(minutes, [60.0, 20.0, 40.0]);
    assert_eq!(table.cases[1].request.approach, "lap; robot");
    let fault = read(text, &columns("begin")).expect_err("no such column");
    assert!(fault.to_string().contains("begin"));
    assert!(read("", &columns("in")).is_err());
}
