//! Cases after those of HL7 (`cargo xtask conformance patch`), and what they do not ask.

use super::{OPERATIONS_MAX, Patch};
use fhir::json::parse;
use fhir::{Code, Issue};

/// An operation, as `type path [name] [index] value` with the value as the rest of its part.
fn operation(ty: &str, path: &str, more: &str) -> String {
    let path = fhir::Json::string(path);
    format!(
        r#"{{"name":"operation","part":[{{"name":"type","valueCode":"{ty}"}},{{"name":"path","valueString":{path}}}{more}]}}"#
    )
}

fn name(name: &str) -> String {
    format!(r#",{{"name":"name","valueString":"{name}"}}"#)
}

fn value(json: &str) -> String {
    format!(r#",{{"name":"value",{json}}}"#)
}

fn number(name: &str, n: i64) -> String {
    format!(r#",{{"name":"{name}","valueInteger":{n}}}"#)
}

fn add(path: &str, element: &str, json: &str) -> String {
    operation("add", path, &(name(element) + &value(json)))
}

fn insert(path: &str, index: i64, json: &str) -> String {
    operation("insert", path, &(number("index", index) + &value(json)))
}

fn replace(path: &str, json: &str) -> String {
    operation("replace", path, &value(json))
}

fn delete(path: &str) -> String {
    operation("delete", path, "")
}

fn shift(path: &str, from: i64, to: i64) -> String {
    operation("move", path, &(number("source", from) + &number("destination", to)))
}

fn parameters(operations: &[String]) -> String {
    format!(r#"{{"resourceType":"Parameters","parameter":[{}]}}"#, operations.join(","))
}

fn patched(resource: &str, operations: &[String]) -> Result<String, Issue> {
    let text = parameters(operations);
    let patch = Patch::read(&parse(text.as_bytes()).unwrap())?;
    Ok(patch.apply(&parse(resource.as_bytes()).unwrap())?.to_string())
}

/// The members behind `resourceType` of a patient, before and after.
fn turns(before: &str, operations: &[String], after: &str) {
    let whole = |members: &str| {
        let comma = if members.is_empty() { "" } else { "," };
        format!(r#"{{"resourceType":"Patient"{comma}{members}}}"#)
    };
    assert_eq!(patched(&whole(before), operations).unwrap(), whole(after));
}

fn fails(before: &str, operations: &[String]) -> Issue {
    patched(&format!(r#"{{"resourceType":"Patient"{before}}}"#), operations).unwrap_err()
}

#[test]
fn primitives_and_what_stands_beside_them() {
    turns(
        r#""birthDate":"1920-01-01""#,
        &[replace("Patient.birthDate", r#""valueDate":"1930-01-01""#)],
        r#""birthDate":"1930-01-01""#,
    );
    turns(
        r#""birthDate":"1920-01-01","_birthDate":{"id":"x"},"active":true"#,
        &[delete("birthDate")],
        r#""active":true"#,
    );
    turns("", &[add("Patient", "birthDate", r#""valueDate":"1930""#)], r#""birthDate":"1930""#);
    turns(
        r#""birthDate":"1920""#,
        &[add(
            "Patient.birthDate",
            "extension",
            r#""valueExtension":{"url":"http://x","valueDecimal":1.10}"#,
        )],
        r#""birthDate":"1920","_birthDate":{"extension":[{"url":"http://x","valueDecimal":1.10}]}"#,
    );
    turns(
        r#""birthDate":"1920","_birthDate":{"extension":[{"url":"http://x","valueCode":"c"}]}"#,
        &[delete("Patient.birthDate.extension")],
        r#""birthDate":"1920""#,
    );
    turns(
        r#""birthDate":"1920""#,
        &[replace("Patient.birthDate", r#""_valueDate":{"extension":[{"url":"http://x","valueCode":"c"}]}"#)],
        r#""_birthDate":{"extension":[{"url":"http://x","valueCode":"c"}]}"#,
    );
}

#[test]
fn lists_of_primitives_keep_their_sides() {
    let names = r#""name":[{"given":["A","B","C"],"_given":[null,{"id":"b"},null]}]"#;
    turns(
        names,
        &[delete("Patient.name[0].given[0]")],
        r#""name":[{"given":["B","C"],"_given":[{"id":"b"},null]}]"#,
    );
    turns(names, &[delete("Patient.name.given.where($this = 'B')")], r#""name":[{"given":["A","C"]}]"#);
    turns(
        names,
        &[shift("Patient.name[0].given", 1, 2)],
        r#""name":[{"given":["A","C","B"],"_given":[null,null,{"id":"b"}]}]"#,
    );
    turns(
        names,
        &[insert("Patient.name[0].given", 0, r#""valueString":"Z","_valueString":{"id":"z"}"#)],
        r#""name":[{"given":["Z","A","B","C"],"_given":[{"id":"z"},null,{"id":"b"},null]}]"#,
    );
    turns(
        names,
        &[replace("Patient.name[0].given[2]", r#""valueString":"D""#)],
        r#""name":[{"given":["A","B","D"],"_given":[null,{"id":"b"},null]}]"#,
    );
    turns(
        names,
        &[add("Patient.name[0].given[2]", "extension", r#""valueExtension":{"url":"http://x"}"#)],
        r#""name":[{"given":["A","B","C"],"_given":[null,{"id":"b"},{"extension":[{"url":"http://x"}]}]}]"#,
    );
}

#[test]
fn nested_and_nameless_types() {
    let contact = r#""contact":[{"name":{"text":"a"},"gender":"male"}]"#;
    turns(
        contact,
        &[replace("Patient.contact[0].name.text", r#""valueString":"b""#)],
        r#""contact":[{"name":{"text":"b"},"gender":"male"}]"#,
    );
    turns(contact, &[delete("Patient.contact[0].name.text")], r#""contact":[{"gender":"male"}]"#);
    turns(contact, &[delete("Patient.contact[0].name.text"), delete("Patient.contact[0].gender")], "");
    let parts = r#""part":[{"name":"name","valueHumanName":{"text":"c"}},{"name":"telecom","valueContactPoint":{"value":"1"}},{"name":"telecom","valueContactPoint":{"value":"2"}}]"#;
    turns(
        contact,
        &[add("Patient", "contact", parts)],
        r#""contact":[{"name":{"text":"a"},"gender":"male"},{"name":{"text":"c"},"telecom":[{"value":"1"},{"value":"2"}]}]"#,
    );
    turns(
        "",
        &[insert("Patient.contact", 0, parts)],
        r#""contact":[{"name":{"text":"c"},"telecom":[{"value":"1"},{"value":"2"}]}]"#,
    );
    turns(
        contact,
        &[replace("Patient.contact", r#""part":[{"name":"gender","valueCode":"other"}]"#)],
        r#""contact":[{"gender":"other"}]"#,
    );
    turns(
        "",
        &[
            add("Patient", "contained", r#""resource":{"resourceType":"Organization","id":"o"}"#),
            add("Patient.contained[0]", "name", r#""valueString":"O""#),
        ],
        r#""contained":[{"resourceType":"Organization","id":"o","name":"O"}]"#,
    );
}

#[test]
fn lists() {
    let four = r#""identifier":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"}]"#;
    let list = |values: &[i32]| {
        let items: Vec<String> = values.iter().map(|n| format!(r#"{{"value":"{n}"}}"#)).collect();
        format!(r#""identifier":[{}]"#, items.join(","))
    };
    let five = r#""valueIdentifier":{"value":"5"}"#;
    turns(four, &[add("Patient", "identifier", five)], &list(&[1, 2, 3, 4, 5]));
    turns(four, &[insert("Patient.identifier", 1, five)], &list(&[1, 5, 2, 3, 4]));
    turns(four, &[insert("Patient.identifier", 4, five)], &list(&[1, 2, 3, 4, 5]));
    turns("", &[insert("Patient.identifier", 0, five)], &list(&[5]));
    turns(four, &[delete("Patient.identifier[2]")], &list(&[1, 2, 4]));
    turns(four, &[shift("Patient.identifier", 3, 1)], &list(&[1, 4, 2, 3]));
    turns(four, &[shift("Patient.identifier", 0, 3)], &list(&[2, 3, 4, 1]));
    turns(
        four,
        &[
            shift("Patient.identifier", 3, 0),
            shift("Patient.identifier", 3, 1),
            shift("Patient.identifier", 3, 2),
        ],
        &list(&[4, 3, 2, 1]),
    );
    turns(r#""identifier":[{"value":"1"}]"#, &[delete("Patient.identifier.first()")], "");
}

#[test]
fn choices_take_another_type() {
    turns(
        r#""deceasedBoolean":true,"active":true"#,
        &[replace("Patient.deceased", r#""valueDateTime":"2020""#)],
        r#""deceasedDateTime":"2020","active":true"#,
    );
    turns("", &[add("Patient", "deceased", r#""valueBoolean":true"#)], r#""deceasedBoolean":true"#);
    turns("", &[add("Patient", "deceasedBoolean", r#""valueBoolean":true"#)], r#""deceasedBoolean":true"#);
    assert_eq!(
        fails(r#","deceasedBoolean":true"#, &[add("Patient", "deceased", r#""valueDateTime":"2020""#)])
            .text
            .key,
        "patch.there-already"
    );
    assert_eq!(
        fails("", &[add("Patient", "deceased", r#""valueQuantity":{}"#)]).text.key,
        "patch.unknown-element"
    );
}

#[test]
fn numbers_and_unknown_members_stay() {
    let text =
        r#"{"resourceType":"Observation","x-unknown":[1e3],"status":"final","valueQuantity":{"value":1.10}}"#;
    let operations = [
        replace("Observation.value.value", r#""valueDecimal":2.500"#),
        replace("Observation.status", r#""valueCode":"amended""#),
    ];
    assert_eq!(
        patched(text, &operations).unwrap(),
        r#"{"resourceType":"Observation","x-unknown":[1e3],"status":"amended","valueQuantity":{"value":2.500}}"#
    );
}

#[test]
fn what_cannot_be_done_says_which_operation() {
    let two = r#","identifier":[{"value":"1"},{"value":"2"}],"birthDate":"1920""#;
    let id = r#""valueIdentifier":{"value":"5"}"#;
    for (operation, key) in [
        (
            add("Patient.identifier.where(value = '9').period", "end", r#""valueDateTime":"2020""#),
            "patch.no-match",
        ),
        (replace("Patient.gender", r#""valueCode":"male""#), "patch.no-match"),
        (replace("Patient.identifier", id), "patch.many-matches"),
        (delete("Patient.identifier"), "patch.many-matches"),
        (add("Patient", "birthDate", r#""valueDate":"1930""#), "patch.there-already"),
        (add("Patient", "nothing", r#""valueDate":"1930""#), "patch.unknown-element"),
        (add("Patient", "identifier", r#""valueHumanName":{"text":"x"}"#), "patch.wrong-value"),
        (add("Patient", "identifier", r#""valueString":"x""#), "patch.wrong-value"),
        (add("Patient", "birthDate", r#""part":[]"#), "patch.wrong-value"),
        (insert("Patient.identifier", 3, id), "patch.out-of-list"),
        (insert("Patient.identifier[0]", 0, id), "patch.not-list"),
        (insert("Patient.birthDate", 0, r#""valueDate":"1930""#), "patch.not-list"),
        (insert("Patient.nothing", 0, id), "patch.unknown-element"),
        (shift("Patient.identifier", 0, 2), "patch.out-of-list"),
        (shift("Patient.name", 0, 0), "patch.out-of-list"),
        (delete("Patient"), "patch.whole-resource"),
        (replace("Patient", id), "patch.whole-resource"),
        (delete("Patient.identifier.count()"), "patch.not-element"),
        (delete("Patient.birthDate + 'x' * 3"), "patch.path-stopped"),
    ] {
        let issue = fails(two, &[delete("Patient.none"), operation.clone()]);
        assert_eq!(issue.text.key, key, "{operation}");
        assert_eq!(issue.expression.as_deref(), Some("Parameters.parameter[1]"), "{operation}");
        assert!(issue.sentence(fhir::Lang::En).starts_with("Operation 2 ("), "{issue}");
    }
}

#[test]
fn what_is_written_wrong_says_where() {
    let path = r#"{"name":"path","valueString":"Patient.name"}"#;
    let ty = r#"{"name":"type","valueCode":"delete"}"#;
    let one = |parts: &str| format!(r#"{{"name":"operation","part":[{parts}]}}"#);
    for (parameter, key, place) in [
        (r#"{"name":"change"}"#.to_string(), "patch.parameters", ""),
        (one(""), "patch.type", ""),
        (one(ty), "patch.missing-part", ""),
        (one(&format!(r#"{path},{{"name":"type","valueCode":"remove"}}"#)), "patch.type", ".part[1]"),
        (one(&format!("{ty},{path},{path}")), "patch.part-twice", ".part[2]"),
        (
            one(&format!(r#"{ty},{path},{{"name":"else","valueString":"x"}}"#)),
            "patch.unknown-part",
            ".part[2]",
        ),
        (one(&format!(r#"{ty},{{"name":"path","valueString":"Patient..name"}}"#)), "patch.path", ".part[1]"),
        (one(&format!(r#"{ty},{{"name":"path","valueInteger":1}}"#)), "patch.part", ".part[1]"),
        (replace("Patient.name", r#""valueString":"a","valueCode":"b""#), "patch.part", ".part[2]"),
        (replace("Patient.name", r#""valueString":"a","_valueCode":{}"#), "patch.part", ".part[2]"),
        (insert("Patient.name", -1, r#""valueString":"a""#), "patch.part", ".part[2]"),
    ] {
        let issue = fails("", std::slice::from_ref(&parameter));
        assert_eq!(issue.text.key, key, "{parameter}");
        assert_eq!(issue.expression, Some(format!("Parameters.parameter[0]{place}")), "{parameter}");
        assert_eq!(issue.code, Code::Invalid);
    }
    let many = vec![delete("Patient.name"); OPERATIONS_MAX + 1];
    assert_eq!(fails("", &many).code, Code::TooLong);
    let not = parse(br#"{"resourceType":"Patient"}"#).unwrap();
    assert_eq!(Patch::read(&not).unwrap_err().text.key, "patch.parameters");
}

#[test]
fn errors_hold_no_literals() {
    let path = r"Patient.name.where(family = 'Mo\'rel' and period.start > @1974-12-25 and extension.value = 1234567)";
    let issue = fails("", &[replace(path, r#""valueString":"x""#)]);
    let told = issue.sentence(fhir::Lang::En);
    assert!(told.contains("where(family = '…' and period.start > @… and extension.value = …)"), "{told}");
    assert!(!told.contains("rel'"));
}

#[test]
fn paths_that_explode_are_stopped() {
    let many: Vec<String> = (0..300).map(|n| format!(r#"{{"value":"{n}"}}"#)).collect();
    let before = format!(r#","identifier":[{}]"#, many.join(","));
    let path = "Patient.identifier.where(%resource.identifier.where(%resource.identifier.where(value = 'x').exists()).exists())";
    assert_eq!(fails(&before, &[delete(path)]).code, Code::TooCostly);
}
