use crate::clinic::{clinic, patient};
use fhir::ResourceType;
use seal::RootKey;
use std::sync::Arc;
use store::hub::restore;
use store::{Ctx, Hub, HubConfig};

#[tokio::test]
async fn keys_rotate_while_the_tenant_is_in_use() {
    let c = clinic().await;
    let first = c.commit(patient("Roux", "1")).await.id;
    assert!(c.hub.keyring_rotate("a").await.unwrap() > 0);
    let second = c.commit(patient("Blanc", "2")).await.id;
    assert!(c.hub.keyring_rotate("a").await.unwrap() > 0);
    c.read(ResourceType::PATIENT, &first).await;
    c.read(ResourceType::PATIENT, &second).await;

    // The program restarted with the new root key opens everything; with the old one nothing.
    let folder = std::env::temp_dir().join(format!("medhub-rotation-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    c.hub.backup(&folder.join("copy")).await.unwrap();
    let data = folder.join("data");
    restore(&folder.join("copy"), &data, None).unwrap();
    let old = HubConfig { data, ..c.hub.config().clone() };
    let root = Arc::new(RootKey::generate().unwrap());
    assert_eq!(Hub::open(old.clone()).await.unwrap().root_rotate(&*root).await.unwrap(), 1);
    assert!(Hub::open(old.clone()).await.unwrap().tenant("a").await.is_err());
    let again = Hub::open(HubConfig { root, ..old }).await.unwrap();
    let tenant = again.tenant("a").await.unwrap();
    for id in [&first, &second] {
        assert!(tenant.read(&Ctx::system("test"), ResourceType::PATIENT, id).await.is_ok());
    }
    drop((tenant, again));
    std::fs::remove_dir_all(&folder).unwrap();
}
