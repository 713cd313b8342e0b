//! The professionals: who they are (Practitioner, with the RPPS), what they do where and until when
//! (PractitionerRole).

mod create;
mod credentials;
mod nomenclature;
mod provider;
mod read;
mod role;
mod rpps;
mod rule;
#[cfg(test)]
mod tests;

pub(crate) use rule::UniqueRpps;

use crate::verb::signed_in;
use service::{Method, Route};
use std::sync::Arc;

pub(crate) fn routes() -> Vec<Route> {
    let none = Arc::new(());
    vec![
        signed_in(
            &none,
            Method::Post,
            "medical-professionals",
            "Enters a professional in the directory",
            create::create,
        ),
        signed_in(&none, Method::Get, "medical-professionals/{id}", "A professional, by RPPS", read::by_rpps),
        signed_in(
            &none,
            Method::Put,
            "medical-professionals/{id}/credentials",
            "The qualifications of a professional, with their validity",
            credentials::put,
        ),
        signed_in(&none, Method::Get, "providers", "Who works where", provider::list),
        signed_in(
            &none,
            Method::Post,
            "providers",
            "Gives a professional a role at a facility",
            provider::create,
        ),
    ]
}
