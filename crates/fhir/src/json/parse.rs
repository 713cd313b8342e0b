//! Reads JSON (RFC 8259) strictly: UTF-8 only, no duplicate member, bounded depth, and every error with
//! the line and column where it stands.

use super::{Json, Object};
use std::borrow::Cow;
use std::collections::HashSet;

/// Deeper documents are refused. The deepest official example has 28 levels.
pub const DEPTH_MAX: usize = 100;

/// Objects with more members than this look for a double one in a set.
const MEMBERS_FEW: usize = 32;

/// Where and why a text is not JSON. Holds no content of the text but a member's name.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind:?} at line {line}, column {column}")]
pub struct ParseError {
    pub kind: ParseErrorKind,
    /// 1-based.
    pub line: usize,
    /// 1-based, in bytes.
    pub column: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ParseErrorKind {
    NotUtf8,
    Empty,
    UnexpectedEnd,
    UnexpectedCharacter,
    BadNumber,
    BadEscape,
    ControlCharacter,
    DuplicateMember(String),
    TooDeep,
    TrailingCharacters,
}

/// Reads one JSON document.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn parse(text: &[u8]) -> Result<Json<'_>, ParseError> {
    let mut reader = Reader::new(text)?;
    reader.space();
    let result = match reader.peek() {
        None => Err(ParseErrorKind::Empty),
        Some(_) => reader.value(0),
    };
    let value = result.map_err(|kind| error_at(text, reader.at, kind))?;
    reader.space();
    if reader.at < text.len() {
        return Err(error_at(text, reader.at, ParseErrorKind::TrailingCharacters));
    }
    Ok(value)
}

fn error_at(text: &[u8], at: usize, kind: ParseErrorKind) -> ParseError {
    let before = &text[..at.min(text.len())];
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |i| i + 1);
    ParseError {
        kind,
        line: 1 + memchr::memchr_iter(b'\n', before).count(),
        column: 1 + before.len() - line_start,
    }
}

pub(super) struct Reader<'a> {
    source: &'a str,
    pub bytes: &'a [u8],
    pub at: usize,
}

pub(super) type Parsed<T> = Result<T, ParseErrorKind>;

