//! Sentences about the check-list.

use fhir::Text;

pub(crate) const UNKNOWN: Text = Text {
    key: "surgery.checklist-unknown",
    fr: "Cette réponse ne fait pas partie de la check-list « {version} » : rechargez-la.",
    en: "This answer is not part of the check-list \"{version}\": load it again.",
    de: "Diese Antwort gehört nicht zur Checkliste „{version}“: Laden Sie sie neu.",
};
pub(crate) const NOT_READY: Text = Text {
    key: "surgery.checklist-not-ready",
    fr: "GO impossible : {items} point(s) sans réponse ou sans décision ; attestations manquantes : {roles}.",
    en: "GO is not possible: {items} item(s) without an answer or a decision; attestations missing: {roles}.",
    de: "GO nicht möglich: {items} Punkt(e) ohne Antwort oder Entscheidung; fehlende Bestätigungen: {roles}.",
};
pub(crate) const WHY: Text = Text {
    key: "surgery.checklist-why",
    fr: "Écrivez la raison du NO GO, ou ce qui a été décidé pour le lever.",
    en: "Write the reason of the NO GO, or what was decided to lift it.",
    de: "Schreiben Sie den Grund des NO GO, oder was zu seiner Aufhebung entschieden wurde.",
};
pub(crate) const FULL: Text = Text {
    key: "surgery.checklist-full",
    fr: "Cette check-list a déjà {max} saisies.",
    en: "This check-list has {max} entries already.",
    de: "Diese Checkliste hat bereits {max} Einträge.",
};
pub(crate) const LOST: Text = Text {
    key: "surgery.checklist-lost",
    fr: "Une saisie de la check-list ne se retire ni ne se change : ajoutez-en une nouvelle.",
    en: "An entry of the check-list is neither removed nor changed: add a new one.",
    de: "Ein Eintrag der Checkliste wird weder entfernt noch geändert: Fügen Sie einen neuen hinzu.",
};
pub(crate) const NO_TIME_OUT: Text = Text {
    key: "surgery.no-timeout",
    fr: "Pas d'incision sans « {phase} » : terminez ce temps de la check-list par un GO.",
    en: "No incision without \"{phase}\": finish this phase of the check-list with a GO.",
    de: "Kein Schnitt ohne „{phase}“: Schließen Sie diese Phase der Checkliste mit GO ab.",
};
pub(crate) const NO_SIGN_IN: Text = Text {
    key: "surgery.no-sign-in",
    fr: "« {phase} » n'est pas terminé : finissez d'abord ce temps de la check-list.",
    en: "\"{phase}\" is not complete: finish this phase of the check-list first.",
    de: "„{phase}“ ist nicht abgeschlossen: Beenden Sie zuerst diese Phase der Checkliste.",
};
pub(crate) const NO_GO: Text = Text {
    key: "surgery.no-go",
    fr: "NO GO dans « {phase} » : l'intervention s'arrête tant que l'équipe n'a pas écrit ce qu'elle décide.",
    en: "NO GO in \"{phase}\": the case stops until the team has written what it decides.",
    de: "NO GO in „{phase}“: Der Eingriff ruht, bis das Team seine Entscheidung geschrieben hat.",
};
