//! What the store asks of every database. Each check gets an empty tenant.

use super::rows::{Draft, OBSERVATION, PATIENT, Pen, by_key, number};
use std::time::{Duration, Instant};
use store::backend::{Backend, HistoryQuery, Hit, Op, Parked, Select, Top};

fn pen(backend: &dyn Backend) -> Pen<'_> {
    Pen { backend, at: 0 }
}

pub async fn an_empty_tenant_answers(backend: &dyn Backend) {
    assert_eq!(backend.top().await.unwrap(), Top::default());
    assert!(backend.current(PATIENT, "a").await.unwrap().is_none());
    assert!(backend.version(PATIENT, "a", 1).await.unwrap().is_none());
    assert!(backend.rows(&[]).await.unwrap().is_empty());
    assert!(backend.rows(&[1, 2]).await.unwrap().is_empty());
    assert!(backend.names(&[7]).await.unwrap().is_empty());
    assert!(backend.heads(&[7]).await.unwrap().is_empty());
    assert!(backend.current_many(&[]).await.unwrap().is_empty());
    assert!(backend.feed(0, 10).await.unwrap().is_empty());
    assert_eq!(backend.vid_before(i64::MAX).await.unwrap(), 0);
    let all = HistoryQuery { limit: 10, ..HistoryQuery::default() };
    assert!(backend.history(&all).await.unwrap().is_empty());
    assert_eq!(backend.history_count(&all).await.unwrap(), 0);
    assert_eq!(backend.cursor("none").await.unwrap(), 0);
    assert_eq!(backend.value("none").await.unwrap(), None);
    assert_eq!(backend.keyring_top().await.unwrap(), 0);
    assert_eq!(backend.sweep(i64::MAX, 10).await.unwrap(), 0);
}

pub async fn versions_are_kept_and_found(backend: &dyn Backend) {
    let mut pen = pen(backend);
    let first = pen.write(&[Draft::of(PATIENT, "a"), Draft::of(OBSERVATION, "a"), Draft::of(PATIENT, "é/ü")]);
    let second = pen.write(&[Draft::of(PATIENT, "a").kid(9)]);
    let third = pen.write(&[Draft::deleted(OBSERVATION, "a")]);
    assert_eq!((first, second, third), (vec![1, 2, 3], vec![4], vec![5]));
    assert_eq!(backend.top().await.unwrap(), Top { t: 3, vid: 5, rid: 3, at: 3000 });

    let current = backend.current(PATIENT, "a").await.unwrap().unwrap();
    assert_eq!((current.vid, current.rid, current.version, current.op), (4, 1, 2, Op::Update));
    assert_eq!((current.t, current.at, current.kid, current.owner), (2, 2000, 9, 1));
    assert_eq!(
        (current.kind, current.id.as_str(), current.body.as_slice()),
        (PATIENT, "a", b"a/2".as_slice())
    );
    let old = backend.version(PATIENT, "a", 1).await.unwrap().unwrap();
    assert_eq!((old.vid, old.op, old.body.as_slice()), (1, Op::Create, b"a/1".as_slice()));
    assert!(backend.version(PATIENT, "a", 3).await.unwrap().is_none());
    assert!(backend.version(PATIENT, "a", u64::MAX).await.unwrap().is_none());
    let gone = backend.current(OBSERVATION, "a").await.unwrap().unwrap();
    assert_eq!((gone.op, gone.version, gone.body.len()), (Op::Delete, 2, 0));
    assert!(backend.current(PATIENT, "A").await.unwrap().is_none(), "ids differ by case");

    let rows = backend.rows(&[5, 99, 1, 3]).await.unwrap();
    assert_eq!(rows.iter().map(|r| r.vid).collect::<Vec<_>>(), [5, 1, 3], "in the order asked");
    let names = backend.names(&[4, 2]).await.unwrap();
    assert_eq!(names, [(PATIENT, "a".into(), 1), (OBSERVATION, "a".into(), 2)]);
    let names =
        [(PATIENT, "a".into()), (PATIENT, "zz".into()), (OBSERVATION, "a".into()), (PATIENT, "é/ü".into())];
    let mut many = backend.current_many(&names).await.unwrap();
    many.sort_by_key(|r| r.vid);
    assert_eq!(many.iter().map(|r| r.vid).collect::<Vec<_>>(), [3, 4, 5]);
    let mut heads = backend.heads(&[2, 1, 77]).await.unwrap();
    heads.sort_by_key(|h| h.rid);
    assert_eq!(
        heads.iter().map(|h| (h.rid, h.vid, h.version, h.deleted, h.kid)).collect::<Vec<_>>(),
        [(1, 4, 2, false, 9), (2, 5, 2, true, 0)]
    );
}

