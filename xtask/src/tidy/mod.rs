//! `cargo xtask tidy`: what a program can see of the house rules (`ARCHITECTURE.md`, `CONTRIBUTING.md`).
//!
//! A line that must break a rule says so, with the reason, in a comment on it or right above it:
//! `// tidy: allow(unwrap) the slice is 8 bytes long`.

mod floors;
mod functions;
mod names;
mod patterns;
mod source;

use crate::codegen::source::root;
use source::Source;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A rule that is broken somewhere.
pub struct Finding {
    /// From the top of the repository.
    pub file: PathBuf,
    /// 1-based.
    pub line: usize,
    pub rule: &'static str,
    pub reason: String,
}

/// Files may not be longer.
const FILE_LINES_MAX: usize = 600;

/// Prints every finding as `file:line: rule: reason`.
///
/// # Errors
/// How many there are, if any; or what kept the check from running.
pub fn run() -> Result<(), String> {
    let files = files()?;
    let mut findings = Vec::new();
    floors::check(&root(), &mut findings)?;
    let sources: Vec<Source> =
        files.iter().filter(|f| has_extension(f, &["rs"])).filter_map(|f| Source::read(&root(), f)).collect();
    let test_files = source::test_files(&sources);
    for file in &files {
        names::check_path(file, &mut findings);
        if has_extension(file, &["rs", "toml", "md", "sh", "ts", "tsx", "css", "sql", "yml", "yaml"])
            || file.ends_with("Makefile")
        {
            check_text(file, &mut findings);
        }
    }
    for source in &sources {
        functions::check(source, &mut findings);
        names::check_source(source, &mut findings);
        patterns::check(source, test_files.contains(&source.path), &mut findings);
    }
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    for Finding { file, line, rule, reason } in &findings {
        println!("{}:{line}: {rule}: {reason}", file.display());
    }
    match findings.len() {
        0 => Ok(()),
        n => Err(format!("{n} findings")),
    }
}

/// The files that git tracks or would track.
fn files() -> Result<Vec<PathBuf>, String> {
    let output = Command::new("git")
        .args(["ls-files", "-co", "--exclude-standard"])
        .current_dir(root())
        .output()
        .map_err(|e| format!("git ls-files: {e}"))?;
    if !output.status.success() {
        return Err("git ls-files failed: run this inside the repository".into());
    }
    let listed = String::from_utf8_lossy(&output.stdout);
    Ok(listed.lines().map(PathBuf::from).filter(|f| root().join(f).is_file()).collect())
}

fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e))
}

/// Length and machine paths, in any kind of text.
fn check_text(file: &Path, findings: &mut Vec<Finding>) {
    let Ok(text) = std::fs::read_to_string(root().join(file)) else { return };
    let generated = text.lines().take(3).any(|line| line.contains("Do not edit"));
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX && !generated && has_extension(file, &["rs", "ts", "tsx", "css"]) {
        findings.push(Finding {
            file: file.to_path_buf(),
            line: FILE_LINES_MAX,
            rule: "file-length",
            reason: format!("{lines} lines; at most {FILE_LINES_MAX}. Split it by what its parts do."),
        });
    }
    for (at, line) in text.lines().enumerate() {
        if let Some(path) = patterns::machine_path(line) {
            findings.push(Finding {
                file: file.to_path_buf(),
                line: at + 1,
                rule: "machine-path",
                reason: format!(
                    "`{path}` is a path of one machine; take it from the environment or make it relative."
                ),
            });
        }
    }
}
