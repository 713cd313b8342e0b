use super::*;
use crate::json::parse;
use crate::{Json, ResourceType};

fn values<'a>(json: &'a Json<'a>, code: &str) -> Vec<Value<'a>> {
    param(ResourceType::of(json).unwrap(), code).unwrap().values(json)
}

fn token<'a>(system: Option<&'a str>, code: &'a str) -> Value<'a> {
    Value::Token(Token { system, code: Some(code), ..Token::default() })
}

#[test]
fn the_tables_are_whole() {
    let mut own = 0;
    let mut numbers = std::collections::HashSet::new();
    for rt in ResourceType::all() {
        for param in params_for(rt) {
            numbers.insert(param.number);
            assert!(std::ptr::eq(param, super::param(rt, param.code).unwrap()), "{rt} {}", param.code);
            let unindexed = UNINDEXED.iter().any(|u| u.code == param.code && u.base.ends_with("Resource"));
            assert_eq!(param.is_indexed(), !unindexed, "{rt} {}", param.code);
            if param.kind == Kind::Composite {
                assert!(param.components.len() >= 2, "{rt} {}", param.code);
            }
            own += usize::from(!param.code.starts_with('_'));
        }
    }
    // Every line was understood: those of Resource and DomainResource stand on all types.
    assert_eq!(own, table::table_lines() - 6);
    assert_eq!(table::params_count(), 1378);
    // The one that is on no type is DeviceDefinition?classification.
    assert_eq!(numbers.len(), 1377);
}

#[test]
fn numbers_never_change() {
    for (rt, code, number) in [
        (ResourceType::PATIENT, "_id", 3),
        (ResourceType::PATIENT, "identifier", 1020),
        (ResourceType::OBSERVATION, "code", 55),
        (ResourceType::OBSERVATION, "patient", 62),
        (ResourceType::VISION_PRESCRIPTION, "status", 1378),
    ] {
        assert_eq!(param(rt, code).unwrap().number, number, "{rt} {code}");
    }
}

#[test]
fn tokens_of_every_datatype() {
    let patient = parse(
        br#"{"resourceType":"Patient","id":"p","active":true,"gender":"female","deceasedDateTime":"2020",
        "identifier":[{"system":"urn:s","value":"1","type":{"text":"IPP"}}],
        "telecom":[{"system":"phone","value":"0102"},{"system":"email","value":"a@b"}],
        "meta":{"tag":[{"system":"urn:t","code":"x"}]},
        "communication":[{"language":{"coding":[{"code":"fr"}],"text":"French"}}]}"#,
    )
    .unwrap();
    assert_eq!(values(&patient, "_id"), [token(None, "p")]);
    assert_eq!(values(&patient, "active"), [token(None, "true")]);
    assert_eq!(
        values(&patient, "gender"),
        [token(Some("http://hl7.org/fhir/administrative-gender"), "female")]
    );
    assert_eq!(values(&patient, "deceased"), [token(None, "true")]);
    assert_eq!(values(&patient, "phone"), [token(None, "0102")]);
    assert_eq!(values(&patient, "telecom").len(), 2);
    assert_eq!(values(&patient, "_tag"), [token(Some("urn:t"), "x")]);
    let Value::Token(identifier) = values(&patient, "identifier")[0].clone() else { panic!() };
    assert_eq!(
        (identifier.system, identifier.code, identifier.text),
        (Some("urn:s"), Some("1"), Some("IPP"))
    );
    let text = Value::Token(Token { text: Some("French"), ..Token::default() });
    assert_eq!(values(&patient, "language"), [token(None, "fr"), text]);
}

#[test]
fn names_and_addresses_are_their_parts() {
    let patient = parse(
        br#"{"resourceType":"Patient","name":[{"use":"official","family":"Le Goff","given":["Anne","Marie"]}],
        "address":[{"use":"home","line":["1 rue X"],"city":"Brest"}]}"#,
    )
    .unwrap();
    assert_eq!(values(&patient, "name"), [Value::Str("Le Goff"), Value::Str("Anne"), Value::Str("Marie")]);
    assert_eq!(values(&patient, "given"), [Value::Str("Anne"), Value::Str("Marie")]);
    assert_eq!(values(&patient, "address"), [Value::Str("1 rue X"), Value::Str("Brest")]);
    assert_eq!(values(&patient, "deceased"), [token(None, "false")]);
}

#[test]
fn references_are_taken_apart() {
    let local = Reference::parse("Patient/1/_history/2");
    assert_eq!(local.local(), Some((ResourceType::PATIENT, "1")));
    assert_eq!((local.version, local.url), (Some("2"), Some("Patient/1")));
    let absolute = Reference::parse("https://a.b/fhir/Patient/1");
    assert_eq!((absolute.base, absolute.id, absolute.local()), (Some("https://a.b/fhir"), Some("1"), None));
    for url in ["urn:uuid:1", "#x", "http://a/b", "Patient", "Patient/", "/", "", "Patient/a b", "Foo/1"] {
        let other = Reference::parse(url);
        assert_eq!((other.rt, other.id, other.url), (None, None, Some(url)));
    }
    let canonical = Reference::canonical("http://a.b/ValueSet/x|1.0");
    assert_eq!((canonical.version, canonical.url), (Some("1.0"), Some("http://a.b/ValueSet/x")));
    assert_eq!(canonical.rt, Some(ResourceType::VALUE_SET));
}

