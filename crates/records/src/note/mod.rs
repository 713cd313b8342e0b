//! Notes: what professionals write about a patient, as Compositions
//! (<https://hl7.org/fhir/R4/composition.html>). A draft is saved while it is typed (`save`), over the version that
//! was read; its author signs it (`sign`), another co-signs (`cosign`). From then on the text stays: to change it is
//! another note that replaces it (`amend`), to disown it is a mark (`withdraw`). What holds whichever way a note is
//! written is in `rule`; what proves a signature in `attest`.

mod amend;
mod attest;
mod content;
mod cosign;
mod create;
mod form;
mod get;
pub(crate) mod kind;
mod list;
mod message;
mod personal;
mod right;
mod rule;
mod save;
mod sign;
mod template;
mod templates;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod variable;
mod versions;
mod view;
mod withdraw;
mod words;

pub(crate) use rule::{NoteRules, ProofRules};

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    // Before those with an id in the same place.
    let mut routes = Vec::from(words::routes());
    routes.extend(personal::routes());
    routes.extend([
        templates::route(),
        create::route(),
        get::route(),
        save::route(),
        sign::route(),
        cosign::route(),
        amend::route(),
        withdraw::route(),
        versions::route(),
        list::route(),
    ]);
    routes
}
