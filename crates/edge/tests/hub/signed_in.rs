//! A browser of somebody, for the tests of sign-in: it keeps its cookie, and calls `alpha`.

use crate::kit::{Reply, World};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir::Json;
use identity::account::operator;

pub const PASSWORD: &str = "le tensiomètre bleu";

pub struct Browser<'w> {
    pub w: &'w World,
    pub cookie: String,
    pub headers: Vec<(&'static str, String)>,
    pub address: [u8; 4],
}

impl<'w> Browser<'w> {
    pub fn new(w: &'w World) -> Browser<'w> {
        Browser { w, cookie: String::new(), headers: Vec::new(), address: [192, 0, 2, 1] }
    }

    /// Calls `/t/alpha/api/v1/{path}`, or the path itself with a leading slash; keeps the cookie that comes.
    pub async fn call(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let path = if path.starts_with('/') { path.to_string() } else { format!("/t/alpha/api/v1/{path}") };
        let mut ask = self.w.ask(method, &path).header("x-medhub", "1").from(self.address);
        if !self.cookie.is_empty() {
            ask = ask.header("cookie", &self.cookie);
        }
        for (name, value) in &self.headers {
            ask = ask.header(name, value);
        }
        if !body.is_empty() {
            ask = ask.json(body);
        }
        let reply = ask.send().await;
        let set = reply.header("set-cookie").split(';').next().unwrap_or("").to_string();
        if !set.is_empty() {
            self.cookie = set;
        }
        reply
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.call("GET", path, "").await
    }

    pub async fn post(&mut self, path: &str, body: &str) -> Reply {
        self.call("POST", path, body).await
    }

    pub async fn login(&mut self, user: &str, password: &str) -> Reply {
        self.post("auth/login", &format!(r#"{{"user":"{user}","password":"{password}"}}"#)).await
    }

    /// Signs in with the password, which must do.
    pub async fn enter(&mut self, user: &str) {
        let reply = self.login(user, PASSWORD).await;
        assert_eq!(reply.status, 200, "{}", text(&reply));
    }

    /// Enrols an authenticator app; its secret and the recovery codes.
    pub async fn enrol(&mut self) -> (String, Vec<String>) {
        let begun = self.post("account/totp/begin", "").await;
        assert_eq!(begun.status, 200, "{}", text(&begun));
        let secret = member(&begun, "secret");
        let code = self.w.code(&secret);
        let done = self.post("account/totp/finish", &format!(r#"{{"code":"{code}"}}"#)).await;
        assert_eq!(done.status, 200, "{}", text(&done));
        let codes = done.json().each("recovery").filter_map(|c| c.as_str().map(String::from)).collect();
        (secret, codes)
    }

    /// The code of the problem that a call is refused with, and its status.
    pub async fn refusal(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let reply = self.call(method, path, body).await;
        (reply.status, code(&reply))
    }
}

impl World {
    /// Gives an account of `alpha` the password of the tests.
    pub async fn with_password(&self, user: &str) {
        operator::password(&self.hub, "alpha", user, PASSWORD).await.unwrap();
    }

    /// What an authenticator app shows now.
    pub fn code(&self, secret: &str) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let clock = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        let now = u64::try_from(self.hub.clock().now_ms() / 1000).unwrap();
        clock.generate(now).to_string()
    }

    /// The latest mail, once there are `count` of them.
    pub async fn mail(&self, count: usize) -> String {
        for _ in 0..2_000_000 {
            let mails = self.outbox.mails();
            if mails.len() >= count {
                assert_eq!(mails.len(), count);
                return mails[0].text.clone();
            }
            tokio::task::yield_now().await;
        }
        panic!("no mail came");
    }
}

pub fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).to_string()
}

pub fn member(reply: &Reply, name: &str) -> String {
    reply.json().get_str(name).unwrap_or_else(|| panic!("{name}: {}", text(reply))).to_string()
}

pub fn code(reply: &Reply) -> String {
    if reply.status < 400 {
        return String::new();
    }
    reply.json().get_str("code").unwrap_or("").to_string()
}

/// The token of the link in a mail.
pub fn token_of(mail: &str) -> String {
    let after = mail.split("#token=").nth(1).unwrap_or_else(|| panic!("no link: {mail}"));
    after.split('&').next().unwrap().to_string()
}

/// The queries (names of operations, kinds of sign-in) in the audit log, newest first.
pub async fn audited(w: &World) -> Vec<String> {
    let reply = w.ask("GET", "/t/alpha/fhir/AuditEvent?_count=100").token(&w.auditor).send().await;
    let json = reply.json();
    let mut out = Vec::new();
    for entry in json.each("entry") {
        for entity in entry.get("resource").unwrap().each("entity") {
            if let Some(query) = entity.get_str("query") {
                out.push(String::from_utf8(STANDARD.decode(query).unwrap()).unwrap());
            }
        }
    }
    out
}

pub fn list(json: &Json<'_>, name: &str) -> Vec<String> {
    json.each(name).filter_map(|v| v.as_str().map(String::from)).collect()
}
