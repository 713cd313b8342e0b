//! The files of the policies: compiled in, or in a folder that the operator names.

use crate::PolicyError;
use std::path::Path;

/// The list of files of a folder, one a line.
pub const MANIFEST: &str = "MANIFEST";

/// A policy file is a page or two; anything longer is a mistake.
const FILE_BYTES_MAX: usize = 256 * 1024;
/// As many files as a folder of policies may have.
const FILES_MAX: usize = 64;

/// A file's name and text.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub text: String,
}

macro_rules! compiled_in {
    ($($name:literal),* $(,)?) => {
        const COMPILED_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../policies/", $name)))),*];
    };
}

compiled_in![
    "medhub.cedarschema",
    "invariants.cedar",
    "everyone.cedar",
    "medical_admin.cedar",
    "physicians.cedar",
    "nurse.cedar",
    "secretary.cedar",
    "pharmacist.cedar",
    "billing.cedar",
    "auditor.cedar",
    "patient.cedar",
    "integration.cedar",
];

/// The files of the repository's folder, as compiled in.
pub fn compiled_in() -> Vec<File> {
    COMPILED_IN.iter().map(|(name, text)| File { name: (*name).into(), text: (*text).into() }).collect()
}

/// Every file that the folder's manifest names.
///
/// # Errors
/// The manifest or a file that it names is missing, unreadable or too long; a name leads out of the folder.
pub fn in_folder(folder: &Path) -> Result<Vec<File>, PolicyError> {
    names(folder)?.into_iter().map(|name| Ok(File { text: read(folder, &name)?, name })).collect()
}

/// Changes when a file of the folder changes or is gone: from lengths and times of the last change, without
/// reading them. Equal numbers mean that nothing needs to be loaded again.
pub fn fingerprint(folder: &Path) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |value: u64| sum = (sum ^ value).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let listed = names(folder).unwrap_or_default();
    mix(listed.len() as u64);
    for name in std::iter::once(MANIFEST).chain(listed.iter().map(String::as_str)) {
        let Ok(metadata) = std::fs::metadata(folder.join(name)) else {
            mix(u64::MAX);
            continue;
        };
        mix(metadata.len());
        let changed = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        mix(changed.map_or(1, |since| since.as_nanos() as u64));
    }
    sum
}

fn names(folder: &Path) -> Result<Vec<String>, PolicyError> {
    let manifest = read(folder, MANIFEST)?;
    let wrong = |reason: String| PolicyError::Manifest { file: shown(folder, MANIFEST), reason };
    let names: Vec<String> = manifest
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(String::from)
        .collect();
    if names.is_empty() || names.len() > FILES_MAX {
        return Err(wrong(format!("it names {} files; 1 to {FILES_MAX} are possible", names.len())));
    }
    let plain = |name: &String| {
        name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
            && !name.starts_with('.')
    };
    match names.iter().find(|name| !plain(name)) {
        Some(name) => Err(wrong(format!("{name:?} is not the name of a file in this folder"))),
        None => Ok(names),
    }
}

fn read(folder: &Path, name: &str) -> Result<String, PolicyError> {
    let path = folder.join(name);
    let unreadable =
        |e: std::io::Error| PolicyError::Unreadable { file: shown(folder, name), reason: e.to_string() };
    let length = std::fs::metadata(&path).map_err(unreadable)?.len();
    if length > FILE_BYTES_MAX as u64 {
        return Err(PolicyError::TooLong { file: shown(folder, name), max: FILE_BYTES_MAX });
    }
    std::fs::read_to_string(&path).map_err(unreadable)
}

/// The name of a file in an error; of all of them, where it is none in particular.
pub fn shown_name(file: Option<&str>) -> String {
    file.unwrap_or(MANIFEST).to_owned()
}

fn shown(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_what_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
        let compiled: Vec<&str> = COMPILED_IN.iter().map(|(name, _)| *name).collect();
        assert_eq!(names(&folder).unwrap(), compiled);
    }
}
