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
pub(crate) const FORM: Text = Text {
    key: "surgery.checklist-form",
    fr: "Cette check-list n'est pas complète ({place}). Il faut : une adresse « urn:medhub:checklist:… » en minuscules, une version, un titre ; trois temps « sign-in », « time-out » et « sign-out », chacun avec au moins un rôle connu et 1 à 40 points (oui, non, sans objet) ; et le « time-out » avant l'incision.",
    en: "This check-list is not whole ({place}). It needs: an address \"urn:medhub:checklist:…\" in lower case, a version, a title; three phases \"sign-in\", \"time-out\" and \"sign-out\", each with at least one known role and 1 to 40 items (yes, no, not applicable); and the \"time-out\" before the incision.",
    de: "Diese Checkliste ist nicht vollständig ({place}). Nötig sind: eine Adresse „urn:medhub:checklist:…“ in Kleinbuchstaben, eine Version, ein Titel; drei Phasen „sign-in“, „time-out“ und „sign-out“, jede mit mindestens einer bekannten Rolle und 1 bis 40 Punkten (ja, nein, entfällt); und das „time-out“ vor dem Schnitt.",
};
pub(crate) const PUBLISHED: Text = Text {
    key: "surgery.checklist-published",
    fr: "Une version publiée de la check-list ne change plus et ne s'efface pas : des équipes y ont répondu. Écrivez une nouvelle version, et retirez celle-ci (« retired »).",
    en: "A published version of the check-list changes no more and is not deleted: teams have answered it. Write a new version, and retire this one (\"retired\").",
    de: "Eine veröffentlichte Version der Checkliste ändert sich nicht mehr und wird nicht gelöscht: Teams haben sie beantwortet. Schreiben Sie eine neue Version und ziehen Sie diese zurück („retired“).",
};
pub(crate) const TAKEN: Text = Text {
    key: "surgery.checklist-taken",
    fr: "Cette adresse et cette version de check-list existent déjà : donnez un autre nom, ou un autre numéro de version.",
    en: "This address and version of a check-list exist already: choose another name, or another version number.",
    de: "Diese Adresse und Version einer Checkliste gibt es schon: Wählen Sie einen anderen Namen oder eine andere Versionsnummer.",
};
pub(crate) const NO_VERSION: Text = Text {
    key: "surgery.checklist-no-version",
    fr: "La clinique n'a pas de check-list active de ce nom : {known}.",
    en: "The clinic has no active check-list of that name: {known}.",
    de: "Die Klinik hat keine aktive Checkliste dieses Namens: {known}.",
};
