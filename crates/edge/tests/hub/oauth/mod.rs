//! The authorization server, over HTTP: whole launches, and everything that must not work.

mod attack;
mod backend;
mod code_flow;
mod discovery;
mod registration;

use crate::kit::{Ask, Page, Reply, World};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use edge::{App, Config};
use identity::{Identity, Parts};
use serde_json::{Value, json};
use service::testing::{AllCare, MockClock, SeededIds};
use service::{Catalog, Http, HttpError, HttpReply, HttpRequest, Pace, Runner};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::{Grant, Hub, NewTenant, NewToken, Purpose, Role, TokenKind};

pub const BASE: &str = "http://hub.test/t/alpha";
pub const BACK: &str = "https://app.example/back";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Servers that answer from a table, instead of the internet.
#[derive(Default)]
pub struct Elsewhere(pub parking_lot::Mutex<HashMap<String, String>>);

#[async_trait::async_trait]
impl Http for Elsewhere {
    async fn send(&self, request: HttpRequest) -> Result<HttpReply, HttpError> {
        let body = self.0.lock().get(&request.url).cloned().ok_or(HttpError::Unreachable)?;
        Ok(HttpReply { status: 200, body: body.into() })
    }
}

pub struct Stage {
    pub w: World,
    pub clock: Arc<MockClock>,
    pub http: Arc<Elsewhere>,
    /// Cookie of Claire's session.
    pub cookie: String,
}

pub async fn stage() -> Stage {
    stage_with(true).await
}

/// `public`: whether the operator says under which address people reach us.
pub async fn stage_with(public: bool) -> Stage {
    let clock = Arc::new(MockClock::default());
    let hub = Hub::in_memory(clock.clone(), Arc::new(SeededIds::default())).await.unwrap();
    hub.ties_set(Arc::new(AllCare));
    let http = Arc::new(Elsewhere::default());
    let public_url = public.then(|| "http://hub.test".to_string());
    let identity = Identity::new(Parts { http: http.clone(), public_url, ..Parts::default() });
    let catalog = Catalog::new(vec![Arc::new(records::Records), Arc::new(identity)]).unwrap();
    let pace = Pace { attempts: 2, first: Duration::ZERO, longest: Duration::ZERO };
    let runner = Runner::new(hub.clone(), &catalog, pace);
    let mut tokens = Vec::new();
    for name in ["alpha", "beta"] {
        let new = NewTenant { name: name.into(), title: name.to_uppercase(), host: None };
        hub.tenant_create(new).await.unwrap();
    }
    let accounts = [
        ("alpha", "claire", Role::Clinician),
        ("alpha", "admin", Role::MedicalAdmin),
        ("alpha", "auditor", Role::Auditor),
        ("beta", "bruno", Role::MedicalAdmin),
    ];
    for (tenant, user, role) in accounts {
        hub.account_create(tenant, user, &[role], Some("Practitioner/p1")).await.unwrap();
        tokens.push(hub.token_issue(tenant, user, Purpose::Treatment, 36_000).await.unwrap());
    }
    let app = App::new(Config::default(), hub.clone(), &catalog, runner.clone(), Arc::new(Page), None);
    let [claire, admin, auditor, bruno] = tokens.try_into().unwrap();
    let (ours, outbox) = (clock.clone(), Arc::default());
    let w = World { hub, catalog, runner, app, clock: ours, outbox, claire, admin, auditor, bruno };
    let cookie = session(&w, "alpha", "claire").await.0;
    Stage { w, clock, http, cookie }
}

/// A session of the web app: its cookie, and the family.
pub async fn session(w: &World, tenant: &str, user: &str) -> (String, uuid::Uuid) {
    let account = w.hub.account(tenant, user).await.unwrap().unwrap().id;
    let now = w.hub.clock().now_ms();
    let grant = Grant {
        amr: vec!["pwd".into(), "otp".into()],
        factor_at: Some(now),
        second_factor: true,
        ..Grant::default()
    };
    let new = NewToken {
        tenant: tenant.into(),
        account,
        kind: TokenKind::Session,
        purpose: Purpose::Treatment,
        ttl_s: 12 * 3600,
        idle_s: Some(1800),
        family: None,
        grant,
    };
    let (token, family) = w.hub.token_issue_new(new).await.unwrap();
    (format!("medhub_session={token}"), family)
}

pub fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).to_string()
}

pub fn value(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|e| panic!("{e}: {} {}", reply.status, text(reply)))
}

