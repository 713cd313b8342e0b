//! Chains, `_has`, `_list`, includes and searches across types.

use super::{Shelf, names, request};

const CLINIC: &[&str] = &[
    r#"{"resourceType":"Organization","id":"o1","name":"Clinique Bellevue"}"#,
    r#"{"resourceType":"Organization","id":"o2","name":"Hôpital Nord","partOf":{"reference":"Organization/o1"}}"#,
    r#"{"resourceType":"Patient","id":"a","gender":"female","name":[{"family":"Durand"}],"managingOrganization":{"reference":"Organization/o1"}}"#,
    r#"{"resourceType":"Patient","id":"b","gender":"male","name":[{"family":"Petit"}],"managingOrganization":{"reference":"Organization/o2"}}"#,
    r#"{"resourceType":"Patient","id":"c","name":[{"family":"Moreau"}],"link":[{"other":{"reference":"Patient/b"},"type":"seealso"}]}"#,
    r#"{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/a"}}"#,
    r#"{"resourceType":"Observation","id":"x1","status":"final","code":{"coding":[{"code":"k"}]},"subject":{"reference":"Patient/a"},"encounter":{"reference":"Encounter/e1"}}"#,
    r#"{"resourceType":"Observation","id":"x2","status":"final","code":{"coding":[{"code":"l"}]},"subject":{"reference":"Patient/b"}}"#,
    r#"{"resourceType":"List","id":"l","status":"current","mode":"working","entry":[{"item":{"reference":"Patient/c"}},{"item":{"reference":"Observation/x1"}}]}"#,
    r#"{"resourceType":"Questionnaire","id":"q","url":"http://x.org/Questionnaire/q","status":"active"}"#,
    r#"{"resourceType":"QuestionnaireResponse","id":"r","questionnaire":"http://x.org/Questionnaire/q|1","status":"completed"}"#,
    r#"{"resourceType":"Location","id":"paris","position":{"latitude":48.8566,"longitude":2.3522}}"#,
];

#[tokio::test]
async fn chains_and_has() {
    let shelf = Shelf::with(CLINIC);
    let cases: &[(&str, &[&str])] = &[
        ("Observation?subject.name=dur", &["x1"]),
        ("Observation?subject:Patient.name=pet", &["x2"]),
        ("Observation?patient.organization.name=hop", &["x2"]),
        ("Observation?patient.organization.partof.name=clin", &["x2"]),
        ("Observation?subject:Group.code=dur", &[]),
        ("Patient?_has:Observation:patient:code=k", &["a"]),
        ("Patient?_has:Observation:subject:code=k,l", &["a", "b"]),
        ("Patient?_has:Observation:patient:code=k&gender=male", &[]),
        ("Patient?_has:Encounter:patient:_has:Observation:encounter:code=k", &["a"]),
        ("Patient?_has:Observation:patient:encounter.status=finished", &["a"]),
        ("Organization?_has:Patient:organization:gender=male", &["o2"]),
        ("Patient?_list=l", &["c"]),
        ("Observation?_list=l", &["x1"]),
        ("Location?near=48.85|2.35|5|km", &["paris"]),
        ("Location?near=45.76|4.83|50|km", &[]),
        ("Patient/a/*", &["a", "e1", "x1"]),
        ("?_id=a", &["a"]),
        ("?_type=Patient,Observation&_id=a,x1", &["a", "x1"]),
        ("?_type=Observation,Encounter&patient=a", &["e1", "x1"]),
    ];
    for (url, expected) in cases {
        assert_eq!(shelf.ids(url).await, *expected, "{url}");
    }
    assert_eq!(shelf.find("?_lastUpdated=ge2000").await.len(), CLINIC.len());
}

#[tokio::test]
async fn includes() {
    let shelf = Shelf::with(CLINIC);
    let cases: &[(&str, &[&str])] = &[
        ("Observation?_include=Observation:subject", &["Patient/a", "Patient/b"]),
        ("Observation?code=k&_include=Observation:*", &["Encounter/e1", "Patient/a"]),
        ("Observation?code=k&_include=*", &["Encounter/e1", "Patient/a"]),
        ("Observation?code=l&_include=Observation:subject:Group", &[]),
        (
            "Observation?code=l&_include=Observation:subject&_include:iterate=Patient:organization",
            &["Organization/o2", "Patient/b"],
        ),
        (
            "Observation?code=l&_include=Observation:subject&_include:iterate=Patient:organization&_include:iterate=Organization:partof",
            &["Organization/o1", "Organization/o2", "Patient/b"],
        ),
        ("QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire", &["Questionnaire/q"]),
        ("Patient?_id=a&_revinclude=Observation:patient", &["Observation/x1"]),
        (
            "Patient?gender=female&_revinclude=Observation:subject&_revinclude=Encounter:patient",
            &["Encounter/e1", "Observation/x1"],
        ),
        ("Patient?_id=a&_revinclude=*", &["Encounter/e1", "Observation/x1"]),
    ];
    for (url, expected) in cases {
        let outcome = shelf.run(&request(url)).await.unwrap();
        let mut included = names(&outcome.included);
        included.sort();
        assert_eq!(included, *expected, "{url}");
    }
}

