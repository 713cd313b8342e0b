//! `POST documents/incoming/{id}/file`: a person says whose letter it is, and it moves into that record. Sealed with
//! the patient's key it is written anew; the key of the letter that waited is destroyed.
//!
//! Whoever opens the mail puts it where it belongs and reads nothing of the record by that; so no tie to the
//! patient is asked for. It is recorded under their name.

use super::kinds::MailKind;
use super::letter::{Letter, State, read_text};
use super::{receive, recorded};
use crate::document::{binary, binary_of};
use crate::kind::LOINC;
use crate::message::{CHANGED, MAIL_DATE, MAIL_FUTURE, MAIL_KIND, MAIL_OVER};
use crate::words::text;
use crate::{asked, zone};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::edit::{coding, reference};
use fhir::{Code, Issue, Json, ResourceType};
use jiff::civil::Date;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};
use uuid::Uuid;

/// Namespace of the ids of filed letters: twice the same letter is one document.
const NAMESPACE: Uuid = Uuid::from_u128(0x3d1f_6a52_9b0c_5e47_8c1d_2a6e_90f4_b713);
const TITLE_MAX: usize = 200;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/incoming/{id}/file",
        summary: "Files a letter in a patient's record, with its kind and date",
        access: Access::SignedIn,
        handler: Arc::new(File),
    }
}

struct File;

struct Told {
    patient: String,
    kind: &'static MailKind,
    day: Date,
    title: String,
    writer: Option<String>,
    text: bool,
}

#[async_trait]
impl Handler for File {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let ctx = recorded(&cx, "mail-file-in-record", id).await?;
        let mut form = Form::read(&request.body)?;
        let version = asked::version(&request, &form)?;
        let told = told(&cx, &mut form)?;
        let patient = receive::known(&cx, &told.patient).await?;
        let patient = patient.strip_prefix("Patient/").unwrap_or(&patient).to_string();
        let letter = Letter::find(&cx.tenant, &ctx, id).await?.ok_or(Error::NotFound)?;
        let new =
            |what: &str| Uuid::new_v5(&NAMESPACE, format!("{}\n{id}\n{what}", cx.tenant.name()).as_bytes());
        let document = new("document").to_string();
        if matches!(letter.state, State::Filed | State::Discarded) {
            return Err(Error::refused(Code::Conflict, MAIL_OVER));
        }
        if letter.version != version {
            return Err(Error::refused(Code::Conflict, CHANGED));
        }
        let bytes = binary_of(&cx.tenant, &ctx, &letter.file).await?;
        let file = new("file").to_string();
        let kept = binary(&file, &patient, letter.media.as_str(), &bytes);
        let filed = filed(&told, &patient, &document, &file, &letter);
        let writes = vec![kept, filed, letter.moved(State::Filed, cx.ctx.clock.now_ms())];
        match cx.tenant.commit(&ctx, writes).await {
            Ok(_) => {}
            Err(error) if is_raced(&error) => return Err(Error::refused(Code::Conflict, CHANGED)),
            Err(other) => return Err(other),
        }
        // If this is not reached, the round does it.
        cx.tenant.erase_unregistered(&ctx, id).await?;
        let out = [("document", text(document)), ("patient", text(patient))];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}

/// Somebody else has filed it, or the machine has read it, in the same instant.
fn is_raced(error: &Error) -> bool {
    match error {
        Error::VersionConflict { .. } => true,
        Error::InWrite { error, .. } => is_raced(error),
        _ => false,
    }
}

fn told(cx: &RouteCtx, form: &mut Form<'_>) -> Result<Told> {
    let patient = form.required("patient", 80);
    let code = form.required("kind", 40);
    let kind = MailKind::find(&code);
    if kind.is_none() && !code.is_empty() {
        form.wrong(Issue::error(Code::CodeInvalid, MAIL_KIND).at("kind"));
    }
    let day = form.required("date", 10);
    let date = day.parse::<Date>().ok();
    if date.is_none() && !day.is_empty() {
        form.wrong(Issue::error(Code::Value, MAIL_DATE).at("date"));
    }
    if date.is_some_and(|date| date > zone::day_of(cx.ctx.clock.now_ms())) {
        form.wrong(Issue::error(Code::Value, MAIL_FUTURE).at("date"));
    }
    let title = form.text("title", TITLE_MAX);
    let writer = form.text("writer", TITLE_MAX);
    let text = form.json().get("withText").and_then(Json::as_bool) != Some(false);
    form.finish()?;
    let kind = kind.ok_or(Error::NotFound)?;
    let title = title.unwrap_or_else(|| kind.tell(fhir::Lang::Fr).to_string());
    Ok(Told { patient, kind, day: date.ok_or(Error::NotFound)?, title, writer, text })
}

/// The document of the record. Its date is that of the letter, as a record is read by when things were.
fn filed(told: &Told, patient: &str, id: &str, file: &str, letter: &Letter) -> Write {
    let kind = Json::object([
        ("coding", Json::array([coding(LOINC, told.kind.loinc, None)])),
        ("text", text(told.kind.tell(fhir::Lang::Fr))),
    ]);
    let attachment = Json::object([
        ("contentType", Json::string(letter.media.as_str())),
        ("url", text(format!("Binary/{file}"))),
        ("size", Json::integer(i64::try_from(letter.size).unwrap_or(i64::MAX))),
        ("title", text(&*told.title)),
        ("creation", text(told.day.to_string())),
    ]);
    let mut content = vec![Json::object([("attachment", attachment)])];
    let with_text = told.text && !letter.text.is_empty();
    content.extend(with_text.then(|| Json::object([("attachment", read_text(&letter.text))])));
    let writer =
        told.writer.as_ref().map(|writer| Json::array([Json::object([("display", text(&**writer))])]));
    // Noon: the day is the same in every zone of Europe.
    let date = format!("{}T12:00:00Z", told.day);
    let mut json = vec![
        ("resourceType", Json::string("DocumentReference")),
        ("id", text(id)),
        ("status", Json::string("current")),
        ("docStatus", Json::string("final")),
        ("type", kind),
        ("subject", reference(ResourceType::PATIENT, patient)),
        ("date", text(date)),
        ("description", text(&*told.title)),
    ];
    json.extend(writer.map(|writer| ("author", writer)));
    json.push(("content", Json::Array(content)));
    Write::Create {
        rt: ResourceType::DOCUMENT_REFERENCE,
        id: Some(id.to_string()),
        body: Bytes::from(Json::object(json).to_vec()),
        if_none_exist: None,
    }
}
