use super::*;

fn rows_of(text: &str) -> (IndexRows, ResourceType, IndexKey) {
    let key = IndexKey::generate().unwrap();
    let json = fhir::json::parse(text.as_bytes()).unwrap();
    let rt = ResourceType::of(&json).unwrap();
    (index_rows(&key, rt, &json), rt, key)
}

const OBSERVATION: &str = r#"{"resourceType":"Observation","id":"o","status":"final",
  "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
  "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}],"text":"Heart rate"},
  "subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},
  "effectiveDateTime":"2024-05-02T10:00:00+02:00","issued":"2024-05-02T10:00:00.123+02:00",
  "valueQuantity":{"value":72,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}"#;

#[test]
fn an_observation_is_few_rows() {
    let (rows, rt, key) = rows_of(OBSERVATION);
    assert!(rows.eq.len() + rows.ranges.len() <= 16, "{} + {}", rows.eq.len(), rows.ranges.len());
    assert_eq!(rows.ranges.len(), 2);
    let at = fhir::date::parse("2024-05-02T08:00:00Z").unwrap();
    assert_eq!(rows.time, at.lo_ms);
    let keys = Keys::new(&key, rt);
    for wanted in [
        keys.all(),
        keys.token_code("code", "8867-4"),
        keys.token_full("code", "http://loinc.org", "8867-4"),
        keys.reference("subject", ResourceType::PATIENT, "p"),
    ] {
        assert!(rows.eq.contains(&wanted));
    }
}

#[test]
fn a_patient_is_within_its_budget() {
    let (rows, rt, key) = rows_of(
        r#"{"resourceType":"Patient","id":"p","active":true,
  "identifier":[{"system":"urn:a","value":"1"},{"system":"urn:b","value":"2"},{"system":"urn:c","value":"3"}],
  "name":[{"use":"official","family":"Lefèvre-Martin","given":["Jean-Pierre","Émile"],"prefix":["M."]}],
  "telecom":[{"system":"phone","value":"0102030405"}],"gender":"male","birthDate":"1970-05-02",
  "address":[{"line":["12 rue de la République"],"city":"Lyon","postalCode":"69002","country":"FR"}],
  "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"fr"}]}}]}"#,
    );
    assert!(rows.ranges.is_empty(), "a birth date is never a range");
    assert!(rows.eq.len() <= 55, "{}", rows.eq.len());
    assert_eq!(rows.time, AT_COMMIT);
    let keys = Keys::new(&key, rt);
    for wanted in [
        keys.prefix("name", "lef"),
        keys.prefix("name", "martin"),
        keys.birth("birthdate", "1970-05"),
        keys.token_system("identifier", "urn:a"),
    ] {
        assert!(rows.eq.contains(&wanted));
    }
}

#[test]
fn long_and_open_periods_have_ranges() {
    let (rows, rt, key) = rows_of(
        r#"{"resourceType":"Encounter","status":"in-progress","class":{"code":"IMP"},"period":{"start":"2024-01-01"}}"#,
    );
    let keys = Keys::new(&key, rt);
    let range = rows.ranges.iter().find(|r| r.key == keys.dates("date", keys::Span::Long)).unwrap();
    assert_eq!((range.lo, range.hi), (rows.time, i64::MAX));
}

/// The official examples, if `MEDHUB_DEFINITIONS` names the folder of packages.
pub(crate) fn examples() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("MEDHUB_DEFINITIONS").map(std::path::PathBuf::from);
    let files = folder.and_then(|f| std::fs::read_dir(f.join("hl7.fhir.r4.examples")).ok());
    let Some(files) = files else {
        eprintln!("SKIPPED: MEDHUB_DEFINITIONS does not name a folder with hl7.fhir.r4.examples");
        return Vec::new();
    };
    let mut paths: Vec<_> = files.flatten().map(|f| f.path()).collect();
    paths.sort();
    let json = paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
    json.filter_map(|p| std::fs::read(p).ok()).filter(|text| text.len() < 200_000).collect()
}

/// What is found through another parameter's keys must be among its values.
#[test]
fn covering_parameters_cover() {
    for example in examples() {
        let Ok(json) = fhir::json::parse(&example) else { continue };
        let Some(rt) = ResourceType::of(&json) else { continue };
        for param in params_for(rt) {
            let Cover::Through(codes) = cover(rt, param) else { continue };
            let through = codes.iter().filter_map(|code| fhir::search::param(rt, code));
            let through: Vec<_> = through.flat_map(|through| through.values(&json)).collect();
            for value in param.values(&json) {
                let found = through.iter().any(|other| match (&value, other) {
                    (Value::Token(a), Value::Token(b)) => a.code == b.code,
                    _ => value == *other,
                });
                assert!(found, "{rt}.{}", param.code);
            }
        }
    }
}
