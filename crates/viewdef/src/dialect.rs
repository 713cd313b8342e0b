//! Where the language of views differs from FHIRPath, it is written out in FHIRPath itself: `getResourceKey()` and
//! `getReferenceKey(Type)` are added, and `join()` of nothing is an empty text. On the way, names that no view knows
//! are found.
//!
//! The key of a resource is its id. A reference has a key when it is relative: another server's ids are not ours.

use super::What;
use fhir::ResourceType;

/// `%name` that is always there. `%vs-…` and `%ext-…` are too.
const VARIABLES: [&str; 7] = ["resource", "rootResource", "context", "ucum", "sct", "loinc", "rowIndex"];

/// The expression in plain FHIRPath.
pub fn write_out(text: &str, is_constant: &dyn Fn(&str) -> bool) -> Result<String, What> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' | '`' => quoted(rest, first),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |at| at + 4),
            '%' => {
                let (name, length) = variable(&rest[1..]);
                let given = VARIABLES.contains(&name) || name.starts_with("vs-") || name.starts_with("ext-");
                if !given && !is_constant(name) {
                    return Err(What::UnknownConstant(name.chars().take(64).collect()));
                }
                1 + length
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let name = &rest[..word(rest)];
                if let Some((length, written)) = call(name, &rest[name.len()..], is_constant)? {
                    out.push_str(&written);
                    rest = &rest[name.len() + length..];
                    continue;
                }
                name.len()
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Ok(out)
}

/// What a call of that name is written as, and the length of its brackets; none for all other names.
fn call(
    name: &str,
    after: &str,
    is_constant: &dyn Fn(&str) -> bool,
) -> Result<Option<(usize, String)>, What> {
    let open = after.len() - after.trim_start().len();
    let Some(inside) = after.trim_start().strip_prefix('(') else { return Ok(None) };
    if name == "memberOf" {
        return Err(What::NotOffered("memberOf"));
    }
    if !matches!(name, "getResourceKey" | "getReferenceKey" | "join") {
        return Ok(None);
    }
    // Brackets that do not close are left for the reader of the expression to complain about.
    let Some(close) = closing(inside) else { return Ok(None) };
    let argument = inside[..close].trim();
    let written = match (name, argument) {
        ("getResourceKey", "") => "ofType(Resource).id".to_string(),
        ("getReferenceKey", "") => {
            let relative = "contains(':').not() and startsWith('#').not() and contains('/')";
            format!("reference.where({relative}).select(split('/')[1])")
        }
        ("getReferenceKey", ty) => {
            let ty = ty.strip_prefix("FHIR.").unwrap_or(ty);
            let ty = ResourceType::parse(ty).ok_or(What::UnknownResource)?.name();
            format!("reference.where(startsWith('{ty}/')).select(split('/')[1])")
        }
        ("join", "") => "where(hasValue()).aggregate($total & $this, '')".to_string(),
        ("join", separator) => {
            let separator = write_out(separator, is_constant)?;
            format!("where(hasValue()).aggregate(iif($index = 0, $this, $total & ({separator}) & $this), '')")
        }
        _ => return Ok(None),
    };
    Ok(Some((open + 1 + close + 1, written)))
}

/// Where the bracket that was opened before this text closes.
fn closing(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\'' | '"' | '`' => {
                at += quoted(&text[at..], c);
                continue;
            }
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// The length of a text in quotes, with them; escapes are stepped over.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
}

/// The name behind a `%` and its length: bare, or in quotes.
fn variable(text: &str) -> (&str, usize) {
    match text.chars().next() {
        Some(quote @ ('\'' | '`')) => {
            let length = quoted(text, quote);
            (text[..length].trim_matches(quote), length)
        }
        _ => (&text[..word(text)], word(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<String, What> {
        write_out(text, &|name| name == "limit")
    }

    #[test]
    fn keys_are_written_out() {
        assert_eq!(written("getResourceKey()").unwrap(), "ofType(Resource).id");
        assert_eq!(
            written("subject.getReferenceKey( Patient ) = 'x'").unwrap(),
            "subject.reference.where(startsWith('Patient/')).select(split('/')[1]) = 'x'"
        );
        assert!(written("a.getReferenceKey()").unwrap().starts_with("a.reference.where("));
        assert_eq!(written("a.getReferenceKey(Nothing)"), Err(What::UnknownResource));
    }

    #[test]
    fn texts_and_comments_stay() {
        for text in [
            "'getResourceKey()'",
            r"'it\'s getResourceKey()'",
            "a // getResourceKey() %no\n.b",
            "/* %no memberOf('x') */ é",
            "getResourceKey",
            "given.join('",
            "`memberOf`",
            "'%no' & %limit & %`limit` & %`vs-name-use`",
            "'unfinished",
        ] {
            assert_eq!(written(text).unwrap(), text);
        }
    }

    #[test]
    fn join_of_nothing_is_an_empty_text() {
        assert_eq!(written("given.join()").unwrap(), "given.where(hasValue()).aggregate($total & $this, '')");
        assert_eq!(
            written("given.join(')' & iif(a, %limit, b.join())).length()").unwrap(),
            "given.where(hasValue()).aggregate(iif($index = 0, $this, $total & (')' & iif(a, %limit, b.where(hasValue()).aggregate($total & $this, ''))) & $this), '').length()"
        );
        assert_eq!(written("given.join(%no)"), Err(What::UnknownConstant("no".into())));
    }

    #[test]
    fn unknown_names_are_refused() {
        assert_eq!(written("name.where(use = %no)"), Err(What::UnknownConstant("no".into())));
        assert_eq!(written("code.memberOf('x')"), Err(What::NotOffered("memberOf")));
    }
}
