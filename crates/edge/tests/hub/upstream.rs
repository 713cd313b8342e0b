//! Sign-in through another provider, with a simulator of Pro Santé Connect: it issues the same claims, signed by a
//! key of its own, and can be told to lie.

use crate::kit::{Page, Reply, World};
use crate::oauth::{encoded, param, text, value};
use edge::{App, Config};
use identity::upstream::{Kind, Provider};
use identity::{Identity, Parts};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use parking_lot::Mutex;
use serde_json::{Value, json};
use service::testing::{AllCare, MockClock, SeededIds};
use service::{Catalog, Http, HttpError, HttpReply, HttpRequest, Pace, Runner};
use std::sync::Arc;
use std::time::Duration;
use store::{Hub, NewTenant, Purpose, Role};

const ISSUER: &str = "https://psc.simulator.example/auth/realms/esante-wallet";
const IDNPS: &str = "899700218896";
const KEPT: &str = "what-the-page-keeps-for-itself";

/// The simulator.
struct PscSimulator {
    clock: Arc<MockClock>,
    key: EncodingKey,
    public: Jwk,
    /// What the next ID token says otherwise; `null` takes a claim away.
    lies: Mutex<Value>,
    /// What the next userinfo says otherwise.
    told: Mutex<Value>,
    /// The nonce and the challenge of the request under way.
    asked: Mutex<(String, String)>,
    /// Signs instead of the own key.
    forger: Mutex<Option<EncodingKey>>,
}

impl PscSimulator {
    fn new(clock: Arc<MockClock>) -> PscSimulator {
        let rng = aws_lc_rs::rand::SystemRandom::new();
        let signing = &aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(signing, &rng).unwrap();
        let key = EncodingKey::from_ec_der(pair.as_ref());
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
        public.common.key_id = Some("psc-1".into());
        PscSimulator {
            clock,
            key,
            public,
            lies: Mutex::new(json!({})),
            told: Mutex::new(json!({})),
            asked: Mutex::default(),
            forger: Mutex::default(),
        }
    }

    fn token(&self, body: &str) -> Option<Value> {
        let form = store::search::SearchRequest::from_query(None, body).unwrap().params;
        let get =
            |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        let (nonce, challenge) = self.asked.lock().clone();
        assert_eq!(get("redirect_uri"), "http://hub.test/t/alpha/auth/upstream/psc/callback");
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, get("code_verifier").as_bytes());
        use base64::Engine;
        assert_eq!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest), challenge);
        let code = get("code");
        if code != "good-code" {
            return None;
        }
        let now = store::Clock::now_ms(&*self.clock) / 1000;
        let mut claims = json!({
            "iss": ISSUER, "aud": "medhub", "azp": "medhub", "sub": "f:550dc1c8:899700218896", "nonce": nonce,
            "iat": now, "exp": now + 300, "acr": "eidas1", "amr": ["pwd", "otp"],
        });
        change(&mut claims, &self.lies.lock());
        let header = Header { kid: Some("psc-1".into()), ..Header::new(Algorithm::ES256) };
        let forger = self.forger.lock().clone();
        let key = forger.as_ref().unwrap_or(&self.key);
        let id_token = jsonwebtoken::encode(&header, &claims, key).unwrap();
        Some(json!({"access_token": "at", "token_type": "Bearer", "expires_in": 120, "id_token": id_token}))
    }

    fn userinfo(&self) -> Value {
        let mut out = json!({
            "sub": "f:550dc1c8:899700218896", "SubjectNameID": IDNPS, "given_name": "DOC0021889",
            "family_name": "TEST", "preferred_username": IDNPS,
            "SubjectRole": ["10^1.2.250.1.213.1.1.5.5"],
            "SubjectRefPro": {"codeCivilite": "M", "exercices": [{"codeProfession": "10", "codeCategorieProfessionnelle": "C"}]},
        });
        change(&mut out, &self.told.lock());
        out
    }
}

fn change(claims: &mut Value, by: &Value) {
    for (name, value) in by.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            other => claims[name] = other.clone(),
        }
    }
}

