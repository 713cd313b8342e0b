//! Several nodes on one PostgreSQL, and a PostgreSQL that comes and goes.

use crate::checks;
use crate::private_postgres::PrivatePostgres;
use crate::rows::{Draft, PATIENT, Pen, number_after};
use crate::targets::{Folder, cluster, url};
use bytes::Bytes;
use fhir::ResourceType;
use ledger::Storage;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::backend::Backend;
use store::postgres::Cluster;
use store::{Ctx, Error, Hub, HubConfig, NewTenant, RandomIds, SystemClock, Write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_write_in_turn_and_hear_of_each_other() {
    let (Some(one), Some(two)) = (cluster().await, cluster().await) else { return };
    let (one, two) = (one.backend("nodes").await.unwrap(), two.backend("nodes").await.unwrap());
    let late = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Pen { backend: &*two, at: 0 }.write(&[Draft::of(PATIENT, "first")]);
    };
    let start = Instant::now();
    tokio::join!(one.feed_wait(0, 20_000), late);
    assert!(start.elapsed() < Duration::from_secs(10), "the other node's commit wakes this one");
    std::thread::scope(|scope| {
        for (name, backend) in [("one", &one), ("two", &two)] {
            scope.spawn(move || {
                let mut pen = Pen { backend: &**backend, at: 0 };
                for n in 0..40 {
                    pen.write(&[Draft::of(PATIENT, "shared"), Draft::of(PATIENT, &format!("{name}{n}"))]);
                }
            });
        }
    });
    let feed = one.feed(0, 1000).await.unwrap();
    assert!(feed.iter().map(|row| row.vid).eq(1..=161));
    assert_eq!(one.current(PATIENT, "shared").await.unwrap().unwrap().version, 80);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tenants_are_apart_and_go_without_a_trace() {
    let Some(cluster) = cluster().await else { return };
    let (a, b) = (cluster.backend("apart-a").await.unwrap(), cluster.backend("apart-b").await.unwrap());
    Pen { backend: &*a, at: 0 }.write(&[Draft::of(PATIENT, "x")]);
    assert!(b.current(PATIENT, "x").await.unwrap().is_none());
    checks::an_empty_tenant_answers(&*b).await;
    drop(a);
    cluster.destroy("apart-a").await.unwrap();
    cluster.destroy("apart-a").await.unwrap();
    let fresh = cluster.backend("apart-a").await.unwrap();
    checks::an_empty_tenant_answers(&*fresh).await;
    assert!(cluster.backend("bad\"name").await.is_err());
}

/// A client's ledger of acknowledged writes: none may be missing after the server was killed several times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let Some(server) = tokio::task::spawn_blocking(PrivatePostgres::start).await.unwrap() else { return };
    let cluster = Cluster::connect(&server.url()).await.unwrap();
    let backend = cluster.backend("kill").await.unwrap();
    let log = cluster.ledger("kill", "node").await.unwrap();
    let end = Instant::now() + Duration::from_secs(6);
    let (acknowledged, logged, refused) = std::thread::scope(|scope| {
        let (backend, log) = (&*backend, &log);
        let writer = scope.spawn(move || {
            let (mut acknowledged, mut logged, mut refused) = (Vec::new(), Vec::new(), 0);
            for n in 0.. {
                if Instant::now() > end && acknowledged.len() > 20 {
                    break;
                }
                let id = format!("p{n}");
                match write_once(backend, &id) {
                    Ok(()) => acknowledged.push(id),
                    Err(_) => {
                        refused += 1;
                        std::thread::sleep(Duration::from_millis(20));
                    }
                }
                let entry = format!("entry {n}").into_bytes();
                if let Ok(place) = log.append(std::slice::from_ref(&entry), &[]) {
                    logged.push((place, entry));
                }
            }
            (acknowledged, logged, refused)
        });
        for _ in 0..3 {
            std::thread::sleep(Duration::from_millis(900));
            server.kill_server();
            server.start_server();
        }
        tokio::task::block_in_place(|| writer.join()).unwrap()
    });
    assert!(refused > 0, "the server was away, so some writes must have been refused");
    for id in &acknowledged {
        assert!(backend.current(PATIENT, id).await.unwrap().is_some(), "{id} was acknowledged");
    }
    let top = backend.top().await.unwrap();
    assert!(backend.feed(0, 1_000_000).await.unwrap().iter().map(|row| row.vid).eq(1..=top.vid));
    let mut stored = Vec::new();
    log.scan(0, &mut |place, entry| {
        stored.push((place, entry.to_vec()));
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    assert!(stored.iter().map(|(place, _)| *place).eq(0..log.size().unwrap()), "no gap");
    assert!(
        logged.iter().all(|(place, entry)| stored[*place as usize].1 == *entry),
        "what was acknowledged is there"
    );
}

fn write_once(backend: &dyn Backend, id: &str) -> store::Result<()> {
    let mut tx = backend.begin()?;
    let top = tx.top()?;
    let heads = tx.heads(&[(PATIENT, id)])?;
    let (transaction, versions) = number_after(top, heads, top.t + 1, top.at + 1, &[Draft::of(PATIENT, id)]);
    tx.append(&[transaction], &versions)?;
    tx.commit()
}

async fn node(name: &str, folder: &Folder, root: &Arc<seal::RootKey>, url: &str) -> Arc<Hub> {
    let config = HubConfig {
        data: folder.path().to_path_buf(),
        database: Some(url.to_string()),
        cache_bytes: 8 << 20,
        node: name.to_string(),
        root: root.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
    };
    Hub::open(config).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_empties_the_memory_of_every_node() {
    let Some(url) = tokio::task::spawn_blocking(url).await.unwrap() else { return };
    let (folders, root) = ([Folder::new(), Folder::new()], Arc::new(seal::RootKey::generate().unwrap()));
    let one = node("one", &folders[0], &root, &url).await;
    let two = node("two", &folders[1], &root, &url).await;
    let name = "erasing";
    one.tenant_create(NewTenant { name: name.into(), title: "E".into(), host: None }).await.unwrap();
    let (here, there) = (one.tenant(name).await.unwrap(), two.tenant(name).await.unwrap());
    let ctx = Ctx::system("test");
    let put = |rt: ResourceType, id: &str, text: &str| Write::Update {
        rt,
        id: id.into(),
        body: Bytes::from(text.to_string()),
        if_match: None,
        if_none_match: false,
    };
    let patient = put(ResourceType::PATIENT, "a", r#"{"resourceType":"Patient","id":"a","active":true}"#);
    let pulse = put(
        ResourceType::OBSERVATION,
        "o",
        r#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/a"}}"#,
    );
    here.commit(&ctx, vec![patient, pulse]).await.unwrap();
    // The other node holds bodies and keys in memory, by name and by version.
    assert!(there.read(&ctx, ResourceType::OBSERVATION, "o").await.is_ok());
    assert!(there.vread(&ctx, ResourceType::PATIENT, "a", 1).await.is_ok());
    here.erase_patient(&ctx, "a").await.unwrap();
    for (rt, id) in [(ResourceType::PATIENT, "a"), (ResourceType::OBSERVATION, "o")] {
        let read = there.read(&ctx, rt, id).await;
        assert!(matches!(read, Err(Error::Gone { .. })), "{rt}: {:?}", read.map(|v| v.version));
        assert!(there.vread(&ctx, rt, id, 1).await.is_err(), "{rt}");
    }
    let history = store::HistoryRequest { count: 10, ..store::HistoryRequest::default() };
    assert!(there.history(&ctx, &history).await.unwrap().entries.is_empty());
}
