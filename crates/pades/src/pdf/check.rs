//! What we do not sign: documents that can act by themselves, and those whose author allows no change.

use super::document::Document;
use super::object::{Dict, Object};
use crate::{Error, Result};

/// Actions that run code or programs, or reach outside when a page is looked at (ISO 32000-1, 12.6.4).
const ACTIONS: [&[u8]; 6] =
    [b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"Rendition", b"RichMediaExecute"];

/// Refuses scripts wherever they stand, used or not.
pub(crate) fn refuse_scripts(document: &Document<'_>) -> Result<()> {
    for number in document.numbers() {
        if acts(&document.get(number)?) {
            return Err(Error::Scripts);
        }
    }
    Ok(())
}

/// The parser bounds the depth.
fn acts(object: &Object) -> bool {
    match object {
        Object::Array(items) => items.iter().any(acts),
        Object::Dict(dict) | Object::Stream(dict, _) => {
            let action =
                matches!(dict.get(b"S"), Some(Object::Name(name)) if ACTIONS.contains(&name.as_slice()));
            let script =
                dict.0.iter().any(|(name, _)| matches!(name.as_slice(), b"JS" | b"JavaScript" | b"XFA"));
            action || script || dict.0.iter().any(|(_, value)| acts(value))
        }
        _ => false,
    }
}

/// Refuses documents that were certified without permission to sign (12.8.2.2: `P` of 1).
pub(crate) fn refuse_locked(document: &Document<'_>, catalog: &Dict) -> Result<()> {
    let Some(permissions) = document.dict_of(catalog, b"Perms")? else { return Ok(()) };
    let Some(certified) = document.dict_of(&permissions, b"DocMDP")? else { return Ok(()) };
    let references = document.entry_of(&certified, b"Reference")?;
    for reference in references.as_array().unwrap_or_default() {
        let Some(reference) = document.resolve(reference)?.as_dict().cloned() else { continue };
        let parameters = document.dict_of(&reference, b"TransformParams")?.unwrap_or_default();
        if document.entry_of(&parameters, b"P")?.as_int() == Some(1) {
            return Err(Error::Locked);
        }
    }
    Ok(())
}
