//! `PUT medical-professionals/{id}/credentials`: the qualifications of a professional, each with its validity.

use super::create::NO_QUALIFICATION;
use super::nomenclature::profession;
use super::read::shown;
use super::role::{date, period};
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Form, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const QUALIFICATIONS_MAX: usize = 50;

/// A diploma, a profession, a right to practise.
pub(super) struct Qualification {
    /// Code of TRE_G15, if it is a profession.
    code: Option<String>,
    text: String,
    issuer: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

impl Qualification {
    pub fn json(&self) -> Json<'static> {
        let mut concept = self.code.as_deref().map_or_else(|| Json::object::<&str>([]), profession);
        if let Some(edit) = fhir::edit::edit(&mut concept) {
            edit.set("text", Json::string(self.text.clone()));
        }
        let mut out = vec![("code", concept)];
        if self.start.is_some() || self.end.is_some() {
            out.push(("period", period(self.start.as_deref(), self.end.as_deref())));
        }
        let issuer = |name: &String| Json::object([("display", Json::string(name.clone()))]);
        out.extend(self.issuer.as_ref().map(|name| ("issuer", issuer(name))));
        Json::object(out)
    }
}

/// Reads `qualifications: [{text, code?, issuer?, start?, end?}]`; what is wrong is noted.
pub(super) fn qualifications(form: &mut Form<'_>) -> Vec<Qualification> {
    let given: Vec<Vec<u8>> = form.json().each("qualifications").map(Json::to_vec).collect();
    let mut read = Vec::new();
    for (n, one) in given.iter().take(QUALIFICATIONS_MAX).enumerate() {
        let wrong = |issue: Issue| {
            let at = issue.expression.clone().unwrap_or_default();
            issue.at(format!("qualifications[{n}].{at}"))
        };
        let Ok(mut one) = Form::read(one) else {
            form.wrong(wrong(Issue::error(Code::Structure, NO_QUALIFICATION).at("text")));
            continue;
        };
        let found = Qualification {
            code: one.text("code", 20),
            text: one.required("text", 200),
            issuer: one.text("issuer", 200),
            start: date(&mut one, "start"),
            end: date(&mut one, "end"),
        };
        match one.finish() {
            Err(Error::Refused(issues)) => issues.into_iter().for_each(|issue| form.wrong(wrong(issue))),
            _ => read.push(found),
        }
    }
    read
}

pub(super) async fn put(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let mut form = Form::read(&request.body)?;
    let qualifications = qualifications(&mut form);
    let active = form.json().get("active").and_then(Json::as_bool);
    form.finish()?;
    let found = cx.tenant.read(&cx.ctx, ResourceType::PRACTITIONER, request.param("id")).await?;
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Practitioner".into()))?;
    let mut practitioner = json.into_owned();
    if let Some(edit) = fhir::edit::edit(&mut practitioner) {
        let list = Json::array(qualifications.iter().map(Qualification::json));
        let edit = edit.set_or_remove("qualification", (!qualifications.is_empty()).then_some(list));
        if let Some(active) = active {
            edit.set("active", Json::Bool(active));
        }
    }
    let write = Write::Update {
        rt: ResourceType::PRACTITIONER,
        id: found.id,
        body: Bytes::from(practitioner.to_vec()),
        if_match: Some(found.version),
        if_none_match: false,
    };
    cx.tenant.commit(&cx.ctx, vec![write]).await?;
    Ok(RouteReply::json(200, &shown(&practitioner, cx.ctx.clock.now_ms())))
}
