//! Functions fit on a screen.

use super::Finding;
use super::source::{Source, block_end};

const LINES_MAX: usize = 70;

pub fn check(source: &Source, findings: &mut Vec<Finding>) {
    let code = &source.code;
    for (at, _) in code.match_indices("fn ") {
        let starts_word = at == 0 || !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let Some(open) = body(&code[at..]).filter(|_| starts_word && !name.is_empty()) else { continue };
        let line = source.line(at);
        let lines = source.line(block_end(code, at + open)) - line + 1;
        if lines > LINES_MAX && !source.allows(line, "function-length") {
            let reason = format!("`{name}` has {lines} lines; at most {LINES_MAX}. Give its steps names.");
            findings.push(Finding { file: source.path.clone(), line, rule: "function-length", reason });
        }
    }
}

/// Where the body begins; none for a declaration without one.
fn body(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(i),
            b';' | b'}' if depth <= 0 => return None,
            _ if depth < 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn counts_lines() {
        let long = format!("trait T {{ fn short(a: [u8; 3]); }}\nfn long() {{{}}}\n", "\n".repeat(80));
        let mut findings = Vec::new();
        check(&Source::new(Path::new("a.rs"), &long), &mut findings);
        assert_eq!(findings.iter().map(|f| f.line).collect::<Vec<_>>(), [2]);
    }
}
