//! A case from its request to its end, as the theatre and two tablets see it.

use crate::Surgery;
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use std::time::Duration;
use store::{Error, Role};

const DOCTOR: &[Role] = &[Role::Surgeon, Role::MedicalAdmin];

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Surgery)]).await;
    hub.create(r#"{"resourceType":"Patient","id":"p","name":[{"family":"Martin","given":["Claire"]}]}"#)
        .await;
    hub.create(r#"{"resourceType":"Practitioner","id":"d","name":[{"text":"Dr Ferrand"}]}"#).await;
    hub
}

async fn ask(hub: &TestHub, method: &str, path: &str, body: &str) -> Json<'static> {
    hub.ask(&Surgery, hub.ctx(DOCTOR), method, path, body).await
}

async fn refused(hub: &TestHub, method: &str, path: &str, body: &str) -> &'static str {
    match hub.call(&Surgery, hub.ctx(DOCTOR), method, path, body).await {
        Err(Error::Refused(issues)) => issues[0].text.key,
        Err(Error::InWrite { error, .. }) => match *error {
            Error::Refused(issues) => issues[0].text.key,
            error => panic!("{error}"),
        },
        Err(error) => panic!("{error}"),
        Ok(reply) => panic!("accepted: {}", reply.status),
    }
}

async fn case(hub: &TestHub) -> String {
    let body = r#"{"patient":"p","act":{"code":"NEKA020"},"side":"left","urgency":"urgent","surgeon":"Practitioner/d"}"#;
    let case = ask(hub, "POST", "surgeries/emergency", body).await;
    assert_eq!(case.get_str("status"), Some("requested"));
    case.get_str("id").unwrap().to_string()
}

#[tokio::test]
async fn a_lateral_act_has_a_side() {
    let hub = hub().await;
    let body = r#"{"patient":"p","act":{"code":"NEKA020"},"surgeon":"d"}"#;
    assert_eq!(refused(&hub, "POST", "surgeries", body).await, "surgery.side-missing");
    let body = r#"{"patient":"p","act":{"code":"HMFC004"},"side":"left","surgeon":"d"}"#;
    assert_eq!(refused(&hub, "POST", "surgeries", body).await, "surgery.side-extra");
    let body = r#"{"patient":"p","act":{"code":"HMFC004"},"surgeon":"nobody"}"#;
    assert_eq!(refused(&hub, "POST", "surgeries", body).await, "surgery.unknown-person");
}

