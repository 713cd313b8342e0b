//! `PUT documents/{id}`: prints a draft again, from today's chart and other values.

use crate::asked::{self, Asked, said_language, said_values};
use crate::chart::About;
use crate::document::{self, Document, Status};
use crate::missing::Missing;
use crate::sheet::Name;
use crate::words::language;
use crate::{draft, tell};
use async_trait::async_trait;
use fhir::Lang;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "documents/{id}",
        summary: "Prints a draft again with other values",
        access: Access::SignedIn,
        handler: Arc::new(Regenerate),
    }
}

struct Regenerate;

#[async_trait]
impl Handler for Regenerate {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let version = asked::version(&request, &form)?;
        let document = Document::read(&cx, id).await?;
        if document.status() != Status::Draft || !document::signatures(&document.json).is_empty() {
            return tell::closed(&cx, &document).await;
        }
        if version != document.version {
            return tell::raced(&cx, id).await;
        }
        let kept = document::fact(&document.json, "language").and_then(|l| language(l.as_str()?));
        let lang = said_language(&mut form, document.kind).or(kept).unwrap_or(Lang::Fr);
        let values = said_values(&mut form, document.kind);
        form.finish()?;
        let author = document::author(&document.json);
        let encounter = document.json.get("context").and_then(|context| {
            let found = context.each("encounter").next()?.get_str("reference")?;
            found.strip_prefix("Encounter/").map(String::from)
        });
        let about = About {
            patient: document.patient().to_string(),
            case: document::case(&document.json).map(String::from),
            encounter,
            author: author.and_then(|author| author.get_str("reference").map(String::from)),
        };
        let asked = Asked { kind: document.kind, about, lang, values, replaces: None, template: None };
        let (chart, values, missing) = asked.look(&cx).await?;
        if !missing.is_empty() {
            return Err(Error::Refused(missing.iter().map(Missing::issue).collect()));
        }
        let printed = draft::printed(document.kind, &chart, &values, Name::new(id.to_string())).await?;
        let (json, mut writes) = draft::reprinted(&cx, &document, &chart, &printed);
        writes.push(draft::over(&document, &json));
        match cx.tenant.commit(&cx.ctx, writes).await.map_err(draft::single) {
            Ok(done) => tell::reply(&cx, &draft::written(done)?, 200).await,
            Err(Error::VersionConflict { .. }) => tell::raced(&cx, id).await,
            Err(other) => Err(other),
        }
    }
}
