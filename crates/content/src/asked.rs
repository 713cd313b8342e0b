//! What is asked about a document: its type, whom and what it is about, its language and values.

use crate::chart::{About, Chart};
use crate::field;
use crate::kind::{self, Kind};
use crate::message::{LANGUAGE, UNKNOWN_TYPE, VERSION};
use crate::missing::{Missing, missing};
use crate::prefill::completed;
use crate::template;
use crate::words::{code, language};
use fhir::{Code, Issue, Json, Lang};
use service::{Form, RouteCtx, RouteRequest};
use store::{Error, Result};

pub(crate) struct Asked {
    pub kind: &'static Kind,
    pub about: About,
    pub lang: Lang,
    /// As kept: without blanks.
    pub values: Json<'static>,
    pub replaces: Option<String>,
    /// Id of the clinic's own text that fills in what is left out.
    pub template: Option<String>,
}

impl Asked {
    /// # Errors
    /// `Refused` with everything that is wrong with it.
    pub fn read(body: &[u8]) -> Result<Asked> {
        let mut form = Form::read(body)?;
        let name = form.required("type", 60);
        let found = kind::find(&name);
        if found.is_none() && !name.is_empty() {
            form.wrong(Issue::error(Code::CodeInvalid, UNKNOWN_TYPE).at("type"));
        }
        let id =
            |text: Option<String>, kind: &str| text.map(|t| t.strip_prefix(kind).unwrap_or(&t).to_string());
        let patient = id(Some(form.required("patient", 80)), "Patient/").unwrap_or_default();
        let case = id(form.text("case", 80), "ServiceRequest/");
        let encounter = id(form.text("encounter", 80), "Encounter/");
        let author = form.text("author", 80);
        let replaces = id(form.text("replaces", 80), "DocumentReference/");
        let template = id(form.text("template", 80), "Library/");
        let lang = found.and_then(|kind| said_language(&mut form, kind));
        let values = found.map(|kind| said_values(&mut form, kind)).unwrap_or(Json::Null);
        form.finish()?;
        let kind = found.ok_or(Error::NotFound)?;
        let about = About { patient, case, encounter, author };
        Ok(Asked { kind, about, lang: lang.unwrap_or(Lang::Fr), values, replaces, template })
    }

    /// The chart, the values that it completes, and what is missing still.
    pub async fn look(&self, cx: &RouteCtx) -> Result<(Chart, Json<'static>, Vec<Missing>)> {
        let mut chart = Chart::read(cx, self.kind, &self.about, self.lang).await?;
        if let Some(id) = &self.template {
            chart.wording = Some(template::worded(cx, id, self.kind, &chart).await?);
        }
        let values = completed(self.kind, &chart, &self.values);
        let missing = missing(self.kind, &chart, &values, cx.ctx.lang);
        Ok((chart, values, missing))
    }
}

/// French where nothing is said.
pub(crate) fn said_language(form: &mut Form<'_>, kind: &Kind) -> Option<Lang> {
    let said = form.text("language", 5)?;
    let found = language(&said).filter(|lang| kind.languages.contains(lang));
    if found.is_none() {
        let all: Vec<&str> = kind.languages.iter().map(|lang| code(*lang)).collect();
        form.wrong(Issue::error(Code::CodeInvalid, LANGUAGE).at("language").arg("languages", all.join(", ")));
    }
    found
}

pub(crate) fn said_values(form: &mut Form<'_>, kind: &Kind) -> Json<'static> {
    let mut wrong = Vec::new();
    let given = form.json().get("values").cloned().unwrap_or(Json::Null);
    let values = field::read(&kind.fields, &given, "values", &mut wrong);
    wrong.into_iter().for_each(|issue| form.wrong(issue));
    values
}

/// The version that the caller has read: `If-Match: W/"3"`, else `version` in the body.
///
/// # Errors
/// `Refused` when none is named: a write without it could lose somebody's work.
pub(crate) fn version(request: &RouteRequest, form: &Form<'_>) -> Result<u64> {
    let tag = request.header("if-match").map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'));
    let said = form.json().get("version").and_then(Json::as_number);
    let version = tag.or(said).and_then(|version| version.parse().ok());
    version.ok_or_else(|| Issue::error(Code::Required, VERSION).at("version").into())
}

/// A body that may be empty.
pub(crate) fn form(body: &[u8]) -> Result<Form<'_>> {
    Form::read(if body.is_empty() { b"{}" } else { body })
}
