//! Each kind of parameter with its prefixes and modifiers.

use super::{Shelf, request};
use crate::error::Error;

const PEOPLE: &[&str] = &[
    r#"{"resourceType":"Patient","id":"a","active":true,"gender":"female","birthDate":"1970-05-02",
        "identifier":[{"system":"urn:mrn","value":"100","type":{"coding":[{"system":"urn:t","code":"MR"}],"text":"Dossier"}}],
        "name":[{"family":"Lefèvre-Martin","given":["Élise","Anne"]}],
        "address":[{"city":"Lyon","line":["12 rue de la République"]}],
        "telecom":[{"system":"phone","value":"0102030405"},{"system":"email","value":"e@x.fr"}]}"#,
    r#"{"resourceType":"Patient","id":"b","gender":"male","birthDate":"1970","deceasedBoolean":true,
        "identifier":[{"system":"urn:other","value":"100"},{"value":"7"}],
        "name":[{"family":"Lefort","given":["Jean"]}],"generalPractitioner":[{"reference":"Practitioner/d","display":"Dr Durand"}]}"#,
    r#"{"resourceType":"Patient","id":"c","birthDate":"1985-12-31","name":[{"family":"Li"}],
        "meta":{"tag":[{"system":"urn:tag","code":"x"}],"profile":["http://p.org/StructureDefinition/p"],"source":"urn:src"},
        "generalPractitioner":[{"identifier":{"system":"urn:rpps","value":"123"}}]}"#,
];

const VITALS: &[&str] = &[
    r#"{"resourceType":"Observation","id":"w1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}]},
        "subject":{"reference":"Patient/a"},"effectiveDateTime":"2024-01-10T08:00:00Z",
        "valueQuantity":{"value":70.5,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}"#,
    r#"{"resourceType":"Observation","id":"w2","status":"amended","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}],"text":"Poids"},
        "subject":{"reference":"Patient/b"},"effectivePeriod":{"start":"2023-11-01","end":"2024-02-01"},
        "valueQuantity":{"value":80000,"unit":"g","system":"http://unitsofmeasure.org","code":"g"}}"#,
    r#"{"resourceType":"Observation","id":"p1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
        "subject":{"reference":"Patient/a"},"effectiveDateTime":"2024-03",
        "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
                     {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":80,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}"#,
];

async fn check(shelf: &Shelf, cases: &[(&str, &[&str])]) {
    for (url, expected) in cases {
        assert_eq!(shelf.ids(url).await, *expected, "{url}");
    }
}

