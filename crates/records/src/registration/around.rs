//! Who and what stands around a new patient: whom to notify and trust, who decides for a minor or a protected
//! adult, the doctors, the health cover, whether the person has died.

use super::traits::Traits;
use fhir::edit::coding;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::Form;

const PEOPLE_MAX: usize = 10;
const COVERS_MAX: usize = 5;
const WORDS_MAX: usize = 100;
const ROLES: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
const CONTACTS: &str = "http://terminology.hl7.org/CodeSystem/v2-0131";
/// What a person is to the patient in French law, where HL7 has no code.
const LEGAL: &str = "urn:medhub:person-role";
const PROTECTION: &str = "urn:medhub:legal-protection";
const REFERRER: &str = "urn:medhub:referring-doctor";
const COVER: &str = "urn:medhub:cover";

const BAD_PERSON: Text = Text {
    key: "register.person",
    fr: "Chaque personne a un nom (100 caractères au plus) et un rôle : prévenir, confiance, autorité parentale ou tutelle. Au plus {max} personnes.",
    en: "Each person has a name (at most 100 characters) and a role: emergency, trusted, parent or guardian. At most {max} people.",
    de: "Jede Person hat einen Namen (höchstens 100 Zeichen) und eine Rolle: Notfall, Vertrauen, Sorgerecht oder Betreuung. Höchstens {max} Personen.",
};

const NO_GUARDIAN: Text = Text {
    key: "register.guardian-missing",
    fr: "Une personne sous tutelle ou curatelle a un tuteur ou un curateur : indiquez qui, ou retirez la mesure.",
    en: "A person under guardianship or curatorship has a guardian: say who, or leave the measure out.",
    de: "Eine Person unter Vormundschaft oder Betreuung hat eine betreuende Person: Nennen Sie sie, oder entfernen Sie die Maßnahme.",
};

const PARENTS: Text = Text {
    key: "register.parents",
    fr: "Ce patient est mineur : indiquez les deux titulaires de l'autorité parentale ; leur accord à tous deux peut être nécessaire.",
    en: "This patient is a minor: name both holders of parental authority; the agreement of both may be needed.",
    de: "Diese Person ist minderjährig: Nennen Sie beide Sorgeberechtigten; die Zustimmung beider kann nötig sein.",
};

const BAD_DEATH: Text = Text {
    key: "register.death",
    fr: "La date du décès s'écrit AAAA-MM-JJ, n'est pas à venir et ne précède pas la naissance.",
    en: "The date of death is written YYYY-MM-DD, is not in the future and not before the birth.",
    de: "Das Todesdatum wird JJJJ-MM-TT geschrieben, liegt nicht in der Zukunft und nicht vor der Geburt.",
};

const BAD_COVER: Text = Text {
    key: "register.cover",
    fr: "Chaque couverture a un type (AMO ou AMC) et un organisme. Au plus {max} couvertures.",
    en: "Each cover has a type (AMO or AMC) and a payer. At most {max} covers.",
    de: "Jede Versicherung hat eine Art (AMO oder AMC) und einen Träger. Höchstens {max} Versicherungen.",
};

/// What somebody is to the patient: the word of the form, and the coded relationship.
struct Role {
    name: &'static str,
    system: &'static str,
    code: &'static str,
    /// As it is shown where the code is not known.
    label: &'static str,
}

const PERSONS: [Role; 4] = [
    Role { name: "emergency", system: CONTACTS, code: "C", label: "Personne à prévenir" },
    Role { name: "trusted", system: LEGAL, code: "trusted-person", label: "Personne de confiance" },
    Role {
        name: "parent",
        system: LEGAL,
        code: "parental-authority",
        label: "Titulaire de l'autorité parentale",
    },
    Role { name: "guardian", system: ROLES, code: "GUARD", label: "Tuteur ou curateur" },
];

const MEASURES: [(&str, &str); 3] =
    [("guardianship", "guardianship"), ("curatorship", "curatorship"), ("safeguard", "safeguard")];

/// Members of the Patient, and the resources beside it.
#[derive(Default)]
pub(super) struct Around {
    people: Vec<Person>,
    doctors: Vec<Json<'static>>,
    extensions: Vec<Json<'static>>,
    deceased: Option<Json<'static>>,
    covers: Vec<Cover>,
    parents: usize,
}

