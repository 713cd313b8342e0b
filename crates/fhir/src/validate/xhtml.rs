//! Narratives: a small, safe part of XHTML (<https://hl7.org/fhir/R4/narrative.html>).

use super::message;
use crate::Issue;
use crate::issue::{Code, Text};

const NAMESPACE: &str = "http://www.w3.org/1999/xhtml";
const DEPTH_MAX: usize = 200;

/// The formatting elements of HTML 4.0 that a narrative may use.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "b",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// What is wrong with the text of a narrative, if anything.
pub fn check(text: &str) -> Option<Issue> {
    let mut scan = Scan { text, at: 0, open: Vec::new(), content: false };
    match scan.run() {
        Ok(()) if scan.content => None,
        Ok(()) => Some(Issue::error(Code::Invariant, message::NARRATIVE_EMPTY)),
        Err(Fault { text, name }) => {
            let shown: String = name.chars().take(40).collect();
            Some(Issue::error(Code::Structure, text).arg("name", shown))
        }
    }
}

struct Fault<'t> {
    text: Text,
    name: &'t str,
}

fn malformed<'t>() -> Fault<'t> {
    Fault { text: message::NARRATIVE_DIV, name: "" }
}

fn unsafe_part(name: &str) -> Fault<'_> {
    Fault { text: message::NARRATIVE_UNSAFE, name }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    open: Vec<&'t str>,
    content: bool,
}

impl<'t> Scan<'t> {
    fn run(&mut self) -> Result<(), Fault<'t>> {
        let text = self.text.trim();
        self.text = text;
        if !text.starts_with("<div") {
            return Err(malformed());
        }
        while self.at < text.len() {
            let rest = &text[self.at..];
            if rest.starts_with('<') {
                self.markup(rest)?;
                if self.open.is_empty() && self.at < text.len() {
                    return Err(malformed());
                }
            } else {
                let end = memchr::memchr(b'<', rest.as_bytes()).ok_or_else(malformed)?;
                self.characters(&rest[..end])?;
                self.at += end;
            }
        }
        if self.open.is_empty() { Ok(()) } else { Err(malformed()) }
    }

    fn characters(&mut self, text: &'t str) -> Result<(), Fault<'t>> {
        self.content |= !self.content && text.bytes().any(|b| !b.is_ascii_whitespace());
        references(text)
    }

    fn markup(&mut self, rest: &'t str) -> Result<(), Fault<'t>> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").ok_or_else(malformed)?;
            self.at += 4 + end + 3;
            return Ok(());
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return Err(unsafe_part(rest.split(['>', ' ']).next().unwrap_or(rest)));
        }
        if let Some(tag) = rest.strip_prefix("</") {
            let end = tag.find('>').ok_or_else(malformed)?;
            let name = tag[..end].trim_end();
            self.at += 2 + end + 1;
            return if self.open.pop() == Some(name) { Ok(()) } else { Err(malformed()) };
        }
        self.start_tag(&rest[1..])
    }

    fn start_tag(&mut self, tag: &'t str) -> Result<(), Fault<'t>> {
        let name_end =
            tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').ok_or_else(malformed)?;
        let name = &tag[..name_end];
        if !ELEMENTS.contains(&name) {
            return Err(unsafe_part(name));
        }
        let is_root = self.open.is_empty();
        let mut has_namespace = false;
        let mut rest = tag[name_end..].trim_start();
        loop {
            if let Some(after) = rest.strip_prefix("/>") {
                self.at = self.text.len() - after.len();
                self.content |= name == "img";
                break;
            }
            if let Some(after) = rest.strip_prefix('>') {
                self.at = self.text.len() - after.len();
                if self.open.len() >= DEPTH_MAX {
                    return Err(malformed());
                }
                self.open.push(name);
                break;
            }
            let (attribute, value, after) = attribute(rest).ok_or_else(malformed)?;
            has_namespace |= attribute == "xmlns" && value == NAMESPACE;
            check_attribute(name, attribute, value)?;
            rest = after.trim_start();
        }
        self.content |= name == "img";
        if is_root && !has_namespace { Err(malformed()) } else { Ok(()) }
    }
}