#[async_trait::async_trait]
impl Http for PscSimulator {
    async fn send(&self, request: HttpRequest) -> Result<HttpReply, HttpError> {
        let path = request.url.strip_prefix(ISSUER).ok_or(HttpError::Unreachable)?;
        let body = match path {
            "/.well-known/wallet-openid-configuration" => Some(json!({
                "issuer": ISSUER,
                "authorization_endpoint": "https://wallet.simulator.example/auth",
                "token_endpoint": format!("{ISSUER}/protocol/openid-connect/token"),
                "userinfo_endpoint": format!("{ISSUER}/protocol/openid-connect/userinfo"),
                "jwks_uri": format!("{ISSUER}/protocol/openid-connect/certs"),
            })),
            "/protocol/openid-connect/certs" => Some(json!({ "keys": [self.public] })),
            "/protocol/openid-connect/token" => {
                assert!(
                    request.headers.iter().any(|(n, v)| *n == "authorization" && v.starts_with("Basic "))
                );
                self.token(std::str::from_utf8(&request.body).unwrap())
            }
            "/protocol/openid-connect/userinfo" => {
                assert!(request.headers.contains(&("authorization", "Bearer at".to_string())));
                Some(self.userinfo())
            }
            other => panic!("{other}"),
        };
        let status = if body.is_some() { 200 } else { 400 };
        Ok(HttpReply { status, body: body.unwrap_or(json!({"error": "invalid_grant"})).to_string().into() })
    }
}

struct Stage {
    w: World,
    psc: Arc<PscSimulator>,
    clock: Arc<MockClock>,
}

async fn stage() -> Stage {
    let clock = Arc::new(MockClock::default());
    let hub = Hub::in_memory(clock.clone(), Arc::new(SeededIds::default())).await.unwrap();
    hub.ties_set(Arc::new(AllCare));
    let psc = Arc::new(PscSimulator::new(clock.clone()));
    let provider =
        Provider { simulator: true, ..Provider::pro_sante_connect(ISSUER, "medhub", Some("s3cret".into())) };
    let upstream = vec![provider];
    let identity = Identity::new(Parts { http: psc.clone(), upstream, ..Parts::default() });
    let catalog = Catalog::new(vec![Arc::new(records::Records), Arc::new(identity)]).unwrap();
    let pace = Pace { attempts: 2, first: Duration::ZERO, longest: Duration::ZERO };
    let runner = Runner::new(hub.clone(), &catalog, pace);
    for name in ["alpha", "beta"] {
        hub.tenant_create(NewTenant { name: name.into(), title: name.into(), host: None }).await.unwrap();
    }
    let mut tokens = Vec::new();
    let people = [
        ("claire", Role::Surgeon, Some("Practitioner/p1")),
        ("admin", Role::MedicalAdmin, None),
        ("auditor", Role::Auditor, None),
    ];
    for (user, role, person) in people {
        hub.account_create("alpha", user, &[role], person).await.unwrap();
        tokens.push(hub.token_issue("alpha", user, Purpose::Treatment, 36_000).await.unwrap());
    }
    let app = App::new(Config::default(), hub.clone(), &catalog, runner.clone(), Arc::new(Page), None);
    let [claire, admin, auditor] = tokens.try_into().unwrap();
    let (ours, outbox) = (clock.clone(), Arc::default());
    let w = World {
        hub,
        catalog,
        runner,
        app,
        clock: ours,
        outbox,
        bruno: String::new(),
        claire,
        admin,
        auditor,
    };
    Stage { w, psc, clock }
}

impl Stage {
    async fn practitioner(&self, system: &str, number: &str, more: &str) {
        let body = format!(
            r#"{{"resourceType":"Practitioner","id":"p1","identifier":[{{"system":"{system}","value":"{number}"}}],"name":[{{"family":"EXEMPLE"}}]{more}}}"#
        );
        let reply = self.w.ask("PUT", "/fhir/Practitioner/p1").token(&self.w.admin).json(&body).send().await;
        assert!(matches!(reply.status, 200 | 201), "{}", text(&reply));
    }

    /// Goes there; the state that comes back.
    async fn start(&self) -> String {
        let query = encoded(&[("nonce", KEPT), ("return", "/patients/7")]);
        let reply = self.w.ask("GET", &format!("/t/alpha/auth/upstream/psc/start?{query}")).send().await;
        assert_eq!(reply.status, 303, "{}", text(&reply));
        let to = reply.header("location");
        assert!(to.starts_with("https://wallet.simulator.example/auth?"), "{to}");
        assert_eq!(param(to, "scope").as_deref(), Some("openid scope_all"));
        assert_eq!(param(to, "acr_values").as_deref(), Some("eidas1"));
        *self.psc.asked.lock() = (param(to, "nonce").unwrap(), param(to, "code_challenge").unwrap());
        param(to, "state").unwrap()
    }

    /// Comes back; the ticket for the page.
    async fn back(&self, query: &[(&str, &str)]) -> Option<String> {
        let path = format!("/t/alpha/auth/upstream/psc/callback?{}", encoded(query));
        let reply = self.w.ask("GET", &path).send().await;
        assert_eq!(reply.status, 303, "{}", text(&reply));
        assert_eq!(reply.header("set-cookie"), "");
        assert!(reply.header("location").starts_with("/connexion"));
        param(reply.header("location"), "upstream")
    }

