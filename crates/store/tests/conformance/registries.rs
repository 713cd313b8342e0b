//! The hub's registry on both databases.

use crate::targets::{Folder, cluster};
use store::registry::{AccountRow, Registry, TenantRow, TokenRow, VaultRow};
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

    assert_eq!(registry.account_by_id(Uuid::from_u128(2)).await.unwrap(), Some(zoe.clone()));
    let token = token(7);
    registry.token_put(&token).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), Some((token.clone(), zoe)));
    assert_eq!(registry.token(&[8; 32]).await.unwrap(), None);
    registry.token_remove(&[7; 32]).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    registry.token_put(&token).await.unwrap();
    families(registry).await;
    vault(registry).await;
    registry.tenant_remove("registry-b").await.unwrap();
    assert!(registry.vault_list("registry-b", "credential").await.unwrap().is_empty());
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    assert!(registry.accounts("registry-b").await.unwrap().is_empty());
    assert_eq!(ours(registry).await.len(), 1);
}

fn token(n: u8) -> TokenRow {
    TokenRow {
        hash: [n; 32],
        account: Uuid::from_u128(2),
        kind: "session".into(),
        family: Some(Uuid::from_u128(100)),
        purpose: "TREAT".into(),
        created: i64::from(n),
        used: i64::from(n),
        idle: 5,
        expires: 90,
        detail: vec![1, 2],
    }
}

/// Tokens of one account and of one session; those that are over go away.
async fn families(registry: &dyn Registry) {
    let other = TokenRow { family: None, idle: 0, ..token(9) };
    registry.token_put(&other).await.unwrap();
    assert!(!registry.token_swap(&[7; 32], &[9], &[3]).await.unwrap());
    assert!(registry.token_swap(&[7; 32], &[1, 2], &[3]).await.unwrap());
    assert!(registry.token_swap(&[7; 32], &[3], &[1, 2]).await.unwrap());
    assert!(!registry.token_swap(&[8; 32], &[1, 2], &[3]).await.unwrap(), "a token that was ended stays so");
    registry.token_touch(&[7; 32], 60).await.unwrap();
    let seen = TokenRow { used: 60, ..token(7) };
    assert_eq!(registry.tokens_of(Uuid::from_u128(2)).await.unwrap(), [other.clone(), seen.clone()]);
    assert_eq!(registry.tokens_in(Uuid::from_u128(100)).await.unwrap(), [seen]);
    registry.sweep(65).await.unwrap();
    assert_eq!(registry.tokens_of(Uuid::from_u128(2)).await.unwrap(), std::slice::from_ref(&other));
    registry.sweep(90).await.unwrap();
    assert!(registry.tokens_of(Uuid::from_u128(2)).await.unwrap().is_empty());
    registry.token_put(&token(7)).await.unwrap();
    registry.family_remove(Uuid::from_u128(100)).await.unwrap();
    assert_eq!(registry.token(&[7; 32]).await.unwrap(), None);
    registry.token_put(&token(7)).await.unwrap();
}

/// Entries are put, added once, taken once, swapped when unchanged, and end.
async fn vault(registry: &dyn Registry) {
    let row = |key: u8, payload: u8, expires: Option<i64>| VaultRow {
        tenant: "registry-b".into(),
        kind: "credential".into(),
        key: [key; 32],
        expires,
        payload: vec![payload],
    };
    let get = async |key: u8| registry.vault("registry-b", "credential", &[key; 32]).await.unwrap();
    registry.vault_put(&row(1, 1, None)).await.unwrap();
    registry.vault_put(&row(1, 2, None)).await.unwrap();
    assert_eq!(get(1).await, Some(row(1, 2, None)));
    assert!(!registry.vault_add(&row(1, 3, None), 50).await.unwrap());
    assert!(registry.vault_add(&row(2, 1, Some(40)), 10).await.unwrap());
    assert!(!registry.vault_add(&row(2, 2, Some(60)), 39).await.unwrap());
    assert!(registry.vault_add(&row(2, 2, Some(60)), 40).await.unwrap(), "what is over may be replaced");
    assert!(!registry.vault_swap(&[9], &row(1, 4, None)).await.unwrap());
    assert!(registry.vault_swap(&[2], &row(1, 4, None)).await.unwrap());
    let list = registry.vault_list("registry-b", "credential").await.unwrap();
    assert_eq!(list, [row(1, 4, None), row(2, 2, Some(60))]);
    assert!(registry.vault_list("registry-a", "credential").await.unwrap().is_empty());
    assert_eq!(
        registry.vault_take("registry-b", "credential", &[1; 32]).await.unwrap(),
        Some(row(1, 4, None))
    );
    assert_eq!(registry.vault_take("registry-b", "credential", &[1; 32]).await.unwrap(), None);
    registry.sweep(60).await.unwrap();
    assert_eq!(get(2).await, None);
    registry.vault_put(&row(3, 1, None)).await.unwrap();
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
