//! What is asked of a new patient, read and checked.

use super::around::Around;
use super::{nir, place};
use fhir::{Code, Issue, Json, Text};
use service::Form;
use store::Result;

const MAX: usize = 100;
const REASON_MAX: usize = 300;
const IDENTIFIERS_MAX: usize = 20;

const BAD_DATE: Text = Text {
    key: "register.birth-date",
    fr: "La date de naissance s'écrit AAAA-MM-JJ, existe, n'est pas à venir et n'a pas plus de 130 ans.",
    en: "The birth date is written YYYY-MM-DD, exists, is not in the future and not more than 130 years ago.",
    de: "Das Geburtsdatum wird JJJJ-MM-TT geschrieben, existiert, liegt nicht in der Zukunft und höchstens 130 Jahre zurück.",
};

const BAD_PLACE: Text = Text {
    key: "register.birthplace",
    fr: "Le lieu de naissance est un code INSEE de cinq caractères : commune (69383, 2A004), outre-mer (97411) ou pays (99134).",
    en: "The birthplace is an INSEE code of five characters: a commune (69383, 2A004), overseas (97411) or a country (99134).",
    de: "Der Geburtsort ist ein INSEE-Code mit fünf Zeichen: Gemeinde (69383, 2A004), Übersee (97411) oder Land (99134).",
};

const BAD_NIR: Text = Text {
    key: "register.nir",
    fr: "Le numéro compte 15 caractères : 13 chiffres (2A et 2B admis pour la Corse) et une clé de deux chiffres.",
    en: "The number has 15 characters: 13 digits (2A and 2B are admitted for Corsica) and a key of two digits.",
    de: "Die Nummer hat 15 Zeichen: 13 Ziffern (2A und 2B für Korsika zulässig) und einen zweistelligen Schlüssel.",
};

const BAD_KEY: Text = Text {
    key: "register.nir-key",
    fr: "La clé ne correspond pas au numéro : relisez-le, un chiffre est faux ou deux sont inversés.",
    en: "The key does not fit the number: read it again, a digit is wrong or two are exchanged.",
    de: "Der Schlüssel passt nicht zur Nummer: Prüfen Sie sie, eine Ziffer ist falsch oder zwei sind vertauscht.",
};

const NOT_QUALIFIED: Text = Text {
    key: "register.not-qualified",
    fr: "Un matricule INS ne se conserve qu'avec une identité qualifiée : cochez la réponse du téléservice INSi et indiquez la pièce d'identité vue, ou retirez le matricule.",
    en: "A matricule INS is kept only with a qualified identity: state the answer of the INSi service and the identity document that was seen, or leave the matricule out.",
    de: "Eine INS-Nummer wird nur mit einer qualifizierten Identität aufbewahrt: Geben Sie die Antwort des INSi-Dienstes und das gesehene Ausweisdokument an, oder lassen Sie die Nummer weg.",
};

const TRAIT_MISSING: Text = Text {
    key: "register.trait-missing",
    fr: "Une identité validée ou qualifiée porte les cinq traits stricts : ce trait manque.",
    en: "A validated or qualified identity has all five strict traits: this one is missing.",
    de: "Eine validierte oder qualifizierte Identität hat alle fünf strikten Merkmale: Dieses fehlt.",
};

const TOO_MANY: Text = Text {
    key: "register.too-many",
    fr: "Au plus {max} identifiants, chacun avec un type ou un système et une valeur.",
    en: "At most {max} identifiers, each with a type or a system, and a value.",
    de: "Höchstens {max} Kennungen, jede mit Typ oder System und einem Wert.",
};

/// How sure the identity is: what the national service says, and which document was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Provisional,
    Retrieved,
    Validated,
    Qualified,
}

impl Status {
    fn of(insi: bool, document: bool) -> Status {
        match (insi, document) {
            (false, false) => Status::Provisional,
            (true, false) => Status::Retrieved,
            (false, true) => Status::Validated,
            (true, true) => Status::Qualified,
        }
    }