pub async fn large_bodies_come_back(backend: &dyn Backend) {
    let mut tx = backend.begin().unwrap();
    let (transaction, mut versions) =
        number(&mut *tx, 1, 1, &[Draft::of(PATIENT, "big"), Draft::of(PATIENT, "none")]);
    let body: Vec<u8> = (0..3_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    versions[0].1.body = body.clone();
    tx.append(&[transaction], &versions).unwrap();
    tx.commit().unwrap();
    assert!(backend.current(PATIENT, "big").await.unwrap().unwrap().body == body);
}

pub async fn history_is_newest_first_and_filtered(backend: &dyn Backend) {
    let mut pen = pen(backend);
    for id in ["a", "b", "a", "a"] {
        pen.write(&[Draft::of(PATIENT, id), Draft::of(OBSERVATION, "o")]);
    }
    let history = |query: HistoryQuery| async move {
        let count = backend.history_count(&query).await.unwrap();
        let rows = backend.history(&query).await.unwrap();
        (rows.iter().map(|r| r.vid).collect::<Vec<_>>(), count)
    };
    let all = HistoryQuery { limit: 3, ..HistoryQuery::default() };
    assert_eq!(history(all.clone()).await, (vec![8, 7, 6], 8));
    let before = HistoryQuery { before: Some(6), ..all.clone() };
    assert_eq!(history(before).await, (vec![5, 4, 3], 8), "the total is not of the page");
    let patients = HistoryQuery { kind: Some(PATIENT), limit: 10, ..all.clone() };
    assert_eq!(history(patients.clone()).await, (vec![7, 5, 3, 1], 4));
    let one = HistoryQuery { id: Some("a".into()), ..patients.clone() };
    assert_eq!(history(one.clone()).await, (vec![7, 5, 1], 3));
    let none = HistoryQuery { id: Some("zz".into()), ..patients.clone() };
    assert_eq!(history(none).await, (vec![], 0));
    let since = HistoryQuery { since: Some(3000), ..one.clone() };
    assert_eq!(history(since).await, (vec![7, 5], 2));
    let until = HistoryQuery { until: Some(3000), ..one.clone() };
    assert_eq!(history(until).await, (vec![5, 1], 2));
    let both = HistoryQuery { since: Some(1001), until: Some(2999), ..patients };
    assert_eq!(history(both).await, (vec![3], 1));
}

pub async fn the_feed_is_in_commit_order(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[Draft::of(PATIENT, "a"), Draft::of(OBSERVATION, "b")]);
    pen.write(&[Draft::deleted(PATIENT, "a")]);
    let feed = backend.feed(0, 10).await.unwrap();
    assert_eq!(
        feed.iter().map(|f| (f.vid, f.t, f.at, f.version)).collect::<Vec<_>>(),
        [(1, 1, 1000, 1), (2, 1, 1000, 1), (3, 2, 2000, 2)]
    );
    assert_eq!(feed.iter().map(|f| f.op).collect::<Vec<_>>(), [Op::Create, Op::Create, Op::Delete]);
    assert_eq!((feed[1].kind, feed[1].id.as_str(), feed[1].owner), (OBSERVATION, "b", 2));
    assert_eq!(feed[2].audit, b"audit 2");
    assert_eq!(backend.feed(1, 1).await.unwrap()[0].vid, 2);
    assert!(backend.feed(3, 10).await.unwrap().is_empty());
    for (at, vid) in [(1000, 0), (1001, 2), (2000, 2), (2001, 3), (i64::MAX, 3)] {
        assert_eq!(backend.vid_before(at).await.unwrap(), vid, "{at}");
    }
}

