//! Rust source as far as tidiness needs it: code without comments and string contents, and which lines are
//! tests.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

pub struct Source {
    pub path: PathBuf,
    /// The text with comments and the contents of strings blanked, byte for byte.
    pub code: String,
    /// Line and content of each string.
    pub strings: Vec<(usize, String)>,
    /// Line and text of each comment.
    pub comments: Vec<(usize, String)>,
    /// Byte ranges of items under `#[cfg(test)]`.
    tests: Vec<Range<usize>>,
    line_starts: Vec<usize>,
}

impl Source {
    pub fn read(root: &Path, path: &Path) -> Option<Source> {
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        Some(Source::new(path, &text))
    }

    pub fn new(path: &Path, text: &str) -> Source {
        let mut blanker = Blanker {
            text: text.as_bytes(),
            at: 0,
            code: text.as_bytes().to_vec(),
            strings: vec![],
            comments: vec![],
        };
        blanker.run();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let code = String::from_utf8_lossy(&blanker.code).into_owned();
        let mut source = Source {
            path: path.to_path_buf(),
            tests: test_ranges(&code),
            code,
            strings: Vec::new(),
            comments: Vec::new(),
            line_starts,
        };
        let content = |r: &Range<usize>| String::from_utf8_lossy(&text.as_bytes()[r.clone()]).into_owned();
        source.strings = blanker.strings.iter().map(|r| (source.line(r.start), content(r))).collect();
        source.comments = blanker.comments.iter().map(|r| (source.line(r.start), content(r))).collect();
        source
    }

