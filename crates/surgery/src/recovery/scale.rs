//! The scores: Aldrete's of 1995, with oxygen saturation, and PADSS (Chung 1995). Each item counts 0 to 2; from 9 of
//! 10 on a patient may go.

use fhir::{Json, Lang};

pub(super) struct Scale {
    pub name: &'static str,
    pub items: [Item; 5],
}

pub(super) struct Item {
    pub code: &'static str,
    label: [&'static str; 3],
    /// What 0, 1 and 2 mean.
    choices: [[&'static str; 3]; 3],
}

/// The least that lets a patient go.
pub(super) const FIT: i64 = 9;

impl Scale {
    pub fn find(name: &str) -> Option<&'static Scale> {
        SCALES.iter().find(|scale| scale.name == name)
    }

    pub fn told(&self, lang: Lang) -> Json<'static> {
        let items = self.items.iter().map(|item| {
            let choices = item.choices.iter().enumerate().map(|(n, label)| {
                Json::object([
                    ("value", Json::integer(n as i64)),
                    ("label", Json::string(label[lang as usize])),
                ])
            });
            Json::object([
                ("code", Json::string(item.code)),
                ("label", Json::string(item.label[lang as usize])),
                ("choices", Json::array(choices)),
            ])
        });
        Json::object([
            ("scale", Json::string(self.name)),
            ("fit", Json::integer(FIT)),
            ("items", Json::array(items)),
        ])
    }
}

pub(super) static SCALES: [Scale; 2] = [
    Scale {
        name: "aldrete",
        items: [
            Item {
                code: "activity",
                label: ["Motricité", "Activity", "Aktivität"],
                choices: [
                    ["Aucun membre ne bouge", "Moves no limb", "Bewegt keine Extremität"],
                    ["Bouge deux membres", "Moves two limbs", "Bewegt zwei Extremitäten"],
                    ["Bouge les quatre membres", "Moves four limbs", "Bewegt vier Extremitäten"],
                ],
            },
            Item {
                code: "respiration",
                label: ["Respiration", "Respiration", "Atmung"],
                choices: [
                    ["Apnée", "Apnoea", "Apnoe"],
                    [
                        "Dyspnée ou respiration superficielle",
                        "Dyspnoea or shallow breathing",
                        "Dyspnoe oder flache Atmung",
                    ],
                    ["Respire à fond et tousse", "Breathes deeply and coughs", "Atmet tief und hustet"],
                ],
            },
            Item {
                code: "circulation",
                label: ["Pression artérielle", "Circulation", "Kreislauf"],
                choices: [
                    [
                        "Écart de plus de 50 % avec la valeur initiale",
                        "More than 50 % from the first value",
                        "Über 50 % vom Ausgangswert",
                    ],
                    ["Écart de 20 à 50 %", "20 to 50 % from the first value", "20 bis 50 % vom Ausgangswert"],
                    [
                        "Écart de moins de 20 %",
                        "Less than 20 % from the first value",
                        "Unter 20 % vom Ausgangswert",
                    ],
                ],
            },
            Item {
                code: "consciousness",
                label: ["Conscience", "Consciousness", "Bewusstsein"],
                choices: [
                    ["Ne répond pas", "Not responding", "Keine Reaktion"],
                    ["S'éveille à l'appel", "Arousable on calling", "Erweckbar auf Ansprache"],
                    ["Parfaitement éveillé", "Fully awake", "Ganz wach"],
                ],
            },
            Item {
                code: "saturation",
                label: ["Saturation", "Oxygen saturation", "Sauerstoffsättigung"],
                choices: [
                    ["SpO2 < 90 % avec oxygène", "SpO2 < 90 % with oxygen", "SpO2 < 90 % mit Sauerstoff"],
                    [
                        "Oxygène nécessaire pour SpO2 > 90 %",
                        "Needs oxygen for SpO2 > 90 %",
                        "Sauerstoff nötig für SpO2 > 90 %",
                    ],
                    ["SpO2 > 92 % à l'air ambiant", "SpO2 > 92 % on room air", "SpO2 > 92 % unter Raumluft"],
                ],
            },
        ],
    },
    Scale {
        name: "padss",
        items: [
            Item {
                code: "vitals",
                label: ["Constantes vitales", "Vital signs", "Vitalzeichen"],
                choices: [
                    [
                        "Écart de plus de 40 % avec la valeur préopératoire",
                        "More than 40 % from before",
                        "Über 40 % vom Wert davor",
                    ],
                    ["Écart de 20 à 40 %", "20 to 40 % from before", "20 bis 40 % vom Wert davor"],
                    ["Écart de moins de 20 %", "Less than 20 % from before", "Unter 20 % vom Wert davor"],
                ],
            },
            Item {
                code: "activity",
                label: ["Déambulation", "Ambulation", "Gehfähigkeit"],
                choices: [
                    ["Ne marche pas, vertiges", "Cannot walk, dizzy", "Geht nicht, Schwindel"],
                    ["Marche avec aide", "Walks with help", "Geht mit Hilfe"],
                    [
                        "Démarche assurée, sans vertige",
                        "Steady gait, no dizziness",
                        "Sicherer Gang, kein Schwindel",
                    ],
                ],
            },
            Item {
                code: "nausea",
                label: ["Nausées et vomissements", "Nausea and vomiting", "Übelkeit und Erbrechen"],
                choices: [
                    [
                        "Sévères malgré le traitement",
                        "Severe in spite of treatment",
                        "Schwer trotz Behandlung",
                    ],
                    ["Modérés, traités", "Moderate, treated", "Mäßig, behandelt"],
                    ["Minimes ou absents", "Minimal or none", "Minimal oder keine"],
                ],
            },
            Item {
                code: "pain",
                label: ["Douleur", "Pain", "Schmerz"],
                choices: [
                    [
                        "Sévère malgré le traitement",
                        "Severe in spite of treatment",
                        "Schwer trotz Behandlung",
                    ],
                    ["Modérée, traitée", "Moderate, treated", "Mäßig, behandelt"],
                    ["Minime ou absente", "Minimal or none", "Minimal oder keiner"],
                ],
            },
            Item {
                code: "bleeding",
                label: ["Saignement", "Bleeding", "Blutung"],
                choices: [
                    ["Abondant", "Severe", "Stark"],
                    ["Modéré", "Moderate", "Mäßig"],
                    ["Minime ou absent", "Minimal or none", "Minimal oder keine"],
                ],
            },
        ],
    },
];
