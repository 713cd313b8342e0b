//! Signing (ETSI EN 319 142-1, profiles B-B and B-T), in steps: since a time-stamp authority is asked over the network,
//! and since a key may lie in a token or at a remote service.

mod appearance;
mod form;
mod prepare;
mod steps;
mod structure;

pub use prepare::prepare;
pub use steps::{Prepared, Signed};

use crate::{Key, Moment, Result};

/// What is to be signed, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The signer's certificate.
    pub certificate: &'a [u8],
    /// Certificates above it.
    pub chain: &'a [Vec<u8>],
    /// The time that the signer claims; a stamp proves one.
    pub at: Moment,
    pub name: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub location: Option<&'a str>,
    /// None: nothing is seen on the pages.
    pub appearance: Option<Appearance<'a>>,
}

/// How the signature looks on a page.
#[derive(Clone, Copy, Debug)]
pub struct Appearance<'a> {
    /// From 0.
    pub page: usize,
    /// Left, bottom, right, top, in points from the lower left.
    pub rect: [f32; 4],
    /// A PDF whose first page is drawn into the rectangle (and stretched to it). It brings its own fonts, so the document stays PDF/A.
    pub stamp: &'a [u8],
}

/// A time-stamp authority that answers while one waits.
pub struct Stamper<'a> {
    /// Takes a `TimeStampReq`, gives a `TimeStampResp`.
    pub ask: &'a dyn Fn(&[u8]) -> Result<Vec<u8>>,
    /// Random.
    pub nonce: [u8; 8],
    /// Whose stamps are taken.
    pub authorities: &'a [Vec<u8>],
}

/// Signs at once: B-B, or B-T with a stamper.
///
/// # Errors
/// What is wrong with the PDF, the key, the certificate or the stamp. Nothing half-signed is given out.
pub fn sign(pdf: &[u8], request: &Request<'_>, key: &Key, stamper: Option<&Stamper<'_>>) -> Result<Vec<u8>> {
    let signed = prepare(pdf, request)?.sign(key)?;
    let Some(stamper) = stamper else { return signed.finish() };
    let answer = (stamper.ask)(&signed.timestamp_query(stamper.nonce))?;
    signed.with_timestamp(&answer, stamper.nonce, stamper.authorities)?.finish()
}
