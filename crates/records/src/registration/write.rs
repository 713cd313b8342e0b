//! The Patient of the traits, as FR Core writes it (<https://hl7.fr/ig/fhir/core>).

use super::traits::Traits;
use fhir::Json;
use fhir::edit::{coding, instant};

/// System of the record numbers (IPP).
pub(super) const IPP: &str = "urn:medhub:ipp";
const FR_CORE: &str = "https://hl7.fr/ig/fhir/core";
const COMMUNES: &str = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
const V2_0203: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";
/// Which document justified the check of the identity, and when: never a copy of it.
const DOCUMENT: &str = "urn:medhub:identity-document";
/// That two records of the same traits are two persons: of which record, why, who said so.
pub(super) const HOMONYM: &str = "urn:medhub:homonym";

impl Traits {
    /// `by`: who saw the document.
    pub fn patient(&self, ipp: &str, by: &str, now: i64) -> Json<'static> {
        let mut patient = vec![("resourceType", text("Patient"))];
        let mut extensions: Vec<Json<'static>> = self.birthplace().into_iter().collect();
        extensions.push(self.reliability());
        extensions.extend(self.document(by, now));
        extensions.extend(self.homonyms.iter().filter_map(|other| self.homonym(other, by, now)));
        patient.push(("extension", Json::Array(extensions)));
        let mut identifiers = vec![identifier("usual", Some((V2_0203, "PI")), IPP, ipp)];
        identifiers.extend(self.identifiers.iter().map(|found| {
            let french = format!("{FR_CORE}/CodeSystem/fr-core-cs-v2-0203");
            let kind = found.code.as_deref().map(|code| (if code == "NH" { V2_0203 } else { &french }, code));
            identifier(found.usage.unwrap_or("secondary"), kind, &found.system, &found.value)
        }));
        patient.push(("identifier", Json::Array(identifiers)));
        patient.push(("active", Json::Bool(true)));
        patient.push(("name", Json::Array(self.names())));
        patient.extend(self.telecom.clone().map(|telecom| ("telecom", telecom)));
        patient.push(("gender", text(self.gender)));
        patient.push(("birthDate", text(&self.birth)));
        patient.extend(self.address.clone().map(|address| ("address", address)));
        let mut patient = Json::object(patient);
        self.around.complete(&mut patient);
        patient
    }

    /// The birth name with one given name and the list of them all; the name in use where it differs.
    fn names(&self) -> Vec<Json<'static>> {
        let url = format!("{FR_CORE}/StructureDefinition/fr-core-patient-birth-list-given-name");
        let list =
            Json::object([("url", Json::string(url)), ("valueString", Json::string(self.given.join(" ")))]);
        let first = self.given.first().map_or("", String::as_str);
        let birth = Json::object([
            ("extension", Json::array([list])),
            ("use", text("official")),
            ("family", text(&self.family)),
            ("given", Json::array([text(first)])),
        ]);
        let mut names = vec![birth];
        if self.used_family.is_some() || self.used_given.is_some() {
            names.push(Json::object([
                ("use", text("usual")),
                ("family", text(self.used_family.as_deref().unwrap_or(&self.family))),
                ("given", Json::array([text(self.used_given.as_deref().unwrap_or(first))])),
            ]));
        }
        names
    }

    fn birthplace(&self) -> Option<Json<'static>> {
        let code = self.birthplace.as_deref()?;
        let url = format!("{FR_CORE}/StructureDefinition/fr-core-address-insee-code");
        let insee =
            Json::object([("url", Json::string(url)), ("valueCoding", own(coding(COMMUNES, code, None)))]);
        let mut place = vec![("extension", Json::array([insee]))];
        place.extend(self.birthplace_name.as_deref().map(|city| ("city", text(city))));
        Some(Json::object([
            ("url", text("http://hl7.org/fhir/StructureDefinition/patient-birthPlace")),
            ("valueAddress", Json::object(place)),
        ]))
    }

    fn reliability(&self) -> Json<'static> {
        let (code, label) = self.status.coded();
        let system = format!("{FR_CORE}/CodeSystem/fr-core-cs-v2-0445");
        let status = Json::object([
            ("url", text("identityStatus")),
            ("valueCoding", own(coding(&system, code, Some(label)))),
        ]);
        let url = format!("{FR_CORE}/StructureDefinition/fr-core-identity-reliability");
        Json::object([("extension", Json::array([status])), ("url", Json::string(url))])
    }

    fn homonym(&self, other: &str, by: &str, now: i64) -> Option<Json<'static>> {
        let reason = self.homonym_reason.as_deref()?;
        let of = Json::object([("reference", Json::string(format!("Patient/{other}")))]);
        let parts = [
            Json::object([("url", text("of")), ("valueReference", of)]),
            Json::object([("url", text("reason")), ("valueString", text(reason))]),
            Json::object([("url", text("by")), ("valueString", text(by))]),
            Json::object([("url", text("at")), ("valueDateTime", instant(now))]),
        ];
        Some(Json::object([("extension", Json::array(parts)), ("url", text(HOMONYM))]))
    }

    fn document(&self, by: &str, now: i64) -> Option<Json<'static>> {
        let document = self.document?;
        let parts = [
            Json::object([("url", text("document")), ("valueCode", text(document))]),
            Json::object([("url", text("seen")), ("valueDateTime", instant(now))]),
            Json::object([("url", text("by")), ("valueString", text(by))]),
            // All documents of the list are of high trust.
            Json::object([("url", text("level")), ("valueCode", text("high"))]),
        ];
        Some(Json::object([("extension", Json::array(parts)), ("url", text(DOCUMENT))]))
    }
}

fn identifier(usage: &str, kind: Option<(&str, &str)>, system: &str, value: &str) -> Json<'static> {
    let mut members = vec![("use", text(usage))];
    if let Some((types, code)) = kind {
        members.push(("type", Json::object([("coding", Json::array([own(coding(types, code, None))]))])));
    }
    members.push(("system", text(system)));
    members.push(("value", text(value)));
    Json::object(members)
}

fn text(text: &str) -> Json<'static> {
    Json::string(text.to_string())
}

fn own(json: Json<'_>) -> Json<'static> {
    json.into_owned()
}
