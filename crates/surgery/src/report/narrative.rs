//! Plain text as a narrative, in the form in which the notes keep theirs: what a person reads and edits there is
//! what is written here.

use fhir::Json;

const OPEN: &str = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>";
const CLOSE: &str = "</p></div>";
/// What the writer fills in.
pub(super) const GAP: &str = "[…]";

pub(super) fn of(text: &str) -> Json<'static> {
    if text.trim().is_empty() {
        return Json::object([
            ("status", Json::string("empty")),
            ("div", Json::string(format!("{OPEN}—{CLOSE}"))),
        ]);
    }
    let mut div = String::with_capacity(text.len() + 80);
    div.push_str(OPEN);
    for letter in text.chars() {
        match letter {
            '&' => div.push_str("&amp;"),
            '<' => div.push_str("&lt;"),
            '>' => div.push_str("&gt;"),
            '"' => div.push_str("&quot;"),
            '\n' => div.push_str("<br/>"),
            '\t' => div.push_str("&#9;"),
            other => div.push(other),
        }
    }
    div.push_str(CLOSE);
    Json::object([("status", Json::string("additional")), ("div", Json::string(div))])
}

/// Whether nobody has written anything there.
pub(super) fn is_blank(section: &Json<'_>) -> bool {
    let Some(text) = section.get("text") else { return true };
    text.get_str("status") == Some("empty") || text.get_str("div").is_none_or(|div| div.trim().is_empty())
}

/// Whether a place is left to be filled in.
pub(super) fn has_gap(section: &Json<'_>) -> bool {
    section.get("text").and_then(|text| text.get_str("div")).is_some_and(|div| div.contains(GAP))
}
