use crate::clinic::{clinic, patient, pulse};
use fhir::ResourceType;
use store::Write;
use store::search::SearchRequest;

#[tokio::test]
async fn pages_are_stable_while_others_write() {
    let c = clinic().await;
    let who = c.commit(patient("Faure", "1")).await.id;
    let mut ids = Vec::new();
    for day in 1..=25 {
        ids.push(c.commit(pulse(&who, day, 60 + day)).await.id);
    }
    let query = format!("patient={who}&_count=10&_total=accurate&_sort=-date");
    let mut request = SearchRequest::from_query(Some(ResourceType::OBSERVATION), &query).unwrap();
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = c.tenant.search(&c.ctx, &request).await.unwrap();
        assert_eq!(page.total, Some(25));
        seen.extend(page.entries.into_iter().map(|e| e.visible.id));
        // Between pages: a new one on top, one deleted, one moved to another day.
        c.commit(pulse(&who, 28, 99)).await;
        let gone = ids[3 + pages].clone();
        c.commit(Write::Delete { rt: ResourceType::OBSERVATION, id: gone, if_match: None }).await;
        pages += 1;
        let Some(next) = page.next else { break };
        request.page = Some(next);
    }
    let mut expected = ids.clone();
    expected.reverse();
    assert_eq!(seen, expected, "as of the first page");
    assert_eq!(pages, 3);
    assert_eq!(c.search(ResourceType::OBSERVATION, &format!("patient={who}&_count=100")).await.len(), 25);

    // When nobody can hold a page any more, the entries of superseded versions go.
    c.later(store::SNAPSHOT_MS + 1);
    while c.tenant.sweep(&*c.clock).await.unwrap() {}
    assert_eq!(c.search(ResourceType::OBSERVATION, &format!("patient={who}&_count=100")).await.len(), 25);
}
