//! Hostile input: arbitrary bytes and damaged resources never panic, and what was read is written as it was read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fhir::fhirpath::{Environment, Expression};
use fhir::{Json, ResourceType, compartment, date, json, search, ucum, validate};
use proptest::prelude::*;

/// Small resources that touch most kinds of element.
const SAMPLES: [&str; 4] = [
    r##"{"resourceType":"Patient","id":"p1","meta":{"tag":[{"system":"urn:t","code":"x"}]},
"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>A &amp; b</p></div>"},
"identifier":[{"system":"urn:oid:1.2.3","value":"77"}],"active":true,
"name":[{"use":"official","family":"M\u00fcller","given":["J\ud83d\ude00"],"_given":[null]}],
"gender":"female","birthDate":"1970-02","_birthDate":{"extension":[{"url":"http://e.x/t","valueTime":"10:00:00"}]},
"contained":[{"resourceType":"Organization","id":"o","name":"O"}],"managingOrganization":{"reference":"#o"}}"##,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},
"subject":{"reference":"Patient/p1/_history/2"},"effectiveDateTime":"2024-02-29T23:59:60.5+14:00",
"valueQuantity":{"value":1.50e-3,"comparator":"<","unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"},
"referenceRange":[{"low":{"value":12.0},"high":{"value":-0}}],"issued":"2024-03-01T00:00:00.000Z"}"#,
    r#"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:7c1e2b34-0000-4000-8000-000000000001",
"resource":{"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},
"period":{"start":"2024-01-01","end":"2023"}},"request":{"method":"POST","url":"Encounter"}}]}"#,
    r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"text":"m"},
"subject":{"identifier":{"value":"1"}},"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2024"},
"frequency":1,"period":8,"periodUnit":"h"}},"doseAndRate":[{"doseQuantity":{"value":1e2,"code":"{tbl}"}}]}]}"#,
];

const EXPRESSIONS: [&str; 8] = [
    "Patient.name.where(use = 'official').given.first().matches('^J.*') and birthDate < today()",
    "Observation.value.toQuantity() > 3 'mg/dL' or effective + 1 month >= @2024-02-29T00:00:00Z",
    "descendants().where($this is Reference).reference.replaceMatches('/', '-').distinct().count() * 2",
    "iif(id.exists(), name.select(given | family), 'a\\u00e9'.substring(1, 3)).combine(1.5.round(1))",
    "entry.resource.repeat(contained).aggregate($total + 1, 0) div 3 mod 2",
    "children().ofType(Quantity).value.power(2).sqrt().toString().indexOf('.') ~ -1",
    "text.`div`.htmlChecks() xor %resource.meta.tag.all(code in ('a' | 'x') implies system = 'urn:t')",
    "effective.lowBoundary().toString().length() & 'x' != {} and @T10:30.lowBoundary(4) <= timeOfDay()",
];

const UNITS: [&str; 6] = ["mg/dL", "10*3/uL", "m2.s-1", "[degF]", "{tbl}/d", "Cel.(kg/(m.s))"];
const DATES: [&str; 5] =
    ["2024", "2024-02-29", "2024-02-29T23:59:60.123456789+14:00", "0001-01-01T00:00:00Z", "9999-12-31"];

/// One injury: where (as parts of the length), and what.
#[derive(Clone, Debug)]
enum Injury {
    Flip(usize, u8),
    Truncate(usize),
    Double(usize, usize, usize),
    Insert(usize, Vec<u8>),
}

impl Injury {
    fn inflict(&self, text: &mut Vec<u8>) {
        let place = |at: usize| at % (text.len() + 1);
        match self {
            Injury::Flip(at, bits) => {
                let at = place(*at);
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= bits;
                }
            }
            Injury::Truncate(at) => text.truncate(place(*at)),
            Injury::Double(from, length, to) => {
                let (from, to) = (place(*from), place(*to));
                let end = (from + length).min(text.len());
                let slice = text[from..end].to_vec();
                text.splice(to..to, slice);
            }
            Injury::Insert(at, bytes) => {
                let at = place(*at);
                text.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

fn injury() -> impl Strategy<Value = Injury> {
    let at = any::<usize>;
    prop_oneof![
        4 => (at(), 1u8..).prop_map(|(at, bits)| Injury::Flip(at, bits)),
        1 => at().prop_map(Injury::Truncate),
        4 => (at(), 1usize..60, at()).prop_map(|(from, length, to)| Injury::Double(from, length, to)),
        2 => (at(), hostile_bytes()).prop_map(|(at, bytes)| Injury::Insert(at, bytes)),
    ]
}

/// What breaks parsers: brackets, escapes, half surrogates, big numbers, odd characters.
fn hostile_bytes() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        &b"\\ud800"[..],
        b"\\u0000",
        b"[[[[[[[[",
        b"{\"a\":",
        b"1e999999999",
        b"-",
        b"9223372036854775808",
        b"null",
        b"\"",
        b"\\",
        b"\xff\xfe",
        "é😀\u{202e}".as_bytes(),
        b"((((((((",
        b"%",
        b"'",
        b"`",
        b"@",
        b"10*",
        b".",
        b"//",
        b"0000",
        b"99999999999999999999999999999999999999",
        b"{}",
        b"[]",
        b"T",
        b":60",
        b"+99:99",
    ]);
    prop_oneof![known.prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 1..8)]
}

