use super::entry::{AuditEntry, Event, EventOutcome};
use super::*;
use crate::access::gate::Authority;
use crate::backend::Backend;
use crate::ctx::{Actor, Ctx, Ids, Purpose, RandomIds, Role, SystemClock};
use crate::hub::{Hub, HubConfig, NewTenant};
use crate::keyring::Sealed;
use crate::search::SearchRequest;
use crate::sqlite::Sqlite;
use crate::tenant::Tenant;
use crate::write::Write;
use ledger::{FileStorage, MemoryStorage, Storage};
use proptest::prelude::*;
use seal::{RootKey, TenantKeys};
use std::path::PathBuf;
use std::sync::Arc;

/// A folder that goes away.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("audit-{}", RandomIds.uuid()));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A sequencer over a storage, with an empty database beside it.
struct Alone {
    sequencer: Sequencer,
    sealed: Arc<Sealed>,
    backend: Arc<dyn Backend>,
    _folder: Folder,
}

impl Alone {
    async fn new(storage: impl FnOnce(&Folder) -> Arc<dyn Storage>) -> Alone {
        let folder = Folder::new();
        let backend: Arc<dyn Backend> = Arc::new(Sqlite::open(&folder.0.join("tenant")).unwrap());
        let key = || TenantKeys::generate().unwrap();
        let runtime = tokio::runtime::Handle::current();
        let sealed = Arc::new(Sealed::new("test", key(), key(), None, backend.clone(), runtime));
        let storage = storage(&folder);
        let sequencer = Sequencer::open(storage, sealed.clone(), backend.clone(), "node").await.unwrap();
        Alone { sequencer, sealed, backend, _folder: folder }
    }
}

fn entry(n: i64) -> AuditEntry {
    let request = uuid::Uuid::nil();
    AuditEntry {
        at: n,
        kind: 1,
        id: n.to_string(),
        patients: vec![n],
        request,
        ..AuditEntry::of(&ctx(), Event::Read)
    }
}

fn ctx() -> Ctx {
    let roles = Role::ALL.to_vec();
    let actor =
        Actor { id: uuid::Uuid::from_u128(7), name: "claire".into(), roles, person: None, system: false };
    Ctx { actor: Arc::new(actor), purpose: Purpose::Treatment, ..Ctx::system("test") }
}

fn config(folder: &Folder, node: &str) -> HubConfig {
    HubConfig {
        data: folder.0.clone(),
        database: None,
        cache_bytes: 1 << 20,
        node: node.into(),
        root: Arc::new(RootKey::load_or_create(&folder.0.join("root.key")).unwrap()),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
    }
}

async fn clinic(folder: &Folder) -> (Arc<Hub>, Arc<Tenant>) {
    clinic_of(folder, "node").await
}

async fn clinic_of(folder: &Folder, node: &str) -> (Arc<Hub>, Arc<Tenant>) {
    let hub = Hub::open(config(folder, node)).await.unwrap();
    if hub.tenants().await.unwrap().is_empty() {
        hub.tenant_create(NewTenant { name: "demo".into(), title: "Demo".into(), host: None }).await.unwrap();
    }
    let tenant = hub.tenant("demo").await.unwrap();
    (hub, tenant)
}

