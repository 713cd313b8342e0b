//! Which addresses may be called.

use super::HttpClientConfig;
use http::Uri;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a call goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    pub tls: bool,
    /// Without brackets.
    pub host: String,
    pub port: u16,
    /// As it stands in `Host`.
    pub authority: String,
    pub path: String,
}

impl Target {
    /// `None`: not an absolute `http(s)` address, or one with a user in it.
    pub fn parse(url: &str) -> Option<Target> {
        if url.len() > 2_000 {
            return None;
        }
        let uri: Uri = url.parse().ok()?;
        let tls = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') {
            return None;
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_string();
        Some(Target {
            tls,
            port: authority.port_u16().unwrap_or(if tls { 443 } else { 80 }),
            host,
            authority: authority.to_string(),
            path: uri.path_and_query().map_or("/", |p| p.as_str()).to_string(),
        })
    }

    /// Whether the resolved address may be called.
    pub fn allows(&self, address: IpAddr, config: &HttpClientConfig) -> bool {
        let address = match address {
            IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
            v4 => v4,
        };
        if address.is_loopback() {
            return config.loopback;
        }
        self.tls && (public(address) || (config.private_networks && private(address)))
    }
}

/// Networks of a house: RFC 1918, carrier-grade NAT, unique local.
fn private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || (v4.octets()[0] == 100 && v4.octets()[1] & 0xC0 == 64),
        IpAddr::V6(v6) => v6.segments()[0] & 0xFE00 == 0xFC00,
    }
}

fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = a == 0
        || a >= 224
        || v4.is_loopback()
        || v4.is_link_local()
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && b & 0xFE == 18);
    !special && !private(IpAddr::V4(v4)) && !v4.is_documentation()
}

/// Only what is globally routed; of 6to4, NAT64 and Teredo nothing, for they wrap IPv4 addresses.
fn public_v6(v6: Ipv6Addr) -> bool {
    let first = v6.segments();
    let wraps = first[0] == 0x2002 || (first[0] == 0x2001 && (first[1] == 0 || first[1] == 0x0DB8));
    first[0] & 0xE000 == 0x2000 && !wraps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(url: &str, address: &str, config: HttpClientConfig) -> bool {
        Target::parse(url).unwrap().allows(address.parse().unwrap(), &config)
    }

    #[test]
    fn only_the_open_internet_by_default() {
        let config = HttpClientConfig::default();
        for good in ["9.9.9.9", "2a01:e0a::1"] {
            assert!(allows("https://a.example/", good, config), "{good}");
            assert!(!allows("http://a.example/", good, config), "{good} without TLS");
        }
        for bad in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001:0:1::",
            "ff02::1",
        ] {
            assert!(!allows("https://a.example/", bad, config), "{bad}");
        }
    }

    #[test]
    fn the_house_when_configured() {
        let config =
            HttpClientConfig { private_networks: true, loopback: true, ..HttpClientConfig::default() };
        assert!(allows("https://idp.clinic/", "10.1.2.3", config));
        assert!(!allows("http://idp.clinic/", "10.1.2.3", config));
        assert!(!allows("https://idp.clinic/", "169.254.169.254", config));
        assert!(allows("http://localhost:1/", "127.0.0.1", config));
    }

    #[test]
    fn addresses_are_read() {
        let target = Target::parse("https://a.example:8443/x?y=1").unwrap();
        assert_eq!((target.port, target.path.as_str(), target.tls), (8443, "/x?y=1", true));
        assert_eq!(Target::parse("https://[::1]/").unwrap().host, "::1");
        for wrong in ["file:///etc/passwd", "/x", "https://u:p@a.example/", "gopher://a/", ""] {
            assert_eq!(Target::parse(wrong), None, "{wrong}");
        }
    }
}
