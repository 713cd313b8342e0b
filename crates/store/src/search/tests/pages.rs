//! Order, pages, totals and snapshots.

use super::{Shelf, names, request};
use crate::error::Error;
use crate::search::Criteria;
use crate::search::engine::Library;
use fhir::ResourceType;
use std::collections::BTreeMap;

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

/// Creates, updates and deletes at random, against a list of what is there.
#[tokio::test]
async fn searches_see_the_newest_versions() {
    let mut shelf = Shelf::new();
    let mut model: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut state = 7u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for step in 0..400 {
        let (id, code, day) = (random(40), format!("c{}", random(4)), 1 + random(28));
        let name = format!("o{id}");
        if random(5) == 0 {
            if model.remove(&name).is_some() {
                shelf.delete(ResourceType::OBSERVATION, &name);
            }
        } else {
            shelf.put(&observation(id, &code, day));
            model.insert(name, (code, day));
        }
        if step % 10 != 0 {
            continue;
        }
        let (code, day) = (format!("c{}", random(4)), 1 + random(28));
        let expect = |test: &dyn Fn(&str, usize) -> bool| -> Vec<String> {
            model.iter().filter(|(_, (c, d))| test(c, *d)).map(|(id, _)| id.clone()).collect()
        };
        let cases = [
            ("Observation?_count=1000".to_string(), expect(&|_, _| true)),
            (format!("Observation?code={code}&_count=1000"), expect(&|c, _| c == code)),
            (format!("Observation?code:not={code}&_count=1000"), expect(&|c, _| c != code)),
            (format!("Observation?date=ge2024-01-{day:02}&_count=1000"), expect(&|_, d| d >= day)),
            (format!("Observation?date=2024-01-{day:02}&code={code}"), expect(&|c, d| d == day && c == code)),
            (format!("Observation?date=lt2024-01-{day:02}&code=c0,c1"), expect(&|c, d| d < day && c < "c2")),
            ("Observation?_sort=_lastUpdated&_count=1000".to_string(), expect(&|_, _| true)),
            ("Observation?_lastUpdated=ge2024-06-01&_count=1000".to_string(), expect(&|_, _| true)),
        ];
        for (url, expected) in cases {
            assert_eq!(shelf.ids(&url).await, expected, "{url}");
        }
    }
}

#[tokio::test]
async fn conditions_run_inside_a_transaction() {
    let shelf = shelf(60);
    let rt = ResourceType::OBSERVATION;
    let criteria = Criteria::parse(rt, "Observation?code=even&date=2024-01-01").unwrap();
    let select = criteria.select(shelf.key(), i64::MAX, 2).unwrap();
    let mut tx = shelf.backend().begin().unwrap();
    let vids: Vec<i64> = tx.select(&select).unwrap().into_iter().map(|hit| hit.vid).collect();
    let found = tx.rows(&vids).unwrap();
    let matching = |body: &[u8]| criteria.matches(&fhir::json::parse(body).unwrap());
    let ids: Vec<&str> = found.iter().filter(|row| matching(&row.body)).map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["o56", "o28", "o0"]);
    let named = Criteria::parse(rt, "_id=o1&code=odd").unwrap();
    assert_eq!(named.ids(), Some(vec!["o1".to_string()]));
    for bad in ["", "nonsense=1", "subject.name=x", "_sort=date", "_has:Provenance:target:agent=x", "code=%"]
    {
        assert!(Criteria::parse(rt, bad).is_err(), "{bad}");
    }
}