    /// The code at the edge (`fr-core-identity-reliability`), and its label.
    pub fn coded(self) -> (&'static str, &'static str) {
        match self {
            Status::Provisional => ("PROV", "Identité provisoire"),
            Status::Retrieved => ("RECUP", "Identité récupérée"),
            Status::Validated => ("VALI", "Identité validée"),
            Status::Qualified => ("QUAL", "Identité qualifiée"),
        }
    }
}

/// Documents of high trust; a driving licence is none.
pub(super) const DOCUMENTS: [(&str, &str); 5] = [
    ("passport", "passport"),
    ("identity-card", "identity-card"),
    ("residence-permit", "residence-permit"),
    ("birth-certificate", "birth-certificate"),
    ("family-record", "family-record"),
];

const GENDERS: [(&str, &str); 4] =
    [("male", "male"), ("female", "female"), ("other", "other"), ("unknown", "unknown")];

/// Kinds of identifiers that are numbers of the NIR family: code, system, use.
pub(super) const NATIONAL: [(&str, &str, &str); 5] = [
    ("INS-NIR", "urn:oid:1.2.250.1.213.1.4.8", "official"),
    ("INS-NIA", "urn:oid:1.2.250.1.213.1.4.9", "temp"),
    ("INS-NIR-TEST", "urn:oid:1.2.250.1.213.1.4.10", "official"),
    ("INS-NIR-DEMO", "urn:oid:1.2.250.1.213.1.4.11", "official"),
    // The number of the health insurance, for billing: it says nothing of the identity.
    ("NH", "urn:oid:1.2.250.1.213.1.4.8", "secondary"),
];

pub(super) struct Identifier {
    /// Code of the type, if it has one.
    pub code: Option<String>,
    pub system: String,
    pub usage: Option<&'static str>,
    pub value: String,
}

impl Identifier {
    /// Whether it names the person across France, and so belongs to one record.
    pub fn is_ins(&self) -> bool {
        self.code.as_deref().is_some_and(|code| code.starts_with("INS-"))
    }
}

/// A new patient.
pub(super) struct Traits {
    pub family: String,
    /// Birth given names, the first one first.
    pub given: Vec<String>,
    pub used_family: Option<String>,
    pub used_given: Option<String>,
    pub birth: String,
    pub gender: &'static str,
    pub birthplace: Option<String>,
    pub birthplace_name: Option<String>,
    pub identifiers: Vec<Identifier>,
    pub telecom: Option<Json<'static>>,
    pub address: Option<Json<'static>>,
    pub status: Status,
    pub document: Option<&'static str>,
    pub around: Around,
    /// Why this person is another one than those of the same traits.
    pub homonym_reason: Option<String>,
    /// Ids of the records that were compared with it.
    pub homonyms: Vec<String>,
    /// Sentences that a person should look at.
    pub warnings: Vec<Issue>,
}

impl Traits {
    /// # Errors
    /// `Refused` with everything that is wrong, field by field.
    pub fn read(form: &mut Form<'_>, now: i64) -> Result<Traits> {
        let names = Names::read(form);
        let birth = form.required("birthDate", 10);
        if !birth.is_empty() && !is_birth_date(&birth, now) {
            form.wrong(Issue::error(Code::Value, BAD_DATE).at("birthDate"));
        }
        let gender = form.required_choice("gender", &GENDERS).unwrap_or("unknown");
        let (birthplace, birthplace_name) = birthplace(form);
        let identity = form.json().get("identity").cloned().map(Json::into_owned).unwrap_or(Json::Null);
        let insi = identity.get("insi").and_then(Json::as_bool).unwrap_or(false);
        let document = identity.get_str("document").and_then(|d| DOCUMENTS.iter().find(|(n, _)| *n == d));
        let status = Status::of(insi, document.is_some());
        let identifiers = identifiers(form, status);
        if matches!(status, Status::Validated | Status::Qualified) && birthplace.is_none() {
            form.wrong(Issue::error(Code::Required, TRAIT_MISSING).at("birthplace"));
        }
        if matches!(status, Status::Validated | Status::Qualified) && gender == "unknown" {
            form.wrong(Issue::error(Code::Required, TRAIT_MISSING).at("gender"));
        }
        let list = |name: &str| form.json().get(name).filter(|l| l.as_array().is_some()).cloned();
        let (telecom, address) =
            (list("telecom").map(Json::into_owned), list("address").map(Json::into_owned));
        let around = Around::read(form, now);
        let homonym_reason = form.text("homonym_reason", REASON_MAX);
        form.finish()?;
        let mut traits = Traits {
            family: names.family,
            given: names.given,
            used_family: names.used_family,
            used_given: names.used_given,
            birth,
            gender,
            birthplace,
            birthplace_name,
            identifiers,
            telecom,
            address,
            status,
            document: document.map(|(_, name)| *name),
            around,
            homonym_reason,
            homonyms: Vec::new(),
            warnings: Vec::new(),
        };
        traits.compare();
        let minor = traits.around.warning(&traits, now);
        traits.warnings.extend(minor);
        Ok(traits)
    }

