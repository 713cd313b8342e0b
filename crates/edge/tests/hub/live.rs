//! The stream of changes over real sockets: nothing missed, nothing doubled, nothing shown that may not be seen,
//! and an end when the session's comes.

use crate::kit::{Page, World, world};
use edge::{Config, Server};
use http_body_util::BodyExt;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{Grant, NewToken, Purpose, Role, TokenKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(w: &World, config: Config) -> Running {
    let server = Server::bind(config, w.hub.clone(), &w.catalog, w.runner.clone(), Arc::new(Page), None);
    let server = server.await.unwrap();
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        server.run(async { drop(stopped.await) }).await.unwrap();
    });
    Running { address, stop, task }
}

/// Looks at the session before every event and often between them.
fn watchful() -> Config {
    let mut config = Config::default();
    config.limits.live_beat = Duration::from_millis(20);
    config.limits.live_trust = Duration::ZERO;
    config
}

/// An event as a browser sees it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Event {
    id: Option<i64>,
    name: String,
    data: String,
}

impl Event {
    fn get(&self, name: &str) -> String {
        let json = fhir::json::parse(self.data.as_bytes()).unwrap();
        json.get_str(name).unwrap_or("").to_string()
    }
}

/// A reader of the stream. It speaks HTTP/1.0, so that the events come without lengths between them.
struct Reader {
    socket: TcpStream,
    text: String,
    status: u16,
}

impl Reader {
    async fn open(address: SocketAddr, path: &str, headers: &str) -> Reader {
        let mut socket = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.0\r\nhost: hub.test\r\n{headers}\r\n\r\n");
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut reader = Reader { socket, text: String::new(), status: 0 };
        let head = reader.until("\r\n\r\n").await.unwrap();
        reader.status = head.split(' ').nth(1).unwrap().parse().unwrap();
        reader
    }

    async fn follow(address: SocketAddr, token: &str, since: Option<i64>) -> Reader {
        let last = since.map(|since| format!("\r\nlast-event-id: {since}")).unwrap_or_default();
        Reader::open(address, "/api/v1/live", &format!("authorization: Bearer {token}{last}")).await
    }

    /// The text up to a mark; `None` at the end of the stream. The time only keeps a broken test from hanging.
    async fn until(&mut self, mark: &str) -> Option<String> {
        loop {
            if let Some((before, after)) = self.text.split_once(mark) {
                let (before, after) = (before.to_string(), after.to_string());
                self.text = after;
                return Some(before);
            }
            let mut bytes = [0; 4096];
            let read = tokio::time::timeout(Duration::from_secs(60), self.socket.read(&mut bytes));
            match read.await.expect("something happens on the stream") {
                Ok(0) | Err(_) => return None,
                Ok(n) => self.text.push_str(std::str::from_utf8(&bytes[..n]).unwrap()),
            }
        }
    }

    /// The next event, or sign of life (which has no name).
    async fn next(&mut self) -> Option<Event> {
        let block = self.until("\n\n").await?;
        let mut event = Event::default();
        for line in block.lines() {
            match line.split_once(": ") {
                Some(("id", id)) => event.id = Some(id.parse().unwrap()),
                Some(("event", name)) => event.name = name.into(),
                Some(("data", data)) => event.data = data.into(),
                _ => assert!(line == ":" || line.starts_with("retry: "), "{line}"),
            }
        }
        Some(event)
    }

    /// The next event that a browser would tell its page.
    async fn told(&mut self) -> Option<Event> {
        loop {
            match self.next().await {
                Some(event) if event.name.is_empty() => {}
                other => return other,
            }
        }
    }

    /// The ids of what changes, up to a resource of that id.
    async fn ids_until(&mut self, last: &str) -> Vec<String> {
        let mut ids = Vec::new();
        while let Some(event) = self.told().await {
            if event.name != "change" {
                assert_eq!(event.name, "ready", "{event:?}");
                continue;
            }
            ids.push(event.get("id"));
            if ids.last().is_some_and(|id| id == last) {
                return ids;
            }
        }
        panic!("the stream ended after {ids:?}");
    }
}

