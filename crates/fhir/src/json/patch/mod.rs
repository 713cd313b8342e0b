//! JSON Patch (RFC 6902) over the lossless value: what is not touched keeps its text and its order.
//!
//! A [`JsonPatch`] is read once, then applied; when one operation fails, nothing was changed.

mod apply;
mod fault;
mod pointer;
#[cfg(test)]
mod tests;

use super::Json;
use crate::{Code, Issue};
use fault::{BAD_OPERATION, NOT_A_LIST, TOO_MANY};
use pointer::Pointer;

/// More operations in one patch are refused.
pub const OPERATIONS_MAX: usize = 1000;

/// A patch that is ready to be applied.
#[derive(Clone, Debug)]
pub struct JsonPatch {
    operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
enum Operation {
    Add(Pointer, Json<'static>),
    Remove(Pointer),
    Replace(Pointer, Json<'static>),
    Move { from: Pointer, path: Pointer },
    Copy { from: Pointer, path: Pointer },
    Test(Pointer, Json<'static>),
}

impl JsonPatch {
    /// Reads the array of operations.
    ///
    /// # Errors
    /// The first operation that is no operation of JSON Patch.
    pub fn read(json: &Json<'_>) -> Result<JsonPatch, Issue> {
        let list = json.as_array().ok_or_else(|| Issue::error(Code::Invalid, NOT_A_LIST))?;
        if list.len() > OPERATIONS_MAX {
            let issue = Issue::error(Code::TooLong, TOO_MANY);
            return Err(issue.arg("count", list.len()).arg("max", OPERATIONS_MAX));
        }
        let read = |(at, json)| {
            operation(json).ok_or_else(|| Issue::error(Code::Invalid, BAD_OPERATION).arg("n", at + 1))
        };
        Ok(JsonPatch { operations: list.iter().enumerate().map(read).collect::<Result<_, _>>()? })
    }

    /// The document as it is after all operations.
    ///
    /// # Errors
    /// The first operation that cannot be done, and why.
    pub fn apply(&self, json: &Json<'_>) -> Result<Json<'static>, Issue> {
        let mut now = json.clone().into_owned();
        let mut copied = 0;
        for (at, operation) in self.operations.iter().enumerate() {
            apply::apply(operation, &mut now, &mut copied).map_err(|why| why.issue(at, operation))?;
        }
        Ok(now)
    }
}

impl Operation {
    fn name(&self) -> &'static str {
        match self {
            Operation::Add(..) => "add",
            Operation::Remove(_) => "remove",
            Operation::Replace(..) => "replace",
            Operation::Move { .. } => "move",
            Operation::Copy { .. } => "copy",
            Operation::Test(..) => "test",
        }
    }
}

fn operation(json: &Json<'_>) -> Option<Operation> {
    let pointer = |name: &str| Pointer::parse(json.get_str(name)?);
    let value = || Some(json.get("value")?.clone().into_owned());
    let path = pointer("path")?;
    Some(match json.get_str("op")? {
        "add" => Operation::Add(path, value()?),
        "remove" => Operation::Remove(path),
        "replace" => Operation::Replace(path, value()?),
        "move" => Operation::Move { from: pointer("from")?, path },
        "copy" => Operation::Copy { from: pointer("from")?, path },
        "test" => Operation::Test(path, value()?),
        _ => return None,
    })
}
