use crate::clinic::{clinic, patient};
use fhir::ResourceType;
use store::hub::restore;
use store::{Ctx, Error, Hub, HubConfig};

#[tokio::test]
async fn a_backup_taken_in_use_restores_to_the_same_clinic() {
    let c = clinic().await;
    for n in 0..20 {
        c.commit(patient("Garnier", &n.to_string())).await;
    }
    let folder = std::env::temp_dir().join(format!("medhub-backup-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let (to, back) = (folder.join("to"), folder.join("back"));
    let copied = c.hub.backup(&to).await.unwrap();
    assert_eq!(copied.tenants, 1);
    assert!(matches!(c.hub.backup(&to).await, Err(Error::Refused(_))), "a backup never overwrites another");
    c.commit(patient("Garnier", "later")).await;

    restore(&to, &back, None).unwrap();
    let hub = Hub::open(HubConfig { data: back.clone(), ..c.hub.config().clone() }).await.unwrap();
    let tenant = hub.tenant("a").await.unwrap();
    let request =
        store::search::SearchRequest::from_query(Some(ResourceType::PATIENT), "family=garnier&_count=100");
    let page = tenant.search(&Ctx::system("test"), &request.unwrap()).await.unwrap();
    assert_eq!(page.entries.len(), 20);
    assert!(matches!(restore(&to, &back, None), Err(Error::Refused(_))), "a restore never overwrites data");
    drop((tenant, hub));
    std::fs::remove_dir_all(&folder).unwrap();
}