#[tokio::test]
async fn nothing_is_missed_and_nothing_doubled_across_reconnects() {
    const WRITERS: usize = 4;
    const EACH: usize = 60;
    let w = world().await;
    let running = start(&w, Config::default()).await;
    let mut first = Reader::follow(running.address, &w.claire, None).await;
    assert_eq!(first.status, 200);
    let ready = first.told().await.unwrap();
    assert_eq!(ready.name, "ready");
    let write = |writer: usize| {
        let w = &w;
        async move {
            for n in 0..EACH {
                w.patient(&format!("p-{writer}-{n}"), "").await;
            }
        }
    };
    let follow = async {
        let (mut reader, mut since, mut seen) = (first, ready.id, Vec::new());
        let mut patience = 1;
        while seen.len() < WRITERS * EACH {
            let event = reader.told().await.expect("the stream goes on");
            if event.name != "change" {
                assert_eq!((event.name.as_str(), event.id), ("ready", since));
                continue;
            }
            since = event.id;
            seen.push((event.id.unwrap(), event.get("id")));
            // The connection breaks after 1, 2, 3 … 7 events, whatever has been sent already.
            if seen.len() % patience == 0 {
                patience = patience % 7 + 1;
                reader = Reader::follow(running.address, &w.claire, since).await;
            }
        }
        (reader, seen)
    };
    let ((mut reader, seen), ..) = tokio::join!(follow, write(0), write(1), write(2), write(3));
    assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0), "in the order of the feed");
    let ids: BTreeSet<&str> = seen.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!((ids.len(), seen.len()), (WRITERS * EACH, WRITERS * EACH));
    w.patient("last", "").await;
    assert_eq!(reader.ids_until("last").await, ["last"]);
}

#[tokio::test]
async fn what_a_caller_may_not_see_does_not_happen_for_them() {
    let w = world().await;
    w.hub.account_create("alpha", "sonia", &[Role::Secretary], None).await.unwrap();
    let sonia = w.hub.token_issue("alpha", "sonia", Purpose::Treatment, 3600).await.unwrap();
    let running = start(&w, Config::default()).await;
    let mut secretary = Reader::follow(running.address, &sonia, None).await;
    let mut physician = Reader::follow(running.address, &w.claire, None).await;
    let mut stranger = Reader::follow(running.address, &w.bruno, None).await;
    for reader in [&mut secretary, &mut physician, &mut stranger] {
        assert_eq!(reader.told().await.unwrap().name, "ready");
    }
    w.patient("a", "").await;
    let observation = r#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/a"}}"#;
    assert_eq!(w.put("/fhir/Observation/o", observation).send().await.status, 201);
    assert_eq!(w.delete("/fhir/Observation/o").send().await.status, 204);
    w.patient("b", "").await;
    let theirs = r#"{"resourceType":"Patient","id":"theirs"}"#;
    let put = w.ask("PUT", "/fhir/Patient/theirs").token(&w.bruno).json(theirs).send().await;
    assert_eq!(put.status, 201);
    assert_eq!(secretary.ids_until("b").await, ["a", "b"]);
    // The deletion had happened before anyone looked, or not: it comes in any case, the writing perhaps.
    let mut ids = physician.ids_until("b").await;
    ids.dedup();
    assert_eq!(ids, ["a", "o", "b"]);
    assert_eq!(stranger.ids_until("theirs").await, ["theirs"]);
    // No content: what was written, and where.
    let mut again = Reader::follow(running.address, &w.claire, Some(0)).await;
    let mut all = Vec::new();
    while all.last().is_none_or(|event: &Event| event.data.is_empty() || event.get("id") != "b") {
        all.push(again.told().await.unwrap());
    }
    let last = all.iter().find(|event| event.data.contains("\"delete\"")).unwrap();
    let (kind, patient) = (last.get("type"), last.get("patient"));
    assert_eq!((kind.as_str(), patient.as_str(), last.get("id").as_str()), ("Observation", "a", "o"));
    assert!(all.iter().all(|event| !event.data.contains("Potassium")));
}

