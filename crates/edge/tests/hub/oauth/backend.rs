//! Programs without a person: signed assertions, good ones and bad ones.

use super::*;
use aws_lc_rs::encoding::AsDer;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SYSTEM: [&str; 2] = ["system/Patient.rs", "system/Observation.cruds"];

/// A pair of keys, as a program keeps it.
struct Keys {
    private: EncodingKey,
    alg: Algorithm,
    public: Value,
}

fn keys(alg: Algorithm, kid: &str) -> Keys {
    let private = match alg {
        Algorithm::ES384 => {
            let rng = aws_lc_rs::rand::SystemRandom::new();
            let signing = &aws_lc_rs::signature::ECDSA_P384_SHA384_FIXED_SIGNING;
            let pair = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(signing, &rng).unwrap();
            EncodingKey::from_ec_der(pair.as_ref())
        }
        _ => {
            let pair = aws_lc_rs::signature::RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
            let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
            let pem = STANDARD.encode(der.as_ref());
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{pem}\n-----END PRIVATE KEY-----\n");
            EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap()
        }
    };
    let mut jwk = Jwk::from_encoding_key(&private, alg).unwrap();
    jwk.common.key_id = Some(kid.into());
    Keys { private, alg, public: serde_json::to_value(jwk).unwrap() }
}

impl Keys {
    fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some("k1".into()), ..Header::new(self.alg) };
        jsonwebtoken::encode(&header, claims, &self.private).unwrap()
    }
}

impl Stage {
    async fn program(&self, more: Value) -> String {
        let mut told = json!({
            "auth": "private_key_jwt", "grant_types": ["client_credentials"], "scopes": SYSTEM, "redirect_uris": [],
        });
        for (name, value) in more.as_object().unwrap() {
            told[name] = value.clone();
        }
        self.client(told).await["id"].as_str().unwrap().to_string()
    }

    fn assertion(&self, client: &str, jti: &str) -> Value {
        json!({
            "iss": client, "sub": client, "aud": format!("{BASE}/auth/token"), "jti": jti,
            "iat": self.now_s(), "exp": self.now_s() + 300,
        })
    }

    async fn present(&self, token: &str) -> Reply {
        let params = [
            ("grant_type", "client_credentials"),
            ("scope", "system/*.rs system/Patient.rs system/Observation.rs"),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", token),
        ];
        self.post("/auth/token", &params, None).await
    }
}

#[tokio::test]
async fn a_program_gets_a_short_token() {
    let s = stage().await;
    s.w.patient("ada", "").await;
    for alg in [Algorithm::ES384, Algorithm::RS384] {
        let keys = keys(alg, "k1");
        let client = s.program(json!({"jwks": {"keys": [keys.public]}})).await;
        let reply = s.present(&keys.sign(&s.assertion(&client, "j1"))).await;
        assert_eq!(reply.status, 200, "{}", text(&reply));
        let got = value(&reply);
        assert_eq!((&got["expires_in"], &got["token_type"]), (&json!(300), &json!("Bearer")));
        assert_eq!(got["scope"], "system/Patient.rs system/Observation.rs");
        assert!(got.get("refresh_token").is_none() && got.get("id_token").is_none());
        s.clock.advance(Duration::from_secs(301));
        assert_eq!(s.read(got["access_token"].as_str().unwrap()).await, 401);
    }
}

