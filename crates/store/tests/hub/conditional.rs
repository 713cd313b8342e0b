use crate::clinic::{clinic, patient};
use fhir::ResourceType;
use store::{Error, Status, Write};

fn unless(mut write: Write, query: &str) -> Write {
    if let Write::Create { if_none_exist, .. } = &mut write {
        *if_none_exist = Some(query.into());
    }
    write
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_racing_conditional_creates_make_one_resource() {
    let c = clinic().await;
    let racing: Vec<_> = (0..50)
        .map(|_| {
            let (tenant, ctx) = (c.tenant.clone(), c.ctx.clone());
            let write = unless(patient("Martin", "77"), "identifier=urn:mrn|77");
            tokio::spawn(async move { tenant.commit(&ctx, vec![write]).await.unwrap().remove(0) })
        })
        .collect();
    let mut created = 0;
    let mut ids = std::collections::BTreeSet::new();
    for one in racing {
        let outcome = one.await.unwrap();
        created += usize::from(outcome.status == Status::Created);
        ids.insert(outcome.id);
    }
    assert_eq!((created, ids.len()), (1, 1));
    assert_eq!(c.search(ResourceType::PATIENT, "identifier=urn:mrn|77").await.len(), 1);
}

#[tokio::test]
async fn a_condition_that_finds_several_is_refused() {
    let c = clinic().await;
    c.commit(patient("Petit", "5")).await;
    c.commit(patient("Petit", "5")).await;
    let several = c.tenant.commit(&c.ctx, vec![unless(patient("Petit", "5"), "identifier=urn:mrn|5")]).await;
    assert!(matches!(several, Err(Error::MultipleMatches)), "{several:?}");
    let delete = |multiple| Write::DeleteWhere {
        rt: ResourceType::PATIENT,
        query: "identifier=urn:mrn|5".into(),
        multiple,
    };
    let one = c.tenant.commit(&c.ctx, vec![delete(false)]).await;
    assert!(matches!(one, Err(Error::MultipleMatches)), "{one:?}");
    let both = c.tenant.commit(&c.ctx, vec![delete(true)]).await.unwrap();
    assert_eq!(both.len(), 2);
    assert!(c.search(ResourceType::PATIENT, "identifier=urn:mrn|5").await.is_empty());
}
