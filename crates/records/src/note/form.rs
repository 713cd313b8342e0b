//! Reads what the web app sends about notes.

use super::content::{Content, ENTRIES_MAX, LETTERS_MAX, SECTIONS_MAX, Section, TITLE_MAX};
use super::kind::Kind;
use super::message::{DATE, SECTIONS, VERSION_MISSING};
use super::rule::too_long;
use super::text::normalised;
use fhir::{Code, Issue, Json};
use service::{Form, RouteReply, RouteRequest};
use store::{Error, Result};

/// Letters of a reason.
pub(super) const REASON_MAX: usize = 1_000;

/// The version that the caller has read: `If-Match: W/"3"`, else `version` in the body.
pub(super) fn version(request: &RouteRequest, form: &Form<'_>) -> Option<u64> {
    let tag = request.header("if-match").map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'));
    let said = form.json().get("version").and_then(Json::as_number);
    tag.or(said).and_then(|version| version.parse().ok())
}

/// 428: a write without a version could lose somebody's text.
pub(super) fn version_missing(cx: &service::RouteCtx) -> RouteReply {
    let sentence = Issue::error(Code::Required, VERSION_MISSING).sentence(cx.ctx.lang);
    let body = Json::object([
        ("type", Json::string(format!("urn:medhub:message:{}", VERSION_MISSING.key))),
        ("title", Json::string(sentence)),
        ("status", Json::integer(428)),
        ("code", Json::string(VERSION_MISSING.key)),
        ("request", Json::string(cx.ctx.request.to_string())),
    ]);
    RouteReply::json(428, &body).with("content-type", "application/problem+json")
}

pub(super) fn date(form: &mut Form<'_>) -> Option<String> {
    let date = form.text("date", 40)?;
    if fhir::date::date_time(&date).is_none() {
        form.wrong(Issue::error(Code::Value, DATE).at("date"));
    }
    Some(date)
}

/// A body that may be empty.
pub(super) fn read(body: &[u8]) -> Result<Form<'_>> {
    Form::read(if body.is_empty() { b"{}" } else { body })
}

/// The content with what the form changes of it.
///
/// # Errors
/// `Refused` with everything that is wrong.
pub(super) fn changed(form: &mut Form<'_>, old: &Content, kind: &Kind) -> Result<Content> {
    let title = form.text("title", TITLE_MAX).map(|title| normalised(&title).replace('\n', " "));
    let date = date(form);
    let encounter = form.text("encounter", 200);
    let mut content = Content {
        title: title.unwrap_or_else(|| old.title.clone()),
        date: date.unwrap_or_else(|| old.date.clone()),
        encounter: encounter.or_else(|| old.encounter.clone()),
        sections: old.sections.clone(),
    };
    if let Some(Json::Array(sent)) = form.json().get("sections") {
        let read: Vec<Option<Section>> =
            sent.iter().take(SECTIONS_MAX + 1).map(|json| section(json, old, kind)).collect();
        let mut codes: Vec<&str> = read.iter().flatten().map(|s| s.code.as_str()).collect();
        codes.sort_unstable();
        let twice = codes.windows(2).any(|pair| pair[0] == pair[1]);
        let wrong = read.iter().position(Option::is_none);
        if let Some(n) = wrong.or(twice.then_some(0)) {
            form.wrong(Issue::error(Code::Structure, SECTIONS).at(format!("sections[{n}]")));
        }
        content.sections = read.into_iter().flatten().collect();
    } else if form.json().get("sections").is_some() {
        form.wrong(Issue::error(Code::Structure, SECTIONS).at("sections"));
    }
    content.complete(kind);
    if content.sections.len() > SECTIONS_MAX
        || content.letters() > LETTERS_MAX
        || content.entries() > ENTRIES_MAX
    {
        form.wrong(too_long("sections"));
    }
    form.finish()?;
    Ok(content)
}

fn section(json: &Json<'_>, old: &Content, kind: &Kind) -> Option<Section> {
    let code = json.get_str("code").filter(|code| is_code(code))?;
    let known = old.sections.iter().find(|s| s.code == code).map(|s| s.title.as_str());
    let known = known.or_else(|| kind.section(code).map(|s| s.title.tell(fhir::Lang::Fr)));
    let title = match json.get("title") {
        None => known.unwrap_or(code).to_string(),
        Some(title) => normalised(title.as_str()?.trim()).replace('\n', " "),
    };
    // FHIR has no empty texts.
    let title = if title.trim().is_empty() { known.unwrap_or(code).to_string() } else { title };
    let text = match json.get("text") {
        None => String::new(),
        Some(text) => normalised(text.as_str()?),
    };
    let entries =
        json.each("entries").map(|entry| Some(entry.as_str().filter(|e| is_reference(e))?.to_string()));
    let entries: Vec<String> = entries.take(ENTRIES_MAX + 1).collect::<Option<_>>()?;
    (title.chars().count() <= TITLE_MAX).then(|| Section { code: code.to_string(), title, text, entries })
}

fn is_code(code: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !code.is_empty() && code.len() <= 40 && code.bytes().all(letters)
}

fn is_reference(text: &str) -> bool {
    let id = |id: &str| {
        !id.is_empty()
            && id.len() <= 64
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    };
    text.split_once('/').is_some_and(|(rt, rest)| fhir::ResourceType::parse(rt).is_some() && id(rest))
}

/// The reason that must be given for what cannot be undone.
///
/// # Errors
/// `Refused` when there is none.
pub(super) fn reason(form: &mut Form<'_>) -> Result<String> {
    let reason = form.required("reason", REASON_MAX);
    form.finish()?;
    Ok(normalised(&reason))
}

/// An error of the commit of several writes, as that of the one that the caller knows of.
pub(super) fn single(error: Error) -> Error {
    match error {
        Error::InWrite { error, .. } => single(*error),
        Error::Refused(mut issues) => {
            for issue in &mut issues {
                let place = issue.expression.take();
                issue.expression = place.map(|p| {
                    p.split_once("].").map_or(p.clone(), |(n, rest)| {
                        if n.starts_with('[') { rest.to_string() } else { p.clone() }
                    })
                });
            }
            Error::Refused(issues)
        }
        other => other,
    }
}