#[test]
fn where_resolve_looks_at_the_text_only() {
    let appointment = parse(
        br##"{"resourceType":"Appointment","contained":[{"resourceType":"Patient","id":"c"}],"participant":[
        {"actor":{"reference":"Patient/1"}},{"actor":{"reference":"Location/2"}},{"actor":{"reference":"#c"}},
        {"actor":{"type":"Patient","identifier":{"system":"s","value":"v"}}},{"actor":{"display":"?"}}]}"##,
    )
    .unwrap();
    let patients = values(&appointment, "patient");
    let Value::Reference(last) = &patients[2] else { panic!() };
    assert_eq!(patients.len(), 3);
    assert_eq!(last.identifier, Some(Identifier { system: Some("s"), value: "v" }));
    assert!(matches!(&patients[1], Value::Reference(r) if r.is_contained() && r.local().is_none()));
    assert_eq!(values(&appointment, "actor").len(), 5);
    assert_eq!(param(ResourceType::APPOINTMENT, "patient").unwrap().targets, [ResourceType::PATIENT]);
}

#[test]
fn choices_and_composites() {
    let observation = parse(
        br#"{"resourceType":"Observation","code":{"coding":[{"system":"l","code":"bp"}]},
        "effectivePeriod":{"start":"2026-01-01"},"valueQuantity":{"value":1.10,"code":"kg","comparator":"<"},
        "component":[{"code":{"coding":[{"code":"a"}]},"valueQuantity":{"value":120}},{"code":{"coding":[{"code":"b"}]}}]}"#,
    )
    .unwrap();
    let Value::Date { lo_ms, hi_ms } = values(&observation, "date")[0] else { panic!() };
    assert_eq!((crate::date::instant_format(lo_ms).as_str(), hi_ms), ("2026-01-01T00:00:00.000Z", i64::MAX));
    let Value::Quantity(quantity) = values(&observation, "value-quantity")[0].clone() else { panic!() };
    assert_eq!((quantity.lo, quantity.hi, quantity.code), (f64::NEG_INFINITY, 1.1, Some("kg")));
    assert_eq!(values(&observation, "combo-value-quantity").len(), 2);
    let pairs = values(&observation, "combo-code-value-quantity");
    assert_eq!(pairs.len(), 2);
    let Value::Composite(parts) = &pairs[1] else { panic!() };
    assert_eq!(parts[0], [token(None, "a")]);
}

#[test]
fn odd_shapes() {
    let bundle = parse(
        br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Composition","id":"c"}},{"resource":{}}]}"#,
    )
    .unwrap();
    assert!(matches!(values(&bundle, "composition")[..], [Value::Reference(r)] if r.id == Some("c")));
    let goal = parse(br#"{"resourceType":"ActivityDefinition","relatedArtifact":[{"type":"depends-on","resource":"http://x/Library/1"},{"type":"citation"}]}"#).unwrap();
    assert_eq!(values(&goal, "depends-on").len(), 1);
    assert_eq!(values(&goal, "derived-from").len(), 0);
}

#[test]
fn wrong_shapes_give_no_value_and_no_panic() {
    let text =
        br#"{"resourceType":"Patient","name":"x","identifier":[1,null,[]],"birthDate":{"a":1},"active":"yes",
        "address":[{"line":3}],"link":{"other":[]},"deceasedBoolean":"no","meta":[]}"#;
    let patient = parse(text).unwrap();
    for param in params_for(ResourceType::PATIENT) {
        let found = param.values(&patient).len();
        assert_eq!(found, usize::from(param.code == "deceased"), "{}", param.code);
    }
}

/// All official examples, where they are there.
#[test]
fn official_examples_give_values() {
    let Some(folder) = crate::examples::folder() else { return };
    let (mut files, mut found) = (0, std::collections::BTreeMap::new());
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read(&path).unwrap();
        let Ok(json) = parse(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text)) else { continue };
        let Some(rt) = ResourceType::of(&json) else { continue };
        files += 1;
        for param in params_for(rt) {
            *found.entry((rt, param.code)).or_insert(0) += param.values(&json).len();
        }
    }
    let used = found.values().filter(|n| **n > 0).count();
    let total: usize = found.values().sum();
    println!("{files} examples, {total} values, {used} of {} parameters used", found.len());
    assert!(files > 5000 && total > 60_000 && used > 900);
}

/// What a search reads of a resource gives the same values as the whole resource, for every parameter.
#[test]
fn members_are_enough() {
    let text = r##"{"resourceType":"Observation","id":"o","contained":[{"resourceType":"Patient","id":"p"}],
        "status":"final","code":{"coding":[{"system":"s","code":"c"}]},"subject":{"reference":"#p"},
        "effectivePeriod":{"start":"2026-01-01","end":"2026-01-02"},"valueQuantity":{"value":1.10,"unit":"kg"},
        "component":[{"code":{"coding":[{"code":"x"}]},"valueQuantity":{"value":2}}],
        "performer":[{"reference":"Practitioner/1"}],"meta":{"tag":[{"code":"t"}]}}"##;
    let whole = parse(text.as_bytes()).unwrap();
    let mut found = 0;
    for param in params_for(ResourceType::OBSERVATION).iter().filter(|p| p.is_indexed()) {
        let Some(members) = param.members() else { continue };
        let part = crate::json::parse_members(text.as_bytes(), &members).unwrap();
        let (part, whole) = (format!("{:?}", param.values(&part)), format!("{:?}", param.values(&whole)));
        assert_eq!(part, whole, "{}", param.code);
        found += usize::from(whole != "[]");
    }
    assert!(found > 12, "{found}");
    assert_eq!(param(ResourceType::PATIENT, "family").unwrap().members(), Some(vec!["name"]));
}
