//! Validates the JSON files of a folder and says what is wrong with them:
//! `cargo run --release -p fhir --example validate -- FOLDER`.

use fhir::{Lang, Severity};
use std::time::{Duration, Instant};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_string());
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let start = Instant::now();
    fhir::validate::validate(&fhir::Json::Null);
    println!("tables read in {:?}", start.elapsed());
    let (mut refused, mut warned, mut spent, mut bytes) = (0, 0, Duration::ZERO, 0);
    for path in &paths {
        let text = std::fs::read(path)?;
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let resource = match fhir::json::parse(text) {
            Ok(resource) => resource,
            Err(error) => {
                println!("{name}: {error}");
                refused += 1;
                continue;
            }
        };
        let start = Instant::now();
        let issues = fhir::validate::validate(&resource);
        spent += start.elapsed();
        bytes += text.len();
        warned += issues.iter().filter(|issue| issue.severity < Severity::Error).count();
        refused += usize::from(issues.iter().any(|issue| issue.severity >= Severity::Error));
        for issue in issues.iter().filter(|issue| issue.severity >= Severity::Error) {
            let place = issue.expression.as_deref().unwrap_or_default();
            println!("{name}\t{}\t{place}\t{}", issue.text.key, issue.sentence(Lang::En));
        }
    }
    println!("{} files, {refused} refused, {warned} warnings, {spent:?} for {bytes} bytes", paths.len());
    Ok(())
}
