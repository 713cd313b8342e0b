//! What makes a password good: length, and not being one that everybody tries first. No rules of composition.

use super::text;
use fhir::{Code, Issue};
use store::Result;

/// With a second factor beside it.
pub const MIN_BESIDE: usize = 8;
/// Alone.
pub const MIN_ALONE: usize = 15;
pub const MAX: usize = 256;

/// Words of the product; the clinic's own title comes with the question.
const HOUSE: [&str; 4] = ["medhub", "medical", "medicalhub", "clinique"];

/// The commonest passwords, one a line, in lower case: French, German and English ones of our own choice, then
/// the commonest of eight and more characters of `@zxcvbn-ts/language-common` 4.1.3 (MIT).
const COMMON: &str = include_str!("common_passwords.txt");

/// Checks a new password. `alone`: no second factor stands beside it. `user`: the account's name, and other words
/// that are no secret here (the clinic's title), separated by spaces.
///
/// # Errors
/// `Refused` with what to do.
pub fn check(password: &str, user: &str, alone: bool) -> Result<()> {
    let length = password.chars().count();
    let min = if alone { MIN_ALONE } else { MIN_BESIDE };
    if length < min {
        let issue = Issue::error(Code::Value, text::PASSWORD_SHORT).arg("min", min);
        return Err(issue.at("password").into());
    }
    if length > MAX {
        return Err(text::wrong("password", text::PASSWORD_LONG));
    }
    if is_common(password, user) {
        return Err(text::wrong("password", text::PASSWORD_COMMON));
    }
    Ok(())
}

pub fn is_long(password: &str) -> bool {
    password.chars().count() >= MIN_ALONE
}

fn is_common(password: &str, user: &str) -> bool {
    let lower = password.to_lowercase();
    // What people hang on to a common word to please a rule.
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    let listed = |word: &str| COMMON.lines().any(|line| line == word);
    let mut chars = lower.chars();
    let first = chars.next();
    let one_letter = chars.all(|c| Some(c) == first);
    let user = user.to_lowercase();
    let is_user = user.split(['.', '-', '_', '@', ' ']).chain([user.as_str()]).chain(HOUSE).any(|part| {
        part.len() >= 4 && lower.contains(part) && lower.chars().count() < part.chars().count() + MIN_BESIDE
    });
    one_letter || listed(&lower) || listed(bare) || is_user || in_a_row(&lower)
}

/// `abcdefgh`, `12345678`, `87654321`.
fn in_a_row(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    [1, -1].iter().any(|step| codes.windows(2).all(|pair| pair[1] - pair[0] == *step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Error;

    fn key(password: &str, user: &str, alone: bool) -> &'static str {
        match check(password, user, alone) {
            Err(Error::Refused(issues)) => issues[0].text.key,
            _ => "",
        }
    }

    #[test]
    fn length_depends_on_what_stands_beside() {
        assert_eq!(key("kahz4yee", "claire", false), "");
        assert_eq!(key("kahz4yee", "claire", true), "auth.password-short");
        assert_eq!(key("le tensiomètre bleu", "claire", true), "");
        assert_eq!(key("kahz4ye", "claire", false), "auth.password-short");
        assert_eq!(key(&"é".repeat(257), "claire", false), "auth.password-long");
        assert_eq!(key(&"éa".repeat(128), "claire", false), "");
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "password",
            "Azertyuiop",
            "12345678",
            "motdepasse",
            "Motdepasse123!",
            "aaaaaaaaaaaaaaaa",
            "Doctolib",
            "hopital1",
            "87654321",
        ] {
            assert_eq!(key(common, "x", false), "auth.password-common", "{common}");
        }
        assert_eq!(key("claire.f2026", "claire.fontaine", false), "auth.password-common");
        assert_eq!(key("claire mange trois pommes", "claire.fontaine", false), "");
        assert_eq!(key("Clinique-exemple-2026", "admin", true), "");
    }

    #[test]
    fn the_list_is_plain() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 200);
        assert!(
            lines.iter().all(|line| line.trim() == *line && line.to_lowercase() == *line && !line.is_empty())
        );
    }
}