/// More resources than a join collects: the candidates are asked instead.
#[tokio::test]
async fn joins_of_many() {
    let mut shelf = Shelf::new();
    let mut texts = Vec::new();
    for n in 0..2_300 {
        let gender = if n % 2 == 0 { "male" } else { "other" };
        texts.push(format!(r#"{{"resourceType":"Patient","id":"p{n}","active":true,"gender":"{gender}"}}"#));
        if n % 3 == 0 {
            texts.push(format!(
                r#"{{"resourceType":"Observation","id":"o{n}","status":"final","code":{{"coding":[{{"code":"c{}"}}]}},"subject":{{"reference":"Patient/p{n}"}}}}"#,
                n % 2
            ));
        }
    }
    for n in 0..1_200 {
        texts.push(format!(
            r#"{{"resourceType":"Observation","id":"z{n}","status":"final","code":{{"coding":[{{"code":"many"}}]}},"subject":{{"reference":"Patient/p{}"}}}}"#,
            n % 7
        ));
    }
    shelf.put_all(texts.iter().map(|t| t.as_bytes()));
    // 2,300 active patients are more than a chain collects.
    let found = shelf.find("Observation?patient.active=true&code=c1&_count=1000").await;
    assert_eq!(found.len(), 383);
    let found = shelf.ids("Patient?_has:Observation:patient:code=many&_count=100").await;
    assert_eq!(found, ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]);
    let found = shelf.ids("Patient?_has:Observation:patient:code=many&gender=male&_count=100").await;
    assert_eq!(found, ["p0", "p2", "p4", "p6"]);
}

#[tokio::test]
async fn value_sets_and_hierarchies() {
    let shelf = Shelf::with(&[
        r#"{"resourceType":"ValueSet","id":"v","url":"urn:vs","status":"active","compose":{"include":[
            {"system":"urn:s","concept":[{"code":"a"},{"code":"b"}]},{"system":"urn:t","filter":[{"property":"concept","op":"is-a","value":"top"}]}],
            "exclude":[{"system":"urn:s","concept":[{"code":"b"}]}]}}"#,
        r#"{"resourceType":"CodeSystem","id":"t","url":"urn:t","status":"active","content":"complete","concept":[
            {"code":"top","concept":[{"code":"mid","concept":[{"code":"low"}]}]},{"code":"other"}]}"#,
        r#"{"resourceType":"Condition","id":"1","code":{"coding":[{"system":"urn:s","code":"a"}]},
            "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"relapse"}]}}"#,
        r#"{"resourceType":"Condition","id":"2","code":{"coding":[{"system":"urn:s","code":"b"}]}}"#,
        r#"{"resourceType":"Condition","id":"3","code":{"coding":[{"system":"urn:t","code":"low"}]}}"#,
        r#"{"resourceType":"Condition","id":"4","code":{"coding":[{"system":"urn:t","code":"other"}]}}"#,
    ]);
    let cases: &[(&str, &[&str])] = &[
        ("Condition?code:in=urn:vs", &["1", "3"]),
        ("Condition?code:not-in=urn:vs", &["2", "4"]),
        ("Condition?code:in=http://hl7.org/fhir/ValueSet/administrative-gender", &[]),
        ("Condition?code:below=urn:t|mid", &["3"]),
        ("Condition?code:above=urn:t|low", &["3"]),
        (
            "Condition?clinical-status:below=http://terminology.hl7.org/CodeSystem/condition-clinical|active",
            &["1"],
        ),
    ];
    for (url, expected) in cases {
        assert_eq!(shelf.ids(url).await, *expected, "{url}");
    }
    for url in ["Condition?code:in=urn:none", "Condition?code:below=urn:none|x", "Condition?code:below=x"] {
        assert!(shelf.run(&request(url)).await.is_err(), "{url}");
    }
}
