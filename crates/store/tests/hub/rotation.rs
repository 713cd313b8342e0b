use crate::clinic::{clinic, patient};
use fhir::ResourceType;
use seal::RootKey;
use std::sync::Arc;
use store::{Ctx, Hub, HubConfig};

#[tokio::test]
async fn keys_rotate_while_the_tenant_is_in_use() {
    let c = clinic().await;
    let first = c.commit(patient("Roux", "1")).await.id;
    assert!(c.hub.keyring_rotate("a").await.unwrap() > 0);
    let second = c.commit(patient("Blanc", "2")).await.id;
    assert_eq!(c.hub.keyring_rotate("a").await.unwrap() > 0, true);
    c.read(ResourceType::PATIENT, &first).await;
    c.read(ResourceType::PATIENT, &second).await;

    let root = Arc::new(RootKey::generate().unwrap());
    assert_eq!(c.hub.root_rotate(&*root).await.unwrap(), 1);
    // The program restarted with the new root key opens everything; with the old one nothing.
    let again = Hub::open(HubConfig { root, ..c.hub.config().clone() }).await.unwrap();
    let tenant = again.tenant("a").await.unwrap();
    for id in [&first, &second] {
        assert!(tenant.read(&Ctx::system("test"), ResourceType::PATIENT, id).await.is_ok());
    }
    let old = Hub::open(c.hub.config().clone()).await.unwrap();
    assert!(old.tenant("a").await.is_err());
}
