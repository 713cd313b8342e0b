//! Page tokens: where a page ended, as of which snapshot, for which query. Opaque to the caller, and sealed
//! with the tenant's key, so nobody can make one up.

use super::issues;
use crate::backend::Hit;
use fhir::Issue;
use seal::IndexKey;

/// Where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// After this candidate, in the order of the index.
    After(Hit),
    /// At this match of a list that is made anew.
    Offset(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The newest version when the first page was made.
    pub snapshot: i64,
    pub position: Position,
}

const LENGTH: usize = 25;

impl Token {
    /// The text of the token, bound to the query.
    pub fn write(&self, key: &IndexKey, query: &str) -> String {
        let (kind, a, b) = match self.position {
            Position::After(hit) => (0u8, hit.time, hit.vid),
            Position::Offset(offset) => (1, offset as i64, 0),
        };
        let mut bytes = vec![kind];
        for number in [self.snapshot, a, b] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let mac = key.mac(&bound(&bytes, query));
        bytes.extend_from_slice(&mac);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// # Errors
    /// When the token is not of this tenant and this query.
    pub fn read(text: &str, key: &IndexKey, query: &str) -> Result<Token, Issue> {
        let bytes = hex(text).ok_or_else(issues::bad_page)?;
        let (body, mac) = bytes.split_at_checked(LENGTH).ok_or_else(issues::bad_page)?;
        if !key.mac_verify(&bound(body, query), mac) {
            return Err(issues::bad_page());
        }
        let number = |at: usize| {
            let bytes = body.get(1 + 8 * at..9 + 8 * at).and_then(|b| b.try_into().ok());
            bytes.map(i64::from_le_bytes).ok_or_else(issues::bad_page)
        };
        let position = match body[0] {
            0 => Position::After(Hit { time: number(1)?, vid: number(2)? }),
            _ => Position::Offset(u64::try_from(number(1)?).map_err(|_| issues::bad_page())?),
        };
        Ok(Token { snapshot: number(0)?, position })
    }
}

fn bound(bytes: &[u8], query: &str) -> Vec<u8> {
    let mut out = b"page ".to_vec();
    out.extend_from_slice(bytes);
    out.extend_from_slice(query.as_bytes());
    out
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().take(200).map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    Some(digits?.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_hold_for_their_query_only() {
        let key = IndexKey::generate().unwrap();
        for position in [Position::After(Hit { time: -5, vid: 7 }), Position::Offset(40)] {
            let token = Token { snapshot: 99, position };
            let text = token.write(&key, "Patient?a=b");
            assert_eq!(Token::read(&text, &key, "Patient?a=b"), Ok(token));
            assert!(Token::read(&text, &key, "Patient?a=c").is_err());
            assert!(Token::read(&text.replace('6', "7"), &key, "Patient?a=b").is_err());
        }
        for bad in ["", "zz", "00", &"0".repeat(82)] {
            assert!(Token::read(bad, &key, "").is_err());
        }
    }
}
