use crate::clinic::{clinic, create, patient};
use bytes::Bytes;
use fhir::ResourceType;
use store::{Error, HistoryRequest, Status, Write};

const PATIENT: ResourceType = ResourceType::PATIENT;

fn update(id: &str, text: &str, if_match: Option<u64>) -> Write {
    let body = Bytes::from(text.to_string());
    Write::Update { rt: PATIENT, id: id.into(), body, if_match, if_none_match: false }
}

#[tokio::test]
async fn a_resource_lives_through_its_versions() {
    let c = clinic().await;
    let made = c.commit(patient("Dupont", "1")).await;
    assert_eq!((made.status, made.version), (Status::Created, 1));
    c.later(1000);
    let text =
        format!(r#"{{"resourceType":"Patient","id":"{}","active":true,"birthDate":"1961-03-12"}}"#, made.id);
    let changed = c.commit(update(&made.id, &text, Some(1))).await;
    assert_eq!((changed.status, changed.version), (Status::Updated, 2));
    let stale = c.tenant.commit(&c.ctx, vec![update(&made.id, &text, Some(1))]).await;
    assert!(matches!(stale, Err(Error::VersionConflict { current: 2 })));

    let now = c.read(PATIENT, &made.id).await;
    assert_eq!(now.get("meta").unwrap().get_str("versionId"), Some("2"));
    assert_eq!(now.get("meta").unwrap().get_str("lastUpdated"), Some("2026-11-22T10:00:01.000Z"));
    let old = c.tenant.vread(&c.ctx, PATIENT, &made.id, 1).await.unwrap();
    assert!(String::from_utf8_lossy(&old.body).contains("Dupont"));

    c.commit(Write::Delete { rt: PATIENT, id: made.id.clone(), if_match: None }).await;
    let gone = c.tenant.read(&c.ctx, PATIENT, &made.id).await;
    assert!(matches!(gone, Err(Error::Gone { version: 3, .. })));
    let again = c.commit(Write::Delete { rt: PATIENT, id: made.id.clone(), if_match: None }).await;
    assert_eq!(again.status, Status::Absent);

    let request =
        HistoryRequest { rt: Some(PATIENT), id: Some(made.id.clone()), count: 10, ..Default::default() };
    let history = c.tenant.history(&c.ctx, &request).await.unwrap();
    assert_eq!(history.entries.iter().map(|v| v.version).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(history.total, Some(3));
    assert!(c.search(PATIENT, "family=dupont").await.is_empty());

    let back = c.commit(update(&made.id, &text, None)).await;
    assert_eq!((back.status, back.version), (Status::Created, 4));
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing() {
    let c = clinic().await;
    let bad = create(PATIENT, r#"{"resourceType":"Patient","gender":"x"}"#);
    let refused = c.tenant.commit(&c.ctx, vec![patient("Durand", "2"), bad]).await;
    let Err(Error::Refused(issues)) = refused else { panic!("{refused:?}") };
    assert!(issues[0].expression.as_deref().unwrap().starts_with("[1].Patient.gender"), "{issues:?}");
    assert!(c.search(PATIENT, "family=durand").await.is_empty());
    let missing = update("nobody", r#"{"resourceType":"Patient","id":"nobody"}"#, Some(7));
    let conflict = c.tenant.commit(&c.ctx, vec![patient("Durand", "2"), missing]).await;
    assert!(matches!(conflict, Err(Error::InWrite { index: 1, .. })), "{conflict:?}");
    assert!(c.search(PATIENT, "family=durand").await.is_empty());
    assert_eq!(c.tenant.top().await.unwrap(), 0);
}