impl<'a> Reader<'a> {
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        match std::str::from_utf8(text) {
            Ok(source) => Ok(Reader { source, bytes: text, at: 0 }),
            Err(error) => Err(error_at(text, error.valid_up_to(), ParseErrorKind::NotUtf8)),
        }
    }

    /// What is wrong here.
    pub fn error(&self, kind: ParseErrorKind) -> ParseError {
        error_at(self.bytes, self.at, kind)
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    pub fn value(&mut self, depth: usize) -> Parsed<Json<'a>> {
        if depth > DEPTH_MAX {
            return Err(ParseErrorKind::TooDeep);
        }
        match self.peek().ok_or(ParseErrorKind::UnexpectedEnd)? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => Ok(Json::String(self.string()?)),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => Err(ParseErrorKind::UnexpectedCharacter),
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Parsed<Json<'a>> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        Err(ParseErrorKind::UnexpectedCharacter)
    }

    fn object(&mut self, depth: usize) -> Parsed<Json<'a>> {
        self.at += 1;
        let mut object = Object::default();
        // A look through the members is quickest for the few that resources have; a set keeps huge ones linear.
        let mut names: Option<HashSet<Cow<'a, str>>> = None;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(object));
        }
        loop {
            self.space();
            let name_at = self.at;
            match self.peek() {
                Some(b'"') => {}
                Some(_) => return Err(ParseErrorKind::UnexpectedCharacter),
                None => return Err(ParseErrorKind::UnexpectedEnd),
            }
            let name = self.string()?;
            let double = match &mut names {
                Some(names) => !names.insert(name.clone()),
                None => object.get(&name).is_some(),
            };
            if double {
                self.at = name_at;
                return Err(ParseErrorKind::DuplicateMember(name.into_owned()));
            }
            self.space();
            self.expect(b':')?;
            self.space();
            let value = self.value(depth + 1)?;
            object.push(name, value);
            if names.is_none() && object.len() == MEMBERS_FEW {
                names = Some(object.names().cloned().collect());
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::Object(object));
                }
                Some(_) => return Err(ParseErrorKind::UnexpectedCharacter),
                None => return Err(ParseErrorKind::UnexpectedEnd),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Parsed<Json<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(items));
                }
                Some(_) => return Err(ParseErrorKind::UnexpectedCharacter),
                None => return Err(ParseErrorKind::UnexpectedEnd),
            }
        }
    }

    pub fn expect(&mut self, byte: u8) -> Parsed<()> {
        match self.peek() {
            Some(b) if b == byte => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(ParseErrorKind::UnexpectedCharacter),
            None => Err(ParseErrorKind::UnexpectedEnd),
        }
    }

    fn number(&mut self) -> Parsed<Json<'a>> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(ParseErrorKind::BadNumber),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        if let Some(b'0'..=b'9' | b'.' | b'a'..=b'z' | b'A'..=b'Z') = self.peek() {
            return Err(ParseErrorKind::BadNumber);
        }
        Ok(Json::Number(Cow::Borrowed(&self.source[start..self.at])))
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Parsed<()> {
        let start = self.at;
        self.digits();
        if self.at == start { Err(ParseErrorKind::BadNumber) } else { Ok(()) }
    }

    pub fn string(&mut self) -> Parsed<Cow<'a, str>> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek().ok_or(ParseErrorKind::UnexpectedEnd)? {
                b'"' => {
                    let text = &self.source[start..self.at];
                    self.at += 1;
                    return Ok(Cow::Borrowed(text));
                }
                b'\\' => return self.escaped(start),
                0..=0x1F => return Err(ParseErrorKind::ControlCharacter),
                _ => self.at += 1,
            }
        }
    }

    fn escaped(&mut self, start: usize) -> Parsed<Cow<'a, str>> {
        let mut text = String::from(&self.source[start..self.at]);
        let mut run = self.at;
        loop {
            match self.peek().ok_or(ParseErrorKind::UnexpectedEnd)? {
                b'"' => {
                    text.push_str(&self.source[run..self.at]);
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                b'\\' => {
                    text.push_str(&self.source[run..self.at]);
                    text.push(self.escape()?);
                    run = self.at;
                }
                0..=0x1F => return Err(ParseErrorKind::ControlCharacter),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let letter = *self.bytes.get(self.at + 1).ok_or(ParseErrorKind::UnexpectedEnd)?;
        let plain = match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(ParseErrorKind::BadEscape),
        };
        self.at += 2;
        Ok(plain)
    }

    /// `\uXXXX`, or two of them for a character outside the basic plane. A lone surrogate is refused.
    fn unicode(&mut self) -> Parsed<char> {
        let first = self.hex4(self.at)?;
        self.at += 6;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or(ParseErrorKind::BadEscape);
        }
        if first >= 0xDC00 {
            return Err(ParseErrorKind::BadEscape);
        }
        let second = self.hex4(self.at)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(ParseErrorKind::BadEscape);
        }
        self.at += 6;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            .ok_or(ParseErrorKind::BadEscape)
    }

    fn hex4(&self, at: usize) -> Parsed<u32> {
        let escape = self.bytes.get(at..at + 6).ok_or(ParseErrorKind::BadEscape)?;
        if &escape[..2] != b"\\u" || !escape[2..].iter().all(u8::is_ascii_hexdigit) {
            return Err(ParseErrorKind::BadEscape);
        }
        let digits = std::str::from_utf8(&escape[2..]).map_err(|_| ParseErrorKind::BadEscape)?;
        u32::from_str_radix(digits, 16).map_err(|_| ParseErrorKind::BadEscape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_decimals_and_order() {
        let text = br#"{"b":1.10,"a":[1e3,-0.0],"c":"\u00e9\ud83d\ude00\n"}"#;
        let value = parse(text).unwrap();
        assert_eq!(value.get("b").unwrap().as_number(), Some("1.10"));
        assert_eq!(value.get_str("c"), Some("é😀\n"));
        assert_eq!(value.to_string(), r#"{"b":1.10,"a":[1e3,-0.0],"c":"é😀\n"}"#);
    }

    #[test]
    fn says_where() {
        let check = |text: &[u8], kind: ParseErrorKind, line, column| {
            assert_eq!(parse(text), Err(ParseError { kind, line, column }));
        };
        check(b"", ParseErrorKind::Empty, 1, 1);
        check(b"{\n \"a\":1,\n \"a\":2}", ParseErrorKind::DuplicateMember("a".into()), 3, 2);
        check(b"{\"a\":01}", ParseErrorKind::BadNumber, 1, 7);
        check(b"[\"\\ud800\"]", ParseErrorKind::BadEscape, 1, 9);
        check(b"[1] x", ParseErrorKind::TrailingCharacters, 1, 5);
        check(b"[\"\xff\"]", ParseErrorKind::NotUtf8, 1, 3);
        let many: String = (0..100).map(|n| format!("\"m{n}\":1,")).collect();
        let twice = format!("{{{many}\"m40\":2}}");
        let kind = parse(twice.as_bytes()).unwrap_err().kind;
        assert_eq!(kind, ParseErrorKind::DuplicateMember("m40".into()));
        let deep = "[".repeat(200);
        assert_eq!(parse(deep.as_bytes()).unwrap_err().kind, ParseErrorKind::TooDeep);
    }
}
