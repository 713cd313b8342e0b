//! JSON Pointer (RFC 6901).

use crate::Json;

/// Longer pointers are refused; resources are shallower.
const TOKENS_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pointer(pub Vec<String>);

impl Pointer {
    pub fn parse(text: &str) -> Option<Pointer> {
        if text.is_empty() {
            return Some(Pointer(Vec::new()));
        }
        let tokens = text.strip_prefix('/')?.split('/').map(token);
        let tokens = tokens.collect::<Option<Vec<_>>>()?;
        (tokens.len() <= TOKENS_MAX).then_some(Pointer(tokens))
    }

    pub fn find<'j, 'd>(&self, json: &'j Json<'d>) -> Option<&'j Json<'d>> {
        self.0.iter().try_fold(json, |json, token| match json {
            Json::Object(object) => object.get(token),
            Json::Array(items) => items.get(index(token)?),
            _ => None,
        })
    }

    /// What holds the place, and the last token.
    pub fn holder<'p, 'j, 'd>(&'p self, json: &'j mut Json<'d>) -> Option<(&'j mut Json<'d>, &'p str)> {
        let (last, way) = self.0.split_last()?;
        let holder = way.iter().try_fold(json, |json, token| match json {
            Json::Object(object) => object.get_mut(token),
            Json::Array(items) => items.get_mut(index(token)?),
            _ => None,
        })?;
        Some((holder, last))
    }

    /// For an answer: letters, digits and what JSON Pointer needs, and not too long.
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for token in &self.0 {
            out.push('/');
            out.extend(token.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(40));
        }
        out.truncate(200);
        out
    }
}

fn token(text: &str) -> Option<String> {
    if !text.contains('~') {
        return Some(text.to_string());
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '~' => match letters.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(out)
}

/// Digits without a leading zero.
pub(super) fn index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|b| b.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    if plain { token.parse().ok() } else { None }
}
