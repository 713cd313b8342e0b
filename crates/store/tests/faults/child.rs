//! The child: this same test binary, started with `MEDHUB_FAULT_CHILD=<data folder>`. It creates patients from
//! four tasks and prints the id of each one that was acknowledged.

use bytes::Bytes;
use fhir::ResourceType;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Ctx, Hub, HubConfig, NewTenant, RandomIds, SystemClock, Write};

const FOLDER: &str = "MEDHUB_FAULT_CHILD";
const CHECK: &str = "MEDHUB_FAULT_CHECK";
const CHECK_LIST: &str = "MEDHUB_FAULT_CHECK_LIST";
/// So many refusals are said, then the child removes the ballast (the file `BALLAST` names), if there is one, and
/// goes on; without one it ends. Without this variable a refusal ends the child.
pub const REFUSALS: &str = "MEDHUB_FAULT_REFUSALS";
pub const BALLAST: &str = "MEDHUB_FAULT_BALLAST";

pub async fn open(data: &Path) -> Arc<Hub> {
    let root = Arc::new(seal::RootKey::load_or_create(&data.join("root.key")).unwrap());
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    let node = "test".to_string();
    let config =
        HubConfig { data: data.to_path_buf(), database: None, cache_bytes: 1 << 20, node, root, clock, ids };
    let hub = Hub::open(config).await.unwrap();
    if hub.tenants().await.unwrap().is_empty() {
        let new = NewTenant { name: "a".into(), title: "A".into(), host: None };
        hub.tenant_create(new).await.unwrap();
    }
    hub
}

/// Does nothing in the parent; writes for ever in the child.
#[test]
fn writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let hub = open(Path::new(&folder)).await;
        let tenant = hub.tenant("a").await.unwrap();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let tenant = tenant.clone();
                tokio::spawn(async move {
                    loop {
                        let body = Bytes::from_static(br#"{"resourceType":"Patient","active":true}"#);
                        let write =
                            Write::Create { rt: ResourceType::PATIENT, id: None, body, if_none_exist: None };
                        match tenant.commit(&Ctx::system("child"), vec![write]).await {
                            Ok(made) => say(&format!("ack {}", made[0].id)),
                            Err(error) => {
                                if refused(&error) {
                                    return;
                                }
                                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                            }
                        }
                    }
                })
            })
            .collect();
        // They end only when one of them fails, or all with the process.
        futures_util::future::select_all(tasks).await.0.unwrap();
    });
}

/// One write call a line, so that a kill cuts no line in two.
fn say(line: &str) {
    std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Counts a refusal; true when the child has had enough.
fn refused(error: &store::Error) -> bool {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let allowed: usize =
        std::env::var(REFUSALS).ok().map_or_else(|| panic!("{error}"), |n| n.parse().unwrap());
    assert!(matches!(error, store::Error::Unavailable(_)), "{error}");
    say("refused");
    let count = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
    match std::env::var_os(BALLAST) {
        Some(ballast) if count == allowed => {
            std::fs::remove_file(ballast).unwrap();
            say("freed");
            false
        }
        Some(_) => count > 50 * allowed,
        None => count >= allowed,
    }
}

pub fn start(data: &Path, environment: &[(&str, &Path)]) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child::writes_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, data).stdout(Stdio::piped()).stderr(Stdio::null());
    for (name, value) in environment {
        command.env(name, value);
    }
    command.spawn().unwrap()
}

/// Reads acknowledgements until there are `count`, kills the child, and returns all that it said.
pub fn kill_after(mut child: Child, count: usize) -> BTreeSet<String> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = BTreeSet::new();
    let note = |line: String, acknowledged: &mut BTreeSet<String>| {
        acknowledged.extend(line.split_once("ack ").map(|(_, id)| id.to_string()));
    };
    while acknowledged.len() < count {
        match lines.next() {
            Some(line) => note(line.unwrap(), &mut acknowledged),
            None => panic!("the child ended by itself"),
        }
    }
    child.kill().unwrap();
    lines.map_while(Result::ok).for_each(|line| note(line, &mut acknowledged));
    child.wait().unwrap();
    acknowledged
}

/// Those of the ids that cannot be read. Looked up by a process of its own: when it has ended, nothing closes
/// or checkpoints the files behind the back of the next step.
pub fn lost(data: &Path, acknowledged: &BTreeSet<String>) -> Vec<String> {
    let list = data.with_extension("acknowledged");
    std::fs::write(&list, acknowledged.iter().cloned().collect::<Vec<_>>().join("\n")).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child::says_what_is_lost", "--exact", "--nocapture", "--test-threads=1"]);
    let out = command.env(CHECK, data).env(CHECK_LIST, &list).output().unwrap();
    std::fs::remove_file(&list).unwrap();
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
    text.lines().filter_map(|line| line.split_once("missing:")).map(|(_, id)| id.to_string()).collect()
}

/// Does nothing in the parent; in the child it reads every id and examines the audit log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_what_is_lost() {
    let (Some(data), Some(list)) = (std::env::var_os(CHECK), std::env::var_os(CHECK_LIST)) else { return };
    let hub = open(Path::new(&data)).await;
    let tenant = hub.tenant("a").await.unwrap();
    for id in std::fs::read_to_string(list).unwrap().lines() {
        if tenant.read(&Ctx::system("parent"), ResourceType::PATIENT, id).await.is_err() {
            std::io::stdout().lock().write_all(format!("\nmissing:{id}\n").as_bytes()).unwrap();
        }
    }
    let report = tenant.audit_verify().await.unwrap();
    assert!(report.is_sound(), "the audit log is sound after the fault: {report:?}");
}

pub fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("medhub-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
