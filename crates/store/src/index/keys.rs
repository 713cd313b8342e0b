//! The keys of the equality and range indexes. What the index writes and what a search asks for must be
//! the same bytes, so both come here.
//!
//! A key is the keyed hash of (type, parameter, form, value…). Without the tenant's key it means nothing,
//! and no key of one tenant can match in another.

use fhir::ResourceType;
use seal::IndexKey;

/// Prefix lengths, in characters, under which each word of a person's name is found.
pub const NAME_PREFIXES: [usize; 4] = [3, 4, 6, 9];
/// The same for all other texts, where space matters more than the last candidate.
pub const TEXT_PREFIXES: [usize; 3] = [3, 6, 12];

/// How long an interval of time is. Short intervals that end after `x` begin shortly before `x`, so a
/// search reads a narrow stretch of the index; only the few long ones need a wide one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Up to a day.
    Day,
    /// Up to 32 days.
    Month,
    /// Longer, or open.
    Long,
}

pub const DAY_MS: i64 = 86_400_000;
pub const MONTH_MS: i64 = 32 * DAY_MS;

impl Span {
    pub const ALL: [Span; 3] = [Span::Day, Span::Month, Span::Long];

    pub fn of(lo: i64, hi: i64) -> Span {
        let length = hi.saturating_sub(lo);
        Span::ALL.into_iter().find(|span| length <= span.longest()).unwrap_or(Span::Long)
    }

    /// The longest interval of the class, ms.
    pub fn longest(self) -> i64 {
        match self {
            Span::Day => DAY_MS,
            Span::Month => MONTH_MS,
            Span::Long => i64::MAX,
        }
    }
}

/// Makes the keys of one resource type.
#[derive(Clone, Copy)]
pub struct Keys<'k> {
    key: &'k IndexKey,
    rt: [u8; 2],
}

impl<'k> Keys<'k> {
    pub fn new(key: &'k IndexKey, rt: ResourceType) -> Keys<'k> {
        Keys { key, rt: rt.number().to_be_bytes() }
    }

    /// Every living resource of the type.
    pub fn all(&self) -> i64 {
        self.key.hash(&[&self.rt, b"*"])
    }

    /// The resource of that id.
    pub fn own(&self, id: &str) -> i64 {
        self.value("_id", b"c", id)
    }

    pub fn token_code(&self, param: &str, code: &str) -> i64 {
        self.value(param, b"c", code)
    }

    pub fn token_full(&self, param: &str, system: &str, code: &str) -> i64 {
        self.key.hash(&[&self.rt, param.as_bytes(), b"t", system.as_bytes(), code.as_bytes()])
    }

    pub fn token_system(&self, param: &str, system: &str) -> i64 {
        self.value(param, b"s", system)
    }

    /// A reference to a resource of this server.
    pub fn reference(&self, param: &str, target: ResourceType, id: &str) -> i64 {
        let target = target.number().to_be_bytes();
        self.key.hash(&[&self.rt, param.as_bytes(), b"r", &target, id.as_bytes()])
    }

    /// A reference to elsewhere, or a canonical without its version.
    pub fn reference_url(&self, param: &str, url: &str) -> i64 {
        self.value(param, b"u", url)
    }

    /// A reference by the value of an identifier.
    pub fn reference_identifier(&self, param: &str, value: &str) -> i64 {
        self.value(param, b"i", value)
    }

    pub fn uri(&self, param: &str, uri: &str) -> i64 {
        self.value(param, b"u", uri)
    }

    /// URIs below this one, which ends before a `/`.
    pub fn uri_below(&self, param: &str, stem: &str) -> i64 {
        self.value(param, b"b", stem)
    }

    /// Words that start so; the prefix is folded.
    pub fn prefix(&self, param: &str, prefix: &str) -> i64 {
        self.value(param, b"p", prefix)
    }

    /// Words that sound so.
    pub fn sound(&self, param: &str, sound: &str) -> i64 {
        self.value(param, b"h", sound)
    }

    /// A date of birth, as a day, a month or a year such as `1970`, `1970-05`, `1970-05-02`.
    pub fn birth(&self, param: &str, period: &str) -> i64 {
        self.value(param, b"d", period)
    }

    /// Resources that have the parameter, if it is one that few have; see [`super::cover::is_common`].
    pub fn present(&self, param: &str) -> i64 {
        self.value(param, b"m", "0")
    }

    /// Resources that lack the parameter, if it is one that most have.
    pub fn absent(&self, param: &str) -> i64 {
        self.value(param, b"m", "1")
    }

    /// Range rows of dates of one class.
    pub fn dates(&self, param: &str, span: Span) -> i64 {
        let class = match span {
            Span::Day => "0",
            Span::Month => "1",
            Span::Long => "2",
        };
        self.value(param, b"D", class)
    }

    /// Range rows of numbers; `wide` = intervals, else points.
    pub fn numbers(&self, param: &str, wide: bool) -> i64 {
        self.value(param, b"N", if wide { "1" } else { "0" })
    }

    /// Range rows of quantities in one canonical UCUM unit.
    pub fn quantities(&self, param: &str, unit: &str, wide: bool) -> i64 {
        let wide: &[u8] = if wide { b"1" } else { b"0" };
        self.key.hash(&[&self.rt, param.as_bytes(), b"Q", unit.as_bytes(), wide])
    }

    fn value(&self, param: &str, form: &[u8], value: &str) -> i64 {
        self.key.hash(&[&self.rt, param.as_bytes(), form, value.as_bytes()])
    }
}

/// The longest prefix length that is indexed and not longer than `length` characters.
pub fn prefix_length(lengths: &[usize], length: usize) -> Option<usize> {
    lengths.iter().copied().rev().find(|&l| l <= length)
}

/// A number as an integer of the same order. Equal numbers give equal integers.
pub fn order(number: f64) -> i64 {
    let bits = (number + 0.0).to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The stems of a URI under which `:below` finds it: before each `/` of its path.
pub fn stems(uri: &str) -> impl Iterator<Item = &str> {
    let start = uri.find("://").map_or(0, |at| at + 3);
    uri[start..].match_indices('/').take(12).map(move |(at, _)| &uri[..start + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept() {
        let numbers = [f64::MIN, -2.5, -1e-9, 0.0, 1e-9, 1.0, 1.5, 1e300];
        for pair in numbers.windows(2) {
            assert!(order(pair[0]) < order(pair[1]), "{pair:?}");
        }
        assert_eq!(order(0.0), order(-0.0));
    }

    #[test]
    fn stems_of_uris() {
        let all: Vec<&str> = stems("http://a.org/fhir/Group/1").collect();
        assert_eq!(all, ["http://a.org", "http://a.org/fhir", "http://a.org/fhir/Group"]);
        assert_eq!(stems("urn:oid:1.2").count(), 0);
    }

    #[test]
    fn forms_differ() {
        let key = IndexKey::generate().unwrap();
        let keys = Keys::new(&key, ResourceType::PATIENT);
        assert_ne!(keys.token_code("a", "x"), keys.prefix("a", "x"));
        assert_ne!(keys.token_full("a", "x", "y"), keys.token_full("a", "xy", ""));
    }
}
