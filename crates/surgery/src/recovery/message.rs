//! What the recovery room says.

use fhir::Text;

pub(super) const ITEMS: Text = Text {
    key: "recovery.items",
    fr: "Cotez chaque critère du score de 0 à 2 : {items}.",
    en: "Rate each item of the score from 0 to 2: {items}.",
    de: "Bewerten Sie jedes Kriterium des Scores mit 0 bis 2: {items}.",
};
pub(super) const NOT_FIT: Text = Text {
    key: "recovery.not-fit",
    fr: "Les critères de sortie ne sont pas réunis : {what}. Réévaluez ; si la sortie est décidée malgré tout, indiquez pourquoi.",
    en: "The criteria of discharge are not met: {what}. Assess again; if the discharge is decided all the same, say why.",
    de: "Die Entlassungskriterien sind nicht erfüllt: {what}. Beurteilen Sie erneut; wird dennoch entlassen, begründen Sie es.",
};
pub(super) const NO_ANAESTHETIST: Text = Text {
    key: "recovery.no-anaesthetist",
    fr: "La sortie de salle de réveil est décidée par un médecin anesthésiste : demandez-lui de la valider.",
    en: "An anaesthetist decides on the discharge from recovery: ask for the decision.",
    de: "Über die Entlassung aus dem Aufwachraum entscheidet ein Anästhesist: Bitten Sie um die Entscheidung.",
};
pub(super) const DECIDED: Text = Text {
    key: "recovery.decided",
    fr: "Cette sortie est déjà décidée.",
    en: "This discharge is decided already.",
    de: "Über diese Entlassung ist bereits entschieden.",
};
pub(super) const KNOWN: Text = Text {
    key: "recovery.known",
    fr: "Un autre score est déjà enregistré sous cet identifiant : envoyez celui-ci avec un nouvel identifiant.",
    en: "Another score is stored under this id already: send this one with a new id.",
    de: "Unter dieser Kennung ist bereits ein anderer Score gespeichert: Senden Sie diesen mit neuer Kennung.",
};
