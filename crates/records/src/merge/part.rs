//! `POST patients/{id}/unmerge`: undoes a merge. Both records are as before: nothing else was changed by it.

use super::join::unlinked;
use super::{read, survivors, update};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NOT_MERGED: Text = Text {
    key: "merge.none",
    fr: "Ce dossier n'est fusionné dans aucun autre : il n'y a rien à annuler.",
    en: "This record was not merged into another: there is nothing to undo.",
    de: "Diese Akte wurde mit keiner anderen zusammengeführt: Es gibt nichts rückgängig zu machen.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/unmerge",
        summary: "Undoes the merge of a record: both stand by themselves again",
        access: Access::SignedIn,
        handler: Arc::new(Part),
    }
}

struct Part;

#[async_trait]
impl Handler for Part {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let old = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
        let mut patient = read(&old)?;
        let into = survivors(&patient, id);
        if into.is_empty() {
            return Err(Issue::error(Code::Conflict, NOT_MERGED).into());
        }
        let links = unlinked(&patient, "replaced-by", None);
        set_links(&mut patient, links);
        if let Some(object) = patient.as_object_mut() {
            object.set("active", Json::Bool(true));
        }
        let mut writes = vec![update(&old, &patient)];
        for survivor in &into {
            let found = match cx.tenant.read(&cx.ctx, ResourceType::PATIENT, survivor).await {
                Ok(found) => found,
                // A survivor that is gone holds no link.
                Err(Error::NotFound | Error::Gone { .. }) => continue,
                Err(other) => return Err(other),
            };
            let mut patient = read(&found)?;
            let links = unlinked(&patient, "replaces", Some(id));
            set_links(&mut patient, links);
            writes.push(update(&found, &patient));
        }
        cx.tenant.commit(&cx.ctx, writes).await?;
        let told = into.into_iter().map(Json::string);
        Ok(RouteReply::json(
            200,
            &Json::object([("restored", Json::string(id.to_string())), ("from", Json::array(told))]),
        ))
    }
}

fn set_links<'a>(patient: &mut Json<'a>, links: Vec<Json<'a>>) {
    let Some(object) = patient.as_object_mut() else { return };
    if links.is_empty() {
        object.remove("link");
    } else {
        object.set("link", Json::Array(links));
    }
}
