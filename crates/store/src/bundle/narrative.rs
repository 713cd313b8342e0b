//! Links in narrative (`<a href="…">`, `<img src="…">`, <https://hl7.org/fhir/R4/narrative.html>).

/// The text with each link replaced that `meaning` knows; `None` when nothing changes.
pub(super) fn rewrite<'n>(div: &str, meaning: impl Fn(&str) -> Option<&'n str>) -> Option<String> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some((start, end)) = next_link(div, at) {
        if let Some(new) = meaning(&div[start..end]) {
            let out = out.get_or_insert_with(|| String::with_capacity(div.len() + 64));
            out.push_str(&div[copied..start]);
            out.push_str(new);
            copied = end;
        }
        at = end;
    }
    let mut out = out?;
    out.push_str(&div[copied..]);
    Some(out)
}

/// Start and end of the next link's address, from `at` on.
fn next_link(div: &str, at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    loop {
        let rest = div.get(at..)?;
        let equals = at + rest.find('=')?;
        let name = div[..equals].trim_end();
        let value = div[equals + 1..].trim_start();
        at = equals + 1;
        if !(name.ends_with("href") || name.ends_with("src")) {
            continue;
        }
        let Some(quote @ ('"' | '\'')) = value.chars().next() else { continue };
        let start = div.len() - value.len() + 1;
        let end = start + div[start..].find(quote)?;
        return Some((start, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        let meaning = |url: &str| (url == "urn:uuid:1").then_some("Patient/a");
        let cases = [
            (
                "<a href=\"urn:uuid:1\">=</a><img src = 'urn:uuid:1'/>",
                Some("<a href=\"Patient/a\">=</a><img src = 'Patient/a'/>"),
            ),
            ("<a href=\"urn:uuid:2\">urn:uuid:1</a>", None),
            ("<a title=\"urn:uuid:1\">", None),
            ("<a href=", None),
            ("<a href=\"", None),
            ("", None),
            ("é=é href=é", None),
        ];
        for (div, expected) in cases {
            assert_eq!(rewrite(div, meaning).as_deref(), expected, "{div}");
        }
    }
}
