//! Mail that came in, from the letter box into the record.

use super::{act, nurse, someone, surgeon, text};
use crate::Content;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::testing::{AllCare, TestHub};
use service::{NoMail, ReadError, ReadPage, Reader, Sheet};
use std::sync::Arc;
use std::time::Duration;
use store::{Ctx, Error, Role};

const LETTER: &str = "Centre d’imagerie du Parc\nDr Hélène Vasseur\nLyon, le 3 novembre 2026\n\
    Patiente : Mme Wolfeschlegelsteinhausenbergerdorff-Montmorency\nNée le 12/03/1956\nRadiographie de hanche";

/// Reads what stands above, whatever it is shown; a file that ends in `broken` it cannot read.
struct Eyes;

#[async_trait]
impl Reader for Eyes {
    async fn pages(&self, _: Sheet, _: Bytes) -> Result<usize, ReadError> {
        Ok(2)
    }

    async fn page(&self, _: Sheet, file: Bytes, number: usize) -> Result<ReadPage, ReadError> {
        if file.ends_with(b"broken") {
            return Err(ReadError::Broken);
        }
        let text = if number == 1 { LETTER } else { "Conclusion : coxarthrose." };
        Ok(ReadPage { text: text.into(), confidence: Some(90 + u8::try_from(number).unwrap_or_default()) })
    }
}

async fn hub() -> TestHub {
    let content = Content::new(Arc::new(NoMail), Arc::new(Eyes));
    let hub = TestHub::new(vec![Arc::new(content)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    for (id, family, born) in
        [("ada", "Lovelace", "1956-03-12"), ("eve", "Autre", "1956-03-12"), ("zoe", "Lovelace", "1980-01-01")]
    {
        hub.create(&format!(
            r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"{family}","given":["{id}"]}}],"birthDate":"{born}"}}"#
        ))
        .await;
    }
    hub
}

fn secretary(hub: &TestHub) -> Ctx {
    someone(hub, "sam", Role::Secretary)
}

async fn taken(hub: &TestHub, file: &str) -> Json<'static> {
    let (status, letter) =
        act(hub, secretary(hub), "POST", "documents/incoming?name=scan-001.pdf", file).await;
    assert_eq!(status, 201, "{letter}");
    letter
}

/// The machine takes its turn.
async fn read(hub: &TestHub) {
    hub.clock.advance(Duration::from_secs(700));
    hub.rounds().await;
}

fn version(json: &Json<'_>) -> String {
    json.get("version").and_then(Json::as_number).unwrap_or_default().to_string()
}

#[tokio::test]
async fn a_scan_is_read_proposed_and_filed() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7 a scan of Lovelace").await;
    assert_eq!((text(&letter, "state"), text(&letter, "name")), ("waiting", "scan-001.pdf"));
    read(&hub).await;
    let path = format!("documents/incoming/{}", text(&letter, "id"));
    let (_, seen) = act(&hub, secretary(&hub), "GET", &path, "").await;
    assert_eq!(
        (text(&seen, "state"), text(&seen, "kind"), text(&seen, "date")),
        ("read", "imaging", "2026-11-03")
    );
    assert_eq!(seen.get("confidence").and_then(Json::as_number), Some("91"));
    assert!(text(&seen, "text").contains("Conclusion : coxarthrose."), "{seen}");
    assert_eq!(seen.each("patients").count(), 0, "a birthday alone proposes nobody: {seen}");
    // The bytes and the text are nowhere else: a new mail names her.
    let body = format!(
        r#"{{"version":{},"patient":"Patient/ada","kind":"imaging","date":"2026-11-03","title":"Radio","writer":"Dr Hélène Vasseur"}}"#,
        version(&seen)
    );
    let (status, filed) = act(&hub, secretary(&hub), "POST", &format!("{path}/file"), &body).await;
    assert_eq!((status, text(&filed, "patient")), (200, "ada"), "{filed}");
    let document = hub.get(&format!("DocumentReference/{}", text(&filed, "document"))).await;
    assert_eq!(document.get("subject").unwrap().get_str("reference"), Some("Patient/ada"));
    assert_eq!(text(&document, "date"), "2026-11-03T12:00:00Z");
    assert_eq!(document.each("content").count(), 2);
    let content = format!("documents/{}/content", text(&filed, "document"));
    let reply = hub.call(&super::service(), surgeon(&hub), "GET", &content, "").await.unwrap();
    assert_eq!(&reply.body[..], b"%PDF-1.7 a scan of Lovelace");
    // Nothing of what waited stays, and it is not filed twice.
    let (status, _) = act(&hub, secretary(&hub), "GET", &path, "").await;
    assert_eq!(status, 404);
    let (status, _) = act(&hub, secretary(&hub), "POST", &format!("{path}/file"), &body).await;
    assert_eq!(status, 404);
    let gone = hub
        .tenant
        .vread(&store::Ctx::system("test"), ResourceType::DOCUMENT_REFERENCE, text(&letter, "id"), 1)
        .await;
    assert!(matches!(gone, Err(Error::NotFound | Error::Gone { .. })), "{gone:?}");
}