pub async fn waiting_ends_with_a_commit_or_in_time(backend: &dyn Backend) {
    let start = Instant::now();
    backend.feed_wait(0, 50).await;
    assert!(start.elapsed() >= Duration::from_millis(45));
    pen(backend).write(&[Draft::of(PATIENT, "a")]);
    let start = Instant::now();
    backend.feed_wait(0, 10_000).await;
    assert!(start.elapsed() < Duration::from_secs(5), "what is there already needs no waiting");
    let later = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        pen(backend).write(&[Draft::of(PATIENT, "b")]);
    };
    let start = Instant::now();
    tokio::join!(backend.feed_wait(1, 10_000), later);
    assert!(start.elapsed() < Duration::from_secs(5));
}

async fn hits(backend: &dyn Backend, select: &Select) -> Vec<i64> {
    backend.select(select).await.unwrap().iter().map(|hit| hit.vid).collect()
}

pub async fn searches_are_as_of_their_snapshot(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[Draft::of(OBSERVATION, "a").keys(10, &[-5, 7]), Draft::of(OBSERVATION, "b").keys(30, &[7])]);
    pen.write(&[Draft::of(OBSERVATION, "c").keys(20, &[7]), Draft::of(OBSERVATION, "d").keys(20, &[7])]);
    assert_eq!(
        hits(backend, &by_key(7, i64::MAX, 10)).await,
        [2, 4, 3, 1],
        "by time, then version, newest first"
    );
    assert_eq!(hits(backend, &by_key(7, i64::MAX, 2)).await, [2, 4]);
    assert_eq!(hits(backend, &by_key(-5, i64::MAX, 2)).await, [1]);
    assert_eq!(hits(backend, &by_key(8, i64::MAX, 2)).await, [0i64; 0]);
    assert_eq!(hits(backend, &by_key(7, 2, 10)).await, [2, 1], "as of version 2");
    // A changed and a deleted resource: readers of the old snapshot still see them.
    pen.write(&[Draft::of(OBSERVATION, "b").keys(5, &[8]), Draft::deleted(OBSERVATION, "c")]);
    assert_eq!(hits(backend, &by_key(7, 4, 10)).await, [2, 4, 3, 1]);
    assert_eq!(hits(backend, &by_key(7, 6, 10)).await, [4, 1]);
    assert_eq!(hits(backend, &by_key(8, 6, 10)).await, [5]);
}

pub async fn many_keys_are_one_search(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[
        Draft::of(OBSERVATION, "a").keys(10, &[1, 2]),
        Draft::of(OBSERVATION, "b").keys(20, &[2]),
        Draft::of(OBSERVATION, "c").keys(30, &[3]),
        Draft::of(OBSERVATION, "d").keys(40, &[4]),
    ]);
    let sql = "SELECT d.time, d.vid FROM ix d WHERE d.key = {key} AND d.vid <= $1 AND NOT EXISTS \
        (SELECT 1 FROM dead x WHERE x.vid = d.vid AND x.by <= $2) ORDER BY d.time DESC, d.vid DESC LIMIT $3";
    let mut select = Select {
        sql: sql.into(),
        args: vec![100, 100, 2],
        each: Some(vec![3, 1, 2, 99]),
        descending: true,
        limit: 2,
    };
    assert_eq!(backend.select(&select).await.unwrap(), [Hit { time: 30, vid: 3 }, Hit { time: 20, vid: 2 }]);
    select.limit = 10;
    assert_eq!(hits(backend, &select).await, [3, 2, 1], "what two keys find stands once");
    select.descending = false;
    select.sql = select.sql.replace("DESC", "ASC");
    assert_eq!(hits(backend, &select).await, [1, 2, 3]);
    select.each = Some(Vec::new());
    assert!(hits(backend, &select).await.is_empty());
}

