//! `encode`, `decode`, `escape` and `unescape` (<https://hl7.org/fhirpath/#encodeformat--string--string>).

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn encode(text: &str, format: &str) -> Option<String> {
    match format {
        "hex" => Some(text.bytes().map(|b| format!("{b:02x}")).collect()),
        "base64" => Some(base64(text.as_bytes(), STANDARD)),
        "urlbase64" => Some(base64(text.as_bytes(), URL)),
        _ => None,
    }
}

pub fn decode(text: &str, format: &str) -> Option<String> {
    let bytes = match format {
        "hex" => unhex(text)?,
        "base64" => unbase64(text, STANDARD)?,
        "urlbase64" => unbase64(text, URL)?,
        _ => return None,
    };
    String::from_utf8(bytes).ok()
}

fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            if place <= chunk.len() {
                out.push(char::from(alphabet[(bits >> (18 - 6 * place)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

fn unbase64(text: &str, alphabet: &[u8; 64]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for b in text.trim_end_matches('=').bytes() {
        let value = alphabet.iter().position(|known| *known == b)?;
        bits = (bits << 6) | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(out)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

pub fn escape(text: &str, target: &str) -> Option<String> {
    let replaced = |c: char| -> Option<&'static str> {
        match (target, c) {
            ("html", '<') => Some("&lt;"),
            ("html", '>') => Some("&gt;"),
            ("html", '&') => Some("&amp;"),
            ("html" | "json", '"') => Some(if target == "html" { "&quot;" } else { "\\\"" }),
            ("html", '\'') => Some("&#39;"),
            ("json", '\\') => Some("\\\\"),
            ("json", '\n') => Some("\\n"),
            ("json", '\r') => Some("\\r"),
            ("json", '\t') => Some("\\t"),
            _ => None,
        }
    };
    if !matches!(target, "html" | "json") {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match replaced(c) {
            Some(escaped) => out.push_str(escaped),
            None => out.push(c),
        }
    }
    Some(out)
}

pub fn unescape(text: &str, target: &str) -> Option<String> {
    match target {
        "html" => Some(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&"),
        ),
        "json" => Some(unescape_json(text)),
        _ => None,
    }
}

/// The characters that JSON's escapes mean; an escape that is none stays as it is.
fn unescape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}
