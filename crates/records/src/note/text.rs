//! Plain text of a section ⇄ its narrative (<https://hl7.org/fhir/R4/narrative.html>): what a person typed comes
//! back to the letter.

use fhir::Json;

const OPEN: &str = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>";
const CLOSE: &str = "</p></div>";
const BREAK: &str = "<br/>";
/// Stands in a section that nobody has filled in; a narrative must not be blank.
const BLANK: &str = "—";

/// What the writer fills in.
pub(crate) const GAP: &str = "[…]";

/// Line ends of all systems, and those that word processors paste, become `\n`; what XML cannot hold is left out.
pub(crate) fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => {}
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// The narrative of a normalised text.
pub(crate) fn narrative(text: &str) -> Json<'static> {
    if text.trim().is_empty() {
        let div = format!("{OPEN}{BLANK}{CLOSE}");
        return Json::object([("status", Json::string("empty")), ("div", Json::string(div))]);
    }
    // Written by a person, and more than the entries say.
    Json::object([("status", Json::string("additional")), ("div", Json::string(div(text)))])
}

fn div(text: &str) -> String {
    let mut out = String::with_capacity(OPEN.len() + text.len() + text.len() / 8 + CLOSE.len());
    out.push_str(OPEN);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str(BREAK),
            '\t' => out.push_str("&#9;"),
            other => out.push(other),
        }
    }
    out.push_str(CLOSE);
    out
}

/// The text of a narrative. Of one that was not written here, what is between its tags.
pub(crate) fn plain(narrative: &Json<'_>) -> String {
    if narrative.get_str("status") == Some("empty") {
        return String::new();
    }
    let div = narrative.get_str("div").unwrap_or_default();
    match div.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE)) {
        Some(inner) => untagged(inner),
        None => untagged(div).trim().to_string(),
    }
}

/// Without tags: those that end a line become one.
fn untagged(xhtml: &str) -> String {
    let mut out = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { '>' } else { ';' };
        let Some(length) = rest.find(end) else { break };
        let name = &rest[1..length];
        if end == ';' {
            out.push_str(&entity(name));
        } else if is_line_end(name) {
            out.push('\n');
        }
        rest = &rest[length + 1..];
    }
    out.push_str(rest);
    out
}

fn is_line_end(tag: &str) -> bool {
    matches!(tag.trim_end_matches('/').trim_end(), "br" | "/p" | "/div" | "/li" | "/tr" | "hr")
}

fn entity(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16).ok());
    let number = number.or_else(|| name.strip_prefix('#').map(|digits| digits.parse().ok()));
    let letter = match (name, number) {
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        ("nbsp", _) => Some('\u{a0}'),
        (_, Some(number)) => number.and_then(char::from_u32),
        _ => None,
    };
    letter.map_or_else(|| format!("&{name};"), String::from)
}

/// The first words, for lists.
pub(crate) fn excerpt(text: &str, max: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().take(max / 2).collect();
    let line = words.join(" ");
    if line.chars().count() <= max {
        return line;
    }
    let cut: String = line.chars().take(max).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_and_accents_come_back() {
        for text in [
            "a < b && c > \"d\"",
            "TA 12/8\n\tpouls 60 ",
            "&lt;br/&gt; &amp; <script>",
            " \n x\n",
            "[…] — ’œ",
        ] {
            let narrative = narrative(text);
            assert_eq!(plain(&narrative), text);
            assert!(!narrative.get_str("div").unwrap().contains("<script"));
        }
        assert_eq!(plain(&narrative(" \n")), "");
        assert_eq!(normalised("a\r\nb\rc\u{b}d\u{0}e\u{2028}f"), "a\nb\nc\nde\nf");
        let foreign = Json::object([("div", Json::string("<div><p>Un&nbsp;mot</p><p>Deux</p></div>"))]);
        assert_eq!(plain(&foreign), "Un\u{a0}mot\nDeux");
        assert_eq!(excerpt("Un  deux\ntrois quatre", 7), "Un deux…");
    }

    proptest! {
        #[test]
        fn what_was_typed_comes_back(text in "\\PC*(\n|\t|<|>|&|\"|;|\\PC)*") {
            let text = normalised(&text);
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(plain(&narrative(&text)), text);
        }

        #[test]
        fn normalising_twice_changes_nothing(text in any::<String>()) {
            let once = normalised(&text);
            prop_assert_eq!(normalised(&once), once);
        }
    }
}
