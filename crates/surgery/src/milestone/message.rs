//! Sentences about milestones.

use fhir::Text;

pub(crate) const TOO_EARLY: Text = Text {
    key: "surgery.milestone-order",
    fr: "« {what} » ne peut pas être noté avant « {first} » : notez d'abord celui-ci.",
    en: "\"{what}\" cannot be noted before \"{first}\": note that one first.",
    de: "„{what}“ kann nicht vor „{first}“ vermerkt werden: Vermerken Sie zuerst dieses.",
};
pub(crate) const BACKWARDS: Text = Text {
    key: "surgery.milestone-backwards",
    fr: "« {what} » à {at} serait avant « {first} » à {then}. Vérifiez l'horloge de la tablette, ou corrigez l'heure.",
    en: "\"{what}\" at {at} would be before \"{first}\" at {then}. Check the tablet's clock, or correct the time.",
    de: "„{what}“ um {at} läge vor „{first}“ um {then}. Prüfen Sie die Uhr des Tablets oder korrigieren Sie die Zeit.",
};
pub(crate) const FUTURE: Text = Text {
    key: "surgery.milestone-future",
    fr: "Cette heure ({at}) n'est pas encore là : l'horloge de la tablette avance. Il est {now} ; corrigez l'heure.",
    en: "This time ({at}) has not come yet: the tablet's clock is ahead. It is {now}; correct the time.",
    de: "Diese Zeit ({at}) ist noch nicht da: Die Uhr des Tablets geht vor. Es ist {now}; korrigieren Sie die Zeit.",
};
pub(crate) const TOO_OLD: Text = Text {
    key: "surgery.milestone-old",
    fr: "Cette heure a plus de sept jours : vérifiez la date de la tablette.",
    en: "This time is more than seven days ago: check the tablet's date.",
    de: "Diese Zeit liegt mehr als sieben Tage zurück: Prüfen Sie das Datum des Tablets.",
};
pub(crate) const UNREADABLE: Text = Text {
    key: "surgery.time-unreadable",
    fr: "Une heure s'écrit AAAA-MM-JJThh:mm:ss avec le fuseau.",
    en: "A time is written YYYY-MM-DDThh:mm:ss with its zone.",
    de: "Eine Zeit wird JJJJ-MM-TTThh:mm:ss mit Zeitzone geschrieben.",
};
pub(crate) const UNDO_LATE: Text = Text {
    key: "surgery.undo-late",
    fr: "Plus de {minutes} minutes se sont écoulées : corrigez l'heure, avec sa raison.",
    en: "More than {minutes} minutes have passed: correct the time, with its reason.",
    de: "Mehr als {minutes} Minuten sind vergangen: Korrigieren Sie die Zeit, mit Begründung.",
};
pub(crate) const NOT_LAST: Text = Text {
    key: "surgery.undo-not-last",
    fr: "Seul le dernier jalon noté s'annule.",
    en: "Only the milestone that was noted last can be undone.",
    de: "Nur der zuletzt vermerkte Meilenstein lässt sich zurücknehmen.",
};
pub(crate) const NOT_NOTED: Text = Text {
    key: "surgery.milestone-absent",
    fr: "Ce jalon n'a pas été noté.",
    en: "This milestone was not noted.",
    de: "Dieser Meilenstein wurde nicht vermerkt.",
};
pub(crate) const GONE: Text = Text {
    key: "surgery.case-gone",
    fr: "Cette intervention est annulée ou reportée : reprenez-la avant de noter un jalon.",
    en: "This case is cancelled or postponed: resume it before noting a milestone.",
    de: "Dieser Eingriff ist abgesagt oder verschoben: Nehmen Sie ihn wieder auf, bevor Sie einen Meilenstein vermerken.",
};
