//! The web app's session cookie. It holds a token of kind `session`, of which the hub keeps only a hash; how long
//! it lasts is the token's affair.

/// Name of the cookie over TLS; the prefix makes the browser keep it to this host.
pub const SECURE_NAME: &str = "__Host-medhub";
/// Name of the cookie over plain HTTP, for a look on one's own machine.
pub const PLAIN_NAME: &str = "medhub_session";

/// Seconds without a request after which a session of the web app ends.
pub const IDLE_S: u64 = 30 * 60;
/// Seconds after which it ends in any case.
pub const ABSOLUTE_S: u64 = 12 * 3600;

/// The session's token among the request's cookies. Over TLS only the cookie counts that no other host and no
/// plain connection can set.
pub fn cookie(headers: &http::HeaderMap, secure: bool) -> Option<&str> {
    let wanted = if secure { SECURE_NAME } else { PLAIN_NAME };
    for value in headers.get_all(http::header::COOKIE) {
        let Ok(text) = value.to_str() else { continue };
        let mut pairs = text.split(';').take(50).filter_map(|pair| pair.trim().split_once('='));
        if let Some((_, token)) = pairs.find(|(name, _)| *name == wanted) {
            return Some(token).filter(|token| token.len() <= 512);
        }
    }
    None
}

/// `Set-Cookie` for a session; no token ends it.
pub fn set_cookie(token: Option<&str>, secure: bool) -> String {
    let name = if secure { SECURE_NAME } else { PLAIN_NAME };
    let flags = if secure { "; Secure" } else { "" };
    match token {
        Some(token) => format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{flags}"),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{flags}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue, header};

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
