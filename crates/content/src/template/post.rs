//! `POST documents/templates/medical`: a new text, or a new version of one (`id` and `version`). It begins to be used
//! at once; `active: false` ends it. Its versions are the store's.

use super::text::Wording;
use super::{SYSTEM, Template, field, told};
use crate::asked;
use crate::message::{CHANGED, UNKNOWN_FIELD};
use crate::read::Stored;
use crate::words::{code, language, text};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fhir::edit::coding;
use fhir::{Code, Issue, Json, Lang, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const NAME_MAX: usize = 120;
const TEXT_MAX: usize = 6_000;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/templates/medical",
        summary: "Keeps a clinic's own text for a type of documents, or a new version of one",
        access: Access::SignedIn,
        handler: Arc::new(Post),
    }
}

struct Post;

#[async_trait]
impl Handler for Post {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = asked::form(&request.body)?;
        let (kind, lang, values) = wordings(&mut form);
        let name = form.required("name", NAME_MAX);
        let specialty = form.text("specialty", NAME_MAX);
        let author = form.text("author", 80);
        let id = form.text("id", 64);
        let version = id.as_ref().map(|_| asked::version(&request, &form)).transpose()?;
        let is_active = form.json().get("active").and_then(Json::as_bool).unwrap_or(true);
        form.finish()?;
        let kind = kind.ok_or(Error::NotFound)?;
        let is_new = id.is_none();
        let id = id.unwrap_or_else(|| cx.ctx.ids.uuid().to_string());
        let template = Template { id, version: 0, name, kind, lang, specialty, author, is_active, values };
        let body = Bytes::from(library(&template).to_vec());
        let (rt, id) = (ResourceType::LIBRARY, template.id);
        let write = match version {
            None => Write::Create { rt, id: Some(id), body, if_none_exist: None },
            Some(version) => Write::Update { rt, id, body, if_match: Some(version), if_none_match: false },
        };
        let done = match cx.tenant.commit(&cx.ctx, vec![write]).await {
            Err(Error::VersionConflict { .. }) => {
                return Err(Error::refused(Code::Conflict, CHANGED));
            }
            done => done?,
        };
        let written = done.into_iter().next().ok_or(Error::NotFound)?;
        let json = fhir::json::parse(&written.body).map_err(|_| Error::Corrupt("a template".into()))?;
        let stored =
            Stored { id: written.id, version: written.version, at: written.at, json: json.into_owned() };
        let template = Template::of(&stored).ok_or(Error::NotFound)?;
        Ok(RouteReply::json(if is_new { 201 } else { 200 }, &template.json()))
    }
}

/// Type, language and texts of a form; what is wrong with them is noted.
pub(super) fn wordings(
    form: &mut Form<'_>,
) -> (Option<&'static crate::kind::Kind>, Lang, Vec<(String, String)>) {
    let name = form.required("type", 60);
    let kind = crate::kind::find(&name);
    if kind.is_none() && !name.is_empty() {
        form.wrong(Issue::error(Code::CodeInvalid, crate::message::UNKNOWN_TYPE).at("type"));
    }
    let Some(kind) = kind else { return (None, Lang::Fr, Vec::new()) };
    let lang = asked::said_language(form, kind).unwrap_or(Lang::Fr);
    let given: Vec<(String, String)> = form
        .json()
        .get("values")
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(|object| object.iter())
        .map(|(name, value)| (name.to_string(), value.as_str().unwrap_or_default().to_string()))
        .collect();
    for (name, value) in &given {
        let at = format!("values.{}", name.chars().take(60).collect::<String>());
        if field(kind, name).is_none() || value.chars().count() > TEXT_MAX {
            form.wrong(Issue::error(Code::Structure, UNKNOWN_FIELD).at(at));
        } else if let Err(fault) = Wording::read(value) {
            form.wrong(told(&fault, &at));
        }
    }
    (Some(kind), lang, given)
}

fn library(template: &Template) -> Json<'static> {
    let values = template.values.iter().map(|(name, value)| (name.clone(), text(&**value)));
    let mut data = vec![
        ("type".to_string(), text(&*template.kind.code)),
        ("language".into(), text(code(template.lang))),
        ("values".into(), Json::object(values)),
    ];
    data.extend(template.specialty.clone().map(|one| ("specialty".into(), text(one))));
    data.extend(template.author.clone().map(|one| ("author".into(), text(one))));
    debug_assert!(language(code(template.lang)).is_some());
    let content = Json::object([
        ("contentType", Json::string("application/json")),
        ("data", text(STANDARD.encode(Json::object(data).to_vec()))),
    ]);
    let kind = Json::object([("coding", Json::array([coding(SYSTEM, "text", None)]))]);
    Json::object([
        ("resourceType", Json::string("Library")),
        ("id", text(&*template.id)),
        ("title", text(&*template.name)),
        ("status", Json::string(if template.is_active { "active" } else { "retired" })),
        ("type", kind),
        ("content", Json::array([content])),
    ])
}
