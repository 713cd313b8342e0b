//! `cargo xtask conformance sql-on-fhir FOLDER`: the tests of SQL on FHIR v2 (its folder `tests`), by file, each
//! failure with its reason.

use fhir::Json;
use std::path::{Path, PathBuf};
use viewdef::View;

pub fn run(args: &[String]) -> Result<(), String> {
    let [folder] = args else {
        return Err("usage: cargo xtask conformance sql-on-fhir FOLDER (tests of SQL on FHIR v2)".to_string());
    };
    let (mut passed, mut failed) = (0, 0);
    println!("{:<24} passed failed", "file");
    for path in files(Path::new(folder))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read(&path).map_err(|e| format!("{name}: {e}"))?;
        let suite = fhir::json::parse(&text).map_err(|e| format!("{name}: {e}"))?;
        let resources: Vec<&Json<'_>> = suite.each("resources").collect();
        let (before, mut reasons) = (passed, Vec::new());
        for test in suite.each("tests") {
            match judge(test, &resources) {
                Ok(()) => passed += 1,
                Err(reason) => {
                    reasons.push(format!("    {}: {reason}", test.get_str("title").unwrap_or("?")))
                }
            }
        }
        println!("{name:<24} {:>6} {:>6}", passed - before, reasons.len());
        reasons.iter().for_each(|reason| println!("{reason}"));
        failed += reasons.len();
    }
    println!("\n{passed} passed, {failed} failed, 0 skipped");
    if failed > 0 { Err(format!("{failed} failures")) } else { Ok(()) }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    Ok(files)
}

fn judge(test: &Json<'_>, resources: &[&Json<'_>]) -> Result<(), String> {
    let must_fail = test.get("expectError").and_then(Json::as_bool) == Some(true);
    let definition = test.get("view").ok_or("the test has no view")?;
    let (names, rows) = match table(definition, resources) {
        Err(_) if must_fail => return Ok(()),
        Err(error) => return Err(error.to_string()),
        Ok((_, rows)) if must_fail => return Err(format!("{} rows; an error is expected", rows.len())),
        Ok(table) => table,
    };
    if let Some(columns) = test.get("expectColumns") {
        let wanted: Vec<&str> = columns.items().filter_map(Json::as_str).collect();
        if wanted != names {
            return Err(format!("columns {names:?}, not {wanted:?}"));
        }
    }
    let wanted: Vec<&Json<'_>> = test.each("expect").collect();
    let text = |row: &Json<'_>| String::from_utf8_lossy(&row.to_vec()).into_owned();
    // The order of rows is open.
    let mut left = rows;
    for row in &wanted {
        match left.iter().position(|own| same(own, row)) {
            Some(at) => drop(left.swap_remove(at)),
            None => {
                return Err(format!(
                    "no row {}; left are {:?}",
                    text(row),
                    left.iter().map(text).collect::<Vec<_>>()
                ));
            }
        }
    }
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("rows too many: {:?}", left.iter().map(text).collect::<Vec<_>>()))
    }
}

/// The columns and the rows, each an object.
fn table(
    definition: &Json<'_>,
    resources: &[&Json<'_>],
) -> Result<(Vec<String>, Vec<Json<'static>>), viewdef::Error> {
    let view = View::read(definition)?;
    let names: Vec<String> = view.columns().iter().map(|column| column.name.clone()).collect();
    let mut rows = Vec::new();
    for resource in resources {
        view.run(resource, None, &mut |row| {
            rows.push(Json::object(names.iter().cloned().zip(row.iter().map(|v| v.clone().into_owned()))));
        })?;
    }
    Ok((names, rows))
}

/// Equal, with numbers by value and members in any order.
fn same(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => (a - b).abs() < 1e-12,
            _ => false,
        },
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}
