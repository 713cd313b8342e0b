//! `POST patients/{id}/merge`: this record is one of a person who has another. Nothing is rewritten: signed
//! documents stay what was signed, so that a merge can be undone wholly.

use super::{acknowledge, patient_id, read, retire, survivors};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, Write};

const SELF: Text = Text {
    key: "merge.self",
    fr: "Un dossier ne se fusionne pas avec lui-même. Choisissez l'autre dossier de la personne.",
    en: "A record is not merged with itself. Choose the person's other record.",
    de: "Eine Akte wird nicht mit sich selbst zusammengeführt. Wählen Sie die andere Akte der Person.",
};

const OVER: Text = Text {
    key: "merge.over",
    fr: "L'un de ces deux dossiers est déjà fusionné dans un autre. Annulez d'abord cette fusion, ou choisissez le dossier qui est resté actif.",
    en: "One of these two records was merged into another already. Undo that merge first, or choose the record that stayed active.",
    de: "Eine der beiden Akten wurde bereits mit einer anderen zusammengeführt. Machen Sie das zuerst rückgängig, oder wählen Sie die aktive Akte.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/merge",
        summary: "Merges a patient's second record into the one that stays; can be undone",
        access: Access::SignedIn,
        handler: Arc::new(Join),
    }
}

struct Join;

#[async_trait]
impl Handler for Join {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let into = form.required("into", 64);
        form.finish()?;
        let id = request.param("id");
        if id == into {
            return Err(Issue::error(Code::Value, SELF).at("into").into());
        }
        let old = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
        let new = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, &into).await?;
        let mut patient = read(&old)?;
        if !survivors(&patient, id).is_empty() || !survivors(&read(&new)?, &into).is_empty() {
            return Err(Issue::error(Code::Conflict, OVER).into());
        }
        let reference = Json::object([("reference", Json::string(format!("Patient/{into}")))]);
        let mut links: Vec<Json<'_>> = patient.each("link").cloned().collect();
        links.push(Json::object([("other", reference), ("type", Json::string("replaced-by"))]));
        if let Some(object) = patient.as_object_mut() {
            object.set("link", Json::Array(links));
        }
        let mut writes: Vec<Write> = vec![retire(&old, patient)];
        writes.extend(acknowledge(&new, id)?);
        cx.tenant.commit(&cx.ctx, writes).await?;
        let told = [("merged", Json::string(id.to_string())), ("into", Json::string(into))];
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}

/// The links without those of a type that lead to `other`.
pub(super) fn unlinked<'a>(patient: &Json<'a>, kind: &str, other: Option<&str>) -> Vec<Json<'a>> {
    let leads = |link: &Json<'_>| {
        let to = link.get("other").and_then(|o| o.get_str("reference")).and_then(patient_id);
        link.get_str("type") == Some(kind) && (other.is_none() || to == other)
    };
    patient.each("link").filter(|link| !leads(link)).cloned().collect()
}
