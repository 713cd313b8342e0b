//! Names that say nothing.

use super::Finding;
use super::source::Source;
use std::path::Path;

const EMPTY: [&str; 8] = ["utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"];

/// No file and no folder has such a name, outside of what others wrote.
pub fn check_path(file: &Path, findings: &mut Vec<Finding>) {
    let ours = ["crates", "xtask", "web"].iter().any(|top| file.starts_with(top))
        && !file.components().any(|c| c.as_os_str() == "data");
    let names = file.components().filter_map(|c| c.as_os_str().to_str());
    for name in names.map(|name| name.split('.').next().unwrap_or_default()) {
        if ours && EMPTY.contains(&name.to_ascii_lowercase().as_str()) {
            findings.push(finding(file, 1, name));
        }
    }
}

/// No module, type or trait has one.
pub fn check_source(source: &Source, findings: &mut Vec<Finding>) {
    for (at, line) in source.code.lines().enumerate() {
        let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
        while let Some(word) = words.next() {
            if !matches!(word, "mod" | "struct" | "enum" | "trait" | "type") {
                continue;
            }
            let Some(name) = words.next() else { break };
            let says_nothing = EMPTY.contains(&name)
                || ["Manager", "Helper", "Utils", "Util"].iter().any(|end| name.ends_with(end));
            if says_nothing && !source.allows(at + 1, "name") {
                findings.push(finding(&source.path, at + 1, name));
            }
        }
    }
}

fn finding(file: &Path, line: usize, name: &str) -> Finding {
    let reason = format!("`{name}` says nothing; name it by what it does, in the field's terms.");
    Finding { file: file.to_path_buf(), line, rule: "name", reason }
}