#[tokio::test]
async fn bad_assertions_are_all_refused_alike() {
    let s = stage().await;
    let (own, foreign) = (keys(Algorithm::ES384, "k1"), keys(Algorithm::ES384, "k1"));
    let client = s.program(json!({"jwks": {"keys": [own.public.clone()]}})).await;
    let good = |jti: &str| s.assertion(&client, jti);
    let with = |name: &str, value: Value| {
        let mut claims = good(name);
        claims[name] = value;
        own.sign(&claims)
    };
    let now = s.now_s();
    let none = {
        let part = |v: Value| URL_SAFE_NO_PAD.encode(v.to_string());
        format!("{}.{}.", part(json!({"alg": "none", "kid": "k1"})), part(good("none")))
    };
    // The public key taken for a shared secret.
    let confused = {
        let key = EncodingKey::from_secret(own.public["x"].as_str().unwrap().as_bytes());
        let header = Header { kid: Some("k1".into()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &good("hs"), &key).unwrap()
    };
    let bad = [
        ("forged", foreign.sign(&good("a"))),
        ("none", none),
        ("confused", confused),
        ("wrong audience", with("aud", json!("https://evil.example/token"))),
        ("other tenant", with("aud", json!("http://hub.test/t/beta/auth/token"))),
        ("no audience", with("aud", Value::Null)),
        ("other subject", with("sub", json!("other"))),
        ("unknown issuer", with("iss", json!("nobody"))),
        ("expired", with("exp", json!(now - 61))),
        ("too long", with("exp", json!(now + 600))),
        ("no end", with("exp", Value::Null)),
        ("of the future", with("iat", json!(now + 120))),
        ("not yet", with("nbf", json!(now + 120))),
        ("no jti", with("jti", json!(""))),
        ("long jti", with("jti", json!("j".repeat(300)))),
        ("cut", own.sign(&good("b")).rsplit_once('.').unwrap().0.to_string()),
        ("no token", "x".into()),
        ("an address of keys that was not registered", {
            let mut header = Header { kid: Some("k1".into()), ..Header::new(Algorithm::ES384) };
            header.jku = Some("https://evil.example/jwks".into());
            jsonwebtoken::encode(&header, &good("jku"), &own.private).unwrap()
        }),
        ("an extension that must be understood", {
            let mut header = Header { kid: Some("k1".into()), ..Header::new(Algorithm::ES384) };
            header.crit = Some(vec!["exp".into()]);
            jsonwebtoken::encode(&header, &good("crit"), &own.private).unwrap()
        }),
    ];
    let mut answers = Vec::new();
    for (what, token) in &bad {
        let reply = s.present(token).await;
        assert_eq!(reply.status, 401, "{what}");
        answers.push(value(&reply));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    // Clocks may differ by a minute.
    assert_eq!(s.present(&with("exp", json!(now - 50))).await.status, 200);
    assert_eq!(s.present(&with("iat", json!(now + 50))).await.status, 200);
    // Each assertion is good once.
    let token = own.sign(&good("once"));
    assert_eq!(s.present(&token).await.status, 200);
    assert_eq!(s.present(&token).await.status, 401);
}

#[tokio::test]
async fn an_address_that_the_caller_made_up_is_no_audience() {
    let s = stage_with(false).await;
    let keys = keys(Algorithm::ES384, "k1");
    let client = s.program(json!({"jwks": {"keys": [keys.public]}})).await;
    // What another server coaxed out of the client, brought to us under that server's name.
    let reply = s.present(&keys.sign(&s.assertion(&client, "a"))).await;
    assert_eq!((reply.status, error(&reply)), (400, "invalid_request".into()));
}

#[tokio::test]
async fn keys_by_address_are_fetched_kept_and_fetched_again_for_a_new_one() {
    let s = stage().await;
    let url = "https://lab.example/jwks";
    let (old, new) = (keys(Algorithm::ES384, "k0"), keys(Algorithm::ES384, "k1"));
    let publish =
        |keys: &Keys| s.http.0.lock().insert(url.into(), json!({"keys": [keys.public]}).to_string());
    let client = s.program(json!({"jwks_uri": url})).await;
    assert_eq!(s.present(&new.sign(&s.assertion(&client, "a"))).await.status, 401, "nobody answers there");
    publish(&old);
    s.clock.advance(Duration::from_secs(31));
    assert_eq!(s.present(&new.sign(&s.assertion(&client, "b"))).await.status, 401);
    publish(&new);
    assert_eq!(s.present(&new.sign(&s.assertion(&client, "c"))).await.status, 401, "not asked again at once");
    s.clock.advance(Duration::from_secs(31));
    assert_eq!(s.present(&new.sign(&s.assertion(&client, "d"))).await.status, 200);
    s.http.0.lock().clear();
    assert_eq!(s.present(&new.sign(&s.assertion(&client, "e"))).await.status, 200, "kept");
    let mut header = Header { kid: Some("k1".into()), ..Header::new(Algorithm::ES384) };
    header.jku = Some("https://evil.example/jwks".into());
    let claims = s.assertion(&client, "f");
    let lured = jsonwebtoken::encode(&header, &claims, &new.private).unwrap();
    assert_eq!(s.present(&lured).await.status, 401);
}

#[tokio::test]
async fn a_program_that_is_removed_is_out_at_once() {
    let s = stage().await;
    let keys = keys(Algorithm::ES384, "k1");
    let client = s.program(json!({"jwks": {"keys": [keys.public]}})).await;
    let got = value(&s.present(&keys.sign(&s.assertion(&client, "a"))).await);
    let token = got["access_token"].as_str().unwrap();
    let gone = s.w.ask("DELETE", &format!("/api/v1/oauth/clients/{client}")).token(&s.w.admin).send().await;
    assert_eq!(gone.status, 204);
    assert_eq!(s.read(token).await, 401);
    assert_eq!(s.present(&keys.sign(&s.assertion(&client, "b"))).await.status, 401);
}
