//! Escapes in search values: `\,` `\|` `\$` `\\` (<https://hl7.org/fhir/R4/search.html#escaping>).

/// Splits at a separator that is not escaped. The parts keep their escapes.
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == separator {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Removes the escapes. A backslash before anything else stands for itself.
pub fn plain(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(&next @ (',' | '|' | '$' | '\\'))) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_unescapes() {
        assert_eq!(split(r"a\,b,c", ','), [r"a\,b", "c"]);
        assert_eq!(split(r"a\\,c", ','), [r"a\\", "c"]);
        assert_eq!(split("", ','), [""]);
        assert_eq!(plain(r"a\,b\|\$\\\x"), r"a,b|$\\x");
        assert_eq!(plain(r"end\"), r"end\");
    }
}