    /// A number that tells another sex or month of birth than the traits: right in rare cases, to be looked at.
    fn compare(&mut self) {
        const DIFFERS: Text = Text {
            key: "register.nir-differs",
            fr: "Le numéro ne concorde pas avec le sexe ou la date de naissance saisis : vérifiez-les sur la pièce d'identité.",
            en: "The number does not agree with the sex or the birth date given: check them on the identity document.",
            de: "Die Nummer stimmt nicht mit Geschlecht oder Geburtsdatum überein: Prüfen Sie beides am Ausweis.",
        };
        for (n, identifier) in self.identifiers.iter().enumerate() {
            let Some(nir) = national(identifier).and_then(|_| nir::read(&identifier.value).ok()) else {
                continue;
            };
            let sex = matches!((self.gender, nir.male), ("male", false) | ("female", true));
            let year = self.birth.get(2..4).and_then(|y| y.parse::<u8>().ok()) != Some(nir.year);
            let month =
                nir.month.is_some_and(|m| self.birth.get(5..7).and_then(|t| t.parse().ok()) != Some(m));
            if sex || year || month {
                self.warnings
                    .push(Issue::warning(Code::Value, DIFFERS).at(format!("identifiers[{n}].value")));
            }
        }
    }
}

/// The names at birth and in use; given as FHIR writes them (a list with `use`) or as one object.
#[derive(Default)]
struct Names {
    family: String,
    given: Vec<String>,
    used_family: Option<String>,
    used_given: Option<String>,
}

impl Names {
    fn read(form: &mut Form<'_>) -> Names {
        const MISSING: Text = Text {
            key: "register.name",
            fr: "Le nom de naissance et au moins un prénom de naissance sont obligatoires, d'au plus 100 caractères chacun.",
            en: "The birth name and at least one given name at birth are required, of at most 100 characters each.",
            de: "Geburtsname und mindestens ein Vorname sind erforderlich, je höchstens 100 Zeichen.",
        };
        let names: Vec<Json<'_>> = form.json().each("name").cloned().collect();
        let of = |usage: &str| names.iter().find(|n| n.get_str("use") == Some(usage));
        let birth = of("official").or_else(|| names.iter().find(|n| n.get_str("use") != Some("usual")));
        let usual = of("usual");
        let text = |json: Option<&Json<'_>>, name: &str| -> Option<String> {
            let found = json?.get(name)?.items().next()?.as_str()?.trim().to_string();
            (!found.is_empty() && found.chars().count() <= MAX).then_some(found)
        };
        let given: Vec<String> = birth
            .into_iter()
            .flat_map(|n| n.each("given"))
            .filter_map(Json::as_str)
            .flat_map(|g| g.split_whitespace().map(String::from).collect::<Vec<_>>())
            .filter(|g| g.chars().count() <= MAX)
            .take(20)
            .collect();
        let family = text(birth, "family").unwrap_or_default();
        for (place, missing) in [("name.family", family.is_empty()), ("name.given", given.is_empty())] {
            if missing {
                form.wrong(Issue::error(Code::Required, MISSING).at(place));
            }
        }
        Names {
            family,
            given,
            used_family: text(usual, "family").or_else(|| text(birth, "usual_family")),
            used_given: text(usual, "given").or_else(|| text(birth, "usual_given")),
        }
    }
}

