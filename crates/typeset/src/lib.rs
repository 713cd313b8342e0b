//! Paper: a template and data become a PDF that can be kept for decades.
//!
//! The template is Typst (<https://typst.app/docs/>), compiled in the program: no other process, no network, no
//! file of the machine. A template sees what it is handed and nothing else; the same input gives the same bytes on
//! every machine, since the fonts travel with the program. The PDF is PDF/A-2a (ISO 19005-2), or PDF/A-3a where a
//! file is embedded, and PDF/UA-1 (ISO 14289-1): the writer refuses what would not conform.

mod bind;
mod code;
mod fonts;
mod print;
mod world;

pub use bind::{Part, Unbindable, bind};
pub use code::{Unprintable, data_matrix, qr};
pub use print::{Fault, Job, Printed, print};
pub use world::Day;
