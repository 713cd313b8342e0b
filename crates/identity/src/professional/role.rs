//! What a professional does at a facility, as a form gives it and as a PractitionerRole
//! (<https://hl7.org/fhir/R4/practitionerrole.html>).

use super::nomenclature::{concept, profession, specialty};
use fhir::{Code, Issue, Json, Text};
use service::Form;

const BAD_DATE: Text = Text {
    key: "professional.date",
    fr: "La date s'écrit AAAA-MM-JJ.",
    en: "The date is written YYYY-MM-DD.",
    de: "Das Datum wird JJJJ-MM-TT geschrieben.",
};

const BAD_REFERENCE: Text = Text {
    key: "professional.reference",
    fr: "Indiquez une référence de la forme « {kind}/… ».",
    en: "Give a reference such as \"{kind}/…\".",
    de: "Geben Sie einen Verweis der Form „{kind}/…“ an.",
};

const UNKNOWN_SPECIALTY: Text = Text {
    key: "professional.specialty-unknown",
    fr: "La spécialité {code} n'est pas dans la table de l'établissement : vérifiez le code TRE_R38.",
    en: "The specialty {code} is not in the clinic's table: check the TRE_R38 code.",
    de: "Die Fachrichtung {code} steht nicht in der Tabelle der Einrichtung: Prüfen Sie den TRE_R38-Code.",
};

/// Specialties and places of one role.
const LIST_MAX: usize = 20;

/// A role, read.
pub(super) struct NewRole {
    pub organization: String,
    locations: Vec<String>,
    pub specialties: Vec<String>,
    profession: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

impl NewRole {
    /// Reads `{organization, locations, specialties, profession, start, end}`; what is wrong is noted.
    pub fn read(form: &mut Form<'_>) -> NewRole {
        let organization = form.required("organization", 200);
        if !organization.is_empty() && !organization.starts_with("Organization/") {
            form.wrong(
                Issue::error(Code::Value, BAD_REFERENCE).at("organization").arg("kind", "Organization"),
            );
        }
        let locations = texts(form, "locations");
        if locations.iter().any(|location| !location.starts_with("Location/")) {
            form.wrong(Issue::error(Code::Value, BAD_REFERENCE).at("locations").arg("kind", "Location"));
        }
        NewRole {
            organization,
            locations,
            specialties: texts(form, "specialties"),
            profession: form.text("profession", 10),
            start: date(form, "start"),
            end: date(form, "end"),
        }
    }

    pub fn resource(&self, id: &str, practitioner: &str, name: Option<&str>) -> Json<'static> {
        let reference = |to: &str| Json::object([("reference", Json::string(to.to_string()))]);
        let mut person = vec![("reference", Json::string(practitioner.to_string()))];
        person.extend(name.map(|name| ("display", Json::string(name.to_string()))));
        let mut role = vec![
            ("resourceType", Json::string("PractitionerRole")),
            ("id", Json::string(id.to_string())),
            ("active", Json::Bool(true)),
        ];
        if self.start.is_some() || self.end.is_some() {
            role.push(("period", period(self.start.as_deref(), self.end.as_deref())));
        }
        role.push(("practitioner", Json::object(person)));
        role.push(("organization", reference(&self.organization)));
        if let Some(code) = &self.profession {
            role.push(("code", Json::array([profession(code)])));
        }
        if !self.specialties.is_empty() {
            role.push(("specialty", Json::array(self.specialties.iter().map(|code| concept(code)))));
        }
        if !self.locations.is_empty() {
            role.push(("location", Json::array(self.locations.iter().map(|l| reference(l)))));
        }
        Json::object(role)
    }
}

/// Warnings about specialties that the table does not hold.
pub(super) fn unknown(specialties: &[String]) -> Vec<Issue> {
    let unknown = specialties.iter().filter(|code| specialty(code).is_none());
    unknown
        .map(|code| Issue::warning(Code::CodeInvalid, UNKNOWN_SPECIALTY).at("specialties").arg("code", code))
        .collect()
}

/// A list of texts; a single one stands for a list.
pub(super) fn texts(form: &Form<'_>, name: &str) -> Vec<String> {
    let items =
        form.json().each(name).filter_map(Json::as_str).filter(|text| !text.is_empty() && text.len() <= 200);
    items.take(LIST_MAX).map(String::from).collect()
}

/// A date that may be absent.
pub(super) fn date(form: &mut Form<'_>, name: &str) -> Option<String> {
    let text = form.text(name, 10)?;
    if fhir::date::date(&text).is_none() {
        form.wrong(Issue::error(Code::Value, BAD_DATE).at(name));
    }
    Some(text)
}

pub(super) fn period(start: Option<&str>, end: Option<&str>) -> Json<'static> {
    let member = |name: &'static str, value: Option<&str>| value.map(|v| (name, Json::string(v.to_string())));
    Json::object(member("start", start).into_iter().chain(member("end", end)))
}

/// `[{code, field, message}]`
pub(super) fn warnings(issues: &[Issue], lang: fhir::Lang) -> Json<'static> {
    Json::array(issues.iter().map(|issue| {
        Json::object([
            ("code", Json::string(issue.text.key)),
            ("field", Json::string(issue.expression.clone().unwrap_or_default())),
            ("message", Json::string(issue.sentence(lang))),
        ])
    }))
}
