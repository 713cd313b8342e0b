//! A clinic's own texts for its documents (`documents/templates/medical`): what they say in the fields of a type, with
//! facts of the chart in them, by language, specialty and surgeon. Layout and mandatory mentions stay those of the type.
//! Each is a Library (<https://hl7.org/fhir/R4/library.html>), whose versions the store keeps.

mod facts;
mod list;
mod post;
mod preview;
mod text;

use crate::chart::Chart;
use crate::field::{Field, Form};
use crate::kind::{self, Kind};
use crate::message::{TEMPLATE, WORDING};
use crate::read::Stored;
use crate::words::{self, text as string};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::{Code, Issue, Json, Lang, ResourceType};
use service::{Route, RouteCtx};
use store::{Error, Result};
use text::{Fault, Wording};

/// System of the codes in `Library.type` and `useContext`.
const SYSTEM: &str = "urn:medhub:document-template";

pub(crate) fn routes() -> Vec<Route> {
    vec![list::route(), post::route(), preview::text(), preview::pages()]
}

/// A clinic's own text for a type of documents.
pub(crate) struct Template {
    pub id: String,
    pub version: u64,
    pub name: String,
    pub kind: &'static Kind,
    pub lang: Lang,
    pub specialty: Option<String>,
    /// `Practitioner/…` whose documents it is for.
    pub author: Option<String>,
    pub is_active: bool,
    /// Texts by field, as they were typed.
    pub values: Vec<(String, String)>,
}

impl Template {
    pub fn of(stored: &Stored) -> Option<Template> {
        let json = &stored.json;
        crate::read::coded(json.get("type")?, SYSTEM)?;
        let data = json.each("content").next()?.get_str("data")?;
        let data = fhir::json::parse(&STANDARD.decode(data).ok()?).ok()?.into_owned();
        let values = data.get("values").and_then(Json::as_object)?;
        Some(Template {
            id: stored.id.clone(),
            version: stored.version,
            name: json.get_str("title")?.to_string(),
            kind: kind::find(data.get_str("type")?)?,
            lang: words::language(data.get_str("language")?)?,
            specialty: data.get_str("specialty").map(String::from),
            author: data.get_str("author").map(String::from),
            is_active: json.get_str("status") == Some("active"),
            values: values
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), value.as_str()?.to_string())))
                .collect(),
        })
    }

    pub fn json(&self) -> Json<'static> {
        let values = self.values.iter().map(|(name, value)| (name.clone(), string(&**value)));
        Json::object([
            ("id", string(&*self.id)),
            ("version", Json::integer(i64::try_from(self.version).unwrap_or(i64::MAX))),
            ("name", string(&*self.name)),
            ("type", string(&*self.kind.code)),
            ("language", string(words::code(self.lang))),
            ("specialty", words::maybe(self.specialty.clone())),
            ("author", words::maybe(self.author.clone())),
            ("active", Json::Bool(self.is_active)),
            ("values", Json::object(values)),
        ])
    }
}

/// The fields that a text can stand in.
fn field<'k>(kind: &'k Kind, name: &str) -> Option<&'k Field> {
    kind.field(name).filter(|field| matches!(field.form, Form::Text | Form::Line))
}

/// What a clinic's own text says of one patient.
pub(crate) struct Worded {
    /// The template and its version, for whoever asks in twenty years.
    pub source: String,
    /// By field.
    values: Vec<(String, Json<'static>)>,
}

impl Worded {
    pub fn of(&self, field: &str) -> Option<Json<'static>> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }
}

/// What a template says of the chart; it stands where the form leaves something out.
///
/// # Errors
/// `Refused` when there is no such template for this type, or a text becomes too long for its field.
pub(crate) async fn worded(cx: &RouteCtx, id: &str, kind: &'static Kind, chart: &Chart) -> Result<Worded> {
    let wrong = || Error::from(Issue::error(Code::Value, TEMPLATE).at("template"));
    let found = crate::read::one(cx, ResourceType::LIBRARY, id).await?.ok_or_else(wrong)?;
    let template = Template::of(&found).filter(|one| one.is_active && one.kind.code == kind.code);
    let template = template.ok_or_else(wrong)?;
    let values = written(&template.values, kind, &facts::of(chart))?;
    Ok(Worded { source: format!("{}/{}", template.id, template.version), values })
}

/// The texts with facts in them; fields that come out empty are left to the chart.
fn written(
    values: &[(String, String)],
    kind: &Kind,
    facts: &Json<'_>,
) -> Result<Vec<(String, Json<'static>)>> {
    let mut out = Vec::new();
    for (name, value) in values {
        let at = format!("values.{name}");
        let Some(field) = field(kind, name) else { continue };
        let text = Wording::read(value).and_then(|wording| wording.write(facts));
        let text = text.map_err(|fault| Error::from(told(&fault, &at)))?;
        let text = crate::field::normalised(&text, field.form);
        if text.chars().count() > field.max {
            return Err(told(&Fault::TooLong, &at).into());
        }
        if !text.is_empty() {
            out.push((name.clone(), string(text)));
        }
    }
    Ok(out)
}

fn told(fault: &Fault, at: &str) -> Issue {
    let what = match fault {
        Fault::Shape => "{{#if}} {{else}} {{/if}} {{#each}} {{/each}}".to_string(),
        Fault::Unknown(path) => path.clone(),
        Fault::TooDeep => "{{#if}} > 4".to_string(),
        Fault::TooLong => "…".to_string(),
    };
    Issue::error(Code::Value, WORDING).at(at.to_string()).arg("what", what)
}
