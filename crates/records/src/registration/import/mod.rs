//! A list of patients from another program, as CSV: looked at first, then taken row by row.
//!
//! `POST patients/import/preview` and `POST patients/import`, both with `{text, mapping?, from?, count?, anyway?}`.
//! Rows are asked for in parts, so that a long list shows how far it is and may be stopped. Taking the same
//! list twice makes no second record: a row whose person is there already is passed over.

mod columns;
mod csv;
mod row;
mod verb;

use service::Route;

pub(super) fn routes() -> Vec<Route> {
    vec![verb::route(false), verb::route(true)]
}
