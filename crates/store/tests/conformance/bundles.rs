//! Batches and transactions through the whole store, on both databases.

use crate::targets::{Folder, url};
use fhir::{Json, ResourceType, json};
use std::sync::Arc;
use store::bundle::{Options, Prefer};
use store::search::SearchRequest;
use store::{Ctx, Error, Hub, HubConfig, NewTenant, RandomIds, SystemClock, Tenant};

struct Stage {
    ctx: Ctx,
    tenant: Arc<Tenant>,
    /// Goes after the tenant that has its files there.
    _folder: Folder,
}

async fn hub(folder: &Folder, database: Option<String>, root: Arc<seal::RootKey>, node: &str) -> Arc<Hub> {
    let config = HubConfig {
        data: folder.path().to_path_buf(),
        database,
        cache_bytes: 1 << 20,
        node: node.into(),
        root,
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
    };
    Hub::open(config).await.unwrap()
}

async fn stage(name: &str, database: Option<String>) -> Stage {
    let folder = Folder::new();
    let root = Arc::new(seal::RootKey::generate().unwrap());
    let hub = hub(&folder, database, root, "one").await;
    hub.tenant_create(NewTenant { name: name.into(), title: "T".into(), host: None }).await.unwrap();
    let tenant = hub.tenant(name).await.unwrap();
    Stage { ctx: Ctx::system("test"), tenant, _folder: folder }
}

impl Stage {
    async fn bundle(&self, kind: &str, entries: &str) -> store::Result<Json<'static>> {
        bundle(&self.tenant, &self.ctx, kind, entries).await
    }

    async fn count(&self, rt: ResourceType, query: &str) -> usize {
        let request = SearchRequest::from_query(Some(rt), query).unwrap();
        self.tenant.search(&self.ctx, &request).await.unwrap().entries.len()
    }
}

async fn bundle(tenant: &Tenant, ctx: &Ctx, kind: &str, entries: &str) -> store::Result<Json<'static>> {
    let text = format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{entries}]}}"#);
    let parsed = json::parse(text.as_bytes()).unwrap();
    let options =
        Options { prefer: Prefer::Representation, base: "http://hub/fhir".into(), ..Options::default() };
    let answer = tenant.bundle(ctx, &parsed, &options).await?;
    Ok(json::parse(&answer).unwrap().into_owned())
}

fn statuses(answer: &Json<'_>) -> Vec<String> {
    let status = |entry: &Json<'_>| Some(entry.get("response")?.get_str("status")?.get(..3)?.to_string());
    answer.each("entry").filter_map(status).collect()
}

fn resource<'a>(answer: &'a Json<'a>, n: usize) -> &'a Json<'a> {
    answer.each("entry").nth(n).and_then(|entry| entry.get("resource")).unwrap()
}

fn patient(mrn: &str) -> String {
    format!(
        r#"{{"fullUrl":"urn:uuid:5a6f5c1e-0000-4000-8000-000000000001","resource":{{"resourceType":"Patient",
        "identifier":[{{"system":"urn:mrn","value":"{mrn}"}}],"name":[{{"family":"Durand"}}]}},
        "request":{{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:mrn|{mrn}"}}}}"#
    )
}

fn pulse(subject: &str, value: &str) -> String {
    format!(
        r#"{{"resource":{{"resourceType":"Observation","status":"final","code":{{"coding":[{{"system":"http://loinc.org",
        "code":"8867-4"}}]}},"subject":{{"reference":"{subject}"}},"effectiveDateTime":"2026-10-01T08:00:00Z",
        "valueQuantity":{{"value":{value},"system":"http://unitsofmeasure.org","code":"/min"}}}},
        "request":{{"method":"POST","url":"Observation"}}}}"#
    )
}

const PLACEHOLDER: &str = "urn:uuid:5a6f5c1e-0000-4000-8000-000000000001";

async fn a_transaction_links_creates_and_finds(stage: &Stage) {
    let get = r#"{"request":{"method":"GET","url":"Patient?identifier=urn:mrn|1"}}"#;
    let entries =
        [pulse(PLACEHOLDER, "70.50"), patient("1"), pulse("Patient?identifier=urn:mrn|1", "71"), get.into()];
    let entries = entries.join(",");
    let answer = stage.bundle("transaction", &entries).await.unwrap();
    assert_eq!(statuses(&answer), ["201", "201", "201", "200"]);
    let id = resource(&answer, 1).get_str("id").unwrap();
    for n in [0, 2] {
        let subject = resource(&answer, n).get("subject").and_then(|s| s.get_str("reference"));
        assert_eq!(subject, Some(format!("Patient/{id}").as_str()));
    }
    let value =
        resource(&answer, 0).get("valueQuantity").and_then(|q| q.get("value")).and_then(Json::as_number);
    assert_eq!(value, Some("70.50"));
    assert_eq!(resource(&answer, 3).each("entry").count(), 1);
    let again = stage.bundle("transaction", &entries).await.unwrap();
    assert_eq!(statuses(&again), ["201", "200", "201", "200"]);
    assert_eq!(resource(&again, 1).get_str("id"), Some(id));
    assert_eq!(stage.count(ResourceType::OBSERVATION, &format!("subject=Patient/{id}")).await, 4);
}

