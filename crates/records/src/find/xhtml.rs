//! The plain text of a narrative (<https://hl7.org/fhir/R4/narrative.html>): tags become spaces, the five entities
//! of XML and numbers their characters.

/// Bytes of one narrative that are read.
const BYTES_MAX: usize = 256 * 1024;

/// Tags inside a word, such as those of a mark, do not part it.
const INLINE: [&str; 12] = ["a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "tt", "u"];

pub(super) fn text(xhtml: &str) -> String {
    let mut end = xhtml.len().min(BYTES_MAX);
    while !xhtml.is_char_boundary(end) {
        end -= 1;
    }
    let mut rest = &xhtml[..end];
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['<', '&']) {
        push(&rest[..at], &mut out);
        rest = match rest.as_bytes()[at] {
            b'<' => tag(&rest[at..], &mut out),
            _ => entity(&rest[at..], &mut out),
        };
    }
    push(rest, &mut out);
    out.trim_end().to_string()
}

/// Every run of spaces is one.
fn push(text: &str, out: &mut String) {
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.is_empty() || out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
}

fn tag<'t>(text: &'t str, out: &mut String) -> &'t str {
    let Some(end) = text.find('>') else { return "" };
    let name = text[1..end].trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    if !INLINE.contains(&name) {
        push(" ", out);
    }
    &text[end + 1..]
}

fn entity<'t>(text: &'t str, out: &mut String) -> &'t str {
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else {
        out.push('&');
        return &text[1..];
    };
    let name = &text[1..end];
    let number = match name.strip_prefix("#x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => name.strip_prefix('#').and_then(|digits| digits.parse().ok()),
    };
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    if let Some(found) = found {
        push(found.encode_utf8(&mut [0; 4]), out);
    }
    &text[end + 1..]
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn narratives_become_text() {
        assert_eq!(
            text("<div><p>Na<sup>+</sup>  bas</p><p>K &lt; 3 &amp; Cl&#233;</p></div>"),
            "Na+ bas K < 3 & Clé"
        );
        for odd in ["<", "&", "&;", "<p", "a&b", "&#x110000;", "&#xD800;", ""] {
            text(odd);
        }
        assert_eq!(text("R&D"), "R&D");
    }
}
