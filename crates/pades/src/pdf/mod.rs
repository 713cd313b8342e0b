//! As much of PDF as signing needs: objects, cross-references, pages, and an incremental update. What a page shows is
//! not read.

mod check;
mod document;
mod object;
mod pages;
mod parser;
mod stream;
mod update;
mod xref;

pub(crate) use check::{refuse_locked, refuse_scripts};
pub(crate) use document::Document;
pub(crate) use object::{Dict, Object, write_hex};
pub(crate) use parser::hex_bytes;
pub(crate) use update::Update;
