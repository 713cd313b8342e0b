//! The consultation as a QuestionnaireResponse.

use super::fields::KIND;
use crate::implant::device::extension;
use crate::perioperative::case::{Case, created, derived, parsed, updated};
use crate::perioperative::entry::revived;
use crate::perioperative::field::{FieldKind, Value};
use fhir::edit::{coding, edit, instant, reference, resource};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Error, Result, Write};

const FORM: &str = "urn:medhub:preanaesthesia|1";
const VALUE: &str = "urn:medhub:record-value";
const OVERRIDE: &str = "urn:medhub:override-reason";

#[derive(Clone)]
pub(crate) struct Consultation {
    /// 0: not there yet.
    pub version: u64,
    pub values: Vec<(&'static str, Value)>,
    pub author: Json<'static>,
    /// When it was completed, in milliseconds.
    pub done: Option<i64>,
    pub override_reason: Option<String>,
}

impl Consultation {
    fn id(case: &Case) -> String {
        derived("preanaesthesia", &case.id, "")
    }

    /// # Errors
    /// The store's.
    pub async fn read(cx: &RouteCtx, case: &Case) -> Result<Option<Consultation>> {
        let found = match cx.tenant.read(&cx.ctx, ResourceType::QUESTIONNAIRE_RESPONSE, &Self::id(case)).await
        {
            Err(Error::NotFound | Error::Gone { .. }) => return Ok(None),
            found => found?,
        };
        let json = parsed(&found)?;
        let values = json.each("item").filter_map(|item| {
            let answer = item.each("answer").next()?;
            let plain = ["valueString", "valueInteger", "valueDecimal", "valueBoolean"];
            let plain = plain.iter().find_map(|name| answer.get(name));
            let value = plain.or_else(|| answer.get("valueCoding")?.get("code"))?;
            revived(&KIND, item.get_str("linkId")?, value)
        });
        let authored = json.get_str("authored").and_then(fhir::date::instant).map(|moment| moment.lo_ms);
        let why = extension(&json, OVERRIDE, "valueString").and_then(|why| why.as_str());
        Ok(Some(Consultation {
            version: found.version,
            values: values.collect(),
            author: json.get("author").map_or(Json::Null, |author| author.clone().into_owned()),
            done: authored.filter(|_| json.get_str("status") == Some("completed")),
            override_reason: why.map(String::from),
        }))
    }

    pub fn write(&self, case: &Case, now: i64) -> Write {
        let items = self.values.iter().map(|(name, value)| {
            Json::object([
                ("linkId", Json::string(*name)),
                ("answer", Json::array([Json::object([answer(name, value)])])),
            ])
        });
        let items: Vec<Json<'static>> = items.collect();
        let why = self.override_reason.clone().map(|why| {
            Json::array([Json::object([("url", Json::string(OVERRIDE)), ("valueString", Json::string(why))])])
        });
        let status = if self.done.is_some() { "completed" } else { "in-progress" };
        let mut json = resource(ResourceType::QUESTIONNAIRE_RESPONSE);
        if let Some(edit) = edit(&mut json) {
            edit.set("id", Json::string(Self::id(case)))
                .set_or_remove("extension", why)
                .set("basedOn", Json::array([reference(ResourceType::SERVICE_REQUEST, &case.id)]))
                .set("questionnaire", Json::string(FORM))
                .status(status)
                .set("subject", reference(ResourceType::PATIENT, &case.patient))
                .set("authored", instant(self.done.unwrap_or(now)))
                .set_or_remove("author", self.author.get("reference").map(|_| self.author.clone()))
                .set_or_remove("item", (!items.is_empty()).then_some(Json::Array(items)));
        }
        let (rt, id) = (ResourceType::QUESTIONNAIRE_RESPONSE, Self::id(case));
        match self.version {
            0 => created(rt, id, &json),
            version => updated(rt, &id, version, &json),
        }
    }
}

fn answer(name: &str, value: &Value) -> (&'static str, Json<'static>) {
    match value {
        Value::Choice(text) => ("valueCoding", coding(VALUE, text, None)),
        Value::Text(text) | Value::Time(text) => ("valueString", Json::string(text.clone())),
        Value::Flag(flag) => ("valueBoolean", Json::Bool(*flag)),
        Value::Number(n) => match KIND.field(name).map(|field| field.kind) {
            Some(FieldKind::Integer(_)) => ("valueInteger", Json::number(n.clone())),
            _ => ("valueDecimal", Json::number(n.clone())),
        },
    }
}
