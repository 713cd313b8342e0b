//! FHIR data types, made short: codings, references, quantities, periods, and a resource under construction.

use fhir::{Json, Object};

pub type J = Json<'static>;

pub const ICD10: &str = "http://hl7.org/fhir/sid/icd-10";
pub const CCAM: &str = "https://smt.esante.gouv.fr/terminologie-ccam";
pub const ATC: &str = "http://www.whocc.no/atc";
pub const BDPM: &str = "https://smt.esante.gouv.fr/terminologie-bdpm";
pub const LOINC: &str = "http://loinc.org";
pub const SNOMED: &str = "http://snomed.info/sct";
pub const UCUM: &str = "http://unitsofmeasure.org";
pub const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// A resource under construction, in the order of its members.
#[derive(Clone, Debug)]
pub struct Resource {
    pub kind: &'static str,
    pub id: String,
    body: Object<'static>,
}

impl Resource {
    pub fn new(kind: &'static str, id: impl Into<String>) -> Resource {
        let id = id.into();
        let mut body = Object::default();
        body.set("resourceType", Json::string(kind));
        body.set("id", Json::string(id.clone()));
        Resource { kind, id, body }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: J) -> Resource {
        self.body.set(name, value);
        self
    }

    #[must_use]
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Resource {
        self.with(name, text(value))
    }

    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<J>) -> Resource {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// A repeating member; absent when there is nothing to repeat, as FHIR asks.
    #[must_use]
    pub fn list(self, name: &'static str, items: Vec<J>) -> Resource {
        if items.is_empty() { self } else { self.with(name, Json::Array(items)) }
    }

    pub fn json(&self) -> &Object<'static> {
        &self.body
    }

    /// Adds a security label to `meta`.
    pub fn label(&mut self, system: &str, code: &str) {
        let mut labels: Vec<J> =
            self.body.get("meta").map(|meta| meta.each("security").cloned().collect()).unwrap_or_default();
        labels.push(coding(system, code, ""));
        let meta = object(vec![("security", Json::Array(labels))]);
        self.body.insert_at(2, "meta", meta);
    }

    pub fn reference(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }

    pub fn into_json(self) -> J {
        Json::Object(self.body)
    }
}

pub fn text(value: impl Into<String>) -> J {
    Json::string(value.into())
}

pub fn object(members: Vec<(&'static str, J)>) -> J {
    Json::object(members)
}

/// A decimal with exactly that many digits after the point.
pub fn decimal(value: f64, digits: usize) -> J {
    Json::number(format!("{value:.digits$}"))
}

pub fn coding(system: &str, code: &str, display: &str) -> J {
    let mut members = vec![("system", text(system)), ("code", text(code))];
    if !display.is_empty() {
        members.push(("display", text(display)));
    }
    object(members)
}

/// A CodeableConcept with one coding; its text is the display.
pub fn concept(system: &str, code: &str, display: &str) -> J {
    let mut members = vec![("coding", Json::array([coding(system, code, display)]))];
    if !display.is_empty() {
        members.push(("text", text(display)));
    }
    object(members)
}

/// A CodeableConcept of an HL7 terminology (`http://terminology.hl7.org/CodeSystem/…`).
pub fn hl7(system: &str, code: &str, display: &str) -> J {
    concept(&format!("http://terminology.hl7.org/CodeSystem/{system}"), code, display)
}

pub fn words(label: &str) -> J {
    object(vec![("text", text(label))])
}

pub fn reference(target: &str) -> J {
    object(vec![("reference", text(target))])
}

pub fn named(target: &str, display: &str) -> J {
    object(vec![("reference", text(target)), ("display", text(display))])
}

pub fn quantity(value: J, unit: &str, ucum: &str) -> J {
    object(vec![("value", value), ("unit", text(unit)), ("system", text(UCUM)), ("code", text(ucum))])
}

pub fn period(start: String, end: Option<String>) -> J {
    let mut members = vec![("start", text(start))];
    if let Some(end) = end {
        members.push(("end", text(end)));
    }
    object(members)
}

pub fn identifier(system: &str, value: &str) -> J {
    object(vec![("system", text(system)), ("value", text(value))])
}

/// An identifier with its type and use.
pub fn identifier_typed(usage: &str, type_system: &str, type_code: &str, system: &str, value: &str) -> J {
    let kind = object(vec![("coding", Json::array([coding(type_system, type_code, "")]))]);
    object(vec![("use", text(usage)), ("type", kind), ("system", text(system)), ("value", text(value))])
}

pub fn phone(value: &str, usage: &str) -> J {
    object(vec![("system", text("phone")), ("value", text(value)), ("use", text(usage))])
}

pub fn email(value: &str) -> J {
    object(vec![("system", text("email")), ("value", text(value))])
}
