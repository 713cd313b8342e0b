//! The objects of a PDF (ISO 32000-1, 7.3), and how we write them.

use std::io::Write;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    /// As written, so that nothing is lost by reading and writing.
    Number(Vec<u8>),
    /// Without slash, escapes resolved.
    Name(Vec<u8>),
    /// A string's bytes.
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Ref(u32, u16),
    /// Its dictionary, and where its data begin in the file.
    Stream(Dict, usize),
}

/// Entries in the order of the file; the first of a name counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict(pub Vec<(Vec<u8>, Object)>);

impl Dict {
    pub fn get(&self, name: &[u8]) -> Option<&Object> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub fn put(&mut self, name: &[u8], value: Object) {
        match self.0.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_vec(), value)),
        }
    }

    pub fn has(&self, name: &[u8]) -> bool {
        self.get(name).is_some()
    }

    /// Whether the entry is this name.
    pub fn is(&self, name: &[u8], value: &[u8]) -> bool {
        matches!(self.get(name), Some(Object::Name(found)) if found == value)
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<<");
        for (name, value) in &self.0 {
            write_name(name, out);
            out.push(b' ');
            value.write(out);
        }
        out.extend_from_slice(b">>");
    }
}

impl Object {
    pub fn name(text: &str) -> Self {
        Self::Name(text.as_bytes().to_vec())
    }

    pub fn number(value: i64) -> Self {
        Self::Number(value.to_string().into_bytes())
    }

    /// A text string: ASCII as it is, else UTF-16 with its mark (7.9.2.2).
    pub fn text(value: &str) -> Self {
        if value.is_ascii() {
            return Self::Text(value.as_bytes().to_vec());
        }
        let units = value.encode_utf16().flat_map(u16::to_be_bytes);
        Self::Text([0xfe, 0xff].into_iter().chain(units).collect())
    }

    /// What a text string says.
    pub fn as_text(&self) -> Option<String> {
        let Self::Text(bytes) = self else { return None };
        if let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) {
            let units: Vec<u16> = units
                .chunks_exact(2)
                .map(|pair| pair.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte)))
                .collect();
            return Some(String::from_utf16_lossy(&units));
        }
        if let Some(utf8) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
            return Some(String::from_utf8_lossy(utf8).into_owned());
        }
        Some(bytes.iter().map(|byte| char::from(*byte)).collect())
    }

    pub fn as_int(&self) -> Option<i64> {
        let Self::Number(digits) = self else { return None };
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    pub fn as_usize(&self) -> Option<usize> {
        self.as_int().and_then(|value| usize::try_from(value).ok())
    }

    pub fn as_dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) | Self::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_ref(&self) -> Option<u32> {
        match self {
            Self::Ref(number, _) => Some(*number),
            _ => None,
        }
    }

    /// A stream is written as its dictionary.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Bool(true) => out.extend_from_slice(b"true"),
            Self::Bool(false) => out.extend_from_slice(b"false"),
            Self::Number(digits) => out.extend_from_slice(digits),
            Self::Name(name) => write_name(name, out),
            Self::Text(bytes) => write_hex(bytes, out),
            Self::Array(items) => {
                out.push(b'[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(b' ');
                    }
                    item.write(out);
                }
                out.push(b']');
            }
            Self::Dict(dict) | Self::Stream(dict, _) => dict.write(out),
            // Writing to a Vec cannot fail.
            Self::Ref(number, generation) => drop(write!(out, "{number} {generation} R")),
        }
    }
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+:,;*!&$@^`|~\"'?=\\".contains(byte) {
            out.push(*byte);
        } else {
            drop(write!(out, "#{byte:02X}"));
        }
    }
}

/// Hexadecimal strings need no escapes.
pub(crate) fn write_hex(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'<');
    for byte in bytes {
        drop(write!(out, "{byte:02X}"));
    }
    out.push(b'>');
}
