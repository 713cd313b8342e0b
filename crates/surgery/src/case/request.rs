//! `POST surgeries`, `POST patients/{id}/surgeries`, `POST surgeries/emergency`: asks for an operation.

use super::element::{derived, instant, is_surgery, link, text};
use super::form::Asked;
use super::tell;
use super::whole::Whole;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

pub(super) fn routes() -> Vec<Route> {
    let one = |path, summary, urgent| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Request { urgent }),
    };
    vec![
        one("surgeries", "Asks for an operation", false),
        one("patients/{id}/surgeries", "Asks for an operation of a patient", false),
        one(
            "surgeries/emergency",
            "Asks for an operation that cannot wait: patient, act, side, surgeon",
            true,
        ),
    ]
}

struct Request {
    urgent: bool,
}

#[async_trait]
impl Handler for Request {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let patient = match request.param("id") {
            "" => form.required("patient", 80),
            id => id.to_string(),
        };
        let patient = patient.strip_prefix("Patient/").unwrap_or(&patient).to_string();
        let asked = Asked::read(&cx, &mut form, true).await?;
        let id = cx.ctx.ids.uuid().to_string();
        let mut case = self.blank(&cx, &id, &patient);
        asked.onto(&mut case);
        debug_assert!(is_surgery(&case));
        asked.check_side(&case, &mut form);
        form.finish()?;
        cx.tenant.read(&cx.ctx, ResourceType::PATIENT, &patient).await?;
        let body = Bytes::from(case.to_vec());
        let rt = ResourceType::SERVICE_REQUEST;
        let write = Write::Update { rt, id: id.clone(), body, if_match: None, if_none_match: true };
        let outcomes = cx.tenant.commit(&cx.ctx, vec![write]).await?;
        let version = outcomes.first().map(|o| o.version).ok_or(Error::NotFound)?;
        let (booking, procedure, checklist) = (None, None, None);
        let checks = crate::checklist::library::chosen(&cx).await?;
        let partial = false;
        let whole = Whole { id, version, json: case, booking, procedure, checklist, checks, partial };
        Ok(RouteReply::json(201, &tell::surgery(&whole)))
    }
}

impl Request {
    fn blank(&self, cx: &RouteCtx, id: &str, patient: &str) -> Json<'static> {
        let now = cx.ctx.clock.now_ms();
        // Short enough to be said aloud, and another for each case.
        let short: String = derived("number", id).chars().filter(char::is_ascii_hexdigit).take(6).collect();
        let day = super::zone::day_of(now);
        let number = format!("BLOC-{:02}{:02}-{}", day.year() % 100, day.month(), short.to_uppercase());
        let identifier = [("system", text(super::element::NUMBER)), ("value", text(number))];
        let mut case = Json::object([
            ("resourceType", text("ServiceRequest")),
            ("id", text(id)),
            ("identifier", Json::array([Json::object(identifier)])),
            ("status", text("active")),
            ("intent", text("order")),
            ("priority", text(if self.urgent { "urgent" } else { "routine" })),
            ("subject", link(&format!("Patient/{patient}"), None)),
            ("authoredOn", instant(now)),
        ]);
        let person = cx.ctx.actor.person.as_deref().filter(|p| p.starts_with("Practitioner"));
        if let (Some(person), Some(object)) = (person, case.as_object_mut()) {
            object.set("requester", link(person, None));
        }
        case
    }
}