#[tokio::test]
async fn names_and_birthdays_propose_a_number_of_people_in_order() {
    let hub = hub().await;
    for (id, family) in [("a", "Wolfeschlegelsteinhausenbergerdorff-Montmorency"), ("b", "Vasseur")] {
        hub.create(&format!(
            r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"{family}","given":["Hélène"]}}],"birthDate":"1956-03-12"}}"#
        ))
        .await;
    }
    let letter = taken(&hub, "%PDF-1.7").await;
    read(&hub).await;
    let path = format!("documents/incoming/{}", text(&letter, "id"));
    let (_, seen) = act(&hub, secretary(&hub), "GET", &path, "").await;
    let ids: Vec<&str> = seen.each("patients").map(|patient| text(patient, "id")).collect();
    assert_eq!(ids, ["a", "b"], "{seen}");
    let why: Vec<&str> = seen.each("patients").next().unwrap().each("why").filter_map(Json::as_str).collect();
    assert_eq!(why, ["birthDate", "family", "given"]);
    hub.create(r#"{"resourceType":"Patient","id":"0","name":[{"use":"official","family":"Wolfeschlegelsteinhausenbergerdorff-Montmorency","given":["Hélène"]},{"use":"usual","family":"Rivière","given":["Hélène"]}],"birthDate":"1956-03-12"}"#).await;
    let (_, seen) = act(&hub, secretary(&hub), "GET", &path, "").await;
    let first = seen.each("patients").next().unwrap();
    assert_eq!(text(first, "name"), "Hélène Rivière (Wolfeschlegelsteinhausenbergerdorff-Montmorency)");
    // For whom it was put in comes first.
    let (_, meant) = act(&hub, secretary(&hub), "POST", "documents/incoming?patient=zoe", "%PDF-1.7").await;
    assert_eq!(meant.each("patients").map(|patient| text(patient, "id")).next(), Some("zoe"));
    let (status, _) = act(&hub, secretary(&hub), "POST", "documents/incoming?patient=none", "%PDF-1.7").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn what_is_thrown_away_can_be_had_back_for_a_month() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7").await;
    let path = format!("documents/incoming/{}", text(&letter, "id"));
    let body = format!(r#"{{"version":{}}}"#, version(&letter));
    assert_eq!(act(&hub, nurse(&hub), "POST", &format!("{path}/discard"), &body).await.0, 200);
    assert_eq!(act(&hub, nurse(&hub), "POST", &format!("{path}/discard"), &body).await.0, 409, "twice");
    let (_, list) = act(&hub, nurse(&hub), "GET", "documents/incoming", "").await;
    assert_eq!(list.each("items").count(), 0);
    let (_, away) = act(&hub, nurse(&hub), "GET", "documents/incoming?state=discarded", "").await;
    let body = format!(r#"{{"version":{}}}"#, version(away.each("items").next().unwrap()));
    assert_eq!(act(&hub, nurse(&hub), "POST", &format!("{path}/restore"), &body).await.0, 200);
    let (_, seen) = act(&hub, nurse(&hub), "GET", &path, "").await;
    let body = format!(r#"{{"version":{}}}"#, version(&seen));
    assert_eq!(act(&hub, nurse(&hub), "POST", &format!("{path}/discard"), &body).await.0, 200);
    hub.clock.advance(Duration::from_secs(29 * 86_400));
    hub.rounds().await;
    assert_eq!(act(&hub, nurse(&hub), "GET", &path, "").await.0, 200);
    hub.clock.advance(Duration::from_secs(2 * 86_400));
    hub.rounds().await;
    assert_eq!(act(&hub, nurse(&hub), "GET", &path, "").await.0, 404);
}

#[tokio::test]
async fn what_cannot_be_read_waits_for_a_person_and_bad_input_changes_nothing() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7 broken").await;
    read(&hub).await;
    let path = format!("documents/incoming/{}", text(&letter, "id"));
    let (_, seen) = act(&hub, secretary(&hub), "GET", &path, "").await;
    assert_eq!((text(&seen, "state"), text(&seen, "trouble")), ("unread", "broken"));
    for (body, wanted) in [
        (r#"{"version":2}"#, "form.missing patient"),
        (r#"{"version":2,"patient":"ada","kind":"novel","date":"2026-11-03"}"#, "mail.kind kind"),
        (r#"{"version":2,"patient":"ada","kind":"imaging","date":"hier"}"#, "mail.date date"),
        (r#"{"version":2,"patient":"ada","kind":"imaging","date":"2027-01-01"}"#, "mail.future date"),
        (r#"{"version":2,"patient":"nobody","kind":"imaging","date":"2026-11-03"}"#, "mail.patient patient"),
        (r#"{"version":1,"patient":"ada","kind":"imaging","date":"2026-11-03"}"#, "document.changed "),
    ] {
        let (status, issues) = act(&hub, secretary(&hub), "POST", &format!("{path}/file"), body).await;
        assert!((400..500).contains(&status), "{status} {wanted}");
        assert!(issues.items().any(|issue| issue.as_str() == Some(wanted)), "{wanted}: {issues}");
    }
    let (_, after) = act(&hub, secretary(&hub), "GET", &path, "").await;
    assert_eq!(version(&after), version(&seen));
    for (file, wanted) in
        [("", "mail.empty "), ("GIF89a", "mail.type "), ("%PDF-1.7 /Encrypt ", "mail.locked ")]
    {
        let (_, issues) = act(&hub, secretary(&hub), "POST", "documents/incoming", file).await;
        assert!(issues.items().any(|issue| issue.as_str() == Some(wanted)), "{wanted}: {issues}");
    }
}

#[tokio::test]
async fn only_those_at_a_desk_open_the_mail() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7").await;
    let id = text(&letter, "id");
    for role in [Role::Billing, Role::Auditor, Role::MedicalAdmin, Role::Pharmacist] {
        for (method, path) in [
            ("GET", String::new()),
            ("GET", format!("/{id}")),
            ("GET", format!("/{id}/file")),
            ("POST", String::new()),
        ] {
            let ctx = someone(&hub, "sam", role);
            let (status, said) =
                act(&hub, ctx, method, &format!("documents/incoming{path}"), "%PDF-1.7").await;
            assert_eq!(status, 403, "{role:?} {method} {path}: {said}");
        }
    }
    // By plain FHIR a secretary sees nothing of it.
    let found = hub.tenant.read(&secretary(&hub), ResourceType::DOCUMENT_REFERENCE, id).await;
    assert!(found.is_err(), "{found:?}");
}

fn filing(version: &str) -> String {
    format!(r#"{{"version":{version},"patient":"ada","kind":"imaging","date":"2026-11-03"}}"#)
}

#[tokio::test]
async fn of_two_who_file_one_letter_one_does() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7").await;
    let path = format!("documents/incoming/{}/file", text(&letter, "id"));
    let body = filing(&version(&letter));
    let (one, other) = tokio::join!(
        act(&hub, secretary(&hub), "POST", &path, &body),
        act(&hub, nurse(&hub), "POST", &path, &body)
    );
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert!(statuses[0] == 200 && matches!(statuses[1], 404 | 409 | 410), "{one:?} {other:?}");
    let (_, list) = act(&hub, surgeon(&hub), "GET", "documents?patient=ada", "").await;
    assert_eq!(list.each("documents").count(), 1);
}

#[tokio::test]
async fn what_was_filed_when_the_program_ended_goes_with_the_next_round() {
    let hub = hub().await;
    let letter = taken(&hub, "%PDF-1.7").await;
    let id = text(&letter, "id");
    let stored = hub.get(&format!("DocumentReference/{id}")).await.to_string();
    hub.create(&stored.replace("waiting", "filed")).await;
    read(&hub).await;
    let gone = hub.tenant.vread(&Ctx::system("test"), ResourceType::DOCUMENT_REFERENCE, id, 1).await;
    assert!(matches!(gone, Err(Error::NotFound | Error::Gone { .. })), "{gone:?}");
}

#[tokio::test]
async fn one_that_is_broken_keeps_none_behind_it() {
    let hub = hub().await;
    taken(&hub, "%PDF-1.7 broken").await;
    taken(&hub, "%PDF-1.7").await;
    read(&hub).await;
    let (_, list) = act(&hub, secretary(&hub), "GET", "documents/incoming", "").await;
    let mut states: Vec<&str> = list.each("items").map(|one| text(one, "state")).collect();
    states.sort_unstable();
    assert_eq!(states, ["read", "unread"]);
}
