//! A hub with two tenants, `alpha` and `beta`, and the edge in front of it, without sockets.

use axum::body::Body;
use edge::{App, Asset, Assets, Config, Demo, DemoAccount, Peer};
use fhir::{Json, ResourceType};
use http::{HeaderMap, Request, header};
use identity::account::{Profile, operator};
use identity::{Identity, Parts, Sample};
use service::testing::{AllCare, MockClock, SeededIds};
use service::{Catalog, Handler, Method, Pace, Route, RouteCtx, RouteReply, RouteRequest, Runner, Service};
use std::sync::Arc;
use std::time::Duration;
use store::{Hub, NewTenant, Purpose, Role};

pub struct World {
    pub hub: Arc<Hub>,
    pub catalog: Catalog,
    pub runner: Arc<Runner>,
    pub app: Arc<App>,
    pub clock: Arc<MockClock>,
    /// What would have been mailed.
    pub outbox: Arc<service::Outbox>,
    /// Token of a clinician of `alpha`.
    pub claire: String,
    /// Token of an administrator of `alpha`.
    pub admin: String,
    /// Token of an auditor of `alpha`.
    pub auditor: String,
    /// Token of a clinician of `beta`.
    pub bruno: String,
}

/// A service with one verb, `GET echo/{word}`: the patient of that id, as the store shows it.
pub struct Echo;

impl Service for Echo {
    fn name(&self) -> &'static str {
        "echo"
    }

    fn owns(&self) -> &[ResourceType] {
        &[]
    }

    fn routes(&self) -> Vec<Route> {
        let handler = Arc::new(Echo);
        vec![Route {
            method: Method::Get,
            path: "echo/{word}",
            summary: "Says a patient again",
            access: service::Access::SignedIn,
            handler,
        }]
    }
}

#[async_trait::async_trait]
impl Handler for Echo {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> store::Result<RouteReply> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, request.param("word")).await?;
        let louder = request.query("louder").map_or(200, |_| 202);
        Ok(RouteReply { body: found.body, ..RouteReply::empty(louder) })
    }
}

pub struct Page;

impl Assets for Page {
    fn get(&self, path: &str) -> Option<Asset> {
        let bytes: &'static [u8] = match path {
            "index.html" => b"<!doctype html><title>Medical Hub</title>",
            "assets/app-1.js" => b"export {}",
            _ => return None,
        };
        Some(Asset { bytes: bytes.into(), etag: path.len().to_string() })
    }
}

/// An answer, read to its end.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Json<'_> {
        fhir::json::parse(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The names of the issues' sentences.
    pub fn issues(&self) -> Vec<String> {
        let json = self.json();
        assert_eq!(json.get_str("resourceType"), Some("OperationOutcome"), "{json}");
        let key = |issue: &Json<'_>| {
            let coding = issue.get("details").and_then(|d| d.each("coding").next());
            coding.and_then(|c| c.get_str("code")).unwrap_or("").to_string()
        };
        json.each("issue").map(key).collect()
    }

    pub fn id(&self) -> String {
        self.json().get_str("id").unwrap().to_string()
    }

    /// Ids of a Bundle's entries with this search mode.
    pub fn entries(&self, mode: &str) -> Vec<String> {
        let json = self.json();
        let entries =
            json.each("entry").filter(|e| e.get("search").and_then(|s| s.get_str("mode")) == Some(mode));
        entries.filter_map(|e| e.get("resource")?.get_str("id").map(String::from)).collect()
    }
}

pub async fn world() -> World {
    world_with(Config::default(), None).await
}

pub async fn demo_world() -> World {
    let account = DemoAccount {
        user: "claire".into(),
        name: "Dr Claire EXEMPLE".into(),
        title: "Anesthésiste".into(),
        roles: vec!["clinician".into()],
    };
    world_with(Config::default(), Some(Demo { tenant: "alpha".into(), accounts: vec![account] })).await
}

