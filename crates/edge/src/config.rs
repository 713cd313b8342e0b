//! How the edge is set up: addresses, limits, rates.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// The edge's configuration. By default it listens on a loopback port of the system's choice.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the FHIR interface, the product's API and the web app; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Address of `/metrics`; keep it on a loopback or private network.
    pub metrics: Option<SocketAddr>,
    pub tls: Option<Tls>,
    /// `https://clinic.example`, when callers see another address than the `Host` they send.
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Web origins that may call us from a browser, such as `https://app.example`. Others may not.
    pub cors_origins: Vec<String>,
    pub limits: Limits,
    pub rates: Rates,
    pub version: Version,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics: None,
            tls: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            limits: Limits::default(),
            rates: Rates::default(),
            version: Version::default(),
        }
    }
}

/// What the program is.
#[derive(Clone, Debug, Default)]
pub struct Version {
    pub number: String,
    pub commit: String,
    /// Commit date, RFC 3339; stands in the CapabilityStatement.
    pub date: String,
}

/// Where the TLS certificate comes from.
#[derive(Clone, Debug)]
pub enum Tls {
    /// PEM files: the chain, and its private key.
    Files { certificate: PathBuf, key: PathBuf },
    /// Made at the start for these names; for tests and for a first look.
    SelfSigned { names: Vec<String> },
}

/// The sample clinic's accounts, which may sign in without a password.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    pub tenant: String,
    pub accounts: Vec<DemoAccount>,
}

#[derive(Clone, Debug, Default)]
pub struct DemoAccount {
    pub user: String,
    /// Name to show, of an invented person.
    pub name: String,
    /// Profession to show.
    pub title: String,
    pub roles: Vec<String>,
}

/// Limits of each request and connection. Each one answers with a clear error.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Longest body, also after decompression.
    pub body_bytes: usize,
    pub uri_bytes: usize,
    /// Longest head of a request (line and headers).
    pub head_bytes: usize,
    pub headers: usize,
    /// Entries of a batch or transaction.
    pub entries: usize,
    /// Open connections.
    pub connections: usize,
    /// Requests in work at the same time.
    pub requests: usize,
    /// Time for the head to arrive, and for a kept-alive connection to send the next one.
    pub head_time: Duration,
    /// Time for the body to arrive.
    pub body_time: Duration,
    /// Time for the whole answer to be prepared.
    pub request_time: Duration,
    /// Time without progress after which a reader of our answer is too slow.
    pub write_time: Duration,
    /// Time that open requests get at shutdown.
    pub drain_time: Duration,
    /// Bytes of answers kept for `Idempotency-Key`.
    pub idempotency_bytes: usize,
    /// Open streams of changes.
    pub live_streams: usize,
    /// The same of one account.
    pub live_streams_of_caller: usize,
    /// Time between two signs of life on a stream of changes; at each, its session is looked at.
    pub live_beat: Duration,
    /// A change is not told when the session was last looked at longer ago than this: it is looked at first.
    pub live_trust: Duration,
    /// Rows of the feed after which who comes back, or reads so much slower than others write, is told to read
    /// everything anew.
    pub live_behind: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 10 * 1024 * 1024,
            uri_bytes: 8 * 1024,
            head_bytes: 64 * 1024,
            headers: 100,
            entries: 10_000,
            connections: 4_096,
            requests: 1_024,
            head_time: Duration::from_secs(30),
            body_time: Duration::from_secs(30),
            request_time: Duration::from_secs(120),
            write_time: Duration::from_secs(30),
            drain_time: Duration::from_secs(25),
            idempotency_bytes: 32 * 1024 * 1024,
            live_streams: 2_000,
            live_streams_of_caller: 8,
            live_beat: Duration::from_secs(15),
            live_trust: Duration::from_secs(2),
            live_behind: 10_000,
        }
    }
}

/// Token buckets: so many requests a second, after a burst of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// 0 = no limit.
    pub per_second: u32,
    pub burst: u32,
}

/// The rates that callers are held to.
#[derive(Clone, Debug)]
pub struct Rates {
    /// Of one account.
    pub caller: Rate,
    /// Of one address (an IPv6 /64), all its accounts together.
    pub address: Rate,
    /// Failed sign-ins of one address: wrong tokens, unknown accounts.
    pub refused: Rate,
    /// Programs on the same machine are not held to the first two.
    pub loopback_free: bool,
}

impl Default for Rates {
    fn default() -> Self {
        Rates {
            caller: Rate { per_second: 200, burst: 1_000 },
            address: Rate { per_second: 1_000, burst: 5_000 },
            refused: Rate { per_second: 1, burst: 30 },
            loopback_free: true,
        }
    }
}