struct Cover {
    kind: &'static str,
    payor: String,
    number: Option<String>,
    /// (class, value): regime, exemption, end.
    classes: Vec<(&'static str, String)>,
}

impl Around {
    /// Notes what is wrong in `form`.
    pub fn read(form: &mut Form<'_>, now: i64) -> Around {
        let mut around = Around::default();
        let roles = people(form, &mut around);
        if let Some(measure) = form.choice("protection", &MEASURES) {
            if measure != "safeguard" && !roles.contains(&"guardian") {
                form.wrong(Issue::error(Code::Required, NO_GUARDIAN).at("contacts"));
            }
            around.extensions.push(Json::object([("url", text(PROTECTION)), ("valueCode", text(measure))]));
        }
        let given = form.json().get("general_practitioner").cloned();
        around.doctors.extend(given.and_then(|doctor| reference(&doctor)));
        let referrer = form.json().get("referrer").cloned();
        let referrer = referrer.and_then(|doctor| reference(&doctor));
        around.extensions.extend(
            referrer.map(|doctor| Json::object([("url", text(REFERRER)), ("valueReference", doctor)])),
        );
        around.deceased = death(form, now);
        covers(form, &mut around);
        around
    }

    /// A minor without both holders of parental authority.
    pub fn warning(&self, traits: &Traits, now: i64) -> Option<Issue> {
        let year = |date: &str| date.get(..4).and_then(|y| y.parse::<i64>().ok());
        let today = fhir::date::date_format(now);
        let adult =
            year(&traits.birth).map(|y| format!("{:04}{}", y + 18, traits.birth.get(4..).unwrap_or("")));
        let minor = adult.is_some_and(|day| day > today);
        (minor && self.parents < 2).then(|| Issue::warning(Code::BusinessRule, PARENTS).at("contacts"))
    }

    /// Adds to the Patient.
    pub fn complete(&self, patient: &mut Json<'static>) {
        let list = |items: &[Json<'static>]| Json::Array(items.to_vec());
        let Some(object) = patient.as_object_mut() else { return };
        if let Some(Json::Array(extensions)) = object.get_mut("extension") {
            extensions.extend(self.extensions.iter().cloned());
        }
        match &self.deceased {
            Some(day @ Json::String(_)) => object.set("deceasedDateTime", day.clone()),
            Some(other) => object.set("deceasedBoolean", other.clone()),
            None => {}
        }
        if !self.doctors.is_empty() {
            object.set("generalPractitioner", list(&self.doctors));
        }
    }

    /// The people around the patient, each a resource (<https://hl7.org/fhir/R4/relatedperson.html>).
    pub fn related(&self, patient: &str) -> Vec<Json<'static>> {
        self.people.iter().map(|person| person.resource(patient)).collect()
    }

    /// The Coverages of the patient, each a resource (<https://hl7.org/fhir/R4/coverage.html>).
    pub fn coverages(&self, patient: &str) -> Vec<Json<'static>> {
        self.covers.iter().map(|cover| cover.resource(patient)).collect()
    }
}

/// Someone around the patient.
struct Person {
    role: &'static Role,
    tie: Option<String>,
    name: String,
    /// System and value of contact points.
    points: Vec<(&'static str, String)>,
}

impl Person {
    fn resource(&self, patient: &str) -> Json<'static> {
        let mut relations = vec![Json::object([
            ("coding", Json::array([coding(self.role.system, self.role.code, None).into_owned()])),
            ("text", text(self.role.label)),
        ])];
        relations.extend(
            self.tie
                .as_deref()
                .map(|tie| Json::object([("coding", Json::array([coding(ROLES, tie, None).into_owned()]))])),
        );
        let point = |(system, value): &(&'static str, String)| {
            Json::object([("system", text(system)), ("value", text(value))])
        };
        let mut members = vec![
            ("resourceType", text(ResourceType::RELATED_PERSON.name())),
            ("active", Json::Bool(true)),
            ("patient", Json::object([("reference", Json::string(format!("Patient/{patient}")))])),
            ("relationship", Json::Array(relations)),
            ("name", Json::array([Json::object([("text", text(&self.name))])])),
        ];
        if !self.points.is_empty() {
            members.push(("telecom", Json::array(self.points.iter().map(point))));
        }
        Json::object(members)
    }
}

