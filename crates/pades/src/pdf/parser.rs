//! Reads objects of a PDF (ISO 32000-1, 7.2 and 7.3). Depth and size are bounded.

use super::object::{Dict, Object};
use crate::{Error, Result};

const DEPTH_MAX: usize = 64;
/// Values within one object: far more than any page needs, far less than memory.
const VALUES_MAX: usize = 200_000;

pub(crate) struct Parser<'a> {
    bytes: &'a [u8],
    pub at: usize,
    left: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Parser<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, left: VALUES_MAX }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Letters and digits until the next space or delimiter.
    fn word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length =
            rest.iter().position(|byte| is_space(*byte) || is_delimiter(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Whether this keyword comes next; it is then passed.
    pub fn keyword(&mut self, wanted: &[u8]) -> bool {
        self.skip_space();
        let before = self.at;
        let found = self.word() == wanted;
        if !found {
            self.at = before;
        }
        found
    }

    /// A number without sign, point or more than ten digits.
    pub fn unsigned(&mut self) -> Option<u64> {
        self.skip_space();
        let before = self.at;
        let digits = self.word();
        let value = if digits.len() <= 10 && digits.iter().all(u8::is_ascii_digit) {
            std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok())
        } else {
            None
        };
        if value.is_none() {
            self.at = before;
        }
        value
    }

    /// `12 0 obj`: number and generation.
    pub fn header(&mut self) -> Result<(u32, u16)> {
        let number = self.unsigned().and_then(|n| u32::try_from(n).ok());
        let generation = self.unsigned().and_then(|n| u16::try_from(n).ok());
        match (number, generation, self.keyword(b"obj")) {
            (Some(number), Some(generation), true) => Ok((number, generation)),
            _ => Err(Error::Broken("an object is not where the cross-reference says")),
        }
    }

    /// The object after a header; a stream with where its data begin.
    pub fn indirect(&mut self) -> Result<Object> {
        let object = self.object(0)?;
        let Object::Dict(dict) = object else { return Ok(object) };
        if !self.keyword(b"stream") {
            return Ok(Object::Dict(dict));
        }
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
        Ok(Object::Stream(dict, self.at))
    }

    pub fn object(&mut self, depth: usize) -> Result<Object> {
        self.left = self.left.checked_sub(1).ok_or(Error::Broken("an object is too large"))?;
        if depth > DEPTH_MAX {
            return Err(Error::Broken("objects are nested too deeply"));
        }
        self.skip_space();
        match self.peek().ok_or(Error::Broken("an object ends too early"))? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal(),
            b'[' => self.array(depth),
            b'<' if self.rest().starts_with(b"<<") => self.dict(depth).map(Object::Dict),
            b'<' => self.hex(),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => match self.word() {
                b"true" => Ok(Object::Bool(true)),
                b"false" => Ok(Object::Bool(false)),
                b"null" => Ok(Object::Null),
                _ => Err(Error::Broken("an object cannot be read")),
            },
        }
    }

    fn number(&mut self) -> Result<Object> {
        let start = self.at;
        if let Some(number) = self.unsigned() {
            let after = self.at;
            if let (Ok(number), Some(generation)) = (u32::try_from(number), self.unsigned())
                && let Ok(generation) = u16::try_from(generation)
                && self.keyword(b"R")
            {
                return Ok(Object::Ref(number, generation));
            }
            self.at = after;
            return Ok(Object::Number(self.bytes.get(start..after).unwrap_or_default().to_vec()));
        }
        let digits = self.word();
        let sound =
            digits.len() <= 64 && digits.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte));
        if sound {
            Ok(Object::Number(digits.to_vec()))
        } else {
            Err(Error::Broken("a number cannot be read"))
        }
    }

    fn name(&mut self) -> Result<Vec<u8>> {
        self.at += 1;
        let raw = self.word();
        let mut name = Vec::with_capacity(raw.len());
        let mut bytes = raw.iter().copied();
        while let Some(byte) = bytes.next() {
            if byte != b'#' {
                name.push(byte);
                continue;
            }
            let digits = (bytes.next().and_then(digit), bytes.next().and_then(digit));
            let (Some(high), Some(low)) = digits else { return Err(Error::Broken("a name cannot be read")) };
            name.push(high << 4 | low);
        }
        Ok(name)
    }

    fn array(&mut self, depth: usize) -> Result<Object> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Object::Array(items));
            }
            items.push(self.object(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Dict> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.skip_space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Ok(dict);
            }
            if self.peek() != Some(b'/') {
                return Err(Error::Broken("a dictionary cannot be read"));
            }
            let name = self.name()?;
            dict.0.push((name, self.object(depth + 1)?));
        }
    }

    fn hex(&mut self) -> Result<Object> {
        let rest = self.rest();
        let length =
            rest.iter().position(|byte| *byte == b'>').ok_or(Error::Broken("a string does not end"))?;
        self.at += length + 1;
        let inside = rest.get(1..length).unwrap_or_default();
        hex_bytes(inside).map(Object::Text).ok_or(Error::Broken("a string cannot be read"))
    }

    fn literal(&mut self) -> Result<Object> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        loop {
            let byte = self.peek().ok_or(Error::Broken("a string does not end"))?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Ok(Object::Text(text));
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u16::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    value = value << 3 | u16::from(next - b'0');
                    self.at += 1;
                }
                text.push(value.to_be_bytes()[1]);
            }
            other => text.push(other),
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Hexadecimal digits with spaces between; a last odd digit counts as followed by 0.
pub(crate) fn hex_bytes(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.iter().filter(|byte| !is_space(**byte)).map(|byte| digit(*byte)).collect();
    Some(
        digits?
            .chunks(2)
            .map(|pair| pair.first().copied().unwrap_or(0) << 4 | pair.get(1).copied().unwrap_or(0))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Object> {
        Parser::new(text, 0).object(0)
    }

    #[test]
    fn writes_what_it_reads() {
        let text =
            b"<</A [1 -2.5 +3 true null 4 0 R 5 6]/B#20C (a\\)\\(b\\101\\n(c))/D <48 656c6C6f5>/E/F %x\n>>";
        let object = read(text).unwrap();
        let mut out = Vec::new();
        object.write(&mut out);
        assert_eq!(read(&out).unwrap(), object);
        let dict = object.as_dict().unwrap();
        assert_eq!(dict.get(b"B C"), Some(&Object::Text(b"a)(bA\n(c)".to_vec())));
        assert_eq!(dict.get(b"D").unwrap().as_text().unwrap(), "HelloP");
        assert_eq!(dict.get(b"A").unwrap().as_array().unwrap()[5], Object::Ref(4, 0));
        assert!(dict.is(b"E", b"F"));
    }

    #[test]
    fn has_limits() {
        assert!(read(&b"[".repeat(100_000)).is_err());
        assert!(read(&[b"[".to_vec(), b"1 ".repeat(300_000), b"]".to_vec()].concat()).is_err());
        for text in ["", "<<", "<</A", "(a", "<4", "/A#1", "abc", "1e5", "[1 2"] {
            let found = read(text.as_bytes());
            assert!(found.is_err(), "{text}: {found:?}");
        }
    }

    #[test]
    fn texts_keep_their_letters() {
        for text in ["Dr Lefèvre", "plain", "Łukasz 漢"] {
            assert_eq!(Object::text(text).as_text().unwrap(), text);
        }
    }
}
