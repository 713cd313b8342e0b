//! Hashes of passwords and PINs: argon2id, 19 MiB, two passes (OWASP's first choice). Only so many at a time,
//! and a lane of their own for those who come from where they came before: a flood of guesses cannot keep a
//! known device waiting.

use super::text;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Error, Result};
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const HASH: usize = 32;
const SALT: usize = 16;
/// Unknown devices that may wait for their turn; more are sent away.
const WAITING_MAX: usize = 32;

/// Which lane a hash is computed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// From a device, a network or a session that signed in before.
    Known,
    Unknown,
}

pub struct Hashing {
    known: Semaphore,
    unknown: Semaphore,
    waiting: AtomicUsize,
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Hashing { known: Semaphore::new(cores), unknown: Semaphore::new(cores), waiting: AtomicUsize::new(0) }
    }
}

impl Hashing {
    /// The PHC string of a secret.
    ///
    /// # Errors
    /// `Refused` (throttled) when too many wait; `Unavailable`.
    pub async fn hash(&self, lane: Lane, secret: &str) -> Result<String> {
        let salt = seal::random::<SALT>().map_err(Error::unavailable)?;
        let hash = self.compute(lane, secret.to_string(), salt.to_vec(), MEMORY_KIB, PASSES).await?;
        let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
        Ok(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${salt}${hash}"))
    }

    /// Whether a secret is that of the PHC string. Without one it takes as long, and the answer is no.
    ///
    /// # Errors
    /// As [`Hashing::hash`]; `Corrupt` for a string that is none of ours.
    pub async fn verify(&self, lane: Lane, secret: &str, phc: Option<&str>) -> Result<bool> {
        let Some(phc) = phc else {
            self.compute(lane, secret.to_string(), vec![0; SALT], MEMORY_KIB, PASSES).await?;
            return Ok(false);
        };
        let kept = Phc::parse(phc).ok_or_else(|| Error::Corrupt("the hash of a password".into()))?;
        let hash = self.compute(lane, secret.to_string(), kept.salt, kept.memory, kept.passes).await?;
        // In constant time, as a matter of course.
        Ok(hash.iter().zip(&kept.hash).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0)
    }

    async fn compute(
        &self,
        lane: Lane,
        secret: String,
        salt: Vec<u8>,
        memory: u32,
        passes: u32,
    ) -> Result<[u8; HASH]> {
        let gone = |_| Error::Unavailable("the hashing of passwords has ended".into());
        let permit = match lane {
            Lane::Known => self.known.acquire().await.map_err(gone)?,
            Lane::Unknown => {
                let _place = Waiting::take(&self.waiting)?;
                self.unknown.acquire().await.map_err(gone)?
            }
        };
        let computed = tokio::task::spawn_blocking(move || {
            let params = Params::new(memory, passes, 1, Some(HASH))?;
            let mut out = [0u8; HASH];
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            argon.hash_password_into(secret.as_bytes(), &salt, &mut out).map(|()| out)
        });
        let out = computed.await.map_err(Error::unavailable)?.map_err(Error::unavailable);
        drop(permit);
        out
    }
}

/// A place in the queue; given back when dropped.
struct Waiting<'h>(&'h AtomicUsize);

impl<'h> Waiting<'h> {
    fn take(count: &'h AtomicUsize) -> Result<Waiting<'h>> {
        let place = Waiting(count);
        if count.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            return Err(text::throttled(5));
        }
        Ok(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A PHC string (<https://github.com/P-H-C/phc-string-format>), read.
struct Phc {
    memory: u32,
    passes: u32,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Phc {
    fn parse(text: &str) -> Option<Phc> {
        let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
        let (costs, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let (memory, rest) = costs.strip_prefix("m=")?.split_once(",t=")?;
        let passes = rest.strip_suffix(",p=1")?;
        let phc = Phc {
            memory: memory.parse().ok()?,
            passes: passes.parse().ok()?,
            salt: STANDARD_NO_PAD.decode(salt).ok()?,
            hash: STANDARD_NO_PAD.decode(hash).ok()?,
        };
        (phc.hash.len() == HASH && parts.next().is_none()).then_some(phc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_of_one_secret_and_salted() {
        let hashing = Hashing::default();
        let phc = hashing.hash(Lane::Known, "une phrase assez longue").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(hashing.verify(Lane::Known, "une phrase assez longue", Some(&phc)).await.unwrap());
        assert!(!hashing.verify(Lane::Unknown, "une phrase assez longuE", Some(&phc)).await.unwrap());
        assert_ne!(phc, hashing.hash(Lane::Known, "une phrase assez longue").await.unwrap());
        assert!(!hashing.verify(Lane::Unknown, "", None).await.unwrap());
        assert!(hashing.verify(Lane::Unknown, "x", Some("$2b$10$abc")).await.is_err());
    }

    #[test]
    fn no_more_than_so_many_wait() {
        let count = AtomicUsize::new(0);
        let places: Vec<_> = (0..WAITING_MAX).map(|_| Waiting::take(&count).unwrap()).collect();
        assert!(Waiting::take(&count).is_err());
        drop(places);
        assert!(Waiting::take(&count).is_ok());
    }
}