pub async fn ranges_and_counts(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[
        Draft::of(OBSERVATION, "a").keys(10, &[1]).ranges(&[(5, 100, 199), (6, i64::MIN, i64::MAX)]),
        Draft::of(OBSERVATION, "b").keys(20, &[1]).ranges(&[(5, 200, 299)]),
        Draft::of(OBSERVATION, "c").keys(30, &[1]).ranges(&[(5, 300, 399), (5, 400, 499)]),
    ]);
    let sql = "SELECT DISTINCT d.time, d.vid FROM rng d WHERE d.key = $1 AND d.hi >= $2 AND d.lo <= $3 \
        ORDER BY d.time, d.vid LIMIT $4";
    let within = |key, lo, hi| Select {
        sql: sql.into(),
        args: vec![key, lo, hi, 10],
        each: None,
        descending: false,
        limit: 10,
    };
    assert_eq!(hits(backend, &within(5, 150, 250)).await, [1, 2]);
    assert_eq!(hits(backend, &within(5, 300, 1000)).await, [3]);
    assert_eq!(hits(backend, &within(6, 0, 0)).await, [1]);
    let count = |key| Select {
        sql: "SELECT count(*) FROM ix d WHERE d.key = $1".into(),
        args: vec![key],
        each: None,
        descending: true,
        limit: 1,
    };
    assert_eq!(backend.count(&count(1)).await.unwrap(), 3);
    assert_eq!(backend.count(&count(2)).await.unwrap(), 0);
    let mut tx = backend.begin().unwrap();
    assert_eq!(tx.count(&count(1)).unwrap(), 3);
    tx.rollback();
}

pub async fn what_is_not_committed_never_was(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[Draft::of(PATIENT, "a").keys(1, &[1])]);
    for commit in [false, true] {
        let mut tx = backend.begin().unwrap();
        let (transaction, versions) = number(&mut *tx, 2, 9000, &[Draft::of(PATIENT, "b").keys(1, &[1])]);
        tx.append(&[transaction], &versions).unwrap();
        assert_eq!(tx.select(&by_key(1, i64::MAX, 10)).unwrap().len(), 2, "the transaction sees its own");
        assert_eq!(tx.rows(&[2]).unwrap().len(), 1);
        assert!(tx.heads(&[(PATIENT, "b")]).unwrap()[0].is_some());
        if commit { drop(tx) } else { tx.rollback() }
    }
    assert_eq!(backend.top().await.unwrap(), Top { t: 1, vid: 1, rid: 1, at: 1000 });
    assert_eq!(hits(backend, &by_key(1, i64::MAX, 10)).await, [1]);
    assert!(backend.current(PATIENT, "b").await.unwrap().is_none());
}

pub async fn a_savepoint_undoes_one_job(backend: &dyn Backend) {
    let mut tx = backend.begin().unwrap();
    let (transaction, versions) = number(&mut *tx, 1, 1000, &[Draft::of(PATIENT, "a").keys(1, &[1])]);
    tx.append(&[transaction], &versions).unwrap();
    tx.savepoint().unwrap();
    let (transaction, versions) = number(&mut *tx, 2, 1000, &[Draft::of(PATIENT, "b").keys(2, &[1])]);
    tx.append(&[transaction], &versions).unwrap();
    assert_eq!(tx.select(&by_key(1, i64::MAX, 10)).unwrap().len(), 2);
    tx.savepoint_rollback().unwrap();
    assert_eq!(tx.select(&by_key(1, i64::MAX, 10)).unwrap().len(), 1);
    tx.savepoint().unwrap();
    let (transaction, versions) = number(&mut *tx, 2, 1000, &[Draft::of(PATIENT, "c").keys(3, &[1])]);
    assert_eq!(versions[0].1.vid, 2, "the numbers of what was undone are used again");
    tx.append(&[transaction], &versions).unwrap();
    tx.savepoint_release().unwrap();
    tx.cursor_set("reaction", 2).unwrap();
    tx.commit().unwrap();
    let feed = backend.feed(0, 10).await.unwrap();
    assert_eq!(feed.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(backend.cursor("reaction").await.unwrap(), 2);
    assert_eq!(backend.top().await.unwrap(), Top { t: 2, vid: 2, rid: 2, at: 1000 });
}

pub async fn one_group_may_write_a_resource_several_times(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[Draft::of(PATIENT, "old").keys(1, &[1])]);
    pen.write(&[
        Draft::of(PATIENT, "old").keys(2, &[1]),
        Draft::of(PATIENT, "new").keys(3, &[1]),
        Draft::of(PATIENT, "old").keys(4, &[1]),
        Draft::of(PATIENT, "new").keys(5, &[1]),
        Draft::deleted(PATIENT, "new"),
    ]);
    let old = backend.current(PATIENT, "old").await.unwrap().unwrap();
    assert_eq!((old.vid, old.version), (4, 3));
    let new = backend.current(PATIENT, "new").await.unwrap().unwrap();
    assert_eq!((new.vid, new.version, new.op), (6, 3, Op::Delete));
    assert_eq!(hits(backend, &by_key(1, i64::MAX, 10)).await, [4]);
    assert_eq!(hits(backend, &by_key(1, 1, 10)).await, [1]);
}

