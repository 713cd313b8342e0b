//! What is known of a request besides what it asks: its number, its language, who sends it.

use crate::config::Config;
use crate::wire::address::Peer;
use fhir::Lang;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct Cx {
    /// Number of the request: in `X-Request-Id`, in the audit log, in every failure.
    pub id: Uuid,
    pub lang: Lang,
    pub peer: Peer,
    /// The caller's address, behind trusted proxies too.
    pub address: IpAddr,
}

impl Cx {
    /// Whether a program of this machine asks, which no rate holds: not a proxy here that says nothing of whom it
    /// asks for.
    pub fn is_free(&self, config: &Config) -> bool {
        let by_proxy = config.trusted_proxies.contains(&self.peer.address);
        config.rates.loopback_free && self.address.is_loopback() && !by_proxy
    }
}

/// Gives requests their numbers: a random start, then a counter, so that no request waits for randomness.
/// The numbers are unique, not secret.
pub struct RequestIds {
    high: u64,
    next: AtomicU64,
}

impl RequestIds {
    pub fn new(seed: Uuid) -> Self {
        let (high, low) = seed.as_u64_pair();
        RequestIds { high, next: AtomicU64::new(low) }
    }

    pub fn next(&self) -> Uuid {
        let low = self.next.fetch_add(1, Ordering::Relaxed);
        uuid::Builder::from_u128((u128::from(self.high) << 64) | u128::from(low))
            .with_version(uuid::Version::Custom)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
}
