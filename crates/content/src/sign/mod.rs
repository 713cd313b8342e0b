//! Signing: the professional with a fresh factor, the patient on a tablet. Both are simple electronic signatures
//! (Regulation (EU) No 910/2014), and say so: the account or the checked identity, a one-time code, the hash of the
//! pages that were shown, kept in a store that forgets nothing. The professional's comes with a certificate of the
//! clinic's own authority (PAdES), which qualifies nothing.

mod code;
mod consent;
mod decide;
mod patient;
mod png;
mod professional;
mod proof;
mod shown;
mod verb;

use service::{Mailer, Route};
use std::sync::Arc;

pub(crate) fn routes(mailer: &Arc<dyn Mailer>) -> Vec<Route> {
    vec![code::route(mailer.clone()), verb::route(), decide::refuse(), decide::revoke()]
}
