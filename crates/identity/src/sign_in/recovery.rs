//! Recovery codes: ten, each good once, for the day when the phone is lost. 80 random bits each, so that a
//! plain hash keeps them.

use super::credential::{self, Credential};
use store::{Error, Result};
use uuid::Uuid;

const CODES: usize = 10;
/// Without letters that are taken for digits.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Ten new codes, as they are shown once: `ABCD-EFGH-JKLM-NPQR`.
///
/// # Errors
/// `Unavailable` without randomness.
pub fn draw() -> Result<Vec<String>> {
    (0..CODES).map(|_| one()).collect()
}

fn one() -> Result<String> {
    let bytes = seal::random::<16>().map_err(Error::unavailable)?;
    let mut code = String::with_capacity(19);
    for (n, byte) in bytes.iter().enumerate() {
        if n > 0 && n % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    Ok(code)
}

pub fn hashes(account: Uuid, codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| credential::hash(account, &plain(code))).collect()
}

/// Uses a code up; whether there was such a one.
pub fn take(credential: &mut Credential, account: Uuid, typed: &str) -> bool {
    let hash = credential::hash(account, &plain(typed));
    let before = credential.recovery.len();
    credential.recovery.retain(|kept| *kept != hash);
    credential.recovery.len() < before
}

/// As typed with any case, spaces and hyphens.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(64).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_good_once() {
        let (account, codes) = (Uuid::from_u128(1), draw().unwrap());
        assert_eq!((codes.len(), codes[0].len()), (10, 19));
        let mut credential = Credential { recovery: hashes(account, &codes), ..Credential::default() };
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert!(take(&mut credential, account, &typed));
        assert!(!take(&mut credential, account, &typed));
        assert!(!take(&mut credential, account, ""));
        assert!(!take(&mut credential, Uuid::from_u128(2), &codes[4]));
        assert_eq!(credential.recovery.len(), 9);
    }
}
