//! The official examples, for tests.

/// The folder of `hl7.fhir.r4.examples`, if `MEDHUB_DEFINITIONS` names the folder of packages that has it;
/// else the test says that it was skipped.
pub(crate) fn folder() -> Option<std::path::PathBuf> {
    let packages = std::env::var_os("MEDHUB_DEFINITIONS").map(std::path::PathBuf::from);
    let folder = packages.map(|p| p.join("hl7.fhir.r4.examples")).filter(|p| p.is_dir());
    if folder.is_none() {
        eprintln!("SKIPPED: MEDHUB_DEFINITIONS does not name a folder with hl7.fhir.r4.examples");
    }
    folder
}
