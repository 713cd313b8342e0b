//! Scopes in words, for the person who decides. French first.

use serde_json::{Value, json};
use store::{Scope, ScopeContext};

/// French, English, German.
type Words = [&'static str; 3];

const PLAIN: [(&str, Words); 9] = [
    ("openid", ["Savoir que c'est vous", "Know that it is you", "Wissen, dass Sie es sind"]),
    (
        "profile",
        ["Lire le nom de votre compte", "Read the name of your account", "Den Namen Ihres Kontos lesen"],
    ),
    (
        "fhirUser",
        [
            "Savoir quel professionnel ou patient vous êtes",
            "Know which professional or patient you are",
            "Wissen, welche Fachperson oder welcher Patient Sie sind",
        ],
    ),
    (
        "launch",
        ["Recevoir le dossier ouvert", "Be given the record that is open", "Die geöffnete Akte erhalten"],
    ),
    (
        "launch/patient",
        ["Connaître le patient choisi", "Know the chosen patient", "Den gewählten Patienten kennen"],
    ),
    (
        "launch/encounter",
        ["Connaître le séjour choisi", "Know the chosen encounter", "Den gewählten Aufenthalt kennen"],
    ),
    (
        "offline_access",
        [
            "Garder l'accès quand vous n'êtes pas là (90 jours au plus)",
            "Keep access while you are away (90 days at most)",
            "Zugriff behalten, wenn Sie nicht da sind (höchstens 90 Tage)",
        ],
    ),
    (
        "online_access",
        [
            "Garder l'accès tant que votre session est ouverte",
            "Keep access while your session is open",
            "Zugriff behalten, solange Ihre Sitzung offen ist",
        ],
    ),
    ("scim", ["Gérer les comptes", "Manage accounts", "Konten verwalten"]),
];

const TYPES: [(&str, Words); 24] = [
    ("Patient", ["l'identité du patient", "the patient's identity", "die Personalien"]),
    ("Observation", ["mesures et résultats", "measurements and results", "Messwerte und Befunde"]),
    ("Condition", ["problèmes et diagnostics", "problems and diagnoses", "Probleme und Diagnosen"]),
    ("AllergyIntolerance", ["allergies", "allergies", "Allergien"]),
    ("MedicationRequest", ["prescriptions", "prescriptions", "Verordnungen"]),
    ("MedicationStatement", ["traitements en cours", "current medication", "laufende Medikation"]),
    ("MedicationAdministration", ["administrations", "administrations", "Verabreichungen"]),
    ("Immunization", ["vaccinations", "immunizations", "Impfungen"]),
    ("Procedure", ["interventions et actes", "procedures", "Eingriffe"]),
    ("Encounter", ["séjours et consultations", "encounters", "Aufenthalte"]),
    ("Appointment", ["rendez-vous", "appointments", "Termine"]),
    ("DocumentReference", ["documents", "documents", "Dokumente"]),
    ("DiagnosticReport", ["comptes rendus d'examen", "diagnostic reports", "Untersuchungsberichte"]),
    ("ImagingStudy", ["imagerie", "imaging", "Bildgebung"]),
    ("CarePlan", ["plans de soins", "care plans", "Pflegepläne"]),
    ("CareTeam", ["équipes de soins", "care teams", "Behandlungsteams"]),
    ("Consent", ["consentements", "consents", "Einwilligungen"]),
    ("Coverage", ["couverture d'assurance", "insurance coverage", "Versicherung"]),
    ("Claim", ["facturation", "billing", "Abrechnung"]),
    ("ServiceRequest", ["demandes d'examen", "orders", "Anforderungen"]),
    ("Practitioner", ["professionnels", "professionals", "Fachpersonen"]),
    ("Organization", ["organisations", "organizations", "Organisationen"]),
    ("Location", ["lieux", "places", "Orte"]),
    ("Task", ["tâches", "tasks", "Aufgaben"]),
];

/// `{scope, fr, en, de, required}`
pub(crate) fn words(scope: &str) -> Value {
    let [fr, en, de] = sentences(scope);
    // Without these the launch itself makes no sense.
    let required = scope == "openid" || scope.starts_with("launch");
    json!({ "scope": scope, "fr": fr, "en": en, "de": de, "required": required })
}

fn sentences(text: &str) -> [String; 3] {
    if let Some((_, words)) = PLAIN.iter().find(|(scope, _)| *scope == text) {
        return words.map(str::to_string);
    }
    match Scope::parse(text) {
        Some(scope) => std::array::from_fn(|lang| sentence(&scope, lang)),
        None => std::array::from_fn(|_| text.to_string()),
    }
}

fn sentence(scope: &Scope, lang: usize) -> String {
    let all = ["toutes les données", "all data", "alle Daten"][lang];
    let what = match scope.rt {
        None => all.to_string(),
        Some(rt) => match TYPES.iter().find(|(name, _)| *name == rt.name()) {
            Some((_, words)) => words[lang].to_string(),
            None => rt.name().to_string(),
        },
    };
    let whose = match scope.context {
        ScopeContext::Patient => {
            ["pour le patient choisi", "of the chosen patient", "des gewählten Patienten"]
        }
        ScopeContext::User => [
            "dans les dossiers que vous pouvez ouvrir",
            "in the records you may open",
            "in Akten, die Sie öffnen dürfen",
        ],
        ScopeContext::System => ["dans tout l'établissement", "of the whole clinic", "der ganzen Klinik"],
    }[lang];
    let only = match scope.query.as_str() {
        "" => String::new(),
        query => format!(" ({} {query})", ["seulement", "only", "nur"][lang]),
    };
    format!("{} : {what} {whose}{only}", verbs(scope.permissions, lang))
}

fn verbs(permissions: u8, lang: usize) -> String {
    let table: [(u8, Words); 4] = [
        (Scope::READ | Scope::SEARCH, ["consulter", "read", "lesen"]),
        (Scope::CREATE, ["créer", "create", "anlegen"]),
        (Scope::UPDATE, ["modifier", "change", "ändern"]),
        (Scope::DELETE, ["supprimer", "delete", "löschen"]),
    ];
    let said: Vec<&str> =
        table.iter().filter(|(bits, _)| permissions & bits != 0).map(|(_, words)| words[lang]).collect();
    let mut text = said.join(", ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_read_what_is_asked() {
        let [fr, en, de] = sentences("patient/Observation.rs?category=laboratory");
        assert_eq!(
            fr,
            "Consulter : mesures et résultats pour le patient choisi (seulement category=laboratory)"
        );
        assert_eq!(en, "Read : measurements and results of the chosen patient (only category=laboratory)");
        assert!(de.starts_with("Lesen : Messwerte"));
        assert_eq!(
            sentences("user/*.write")[0],
            "Créer, modifier, supprimer : toutes les données dans les dossiers que vous pouvez ouvrir"
        );
        assert_eq!(words("openid")["required"], true);
    }
}
