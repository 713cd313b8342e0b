//! A classification in two parts, with invented codes and words.

use crate::Records;
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

async fn ask(hub: &TestHub, q: &str) -> (bool, Vec<String>) {
    let path = format!("diagnoses?q={q}");
    let answer = hub.ask(&Records, hub.ctx(&[Role::Clinician]), "GET", &path, "").await;
    let present = answer.get("present").and_then(Json::as_bool).unwrap();
    (present, answer.each("concepts").map(|c| c.get_str("code").unwrap().to_string()).collect())
}

fn system(id: &str, concepts: &str) -> String {
    format!(
        r#"{{"resourceType":"CodeSystem","id":"{id}","url":"http://hl7.org/fhir/sid/icd-10","status":"active","content":"fragment","concept":[{concepts}]}}"#
    )
}

#[tokio::test]
async fn what_the_clinic_loaded_is_found_by_code_and_by_words() {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    assert_eq!(ask(&hub, "genou").await, (false, Vec::new()));
    hub.create(&system("m", r#"{"code":"M00-M99","display":"Chapitre du genou","concept":[{"code":"M17","display":"Arthrose du genou","concept":[{"code":"M17.1","display":"Autre arthrose primaire du genou"}]}]}"#)).await;
    hub.create(&system("s", r#"{"code":"S83","display":"Entorse du genou"}"#)).await;
    assert_eq!(ask(&hub, "GENOU").await, (true, vec!["S83".into(), "M17".into(), "M17.1".into()]));
    assert_eq!(ask(&hub, "genou arthr").await.1, ["M17", "M17.1"]);
    assert_eq!(ask(&hub, "m17").await.1, ["M17", "M17.1"]);
    assert_eq!(ask(&hub, "m171").await.1, ["M17.1"]);
    assert!(ask(&hub, "épaule").await.1.is_empty());
    hub.create(&system("s", r#"{"code":"S43","display":"Entorse de l'épaule"}"#)).await;
    assert_eq!(ask(&hub, "epaule").await.1, ["S43"]);
    for q in ["", "a"] {
        let path = format!("diagnoses?q={q}");
        let answer = hub.call(&Records, hub.ctx(&[Role::Clinician]), "GET", &path, "").await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{q}");
    }
}