fn injured(samples: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    (prop::sample::select(samples), prop::collection::vec(injury(), 1..5)).prop_map(|(sample, injuries)| {
        let mut text = sample.as_bytes().to_vec();
        injuries.iter().for_each(|injury| injury.inflict(&mut text));
        text
    })
}

/// All that the hub does with a body before it stores it.
fn use_resource(text: &[u8]) {
    let Ok(read) = json::parse(text) else { return };
    let written = read.to_vec();
    let again = json::parse(&written).expect("what was written can be read");
    assert_eq!(again, read, "written and read again");
    assert_eq!(again.to_vec(), written);
    let _ = validate::validate(&read);
    if let Some(rt) = read.get_str("resourceType").and_then(ResourceType::parse) {
        for param in search::params_for(rt) {
            let _ = param.values(&read);
        }
        let _ = compartment::patients(rt, &read);
    }
}

fn use_expression(text: &str, resource: &Json<'_>) {
    if let Ok(expression) = Expression::parse(text) {
        let _ = expression.evaluate(&Environment::of(resource));
    }
}

fn use_date(text: &str) {
    let _ = (date::parse(text), date::parse_at(text, 840), date::date(text), date::date_time(text));
    let _ = (date::instant(text), date::time(text));
}

fn use_unit(code: &str) {
    let _ = ucum::unit(code);
    for amount in ["1", "-1e300", "0.1", code] {
        let _ = ucum::canonical(code, amount);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        use_resource(&bytes);
    }

    #[test]
    fn a_damaged_resource_is_read_or_refused(text in injured(&SAMPLES)) {
        use_resource(&text);
    }

    #[test]
    fn any_text_is_an_expression_or_refused(text in "\\PC{0,60}") {
        use_expression(&text, &Json::Null);
    }

    #[test]
    fn a_damaged_expression_runs_or_is_refused(text in injured(&EXPRESSIONS), sample in 0..SAMPLES.len()) {
        let resource = json::parse(SAMPLES[sample].as_bytes()).unwrap();
        use_expression(&String::from_utf8_lossy(&text), &resource);
    }

    #[test]
    fn an_expression_runs_over_a_damaged_resource(text in injured(&SAMPLES), which in 0..EXPRESSIONS.len()) {
        if let Ok(resource) = json::parse(&text) {
            use_expression(EXPRESSIONS[which], &resource);
        }
    }

    #[test]
    fn any_text_is_a_date_or_refused(text in "\\PC{0,40}", damaged in injured(&DATES)) {
        use_date(&text);
        use_date(&String::from_utf8_lossy(&damaged));
    }

    #[test]
    fn any_text_is_a_unit_or_refused(text in "\\PC{0,40}", damaged in injured(&UNITS)) {
        use_unit(&text);
        use_unit(&String::from_utf8_lossy(&damaged));
    }
}

/// The samples themselves say something: each is read, and the expressions too.
#[test]
fn the_samples_are_sound() {
    SAMPLES.iter().for_each(|sample| {
        json::parse(sample.as_bytes()).unwrap();
        use_resource(sample.as_bytes());
    });
    for text in EXPRESSIONS {
        Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

/// Nesting without end is refused, not followed to the end of the stack.
#[test]
fn depth_is_limited() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        use_resource(open.repeat(200_000).as_bytes());
        use_resource([open.repeat(200_000), close.repeat(200_000)].concat().as_bytes());
    }
    for open in ["(", "-", "a(", "not ", "a[", "{", "a."] {
        use_expression(&open.repeat(100_000), &Json::Null);
        use_expression(&[&open.repeat(100_000), "1", &")".repeat(100_000)].concat(), &Json::Null);
        use_unit(&open.repeat(100_000));
    }
    use_expression(&["1".to_string(), "+1".repeat(100_000)].concat(), &Json::Null);
    use_unit(&["m", &".m".repeat(100_000)].concat());
}