/// `name="value"` and what follows it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = rest[1..].split_once(quote)?;
    let name = name.trim_end();
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b));
    (plain && !value.contains('<')).then_some((name, value, after))
}

fn check_attribute<'t>(element: &str, name: &'t str, value: &'t str) -> Result<(), Fault<'t>> {
    references(value)?;
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("on") || matches!(lower.as_str(), "formaction" | "srcdoc" | "background" | "action")
    {
        return Err(unsafe_part(name));
    }
    let is_address = matches!(lower.as_str(), "href" | "src" | "cite" | "longdesc");
    if is_address && !matches!(element, "a" | "img" | "blockquote" | "q" | "ins" | "del") {
        return Err(unsafe_part(name));
    }
    // Browsers skip white space and control characters inside a scheme; entities could spell it too.
    let squeezed: String =
        value.chars().filter(|c| *c > ' ').take(64).collect::<String>().to_ascii_lowercase();
    let scripted = |text: &str| text.contains("javascript:") || text.contains("vbscript:");
    let spelled = is_address && squeezed.split(['/', '?']).next().is_some_and(|scheme| scheme.contains("&#"));
    let data = is_address && squeezed.starts_with("data:") && !squeezed.starts_with("data:image/");
    if (is_address && scripted(&squeezed)) || spelled || data {
        return Err(unsafe_part(name));
    }
    if lower == "style" {
        let style: String = value.chars().filter(|c| *c > ' ').collect::<String>().to_ascii_lowercase();
        let harmful = ["expression(", "javascript:", "@import", "behavior:", "-moz-binding", "\\"];
        // Pictures may come with the text, never from another host: a fetch would tell who reads it.
        let fetches = style.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'']));
        let mut fetches = fetches.filter(|url| !url.starts_with("data:image/"));
        if harmful.iter().any(|bad| style.contains(bad)) || fetches.any(is_elsewhere) {
            return Err(unsafe_part(name));
        }
    }
    Ok(())
}

/// Whether an address of a style names a scheme or a host.
fn is_elsewhere(url: &str) -> bool {
    let url = url.split([')', '"', '\'']).next().unwrap_or(url);
    url.contains(':') || url.contains("//") || url.contains('&')
}

/// Entity and character references must be complete: `&amp;`, `&#233;`, `&nbsp;`.
fn references(text: &str) -> Result<(), Fault<'_>> {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|b| b == b';').ok_or_else(malformed)?;
        let name = &rest.as_bytes()[..end];
        let digits = name.strip_prefix(b"#").unwrap_or(name);
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_alphanumeric) {
            return Err(malformed());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(inner: &str) -> Option<&'static str> {
        check(&format!("<div xmlns=\"{NAMESPACE}\">{inner}</div>")).map(|issue| issue.text.key)
    }

    #[test]
    fn ordinary_text_passes() {
        assert_eq!(key("<p class='x'>a &amp; b &#233; <br/><a href=\"#top\">up</a></p><!-- c -->"), None);
        assert_eq!(key("<img src=\"data:image/png;base64,AAAA\" alt=\"x\"/>"), None);
    }

    #[test]
    fn scripts_and_broken_text_do_not() {
        let harmful = Some("validate.narrative-unsafe");
        for inner in [
            "<script>x</script>",
            "<p onclick='x'>a</p>",
            "<a href='java\nscript:x'>a</a>",
            "<a href='&#106;avascript:x'>a</a>",
            "<iframe src='x'/>",
            "<p style='width: expression(x)'>a</p>",
            "<form>a</form>",
            "<![CDATA[a]]>",
            "<SCRIPT>a</SCRIPT>",
        ] {
            assert_eq!(key(inner), harmful, "{inner}");
        }
        let broken = Some("validate.narrative-div");
        for inner in ["<p>a", "a & b", "<b><i>a</b></i>", "<p class=x>a</p>", "</div><div>a"] {
            assert_eq!(key(inner), broken, "{inner}");
        }
        assert_eq!(key("  <br/> "), Some("validate.narrative-empty"));
        assert_eq!(check("<div>a</div>").map(|i| i.text.key), broken);
    }
}
