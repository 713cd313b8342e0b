use super::validate;
use crate::issue::{Lang, Severity};
use crate::json::parse;

/// The errors of a resource as `location key`, in order.
fn errors(text: &str) -> Vec<String> {
    let json = parse(text.as_bytes()).unwrap();
    let issues = validate(&json);
    let errors = issues.iter().filter(|issue| issue.severity >= Severity::Error);
    errors
        .map(|issue| {
            for lang in [Lang::Fr, Lang::En, Lang::De] {
                assert!(!issue.sentence(lang).contains('{'), "{}", issue.sentence(lang));
            }
            format!("{} {}", issue.expression.as_deref().unwrap_or_default(), issue.text.key)
        })
        .collect()
}

/// The errors of a Patient with these members.
fn patient(members: &str) -> Vec<String> {
    errors(&format!(r#"{{"resourceType":"Patient",{members}}}"#))
}

#[test]
fn what_is_right_passes() {
    assert_eq!(errors(r#"{"resourceType":"Patient"}"#), [""; 0]);
    let all = r##""id":"a-1.b","active":true,"name":[{"family":"D","given":["A",null,"B"],
        "_given":[null,{"extension":[{"url":"http://x","valueCode":"y"}]},null]}],"deceasedBoolean":false,
        "_birthDate":{"extension":[{"url":"http://x","valueDateTime":"2020-01-01T00:00:00Z"}]},
        "contained":[{"resourceType":"Organization","id":"o","name":"O"}],
        "managingOrganization":{"reference":"#o"},"generalPractitioner":[{"reference":"Practitioner/1"}]"##;
    assert_eq!(patient(all), [""; 0]);
}

#[test]
fn what_is_no_resource() {
    for text in ["null", "[]", "1", "\"x\"", "{}", r#"{"resourceType":"Nothing"}"#, r#"{"resourceType":1}"#] {
        assert_eq!(errors(text).len(), 1, "{text}");
    }
    assert_eq!(errors(r#"{"resourceType":"DomainResource"}"#), ["Resource validate.resource-type"]);
}

#[test]
fn names_and_cardinality() {
    assert_eq!(patient(r#""colour":"red""#), ["Patient.colour validate.unknown-element"]);
    assert_eq!(patient(r#""name":{"family":"x"}"#), ["Patient.name validate.not-array"]);
    assert_eq!(patient(r#""active":[true]"#), ["Patient.active validate.not-repeated"]);
    assert_eq!(patient(r#""name":[]"#), ["Patient.name validate.empty-array"]);
    assert_eq!(patient(r#""name":[{}]"#), ["Patient.name[0] validate.empty-object"]);
    assert_eq!(patient(r#""name":[null]"#), ["Patient.name[0] validate.null"]);
    assert_eq!(patient(r#""name":["x"]"#), ["Patient.name[0] validate.not-object"]);
    assert_eq!(patient(r#""maritalStatus":null"#), ["Patient.maritalStatus validate.null"]);
    assert_eq!(patient(r#""gender":null"#), ["Patient.gender validate.null"]);
    assert_eq!(patient(r#""name":[{"id":"only"}]"#), ["Patient.name[0] validate.empty-object"]);
    assert_eq!(
        errors(r#"{"resourceType":"Observation","status":"final"}"#),
        ["Observation.code validate.required"]
    );
    assert_eq!(
        patient(r#""deceasedBoolean":true,"deceasedDateTime":"2020""#),
        ["Patient.deceased validate.choice-twice"]
    );
}

#[test]
fn values() {
    assert_eq!(patient(r#""active":"true""#), ["Patient.active validate.not-boolean"]);
    assert_eq!(patient(r#""birthDate":"2025-02-30""#), ["Patient.birthDate validate.format-date"]);
    assert_eq!(patient(r#""birthDate":20250101"#), ["Patient.birthDate validate.not-string"]);
    assert_eq!(patient(r#""gender":"m""#), ["Patient.gender validate.binding"]);
    assert_eq!(patient(r#""id":"a b""#), ["Patient.id validate.format-id"]);
    assert_eq!(patient(r#""multipleBirthInteger":1.0"#), ["Patient.multipleBirth validate.format-integer"]);
    assert_eq!(
        patient(r#""multipleBirthInteger":2147483648"#),
        ["Patient.multipleBirth validate.format-integer"]
    );
    assert_eq!(patient(r#""name":[{"family":""}]"#), ["Patient.name[0].family validate.empty-string"]);
    assert_eq!(patient(r#""name":[{"family":" \n"}]"#), ["Patient.name[0].family validate.empty-string"]);
    assert_eq!(
        patient(r#""name":[{"family":"a\u0000"}]"#),
        ["Patient.name[0].family validate.control-character"]
    );
    assert_eq!(patient(r#""language":"fr_FR""#), [""; 0], "a preferred binding is no rule");
    let huge = format!(r#""name":[{{"text":"{}"}}]"#, "é".repeat(1024 * 1024 + 1));
    assert_eq!(patient(&huge), ["Patient.name[0].text validate.string-long"]);
}

#[test]
fn siblings() {
    let given = |rest: &str| patient(&format!(r#""name":[{{{rest}}}]"#));
    assert_eq!(given(r#""given":["A",null]"#), ["Patient.name[0].given[1] validate.null"]);
    assert_eq!(
        given(r#""given":["A"],"_given":[null,{"id":"b"}]"#),
        ["Patient.name[0].given validate.sibling-length"]
    );
    assert_eq!(given(r#""given":["A"],"_given":{"id":"b"}"#), ["Patient.name[0].given validate.not-array"]);
    assert_eq!(given(r#""_family":{"id":"b"}"#), ["Patient.name[0].family validate.empty-object"]);
    assert_eq!(given(r#""_family":[{"id":"b"}]"#), ["Patient.name[0].family validate.not-repeated"]);
    assert_eq!(given(r#""_family":"b""#), ["Patient.name[0].family validate.not-object"]);
    assert_eq!(given(r#""family":"A","_family":{"id":"b"}"#), [""; 0]);
    assert_eq!(patient(r#""_name":[{"id":"b"}]"#), ["Patient.name validate.sibling-not-primitive"]);
    assert_eq!(patient(r#""_resourceType":{"id":"b"}"#), ["Patient._resourceType validate.unknown-element"]);
    assert_eq!(
        patient(
            r#""_deceasedBoolean":{"extension":[{"url":"http://x","valueCode":"y"}]},"deceasedDateTime":"2020""#
        ),
        ["Patient.deceased validate.choice-twice"]
    );
}

#[test]
fn extensions() {
    let extension = |inner: &str| patient(&format!(r#""extension":[{{{inner}}}]"#));
    assert_eq!(extension(r#""url":"http://x","valueString":"y""#), [""; 0]);
    assert_eq!(extension(r#""valueString":"y""#), ["Patient.extension[0].url validate.required"]);
    assert_eq!(extension(r#""url":"http://x""#), ["Patient.extension[0] ext-1"]);
    let both = r#""url":"http://x","valueString":"y","extension":[{"url":"z","valueCode":"c"}]"#;
    assert_eq!(extension(both), ["Patient.extension[0] ext-1"]);
}

#[test]
fn references_and_contained() {
    let doctor = |inner: &str| patient(&format!(r#""generalPractitioner":[{{{inner}}}]"#));
    let wrong = ["Patient.generalPractitioner[0] validate.reference-target"];
    assert_eq!(doctor(r#""reference":"Patient/1""#), wrong);
    assert_eq!(doctor(r#""reference":"https://x/fhir/Patient/1/_history/2""#), wrong);
    assert_eq!(doctor(r#""type":"Patient","display":"x""#), wrong);
    assert_eq!(doctor(r#""reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520""#), [""; 0]);
    assert_eq!(doctor(r#""reference":"Practitioner?identifier=x|1""#), [""; 0]);
    assert_eq!(
        doctor(r##""reference":"#x""##),
        ["Patient.generalPractitioner[0] validate.reference-contained"]
    );
    let twice = ["Patient.generalPractitioner[0] validate.reference-type"];
    assert_eq!(doctor(r#""reference":"Practitioner/1","type":"Organization""#), twice);
    let unused = r#""contained":[{"resourceType":"Organization","id":"o","name":"O"}]"#;
    assert_eq!(patient(unused), ["Patient dom-3"]);
    let inner = r##""contained":[{"resourceType":"Organization","id":"o","partOf":{"reference":"#"}}]"##;
    assert_eq!(
        patient(inner),
        ["Patient.contained[0].partOf validate.reference-target", "Patient.contained[0] org-1",]
    );
}

#[test]
fn rules() {
    assert_eq!(
        patient(r#""name":[{"period":{"start":"2024-01-02","end":"2024-01-01T10:00:00Z"}}]"#),
        ["Patient.name[0].period per-1"]
    );
    assert_eq!(patient(r#""name":[{"period":{"start":"2024-01-02","end":"2024"}}]"#), [""; 0]);
    assert_eq!(patient(r#""telecom":[{"value":"1"}]"#), ["Patient.telecom[0] cpt-2"]);
    assert_eq!(patient(r#""contact":[{"gender":"male"}]"#), ["Patient.contact[0] pat-1"]);
    let range = r#"{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueRange":
        {"low":{"value":10,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"},
        "high":{"value":0.005,"unit":"g","system":"http://unitsofmeasure.org","code":"g"}}}"#;
    assert_eq!(errors(range), ["Observation.value rng-2"]);
    let coded = r#"{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"a"}]},"valueInteger":1,
        "component":[{"code":{"coding":[{"code":"a"}]}}]}"#;
    assert_eq!(errors(coded), ["Observation obs-7"]);
    let simple = r#"{"resourceType":"Observation","status":"final","code":{"text":"x"},
        "referenceRange":[{"low":{"value":1,"comparator":"<"}}]}"#;
    assert_eq!(errors(simple), ["Observation.referenceRange[0].low sqty-1"]);
}

#[test]
fn value_sets_are_listed() {
    let genders = super::value_set("administrative-gender").unwrap();
    assert!(genders.contains(&("http://hl7.org/fhir/administrative-gender", "female")));
    assert_eq!(super::value_set("mimetypes"), None);
}

#[test]
fn bundles() {
    let bundle = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","request":{"method":"POST","url":"Patient"},
        "resource":{"resourceType":"Patient","active":1}}]}"#;
    assert_eq!(errors(bundle), ["Bundle.entry[0].resource.active validate.not-boolean"]);
    let plain =
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient"}}]}"#;
    assert_eq!(errors(plain), ["Bundle bdl-3"]);
    let open = r#"{"resourceType":"Bundle","type":"collection","entry":[{"resource":"#;
    let nested = format!("{}{}{}", open.repeat(10), r#"{"resourceType":"Patient"}"#, "}]}".repeat(10));
    assert_eq!(errors(&nested).len(), 1);
}

#[test]
fn many_faults_are_cut_off_and_warnings_hide_none() {
    let faults: Vec<String> = (0..300).map(|at| format!(r#""x{at}":1"#)).collect();
    let found = patient(&faults.join(","));
    assert_eq!(found.len(), super::ISSUES_MAX + 1);
    assert_eq!(found.last().map(String::as_str), Some(" validate.too-many"));
    let entry = r#"{"resource":{"resourceType":"Patient"}}"#;
    let entries = vec![entry; 300].join(",");
    let bundle = format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}],"total":1}}"#);
    assert_eq!(errors(&bundle), ["Bundle bdl-1"]);
}

proptest::proptest! {
    /// Whatever JSON comes, validation ends with issues, never in a panic.
    #[test]
    fn no_json_makes_it_panic(text in r#"(\{"resourceType":"(Patient|Bundle|Observation|Parameters)",)?("(_?name|_?given|entry|resource|extension|url|value(String|Quantity)?|reference|period|start|contained|parameter|text|div)":|[\[\]{},]|"[#a-zé<>&/%0-9-]{0,6}"|1|null|true){0,24}\}?"#) {
        if let Ok(json) = parse(text.as_bytes()) {
            validate(&json);
        }
    }
}