pub async fn one_transaction_may_be_appended_in_parts(backend: &dyn Backend) {
    let mut tx = backend.begin().unwrap();
    let (first, versions) = number(&mut *tx, 1, 1000, &[Draft::of(PATIENT, "a")]);
    tx.append(&[first], &versions).unwrap();
    let (_, versions) = number(&mut *tx, 1, 1000, &[Draft::of(PATIENT, "b")]);
    assert_eq!(versions[0].1.vid, 2);
    tx.append(&[], &versions).unwrap();
    let (second, versions) = number(&mut *tx, 2, 2000, &[Draft::of(PATIENT, "a")]);
    tx.append(&[second], &versions).unwrap();
    assert_eq!(tx.vid_before(1001).unwrap(), 2);
    tx.commit().unwrap();
    assert_eq!(backend.vid_before(2000).await.unwrap(), 2);
    assert_eq!(backend.vid_before(2001).await.unwrap(), 3);
    assert_eq!(backend.feed(0, 9).await.unwrap().iter().map(|f| f.t).collect::<Vec<_>>(), [1, 1, 2]);
}

pub async fn small_values_cursors_and_parked_rows(backend: &dyn Backend) {
    backend.value_set("k", b"1").await.unwrap();
    backend.value_set("k", &[0, 255]).await.unwrap();
    assert_eq!(backend.value("k").await.unwrap(), Some(vec![0, 255]));
    let mut tx = backend.begin().unwrap();
    tx.cursor_set("c", 5).unwrap();
    tx.cursor_set("c", 6).unwrap();
    tx.commit().unwrap();
    assert_eq!(backend.cursor("c").await.unwrap(), 6);
    let parked = |vid, attempts| Parked { reaction: "r".into(), vid, attempts, reason: "x.y".into(), at: 3 };
    backend.park(&parked(2, 1)).await.unwrap();
    backend.park(&parked(1, 1)).await.unwrap();
    backend.park(&parked(2, 7)).await.unwrap();
    assert_eq!(backend.parked().await.unwrap(), [parked(1, 1), parked(2, 7)]);
    backend.unpark("r", 1).await.unwrap();
    backend.unpark("r", 1).await.unwrap();
    assert_eq!(backend.parked().await.unwrap(), [parked(2, 7)]);
}

pub async fn a_destroyed_key_never_comes_back(backend: &dyn Backend) {
    backend.keyring_add(&[(1, b"one".to_vec()), (2, b"two".to_vec()), (3, b"three".to_vec())]).await.unwrap();
    assert!(backend.keyring_add(&[(2, b"other".to_vec())]).await.is_err(), "a number is given once");
    assert_eq!(backend.keyring_get(2).await.unwrap(), Some(b"two".to_vec()));
    assert_eq!(backend.keyring_top().await.unwrap(), 3);
    backend.keyring_destroy(2).await.unwrap();
    assert_eq!(backend.keyring_get(2).await.unwrap(), None);
    backend.keyring_replace(&[(1, b"new".to_vec()), (2, b"again".to_vec())]).await.unwrap();
    assert_eq!(backend.keyring_get(2).await.unwrap(), None);
    let page = backend.keyring_page(0, 10).await.unwrap();
    assert_eq!(page, [(1, b"new".to_vec()), (3, b"three".to_vec())]);
    assert_eq!(backend.keyring_page(1, 10).await.unwrap().len(), 1);
    assert_eq!(backend.keyring_page(0, 1).await.unwrap().len(), 1);
    assert_eq!(backend.keyring_top().await.unwrap(), 3);
}

