//! Signatures in PDFs: PAdES of the profiles B-B, B-T and B-LT (ETSI EN 319 142-1), made and checked, with the clinic's
//! own certificate authority behind them.
//!
//! A signature is an incremental update: the bytes before stay as they are, so earlier signatures hold and archive
//! conformance is not touched. Nothing here reads a clock, draws a random number, or opens a socket: times, numbers and
//! the way to a time-stamp authority are the caller's, so the same input gives the same bytes.
//!
//! ```text
//! let signed = prepare(&pdf, &request)?.sign(&key)?;
//! let query = signed.timestamp_query(nonce);         // to the authority, and back with an answer
//! let pdf = signed.with_timestamp(&answer, nonce, &authorities)?.finish()?;
//! let pdf = keep_evidence(&pdf, &evidence)?;
//! let checked = verify(&pdf, &trust)?;
//! ```

mod algorithm;
mod asn1;
pub mod ca;
pub mod certificate;
mod chain;
mod cms;
mod error;
mod evidence;
mod key;
mod moment;
mod oids;
mod pdf;
mod revocation;
mod sign;
mod stamp;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod tsa;
mod verify;

pub use ca::{Authority, Purpose, Reason, Revoked, Subject, Validity};
pub use certificate::About;
pub use error::{Error, Result, StampFault};
pub use evidence::{Evidence, keep_evidence};
pub use key::Key;
pub use moment::Moment;
pub use sign::{Appearance, Prepared, Request, Signed, Stamper, prepare, sign};
pub use verify::{Checked, Covers, Level, Trust, Verdict, verify};

/// A PDF to be signed has at most so many bytes.
pub const PDF_MAX: usize = 20_000_000;
/// What one that was signed may have grown to.
const WRITTEN_MAX: usize = PDF_MAX + 4_000_000;