fn is_birth_date(text: &str, now: i64) -> bool {
    const YEARS_130: i64 = 130 * 366 * 86_400_000;
    // A day's grace: the day turns earlier in some places of the Republic than in UTC.
    fhir::date::date(text)
        .filter(|m| m.precision == fhir::date::Precision::Day)
        .is_some_and(|m| m.lo_ms <= now + 86_400_000 && m.lo_ms > now - YEARS_130)
}

/// The INSEE code, given alone or as `{insee, city}`.
fn birthplace(form: &mut Form<'_>) -> (Option<String>, Option<String>) {
    let (code, city) = match form.json().get("birthplace") {
        Some(Json::String(code)) => (Some(code.trim().to_uppercase()), None),
        Some(object @ Json::Object(_)) => (
            object.get_str("insee").map(|code| code.trim().to_uppercase()),
            object.get_str("city").map(|city| city.chars().take(MAX).collect::<String>()),
        ),
        _ => (None, None),
    };
    let code = code.filter(|code| !code.is_empty());
    if code.as_deref().is_some_and(|code| !place::is_insee(code)) {
        form.wrong(Issue::error(Code::Value, BAD_PLACE).at("birthplace"));
    }
    (code, city.filter(|city| !city.is_empty()))
}

fn identifiers(form: &mut Form<'_>, status: Status) -> Vec<Identifier> {
    let given: Vec<Json<'_>> =
        form.json().each("identifiers").chain(form.json().each("identifier")).cloned().collect();
    let mut read = Vec::new();
    if given.len() > IDENTIFIERS_MAX {
        form.wrong(Issue::error(Code::TooLong, TOO_MANY).at("identifiers").arg("max", IDENTIFIERS_MAX));
        return read;
    }
    for (n, json) in given.iter().enumerate() {
        let at = format!("identifiers[{n}]");
        let coded = json.get("type").and_then(|t| t.each("coding").next()).and_then(|c| c.get_str("code"));
        let code = json.get_str("type").or(coded).map(String::from);
        let value = json.get_str("value").unwrap_or_default().trim().to_string();
        let known = NATIONAL.iter().find(|(name, _, _)| code.as_deref() == Some(name));
        let system = known.map(|(_, system, _)| *system).or(json.get_str("system")).unwrap_or_default();
        if value.is_empty() || value.len() > MAX || system.is_empty() {
            form.wrong(Issue::error(Code::Value, TOO_MANY).at(at).arg("max", IDENTIFIERS_MAX));
            continue;
        }
        let usage = known.map(|(_, _, usage)| *usage);
        let mut identifier = Identifier { code, system: system.to_string(), usage, value };
        if known.is_some() {
            identifier.value = nir::plain(&identifier.value);
            check(form, &identifier, status, &at);
        }
        read.push(identifier);
    }
    read
}

fn check(form: &mut Form<'_>, identifier: &Identifier, status: Status, at: &str) {
    match nir::read(&identifier.value) {
        Ok(_) => {}
        Err(nir::Fault::Shape) => form.wrong(Issue::error(Code::Value, BAD_NIR).at(format!("{at}.value"))),
        Err(nir::Fault::Key) => form.wrong(Issue::error(Code::Value, BAD_KEY).at(format!("{at}.value"))),
    }
    if identifier.is_ins() && status != Status::Qualified {
        form.wrong(Issue::error(Code::BusinessRule, NOT_QUALIFIED).at(at));
    }
}

fn national(identifier: &Identifier) -> Option<&'static (&'static str, &'static str, &'static str)> {
    NATIONAL.iter().find(|(code, _, _)| identifier.code.as_deref() == Some(code))
}
