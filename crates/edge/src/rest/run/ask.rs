//! What a run is asked: the parameters, read and checked before anything is read from the store but the group and
//! the patients that are named.

use super::fault;
use super::format::Format;
use crate::failure::{Answer, Failure};
use crate::rest::dispatch::Call;
use crate::rest::page::View as Asking;
use crate::rest::parameters::{self, Parameter};
use crate::text;
use fhir::{Code, Issue, Json, ResourceType};
use store::Error;
use viewdef::View;

/// Patients of one run, those of its groups included.
const PATIENTS_MAX: usize = 1000;

pub struct Asked {
    pub view: View,
    /// Where the view stands in the Parameters.
    pub at: usize,
    pub format: Format,
    /// CSV begins with the names of the columns.
    pub header: bool,
    /// Only the records of these patients.
    pub confined: bool,
    pub patients: Vec<String>,
    pub since: Option<String>,
    pub limit: Option<u64>,
    /// Rows are made of these instead of what is stored.
    pub resources: Vec<Json<'static>>,
}

pub async fn read(call: &Call<'_>, body: &[u8], asking: &Asking) -> Answer<Asked> {
    if !asking.rest.is_empty() {
        return Err(Failure::new(400, text::NO_SUCH_PARAMETER).arg("known", "_format"));
    }
    let json = fhir::json::parse(body).map_err(|error| Failure::of(400, error.issue()))?;
    let parameters = parameters::read(&json)?;
    let view = parameters.iter().find(|parameter| parameter.name == "viewResource");
    let missing =
        || Failure::of(400, Issue::error(Code::Required, text::VIEW_MISSING).at("Parameters.parameter"));
    let view = view.ok_or_else(missing)?;
    let at = view.at;
    let definition = view.resource().ok_or_else(|| view.wrong(400, Code::Value, text::BAD_VALUE))?;
    let view = View::read(definition).map_err(|error| fault::failure(&error, at))?;
    let format = match &asking.format {
        Some(name) => Format::parse(name).ok_or_else(|| Failure::new(400, text::VIEW_FORMAT))?,
        None => Format::accepted(&call.parts.headers).unwrap_or(Format::Ndjson),
    };
    let mut asked = Asked {
        view,
        at,
        format,
        header: true,
        confined: false,
        patients: Vec::new(),
        since: None,
        limit: None,
        resources: Vec::new(),
    };
    let mut said = asking.format.is_some();
    for parameter in &parameters {
        take(call, &mut asked, parameter, &mut said).await?;
    }
    if !said {
        Format::accepted(&call.parts.headers)?;
    }
    Ok(asked)
}

async fn take(
    call: &Call<'_>,
    asked: &mut Asked,
    parameter: &Parameter<'_, '_>,
    said: &mut bool,
) -> Answer<()> {
    let wrong = || parameter.wrong(400, Code::Value, text::BAD_VALUE);
    let text = || parameter.text().ok_or_else(wrong);
    match parameter.name {
        "viewResource" if parameter.at == asked.at => {}
        "_format" => {
            let refused = || parameter.wrong(400, Code::NotSupported, text::VIEW_FORMAT);
            asked.format = Format::parse(&text()?).ok_or_else(refused)?;
            *said = true;
        }
        "header" => asked.header = text()?.parse().map_err(|_| wrong())?,
        "_limit" => {
            let limit = text()?.parse().ok().filter(|limit| *limit > 0);
            asked.limit = Some(limit.ok_or_else(wrong)?);
        }
        "_since" => {
            let since = text()?;
            fhir::date::instant(&since).ok_or_else(wrong)?;
            asked.since = Some(since);
        }
        "patient" => {
            let id = id_of(&text()?, ResourceType::PATIENT).ok_or_else(wrong)?;
            found(call.tenant.read(&call.ctx, ResourceType::PATIENT, &id).await, parameter)?;
            add(asked, id, parameter)?;
        }
        "group" => {
            let id = id_of(&text()?, ResourceType::GROUP).ok_or_else(wrong)?;
            let group = found(call.tenant.read(&call.ctx, ResourceType::GROUP, &id).await, parameter)?;
            asked.confined = true;
            for id in members(&group.body) {
                add(asked, id, parameter)?;
            }
        }
        "resource" => {
            let resource = parameter.resource().ok_or_else(wrong)?;
            asked.resources.push(resource.clone().into_owned());
        }
        _ => return Err(parameter.wrong(400, Code::NotSupported, text::VIEW_PARAMETER)),
    }
    Ok(())
}

/// `Patient/7` or `7`.
fn id_of(reference: &str, rt: ResourceType) -> Option<String> {
    let id = reference.strip_prefix(rt.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(reference);
    crate::rest::target::valid_id(id).then(|| id.to_string())
}

/// The specification: what is named and not there is the caller's mistake, not a missing address.
fn found<T>(outcome: Result<T, Error>, parameter: &Parameter<'_, '_>) -> Answer<T> {
    outcome.map_err(|error| match error {
        Error::NotFound | Error::Gone { .. } => parameter.wrong(400, Code::NotFound, text::VIEW_NOBODY),
        other => other.into(),
    })
}

fn add(asked: &mut Asked, id: String, parameter: &Parameter<'_, '_>) -> Answer<()> {
    asked.confined = true;
    if asked.patients.len() == PATIENTS_MAX {
        return Err(parameter.wrong(400, Code::TooCostly, text::VIEW_MANY_PATIENTS));
    }
    if !asked.patients.contains(&id) {
        asked.patients.push(id);
    }
    Ok(())
}

/// The patients of a group that are in it now.
fn members(group: &[u8]) -> Vec<String> {
    let Ok(group) = fhir::json::parse(group) else { return Vec::new() };
    let active = group.each("member").filter(|m| m.get("inactive").and_then(Json::as_bool) != Some(true));
    let patients = active.filter_map(|member| {
        let reference = member.get("entity")?.get_str("reference")?;
        id_of(reference.strip_prefix("Patient/")?, ResourceType::PATIENT)
    });
    patients.collect()
}
