use super::*;
use crate::ResourceType;
use crate::json::parse;

#[test]
fn reads_what_is_there() {
    let json = parse(
        br#"{"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"s","code":"c","display":"d"}]},
        "subject":{"reference":"Patient/1"},"valueQuantity":{"value":1.10,"unit":"kg"},"effectiveDateTime":"2026-11-22",
        "component":[{"valueBoolean":true}]}"#,
    )
    .unwrap();
    let observation = Observation::of(&json).unwrap();
    assert_eq!((observation.id(), observation.status()), (Some("o"), Some("final")));
    let code = observation.code().unwrap();
    assert!(code.is("s", "c") && !code.is("s", "d"));
    assert_eq!(code.label(), Some("d"));
    assert_eq!(observation.subject().unwrap().id_of(ResourceType::PATIENT), Some("1"));
    let Some(ObservationValue::Quantity(quantity)) = observation.value() else { panic!() };
    assert_eq!(quantity.value(), Some("1.10"));
    assert!(matches!(observation.effective(), Some(ObservationEffective::DateTime("2026-11-22"))));
    let component = observation.component().next().unwrap();
    assert!(matches!(component.value(), Some(ObservationComponentValue::Boolean(true))));
    assert_eq!(observation.category().count(), 0);
}

#[test]
fn what_is_wrong_reads_as_nothing() {
    let json = parse(br#"{"resourceType":"Patient","name":"x","active":"yes","contact":[1,{"gender":3.5}],"multipleBirthInteger":1.5}"#).unwrap();
    let patient = Patient::of(&json).unwrap();
    assert!(Observation::of(&json).is_none());
    assert_eq!(patient.name().count(), 0);
    assert_eq!(patient.active(), None);
    assert_eq!(patient.contact().count(), 1);
    assert!(patient.multiple_birth().is_none());
}

#[test]
fn a_wide_choice_is_any() {
    let json =
        parse(br#"{"resourceType":"Task","input":[{"type":{"text":"t"},"valueString":"v"}]}"#).unwrap();
    let input = Task::of(&json).unwrap().input().next().unwrap();
    let value = input.value().unwrap();
    assert_eq!((value.datatype, value.json.as_str()), ("String", Some("v")));
    assert_eq!(input.r#type().unwrap().label(), Some("t"));
}
