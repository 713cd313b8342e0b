//! How often one may try. The rule that matters: nobody can lock somebody else out.
//!
//! * A try is counted when it begins, so that many at once gain nothing, and forgiven when it succeeds.
//! * By address (an IPv6 /64): a bucket of tries, whatever the account.
//! * By account *and* address: after five failures a delay that doubles, up to a quarter of an hour. Who guesses
//!   from elsewhere delays himself alone.
//! * By account, for addresses from which it never signed in: a slow bucket against guessing from everywhere.
//! * A known device (a ward station, a browser that signed in before) has its own delay and is held to none of
//!   the above.
//!
//! In memory, bounded: what is forgotten at a restart is how often somebody failed.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use uuid::Uuid;

const SECOND: i64 = 1_000;
const DAY: i64 = 86_400 * SECOND;
/// Failures without a delay.
const FREE: u32 = 5;
const DELAY_MAX: i64 = 900 * SECOND;
/// For so long an address is one from which the account signed in.
const FAMILIAR: i64 = 30 * DAY;
const KEYS_MAX: usize = 100_000;

/// A bucket: so many at once, then one each `interval` ms.
struct Bucket {
    burst: i64,
    interval: i64,
}

const ADDRESS: Bucket = Bucket { burst: 30, interval: 2 * SECOND };
const ACCOUNT: Bucket = Bucket { burst: 50, interval: 60 * SECOND };
const DEVICE: Bucket = Bucket { burst: 30, interval: 2 * SECOND };
/// Ceremonies and links that anyone may ask for, of one address.
const ASKED: Bucket = Bucket { burst: 60, interval: SECOND };

/// Who tries.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The account, or what was typed for one.
    pub account: String,
    pub address: IpAddr,
    /// A token that the device showed and that is good for this account.
    pub device: Option<String>,
}

#[derive(Clone, Copy, Default)]
struct State {
    /// When the bucket is full again.
    full_at: i64,
    failures: u32,
    /// No try before.
    until: i64,
    succeeded: i64,
    seen: i64,
}

impl State {
    fn is_over(&self, now: i64) -> bool {
        let kept = if self.succeeded > 0 { FAMILIAR } else { DAY };
        self.full_at <= now && self.until <= now && self.seen + kept < now
    }
}

#[derive(Default)]
pub struct Throttle {
    hash: RandomState,
    states: Mutex<HashMap<u64, State>>,
}

impl Throttle {
    /// Counts a try.
    ///
    /// # Errors
    /// Seconds to wait, at least one. Nothing was counted.
    pub fn begin(&self, now: i64, knock: &Knock) -> Result<(), u64> {
        let mut states = self.states.lock();
        make_room(&mut states, now);
        let [pair, account, address] = self.keys(knock);
        let of = |key: u64| states.get(&key).copied().unwrap_or_default();
        let familiar = of(pair).succeeded + FAMILIAR > now && of(pair).succeeded > 0;
        let mut buckets = vec![(address, bucket_of(knock))];
        if knock.device.is_none() && !familiar {
            buckets.push((account, ACCOUNT));
        }
        let waits = buckets.iter().map(|(key, bucket)| bucket.wait(of(*key).full_at, now));
        let wait = waits.chain([of(pair).until - now]).max().unwrap_or(0);
        if wait > 0 {
            return Err(seconds(wait));
        }
        for (key, bucket) in buckets {
            let state = states.entry(key).or_default();
            state.full_at = state.full_at.max(now) + bucket.interval;
            state.seen = now;
        }
        let state = states.entry(pair).or_default();
        state.failures = state.failures.saturating_add(1);
        if state.failures > FREE {
            state.until = now + (SECOND << (state.failures - FREE).min(20)).min(DELAY_MAX);
        }
        state.seen = now;
        Ok(())
    }

    /// Forgives `tries` of this sign-in, now that it succeeded.
    pub fn succeeded(&self, now: i64, knock: &Knock, tries: i64) {
        let mut states = self.states.lock();
        let [pair, account, address] = self.keys(knock);
        let state = states.entry(pair).or_default();
        *state = State { succeeded: now, seen: now, ..State::default() };
        for (key, bucket) in [(address, bucket_of(knock)), (account, ACCOUNT)] {
            if let Some(state) = states.get_mut(&key) {
                state.full_at -= bucket.interval * tries;
            }
        }
    }

    /// Whether this account signed in from there before: its hashes wait in the lane of the known.
    pub fn is_familiar(&self, now: i64, knock: &Knock) -> bool {
        let succeeded = self.states.lock().get(&self.keys(knock)[0]).map_or(0, |s| s.succeeded);
        knock.device.is_some() || succeeded > 0 && succeeded + FAMILIAR > now
    }

