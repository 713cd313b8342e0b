//! Where a request comes from, and the address that it calls us by.

use crate::config::Config;
use http::{HeaderMap, Uri, header};
use std::net::{IpAddr, SocketAddr};

/// The connection a request came on.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    pub address: IpAddr,
    pub tls: bool,
}

/// The caller's address: the peer's, or what a proxy that we trust says in `X-Forwarded-For` (the last entry
/// that is not itself a trusted proxy). What stands before an entry that cannot be read is the caller's own
/// word, and not believed.
pub fn caller(headers: &HeaderMap, peer: Peer, config: &Config) -> IpAddr {
    if !config.trusted_proxies.contains(&peer.address) {
        return peer.address;
    }
    let values: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().map(|value| value.to_str().unwrap_or("")).collect();
    for said in values.iter().rev().flat_map(|value| value.rsplit(',')) {
        match address(said.trim()) {
            None => return peer.address,
            Some(address) if !config.trusted_proxies.contains(&address) => return address,
            Some(_) => {}
        }
    }
    peer.address
}

/// An address, with the port that some proxies add.
fn address(said: &str) -> Option<IpAddr> {
    said.parse().ok().or_else(|| Some(said.parse::<SocketAddr>().ok()?.ip()))
}

/// The host name that the request calls, without port, if it is well-formed.
pub fn host<'r>(headers: &'r HeaderMap, uri: &'r Uri) -> Option<&'r str> {
    let authority = authority(headers, uri)?;
    let name = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None => authority.split(':').next()?,
    };
    (!name.is_empty()).then_some(name)
}

fn authority<'r>(headers: &'r HeaderMap, uri: &'r Uri) -> Option<&'r str> {
    let text = match uri.authority() {
        Some(authority) => authority.as_str(),
        None => headers.get(header::HOST)?.to_str().ok()?,
    };
    let fits = text.len() <= 260 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b));
    fits.then_some(text)
}

/// `https://host:port`, as the caller sees us; empty when it says no host.
pub fn origin(headers: &HeaderMap, uri: &Uri, peer: Peer, config: &Config) -> String {
    if let Some(url) = &config.public_url {
        return url.trim_end_matches('/').to_string();
    }
    let Some(authority) = authority(headers, uri) else { return String::new() };
    let scheme = if secure(headers, peer, config) { "https" } else { "http" };
    format!("{scheme}://{authority}")
}

/// Whether the caller's connection is encrypted, here or at a proxy that we trust.
pub fn secure(headers: &HeaderMap, peer: Peer, config: &Config) -> bool {
    let forwarded = || headers.get("x-forwarded-proto").is_some_and(|v| v.as_bytes() == b"https");
    peer.tls || (config.trusted_proxies.contains(&peer.address) && forwarded())
}

/// Whether callers reach us over TLS that we hold ourselves, so that we may ask browsers to insist on it.
pub fn secure_peer(peer: Peer, config: &Config) -> bool {
    peer.tls || config.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn peer(text: &str) -> Peer {
        Peer { address: text.parse().unwrap(), tls: false }
    }

    #[test]
    fn believes_only_trusted_proxies() {
        let headers = HeaderMap::from_iter([(
            "x-forwarded-for".parse().unwrap(),
            HeaderValue::from_static("1.1.1.1, 9.9.9.9"),
        )]);
        let mut config = Config::default();
        assert_eq!(caller(&headers, peer("10.0.0.1"), &config), peer("10.0.0.1").address);
        config.trusted_proxies = vec!["10.0.0.1".parse().unwrap()];
        assert_eq!(caller(&headers, peer("10.0.0.1"), &config), peer("9.9.9.9").address);
        let said = |text| {
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(text))])
        };
        let believed = |text| caller(&said(text), peer("10.0.0.1"), &config).to_string();
        assert_eq!(believed("1.1.1.1, 9.9.9.9:4711"), "9.9.9.9");
        assert_eq!(believed("1.1.1.1, 9.9.9.9, 10.0.0.1"), "9.9.9.9");
        for unreadable in ["1.1.1.1, unknown", "1.1.1.1, unknown, 10.0.0.1", "", "1.1.1.1,"] {
            assert_eq!(believed(unreadable), "10.0.0.1", "{unreadable}");
        }
    }

    #[test]
    fn reads_the_host() {
        let uri: Uri = "/fhir".parse().unwrap();
        let of = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(value))]);
            host(&headers, &uri).map(String::from)
        };
        assert_eq!(of("a.example:8080").as_deref(), Some("a.example"));
        assert_eq!(of("[::1]:80").as_deref(), Some("::1"));
        assert_eq!(of("a/b"), None);
        assert_eq!(of(""), None);
    }
}
