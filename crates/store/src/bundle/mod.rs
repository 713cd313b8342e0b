//! Batch and transaction (<https://hl7.org/fhir/R4/http.html#transaction>): many requests in one Bundle.
//!
//! A transaction is read entry by entry (`parse`, `entry`, `url`), its conditions are looked up and every
//! resource gets its id (`settle`), references are replaced while the bodies are written (`names`,
//! `rewrite`, `narrative`), all of it is one commit (`transaction`), and the answer says what became of each
//! entry (`answer`). A batch does the same for each entry alone (`batch`).

mod answer;
mod batch;
mod entry;
mod issues;
mod names;
mod narrative;
mod page;
mod parse;
mod records;
mod rewrite;
mod settle;
mod status;
mod tenant;
mod transaction;
mod url;

#[cfg(test)]
mod tests;

pub use entry::Get;
pub use status::status;
pub use url::Place;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::tenant::Tenant;
use bytes::Bytes;
use fhir::{Json, Lang};

/// What the answer shows of a written resource, `Prefer: return=…`
/// (<https://hl7.org/fhir/R4/http.html#return>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// Status, location and version only.
    #[default]
    Minimal,
    /// The resource as stored, too.
    Representation,
    /// An OperationOutcome, too.
    OperationOutcome,
}

/// How to run a bundle.
#[derive(Clone, Debug)]
pub struct Options {
    pub prefer: Prefer,
    /// Our own address, such as `https://host/t/demo/fhir`, without a slash at the end; may be empty.
    pub base: String,
    /// Bundles with more entries are refused.
    pub entries_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { prefer: Prefer::Minimal, base: String::new(), entries_max: 10_000 }
    }
}

impl Tenant {
    /// Runs a batch or a transaction; the answer is the response Bundle as JSON.
    ///
    /// # Errors
    /// A transaction: why nothing was done, with issues located as `Bundle.entry[3].resource…`. A batch: only
    /// when the Bundle itself cannot be read; else each entry's answer tells its own outcome.
    pub async fn bundle(&self, ctx: &Ctx, bundle: &Json<'_>, options: &Options) -> Result<Bytes> {
        let records = tenant::TenantRecords { tenant: self, ctx, options };
        execute(&records, bundle, options, ctx.lang).await
    }
}

async fn execute(
    records: &dyn records::Records,
    bundle: &Json<'_>,
    options: &Options,
    lang: Lang,
) -> Result<Bytes> {
    let (kind, entries) = parse::open(bundle, options.entries_max)?;
    let answers = match kind {
        parse::Kind::Batch => batch::run(records, entries, options).await,
        parse::Kind::Transaction => transaction::run(records, entries, options).await?,
    };
    Ok(answer::write(kind, &answers, options, lang))
}
