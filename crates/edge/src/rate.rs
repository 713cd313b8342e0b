//! Rate limits: a token bucket for each key, kept as one time (the generic cell rate algorithm), so that a
//! check is one look-up under one of many locks.

use crate::config::Rate;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::time::Instant;

const SHARDS: usize = 16;
/// Keys of one shard after which those that are full again are dropped.
const SWEEP_AT: usize = 4_096;

/// Buckets for keys of one kind.
pub struct Buckets<K> {
    start: Instant,
    /// Time between two tokens, ns; 0 = no limit.
    interval: u64,
    /// How far ahead of now a bucket may be: the burst, in ns.
    tolerance: u64,
    hash: RandomState,
    shards: [Mutex<HashMap<K, u64>>; SHARDS],
}

impl<K: Hash + Eq> Buckets<K> {
    pub fn new(rate: Rate) -> Self {
        let interval = 1_000_000_000u64.checked_div(u64::from(rate.per_second)).unwrap_or(0);
        Buckets {
            start: Instant::now(),
            interval,
            tolerance: interval.saturating_mul(u64::from(rate.burst.max(1) - 1)),
            hash: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// The bucket is empty: whole seconds to wait, at least one.
    pub fn take(&self, key: K) -> Result<(), u64> {
        if self.interval == 0 {
            return Ok(());
        }
        self.take_at(key, self.start.elapsed().as_nanos() as u64)
    }

    fn take_at(&self, key: K, now: u64) -> Result<(), u64> {
        let mut shard = self.shard(&key).lock();
        if shard.len() >= SWEEP_AT {
            shard.retain(|_, full_at| *full_at > now);
        }
        let full_at = shard.entry(key).or_insert(now);
        let base = (*full_at).max(now);
        if base > now + self.tolerance {
            return Err(seconds(base - now - self.tolerance));
        }
        *full_at = base + self.interval;
        Ok(())
    }

    fn shard(&self, key: &K) -> &Mutex<HashMap<K, u64>> {
        &self.shards[self.hash.hash_one(key) as usize % SHARDS]
    }
}

fn seconds(ns: u64) -> u64 {
    ns.div_ceil(1_000_000_000).max(1)
}

/// The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.
pub fn subscriber(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)) | (1 << 127),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => u128::from(u32::from(v4)) | (1 << 127),
            None => u128::from(v6) >> 64,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let buckets = Buckets::new(Rate { per_second: 10, burst: 3 });
        let second = 1_000_000_000;
        for _ in 0..3 {
            assert_eq!(buckets.take_at("a", second), Ok(()));
        }
        assert_eq!(buckets.take_at("a", second), Err(1));
        assert_eq!(buckets.take_at("b", second), Ok(()));
        assert_eq!(buckets.take_at("a", second + second / 10), Ok(()));
        assert!(buckets.take_at("a", second + second / 10).is_err());
        assert_eq!(buckets.take_at("a", 9 * second), Ok(()));
    }

    #[test]
    fn no_limit() {
        let buckets = Buckets::new(Rate { per_second: 0, burst: 0 });
        assert!((0..1000).all(|_| buckets.take(1).is_ok()));
    }

    #[test]
    fn addresses_of_one_subscriber_share_a_bucket() {
        let of = |text: &str| subscriber(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:1.2.3.4"), of("1.2.3.4"));
    }
}
