//! What the pre-anaesthetic consultation says.

use fhir::Text;

pub(super) const LATE: Text = Text {
    key: "preanaesthesia.late",
    fr: "La consultation pré-anesthésique d'une intervention programmée a lieu au moins {hours} h avant ; celle-ci est prévue dans {left} h. Reportez l'intervention, ou indiquez pourquoi ce délai n'est pas tenu.",
    en: "The pre-anaesthetic consultation of a planned operation takes place at least {hours} h before; this one is planned in {left} h. Postpone the operation, or say why the delay is not kept.",
    de: "Das Anästhesiegespräch eines geplanten Eingriffs findet mindestens {hours} h vorher statt; dieser ist in {left} h geplant. Verschieben Sie den Eingriff oder begründen Sie die Abweichung.",
};
pub(super) const KEPT: Text = Text {
    key: "preanaesthesia.kept",
    fr: "Consultation faite {left} h avant l'intervention : le délai de {hours} h est respecté.",
    en: "The consultation took place {left} h before the operation: the delay of {hours} h is kept.",
    de: "Das Gespräch fand {left} h vor dem Eingriff statt: Die Frist von {hours} h ist eingehalten.",
};
pub(super) const OVERDUE: Text = Text {
    key: "preanaesthesia.overdue",
    fr: "La consultation pré-anesthésique n'est pas faite ; elle devait l'être au moins {hours} h avant l'intervention. Faites-la avant toute anesthésie, ou reportez l'intervention.",
    en: "The pre-anaesthetic consultation has not taken place; it was due at least {hours} h before the operation. Hold it before any anaesthesia, or postpone the operation.",
    de: "Das Anästhesiegespräch fehlt; es war mindestens {hours} h vor dem Eingriff fällig. Führen Sie es vor jeder Anästhesie oder verschieben Sie den Eingriff.",
};
pub(super) const DONE_LATE: Text = Text {
    key: "preanaesthesia.done-late",
    fr: "Consultation faite {left} h avant l'intervention, au lieu de {hours} h.",
    en: "The consultation took place {left} h before the operation instead of {hours} h.",
    de: "Das Gespräch fand {left} h vor dem Eingriff statt, statt {hours} h.",
};
pub(super) const OPEN: Text = Text {
    key: "preanaesthesia.open",
    fr: "La consultation pré-anesthésique est à faire au moins {hours} h avant l'intervention.",
    en: "The pre-anaesthetic consultation is due at least {hours} h before the operation.",
    de: "Das Anästhesiegespräch ist mindestens {hours} h vor dem Eingriff fällig.",
};
pub(super) const URGENT: Text = Text {
    key: "preanaesthesia.urgent",
    fr: "Intervention urgente : le délai de {hours} h ne s'applique pas, la consultation reste nécessaire.",
    en: "An urgent operation: the delay of {hours} h does not apply, the consultation is still needed.",
    de: "Dringlicher Eingriff: Die Frist von {hours} h gilt nicht, das Gespräch bleibt nötig.",
};
pub(super) const NEEDED: Text = Text {
    key: "preanaesthesia.needed",
    fr: "Ce point est nécessaire pour terminer la consultation : renseignez-le.",
    en: "This item is needed to complete the consultation: fill it in.",
    de: "Dieser Punkt ist für den Abschluss des Gesprächs nötig: Füllen Sie ihn aus.",
};
pub(super) const INFORMED: Text = Text {
    key: "preanaesthesia.informed",
    fr: "Confirmez que le patient a été informé de l'anesthésie, de ses risques et des alternatives.",
    en: "Confirm that the patient was informed of the anaesthesia, its risks and alternatives.",
    de: "Bestätigen Sie, dass der Patient über Anästhesie, Risiken und Alternativen aufgeklärt wurde.",
};
pub(super) const NO_ANAESTHETIST: Text = Text {
    key: "preanaesthesia.no-anaesthetist",
    fr: "La consultation pré-anesthésique est terminée et modifiée par un médecin anesthésiste. Enregistrez-la en brouillon.",
    en: "An anaesthetist completes and changes the pre-anaesthetic consultation. Save it as a draft.",
    de: "Ein Anästhesist schließt das Anästhesiegespräch ab und ändert es. Speichern Sie es als Entwurf.",
};
