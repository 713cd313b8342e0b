//! Operations of the FHIR interface itself (<https://hl7.org/fhir/R4/operations.html>): which there are, where,
//! and who answers. What services offer is in `operation.rs`.

use super::dispatch::Call;
use super::page::View;
use super::target::valid_id;
use super::{everything, lastn, meta, run};
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::{body, media};
use axum::body::Body;
use fhir::{Json, ResourceType};
use http::{HeaderValue, Method, Response, header};

/// An operation and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin<'p> {
    /// `ViewDefinition/$run`, and `$viewdefinition-run` where ViewDefinition is no type of resource.
    Run,
    Everything(ResourceType, &'p str),
    /// `Observation/$lastn`
    LastN,
    Meta(ResourceType, &'p str),
    MetaAdd(ResourceType, &'p str),
    MetaDelete(ResourceType, &'p str),
}

/// Types that have `$everything`.
const EVERYTHING: [ResourceType; 2] = [ResourceType::PATIENT, ResourceType::ENCOUNTER];

/// The operation at a path below the base.
pub fn find(path: &str) -> Option<Builtin<'_>> {
    if matches!(path, "$viewdefinition-run" | "ViewDefinition/$viewdefinition-run" | "ViewDefinition/$run") {
        return Some(Builtin::Run);
    }
    if path == "Observation/$lastn" {
        return Some(Builtin::LastN);
    }
    let (place, name) = path.split_once("/$")?;
    let (rt, id) = place.split_once('/')?;
    let rt = ResourceType::parse(rt)?;
    let id = Some(id).filter(|id| valid_id(id))?;
    Some(match name {
        "everything" if EVERYTHING.contains(&rt) => Builtin::Everything(rt, id),
        "meta" => Builtin::Meta(rt, id),
        "meta-add" if rt != ResourceType::AUDIT_EVENT => Builtin::MetaAdd(rt, id),
        "meta-delete" if rt != ResourceType::AUDIT_EVENT => Builtin::MetaDelete(rt, id),
        _ => return None,
    })
}

/// Name and definition of the operations of a type, as a CapabilityStatement lists them.
pub fn told(rt: ResourceType) -> Vec<(&'static str, String)> {
    const META: &str = "http://hl7.org/fhir/OperationDefinition/Resource-";
    let mut out = Vec::new();
    if EVERYTHING.contains(&rt) {
        out.push(("everything", format!("http://hl7.org/fhir/OperationDefinition/{rt}-everything")));
    }
    if rt == ResourceType::OBSERVATION {
        out.push(("lastn", "http://hl7.org/fhir/OperationDefinition/Observation-lastn".to_string()));
    }
    out.push(("meta", format!("{META}meta")));
    if rt != ResourceType::AUDIT_EVENT {
        out.push(("meta-add", format!("{META}meta-add")));
        out.push(("meta-delete", format!("{META}meta-delete")));
    }
    out
}

/// The operations of the whole system.
pub fn of_system() -> Json<'static> {
    let definition = "http://sql-on-fhir.org/OperationDefinition/$viewdefinition-run";
    let documentation = "Also at ViewDefinition/$run. Takes viewResource, _format (ndjson, csv, json), header, \
                         patient, group, _since, _limit and resource; views are not stored, so no viewReference.";
    let run = Json::object(
        [("name", "viewdefinition-run"), ("definition", definition), ("documentation", documentation)]
            .map(|(name, value)| (name, Json::string(value))),
    );
    Json::array([run])
}

pub async fn serve(call: &Call<'_>, builtin: Builtin<'_>, body: Body) -> Answer<Response<Body>> {
    let parts = call.parts;
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    let allowed: &'static str = match builtin {
        Builtin::Everything(..) => "GET, HEAD, POST",
        Builtin::Meta(..) | Builtin::LastN => "GET, HEAD",
        Builtin::Run | Builtin::MetaAdd(..) | Builtin::MetaDelete(..) => "POST",
    };
    if !allowed.split(", ").any(|method| method == parts.method.as_str()) {
        let failure = Failure::new(405, text::METHOD).arg("allow", allowed);
        return Err(failure.with(header::ALLOW, HeaderValue::from_static(allowed)));
    }
    let view = View::of(parts.uri.query(), None)?;
    let body = match reads {
        true => bytes::Bytes::new(),
        false => {
            media::check_json(&parts.headers)?;
            body::read(&parts.headers, body, &call.app.config.limits).await?
        }
    };
    match builtin {
        Builtin::Run => run::serve(call, &body, &view).await,
        Builtin::Everything(rt, id) => everything::serve(call, rt, id, view, &body).await,
        Builtin::LastN => lastn::serve(call, &view).await,
        Builtin::Meta(rt, id) => meta::get(call, rt, id, &view).await,
        Builtin::MetaAdd(rt, id) => {
            meta::change(call, rt, id, &view, &body, store::patch::Labelling::Add).await
        }
        Builtin::MetaDelete(rt, id) => {
            meta::change(call, rt, id, &view, &body, store::patch::Labelling::Delete).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_where_they_are() {
        let (patient, audit) = (ResourceType::PATIENT, ResourceType::AUDIT_EVENT);
        assert_eq!(find("Patient/7/$everything"), Some(Builtin::Everything(patient, "7")));
        assert_eq!(find("Patient/7/$meta-add"), Some(Builtin::MetaAdd(patient, "7")));
        assert_eq!(find("AuditEvent/7/$meta"), Some(Builtin::Meta(audit, "7")));
        assert_eq!(find("ViewDefinition/$run"), Some(Builtin::Run));
        for path in [
            "Patient/$everything",
            "Group/7/$everything",
            "AuditEvent/7/$meta-add",
            "Patient/a b/$meta",
            "Patient/7/$else",
            "Nobody/7/$meta",
            "$run",
            "Patient/7/8/$meta",
        ] {
            assert_eq!(find(path), None, "{path}");
        }
    }
}