#[tokio::test]
async fn asked_changed_stopped_and_resumed() {
    let hub = hub().await;
    let body = r#"{"act":{"code":"NFFC004","text":"Méniscectomie"},"side":"right","surgeon":"d","target":"2026-12-15","anaesthesia":"spinal","needs":[{"kind":"equipment","text":"Colonne"}]}"#;
    let made = ask(&hub, "POST", "patients/p/surgeries", body).await;
    let at = format!("surgeries/{}", made.get_str("id").unwrap());
    assert_eq!(made.get("surgeon").and_then(|s| s.get_str("name")), Some("Dr Ferrand"));
    let stale = hub.call(&Surgery, hub.ctx(DOCTOR), "PUT", &at, r#"{"version":9,"minutes":50}"#).await;
    assert!(matches!(stale, Err(Error::VersionConflict { .. })));
    let changed = ask(&hub, "PUT", &at, r#"{"version":1,"minutes":50}"#).await;
    assert_eq!(changed.get("minutes").and_then(Json::as_number), Some("50"));
    assert_eq!(changed.get_str("anaesthesia"), Some("spinal"));
    let stop = format!("{at}/postpone");
    assert_eq!(refused(&hub, "POST", &stop, r#"{"reason":"other"}"#).await, "surgery.why");
    let postponed = ask(&hub, "POST", &stop, r#"{"version":2,"reason":"bed"}"#).await;
    assert_eq!(postponed.get_str("status"), Some("postponed"));
    let milestones = format!("{at}/milestones");
    assert_eq!(refused(&hub, "POST", &milestones, r#"{"code":"arrived"}"#).await, "surgery.case-gone");
    let resumed = ask(&hub, "POST", &format!("{at}/resume"), r#"{"version":3}"#).await;
    assert_eq!((resumed.get_str("status"), resumed.get_str("reason")), (Some("requested"), None));
    let listed = ask(&hub, "GET", "medical/surgeries?status=requested&surgeon=Practitioner/d", "").await;
    assert_eq!(listed.each("surgeries").count(), 1);
    for path in ["", "/history", "/checks", "/checklist"] {
        ask(&hub, "GET", &format!("{at}{path}"), "").await;
    }
}

/// Answers, attests and concludes a phase.
async fn phase(hub: &TestHub, case: &str, code: &str) {
    let path = format!("surgeries/{case}/checklist");
    let list = ask(hub, "GET", &path, "").await;
    let phase = list.each("phases").find(|p| p.get_str("code") == Some(code)).unwrap().clone();
    let mut says: Vec<String> = Vec::new();
    for item in phase.each("items").filter_map(|i| i.get_str("id")) {
        says.push(format!(r#""say":"answer","item":"{item}","answer":"yes""#));
    }
    for role in phase.each("roles").filter_map(Json::as_str) {
        says.push(format!(r#""say":"attest","role":"{role}""#));
    }
    says.push(r#""say":"outcome","go":true"#.to_string());
    for (n, say) in says.iter().enumerate() {
        hub.clock.advance(Duration::from_secs(1));
        let body = format!(r#"{{"key":"{code}-{n}","entry":{{"phase":"{code}",{say}}}}}"#);
        ask(hub, "POST", &path, &body).await;
    }
}

#[tokio::test]
async fn no_incision_without_time_out() {
    let hub = hub().await;
    let id = case(&hub).await;
    let path = format!("surgeries/{id}/milestones");
    assert_eq!(refused(&hub, "POST", &path, r#"{"code":"closure"}"#).await, "surgery.milestone-order");
    let tap = |code: &str| format!(r#"{{"code":"{code}","key":"k-{code}"}}"#);
    for (code, status) in [("arrived", "pre_op"), ("in", "in_progress"), ("induction", "in_progress")] {
        let told = ask(&hub, "POST", &path, &tap(code)).await;
        assert_eq!(told.get_str("status"), Some(status));
        hub.clock.advance(Duration::from_secs(600));
    }
    assert_eq!(refused(&hub, "POST", &path, &tap("incision")).await, "surgery.no-timeout");
    phase(&hub, &id, "time-out").await;
    let stop = r#"{"key":"stop","entry":{"say":"outcome","phase":"sign-in","go":false,"reason":"allergie"}}"#;
    ask(&hub, "POST", &format!("surgeries/{id}/checklist"), stop).await;
    assert_eq!(refused(&hub, "POST", &path, &tap("incision")).await, "surgery.no-go");
    let lift = r#"{"key":"lift","at":"2026-11-22T23:00:00Z","entry":{"say":"lift","phase":"sign-in","decision":"latex retiré"}}"#;
    hub.clock.advance(Duration::from_secs(1));
    ask(&hub, "POST", &format!("surgeries/{id}/checklist"), lift).await;
    for code in ["incision", "closure", "out", "recovery-in", "recovery-out"] {
        ask(&hub, "POST", &path, &tap(code)).await;
        hub.clock.advance(Duration::from_secs(600));
    }
    let over = ask(&hub, "GET", &format!("surgeries/{id}"), "").await;
    assert_eq!(over.get_str("status"), Some("completed"));
    assert_eq!(over.each("milestones").count(), 8);
}

#[tokio::test]
async fn taps_are_noted_once_and_undone_soon() {
    let hub = hub().await;
    let id = case(&hub).await;
    let path = format!("surgeries/{id}/milestones");
    let first =
        hub.call(&Surgery, hub.ctx(DOCTOR), "POST", &path, r#"{"code":"in","key":"a"}"#).await.unwrap();
    let again =
        hub.call(&Surgery, hub.ctx(DOCTOR), "POST", &path, r#"{"code":"in","key":"b"}"#).await.unwrap();
    assert_eq!((first.status, again.status), (201, 200));
    let ahead = r#"{"code":"induction","time":"2026-11-22T12:00:00Z"}"#;
    assert_eq!(refused(&hub, "POST", &path, ahead).await, "surgery.milestone-future");
    let behind = r#"{"code":"induction","time":"2026-11-22T07:00:00Z"}"#;
    assert_eq!(refused(&hub, "POST", &path, behind).await, "surgery.milestone-backwards");
    let undo = format!("{path}/undo");
    let undone = ask(&hub, "POST", &undo, r#"{"code":"in"}"#).await;
    assert_eq!(undone.each("milestones").count(), 0);
    ask(&hub, "POST", &path, r#"{"code":"in"}"#).await;
    hub.clock.advance(Duration::from_secs(301));
    assert_eq!(refused(&hub, "POST", &undo, r#"{"code":"in"}"#).await, "surgery.undo-late");
    let correct = r#"{"code":"in","time":"2026-11-22T07:58:00Z","reason":"notée trop tard"}"#;
    ask(&hub, "POST", &format!("{path}/correct"), correct).await;
}

#[tokio::test]
async fn the_sides_agree() {
    let hub = hub().await;
    let id = case(&hub).await;
    let procedure = format!(
        r#"{{"resourceType":"Procedure","id":"x","status":"preparation","basedOn":[{{"reference":"ServiceRequest/{id}"}}],"subject":{{"reference":"Patient/p"}},"bodySite":[{{"coding":[{{"system":"http://snomed.info/sct","code":"24028007"}}]}}]}}"#
    );
    assert!(hub.refusal(&procedure).await.starts_with("Le côté (DROIT)"));
}

#[tokio::test]
async fn the_day_of_the_theatre() {
    let hub = hub().await;
    let id = case(&hub).await;
    hub.create(
        r#"{"resourceType":"Location","id":"s","name":"Site","physicalType":{"coding":[{"code":"si"}]}}"#,
    )
    .await;
    hub.create(r#"{"resourceType":"Location","id":"r","name":"Salle 1","physicalType":{"coding":[{"code":"ro"}]},"partOf":{"reference":"Location/s"}}"#).await;
    hub.create(&format!(
        r#"{{"resourceType":"Appointment","id":"a","status":"booked","start":"2026-11-22T07:00:00Z","end":"2026-11-22T08:30:00Z","basedOn":[{{"reference":"ServiceRequest/{id}"}}],"participant":[{{"actor":{{"reference":"Patient/p"}},"status":"accepted"}},{{"actor":{{"reference":"Location/r","display":"Salle 1"}},"status":"accepted"}}]}}"#
    ))
    .await;
    let day = ask(&hub, "GET", "surgeries/day?date=2026-11-22&facility=Location/s", "").await;
    let room = day.each("rooms").next().unwrap().clone();
    let told = room.each("cases").next().unwrap().clone();
    assert_eq!(told.get_str("status"), Some("scheduled"));
    assert_eq!(told.get("late").and_then(Json::as_number), Some("60"));
    assert_eq!(
        ask(&hub, "GET", "surgeries/day?date=2026-11-23", "")
            .await
            .each("rooms")
            .next()
            .unwrap()
            .each("cases")
            .count(),
        0
    );
}

/// A secretary plans: she sees what, where, when and for how long, and nothing of the reasons.
#[tokio::test]
async fn who_keeps_the_schedule_sees_the_schedule_of_a_case() {
    let hub = hub().await;
    let body = r#"{"act":{"code":"NFFC004","text":"Méniscectomie"},"side":"right","surgeon":"d","diagnosis":"Lésion secrète","note":"Note secrète","minutes":40,"anaesthesia":"spinal","needs":[{"kind":"equipment","text":"Colonne"}]}"#;
    let made = ask(&hub, "POST", "patients/p/surgeries", body).await;
    let id = made.get_str("id").unwrap().to_string();
    assert_eq!(made.get("partial"), Some(&Json::Bool(false)));
    let secretary = |path: String| {
        let hub = &hub;
        async move { hub.ask(&Surgery, hub.ctx(&[Role::Secretary]), "GET", &path, "").await }
    };
    let seen = secretary(format!("surgeries/{id}")).await;
    assert_eq!(seen.get("partial"), Some(&Json::Bool(true)));
    let shown = ["act", "side", "status"].map(|name| seen.get_str(name));
    assert_eq!(shown, [Some("Méniscectomie"), Some("right"), Some("requested")]);
    assert_eq!(seen.get("minutes").and_then(Json::as_number), Some("40"));
    assert_eq!(seen.each("needs").count(), 1);
    assert!(!seen.to_string().contains("secrète"), "{seen}");
    let listed = secretary("surgeries".into()).await;
    assert_eq!(listed.each("surgeries").map(|s| s.get_str("id")).collect::<Vec<_>>(), [Some(id.as_str())]);
    assert!(!listed.to_string().contains("secrète"));
    // The record itself and what is done to the case stay closed.
    for (method, path) in [("GET", "/history"), ("GET", "/checklist"), ("PUT", ""), ("POST", "/cancel")] {
        let path = format!("surgeries/{id}{path}");
        let answer =
            hub.call(&Surgery, hub.ctx(&[Role::Secretary]), method, &path, r#"{"reason":"bed"}"#).await;
        assert!(matches!(answer, Err(Error::Denied | Error::NotFound)), "{path}");
    }
    for role in [Role::Billing, Role::Patient, Role::Pharmacist] {
        let answer = hub.call(&Surgery, hub.ctx(&[role]), "GET", &format!("surgeries/{id}"), "").await;
        assert!(answer.is_err(), "{role:?}");
    }
}

/// What a label protects is not shown by way of the plan.
#[tokio::test]
async fn a_protected_case_has_no_schedule_part() {
    let hub = hub().await;
    hub.create(r#"{"resourceType":"ServiceRequest","id":"v","status":"active","intent":"order","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]},"category":[{"coding":[{"system":"http://snomed.info/sct","code":"387713003"}]}],"subject":{"reference":"Patient/p"}}"#).await;
    let answer = hub.call(&Surgery, hub.ctx(&[Role::Secretary]), "GET", "surgeries/v", "").await;
    assert!(answer.is_err());
    let listed = hub.ask(&Surgery, hub.ctx(&[Role::Secretary]), "GET", "surgeries", "").await;
    assert_eq!(listed.each("surgeries").count(), 0);
}