#[tokio::test]
async fn what_is_said_among_some_happens_for_them_alone() {
    let w = world().await;
    let [ada, cleo, admin] = crate::conversations::talk(&w).await;
    let running = start(&w, Config::default()).await;
    let mut readers = Vec::new();
    for token in [&ada, &cleo, &admin] {
        let mut reader = Reader::follow(running.address, token, None).await;
        assert_eq!(reader.told().await.unwrap().name, "ready");
        readers.push(reader);
    }
    crate::conversations::said(&w, "talk-message-2", "", "message").await;
    w.patient("last", "").await;
    assert_eq!(readers[0].ids_until("last").await, ["talk-message-2", "last"]);
    assert_eq!(readers[1].ids_until("last").await, ["last"]);
    assert_eq!(readers[2].ids_until("last").await, ["last"]);
}

#[tokio::test]
async fn the_tenant_of_the_path_is_the_callers() {
    let w = world().await;
    let running = start(&w, Config::default()).await;
    let bearer = |token: &str| format!("authorization: Bearer {token}");
    let own = Reader::open(running.address, "/t/alpha/api/v1/live", &bearer(&w.claire)).await;
    let other = Reader::open(running.address, "/t/beta/api/v1/live", &bearer(&w.claire)).await;
    let nobody = Reader::open(running.address, "/api/v1/live", "x-nothing: 1").await;
    let wrong = Reader::open(running.address, "/api/v1/live?since=-3", &bearer(&w.claire)).await;
    let header = format!("{}\r\nlast-event-id: 1;drop", bearer(&w.claire));
    let odd = Reader::open(running.address, "/api/v1/live", &header).await;
    let statuses = [&own, &other, &nobody, &wrong, &odd].map(|reader| reader.status);
    assert_eq!(statuses, [200, 404, 401, 400, 400]);
}

/// A session of the web app of claire's, and its family.
async fn session(w: &World) -> (String, uuid::Uuid) {
    let account = w.hub.account("alpha", "claire").await.unwrap().unwrap();
    let new = NewToken {
        tenant: "alpha".into(),
        account: account.id,
        kind: TokenKind::Session,
        purpose: Purpose::Treatment,
        ttl_s: 12 * 3600,
        idle_s: Some(1800),
        family: None,
        grant: Grant::default(),
    };
    let (token, family) = w.hub.token_issue_new(new).await.unwrap();
    (format!("cookie: medhub_session={token}"), family)
}

