//! The verbs of one document and of a patient's documents.

mod content;
mod diff;
mod finalise;
mod generate;
mod get;
mod list;
mod missing;
mod regenerate;
mod types;
mod verify;
mod versions;
mod withdraw;

pub(crate) use content::{file, pdf};

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    // Paths of words stand before those with an id in them.
    vec![
        types::route(),
        missing::route(),
        generate::route(),
        verify::route(),
        list::route(),
        get::route(),
        content::route(),
        versions::route(),
        diff::route(),
        regenerate::route(),
        finalise::route(),
        withdraw::route(),
    ]
}