    /// 1-based line of a byte.
    pub fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    pub fn is_test_at(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    pub fn is_test_line(&self, line: usize) -> bool {
        self.line_starts.get(line - 1).is_some_and(|start| self.is_test_at(*start))
    }

    /// Whether a comment at that line, or on the lines right above it, allows breaking the rule.
    pub fn allows(&self, line: usize, rule: &str) -> bool {
        let mark = format!("tidy: allow({rule})");
        self.comments
            .iter()
            .any(|(at, text)| (line.saturating_sub(3)..=line).contains(at) && text.contains(&mark))
    }
}

/// Files that are tests or test kits as a whole: in a folder or file named so, or declared under `#[cfg(test)]`.
pub fn test_files(sources: &[Source]) -> HashSet<PathBuf> {
    let mut out = HashSet::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for source in sources {
        let folder = source.path.parent().unwrap_or(Path::new("")).to_path_buf();
        let stem = source.path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let folder = if matches!(stem, "lib" | "main" | "mod") { folder } else { folder.join(stem) };
        for range in &source.tests {
            let declared = source.code[range.clone()]
                .split("mod ")
                .nth(1)
                .and_then(|rest| rest.trim().strip_suffix(';'));
            if let Some(name) = declared {
                out.insert(folder.join(format!("{name}.rs")));
                folders.push(folder.join(name));
            }
        }
    }
    for source in sources {
        let named = source.path.components().any(|c| {
            matches!(
                c.as_os_str().to_str(),
                Some("tests" | "tests.rs" | "testing" | "testing.rs" | "examples" | "benches")
            )
        });
        if named || folders.iter().any(|f| source.path.starts_with(f)) {
            out.insert(source.path.clone());
        }
    }
    out
}

fn test_ranges(code: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for mark in ["#[cfg(test)]", "#[cfg(all(test", "#[test]", "#[tokio::test"] {
        for (start, _) in code.match_indices(mark) {
            let rest = &code[start..];
            let body = rest.find(['{', ';']).unwrap_or(rest.len());
            let end =
                if rest[body..].starts_with('{') { block_end(code, start + body) } else { start + body + 1 };
            out.push(start..end.min(code.len()));
        }
    }
    out
}

/// Just after the brace that closes the one at `open`.
pub fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (i, b) in code.bytes().enumerate().skip(open) {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

struct Blanker<'a> {
    text: &'a [u8],
    at: usize,
    code: Vec<u8>,
    strings: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
}

impl Blanker<'_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let word_before = self.at > 0 && is_word(self.text[self.at - 1]);
            if rest.starts_with(b"//") {
                let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                self.comment(end);
            } else if rest.starts_with(b"/*") {
                self.comment(block_comment(rest));
            } else if let Some((open, hashes)) = raw_string(rest).filter(|_| !word_before) {
                let close = [b"\"".to_vec(), vec![b'#'; hashes]].concat();
                let length = find(&rest[open..], &close).unwrap_or(rest.len() - open);
                self.string(open, length, close.len());
            } else if rest[0] == b'"' {
                self.string(1, quoted(&rest[1..], b'"'), 1);
            } else if let Some(length) = character(rest) {
                self.blank(self.at + 1..self.at + length - 1);
                self.at += length;
            } else {
                self.at += 1;
            }
        }
    }

    fn comment(&mut self, length: usize) {
        let range = self.at..self.at + length;
        self.comments.push(range.clone());
        self.blank(range);
        self.at += length;
    }

    fn string(&mut self, open: usize, length: usize, close: usize) {
        let range = self.at + open..(self.at + open + length).min(self.text.len());
        self.strings.push(range.clone());
        self.blank(range.clone());
        self.at = range.end + close;
    }

    fn blank(&mut self, range: Range<usize>) {
        let end = range.end.min(self.code.len());
        for b in &mut self.code[range.start.min(end)..end] {
            if *b != b'\n' {
                *b = b' ';
            }
        }
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn block_comment(text: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// `r"`, `r#"`, `br##"` …: the length of the opening, and how many `#`.
fn raw_string(text: &[u8]) -> Option<(usize, usize)> {
    let r = text
        .iter()
        .take(2)
        .position(|b| *b == b'r')
        .filter(|at| *at == 0 || matches!(text[0], b'b' | b'c'))?;
    let hashes = text[r + 1..].iter().take_while(|b| **b == b'#').count();
    (text.get(r + 1 + hashes) == Some(&b'"')).then_some((r + 2 + hashes, hashes))
}

/// The length up to the closing quote.
fn quoted(text: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while at < text.len() && text[at] != quote {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at.min(text.len())
}

/// The length of a character literal; none for a lifetime.
fn character(text: &[u8]) -> Option<usize> {
    if text[0] != b'\'' {
        return None;
    }
    if text.get(1) == Some(&b'\\') {
        return Some(quoted(&text[1..], b'\'') + 2);
    }
    let close = text.iter().skip(2).take(4).position(|b| *b == b'\'')? + 2;
    let one = std::str::from_utf8(&text[1..close]).is_ok_and(|s| s.chars().count() == 1);
    one.then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_characters_are_blanked() {
        let text = "fn a<'x>() { let c = '\"'; let s = \"}\\\"//\"; /* } /* */ */ r#\"\"}\"#; } // {";
        let source = Source::new(Path::new("a.rs"), text);
        assert_eq!(source.code.len(), text.len());
        assert_eq!(source.code.matches(['{', '}']).collect::<String>(), "{}");
        assert_eq!(source.strings.iter().map(|s| s.1.as_str()).collect::<Vec<_>>(), ["}\\\"//", "\"}"]);
        assert_eq!(source.comments.len(), 2);
    }

    #[test]
    fn knows_what_is_a_test() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n";
        let source = Source::new(Path::new("a.rs"), text);
        assert_eq!(
            (1..=6).map(|line| source.is_test_line(line)).collect::<Vec<_>>(),
            [false, true, true, true, true, false]
        );
        let parent = Source::new(Path::new("x/mod.rs"), "#[cfg(test)]\nmod kit;\n");
        let child = Source::new(Path::new("x/kit.rs"), "");
        assert!(test_files(&[parent, child]).contains(Path::new("x/kit.rs")));
    }
}
