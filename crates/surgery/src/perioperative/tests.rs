//! The nurses' record: entries once, counts, corrections, specimens.

use crate::Surgery;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Role};

pub(crate) async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Surgery)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
    hub.create(r#"{"resourceType":"Practitioner","id":"n","name":[{"text":"Ida Exemple"}]}"#).await;
    hub.create(CASE).await;
    hub.create(r#"{"resourceType":"ServiceRequest","id":"lab","status":"active","intent":"order","category":[{"coding":[{"system":"http://snomed.info/sct","code":"108252007"}]}],"subject":{"reference":"Patient/a"}}"#).await;
    hub
}

pub(crate) const CASE: &str = r#"{"resourceType":"ServiceRequest","id":"op","status":"active","intent":"order","category":[{"coding":[{"system":"http://snomed.info/sct","code":"387713003"}]}],"code":{"coding":[{"system":"https://smt.esante.gouv.fr/terminologie-ccam","code":"NEKA020"}],"text":"Prothèse totale de hanche"},"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"24028007"}]}],"subject":{"reference":"Patient/a"}}"#;

pub(crate) fn with(hub: &TestHub, role: Role) -> Ctx {
    let ctx = hub.ctx(&[role]);
    let actor = Actor { person: Some("Practitioner/n".into()), ..(*ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..ctx }
}

pub(crate) async fn refused(hub: &TestHub, role: Role, path: &str, body: &str) -> Vec<(String, String)> {
    match hub.call(&Surgery, with(hub, role), "POST", path, body).await {
        Err(Error::Refused(issues)) => issues
            .iter()
            .map(|issue| (issue.text.key.to_string(), issue.expression.clone().unwrap_or_default()))
            .collect(),
        Err(error) => panic!("not refused: {error}"),
        Ok(reply) => panic!("accepted: {}", String::from_utf8_lossy(&reply.body)),
    }
}

const PATH: &str = "surgeries/op/perioperative";

fn entry(n: u32, kind: &str, values: &str) -> String {
    format!(r#"{{"id":"00000000-0000-4000-8000-{n:012}","kind":"{kind}","values":{values}}}"#)
}

fn entries(all: &[String]) -> String {
    format!(r#"{{"entries":[{}]}}"#, all.join(","))
}

#[tokio::test]
async fn what_a_tablet_sends_twice_is_there_once() {
    let hub = hub().await;
    let body = entries(&[
        entry(
            1,
            "position",
            r#"{"position":"lateral-left","supports":"Appuis pubien et sacré","pressurePoints":true}"#,
        ),
        entry(2, "tourniquet", r#"{"action":"on","site":"right-leg","pressure":300}"#),
        entry(3, "drain", r#"{"type":"redon","site":"Cuisse","count":1,"suction":"full"}"#),
        entry(4, "irrigation", r#"{"product":"NaCl 0,9 %","volume":1000}"#),
    ]);
    let first = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await.unwrap();
    assert_eq!(first.status, 201);
    let again = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await.unwrap();
    assert_eq!((again.status, &again.body), (200, &first.body));
    let record = hub.ask(&Surgery, with(&hub, Role::Nurse), "GET", PATH, "").await;
    assert_eq!(record.each("entries").count(), 4);
    let entry = record.each("entries").find(|e| e.get_str("kind") == Some("position")).unwrap();
    assert_eq!(entry.get("author").and_then(|a| a.get_str("name")), Some("Ida Exemple"));
    let procedure = hub.get(record.get_str("procedure").unwrap()).await;
    assert_eq!(procedure.get_str("status"), Some("preparation"));
    assert_eq!(record.each("tourniquets").next().and_then(|t| t.get("off")), Some(&Json::Null));
    let other = entries(&[super::tests::entry(4, "irrigation", r#"{"product":"NaCl 0,9 %","volume":3000}"#)]);
    assert_eq!(
        refused(&hub, Role::Nurse, PATH, &other).await,
        [("record.known".into(), "entries[0]".into())]
    );
}

#[tokio::test]
async fn a_count_that_does_not_match_demands_a_decision() {
    let hub = hub().await;
    let count = |n, values: &str| entries(&[entry(n, "count", values)]);
    let early = count(9, r#"{"phase":"final","swabs":10}"#);
    assert_eq!(refused(&hub, Role::Nurse, PATH, &early).await[0].0, "count.no-first");
    // What is sent at once is counted in its order.
    let both = entries(&[
        entry(1, "count", r#"{"phase":"before","swabs":10,"needles":4}"#),
        entry(2, "count", r#"{"phase":"added","swabs":5}"#),
    ]);
    hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &both).await;
    let short = count(3, r#"{"phase":"final","swabs":14,"needles":4}"#);
    assert_eq!(refused(&hub, Role::Nurse, PATH, &short).await[0].0, "count.mismatch");
    let decided = count(
        4,
        r#"{"phase":"final","swabs":14,"needles":4,"decision":"xray","decisionNote":"Radiographie normale, Dr B."}"#,
    );
    hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &decided).await;
    let record = hub.ask(&Surgery, with(&hub, Role::Nurse), "GET", PATH, "").await;
    let counts = record.get("counts").unwrap();
    assert_eq!(counts.get_str("state"), Some("decided"));
    assert_eq!(counts.get("expected").and_then(|e| e.get("swabs")), Some(&Json::integer(15)));
}

#[tokio::test]
async fn a_correction_says_why_and_keeps_what_stood_before() {
    let hub = hub().await;
    let body = entries(&[entry(
        1,
        "specimen",
        r#"{"nature":"Synoviale","site":"Hanche","side":"right","container":"culture","exam":"microbiology"}"#,
    )]);
    let answer = hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await;
    let stored = answer.each("entries").next().unwrap();
    let specimen = hub.get(stored.get_str("specimen").unwrap()).await;
    let number = specimen.get("accessionIdentifier").and_then(|n| n.get_str("value")).unwrap();
    assert!(number.starts_with("P261122-"), "{number}");
    let path = format!("{PATH}/{}/correct", stored.get_str("id").unwrap());
    assert_eq!(
        refused(&hub, Role::Nurse, &path, r#"{"values":{"site":"Genou"}}"#).await[0].0,
        "form.missing"
    );
    let same = r#"{"reason":"x","values":{"site":"Hanche"}}"#;
    assert_eq!(refused(&hub, Role::Nurse, &path, same).await[0].0, "record.nothing-changed");
    let fixed = r#"{"version":1,"reason":"Erreur de site","values":{"site":"Genou"}}"#;
    let told = hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", &path, fixed).await;
    assert_eq!((told.get_str("status"), told.get("version")), (Some("corrected"), Some(&Json::integer(2))));
    assert_eq!(told.each("corrections").next().and_then(|c| c.get_str("reason")), Some("Erreur de site"));
    let stale = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", &path, fixed).await;
    assert!(matches!(stale, Err(Error::VersionConflict { .. })));
    // The first sending comes late once more: it changes nothing.
    let late = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await.unwrap();
    assert_eq!(late.status, 200);
    hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", &path, r#"{"reason":"Doublon","strike":true}"#).await;
    let specimen = hub.get(stored.get_str("specimen").unwrap()).await;
    assert_eq!(specimen.get_str("status"), Some("entered-in-error"));
    assert_eq!(
        refused(&hub, Role::Nurse, &path, r#"{"reason":"x","strike":true}"#).await[0].0,
        "record.struck"
    );
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_what_is_rare_asked_again() {
    let hub = hub().await;
    let with_time = r#"{"id":"00000000-0000-4000-8000-000000000007","kind":"note","time":"2026-11-22T12:00:00Z","values":{"text":"x"}}"#;
    let body = entries(&[
        entry(1, "tourniquet", r#"{"action":"on","site":"right-leg","pressure":900}"#),
        entry(2, "tourniquet", r#"{"action":"on","site":"right-leg","pressure":400}"#),
        entry(3, "tourniquet", r#"{"action":"on","site":"right-leg"}"#),
        entry(4, "nothing", "{}"),
        entry(5, "drain", r#"{"type":"redon","colour":"red","count":1.5}"#),
        with_time.into(),
        "7".into(),
    ]);
    let told = refused(&hub, Role::Nurse, PATH, &body).await;
    let told: Vec<(&str, &str)> = told.iter().map(|(key, at)| (key.as_str(), at.as_str())).collect();
    let wanted = [
        ("record.impossible", "entries[0].values.pressure"),
        ("record.unusual", "entries[1].values.pressure"),
        ("tourniquet.pressure", "entries[2].values.pressure"),
        ("record.choice", "entries[3].kind"),
        ("record.integer", "entries[4].values.count"),
        ("record.unknown-field", "entries[4].values.colour"),
        ("record.future", "entries[5].time"),
        ("record.entries", "entries[6].id"),
        ("record.choice", "entries[6].kind"),
    ];
    assert_eq!(told, wanted);
    let confirmed = entry(2, "tourniquet", r#"{"action":"on","site":"right-leg","pressure":400}"#)
        .replace("\"kind\"", "\"confirmed\":true,\"kind\"");
    hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &entries(&[confirmed])).await;
    for body in ["", "{}", r#"{"entries":[]}"#, "[]", r#"{"entries":7}"#] {
        assert!(hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, body).await.is_err(), "{body}");
    }
}

#[tokio::test]
async fn other_requests_have_no_record_and_strangers_no_part_in_it() {
    let hub = hub().await;
    let lab = hub.call(&Surgery, with(&hub, Role::Nurse), "GET", "surgeries/lab/perioperative", "").await;
    assert!(matches!(lab, Err(Error::Refused(_))));
    let body = entries(&[entry(1, "note", r#"{"text":"x"}"#)]);
    for role in [Role::Secretary, Role::Billing, Role::Patient] {
        let answer = hub.call(&Surgery, with(&hub, role), "POST", PATH, &body).await;
        assert!(matches!(answer, Err(Error::Denied | Error::NotFound)), "{role:?}");
    }
}