#[tokio::test]
async fn tokens() {
    let shelf = Shelf::with(PEOPLE);
    check(
        &shelf,
        &[
            ("Patient?identifier=100", &["a", "b"]),
            ("Patient?identifier=urn:mrn|100", &["a"]),
            ("Patient?identifier=urn:mrn|", &["a"]),
            ("Patient?identifier=|7", &["b"]),
            ("Patient?identifier=|100", &[]),
            ("Patient?identifier=7,urn:mrn|100", &["a", "b"]),
            ("Patient?identifier:of-type=urn:t|MR|100", &["a"]),
            ("Patient?identifier:of-type=urn:t|SS|100", &[]),
            ("Patient?identifier:text=doss", &["a"]),
            ("Patient?identifier:missing=true", &["c"]),
            ("Patient?gender=female", &["a"]),
            ("Patient?gender=http://hl7.org/fhir/administrative-gender|female", &["a"]),
            ("Patient?gender:not=female", &["b", "c"]),
            ("Patient?gender:missing=true", &["c"]),
            ("Patient?gender:missing=false", &["a", "b"]),
            ("Patient?active=true", &["a"]),
            ("Patient?deceased=true", &["b"]),
            ("Patient?phone=0102030405", &["a"]),
            ("Patient?email=0102030405", &[]),
            ("Patient?telecom=e@x.fr", &["a"]),
            ("Patient?_tag=urn:tag|x", &["c"]),
            ("Patient?_profile=http://p.org/StructureDefinition/p", &["c"]),
            ("Patient?_profile:below=http://p.org/StructureDefinition", &["c"]),
            ("Patient?_source=urn:src", &["c"]),
            ("Patient?_id=a,c", &["a", "c"]),
            ("Patient?_id=a&gender=male", &[]),
            ("Patient?_id:not=a", &["b", "c"]),
            ("Patient?gender=male,female&birthdate=1970", &["a", "b"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn strings_and_birth_dates() {
    let shelf = Shelf::with(PEOPLE);
    check(
        &shelf,
        &[
            ("Patient?name=lef", &["a", "b"]),
            ("Patient?name=LEFEVRE", &["a"]),
            ("Patient?family=martin", &["a"]),
            ("Patient?family=lefevre%20mar", &["a"]),
            ("Patient?given=lef", &[]),
            ("Patient?given=eli,jea", &["a", "b"]),
            ("Patient?name=li", &["c"]),
            ("Patient?family:exact=Lefort", &["b"]),
            ("Patient?family:exact=lefort", &[]),
            ("Patient?family:contains=evre", &["a"]),
            ("Patient?phonetic=lefaurt", &["b"]),
            ("Patient?address=republique", &["a"]),
            ("Patient?address-city=ly", &["a"]),
            ("Patient?birthdate=1970", &["a", "b"]),
            ("Patient?birthdate=1970-05", &["a"]),
            ("Patient?birthdate=1970-05-02", &["a"]),
            ("Patient?birthdate=ge1985", &["c"]),
            ("Patient?birthdate=lt1980-01-01", &["a", "b"]),
            ("Patient?birthdate=gt1970-06-01", &["b", "c"]),
            ("Patient?birthdate=sa1970-06-01", &["c"]),
            ("Patient?birthdate=ne1970", &["c"]),
            ("Patient?_content=republique", &["a"]),
            ("Patient?general-practitioner:text=durand", &["b"]),
            ("Patient?general-practitioner:identifier=urn:rpps|123", &["c"]),
            ("Patient?general-practitioner=Practitioner/d", &["b"]),
            ("Patient?general-practitioner=d", &["b"]),
            ("Patient?general-practitioner:missing=true", &["a"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn dates_numbers_and_quantities() {
    let shelf = Shelf::with(VITALS);
    check(
        &shelf,
        &[
            ("Observation?date=2024-01-10", &["w1"]),
            ("Observation?date=2024", &["p1", "w1"]),
            ("Observation?date=ge2024-01-20", &["p1", "w2"]),
            ("Observation?date=gt2024-02-01", &["p1"]),
            ("Observation?date=lt2024-01-01", &["w2"]),
            ("Observation?date=ge2024-01-01&date=lt2024-02-01", &["w1", "w2"]),
            ("Observation?date=sa2024-01-11", &["p1"]),
            ("Observation?date=eb2024-03-01", &["w1", "w2"]),
            ("Observation?date=ne2024", &["w2"]),
            ("Observation?date=ge2024-01-20&code=29463-7", &["w2"]),
            ("Observation?value-quantity=70.5", &["w1"]),
            ("Observation?value-quantity=70.5|http://unitsofmeasure.org|kg", &["w1"]),
            ("Observation?value-quantity=70500|http://unitsofmeasure.org|g", &["w1"]),
            ("Observation?value-quantity=gt75|http://unitsofmeasure.org|kg", &["w2"]),
            ("Observation?value-quantity=lt75||kg", &["w1"]),
            ("Observation?value-quantity=ap69|http://unitsofmeasure.org|kg", &["w1"]),
            ("Observation?combo-value-quantity=ge100||mm[Hg]", &["p1"]),
            ("Observation?component-code-value-quantity=8480-6$gt100", &["p1"]),
            ("Observation?component-code-value-quantity=8462-4$gt100", &[]),
            ("Observation?combo-code-value-quantity=http://loinc.org|8462-4$80", &["p1"]),
            ("Observation?code-value-quantity=29463-7$gt75|http://unitsofmeasure.org|kg", &["w2"]),
            ("Observation?code:text=poids", &["w2"]),
            ("Observation?combo-code=8480-6,29463-7", &["p1", "w1", "w2"]),
            ("Observation?_lastUpdated=ge2024-06-01T00:00:03Z", &["p1"]),
            ("Observation?_lastUpdated=lt2024-06-01T00:00:03Z&status=final", &["w1"]),
            ("Patient/a/Observation", &["p1", "w1"]),
            ("Patient/a/Observation?code=29463-7", &["w1"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn filters() {
    let shelf = Shelf::with(&[PEOPLE, VITALS].concat());
    check(
        &shelf,
        &[
            ("Patient?_filter=gender eq female or birthdate ge 1980", &["a", "c"]),
            ("Patient?_filter=not (gender eq female) and family sw \"le\"", &["b"]),
            ("Patient?_filter=family co \"evre\"", &["a"]),
            ("Patient?_filter=family ew \"fort\"", &["b"]),
            ("Patient?_filter=gender pr false", &["c"]),
            ("Observation?_filter=subject.gender eq female and status eq final", &["p1", "w1"]),
            ("Observation?_filter=value-quantity gt 75|http://unitsofmeasure.org|kg", &["w2"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let shelf = Shelf::with(PEOPLE);
    for url in [
        "Patient?nonsense=1",
        "Patient?gender:exact=male",
        "Patient?birthdate=soon",
        "Patient?birthdate=2024-13-01",
        "Patient?name.family=x",
        "Patient?identifier=a|b|c",
        "Patient?organization.nonsense=x",
        "Patient?_has:Observation=x",
        "Patient?_has:Observation:code:status=x",
        "Patient?_filter=gender",
        "Patient?_filter=((gender eq x)",
        "Patient?_sort=nonsense",
        "Patient?_count=many",
        "Patient?_include=Patient:nonsense",
        "Patient?_total=perhaps",
        "Patient?gender:in=http://nowhere.org/vs",
        "Observation?value-quantity=x",
        "Patient?general-practitioner=a/b/c",
        "Patient?a.a.a.a.a.a.a.a.a.a.a.a=1",
    ] {
        let result = shelf.run(&request(url)).await;
        assert!(matches!(result, Err(Error::Refused(ref issues)) if !issues.is_empty()), "{url}");
    }
    let mut lenient = request("Patient?nonsense=1&gender=male");
    lenient.strict = false;
    let outcome = shelf.run(&lenient).await.unwrap();
    assert_eq!((outcome.matches.len(), outcome.issues.len()), (1, 1));
}
