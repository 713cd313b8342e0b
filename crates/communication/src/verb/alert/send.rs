//! `POST medical-alerts/send {patient, priority, text, to}`: calls people to a patient. `to` names professionals
//! (`Practitioner/…`) and roles.

use super::tell::tell;
use crate::alert::{Alert, Priority, RESERVED, Said};
use crate::due::Due;
use crate::element::id_of;
use crate::person::myself;
use crate::read::one;
use crate::verb::list::hub;
use crate::words::{NO_PATIENT, NOBODY_CALLED, UNKNOWN_CALLED};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use policy::{Group, Role, Verb};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const TEXT_MAX: usize = 500;
const CALLED_MAX: usize = 20;
/// Roles that can be called to a patient.
const CALLABLE: [Role; 6] =
    [Role::Surgeon, Role::Anaesthetist, Role::Clinician, Role::Nurse, Role::Pharmacist, Role::MedicalAdmin];

pub(super) fn route(due: &Arc<Due>) -> Route {
    Route {
        method: Method::Post,
        path: "medical-alerts/send",
        summary: "Calls people to a patient",
        access: Access::SignedIn,
        handler: Arc::new(Send(due.clone())),
    }
}

struct Send(Arc<Due>);

#[async_trait]
impl Handler for Send {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let patient = form.required("patient", 100);
        let patient = patient.strip_prefix("Patient/").unwrap_or(&patient).to_string();
        let values = Priority::ALL.map(|one| (one.as_str(), one));
        let priority = form.required_choice("priority", &values);
        let text = form.required("text", TEXT_MAX);
        let (people, roles) = called(&mut form);
        form.finish()?;
        let on = Some((ResourceType::PATIENT, patient.as_str()));
        if !cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(&patient)).await? {
            cx.tenant.audit_refused(&cx.ctx, "medical-alert-send", on).await?;
            return Err(Error::Denied);
        }
        let hub = hub(&cx);
        if one(&cx.tenant, &hub, ResourceType::PATIENT, &patient).await?.is_none() {
            return Err(Issue::error(Code::NotFound, NO_PATIENT).at("patient").into());
        }
        for person in &people {
            let id = id_of(person, ResourceType::PRACTITIONER).unwrap_or_default();
            if one(&cx.tenant, &hub, ResourceType::PRACTITIONER, id).await?.is_none() {
                return Err(Issue::error(Code::NotFound, UNKNOWN_CALLED).at("to").into());
            }
        }
        let said = Said {
            patient: &patient,
            priority: priority.unwrap_or(Priority::High),
            text: &text,
            people: &people,
            roles: &roles,
            sender: myself(&cx).await,
        };
        let id = format!("{RESERVED}{}", cx.ctx.ids.uuid());
        let mut alert = Alert::new(id, said, cx.ctx.clock.now_ms());
        alert.step(cx.ctx.clock.now_ms());
        cx.tenant.audit_operation(&cx.ctx, "medical-alert-send", on).await?;
        let done = cx.tenant.commit(&hub, vec![alert.write()]).await?;
        self.0.touch(cx.tenant.name());
        alert.version = done.first().map(|one| one.version);
        let told = tell(&cx, &[alert]).await?;
        Ok(RouteReply::json(201, &told.into_iter().next().unwrap_or(Json::Null)))
    }
}

fn called(form: &mut Form<'_>) -> (Vec<String>, Vec<Role>) {
    let (mut people, mut roles, mut unknown) = (Vec::new(), Vec::new(), false);
    for one in form.json().each("to").map(|one| one.as_str().unwrap_or_default()) {
        let role = Role::parse(one).filter(|role| CALLABLE.contains(role));
        match (role, id_of(one, ResourceType::PRACTITIONER)) {
            (Some(role), _) => roles.push(role),
            (None, Some(id)) if !id.is_empty() && id.len() <= 64 => people.push(one.to_string()),
            _ => unknown = true,
        }
    }
    if unknown {
        form.wrong(Issue::error(Code::Value, UNKNOWN_CALLED).at("to"));
    } else if people.is_empty() && roles.is_empty() || people.len() + roles.len() > CALLED_MAX {
        form.wrong(Issue::error(Code::Required, NOBODY_CALLED).at("to").arg("max", CALLED_MAX));
    }
    (people, roles)
}
