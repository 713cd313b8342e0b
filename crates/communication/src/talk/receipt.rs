//! How far somebody has read. A resource of its own for each reader, so that reading never touches what was said.

use super::conversation::{named_patient, number};
use super::{Conversation, RECEIPT, id};
use crate::element::{PURPOSE, concept, make, named, parsed, text, update};
use crate::read::by_params;
use fhir::edit::{edit, instant};
use fhir::{Json, ResourceType};
use std::collections::HashMap;
use store::{Ctx, Result, Tenant, Write};

const KIND: &str = "conversation-read";
const UPTO: &str = "urn:medhub:conversation:upto";
/// Ids of one search.
const ASKED: usize = 100;

#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    /// `None` before it is stored.
    pub version: Option<u64>,
    pub json: Json<'static>,
}

impl Receipt {
    pub fn id_for(conversation: &str, person: &str) -> String {
        id(RECEIPT, &[conversation, person])
    }

    pub fn upto(&self) -> i64 {
        number(&self.json, UPTO)
    }

    /// `Practitioner/…`
    pub fn reader(&self) -> Option<&str> {
        crate::element::refers(&self.json, "sender")
    }

    pub fn at(&self) -> &str {
        self.json.get_str("received").unwrap_or_default()
    }

    /// That the reader has come to `upto`, after what was known of it; nothing to write when they had already.
    pub fn reached(
        known: Option<Receipt>,
        of: &Conversation,
        reader: &Json<'static>,
        upto: i64,
        now: i64,
    ) -> Option<Write> {
        if known.as_ref().is_some_and(|known| known.upto() >= upto) {
            return None;
        }
        let person = reader.get_str("reference")?;
        let id = Receipt::id_for(&of.id, person);
        let members = [
            ("resourceType", Json::string(ResourceType::COMMUNICATION.name())),
            ("id", text(&*id)),
            ("meta", of.among().meta()),
            ("extension", Json::array([make(UPTO, "valueUnsignedInt", Json::integer(upto))])),
            ("partOf", Json::array([named(format!("Communication/{}", of.id))])),
            ("status", Json::string("completed")),
            ("category", Json::array([concept(PURPOSE, KIND)])),
        ];
        let mut json = Json::object(members);
        if let Some(edit) = edit(&mut json) {
            edit.set_or_remove("subject", of.patient().map(named_patient))
                .set("received", instant(now).into_owned())
                .set("sender", reader.clone());
        }
        Some(update(ResourceType::COMMUNICATION, &id, known.and_then(|known| known.version), &json))
    }
}

/// Receipts by their id.
///
/// # Errors
/// The store's.
pub(crate) async fn receipts(
    tenant: &Tenant,
    hub: &Ctx,
    ids: Vec<String>,
) -> Result<HashMap<String, Receipt>> {
    let mut out = HashMap::new();
    for some in ids.chunks(ASKED) {
        for found in by_params(tenant, hub, ResourceType::COMMUNICATION, &[("_id", some.join(","))]).await? {
            let json = parsed(&found)?;
            let receipt = Receipt { version: Some(found.version), json };
            out.insert(found.id, receipt);
        }
    }
    Ok(out)
}