pub async fn world_with(config: Config, demo: Option<Demo>) -> World {
    let clock = Arc::new(MockClock::default());
    let hub = Hub::in_memory(clock.clone(), Arc::new(SeededIds::default())).await.unwrap();
    let outbox = Arc::new(service::Outbox::default());
    let sample = demo.as_ref().map(|demo| Sample { tenant: demo.tenant.clone(), outbox: outbox.clone() });
    let parts = Parts { mailer: outbox.clone(), sample, ..Parts::default() };
    let identity = Arc::new(Identity::new(parts));
    let catalog = Catalog::new(vec![
        identity,
        Arc::new(records::Records),
        Arc::new(scheduling::Scheduling::default()),
        Arc::new(surgery::Surgery),
        Arc::new(Echo),
    ])
    .unwrap();
    // These tests are about the protocol: who cares for whom is told in `identity` and `store`.
    hub.ties_set(Arc::new(AllCare));
    let pace = Pace { attempts: 2, first: Duration::ZERO, longest: Duration::ZERO };
    let runner = Runner::new(hub.clone(), &catalog, pace);
    for (name, host) in [("alpha", Some("alpha.example")), ("beta", None)] {
        let new = NewTenant { name: name.into(), title: name.to_uppercase(), host: host.map(String::from) };
        hub.tenant_create(new).await.unwrap();
    }
    let accounts = [
        ("alpha", "claire", Role::Clinician),
        ("alpha", "admin", Role::MedicalAdmin),
        ("alpha", "auditor", Role::Auditor),
        ("beta", "bruno", Role::Clinician),
    ];
    let mut tokens = Vec::new();
    for (tenant, user, role) in accounts {
        hub.account_create(tenant, user, &[role], None).await.unwrap();
        let named = demo.iter().flat_map(|demo| &demo.accounts).find(|account| account.user == user);
        if let Some(account) = named {
            let profile = Profile { name: account.name.clone(), ..Profile::default() };
            operator::describe(&hub, tenant, user, &profile).await.unwrap();
        }
        tokens.push(hub.token_issue(tenant, user, Purpose::Treatment, 3600).await.unwrap());
    }
    let app = App::new(config, hub.clone(), &catalog, runner.clone(), Arc::new(Page), demo);
    let [claire, admin, auditor, bruno] = tokens.try_into().unwrap();
    World { hub, catalog, runner, app, clock, outbox, claire, admin, auditor, bruno }
}

/// A request in the making.
pub struct Ask<'w> {
    world: &'w World,
    request: http::request::Builder,
    body: Body,
    address: [u8; 4],
}

impl World {
    pub fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "hub.test");
        Ask { world: self, request, body: Body::empty(), address: [127, 0, 0, 1] }
    }

    /// As the clinician of `alpha`.
    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask("GET", path).token(&self.claire)
    }

    pub fn post(&self, path: &str, body: &str) -> Ask<'_> {
        self.ask("POST", path).token(&self.claire).json(body)
    }

    pub fn put(&self, path: &str, body: &str) -> Ask<'_> {
        self.ask("PUT", path).token(&self.claire).json(body)
    }

    pub fn delete(&self, path: &str) -> Ask<'_> {
        self.ask("DELETE", path).token(&self.claire)
    }

    /// Writes `Patient/{id}` of `alpha`.
    pub async fn patient(&self, id: &str, more: &str) -> Reply {
        let body = format!(r#"{{"resourceType":"Patient","id":"{id}"{more}}}"#);
        let reply = self.put(&format!("/fhir/Patient/{id}"), &body).send().await;
        assert!(matches!(reply.status, 200 | 201), "{}", String::from_utf8_lossy(&reply.body));
        reply
    }
}

impl Ask<'_> {
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn json(self, body: &str) -> Self {
        self.body(body.as_bytes().to_vec()).header("content-type", "application/fhir+json")
    }

    pub fn body(mut self, body: Vec<u8>) -> Self {
        self.body = Body::from(body);
        self
    }

    pub fn from(mut self, address: [u8; 4]) -> Self {
        self.address = address;
        self
    }

    pub async fn send(self) -> Reply {
        let peer = Peer { address: self.address.into(), tls: false };
        let response = self.world.app.handle(self.request.body(self.body).unwrap(), peer).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}
