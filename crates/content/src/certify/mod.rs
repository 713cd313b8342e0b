//! Signatures with a certificate (PAdES): the clinic's own authority issues one to each professional who signs. It
//! shows that nothing was changed and whose account signed, to whoever trusts the clinic; it is no qualified
//! certificate, and says nowhere that it is.

mod authority;
mod keys;
mod pen;
mod verdict;

pub(crate) use pen::Pen;

use service::Route;
use store::Error;

pub(crate) fn routes() -> Vec<Route> {
    vec![authority::route(), verdict::route()]
}

/// What went wrong with keys or a PDF of ours: nothing that the caller can mend.
fn broken(error: pades::Error) -> Error {
    tracing::error!(%error, "a signature with a certificate");
    Error::Corrupt("a signature with a certificate".into())
}
