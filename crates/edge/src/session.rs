//! Sessions of the web app: a cookie holds a random key, the memory holds the access token it stands for.
//!
//! A session ends after 30 minutes without a request, after 12 hours, at sign-out, when its token ends or its
//! account is disabled, and when the program restarts.

use aws_lc_rs::digest::{SHA256, digest};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const IDLE: Duration = Duration::from_secs(30 * 60);
const ABSOLUTE: Duration = Duration::from_secs(12 * 3600);

/// Name of the cookie over TLS; the prefix makes the browser keep it to this host.
pub const SECURE_NAME: &str = "__Host-medhub";
/// Name of the cookie over plain HTTP, for a look on one's own machine.
pub const PLAIN_NAME: &str = "medhub_session";

/// The sessions that are open.
pub struct Sessions {
    open: Mutex<HashMap<[u8; 32], Session>>,
    max: usize,
}

struct Session {
    token: String,
    started: Instant,
    used: Instant,
}

impl Session {
    fn over(&self, now: Instant) -> bool {
        now.duration_since(self.used) > IDLE || now.duration_since(self.started) > ABSOLUTE
    }
}

impl Sessions {
    pub fn new(max: usize) -> Self {
        Sessions { open: Mutex::default(), max }
    }

    /// Opens a session for a token; the answer is the cookie's value, of which only a hash is kept. `None`
    /// when no randomness is to be had.
    pub fn open(&self, token: String) -> Option<String> {
        let mut key = [0u8; 32];
        aws_lc_rs::rand::fill(&mut key).ok()?;
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let now = Instant::now();
        let mut open = self.open.lock();
        if open.len() >= self.max {
            open.retain(|_, session| !session.over(now));
        }
        if open.len() >= self.max {
            let oldest = open.iter().min_by_key(|(_, session)| session.used).map(|(hash, _)| *hash);
            oldest.and_then(|hash| open.remove(&hash));
        }
        open.insert(hash(&key), Session { token, started: now, used: now });
        Some(key)
    }

    /// The token of a session that is not over; counts as use.
    pub fn token(&self, key: &str) -> Option<String> {
        let (hash, now) = (hash(key), Instant::now());
        let mut open = self.open.lock();
        let session = open.get_mut(&hash)?;
        if session.over(now) {
            open.remove(&hash);
            return None;
        }
        session.used = now;
        Some(session.token.clone())
    }

    /// Ends a session; returns its token.
    pub fn close(&self, key: &str) -> Option<String> {
        self.open.lock().remove(&hash(key)).map(|session| session.token)
    }
}

fn hash(key: &str) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, key.as_bytes()).as_ref());
    out
}

/// The session's key among the request's cookies. Over TLS only the cookie counts that no other host and no
/// plain connection can set.
pub fn cookie(headers: &http::HeaderMap, secure: bool) -> Option<&str> {
    let wanted = if secure { SECURE_NAME } else { PLAIN_NAME };
    for value in headers.get_all(http::header::COOKIE) {
        let Ok(text) = value.to_str() else { continue };
        let mut pairs = text.split(';').take(50).filter_map(|pair| pair.trim().split_once('='));
        if let Some((_, key)) = pairs.find(|(name, _)| *name == wanted) {
            return Some(key);
        }
    }
    None
}

/// `Set-Cookie` for a session; no key ends it.
pub fn set_cookie(key: Option<&str>, secure: bool) -> String {
    let name = if secure { SECURE_NAME } else { PLAIN_NAME };
    let flags = if secure { "; Secure" } else { "" };
    match key {
        Some(key) => format!("{name}={key}; Path=/; HttpOnly; SameSite=Strict{flags}"),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{flags}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue, header};

    #[test]
    fn a_session_opens_and_closes() {
        let sessions = Sessions::new(2);
        let key = sessions.open("mh_token".into()).unwrap();
        assert_eq!(sessions.token(&key).as_deref(), Some("mh_token"));
        assert_eq!(sessions.token("other"), None);
        assert_eq!(sessions.close(&key).as_deref(), Some("mh_token"));
        assert_eq!(sessions.token(&key), None);
    }

    #[test]
    fn the_number_of_sessions_is_bounded() {
        let sessions = Sessions::new(2);
        let keys: Vec<String> = (0..3).map(|n| sessions.open(n.to_string()).unwrap()).collect();
        assert_eq!(keys.iter().filter(|key| sessions.token(key).is_some()).count(), 2);
    }

    #[test]
    fn finds_the_cookie() {
        let headers =
            HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("a=b; medhub_session=k; c"))]);
        assert_eq!(cookie(&headers, false), Some("k"));
        assert_eq!(cookie(&headers, true), None);
        assert!(
            set_cookie(Some("k"), true)
                .starts_with("__Host-medhub=k; Path=/; HttpOnly; SameSite=Strict; Secure")
        );
    }
}
