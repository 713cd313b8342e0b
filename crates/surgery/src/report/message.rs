//! What the operative report says is missing, and why it may not be drafted.

use fhir::Text;

pub(super) const NO_SURGEON: Text = Text {
    key: "report.no-surgeon",
    fr: "Le compte rendu opératoire est rédigé par l'opérateur : demandez-lui de créer le brouillon.",
    en: "The surgeon writes the operative report: ask the surgeon to make the draft.",
    de: "Der Operateur schreibt den OP-Bericht: Bitten Sie ihn, den Entwurf anzulegen.",
};

/// What a section lacks that only a person can write, by section.
pub(super) const SECTIONS: [(&str, [&str; 3]); 13] = [
    (
        "indication",
        [
            "Indication et diagnostic : à rédiger.",
            "Indication and diagnosis: to be written.",
            "Indikation und Diagnose: auszufüllen.",
        ],
    ),
    (
        "team",
        [
            "Équipe : complétez opérateur, aides et anesthésiste.",
            "Team: complete surgeon, assistants and anaesthetist.",
            "Team: Operateur, Assistenz und Anästhesist ergänzen.",
        ],
    ),
    (
        "anaesthesia",
        ["Anesthésie : indiquez le type.", "Anaesthesia: give its kind.", "Anästhesie: Art angeben."],
    ),
    (
        "position",
        [
            "Installation : non notée au dossier, à rédiger.",
            "Positioning: not in the record, to be written.",
            "Lagerung: nicht dokumentiert, auszufüllen.",
        ],
    ),
    ("approach", ["Voie d'abord : à rédiger.", "Approach: to be written.", "Zugang: auszufüllen."]),
    (
        "findings",
        [
            "Constatations : à rédiger par l'opérateur.",
            "Findings: to be written by the surgeon.",
            "Befund: vom Operateur auszufüllen.",
        ],
    ),
    (
        "procedure",
        [
            "Déroulement : décrivez les gestes.",
            "Procedure: describe what was done.",
            "Vorgehen: Schritte beschreiben.",
        ],
    ),
    ("implants", ["Implants : à compléter.", "Implants: to be completed.", "Implantate: zu ergänzen."]),
    ("specimens", ["Prélèvements : à compléter.", "Specimens: to be completed.", "Proben: zu ergänzen."]),
    (
        "losses",
        [
            "Pertes sanguines : non notées au dossier, à estimer.",
            "Blood loss: not in the record, to be estimated.",
            "Blutverlust: nicht dokumentiert, zu schätzen.",
        ],
    ),
    ("drains", ["Drainages : à compléter.", "Drains: to be completed.", "Drainagen: zu ergänzen."]),
    ("incidents", ["Incidents : à compléter.", "Incidents: to be completed.", "Zwischenfälle: zu ergänzen."]),
    (
        "orders",
        [
            "Consignes post-opératoires : à rédiger.",
            "Post-operative orders: to be written.",
            "Postoperative Anordnungen: auszufüllen.",
        ],
    ),
];

/// What the record of the operation lacks.
pub(super) const RECORD: [(&str, [&str; 3]); 5] = [
    (
        "times",
        [
            "Heures d'incision et de fermeture : non notées.",
            "Times of incision and closure: not recorded.",
            "Zeiten von Schnitt und Naht: nicht erfasst.",
        ],
    ),
    (
        "count",
        [
            "Compte final : non fait, ou incomplet.",
            "Final count: not made, or not complete.",
            "Schlusszählung: fehlt oder stimmt nicht.",
        ],
    ),
    (
        "ccam",
        [
            "Acte : aucun code CCAM sur la demande.",
            "Act: the request holds no CCAM code.",
            "Eingriff: kein CCAM-Code in der Anforderung.",
        ],
    ),
    (
        "side",
        [
            "Côté : non indiqué sur la demande ; précisez-le ou notez que l'acte n'en a pas.",
            "Side: not on the request; give it or note that the act has none.",
            "Seite: nicht in der Anforderung; angeben oder vermerken, dass es keine gibt.",
        ],
    ),
    (
        "signature",
        [
            "Signature de l'opérateur : à apposer après relecture.",
            "The surgeon's signature: after reading it again.",
            "Unterschrift des Operateurs: nach erneuter Durchsicht.",
        ],
    ),
];
