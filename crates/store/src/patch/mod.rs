//! Patching a resource (<https://hl7.org/fhir/R4/http.html#patch>): by FHIRPath or by JSON Patch, alone or in a
//! bundle.
//!
//! What is stored is read as the caller may see it, patched, and written back if it is still the version that was
//! read; whoever sees a resource only in part cannot patch it.

mod meta;
mod run;

pub use meta::Labelling;

use crate::error::{Error, Result};
use base64::Engine;
use fhir::json::patch::JsonPatch;
use fhir::{Code, Issue, Json, Text};

/// The content type of a JSON Patch.
pub const JSON_PATCH: &str = "application/json-patch+json";

/// A patch of one of the forms.
#[derive(Clone, Debug)]
pub enum Patch {
    /// <https://hl7.org/fhir/R4/fhirpatch.html>
    Fhirpath(fhirpath::Patch),
    /// RFC 6902
    Json(JsonPatch),
    /// `$meta-add` and `$meta-delete`: what is so already makes no version.
    Meta(Labelling),
}

/// Which resource of a type is patched.
#[derive(Clone, Copy, Debug)]
pub enum Which<'w> {
    Id(&'w str),
    /// The one resource that a search finds.
    Where(&'w str),
}

impl Patch {
    /// The patch that an entry of a bundle holds: Parameters, or a Binary with a JSON Patch.
    ///
    /// # Errors
    /// It holds neither, or what it holds is wrong.
    pub fn of_resource(resource: &Json<'_>) -> std::result::Result<Patch, Issue> {
        if resource.get_str("resourceType") != Some("Binary") {
            return fhirpath::Patch::read(resource).map(Patch::Fhirpath);
        }
        let wrong = || Issue::error(Code::Value, BAD_BINARY).at("Binary.data");
        if resource.get_str("contentType") != Some(JSON_PATCH) {
            return Err(Issue { expression: Some("Binary.contentType".to_string()), ..wrong() });
        }
        let data = resource.get_str("data").ok_or_else(wrong)?;
        let text = base64::engine::general_purpose::STANDARD.decode(data).map_err(|_| wrong())?;
        let json = fhir::json::parse(&text).map_err(|_| wrong())?;
        JsonPatch::read(&json).map(Patch::Json)
    }

    /// The resource as it is afterwards.
    ///
    /// # Errors
    /// The first operation that cannot be done.
    pub(crate) fn apply(&self, body: &[u8]) -> Result<Json<'static>> {
        let before = fhir::json::parse(body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        let after = match self {
            Patch::Fhirpath(patch) => patch.apply(&before)?,
            Patch::Json(patch) => patch.apply(&before)?,
            Patch::Meta(labelling) => labelling.apply(&before),
        };
        Ok(after)
    }
}

const BAD_BINARY: Text = Text {
    key: "patch.binary",
    fr: "Ce Binary ne contient pas de JSON Patch : « contentType » doit être application/json-patch+json et « data » une liste d'opérations en base64.",
    en: "This Binary holds no JSON Patch: \"contentType\" must be application/json-patch+json and \"data\" a list of operations in base64.",
    de: "Dieses Binary enthält keinen JSON Patch: „contentType“ muss application/json-patch+json sein und „data“ eine Liste von Operationen in Base64.",
};
