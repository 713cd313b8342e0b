use crate::clinic::{clinic, patient, pulse};
use fhir::ResourceType;
use store::Error;
use store::hub::restore;

#[tokio::test]
async fn an_erased_patient_is_unreadable_in_a_backup_too() {
    let c = clinic().await;
    let gone = c.commit(patient("Lefèvre", "1")).await.id;
    let stays = c.commit(patient("Moreau", "2")).await.id;
    c.commit(pulse(&gone, 1, 70)).await;
    let kept = c.commit(pulse(&stays, 1, 71)).await.id;

    let folder = std::env::temp_dir().join(format!("medhub-erasure-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    c.hub.backup(&folder.join("before")).await.unwrap();
    let erased = c.tenant.erase_patient(&c.ctx, &gone).await.unwrap();
    assert_eq!(erased.versions, 2);

    let read = c.tenant.read(&c.ctx, ResourceType::PATIENT, &gone).await;
    assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
    assert!(c.search(ResourceType::PATIENT, "family=lefevre").await.is_empty());
    assert!(c.search(ResourceType::OBSERVATION, &format!("patient={gone}")).await.is_empty());
    assert_eq!(c.search(ResourceType::OBSERVATION, &format!("patient={stays}")).await, [kept]);

    // The data of the old backup beside today's keyring: the key is not there.
    let (old, now) = (folder.join("before/tenants/a/data.db"), folder.join("now"));
    c.hub.backup(&now).await.unwrap();
    std::fs::copy(&old, now.join("tenants/a/data.db")).unwrap();
    let restored = folder.join("restored");
    restore(&now, &restored, None).unwrap();
    assert_unreadable(&c.hub, &restored, &gone, &stays).await;

    // The whole old backup, keyring included, with the erasures that today's data know.
    let replayed = folder.join("replayed");
    restore(&folder.join("before"), &replayed, Some(c.hub.data())).unwrap();
    assert_unreadable(&c.hub, &replayed, &gone, &stays).await;
    std::fs::remove_dir_all(&folder).unwrap();
}

async fn assert_unreadable(hub: &store::Hub, data: &std::path::Path, gone: &str, stays: &str) {
    let config = store::HubConfig { data: data.to_path_buf(), ..hub.config().clone() };
    let hub = store::Hub::open(config).await.unwrap();
    let tenant = hub.tenant("a").await.unwrap();
    let ctx = store::Ctx::system("test");
    assert!(tenant.read(&ctx, ResourceType::PATIENT, stays).await.is_ok());
    let read = tenant.read(&ctx, ResourceType::PATIENT, gone).await;
    assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
}

#[tokio::test]
async fn what_came_before_its_patient_is_erased_with_it() {
    let c = clinic().await;
    let early = c.commit(pulse("late", 1, 70)).await.id;
    let body = bytes::Bytes::from_static(br#"{"resourceType":"Patient","id":"late"}"#);
    let rt = ResourceType::PATIENT;
    c.commit(store::Write::Update { rt, id: "late".into(), body, if_match: None, if_none_match: false })
        .await;
    c.read(ResourceType::OBSERVATION, &early).await;
    assert_eq!(c.tenant.erase_patient(&c.ctx, "late").await.unwrap().versions, 2);
    let read = c.tenant.read(&c.ctx, ResourceType::OBSERVATION, &early).await;
    assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
}

#[tokio::test]
async fn what_has_the_id_of_its_patient_is_of_its_record() {
    let c = clinic().await;
    let (patient, team) = (ResourceType::PATIENT, ResourceType::CARE_TEAM);
    for (rt, body) in [
        (patient, r#"{"resourceType":"Patient","id":"same"}"#),
        (team, r#"{"resourceType":"CareTeam","id":"same","subject":{"reference":"Patient/same"}}"#),
    ] {
        let body = bytes::Bytes::from_static(body.as_bytes());
        c.commit(store::Write::Update { rt, id: "same".into(), body, if_match: None, if_none_match: false })
            .await;
    }
    assert_eq!(c.tenant.erase_patient(&c.ctx, "same").await.unwrap().versions, 2);
    let read = c.tenant.read(&c.ctx, team, "same").await;
    assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
}

#[tokio::test]
async fn the_pages_of_a_patient_are_erased_with_the_patient() {
    let c = clinic().await;
    let gone = c.commit(patient("Lefèvre", "1")).await.id;
    let rt = ResourceType::BINARY;
    let body = format!(
        r#"{{"resourceType":"Binary","contentType":"text/plain","data":"SmVhbm5l","securityContext":{{"reference":"Patient/{gone}"}}}}"#
    );
    let pages =
        c.commit(store::Write::Create { rt, id: None, body: body.into(), if_none_exist: None }).await.id;
    assert_eq!(c.tenant.erase_patient(&c.ctx, &gone).await.unwrap().versions, 2);
    let read = c.tenant.read(&c.ctx, rt, &pages).await;
    assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
}

#[tokio::test]
async fn what_waited_for_a_patient_who_never_came_is_erased_alone() {
    let c = clinic().await;
    let hub = store::Ctx::system("test");
    let waits = c.commit(pulse("nobody", 1, 70)).await.id;
    let there = c.commit(patient("Moreau", "2")).await.id;
    let kept = c.commit(pulse(&there, 1, 71)).await.id;
    let actor = store::Actor { system: false, ..(*hub.actor).clone() };
    let person = store::Ctx { actor: std::sync::Arc::new(actor), ..c.ctx.clone() };
    for (ctx, id) in [(&person, "nobody"), (&hub, &*there), (&hub, "never-named")] {
        let refused = c.tenant.erase_unregistered(ctx, id).await;
        assert!(matches!(refused, Err(Error::Denied | Error::NotFound)), "{id}: {refused:?}");
    }
    assert_eq!(c.tenant.erase_unregistered(&hub, "nobody").await.unwrap().versions, 1);
    for version in [None, Some(1)] {
        let rt = ResourceType::OBSERVATION;
        let read = match version {
            Some(version) => c.tenant.vread(&hub, rt, &waits, version).await,
            None => c.tenant.read(&hub, rt, &waits).await,
        };
        assert!(matches!(read, Err(Error::Gone { .. })), "{read:?}");
    }
    c.read(ResourceType::OBSERVATION, &kept).await;
}
