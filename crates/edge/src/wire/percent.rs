//! Percent-encoding of path segments and query values (RFC 3986).

use std::borrow::Cow;

/// A path segment, decoded. `None` when the encoding is broken or hides a NUL.
pub fn decode(segment: &str) -> Option<Cow<'_, str>> {
    if !segment.contains('%') {
        return Some(Cow::Borrowed(segment));
    }
    let bytes = segment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let high = char::from(*bytes.get(at + 1)?).to_digit(16)?;
            let low = char::from(*bytes.get(at + 2)?).to_digit(16)?;
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    let text = String::from_utf8(out).ok()?;
    (!text.contains('\0')).then_some(Cow::Owned(text))
}

/// Appends a query value, encoded.
pub fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:/,|$".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        let mut out = String::new();
        encode("é a+b&c=%", &mut out);
        assert_eq!(out, "%C3%A9%20a%2Bb%26c%3D%25");
        assert_eq!(decode(&out).as_deref(), Some("é a+b&c=%"));
        for bad in ["%", "%4", "%zz", "%ff", "%00"] {
            assert_eq!(decode(bad), None);
        }
    }
}
