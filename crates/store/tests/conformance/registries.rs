//! The hub's registry on both databases.

use crate::targets::{Folder, cluster};
use store::registry::{AccountRow, Registry, TenantRow, TokenRow};
use uuid::Uuid;

/// Other tests have tenants of their own in the same database.
async fn ours(registry: &dyn Registry) -> Vec<TenantRow> {
    registry.tenants().await.unwrap().into_iter().filter(|row| row.name.starts_with("registry-")).collect()
}

async fn check(registry: &dyn Registry) {
    assert!(ours(registry).await.is_empty());
    let mut clinic = TenantRow {
        name: "registry-b".into(),
        title: "Clinique d'Été".into(),
        host: Some("clinic.example".into()),
        suspended: false,
        created: 5,
        keys: vec![0, 1, 255],
    };
    registry.tenant_put(&clinic).await.unwrap();
    clinic.suspended = true;
    registry.tenant_put(&clinic).await.unwrap();
    let other = TenantRow { name: "registry-a".into(), host: None, ..clinic.clone() };
    registry.tenant_put(&other).await.unwrap();
    assert_eq!(ours(registry).await, [other, clinic.clone()]);
    assert_eq!(registry.tenant("registry-b").await.unwrap(), Some(clinic));
    assert_eq!(registry.tenant("none").await.unwrap(), None);
    assert_eq!(registry.tenant_by_host("clinic.example").await.unwrap().as_deref(), Some("registry-b"));
    assert_eq!(registry.tenant_by_host("x").await.unwrap(), None);

    let account = |n: u128, name: &str| AccountRow {
        id: Uuid::from_u128(n),
        tenant: "registry-b".into(),
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
    assert_eq!(registry.accounts("registry-b").await.unwrap(), [account(1, "anne"), zoe.clone()]);
    assert_eq!(registry.account("registry-b", "zoe").await.unwrap(), Some(zoe.clone()));
    assert_eq!(registry.account("registry-a", "zoe").await.unwrap(), None);

    let token = TokenRow { hash: [7; 32], account: Uuid::from_u128(2), purpose: "TREAT".into(), expires: 9 };
    registry.token_put(&token).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), Some((token.clone(), zoe)));
    assert_eq!(registry.token(&[8; 32]).await.unwrap(), None);
    registry.token_remove(&[7; 32]).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    registry.token_put(&token).await.unwrap();
    registry.tenant_remove("registry-b").await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    assert!(registry.accounts("registry-b").await.unwrap().is_empty());
    assert_eq!(ours(registry).await.len(), 1);
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
