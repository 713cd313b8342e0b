//! Sentences about cases.

use fhir::Text;

pub(crate) const NOT_A_CASE: Text = Text {
    key: "surgery.not-a-case",
    fr: "Cette demande n'est pas une intervention chirurgicale.",
    en: "This request is not a surgical case.",
    de: "Diese Anforderung ist kein chirurgischer Eingriff.",
};
pub(crate) const SIDE_MISSING: Text = Text {
    key: "surgery.side-missing",
    fr: "Cet acte a un côté : indiquez droit, gauche ou bilatéral.",
    en: "This act has a side: say right, left or both.",
    de: "Dieser Eingriff hat eine Seite: Geben Sie rechts, links oder beidseitig an.",
};
pub(crate) const SIDE_EXTRA: Text = Text {
    key: "surgery.side-extra",
    fr: "Cet acte n'a pas de côté : retirez-le, ou vérifiez l'acte.",
    en: "This act has no side: remove it, or check the act.",
    de: "Dieser Eingriff hat keine Seite: Entfernen Sie sie, oder prüfen Sie den Eingriff.",
};
pub(crate) const NO_ACT: Text = Text {
    key: "surgery.no-act",
    fr: "Indiquez l'acte, par son code ou en toutes lettres.",
    en: "Say the act, by its code or in words.",
    de: "Geben Sie den Eingriff an, als Code oder in Worten.",
};
pub(crate) const NUMBER: Text = Text {
    key: "surgery.number",
    fr: "Un nombre entier de {min} à {max} est attendu.",
    en: "A whole number from {min} to {max} is expected.",
    de: "Erwartet wird eine ganze Zahl von {min} bis {max}.",
};
pub(crate) const DAY: Text = Text {
    key: "surgery.day",
    fr: "Un jour s'écrit AAAA-MM-JJ ; la date au plus tard n'est pas avant la date au plus tôt.",
    en: "A day is written YYYY-MM-DD; the latest day is not before the earliest.",
    de: "Ein Tag wird JJJJ-MM-TT geschrieben; der späteste liegt nicht vor dem frühesten.",
};
pub(crate) const NEEDS: Text = Text {
    key: "surgery.needs",
    fr: "Un besoin a un genre connu ({kinds}) et un texte ou une référence ; au plus {max} besoins.",
    en: "A need has a known kind ({kinds}) and a text or a reference; at most {max} needs.",
    de: "Ein Bedarf hat eine bekannte Art ({kinds}) und einen Text oder Verweis; höchstens {max}.",
};
pub(crate) const UNKNOWN_PERSON: Text = Text {
    key: "surgery.unknown-person",
    fr: "Ce praticien n'est pas dans l'annuaire.",
    en: "This practitioner is not in the directory.",
    de: "Diese Fachperson steht nicht im Verzeichnis.",
};
pub(crate) const BEGUN: Text = Text {
    key: "surgery.begun",
    fr: "Cette intervention est déjà commencée, terminée ou annulée : la demande ne se modifie plus.",
    en: "This case has begun, is over or is cancelled: the request is not changed any more.",
    de: "Dieser Eingriff hat begonnen, ist beendet oder abgesagt: Die Anforderung wird nicht mehr geändert.",
};
pub(crate) const INSIDE: Text = Text {
    key: "surgery.inside",
    fr: "Le patient est en salle ou l'intervention est terminée : elle ne s'annule plus ni ne se reporte.",
    en: "The patient is in the room, or the case is over: it cannot be cancelled or postponed any more.",
    de: "Der Patient ist im Saal oder der Eingriff beendet: Absagen oder Verschieben ist nicht mehr möglich.",
};
pub(crate) const NOT_STOPPED: Text = Text {
    key: "surgery.not-stopped",
    fr: "Cette intervention n'est ni reportée ni annulée.",
    en: "This case is neither postponed nor cancelled.",
    de: "Dieser Eingriff ist weder verschoben noch abgesagt.",
};
pub(crate) const WHY: Text = Text {
    key: "surgery.why",
    fr: "Précisez cette raison dans la note.",
    en: "Tell this reason in the note.",
    de: "Erläutern Sie diesen Grund in der Notiz.",
};
