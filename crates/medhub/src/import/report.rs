//! What an import refused: NDJSON lines with place and reason. Never content, ids or values.

use super::batch::Place;
use crate::failure::{Failure, Result};
use fhir::{Issue, Json, Lang};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// One reason why something was refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub key: String,
    /// Where in the resource, such as `Patient.name[0].given`.
    pub at: Option<String>,
    pub sentence: String,
}

impl From<&Issue> for Refusal {
    fn from(issue: &Issue) -> Refusal {
        Refusal {
            key: issue.text.key.to_string(),
            at: issue.expression.clone(),
            sentence: issue.sentence(Lang::En),
        }
    }
}

pub struct Report {
    files: Vec<String>,
    out: Mutex<Option<BufWriter<File>>>,
    reasons: Mutex<BTreeMap<String, (u64, String)>>,
    written: AtomicU64,
    refused: AtomicU64,
}

impl Report {
    /// Opens the report file, anew or at its end.
    pub fn create(path: &Path, anew: bool, files: Vec<String>) -> Result<Report> {
        let mut options = OpenOptions::new();
        let options = if anew { options.write(true).truncate(true) } else { options.append(true) };
        let file =
            options.create(true).open(path).map_err(|e| Failure::file("write the report", path, &e))?;
        Ok(Report { out: Mutex::new(Some(BufWriter::new(file))), files, ..Report::silent() })
    }

    /// Counts only.
    pub fn silent() -> Report {
        Report {
            files: Vec::new(),
            out: Mutex::new(None),
            reasons: Mutex::default(),
            written: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        }
    }

    pub fn add_written(&self, count: usize) {
        self.written.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// One thing was refused, for these reasons.
    pub fn add(&self, place: Place, kind: Option<&str>, reasons: &[Refusal]) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        let mut all = self.reasons.lock().unwrap_or_else(PoisonError::into_inner);
        for reason in reasons {
            all.entry(reason.key.clone()).or_insert_with(|| (0, reason.sentence.clone())).0 += 1;
        }
        drop(all);
        if let Some(out) = self.out.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            let file = self.files.get(place.file as usize).map_or("", String::as_str);
            let mut line = line(file, place, kind, reasons).to_vec();
            line.push(b'\n');
            // A report that cannot be written must not stop the import; its counts are printed anyway.
            let _ = out.write_all(&line);
        }
    }

    pub fn flush(&self) {
        if let Some(out) = self.out.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            let _ = out.flush();
        }
    }

    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Key, count and an example sentence of each reason, most frequent first.
    pub fn reasons(&self) -> Vec<(String, u64, String)> {
        let all = self.reasons.lock().unwrap_or_else(PoisonError::into_inner);
        let mut list: Vec<_> = all.iter().map(|(k, (n, s))| (k.clone(), *n, s.clone())).collect();
        list.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        list
    }
}

fn line(file: &str, place: Place, kind: Option<&str>, reasons: &[Refusal]) -> Json<'static> {
    let reasons = reasons.iter().map(|reason| {
        let mut members = vec![("key", Json::string(reason.key.clone()))];
        members.extend(reason.at.clone().map(|at| ("at", Json::string(at))));
        members.push(("says", Json::string(reason.sentence.clone())));
        Json::object(members)
    });
    let mut members =
        vec![("file", Json::string(file.to_string())), ("line", Json::integer(place.line as i64))];
    members.extend(kind.map(|kind| ("type", Json::string(kind.to_string()))));
    members.push(("reasons", Json::array(reasons)));
    Json::object(members)
}
