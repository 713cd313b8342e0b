//! A request of the patient as a Task (<https://hl7.org/fhir/R4/task.html>), with the month within which it must be
//! answered (RGPD article 12(3)).

use fhir::edit::{codeable_concept, instant, period, reference};
use fhir::{Json, Lang, ResourceType, Text};
use uuid::Uuid;

/// System of the kinds of requests, and their tag.
pub(super) const REQUESTS: &str = "urn:medhub:data-request";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rectification,
    Erasure,
    Restriction,
}

impl Kind {
    pub const ALL: [(&'static str, Kind); 3] = [
        ("rectification", Kind::Rectification),
        ("erasure", Kind::Erasure),
        ("restriction", Kind::Restriction),
    ];

    pub fn as_str(self) -> &'static str {
        Kind::ALL.into_iter().find(|(_, k)| *k == self).map_or("", |(name, _)| name)
    }
}

pub(super) const KEPT: Text = Text {
    key: "data-request.kept",
    fr: "La loi impose de conserver ce dossier jusqu'au {until} (article R.1112-7 du code de la santé publique ; RGPD, article 17, paragraphe 3) : l'effacement est refusé jusque-là. Le patient peut saisir la CNIL.",
    en: "The law requires this record to be kept until {until} (article R.1112-7 of the French public health code; GDPR article 17(3)): erasure is refused until then. The patient may lodge a complaint with the CNIL.",
    de: "Das Gesetz verlangt, diese Akte bis zum {until} aufzubewahren (Artikel R.1112-7 des französischen Gesundheitsgesetzbuchs; DSGVO Artikel 17 Absatz 3): Die Löschung wird bis dahin abgelehnt. Der Patient kann sich bei der CNIL beschweren.",
};

pub(super) const ADDED: Text = Text {
    key: "data-request.added",
    fr: "La rectification se fait par un ajout annoté : une écriture médicale n'est jamais effacée (RGPD, article 16).",
    en: "Rectification is done by an annotated addition: a medical entry is never erased (GDPR article 16).",
    de: "Die Berichtigung erfolgt durch einen annotierten Zusatz: Ein medizinischer Eintrag wird nie gelöscht (DSGVO Artikel 16).",
};

pub(super) const TO_DECIDE: Text = Text {
    key: "data-request.to-decide",
    fr: "La demande est enregistrée ; une réponse est due sous un mois (RGPD, article 12, paragraphe 3).",
    en: "The request is recorded; an answer is due within a month (GDPR article 12(3)).",
    de: "Die Anfrage ist erfasst; eine Antwort ist binnen eines Monats fällig (DSGVO Artikel 12 Absatz 3).",
};

/// A request as it is recorded.
pub(super) struct Request<'a> {
    pub id: Uuid,
    pub patient: &'a str,
    pub kind: Kind,
    pub text: &'a str,
    /// Who asked: a reference, if the account has a person.
    pub by: Option<&'a str>,
    pub now: i64,
    /// Until when an answer is due, ms since epoch.
    pub due: i64,
    /// The day until which the law forbids what is asked.
    pub kept_until: Option<String>,
}

impl Request<'_> {
    pub fn into_json(self) -> Json<'static> {
        let refused = self.kept_until.is_some();
        let tag =
            Json::object([("system", Json::string(REQUESTS)), ("code", Json::string(self.kind.as_str()))]);
        let mut task = vec![
            ("resourceType", Json::string("Task")),
            ("id", Json::string(self.id.to_string())),
            ("meta", Json::object([("tag", Json::array([tag]))])),
            ("status", Json::string(if refused { "rejected" } else { "requested" })),
        ];
        if let Some(until) = &self.kept_until {
            task.push(("statusReason", codeable_concept(REQUESTS, KEPT.key, None).into_owned()));
            let limit = Json::object([
                ("type", codeable_concept(REQUESTS, "kept-until", None)),
                ("valueDate", Json::string(until.clone())),
            ]);
            task.push(("output", Json::array([limit])));
        }
        task.extend([
            ("intent", Json::string("order")),
            ("code", codeable_concept(REQUESTS, self.kind.as_str(), None)),
            ("description", Json::string(self.text.to_string())),
            ("for", reference(ResourceType::PATIENT, self.patient).into_owned()),
            ("authoredOn", instant(self.now)),
        ]);
        if let Some(by) = self.by {
            task.push(("requester", Json::object([("reference", Json::string(by.to_string()))])));
        }
        let clock = period(Some(self.now), Some(self.due)).into_owned();
        task.push(("restriction", Json::object([("period", clock)])));
        Json::object(task)
    }
}

/// `{id, at, kind, text, state, due, answer, legal}`; `None` if the Task is no such request.
pub(super) fn told(task: &Json<'_>, lang: Lang) -> Option<Json<'static>> {
    let code =
        task.get("code")?.each("coding").find(|c| c.get_str("system") == Some(REQUESTS))?.get_str("code")?;
    let (_, kind) = Kind::ALL.into_iter().find(|(name, _)| *name == code)?;
    let until = task.each("output").find_map(|output| output.get_str("valueDate"));
    let legal = match (kind, until) {
        (_, Some(until)) => {
            fhir::Issue::error(fhir::Code::BusinessRule, KEPT).arg("until", until).sentence(lang)
        }
        (Kind::Rectification, None) => fhir::Issue::error(fhir::Code::BusinessRule, ADDED).sentence(lang),
        _ => fhir::Issue::error(fhir::Code::BusinessRule, TO_DECIDE).sentence(lang),
    };
    let text = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
    let state = match task.get_str("status") {
        Some("rejected") => "refused",
        Some("accepted" | "in-progress") => "accepted",
        Some("completed") => "completed",
        _ => "requested",
    };
    let due = task.get("restriction").and_then(|r| r.get("period")).and_then(|p| p.get_str("end"));
    let answer = task.each("note").last().and_then(|note| note.get_str("text"));
    Some(Json::object([
        ("id", text(task.get_str("id"))),
        ("at", text(task.get_str("authoredOn"))),
        ("kind", Json::string(kind.as_str())),
        ("text", text(task.get_str("description"))),
        ("state", Json::string(state)),
        ("due", text(due)),
        ("answer", text(answer)),
        ("legal", Json::string(legal)),
    ]))
}