    async fn finish(&self, ticket: &str, nonce: &str) -> Reply {
        let body = json!({"ticket": ticket, "nonce": nonce}).to_string();
        let ask = self.w.ask("POST", "/t/alpha/api/v1/auth/upstream/finish").header("x-medhub", "1");
        ask.json(&body).send().await
    }

    async fn sign_in(&self) -> Reply {
        let state = self.start().await;
        let ticket = self.back(&[("code", "good-code"), ("state", &state)]).await.unwrap();
        self.finish(&ticket, KEPT).await
    }

    /// The sentence's name when nobody comes in.
    async fn refusal(&self) -> String {
        let reply = self.sign_in().await;
        assert!(matches!(reply.status, 401 | 403), "{}", text(&reply));
        assert_eq!(reply.header("set-cookie"), "");
        value(&reply)["code"].as_str().unwrap().to_string()
    }
}

#[tokio::test]
async fn a_professional_is_known_by_the_national_identifier() {
    let s = stage().await;
    for (system, number) in [
        ("urn:oid:1.2.250.1.71.4.2.1", IDNPS),
        ("https://rpps.esante.gouv.fr", "99700218896"),
        ("http://rpps.fr", "99700218896"),
    ] {
        s.practitioner(system, number, "").await;
        let reply = s.sign_in().await;
        assert_eq!(reply.status, 200, "{system}: {}", text(&reply));
        let me = value(&reply);
        assert_eq!((&me["user"], &me["return"]), (&json!("claire"), &json!("/patients/7")));
        let cookie = reply.header("set-cookie").split(';').next().unwrap().to_string();
        let me = value(&s.w.ask("GET", "/api/v1/me").header("cookie", &cookie).send().await);
        assert_eq!(me["user"], "claire");
    }
    let methods = value(&s.w.ask("GET", "/t/alpha/api/v1/auth/methods").send().await);
    assert_eq!(methods["upstream"], json!([{"id": "psc", "title": "Pro Santé Connect", "simulator": true}]));
}

