//! Finds the files to import.

use crate::failure::{Failure, Result};
use std::path::{Path, PathBuf};

/// One file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub path: PathBuf,
    pub bytes: u64,
    /// Last change, in seconds; with path and length it tells whether an import is the same as before.
    pub changed: u64,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Json,
    Ndjson,
    Zip,
}

const DEPTH_MAX: usize = 32;

/// All files of these paths, folders walked in the order of names, files of patients before others. A path given by name must be of a kind we
/// read; other files in folders are passed over.
pub fn files(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let mut out = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|e| Failure::file("read", path, &e))?;
        if meta.is_dir() {
            walk(path, 0, &mut out)?;
        } else if kind(path).is_some() {
            out.push(source(path.clone(), &meta));
        } else {
            let path = path.display();
            return Err(Failure::text(format!(
                "{path} is none of .json, .ndjson, .jsonl, .gz of these, .zip"
            )));
        }
    }
    // Patients first: what belongs to a patient is sealed with the patient's key.
    out.sort_by_key(|source| !names_patients(&source.path));
    Ok(out)
}

fn names_patients(path: &Path) -> bool {
    path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.to_lowercase().starts_with("patient"))
}

fn walk(folder: &Path, depth: usize, out: &mut Vec<Source>) -> Result<()> {
    if depth > DEPTH_MAX {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::file("read", folder, &e))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name.starts_with('.') || name == "node_modules" || is_package_file(name) {
            continue;
        }
        let meta = std::fs::metadata(&path).map_err(|e| Failure::file("read", &path, &e))?;
        if meta.is_dir() {
            walk(&path, depth + 1, out)?;
        } else if kind(&path).is_some() {
            out.push(source(path, &meta));
        }
    }
    Ok(())
}

/// Files of an npm package that are no resources.
fn is_package_file(name: &str) -> bool {
    ["package.json", "package-lock.json"].contains(&name)
}

fn source(path: PathBuf, meta: &std::fs::Metadata) -> Source {
    let since = meta.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    Source { path, bytes: meta.len(), changed: since.map_or(0, |d| d.as_secs()) }
}

/// How the file is read, by its name; `.gz` may follow.
pub fn kind(path: &Path) -> Option<Kind> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "json" => Some(Kind::Json),
        "ndjson" | "jsonl" => Some(Kind::Ndjson),
        "zip" => Some(Kind::Zip),
        _ => None,
    }
}

pub fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_name() {
        let kind = |name: &str| kind(Path::new(name));
        assert_eq!(kind("a/Patient.ndjson"), Some(Kind::Ndjson));
        assert_eq!(kind("a/Patient.NDJSON.gz"), Some(Kind::Ndjson));
        assert_eq!(kind("b.json.gz"), Some(Kind::Json));
        assert_eq!(kind("c.zip"), Some(Kind::Zip));
        assert_eq!(kind("c.csv"), None);
        assert_eq!(kind("noext"), None);
    }
}