/// Waits until all writes are in the log.
async fn fed(tenant: &Tenant) {
    for _ in 0..1000 {
        if tenant.audit.fed() == tenant.top().await.unwrap() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the follower does not come");
}

async fn put(tenant: &Tenant, rt: &str, id: &str, rest: &str) {
    let body = format!(r#"{{"resourceType":"{rt}","id":"{id}"{rest}}}"#);
    let rt = fhir::ResourceType::parse(rt).unwrap();
    let write = Write::Update { rt, id: id.into(), body: body.into(), if_match: None, if_none_match: false };
    tenant.commit(&ctx(), vec![write]).await.unwrap();
}

async fn search(tenant: &Tenant, query: &str) -> Vec<String> {
    let (mut all, mut page) = (Vec::new(), None);
    loop {
        let mut request = SearchRequest::from_query(Some(fhir::ResourceType::AUDIT_EVENT), query).unwrap();
        request.page = page;
        let found = tenant.audit_event_search(&ctx(), &request).await.unwrap();
        for found in found.entries {
            let event = String::from_utf8(found.visible.body.to_vec()).unwrap();
            let event = fhir::json::parse(event.as_bytes()).unwrap().into_owned();
            let issues = fhir::validate::validate(&event);
            assert!(issues.iter().all(|i| i.severity < fhir::Severity::Error), "{issues:?}");
            let code = event.each("subtype").next().unwrap().get_str("code").unwrap().to_string();
            let what = event.each("entity").find_map(|e| e.get("what")?.get_str("reference")).unwrap_or("");
            all.push(format!("{code} {what}").trim().to_string());
        }
        page = found.next;
        if page.is_none() {
            return all;
        }
    }
}

async fn examine(hub: &Hub) -> Vec<String> {
    let report = hub.audit_verify("demo").await.unwrap();
    report.findings.iter().map(Wrong::to_string).collect()
}

proptest! {
    #[test]
    fn entries_come_back(at: i64, vid: i64, version: u64, kind: u16, mut patients: Vec<i64>, name: String, query: String) {
        patients.sort_unstable();
        let entry = AuditEntry { at, vid, version, kind, patients, actor_name: name, query, ..entry(1) };
        prop_assert_eq!(AuditEntry::decode(&entry.encode()).unwrap(), entry);
    }

    #[test]
    fn noise_is_no_entry(noise: Vec<u8>, cut in 0usize..60) {
        let _ = AuditEntry::decode(&noise);
        let encoded = entry(1).encode();
        prop_assert!(AuditEntry::decode(&encoded[..encoded.len() - 1 - cut.min(encoded.len() - 1)]).is_err());
    }
}

#[test]
fn overlong_texts_are_cut_between_characters() {
    let long = AuditEntry { query: "é".repeat(40_000), patients: (0..5000).collect(), ..entry(1) };
    let encoded = long.encode();
    assert!(encoded.len() < 30_000);
    let back = AuditEntry::decode(&encoded).unwrap();
    assert_eq!((back.query.chars().count(), back.patients.len()), (8192, 2000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_in_the_log() {
    let memory = Arc::new(MemoryStorage::new());
    let alone = Alone::new(|_| memory.clone()).await;
    let sequencer = &alone.sequencer;
    let all = (0..500).map(|n| sequencer.record(entry(n)));
    for done in futures_util::future::join_all(all).await {
        done.unwrap();
    }
    let entries = sequencer.entries(0, 1000).await.unwrap();
    assert_eq!(entries.len(), 500);
    assert!(entries.iter().all(|(n, e)| *e == AuditEntry { node: "node".into(), ..entry(*n as i64) }));

    memory.fail(true);
    assert!(matches!(sequencer.record(entry(0)).await, Err(Error::Unavailable(_))));
    memory.fail(false);
    sequencer.record(entry(500)).await.unwrap();
    assert_eq!(memory.size().unwrap(), 501);

    let Alone { sequencer, sealed, backend, .. } = alone;
    drop(sequencer);
    let report = verify(memory, sealed, backend, "node").await.unwrap();
    assert_eq!((report.entries, report.signed, report.findings.len()), (501, 501, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_refuses() {
    let alone = Alone::new(|_| Arc::new(MemoryStorage::new())).await;
    let many: Vec<AuditEntry> = (0..20_000).map(entry).collect();
    assert!(matches!(alone.sequencer.queue.record_all(many).await, Err(Error::Unavailable(_))));
    assert_eq!(alone.sequencer.size(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_are_in_the_log_once_whatever_happens_in_between() {
    let folder = Folder::new();
    for round in 0..3 {
        // Also when the node is renamed.
        let (hub, tenant) = clinic_of(&folder, ["a", "b", "b"][round]).await;
        for n in 0..4 {
            put(&tenant, "Patient", &format!("p{n}"), "").await;
        }
        // Not waited for in the first rounds: the next opening goes on where this one stopped.
        if round == 2 {
            fed(&tenant).await;
            let all = tenant.audit.entries(0, 1000).await.unwrap();
            let mut vids: Vec<i64> = all.iter().map(|(_, e)| e.vid).filter(|vid| *vid != 0).collect();
            vids.sort_unstable();
            assert_eq!(vids, (1..=tenant.top().await.unwrap()).collect::<Vec<_>>());
            assert_eq!(examine(&hub).await, [""; 0]);
        }
        drop((tenant, hub));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_found_by_who_what_when() {
    let folder = Folder::new();
    let (hub, tenant) = clinic(&folder).await;
    put(&tenant, "Patient", "p1", "").await;
    put(&tenant, "Patient", "p2", "").await;
    let observation = r#","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"}"#;
    put(&tenant, "Observation", "o1", observation).await;
    fed(&tenant).await;
    let rt = |name| fhir::ResourceType::parse(name).unwrap();
    tenant.read(&ctx(), rt("Observation"), "o1").await.unwrap();
    tenant.read(&ctx(), rt("Patient"), "p2").await.unwrap();
    assert!(tenant.read(&ctx(), rt("Patient"), "nobody").await.is_err());
    let nobody = Actor {
        roles: vec![],
        name: "nobody".into(),
        id: uuid::Uuid::from_u128(9),
        person: None,
        system: false,
    };
    let nobody = Ctx { actor: Arc::new(nobody), ..ctx() };
    assert!(tenant.read(&nobody, rt("Patient"), "p1").await.is_err());

    let p1 = [
        "read Observation/o1/_history/1",
        "create Observation/o1/_history/1",
        "create Patient/p1/_history/1",
    ];
    assert_eq!(search(&tenant, "patient=Patient/p1").await, p1);
    assert_eq!(search(&tenant, "patient=p1&_count=1").await, p1);
    assert_eq!(search(&tenant, "entity=Observation/o1").await, p1[..2]);
    assert_eq!(search(&tenant, "entity=Patient/p2&action=R").await, ["read Patient/p2/_history/1"]);
    assert_eq!(search(&tenant, "outcome=8").await, ["read"]);
    assert_eq!(search(&tenant, "altid=nobody").await, ["read"]);
    assert_eq!(search(&tenant, "outcome=4").await, ["read Patient/nobody"]);
    assert_eq!(search(&tenant, "subtype=create&_sort=-date").await.len(), 3);
    assert_eq!(search(&tenant, "patient=p1&date=lt2020").await, [""; 0]);
    assert_eq!(search(&tenant, "patient=p1&date=ge2020").await, p1);
    assert_eq!(search(&tenant, "patient=absent").await, [""; 0]);
    assert_eq!(search(&tenant, "_id=audit-0").await, p1[2..]);
    assert_eq!(search(&tenant, "_id=audit-0,audit-2").await, p1[1..]);
    assert_eq!(search(&tenant, "_id=nothing").await, [""; 0]);
    // The searches themselves.
    assert_eq!(search(&tenant, "subtype=search-type&action=E&_count=1000").await.len(), 16);

    let id = search::id_of(0);
    let event = tenant.audit_event_read(&ctx(), &id).await.unwrap();
    assert!(event.body.starts_with(b"{\"resourceType\":\"AuditEvent\",\"id\":\"audit-0\""));
    for bad in ["audit-99999", "audit-00", "x", "audit-"] {
        assert!(matches!(tenant.audit_event_read(&ctx(), bad).await, Err(Error::NotFound)), "{bad}");
    }
    assert_eq!(examine(&hub).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parameters_and_pages_are_checked() {
    let folder = Folder::new();
    let (_hub, tenant) = clinic(&folder).await;
    put(&tenant, "Patient", "p1", "").await;
    put(&tenant, "Patient", "p2", "").await;
    fed(&tenant).await;
    let ask = async |query: &str, strict, page: Option<String>| {
        let mut request = SearchRequest::from_query(Some(fhir::ResourceType::AUDIT_EVENT), query).unwrap();
        (request.strict, request.page) = (strict, page);
        tenant.audit_event_search(&ctx(), &request).await
    };
    assert!(ask("flavour=mint", true, None).await.is_err());
    assert_eq!(ask("flavour=mint", false, None).await.unwrap().issues.len(), 1);
    assert!(ask("_sort=date", false, None).await.is_err());
    assert!(ask("date=yesterday", false, None).await.is_err());
    let first = ask("subtype=create&_count=1&_total=accurate", true, None).await.unwrap();
    assert_eq!((first.entries.len(), first.total), (1, Some(2)));
    let count = ask("subtype=create&_summary=count", true, None).await.unwrap();
    assert_eq!((count.entries.len(), count.total), (0, Some(2)));
    assert!(ask("subtype=update&_count=1", true, first.next.clone()).await.is_err(), "of another search");
    assert!(ask("subtype=create&_count=1&_total=accurate", true, first.next).await.is_ok());
    assert!(ask("subtype=create", true, Some("zz".into())).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chunks_are_skipped_by_their_filters() {
    let folder = Folder::new();
    let (_hub, tenant) = clinic(&folder).await;
    put(&tenant, "Patient", "p1", "").await;
    fed(&tenant).await;
    let rid = tenant.audit.entries(0, 1).await.unwrap()[0].1.patients[0];
    for part in 0..4 {
        let others =
            (0..3000).map(|n| AuditEntry { patients: vec![1_000_000 + n + part * 3000], ..entry(n) });
        tenant.audit.queue.record_all(others.collect()).await.unwrap();
    }
    let seen = AuditEntry { patients: vec![rid], kind: 0, id: String::new(), ..entry(5) };
    tenant.audit.record(AuditEntry { event: Event::Search, ..seen }).await.unwrap();
    assert_eq!(
        search(&tenant, "patient=p1").await,
        ["search-system Patient/p1", "create Patient/p1/_history/1"]
    );
    // The first two chunks were filtered; their filters lie in the database.
    let first = tenant.audit.filter(&*tenant.backend, 0).await.unwrap().unwrap();
    let second = tenant.audit.filter(&*tenant.backend, 1).await.unwrap().unwrap();
    let key = &tenant.sealed.keys.index;
    assert!(first.admits(key, &chunk::Key::Patient(rid)));
    let others = (9_000_000..9_001_000).filter(|rid| second.admits(key, &chunk::Key::Patient(*rid)));
    assert!(others.count() < 50);
    assert!(tenant.backend.value("audit_chunk_1_node").await.unwrap().is_some());
    assert!(tenant.audit.filter(&*tenant.backend, 3).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_with_the_files_is_named() {
    let folder = Folder::new();
    let (hub, tenant) = clinic(&folder).await;
    for n in 0..5 {
        put(&tenant, "Patient", &format!("p{n}"), "").await;
    }
    fed(&tenant).await;
    for n in 0..20 {
        tenant.audit.record(entry(n)).await.unwrap();
    }
    tenant.audit.log.checkpoint().unwrap();
    let path = folder.0.join("tenants/demo/audit/segment-00000001");
    let sound = std::fs::read(&path).unwrap();
    let leaf = {
        let mut leaves = Vec::new();
        let _ = tenant.audit.log.storage().scan(0, &mut |_, leaf| {
            leaves.push(leaf.to_vec());
            std::ops::ControlFlow::Continue(())
        });
        leaves.swap_remove(12)
    };
    let at = sound.windows(leaf.len()).position(|window| window == leaf).unwrap();
    let mut changed = sound.clone();
    changed[at + 50] ^= 1;
    std::fs::write(&path, changed).unwrap();
    assert_eq!(examine(&hub).await, ["entry 12: changed"]);

    let mut cut = sound.clone();
    cut[at - 4..].fill(0);
    std::fs::write(&path, cut).unwrap();
    let said = examine(&hub).await;
    assert!(said[0].starts_with("entries 12 to 2") && said[0].ends_with("(truncated)"), "{said:?}");

    // A row that vanished from the database, and one whose detail was changed.
    std::fs::write(&path, sound).unwrap();
    drop((tenant, hub));
    let file = rusqlite::Connection::open(folder.0.join("tenants/demo/data.db")).unwrap();
    file.execute("UPDATE tx SET audit = zeroblob(60) WHERE vid = 3", ()).unwrap();
    drop(file);
    let (hub, _tenant) = clinic(&folder).await;
    assert_eq!(examine(&hub).await, ["version 3 of the database: the log says something else"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restore_of_older_data_writes_are_recorded_again() {
    let folder = Folder::new();
    let (hub, tenant) = clinic(&folder).await;
    put(&tenant, "Patient", "p1", "").await;
    fed(&tenant).await;
    // The log knows of writes that the database does not have any more.
    tenant.audit.queue.record_all(vec![AuditEntry { vid: 50, ..entry(1) }]).await.unwrap();
    drop((tenant, hub));
    let (_hub, tenant) = clinic(&folder).await;
    put(&tenant, "Patient", "p2", "").await;
    fed(&tenant).await;
    let entries = tenant.audit.entries(0, 100).await.unwrap();
    assert!(entries.iter().any(|(_, e)| e.vid == 2 && e.id == "p2" && e.outcome == EventOutcome::Success));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_share_a_log_and_each_records_its_own_writes() {
    let folder = Folder::new();
    let storage = Arc::new(MemoryStorage::shared());
    let backend: Arc<dyn Backend> = Arc::new(Sqlite::open(&folder.0).unwrap());
    let (keys, runtime) = (TenantKeys::generate().unwrap(), tokio::runtime::Handle::current());
    let keyring = keys.with_new_keyring().unwrap();
    let sealed = Arc::new(Sealed::new("test", keys, keyring, None, backend.clone(), runtime));
    let mut nodes = Vec::new();
    for node in ["a", "b"] {
        let audit = Sequencer::open(storage.clone(), sealed.clone(), backend.clone(), node).await.unwrap();
        nodes.push(
            Tenant::open(
                "test",
                backend.clone(),
                sealed.clone(),
                audit,
                1 << 20,
                Arc::new(Authority::new()),
                true,
            )
            .unwrap(),
        );
    }
    for n in 0..10 {
        let node = &nodes[n % 2];
        put(node, "Patient", &format!("p{n}"), "").await;
        node.read(&ctx(), fhir::ResourceType::PATIENT, &format!("p{n}")).await.unwrap();
    }
    let top = backend.top().await.unwrap().vid;
    let written = async || {
        let all = nodes[0].audit.entries(0, 1000).await.unwrap();
        let mut written: Vec<_> =
            all.into_iter().filter(|(_, e)| e.vid != 0).map(|(_, e)| (e.vid, e.node)).collect();
        written.sort_unstable();
        written
    };
    for _ in 0..1000 {
        if written().await.len() as i64 >= top {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let expected: Vec<_> = (1..=top).map(|vid| (vid, ["b", "a"][vid as usize % 2].to_string())).collect();
    assert_eq!(written().await, expected);
    assert_eq!(search(&nodes[0], "subtype=create&_count=3").await.len(), 10);
    assert_eq!(search(&nodes[1], "subtype=read&_count=1000").await.len(), 10);
    drop(nodes);
    let report = verify(storage, sealed, backend, "a").await.unwrap();
    assert_eq!((report.findings, report.entries - report.signed, report.waiting), (vec![], 0, 0));
}

/// A storage whose appends take as long as an fdatasync on a good disk.
struct Slow(MemoryStorage);

impl Storage for Slow {
    fn size(&self) -> ledger::Result<u64> {
        self.0.size()
    }

    fn append(&self, entries: &[Vec<u8>], leaves: &[ledger::Hash]) -> ledger::Result<u64> {
        std::thread::sleep(std::time::Duration::from_micros(250));
        self.0.append(entries, leaves)
    }

    fn scan(
        &self,
        from: u64,
        visit: &mut dyn FnMut(u64, &[u8]) -> std::ops::ControlFlow<()>,
    ) -> ledger::Result<()> {
        self.0.scan(from, visit)
    }

    fn hashes(&self, level: u8, first: u64, count: usize) -> ledger::Result<Vec<ledger::Hash>> {
        self.0.hashes(level, first, count)
    }

    fn hashes_put(&self, level: u8, first: u64, hashes: &[ledger::Hash]) -> ledger::Result<()> {
        self.0.hashes_put(level, first, hashes)
    }

    fn checkpoint(&self) -> ledger::Result<Option<String>> {
        self.0.checkpoint()
    }

    fn checkpoint_put(&self, size: u64, note: &str) -> ledger::Result<()> {
        self.0.checkpoint_put(size, note)
    }

    fn checkpoints(&self) -> ledger::Result<Vec<String>> {
        self.0.checkpoints()
    }
}

/// `cargo test --release -p store rate -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints a rate"]
async fn rate_of_32_callers() {
    for kind in ["memory", "0.3 ms", "disk"] {
        let storage = |folder: &Folder| -> Arc<dyn Storage> {
            match kind {
                "memory" => Arc::new(MemoryStorage::new()),
                "disk" => Arc::new(FileStorage::open(&folder.0.join("log")).unwrap()),
                _ => Arc::new(Slow(MemoryStorage::new())),
            }
        };
        let alone = Arc::new(Alone::new(storage).await);
        let start = std::time::Instant::now();
        let callers: Vec<_> = (0..32)
            .map(|_| {
                let alone = alone.clone();
                tokio::spawn(async move {
                    for n in 0..5000 {
                        alone.sequencer.record(entry(n)).await.unwrap();
                    }
                })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap();
        }
        let rate = 32.0 * 5000.0 / start.elapsed().as_secs_f64();
        println!("{kind}: {rate:.0} records/s");
    }
}