#[tokio::test]
async fn a_session_that_is_ended_ends_its_stream() {
    let w = world().await;
    let running = start(&w, watchful()).await;
    let (cookie, family) = session(&w).await;
    let mut reader = Reader::open(running.address, "/api/v1/live", &cookie).await;
    assert_eq!(reader.told().await.unwrap().name, "ready");
    w.patient("before", "").await;
    assert_eq!(reader.ids_until("before").await, ["before"]);
    w.hub.family_end(family).await.unwrap();
    w.patient("after", "").await;
    let end = reader.told().await.unwrap();
    assert_eq!((end.name.as_str(), end.data.as_str()), ("end", r#"{"reason":"session"}"#));
    assert_eq!(reader.told().await, None);
    assert_eq!(Reader::open(running.address, "/api/v1/live", &cookie).await.status, 401);
}

#[tokio::test]
async fn following_is_no_activity() {
    let w = world().await;
    let running = start(&w, watchful()).await;
    let (cookie, _) = session(&w).await;
    w.clock.advance(Duration::from_secs(20 * 60));
    // Opened when the session was last used long ago: that is no use either, and no sign of life is.
    let mut reader = Reader::open(running.address, "/api/v1/live", &cookie).await;
    assert_eq!(reader.told().await.unwrap().name, "ready");
    assert_eq!(reader.next().await.unwrap().name, "");
    w.patient("a", "").await;
    assert_eq!(reader.ids_until("a").await, ["a"]);
    w.clock.advance(Duration::from_secs(11 * 60));
    let end = reader.told().await.unwrap();
    assert_eq!((end.name.as_str(), end.data.as_str()), ("end", r#"{"reason":"session"}"#));
}

#[tokio::test]
async fn who_comes_back_too_late_reads_everything_anew() {
    let w = world().await;
    let mut config = Config::default();
    config.limits.live_behind = 5;
    let running = start(&w, config).await;
    for n in 0..8 {
        w.patient(&format!("p{n}"), "").await;
    }
    let top = w.hub.tenant("alpha").await.unwrap().top().await.unwrap();
    for since in [1, top + 100] {
        let mut reader = Reader::follow(running.address, &w.claire, Some(since)).await;
        assert_eq!(reader.told().await.unwrap().name, "ready");
        let reset = reader.told().await.unwrap();
        assert_eq!((reset.name.as_str(), reset.id), ("reset", Some(top)));
    }
    let mut reader = Reader::follow(running.address, &w.claire, Some(top - 2)).await;
    assert_eq!(reader.ids_until("p7").await, ["p6", "p7"]);
}

/// Reads the body of an answer until an event of that name, or about that id, has come; all names and ids.
async fn read_until(body: &mut axum::body::Body, name: &str, id: &str) -> Vec<(String, String)> {
    let mut seen: Vec<(String, String)> = Vec::new();
    while seen.last().is_none_or(|(n, i)| n != name && i != id) {
        let part = body.frame().await.unwrap().unwrap().into_data().unwrap();
        let text = String::from_utf8(part.to_vec()).unwrap();
        for block in text.split("\n\n") {
            let line = |field: &str| block.lines().find_map(|line| line.strip_prefix(field)).unwrap_or("");
            let event = Event { data: line("data: ").into(), ..Event::default() };
            let id = if event.data.is_empty() { String::new() } else { event.get("id") };
            if !line("event: ").is_empty() {
                seen.push((line("event: ").to_string(), id));
            }
        }
    }
    seen
}

#[tokio::test]
async fn who_does_not_read_is_told_to_read_anew_or_misses_nothing() {
    const WRITTEN: usize = 300;
    let w = world().await;
    let mut config = Config::default();
    config.limits.live_behind = 20;
    let app = edge::App::new(config, w.hub.clone(), &w.catalog, w.runner.clone(), Arc::new(Page), None);
    let bearer = format!("Bearer {}", w.claire);
    let request = http::Request::get("/api/v1/live").header("authorization", bearer);
    let peer = edge::Peer { address: [127, 0, 0, 1].into(), tls: false };
    let response = app.handle(request.body(axum::body::Body::empty()).unwrap(), peer).await;
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    for n in 0..WRITTEN {
        w.patient(&format!("p{n}"), "").await;
    }
    let mut seen = read_until(&mut body, "reset", "p299").await;
    w.patient("last", "").await;
    let anew = seen.last().is_some_and(|(name, _)| name == "reset");
    seen.extend(read_until(&mut body, "nothing else", "last").await);
    let told: Vec<usize> = seen.iter().filter_map(|(_, id)| id.strip_prefix('p')?.parse().ok()).collect();
    assert_eq!(told, (0..told.len()).collect::<Vec<_>>(), "a beginning without holes");
    assert!(anew || told.len() == WRITTEN, "{} of {WRITTEN} without a reset", told.len());
}

#[tokio::test]
async fn streams_are_counted_and_end_with_the_program() {
    let w = world().await;
    let mut config = Config::default();
    config.limits.live_streams_of_caller = 2;
    config.limits.live_streams = 3;
    let running = start(&w, config).await;
    let mut one = Reader::follow(running.address, &w.claire, None).await;
    let two = Reader::follow(running.address, &w.claire, None).await;
    let three = Reader::follow(running.address, &w.claire, None).await;
    assert_eq!([one.status, two.status, three.status], [200, 200, 429]);
    let admin = Reader::follow(running.address, &w.admin, None).await;
    let none = Reader::follow(running.address, &w.auditor, None).await;
    assert_eq!([admin.status, none.status], [200, 429]);
    // Who leaves makes room, as soon as the server notices.
    drop(two);
    let mut four = loop {
        let reader = Reader::follow(running.address, &w.claire, None).await;
        if reader.status == 200 {
            break reader;
        }
        assert_eq!(reader.status, 429);
        tokio::task::yield_now().await;
    };
    assert_eq!(one.told().await.unwrap().name, "ready");
    assert_eq!(four.told().await.unwrap().name, "ready");
    running.stop.send(()).unwrap();
    for reader in [&mut one, &mut four] {
        let end = reader.told().await.unwrap();
        assert_eq!((end.name.as_str(), end.data.as_str()), ("end", r#"{"reason":"restart"}"#));
        assert_eq!(reader.told().await, None);
    }
    running.task.await.unwrap();
}

#[tokio::test]
async fn opening_a_stream_is_recorded() {
    let w = world().await;
    let running = start(&w, Config::default()).await;
    let mut reader = Reader::follow(running.address, &w.claire, None).await;
    assert_eq!(reader.told().await.unwrap().name, "ready");
    let log = w.ask("GET", "/fhir/AuditEvent?_count=50").token(&w.auditor).send().await;
    let json = log.json();
    let live = json.each("entry").filter(|entry| entry.to_string().contains("bGl2ZQ==")).count();
    assert_eq!(live, 1, "{json}");
}

const REPORT: &str = r#"{"resourceType":"Bundle","type":"transaction","entry":[
 {"resource":{"resourceType":"Observation","id":"k","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}],"text":"Potassium"},"subject":{"reference":"Patient/a"},"effectiveDateTime":"2026-11-22T07:00:00Z","valueQuantity":{"value":6.9,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}},"request":{"method":"PUT","url":"Observation/k"}},
 {"resource":{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"Ionogramme"},"subject":{"reference":"Patient/a"},"issued":"2026-11-22T07:30:00Z","result":[{"reference":"Observation/k"}]},"request":{"method":"PUT","url":"DiagnosticReport/r"}}]}"#;

#[tokio::test]
async fn a_result_arrives_is_seen_and_is_acknowledged() {
    let w = world().await;
    let running = start(&w, Config::default()).await;
    let mut reader = Reader::follow(running.address, &w.claire, None).await;
    assert_eq!(reader.told().await.unwrap().name, "ready");
    w.patient("a", "").await;
    assert_eq!(w.post("/fhir", REPORT).send().await.status, 200);
    w.runner.drain().await.unwrap();
    let mut types = Vec::new();
    while types.last().is_none_or(|kind| kind != "Task") {
        let event = reader.told().await.unwrap();
        assert_eq!(event.get("patient"), "a");
        types.push(event.get("type"));
    }
    assert_eq!(types, ["Patient", "Observation", "DiagnosticReport", "Task"]);
    let inbox = w.get("/api/v1/results/inbox?filter=team").send().await;
    let items: Vec<String> =
        inbox.json().each("items").map(|item| item.get_str("flags").unwrap().into()).collect();
    assert_eq!((inbox.status, items), (200, vec!["critical".to_string()]));
    let done = w.post("/api/v1/results/r/acknowledge", r#"{"comment":"Appelé"}"#).send().await;
    assert_eq!((done.status, done.json().get_str("state")), (200, Some("done")));
    assert_eq!(w.post("/api/v1/results/r/acknowledge", "{}").send().await.status, 409);
    assert_eq!(reader.told().await.unwrap().get("type"), "Task");
    let find = w.get("/api/v1/patients/a/find?q=IONO").send().await;
    assert_eq!((find.status, find.json().each("hits").count()), (200, 1));
    assert_eq!(w.get("/api/v1/patients/a/find?q=").send().await.status, 422);
    // Without a professional's record nobody orders.
    let order =
        w.post("/api/v1/patients/a/orders", r#"{"items":[{"kind":"lab","code":"1988-5"}]}"#).send().await;
    assert_eq!(order.status, 403);
}