async fn a_refused_entry_undoes_all(stage: &Stage) {
    let bad = r#"{"resource":{"resourceType":"Observation","status":"nonsense"},"request":{"method":"POST","url":"Observation"}}"#;
    let error = stage.bundle("transaction", &format!("{},{bad}", patient("2"))).await.unwrap_err();
    let Error::Refused(issues) = error else { panic!("{error:?}") };
    let places: Vec<&str> = issues.iter().filter_map(|issue| issue.expression.as_deref()).collect();
    assert!(places.iter().all(|place| place.starts_with("Bundle.entry[1].resource")), "{places:?}");
    assert!(!places.is_empty());
    assert_eq!(stage.count(ResourceType::PATIENT, "identifier=urn:mrn|2").await, 0);
    // A version that is not the newest, behind others.
    let stale = r#"{"resource":{"resourceType":"Basic","id":"b","code":{"text":"x"}},
        "request":{"method":"PUT","url":"Basic/b","ifMatch":"W/\"7\""}}"#;
    let error = stage.bundle("transaction", &format!("{},{stale}", patient("2"))).await.unwrap_err();
    let Error::Refused(issues) = error else { panic!("{error:?}") };
    assert_eq!(issues[0].text.key, "bundle.version-conflict");
    assert_eq!(issues[0].expression.as_deref(), Some("Bundle.entry[1].request"));
    assert_eq!(stage.count(ResourceType::PATIENT, "identifier=urn:mrn|2").await, 0);
}

async fn a_batch_does_what_it_can(stage: &Stage) {
    let bad = r#"{"resource":{"resourceType":"Observation","status":"nonsense"},"request":{"method":"POST","url":"Observation"}}"#;
    let rest = r#"{"request":{"method":"GET","url":"Patient/none"}},{"request":{"method":"DELETE","url":"Patient/none"}},
        {"request":{"method":"GET","url":"Patient?identifier=urn:mrn|3&_total=accurate"}}"#;
    let many: Vec<String> = (0..60).map(|n| pulse("Patient/x", &n.to_string())).collect();
    let entries = format!("{},{bad},{rest},{}", patient("3"), many.join(","));
    let answer = stage.bundle("batch", &entries).await.unwrap();
    let statuses = statuses(&answer);
    assert_eq!(statuses[..5], ["201", "422", "404", "204", "200"].map(String::from), "{answer}");
    assert!(statuses[5..].iter().all(|status| status == "201"));
    let outcome =
        answer.each("entry").nth(1).and_then(|e| e.get("response")).and_then(|r| r.get("outcome")).unwrap();
    let place =
        outcome.each("issue").next().unwrap().each("expression").next().and_then(Json::as_str).unwrap();
    assert!(place.starts_with("Bundle.entry[1].resource"), "{place}");
    assert_eq!(resource(&answer, 4).get("total").and_then(Json::as_number), Some("1"));
}

async fn fifty_clients_make_one_patient(stage: &Stage) {
    let mut clients = tokio::task::JoinSet::new();
    for n in 0..50 {
        let (tenant, ctx) = (stage.tenant.clone(), stage.ctx.clone());
        let entries = format!("{},{}", patient("4"), pulse(PLACEHOLDER, &n.to_string()));
        clients
            .spawn(async move { bundle(&tenant, &ctx, "transaction", &entries).await.map(|a| statuses(&a)) });
    }
    let mut created = 0;
    while let Some(done) = clients.join_next().await {
        created += usize::from(done.unwrap().unwrap()[0] == "201");
    }
    assert_eq!(created, 1);
    assert_eq!(stage.count(ResourceType::PATIENT, "identifier=urn:mrn|4").await, 1);
    let linked =
        stage.count(ResourceType::OBSERVATION, "subject:Patient.identifier=urn:mrn|4&_count=100").await;
    assert_eq!(linked, 50, "every observation points to the one patient");
}

async fn all(stage: &Stage) {
    a_transaction_links_creates_and_finds(stage).await;
    a_refused_entry_undoes_all(stage).await;
    a_batch_does_what_it_can(stage).await;
    fifty_clients_make_one_patient(stage).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    all(&stage("bundles", None).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    let Some(url) = tokio::task::spawn_blocking(url).await.unwrap() else { return };
    let stage = stage("bundles", Some(url)).await;
    all(&stage).await;
}

/// What one node writes, the other shows at once, though it holds the old version in memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_node_sees_the_first() {
    let Some(url) = tokio::task::spawn_blocking(url).await.unwrap() else { return };
    let folders = (Folder::new(), Folder::new());
    let root = Arc::new(seal::RootKey::generate().unwrap());
    let one = hub(&folders.0, Some(url.clone()), root.clone(), "one").await;
    let two = hub(&folders.1, Some(url), root, "two").await;
    one.tenant_create(NewTenant { name: "two-nodes".into(), title: "T".into(), host: None }).await.unwrap();
    let (one, two) = (one.tenant("two-nodes").await.unwrap(), two.tenant("two-nodes").await.unwrap());
    let ctx = Ctx::system("test");
    let put = |text: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"Basic","id":"b","code":{{"text":"{text}"}}}},
            "request":{{"method":"PUT","url":"Basic/b"}}}}"#
        )
    };
    for (n, (writer, reader)) in [(&one, &two), (&two, &one), (&one, &two)].into_iter().enumerate() {
        bundle(writer, &ctx, "transaction", &put(&n.to_string())).await.unwrap();
        for node in [reader, writer] {
            let seen = node.read(&ctx, ResourceType::BASIC, "b").await.unwrap();
            assert_eq!(seen.version, n as u64 + 1, "both nodes show the newest version");
        }
    }
}
