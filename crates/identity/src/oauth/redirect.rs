//! Addresses that a browser is sent to. Compared character by character; of a loopback address the port is
//! free (RFC 8252 §7.3).

const LENGTH_MAX: usize = 500;

/// Whether an address may be registered: `https`, a loopback address for apps on the same machine, or a private
/// scheme in reverse-domain form such as `org.example.app:/back` (RFC 8252 §7.1).
pub(crate) fn registrable(uri: &str) -> bool {
    // Plain characters only, so that every reader of the address sees the same one.
    let plain = uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()+,;=%".contains(&b));
    if !plain || uri.len() > LENGTH_MAX {
        return false;
    }
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    match scheme {
        "https" => host(rest).is_some(),
        "http" => loopback(uri).is_some(),
        private => {
            let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.".contains(&b);
            private.contains('.')
                && private.bytes().all(fine)
                && private.starts_with(|c: char| c.is_ascii_lowercase())
                && rest.starts_with('/')
        }
    }
}

/// An `https` address of a web page.
pub(crate) fn is_web(uri: &str) -> bool {
    uri.starts_with("https://") && registrable(uri)
}

/// An address to fetch or to launch: `https`, or this machine.
pub(crate) fn is_web_or_loopback(uri: &str) -> bool {
    registrable(uri) && (uri.starts_with("https://") || uri.starts_with("http://"))
}

/// Whether the address is one of the registered ones.
pub(crate) fn matches(registered: &[String], uri: &str) -> bool {
    if registered.iter().any(|r| r == uri) {
        return true;
    }
    let Some(asked) = loopback(uri).filter(|_| registrable(uri)) else { return false };
    registered.iter().filter_map(|r| loopback(r)).any(|known| known == asked)
}

/// Whether any program of the machine could be behind the address: such a client must ask its person each time.
pub(crate) fn is_shared(uri: &str) -> bool {
    !uri.starts_with("https://")
}

/// The host, to show.
pub(crate) fn shown(uri: &str) -> String {
    let rest = uri.split_once(':').map_or("", |(_, rest)| rest);
    match host(rest) {
        Some(host) => host.to_string(),
        None => uri.split(':').next().unwrap_or("").to_string(),
    }
}

/// Host with port of `//host:port/…`; no user, no empty name.
fn host(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("//")?;
    let authority = rest.split(['/', '?']).next()?;
    let fits = !authority.is_empty() && !authority.contains('@') && !authority.starts_with(':');
    fits.then_some(authority)
}

/// Host without port, and what follows, of an `http` address of this machine.
fn loopback(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http:")?;
    let authority = host(rest)?;
    let path = &rest[2 + authority.len()..];
    let name = ["127.0.0.1", "[::1]", "localhost"].into_iter().find(|name| {
        let port = authority.strip_prefix(name).map(|p| p.strip_prefix(':').unwrap_or(p));
        let whole = authority == *name || authority.strip_prefix(name).is_some_and(|p| p.starts_with(':'));
        whole && port.is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()))
    })?;
    Some((name, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_registered() {
        for good in [
            "https://app.example/back",
            "https://app.example:8443/back?x=1",
            "http://127.0.0.1/back",
            "http://localhost:3000/",
            "http://[::1]:80/",
            "org.example.app:/back",
        ] {
            assert!(registrable(good), "{good}");
        }
        for bad in [
            "http://app.example/back",
            "https://app.example/#x",
            "https://user@app.example/",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "data:text/html,x",
            "myapp:/back",
            "https://app.example/ x",
            "https://app.example/\\evil",
            "http://localhost.evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "http://127.0.0.1.evil.example/",
            "/relative",
            "",
        ] {
            assert!(!registrable(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_match_exactly_but_for_a_loopback_port() {
        let known = ["https://app.example/back".to_string(), "http://127.0.0.1/back".to_string()];
        for good in ["https://app.example/back", "http://127.0.0.1/back", "http://127.0.0.1:51234/back"] {
            assert!(matches(&known, good), "{good}");
        }
        for bad in [
            "https://app.example/back/",
            "https://app.example/back?x",
            "https://app.example.evil/back",
            "https://APP.example/back",
            "http://127.0.0.1:5/other",
            "http://localhost:5/back",
            "http://127.0.0.1:5@evil/back",
            "http://127.0.0.1:x/back",
        ] {
            assert!(!matches(&known, bad), "{bad}");
        }
    }
}
