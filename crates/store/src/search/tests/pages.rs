//! Order, pages, totals and snapshots.

use super::{Shelf, names, request};
use crate::error::Error;
use fhir::ResourceType;

fn observation(id: usize, code: &str, day: usize) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"o{id}","status":"final","code":{{"coding":[{{"code":"{code}"}}]}},"effectiveDateTime":"2024-01-{day:02}T10:00:00Z"}}"#
    )
}

fn shelf(count: usize) -> Shelf {
    let texts: Vec<String> =
        (0..count).map(|n| observation(n, if n % 2 == 0 { "even" } else { "odd" }, 1 + n * 5 % 28)).collect();
    let mut shelf = Shelf::new();
    shelf.put_all(texts.iter().map(|t| t.as_bytes()));
    shelf
}

async fn walk(shelf: &Shelf, url: &str) -> Vec<String> {
    let mut request = request(url);
    let mut all = Vec::new();
    for _ in 0..200 {
        let outcome = shelf.run(&request).await.unwrap();
        all.extend(names(&outcome.matches));
        match outcome.next {
            Some(next) => request.page = Some(next),
            None => return all,
        }
    }
    panic!("{url}: no end");
}

#[tokio::test]
async fn pages_cover_all_once_in_order() {
    let shelf = shelf(60);
    for query in [
        "Observation",
        "Observation?code=even,odd",
        "Observation?code=odd",
        "Observation?date=ge2024-01-05",
        "Observation?_sort=date",
        "Observation?_sort=-_lastUpdated",
        "Observation?_sort=code,-date",
        "Observation?_sort=-_id",
        "Observation?status:not=amended",
        "Observation?code:text=x&code=odd",
        "Observation?_id=o1,o2,o3,o4,o5,o6,o7,o8,o9&code=odd",
        "Observation?_lastUpdated=ge2024-06-01T00:00:30Z&_lastUpdated=lt2024-06-01T00:00:50Z",
    ] {
        let join = if query.contains('?') { '&' } else { '?' };
        let whole = walk(&shelf, &format!("{query}{join}_count=1000")).await;
        for count in [1, 7, 30] {
            assert_eq!(
                walk(&shelf, &format!("{query}{join}_count={count}")).await,
                whole,
                "{query} by {count}"
            );
        }
    }
    let newest = shelf.find("Observation?_count=3").await;
    let oldest = walk(&shelf, "Observation?_sort=date").await;
    assert_eq!(newest[0], oldest[59]);
}

#[tokio::test]
async fn totals() {
    let shelf = shelf(60);
    for (url, total) in [
        ("Observation?code=even&_total=accurate&_count=2", Some(30)),
        ("Observation?code=even,odd&_total=accurate&_count=2", Some(60)),
        ("Observation?code=even&_count=2", None),
        ("Observation?code=even&_count=30", Some(30)),
        ("Observation?_summary=count", Some(60)),
        ("Observation?code=none&_count=0", Some(0)),
        ("Observation?date=2024-01-01&_total=accurate&_count=1", Some(3)),
        ("Observation?_id=o1,o2&_total=accurate&_count=1", Some(2)),
    ] {
        let outcome = shelf.run(&request(url)).await.unwrap();
        assert_eq!(outcome.total, total, "{url}");
    }
}

#[tokio::test]
async fn a_walk_sees_what_the_first_page_saw() {
    let mut shelf = shelf(40);
    let whole = walk(&shelf, "Observation?code=even&_count=1000").await;
    let mut request = request("Observation?code=even&_count=5");
    let mut seen = Vec::new();
    for round in 0.. {
        let outcome = shelf.run(&request).await.unwrap();
        seen.extend(names(&outcome.matches));
        let Some(next) = outcome.next else { break };
        request.page = Some(next);
        // While the caller reads on, others write.
        shelf.put(&observation(100 + round, "even", 28));
        shelf.put(&observation(2 * round, "odd", 1));
        shelf.delete(ResourceType::OBSERVATION, &format!("o{}", 38 - 2 * round));
    }
    assert_eq!(seen, whole);
    assert!(!shelf.find("Observation?code=even&_count=1000").await.contains(&whole[0]) || whole.len() > 3);
}

#[tokio::test]
async fn foreign_page_links_are_refused() {
    let shelf = shelf(20);
    let outcome = shelf.run(&request("Observation?_count=5")).await.unwrap();
    let mut other = request("Observation?code=even&_count=5");
    other.page = outcome.next;
    assert!(matches!(shelf.run(&other).await, Err(Error::Refused(_))));
    other.page = Some("00".into());
    assert!(matches!(shelf.run(&other).await, Err(Error::Refused(_))));
}
