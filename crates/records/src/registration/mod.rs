//! `POST patients/register`: a new patient, with the traits of the national identity (INS), a record number
//! (IPP) of this clinic, and a look at who might be the same person.
//!
//! Rules of `identitovigilance` (RNIV): five strict traits; how sure the identity is follows from two checks
//! (the national service answered; a document of high trust was seen); a matricule INS is kept only with a
//! qualified identity.

mod around;
mod ask;
mod duplicates;
mod identity;
mod import;
mod ipp;
mod likeness;
mod matching;
mod nir;
mod place;
mod register;
#[cfg(test)]
mod tests;
mod traits;
mod write;

pub(crate) use identity::OneRecord;
use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![register::route(), ask::route(), matching::route()];
    routes.extend(import::routes());
    routes
}