#[tokio::test]
async fn who_matches_nothing_is_refused_with_a_sentence() {
    let s = stage().await;
    // The same name, the same account name: not the same number.
    s.practitioner("https://rpps.esante.gouv.fr", "10000000001", "").await;
    s.w.hub.account_create("alpha", IDNPS, &[Role::Surgeon], None).await.unwrap();
    assert_eq!(s.refusal().await, "upstream.unknown");
    s.practitioner("urn:oid:1.2.250.1.71.4.2.1", IDNPS, r#","active":false"#).await;
    assert_eq!(s.refusal().await, "upstream.unknown");
    s.practitioner("urn:oid:1.2.250.1.71.4.2.1", IDNPS, "").await;
    // Two accounts of one person: nobody can tell which.
    s.w.hub.account_create("alpha", "claire2", &[Role::Nurse], Some("Practitioner/p1")).await.unwrap();
    assert_eq!(s.refusal().await, "upstream.unknown");
    s.w.hub.account_disable("alpha", "claire2").await.unwrap();
    s.w.hub.account_disable("alpha", "claire").await.unwrap();
    assert_eq!(s.refusal().await, "upstream.unknown");
}

#[tokio::test]
async fn an_administrator_links_an_identity() {
    let s = stage().await;
    assert_eq!(s.refusal().await, "upstream.unknown");
    let id = s.w.hub.account("alpha", "claire").await.unwrap().unwrap().id;
    let path = format!("/api/v1/accounts/{id}/upstream");
    let body = json!({"provider": "psc", "subject": "f:550dc1c8:899700218896"}).to_string();
    for (token, status) in [(&s.w.claire, 403), (&s.w.auditor, 403), (&s.w.admin, 204)] {
        assert_eq!(s.w.ask("POST", &path).token(token).json(&body).send().await.status, status);
    }
    assert_eq!(value(&s.sign_in().await)["user"], "claire");
    let other = s.w.hub.account("alpha", "admin").await.unwrap().unwrap().id;
    let twice =
        s.w.ask("POST", &format!("/api/v1/accounts/{other}/upstream"))
            .token(&s.w.admin)
            .json(&body)
            .send()
            .await;
    assert!(twice.status >= 400, "an identity is one account's");
    let seen = value(&s.w.ask("GET", &path).token(&s.w.auditor).send().await);
    assert_eq!(seen["links"][0]["provider"], "psc");
    assert_eq!(s.w.ask("DELETE", &format!("{path}/psc")).token(&s.w.admin).send().await.status, 204);
    assert_eq!(s.refusal().await, "upstream.unknown");
}

#[tokio::test]
async fn answers_that_do_not_hold_let_nobody_in() {
    let s = stage().await;
    s.practitioner("urn:oid:1.2.250.1.71.4.2.1", IDNPS, "").await;
    let now = store::Clock::now_ms(&*s.clock) / 1000;
    let lies = [
        json!({"iss": "https://evil.example"}),
        json!({"aud": "other"}),
        json!({"aud": ["medhub", "other"], "azp": "other"}),
        json!({"nonce": "replayed"}),
        json!({"nonce": null}),
        json!({"exp": now - 61}),
        json!({"exp": null}),
        json!({"iat": now + 120}),
        json!({"acr": "eidas0"}),
        json!({"acr": null}),
        json!({"sub": "somebody-else"}),
    ];
    for lie in lies {
        *s.psc.lies.lock() = lie.clone();
        assert_eq!(s.refusal().await, "upstream.answer", "{lie}");
    }
    *s.psc.lies.lock() = json!({});
    for told in [json!({"SubjectNameID": null}), json!({"SubjectNameID": "x|y"}), json!({"sub": "other"})] {
        *s.psc.told.lock() = told.clone();
        assert_eq!(s.refusal().await, "upstream.answer", "{told}");
    }
    *s.psc.told.lock() = json!({});
    assert_eq!(s.sign_in().await.status, 200);
    // Signed by a key that is not the provider's.
    let forger = PscSimulator::new(s.clock.clone());
    *s.psc.forger.lock() = Some(forger.key);
    assert_eq!(s.refusal().await, "upstream.answer");
}

#[tokio::test]
async fn only_the_page_that_began_can_finish_and_once() {
    let s = stage().await;
    s.practitioner("urn:oid:1.2.250.1.71.4.2.1", IDNPS, "").await;
    let state = s.start().await;
    let good = [("code", "good-code"), ("state", state.as_str())];
    let ticket = s.back(&good).await.unwrap();
    assert_eq!(s.back(&good).await, None, "a state comes back once");
    // Somebody else's page, then the right one: the ticket is spent.
    assert_eq!(s.finish(&ticket, "what-another-page-keeps").await.status, 401);
    assert_eq!(s.finish(&ticket, KEPT).await.status, 401);
    // Given up there; a code that is not good; too late.
    let state = s.start().await;
    let ticket = s.back(&[("error", "access_denied"), ("state", &state)]).await.unwrap();
    assert_eq!(value(&s.finish(&ticket, KEPT).await)["code"], "upstream.refused-there");
    let state = s.start().await;
    let ticket = s.back(&[("code", "stolen"), ("state", &state)]).await.unwrap();
    assert_eq!(value(&s.finish(&ticket, KEPT).await)["code"], "upstream.answer");
    let state = s.start().await;
    s.clock.advance(Duration::from_secs(601));
    assert_eq!(s.back(&[("code", "good-code"), ("state", &state)]).await, None);
    assert_eq!(s.back(&[("code", "good-code"), ("state", "invented")]).await, None);
    let short = s.w.ask("GET", "/t/alpha/auth/upstream/psc/start?nonce=x").send().await;
    assert!(short.status >= 400);
    let unknown = s.w.ask("GET", &format!("/t/alpha/auth/upstream/other/start?nonce={KEPT}")).send().await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_provider_serves_the_tenant_it_is_for() {
    let provider = Provider {
        tenant: Some("beta".into()),
        kind: Kind::OpenId,
        ..Provider::pro_sante_connect(ISSUER, "x", None)
    };
    let clock = Arc::new(MockClock::default());
    let hub = Hub::in_memory(clock.clone(), Arc::new(SeededIds::default())).await.unwrap();
    let identity = Identity::new(Parts {
        http: Arc::new(PscSimulator::new(clock.clone())),
        upstream: vec![provider],
        ..Parts::default()
    });
    let catalog = Catalog::new(vec![Arc::new(identity)]).unwrap();
    let runner = Runner::new(
        hub.clone(),
        &catalog,
        Pace { attempts: 1, first: Duration::ZERO, longest: Duration::ZERO },
    );
    for name in ["alpha", "beta"] {
        hub.tenant_create(NewTenant { name: name.into(), title: name.into(), host: None }).await.unwrap();
    }
    let app = App::new(Config::default(), hub.clone(), &catalog, runner.clone(), Arc::new(Page), None);
    let [claire, admin, auditor, bruno]: [String; 4] = Default::default();
    let w = World { hub, catalog, runner, app, clock, outbox: Arc::default(), claire, admin, auditor, bruno };
    for (tenant, status) in [("alpha", 404), ("beta", 303)] {
        let path = format!("/t/{tenant}/auth/upstream/psc/start?nonce={KEPT}");
        assert_eq!(w.ask("GET", &path).send().await.status, status, "{tenant}");
    }
}
