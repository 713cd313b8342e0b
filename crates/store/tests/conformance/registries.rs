//! The hub's registry on both databases.

use crate::targets::{Folder, cluster};
use store::registry::{AccountRow, Registry, TenantRow, TokenRow};
use uuid::Uuid;

async fn check(registry: &dyn Registry) {
    assert!(registry.tenants().await.unwrap().is_empty());
    let mut clinic = TenantRow {
        name: "clinic-1".into(),
        title: "Clinique d'Été".into(),
        host: Some("clinic.example".into()),
        suspended: false,
        created: 5,
        keys: vec![0, 1, 255],
    };
    registry.tenant_put(&clinic).await.unwrap();
    clinic.suspended = true;
    registry.tenant_put(&clinic).await.unwrap();
    let other = TenantRow { name: "a".into(), host: None, ..clinic.clone() };
    registry.tenant_put(&other).await.unwrap();
    assert_eq!(registry.tenants().await.unwrap(), [other, clinic.clone()]);
    assert_eq!(registry.tenant("clinic-1").await.unwrap(), Some(clinic));
    assert_eq!(registry.tenant("none").await.unwrap(), None);
    assert_eq!(registry.tenant_by_host("clinic.example").await.unwrap().as_deref(), Some("clinic-1"));
    assert_eq!(registry.tenant_by_host("x").await.unwrap(), None);

    let account = |n: u128, name: &str| AccountRow {
        id: Uuid::from_u128(n),
        tenant: "clinic-1".into(),
        name: name.into(),
        roles: "clinician,auditor".into(),
        practitioner: None,
        disabled: false,
    };
    registry.account_put(&account(2, "zoe")).await.unwrap();
    registry.account_put(&account(1, "anne")).await.unwrap();
    let zoe = AccountRow { disabled: true, practitioner: Some("Practitioner/1".into()), ..account(2, "zoe") };
    registry.account_put(&zoe).await.unwrap();
    assert!(registry.account_put(&account(3, "zoe")).await.is_err(), "a name is given once");
    assert_eq!(registry.accounts("clinic-1").await.unwrap(), [account(1, "anne"), zoe.clone()]);
    assert_eq!(registry.account("clinic-1", "zoe").await.unwrap(), Some(zoe.clone()));
    assert_eq!(registry.account("a", "zoe").await.unwrap(), None);

    let token = TokenRow { hash: [7; 32], account: Uuid::from_u128(2), purpose: "TREAT".into(), expires: 9 };
    registry.token_put(&token).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), Some((token.clone(), zoe)));
    assert_eq!(registry.token(&[8; 32]).await.unwrap(), None);
    registry.token_remove(&[7; 32]).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    registry.token_put(&token).await.unwrap();
    registry.tenant_remove("clinic-1").await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    assert!(registry.accounts("clinic-1").await.unwrap().is_empty());
    assert_eq!(registry.tenants().await.unwrap().len(), 1);
}

#[tokio::test]
async fn sqlite() {
    let folder = Folder::new();
    check(&store::sqlite::SqliteRegistry::open(&folder.path().join("hub.db")).unwrap()).await;
}

#[tokio::test]
async fn postgres() {
    let Some(cluster) = cluster().await else { return };
    check(&*cluster.registry()).await;
}