pub fn encoded(params: &[(&str, &str)]) -> String {
    let one = |text: &str| {
        let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
        text.bytes()
            .map(|b| if keep(b) { (b as char).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    params.iter().map(|(n, v)| format!("{n}={}", one(v))).collect::<Vec<_>>().join("&")
}

/// A parameter of an address.
pub fn param(address: &str, name: &str) -> Option<String> {
    let query = address.split_once('?')?.1;
    let pairs = store::search::SearchRequest::from_query(None, query).unwrap().params;
    pairs.into_iter().find(|(n, _)| n == name).map(|(_, v)| v)
}

impl Stage {
    /// Registers a client as the administrator does: its answer.
    pub async fn client(&self, more: Value) -> Value {
        let mut told = json!({
            "name": "Courbes de croissance",
            "auth": "none",
            "redirect_uris": [BACK],
            "grant_types": ["authorization_code", "refresh_token"],
            "scopes": ["openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter",
                "offline_access", "online_access", "patient/*.cruds", "user/*.cruds"],
        });
        for (name, value) in more.as_object().unwrap() {
            told[name] = value.clone();
        }
        let ask = self.w.ask("POST", "/api/v1/oauth/clients").token(&self.w.admin).json(&told.to_string());
        let reply = ask.send().await;
        assert_eq!(reply.status, 201, "{}", text(&reply));
        value(&reply)
    }

    pub async fn public_client(&self) -> String {
        self.client(json!({})).await["id"].as_str().unwrap().to_string()
    }

    /// `/auth/authorize` with what is usual, `change`d; an empty value takes a parameter away.
    pub async fn authorize(&self, client: &str, change: &[(&str, &str)]) -> Reply {
        let aud = format!("{BASE}/fhir");
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", client),
            ("redirect_uri", BACK),
            ("scope", "openid fhirUser launch/patient offline_access patient/*.rs"),
            ("state", "s-1"),
            ("nonce", "n-1"),
            ("aud", &aud),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in change {
            params.retain(|(n, _)| n != name);
            params.push((name, value));
        }
        params.retain(|(_, value)| !value.is_empty());
        self.w.ask("GET", &format!("/t/alpha/auth/authorize?{}", encoded(&params))).send().await
    }

    pub async fn ticket(&self, client: &str, change: &[(&str, &str)]) -> String {
        let reply = self.authorize(client, change).await;
        assert_eq!(reply.status, 303, "{}", text(&reply));
        let to = reply.header("location");
        assert!(to.starts_with("/autoriser?") && to.ends_with("&tenant=alpha"), "{to}");
        param(to, "request").unwrap()
    }

    pub fn page(&self, method: &str, path: &str) -> Ask<'_> {
        self.w.ask(method, path).header("cookie", &self.cookie).header("x-medhub", "1")
    }

    pub async fn decide(&self, ticket: &str, decision: Value) -> Reply {
        let path = format!("/api/v1/oauth/requests/{ticket}");
        self.page("POST", &path).json(&decision.to_string()).send().await
    }

    /// The whole way to a code.
    pub async fn code(&self, client: &str, change: &[(&str, &str)]) -> String {
        self.w.patient("ada", "").await;
        let ticket = self.ticket(client, change).await;
        let reply = self.decide(&ticket, json!({"allow": true, "patient": "ada"})).await;
        assert_eq!(reply.status, 200, "{}", text(&reply));
        let to = value(&reply)["redirect"].as_str().unwrap().to_string();
        assert!(to.starts_with(BACK), "{to}");
        assert_eq!(param(&to, "state").as_deref(), Some("s-1"));
        assert_eq!(param(&to, "iss").as_deref(), Some(BASE));
        param(&to, "code").unwrap()
    }

    pub async fn post(&self, path: &str, params: &[(&str, &str)], authorization: Option<&str>) -> Reply {
        let mut ask = self.w.ask("POST", &format!("/t/alpha{path}"));
        ask = ask
            .header("content-type", "application/x-www-form-urlencoded")
            .body(encoded(params).into_bytes());
        if let Some(value) = authorization {
            ask = ask.header("authorization", value);
        }
        ask.send().await
    }

    pub async fn sell(&self, client: &str, code: &str) -> Reply {
        self.post("/auth/token", &sale(client, code), None).await
    }

    /// The whole way to tokens.
    pub async fn tokens(&self, client: &str, change: &[(&str, &str)]) -> Value {
        let code = self.code(client, change).await;
        let reply = self.sell(client, &code).await;
        assert_eq!(reply.status, 200, "{}", text(&reply));
        assert_eq!(reply.header("cache-control"), "no-store");
        value(&reply)
    }

    pub async fn refresh(&self, client: &str, token: &str) -> Reply {
        let params = [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client)];
        self.post("/auth/token", &params, None).await
    }

    /// The status of reading Ada's record with a token.
    pub async fn read(&self, token: &str) -> u16 {
        self.w.ask("GET", "/t/alpha/fhir/Patient/ada").token(token).send().await.status
    }

    pub fn now_s(&self) -> i64 {
        self.w.hub.clock().now_ms() / 1000
    }
}

pub fn sale<'a>(client: &'a str, code: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", client),
    ]
}

pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// What a signed token says, without a look at its signature.
pub fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

pub fn error(reply: &Reply) -> String {
    value(reply)["error"].as_str().unwrap_or("").to_string()
}