pub async fn the_sweeper_takes_what_no_page_can_ask_for(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[Draft::of(PATIENT, "a").keys(1, &[1]).ranges(&[(2, 0, 9)])]);
    pen.write(&[Draft::of(PATIENT, "a").keys(2, &[1]).ranges(&[(2, 5, 9)])]);
    pen.write(&[Draft::of(PATIENT, "a").keys(3, &[1])]);
    assert_eq!(backend.sweep(2000, 10).await.unwrap(), 0, "superseded at 2000 is not before 2000");
    assert_eq!(backend.sweep(2001, 10).await.unwrap(), 1);
    assert_eq!(backend.cursor("swept").await.unwrap(), 2);
    assert_eq!(hits(backend, &by_key(1, 2, 10)).await, [2]);
    assert_eq!(backend.sweep(i64::MAX, 10).await.unwrap(), 1);
    assert_eq!(backend.cursor("swept").await.unwrap(), 3);
    assert_eq!(hits(backend, &by_key(1, i64::MAX, 10)).await, [3]);
    let all = |table: &str| Select {
        sql: format!("SELECT count(*) FROM {table}"),
        args: vec![],
        each: None,
        descending: true,
        limit: 1,
    };
    assert_eq!(backend.count(&all("ix")).await.unwrap(), 1);
    assert_eq!(backend.count(&all("rng")).await.unwrap(), 0);
    assert_eq!(backend.count(&all("dead")).await.unwrap(), 0);
    assert!(backend.version(PATIENT, "a", 1).await.unwrap().is_some(), "history stays");
}

pub async fn an_erasure_leaves_no_index_entry(backend: &dyn Backend) {
    let mut pen = pen(backend);
    pen.write(&[
        Draft::of(PATIENT, "a").keys(1, &[1, 2]).kid(4),
        Draft::of(PATIENT, "b").keys(1, &[1]).kid(5),
    ]);
    pen.write(&[Draft::of(PATIENT, "a").keys(2, &[1]).ranges(&[(3, 1, 2)]).kid(4)]);
    assert_eq!(backend.index_remove(4).await.unwrap(), 2);
    let entries = Select {
        sql: "SELECT (SELECT count(*) FROM ix) + (SELECT count(*) FROM rng)".into(),
        args: vec![],
        each: None,
        descending: true,
        limit: 1,
    };
    assert_eq!(backend.count(&entries).await.unwrap(), 1);
    assert_eq!(hits(backend, &by_key(1, i64::MAX, 10)).await, [2]);
    assert_eq!(backend.index_remove(77).await.unwrap(), 0);
}

/// Writers on several threads; a reader that follows the feed sees every version, once, in order.
pub async fn writers_take_turns_and_readers_miss_nothing(backend: &dyn Backend) {
    const WRITERS: usize = 4;
    const COMMITS: usize = 25;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let ids: Vec<String> = (0..COMMITS).map(|n| format!("w{writer}-{n}")).collect();
                let mut pen = Pen { backend, at: 0 };
                for id in &ids {
                    pen.write(&[Draft::of(PATIENT, id), Draft::of(OBSERVATION, "shared")]);
                }
            });
        }
        let runtime = tokio::runtime::Handle::current();
        let total = (WRITERS * COMMITS * 2) as i64;
        let reader = scope.spawn(move || {
            let (mut seen, start) = (0, Instant::now());
            while seen < total && start.elapsed() < Duration::from_secs(120) {
                for row in runtime.block_on(backend.feed(seen, 7)).unwrap() {
                    assert_eq!(row.vid, seen + 1);
                    seen = row.vid;
                }
                runtime.block_on(backend.feed_wait(seen, 100));
            }
            assert_eq!(seen, total);
        });
        tokio::task::block_in_place(|| reader.join()).unwrap();
    });
    let shared = backend.current(OBSERVATION, "shared").await.unwrap().unwrap();
    assert_eq!(shared.version, (WRITERS * COMMITS) as u64);
}
