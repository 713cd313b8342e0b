//! Code that has its one place, or none.

use super::Finding;
use super::source::Source;
use std::path::Path;

/// Panics that input could reach.
const PANICS: [&str; 7] =
    [".unwrap()", ".expect(\"", ".expect(&", "panic!(", "todo!(", "unimplemented!(", "dbg!("];

/// Time and chance come in as parameters (`store::Ctx`); this is where they come from.
const CLOCK_PLACE: &str = "crates/store/src/ctx.rs";
const CLOCKS: [&str; 10] = [
    "Utc::now",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
    "Local::now",
    "OffsetDateTime::now",
    "thread_rng",
    "rand::rng(",
    "Uuid::new_v4",
    "Uuid::now_v7",
];

/// What begins a sentence in SQL.
const SQL: [&str; 9] = [
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
];

pub fn check(source: &Source, is_test_file: bool, findings: &mut Vec<Finding>) {
    if is_test_file {
        return;
    }
    let mut add = |line: usize, rule: &'static str, reason: String| {
        if !source.is_test_line(line) && !source.allows(line, rule) {
            findings.push(Finding { file: source.path.clone(), line, rule, reason });
        }
    };
    for pattern in PANICS {
        for at in found(&source.code, pattern).filter(|at| !is_own(&source.code[*at..])) {
            let reason = format!(
                "`{pattern}` can bring the program down; return an error, or say why it cannot happen."
            );
            add(source.line(at), "panic", reason);
        }
    }
    let product = source.path.starts_with("crates");
    if product && source.path != Path::new(CLOCK_PLACE) {
        for pattern in CLOCKS {
            for at in found(&source.code, pattern) {
                add(
                    source.line(at),
                    "clock",
                    format!("`{pattern}`: time and chance come from the context ({CLOCK_PLACE})."),
                );
            }
        }
    }
    if product && source.path.starts_with("crates/fhir") {
        for pattern in ["std::fs", "std::net", "std::process", "std::env"] {
            for at in found(&source.code, pattern) {
                add(source.line(at), "input-output", format!("`{pattern}`: `fhir` knows no outside world."));
            }
        }
    }
    if product && !source.path.starts_with("crates/store") {
        for (line, _) in source.strings.iter().filter(|(_, text)| is_sql(text)) {
            add(*line, "sql", "only `store` writes SQL.".into());
        }
    }
    for (line, text) in &source.comments {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        if words.any(|word| matches!(word, "TODO" | "FIXME" | "XXX")) {
            add(*line, "unfinished", "open an issue instead of leaving a mark.".into());
        }
    }
}

/// Whether this is a parser's own `expect(…)?`, which gives an error and no panic.
fn is_own(call: &str) -> bool {
    let after = call.split_once(')').map_or("", |(_, rest)| rest);
    call.starts_with(".expect") && after.starts_with('?')
}

/// Where a pattern stands that is not the end of a longer word.
fn found<'a>(code: &'a str, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
    let word = pattern.starts_with(|c: char| c.is_alphanumeric());
    code.match_indices(pattern)
        .map(|(at, _)| at)
        .filter(move |at| !word || !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let starts = SQL.iter().any(|verb| text.starts_with(verb));
    let selects = text.starts_with("SELECT ") && (text.contains(" FROM ") || text.contains("\nFROM "));
    starts || selects || (text.starts_with("UPDATE ") && text.contains(" SET "))
}

/// A path that exists on the machine of whoever wrote the line.
pub fn machine_path(line: &str) -> Option<&'static str> {
    const TOPS: [&str; 5] = [
        concat!("/", "home/"),
        concat!("/", "root/"),
        concat!("/", "work/"),
        concat!("/", "Users/"),
        concat!("/var", "/tmp/"),
    ];
    TOPS.into_iter().find(|top| {
        line.match_indices(top).any(|(at, _)| {
            !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '}'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let mut findings = Vec::new();
        check(&Source::new(Path::new(path), text), false, &mut findings);
        findings.iter().map(|f| f.rule).collect()
    }

    #[test]
    fn finds_what_is_not_to_be() {
        assert_eq!(rules("crates/a/src/b.rs", "fn a() { x.unwrap(); }"), ["panic"]);
        assert_eq!(
            rules("crates/a/src/b.rs", "fn a() { x.expect(\"why\"); y.expect(b':'); z.expect(\"(\")?; }"),
            ["panic"]
        );
        assert_eq!(
            rules("crates/a/src/b.rs", "// tidy: allow(panic) it is there\nfn a() { x.unwrap(); }"),
            [""; 0]
        );
        assert_eq!(rules("crates/a/src/b.rs", "#[cfg(test)]\nmod t { fn a() { x.unwrap(); } }"), [""; 0]);
        assert_eq!(rules("crates/a/src/b.rs", "fn a() { q(\"SELECT a FROM b\") }"), ["sql"]);
        assert_eq!(
            rules("crates/store/src/b.rs", "fn a() { q(\"SELECT a FROM b\"); SystemTime::now() }"),
            ["clock"]
        );
        assert_eq!(rules(CLOCK_PLACE, "fn a() { SystemTime::now() }"), [""; 0]);
        assert_eq!(rules("crates/fhir/src/b.rs", "use std::fs;"), ["input-output"]);
    }

    #[test]
    fn knows_paths_of_machines() {
        assert!(machine_path(concat!("see /", "home/me/x")).is_some());
        assert!(machine_path("GET /t/demo/fhir and ./work/x and https://a.b/work/").is_none());
    }
}