impl Cover {
    fn resource(&self, patient: &str) -> Json<'static> {
        let label =
            if self.kind == "amo" { "Assurance maladie obligatoire" } else { "Complémentaire santé" };
        let concept = |code: &str, label: Option<&str>| {
            let code = coding(COVER, code, label).into_owned();
            Json::object([("coding", Json::array([code]))])
        };
        let mut members = vec![
            ("resourceType", text(ResourceType::COVERAGE.name())),
            ("status", text("active")),
            ("type", concept(self.kind, Some(label))),
            ("beneficiary", Json::object([("reference", Json::string(format!("Patient/{patient}")))])),
            ("payor", Json::array([Json::object([("display", text(&self.payor))])])),
        ];
        members.extend(self.number.as_deref().map(|number| ("subscriberId", text(number))));
        if !self.classes.is_empty() {
            let classes = self.classes.iter();
            let told = classes
                .map(|(kind, value)| Json::object([("type", concept(kind, None)), ("value", text(value))]));
            members.push(("class", Json::array(told)));
        }
        Json::object(members)
    }
}

fn people(form: &mut Form<'_>, around: &mut Around) -> Vec<&'static str> {
    let given: Vec<Json<'_>> = form.json().each("contacts").cloned().collect();
    let mut roles = Vec::new();
    for (n, json) in given.iter().enumerate() {
        let word = |name: &str| {
            json.get_str(name).map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= WORDS_MAX)
        };
        let role = PERSONS.iter().find(|role| word("role") == Some(role.name));
        let (Some(role), Some(name), true) = (role, word("name"), n < PEOPLE_MAX) else {
            form.wrong(
                Issue::error(Code::Value, BAD_PERSON).at(format!("contacts[{n}]")).arg("max", PEOPLE_MAX),
            );
            break;
        };
        let points = ["phone", "email"].into_iter();
        around.people.push(Person {
            role,
            tie: word("tie").map(String::from),
            name: name.to_string(),
            points: points.filter_map(|way| Some((way, word(way)?.to_string()))).collect(),
        });
        around.parents += usize::from(role.name == "parent");
        roles.push(role.name);
    }
    roles
}

/// `{reference}` of a Practitioner of this clinic, or `{display}` of another.
fn reference(doctor: &Json<'_>) -> Option<Json<'static>> {
    let word = |name: &str| {
        doctor.get_str(name).map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= 200)
    };
    let known = word("reference").filter(|r| r.starts_with("Practitioner/"));
    let members: Vec<_> = [("reference", known), ("display", word("display"))]
        .into_iter()
        .filter_map(|(name, value)| Some((name, text(value?))))
        .collect();
    (!members.is_empty()).then(|| Json::object(members))
}

fn death(form: &mut Form<'_>, now: i64) -> Option<Json<'static>> {
    let day = match form.json().get("deceased")? {
        Json::Bool(true) => return Some(Json::Bool(true)),
        Json::String(day) => day.to_string(),
        _ => return None,
    };
    let born = form.json().get_str("birthDate").unwrap_or_default().to_string();
    let read = fhir::date::date(&day).filter(|d| d.lo_ms <= now + 86_400_000);
    if read.is_none() || day.len() == 10 && day < born {
        form.wrong(Issue::error(Code::Value, BAD_DEATH).at("deceased"));
        return None;
    }
    Some(Json::string(day))
}

fn covers(form: &mut Form<'_>, around: &mut Around) {
    let given: Vec<Json<'_>> = form.json().each("coverage").cloned().collect();
    for (n, json) in given.iter().enumerate() {
        let word = |name: &str| {
            json.get_str(name).map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= WORDS_MAX)
        };
        let kind = ["amo", "amc"].into_iter().find(|kind| word("type") == Some(kind));
        let (Some(kind), Some(payor), true) = (kind, word("payor"), n < COVERS_MAX) else {
            form.wrong(
                Issue::error(Code::Value, BAD_COVER).at(format!("coverage[{n}]")).arg("max", COVERS_MAX),
            );
            break;
        };
        let classes = ["regime", "exemption"].into_iter();
        around.covers.push(Cover {
            kind,
            payor: payor.to_string(),
            number: word("number").map(String::from),
            classes: classes.filter_map(|class| Some((class, word(class)?.to_string()))).collect(),
        });
    }
}

fn text(text: &str) -> Json<'static> {
    Json::string(text.to_string())
}
