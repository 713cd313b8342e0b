//! The synthesis and the lists of the chart.

use crate::Records;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Ctx, Role};

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"p","birthDate":"1961-03-12"}"#).await;
    hub
}

fn doctor(hub: &TestHub) -> Ctx {
    hub.ctx(&[Role::Clinician])
}

async fn put(hub: &TestHub, rt: &str, id: &str, more: &str) {
    let about = if ["AllergyIntolerance", "Immunization", "FamilyMemberHistory"].contains(&rt) {
        "patient"
    } else {
        "subject"
    };
    let about = if rt == "Appointment" {
        String::new()
    } else {
        format!(r#","{about}":{{"reference":"Patient/p"}}"#)
    };
    hub.create(&format!(r#"{{"resourceType":"{rt}","id":"{id}"{about},{more}}}"#)).await;
}

async fn summary(hub: &TestHub) -> Json<'static> {
    hub.ask(&Records, doctor(hub), "POST", "patients/p/generate_summary", "").await
}

fn section<'j>(summary: &'j Json<'_>, code: &str) -> &'j Json<'j> {
    let found: &'j Json<'j> = summary.each("sections").find(|s| s.get_str("code") == Some(code)).unwrap();
    found
}

fn texts<'j>(section: &'j Json<'j>) -> Vec<&'j str> {
    section.each("lines").filter_map(|line| line.get_str("text")).collect()
}

fn concept(system: &str, code: &str, text: &str) -> String {
    format!(r#"{{"coding":[{{"system":"{system}","code":"{code}"}}],"text":"{text}"}}"#)
}

const ICD: &str = "http://hl7.org/fhir/sid/icd-10";
const ATC: &str = "http://www.whocc.no/atc";
const LOINC: &str = "http://loinc.org";

async fn condition(hub: &TestHub, id: &str, code: &str, text: &str, status: &str) {
    let code = concept(ICD, code, text);
    let more = format!(
        r#""clinicalStatus":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"{status}"}}]}},"code":{code},"onsetDateTime":"2019-05""#
    );
    put(hub, "Condition", id, &more).await;
}

async fn result(hub: &TestHub, id: &str, code: &str, day: &str, value: &str, flag: &str) {
    let code = concept(LOINC, code, code);
    let more = format!(
        r#""status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{code},"effectiveDateTime":"{day}","valueQuantity":{{"value":{value},"unit":"U"}},"interpretation":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{flag}"}}]}}]"#
    );
    put(hub, "Observation", id, &more).await;
}

#[tokio::test]
async fn an_empty_record_says_what_is_not_known() {
    let hub = hub().await;
    let summary = summary(&hub).await;
    let codes: Vec<&str> = summary.each("sections").filter_map(|s| s.get_str("code")).collect();
    let wanted: Vec<&str> = super::words::TITLES.iter().map(|title| title.key).collect();
    assert_eq!(codes, wanted);
    assert_eq!(section(&summary, "allergies").get_str("state"), Some("not-recorded"));
    assert_eq!(section(&summary, "problems").get_str("state"), Some("not-recorded"));
    assert_eq!(section(&summary, "vigilance").get_str("state"), Some("none-known"));
    assert_eq!(section(&summary, "allergies").get_str("title"), Some("Allergies et intolérances"));
}

#[tokio::test]
async fn each_line_names_its_source_and_the_order_is_the_same() {
    let hub = hub().await;
    condition(&hub, "hta", "I10", "Hypertension", "active").await;
    condition(&hub, "old", "J18.9", "Pneumonie", "resolved").await;
    let medicine = concept(ATC, "B01AF02", "Apixaban 5 mg");
    let taken = format!(
        r#""status":"active","medicationCodeableConcept":{medicine},"dosage":[{{"text":"1 comprimé matin et soir"}}]"#
    );
    put(&hub, "MedicationStatement", "m", &taken).await;
    let same = format!(
        r#""status":"active","intent":"order","medicationCodeableConcept":{medicine},"authoredOn":"2026-10-01""#
    );
    put(&hub, "MedicationRequest", "r", &same).await;
    let first = summary(&hub).await;
    let problems = section(&first, "problems");
    assert_eq!(texts(problems), ["Hypertension"]);
    let line = problems.each("lines").next().unwrap();
    assert_eq!((line.get_str("source"), line.get_str("date")), (Some("Condition/hta"), Some("2019-05")));
    assert_eq!(texts(section(&first, "medical-history")), ["Pneumonie"]);
    assert_eq!(texts(section(&first, "risk-factors")), ["Hypertension"]);
    // The prescription of what is stated already is not a second line.
    assert_eq!(texts(section(&first, "medications")), ["Apixaban 5 mg"]);
    assert_eq!(texts(section(&first, "vigilance")), ["Antithrombotique : Apixaban 5 mg"]);
    assert_eq!(summary(&hub).await.to_vec(), first.to_vec());
}

#[tokio::test]
async fn allergies_have_four_states() {
    let hub = hub().await;
    let list = r#""status":"current","mode":"working","code":{"coding":[{"system":"http://loinc.org","code":"52472-8"}]},"emptyReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/list-empty-reason","code":"unavailable"}]}"#;
    put(&hub, "List", "l", list).await;
    assert_eq!(section(&summary(&hub).await, "allergies").get_str("state"), Some("unavailable"));
    let active = r#""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]}"#;
    let none = concept("http://snomed.info/sct", "716186003", "Aucune allergie connue");
    put(&hub, "AllergyIntolerance", "none", &format!(r#"{active},"code":{none}"#)).await;
    assert_eq!(section(&summary(&hub).await, "allergies").get_str("state"), Some("none-known"));
    put(&hub, "AllergyIntolerance", "low", &format!(r#"{active},"code":{{"text":"Pollen"}}"#)).await;
    put(
        &hub,
        "AllergyIntolerance",
        "high",
        &format!(r#"{active},"criticality":"high","code":{{"text":"Pénicilline"}}"#),
    )
    .await;
    let known = summary(&hub).await;
    let allergies = section(&known, "allergies");
    assert_eq!((allergies.get("state"), texts(allergies)), (None, vec!["Pénicilline", "Pollen"]));
    assert_eq!(allergies.each("lines").next().unwrap().get_str("emphasis"), Some("critical"));
    assert_eq!(texts(section(&known, "vigilance")), ["Allergie : Pénicilline"]);
}

#[tokio::test]
async fn a_result_counts_by_its_newest_value() {
    let hub = hub().await;
    result(&hub, "k1", "K", "2026-11-01", "6.8", "HH").await;
    result(&hub, "na1", "NA", "2026-10-01", "128", "L").await;
    result(&hub, "na2", "NA", "2026-11-01", "140", "N").await;
    result(&hub, "crp", "CRP", "2026-11-10", "12.5", "H").await;
    result(&hub, "far", "TSH", "2024-01-01", "9", "H").await;
    let summary = summary(&hub).await;
    let results = section(&summary, "results");
    assert_eq!(texts(results), ["K", "CRP"]);
    assert_eq!(results.each("lines").next().unwrap().get_str("detail"), Some("6,8 U"));
}

#[tokio::test]
async fn what_is_left_out_is_counted() {
    let hub = hub().await;
    for n in 0..33 {
        condition(&hub, &format!("c{n}"), "I10", &format!("Problème {n:02}"), "active").await;
    }
    let summary = summary(&hub).await;
    let problems = section(&summary, "problems");
    assert_eq!((problems.each("lines").count(), problems.get("omitted")), (30, Some(&Json::integer(3))));
}

#[tokio::test]
async fn lists_come_page_by_page() {
    let hub = hub().await;
    for n in 1..=5 {
        let appointment = format!(
            r#""status":"booked","description":"Contrôle {n}","start":"2026-12-0{n}T09:00:00Z","end":"2026-12-0{n}T09:20:00Z","participant":[{{"actor":{{"reference":"Patient/p"}},"status":"accepted"}},{{"actor":{{"reference":"Practitioner/x","display":"Dr Exemple"}},"status":"accepted"}}]"#
        );
        put(&hub, "Appointment", &format!("a{n}"), &appointment).await;
    }
    let past = r#""status":"fulfilled","start":"2026-01-01T09:00:00Z","end":"2026-01-01T09:20:00Z","participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"}]"#;
    put(&hub, "Appointment", "past", past).await;
    let path = "patients/p/upcoming_appointments?count=3";
    let first = hub.ask(&Records, doctor(&hub), "GET", path, "").await;
    let ids = |page: &Json<'_>| -> Vec<String> {
        page.each("appointments").filter_map(|a| a.get_str("id").map(String::from)).collect()
    };
    assert_eq!(ids(&first), ["a1", "a2", "a3"]);
    let appointment = first.each("appointments").next().unwrap();
    assert_eq!(appointment.each("with").next().unwrap().get_str("name"), Some("Dr Exemple"));
    let next = first.get_str("next").unwrap();
    let second = hub.ask(&Records, doctor(&hub), "GET", &format!("{path}&page={next}"), "").await;
    assert_eq!((ids(&second), second.get("next")), (vec!["a4".to_string(), "a5".to_string()], None));

    condition(&hub, "hta", "I10", "Hypertension", "active").await;
    let path = "patients/p/records?count=4";
    let mut seen: Vec<String> = Vec::new();
    let mut page = hub.ask(&Records, doctor(&hub), "GET", path, "").await;
    loop {
        seen.extend(page.each("items").filter_map(|i| i.get_str("resource").map(String::from)));
        let Some(next) = page.get_str("next").map(String::from) else { break };
        page = hub.ask(&Records, doctor(&hub), "GET", &format!("{path}&page={next}"), "").await;
    }
    assert_eq!(seen.len(), 7);
    assert_eq!(seen.first().map(String::as_str), Some("Appointment/a5"));
    assert_eq!(seen.last().map(String::as_str), Some("Appointment/past"));
    let only = hub.ask(&Records, doctor(&hub), "GET", "patients/p/records?kind=condition", "").await;
    assert_eq!(only.each("items").count(), 1);
    let history = hub.ask(&Records, doctor(&hub), "GET", "patients/p/medical_history", "").await;
    assert_eq!(texts(section(&history, "problems")), ["Hypertension"]);
}
