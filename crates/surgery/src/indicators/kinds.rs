//! The figures: their codes, their names and what exactly each counts.

use fhir::Lang;

pub(crate) struct Kind {
    pub code: &'static str,
    /// minutes, percent.
    pub unit: &'static str,
    name: [&'static str; 3],
    definition: [&'static str; 3],
}

fn of(texts: &[&'static str; 3], lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => texts[0],
        Lang::En => texts[1],
        Lang::De => texts[2],
    }
}

impl Kind {
    pub fn name(&self, lang: Lang) -> &'static str {
        of(&self.name, lang)
    }

    pub fn definition(&self, lang: Lang) -> &'static str {
        of(&self.definition, lang)
    }
}

pub(crate) const COUNT: usize = 10;

/// In the order of [`super::figures::Values`].
pub(crate) const KINDS: [Kind; COUNT] = [
    Kind {
        code: "tvo",
        unit: "minutes",
        name: ["TVO", "Offered time (TVO)", "Angebotene Saalzeit (TVO)"],
        definition: [
            "Temps de vacation offert : durée des vacations de la grille commencées dans la période, sans les fermetures de salle ni les vacations rendues.",
            "Offered time: length of the vacations of the grid that began in the period, without closed rooms and vacations given back.",
            "Angebotene Zeit: Dauer der im Zeitraum begonnenen Saalblöcke, ohne Schließungen und zurückgegebene Blöcke.",
        ],
    },
    Kind {
        code: "tros",
        unit: "minutes",
        name: ["TROS", "Used room time (TROS)", "Genutzte Saalzeit (TROS)"],
        definition: [
            "Temps réel d'occupation des salles : de l'entrée du patient en salle à la salle propre (ou à la sortie du patient si le nettoyage n'est pas pointé).",
            "Used room time: from the patient's entry until the room is clean (or until the patient leaves when cleaning was not recorded).",
            "Genutzte Saalzeit: vom Eintreffen des Patienten im Saal bis zum sauberen Saal (oder bis er ihn verlässt, wenn die Reinigung nicht erfasst ist).",
        ],
    },
    Kind {
        code: "trov",
        unit: "minutes",
        name: ["TROV", "Used offered time (TROV)", "Genutzte Blockzeit (TROV)"],
        definition: [
            "Temps réel d'occupation des vacations : part du TROS à l'intérieur d'une vacation de la salle, quel qu'en soit le titulaire.",
            "Used offered time: part of the used room time that lies within a vacation of the room, whoever owns it.",
            "Genutzte Blockzeit: Teil der genutzten Saalzeit innerhalb eines Blocks des Saals, wem er auch gehört.",
        ],
    },
    Kind {
        code: "occupation",
        unit: "percent",
        name: ["Taux d'occupation", "Use of offered time", "Blockauslastung"],
        definition: [
            "TROV rapporté au TVO. Par chirurgien ou spécialité, il dépasse 100 % quand on opère dans les vacations d'autrui.",
            "Used offered time as a share of offered time. By surgeon or specialty it exceeds 100% when they operate in vacations of others.",
            "Genutzte Blockzeit im Verhältnis zur angebotenen. Je Operateur oder Fach über 100 %, wenn in fremden Blöcken operiert wird.",
        ],
    },
    Kind {
        code: "debordement",
        unit: "minutes",
        name: ["Débordement", "Overrun", "Überziehung"],
        definition: [
            "Part du TROS après la fin de la dernière vacation que l'intervention touche.",
            "Part of the used room time after the end of the last vacation that the operation touches.",
            "Teil der genutzten Saalzeit nach dem Ende des letzten Blocks, den der Eingriff berührt.",
        ],
    },
    Kind {
        code: "outside",
        unit: "minutes",
        name: ["Hors vacation", "Outside vacations", "Außerhalb der Blöcke"],
        definition: [
            "Part du TROS hors de toute vacation, sans le débordement. TROS = TROV + débordement + hors vacation.",
            "Part of the used room time outside all vacations, without the overrun. TROS = TROV + overrun + outside.",
            "Teil der genutzten Saalzeit außerhalb aller Blöcke, ohne Überziehung. TROS = TROV + Überziehung + außerhalb.",
        ],
    },
    Kind {
        code: "late-start",
        unit: "minutes",
        name: ["Retard au démarrage", "Late start", "Verspäteter Beginn"],
        definition: [
            "Moyenne, par vacation utilisée, du retard d'entrée en salle du premier patient sur l'heure prévue (à défaut, sur le début de la vacation). Une avance compte zéro.",
            "Mean, over the used vacations, of how late the first patient entered the room, against the planned hour (else the beginning of the vacation). Early counts as zero.",
            "Mittel über die genutzten Blöcke: um wie viel der erste Patient nach der geplanten Zeit (sonst nach Blockbeginn) in den Saal kam. Früher zählt als null.",
        ],
    },
    Kind {
        code: "first-on-time",
        unit: "percent",
        name: ["Premiers à l'heure", "First case on time", "Erster Eingriff pünktlich"],
        definition: [
            "Part des vacations utilisées dont le premier patient est entré en salle à l'heure, à la tolérance demandée près.",
            "Share of used vacations whose first patient entered the room on time, within the tolerance asked for.",
            "Anteil der genutzten Blöcke, deren erster Patient innerhalb der gewählten Toleranz pünktlich im Saal war.",
        ],
    },
    Kind {
        code: "inter-case",
        unit: "minutes",
        name: ["Temps interopératoire", "Inter-case time", "Wechselzeit"],
        definition: [
            "Moyenne du temps entre la sortie d'un patient et l'entrée du suivant, dans la même salle le même jour ; au-delà de 120 min, la salle est dite vide et l'intervalle n'est pas compté.",
            "Mean time between one patient leaving the room and the next entering it, same room and day; gaps beyond 120 min are an empty room and not counted.",
            "Mittlere Zeit zwischen dem Verlassen des Saals und dem nächsten Patienten, gleicher Saal und Tag; mehr als 120 min gelten als leerer Saal und zählen nicht.",
        ],
    },
    Kind {
        code: "cancelled",
        unit: "percent",
        name: ["Annulations du jour", "Cancelled on the day", "Absagen am Tag"],
        definition: [
            "Part des interventions prévues annulées ou reportées le jour même (ou jamais réalisées sans annulation préalable), rapportée aux interventions réalisées et à ces annulations.",
            "Share of planned operations cancelled or postponed on their day (or not done and cancelled afterwards), of those done and these.",
            "Anteil der am geplanten Tag abgesagten oder verschobenen (oder erst danach abgesagten) Eingriffe an diesen und den durchgeführten.",
        ],
    },
];
