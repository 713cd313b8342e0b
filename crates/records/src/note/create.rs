//! `POST notes`: a new draft, from a template whose variables are filled in from the chart.

use super::content::{self, Content, Section, TITLE_MAX};
use super::message::{AUTHOR, TEMPLATE};
use super::view::Seen;
use super::{form, kind, personal, right, template, variable};
use crate::person::{name_of, patient_read};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Outcome, Result, Role, Visible, Write};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "notes",
        summary: "A new draft of a note about a patient, from a template or empty",
        access: Access::SignedIn,
        handler: Arc::new(Create),
    }
}

struct Create;

/// What the note begins from: of the clinic or the author's own.
struct Beginning {
    id: String,
    kind: String,
    title: String,
    sections: Vec<(String, String)>,
}

impl Beginning {
    async fn find(cx: &RouteCtx, id: &str) -> Result<Option<Beginning>> {
        if id.starts_with(personal::MINE) {
            let own = personal::own(cx).await?.into_iter().find(|one| one.id == id);
            return Ok(own.map(|one| Beginning {
                id: one.id,
                kind: one.kind,
                title: one.title,
                sections: one.sections,
            }));
        }
        Ok(template::find(id).map(|one| {
            let title = |title: &kind::Words| title.tell(fhir::Lang::Fr).to_string();
            let (named, kind) = (title(&one.title), kind::find(&one.kind).map(|kind| title(&kind.title)));
            Beginning {
                id: one.id.clone(),
                kind: one.kind.clone(),
                title: kind
                    .filter(|kind| *kind != named)
                    .map_or(named.clone(), |kind| format!("{kind} – {named}")),
                sections: one.sections.clone(),
            }
        }))
    }
}

/// The request, read.
struct Asked {
    patient: String,
    kind: &'static kind::Kind,
    template: Option<Beginning>,
    content: Content,
    author: Option<String>,
}

impl Asked {
    async fn read(cx: &RouteCtx, body: &[u8]) -> Result<Asked> {
        let mut form = Form::read(body)?;
        let patient = form.required("patient", 64);
        let patient = patient.strip_prefix("Patient/").unwrap_or(&patient).to_string();
        let kinds: Vec<(&'static str, &'static kind::Kind)> =
            kind::all().kinds.iter().map(|kind| (kind.name.as_str(), kind)).collect();
        let kind = form.required_choice("kind", &kinds);
        let mut template = None;
        if let Some(id) = form.text("template", 80) {
            let found = Beginning::find(cx, &id).await?;
            template = found.filter(|found| kind.is_none_or(|kind| kind.name == found.kind));
            if template.is_none() {
                form.wrong(Issue::error(Code::Value, TEMPLATE).at("template"));
            }
        }
        let (title, date) = (form.text("title", TITLE_MAX), form::date(&mut form));
        let (encounter, author) = (form.text("encounter", 200), form.text("author", 200));
        form.finish()?;
        // `finish` has said that it is missing.
        let kind = kind.ok_or(Error::NotFound)?;
        let named = || kind.title.tell(fhir::Lang::Fr).to_string();
        let title = title.unwrap_or_else(|| template.as_ref().map_or_else(named, |one| one.title.clone()));
        let date = date.unwrap_or_else(|| fhir::date::instant_format(cx.ctx.clock.now_ms()));
        let content = Content { title, date, encounter, sections: Vec::new() };
        Ok(Asked { patient, kind, template, content, author })
    }
}

#[async_trait]
impl Handler for Create {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut asked = Asked::read(&cx, &request.body).await?;
        patient_read(&cx, &asked.patient).await?;
        let author = author(&cx, asked.author.as_deref()).await?;
        if let Some(template) = &asked.template {
            let name = author.get_str("display").unwrap_or_default().to_string();
            let texts: Vec<&str> = template.sections.iter().map(|(_, text)| text.as_str()).collect();
            let filled = variable::fill(&cx, &asked.patient, &name, &texts).await?;
            asked.content.sections = sections(asked.kind, template, filled);
        }
        asked.content.complete(asked.kind);
        let mut note = content::draft(asked.kind, &asked.patient, author);
        asked.content.write(&mut note, asked.kind);
        if let Some(template) = &asked.template {
            let id = Json::string(template.id.clone());
            content::set_extension(&mut note, content::TEMPLATE, Some(("valueString", id)));
        }
        edited_by(&cx, &mut note).await?;
        let seen = made(&cx, note).await?;
        seen.reply(&cx, 201).await
    }
}

fn sections(kind: &kind::Kind, template: &Beginning, texts: Vec<String>) -> Vec<Section> {
    let titled = template.sections.iter().zip(texts).filter_map(|((code, _), text)| {
        let title = kind.section(code)?.title.tell(fhir::Lang::Fr).to_string();
        Some(Section { code: code.clone(), title, text: super::text::normalised(&text), entries: Vec::new() })
    });
    titled.collect()
}

/// Whose note it becomes: the caller's, or that of the professional for whom a secretary types.
async fn author(cx: &RouteCtx, named: Option<&str>) -> Result<Json<'static>> {
    let wrong = |code| Error::from(Issue::error(code, AUTHOR).at("author"));
    let me = right::professional(cx);
    let who = match named {
        Some(named) if me.as_ref().is_ok_and(|me| *me == named) => named,
        Some(_) if !cx.ctx.actor.has(Role::Secretary) => return Err(wrong(Code::Forbidden)),
        Some(named) if !named.starts_with("Practitioner/") => return Err(wrong(Code::Value)),
        Some(named) => named,
        None => me?,
    };
    match name_of(cx, who).await {
        Ok(name) => Ok(content::reference(who, name.as_deref())),
        Err(Error::NotFound | Error::Gone { .. }) => Err(wrong(Code::Value)),
        Err(other) => Err(other),
    }
}

/// Says who wrote this version.
pub(super) async fn edited_by(cx: &RouteCtx, note: &mut Json<'static>) -> Result<()> {
    let editor = match cx.ctx.actor.person.as_deref() {
        Some(person) => {
            // Who may not look into the directory is named by the reference alone.
            let name = name_of(cx, person).await.unwrap_or_default();
            content::reference(person, name.as_deref())
        }
        None => Json::object([("display", Json::string(cx.ctx.actor.name.clone()))]),
    };
    content::set_extension(note, content::EDITOR, Some(("valueReference", editor)));
    Ok(())
}

/// Writes a new note.
pub(super) async fn made(cx: &RouteCtx, note: Json<'static>) -> Result<Seen> {
    let body = Bytes::from(note.to_vec());
    let write = Write::Create { rt: ResourceType::COMPOSITION, id: None, body, if_none_exist: None };
    let mut done = cx.tenant.commit(&cx.ctx, vec![write]).await?;
    seen(done.pop().ok_or(Error::NotFound)?)
}

/// A note that was just written.
pub(super) fn seen(done: Outcome) -> Result<Seen> {
    let Outcome { rt, id, version, at, body, .. } = done;
    Seen::of(&Visible { rt, id, version, at, op: store::Op::Update, body, redacted: false })
}