    /// Counts something that costs us a little and that anyone may ask for.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn ask(&self, now: i64, address: IpAddr) -> Result<(), u64> {
        let mut states = self.states.lock();
        make_room(&mut states, now);
        let state = states.entry(self.hash.hash_one(("asked", subscriber(address)))).or_default();
        match ASKED.wait(state.full_at, now) {
            wait if wait > 0 => Err(seconds(wait)),
            _ => {
                state.full_at = state.full_at.max(now) + ASKED.interval;
                state.seen = now;
                Ok(())
            }
        }
    }

    /// Keys of account and place together, of the account, and of the place.
    fn keys(&self, knock: &Knock) -> [u64; 3] {
        let place = match &knock.device {
            Some(device) => self.of("device", device),
            None => self.of("address", subscriber(knock.address)),
        };
        [self.of("pair", (&knock.account, place)), self.of("account", &knock.account), place]
    }

    fn of(&self, kind: &str, what: impl Hash) -> u64 {
        self.hash.hash_one((kind, what))
    }
}

impl Bucket {
    /// ms to wait before the next is allowed.
    fn wait(&self, full_at: i64, now: i64) -> i64 {
        full_at.max(now) - now - self.interval * (self.burst - 1)
    }
}

/// The bucket of the place that a try comes from.
fn bucket_of(knock: &Knock) -> Bucket {
    if knock.device.is_some() { DEVICE } else { ADDRESS }
}

/// Whole seconds, rounded up; at least one.
fn seconds(ms: i64) -> u64 {
    ms.unsigned_abs().div_ceil(SECOND.unsigned_abs()).max(1)
}

/// Forgets what is over; when there is still too much, the half that was not seen for longest.
fn make_room(states: &mut HashMap<u64, State>, now: i64) {
    if states.len() < KEYS_MAX {
        return;
    }
    states.retain(|_, state| !state.is_over(now));
    if states.len() >= KEYS_MAX / 2 {
        let mut seen: Vec<i64> = states.values().map(|state| state.seen).collect();
        let middle = seen.len() / 2;
        let (_, cut, _) = seen.select_nth_unstable(middle);
        let cut = *cut;
        states.retain(|_, state| state.seen > cut);
    }
}

/// The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.
fn subscriber(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u128::from(u32::from(v4)) | (1 << 127),
        IpAddr::V6(v6) => u128::from(v6) >> 64,
    }
}

/// The key of an account that exists.
pub fn account_key(tenant: &str, account: Uuid) -> String {
    format!("{tenant}/{account}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knock(account: &str, address: &str) -> Knock {
        Knock { account: account.into(), address: address.parse().unwrap(), device: None }
    }

    #[test]
    fn who_fails_waits_longer_and_longer() {
        let throttle = Throttle::default();
        let claire = knock("claire", "192.0.2.1");
        for _ in 0..5 {
            assert_eq!(throttle.begin(0, &claire), Ok(()));
        }
        assert_eq!(throttle.begin(0, &claire), Ok(()));
        assert_eq!(throttle.begin(0, &claire), Err(2));
        assert_eq!(throttle.begin(2_000, &claire), Ok(()));
        assert_eq!(throttle.begin(2_000, &claire), Err(4));
        // A success is the end of it.
        throttle.succeeded(6_000, &claire, 1);
        assert_eq!(throttle.begin(6_000, &claire), Ok(()));
        assert!(throttle.is_familiar(6_000, &claire));
    }

    #[test]
    fn nobody_locks_somebody_else_out() {
        let throttle = Throttle::default();
        let nurse = knock("nurse", "192.0.2.1");
        throttle.begin(1, &nurse).unwrap();
        throttle.succeeded(1, &nurse, 1);
        // Ten thousand guesses a minute from one address, then from a thousand others.
        let mut let_in = 0;
        for n in 0..10_000 {
            let guess = knock("nurse", "198.51.100.7");
            let_in += usize::from(throttle.begin(n * 6, &guess).is_ok());
        }
        assert!(let_in <= 12, "{let_in} guesses of one account from one address in a minute");
        for n in 0..1_000 {
            let _ = throttle.begin(60_000, &knock("nurse", &format!("203.0.{}.{}", n / 250, n % 250)));
        }
        assert_eq!(throttle.begin(60_000, &nurse), Ok(()));
    }

    #[test]
    fn an_address_is_held_back_whatever_the_account() {
        let throttle = Throttle::default();
        let tries =
            (0..10_000i64).filter(|n| throttle.begin(n * 6, &knock(&n.to_string(), "198.51.100.7")).is_ok());
        assert!((30..=61).contains(&tries.count()));
        // A device of the same address that signed in before is not.
        let nurse = Knock { device: Some("mh_device".into()), ..knock("nurse", "198.51.100.7") };
        assert_eq!(throttle.begin(60_000, &nurse), Ok(()));
        let unknown = knock("nurse", "198.51.100.7");
        assert!(throttle.begin(59_999, &unknown).is_err());
    }

    #[test]
    fn guessing_from_everywhere_is_slow() {
        let throttle = Throttle::default();
        let from = |n: u32| knock("claire", &std::net::Ipv4Addr::from(0x0A00_0000 + n).to_string());
        assert_eq!((0..5_000).filter(|n| throttle.begin(0, &from(*n)).is_ok()).count(), 50);
        assert!(throttle.begin(0, &from(9_999)).is_err());
        assert_eq!(throttle.begin(60_000, &from(10_000)), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        for n in 0..(2 * KEYS_MAX as u32) {
            let _ = throttle.ask(i64::from(n), std::net::Ipv4Addr::from(n).into());
        }
        assert!(throttle.states.lock().len() <= KEYS_MAX);
    }
}
