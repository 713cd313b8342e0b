//! Secrets that open one thing without an account: told once, kept nowhere but by their digest, which is their name in
//! the vault.

use store::{Error, Result};

/// 256 random bits, in 64 hexadecimal digits.
///
/// # Errors
/// `Unavailable` when the machine has no randomness to give.
pub(crate) fn fresh() -> Result<String> {
    let secret: [u8; 32] = seal::random().map_err(Error::unavailable)?;
    Ok(hex(&secret))
}

pub(crate) fn digest(secret: &str) -> String {
    hex(&seal::sha256(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
