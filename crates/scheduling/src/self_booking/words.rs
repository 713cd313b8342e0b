//! What patients and the desk are told. Nothing here says who else has an appointment.

use fhir::Text;

pub(super) const WRONG_RULE: Text = Text {
    key: "scheduling.self-rule",
    fr: "Cette règle est incomplète : donnez un type de consultation, une durée de 5 à 240 min, un délai et une annulation de 0 à 720 h, 1 à 365 jours d'avance, 1 à 20 rendez-vous par patient et, pour « À apporter », 500 lettres au plus par langue.",
    en: "This rule is incomplete: give a kind of consultation, 5 to 240 min, a notice and a cancellation of 0 to 720 h, 1 to 365 days ahead, 1 to 20 appointments a patient and, for \"What to bring\", 500 letters a language at most.",
    de: "Diese Regel ist unvollständig: Geben Sie eine Terminart, 5 bis 240 min, Vorlauf und Absage von 0 bis 720 h, 1 bis 365 Tage im Voraus, 1 bis 20 Termine je Patient und für „Mitbringen“ höchstens 500 Zeichen je Sprache an.",
};
pub(super) const TWO_RULES: Text = Text {
    key: "scheduling.self-rule-twice",
    fr: "Deux règles disent autre chose du même type et du même professionnel : gardez-en une.",
    en: "Two rules speak of the same kind and the same professional: keep one.",
    de: "Zwei Regeln betreffen dieselbe Terminart und dieselbe Fachperson: Behalten Sie eine.",
};
pub(super) const TOO_MANY_RULES: Text = Text {
    key: "scheduling.self-rules-many",
    fr: "La liste « rules » compte au plus {max} règles : réunissez-en.",
    en: "The list \"rules\" has {max} rules at most: join some.",
    de: "Die Liste „rules“ hat höchstens {max} Regeln: Fassen Sie welche zusammen.",
};
pub(super) const NOT_OFFERED: Text = Text {
    key: "scheduling.self-not-offered",
    fr: "La prise de rendez-vous en ligne n'est pas ouverte pour ce type de consultation. Appelez le secrétariat.",
    en: "Online booking is not open for this kind of consultation. Call the secretary.",
    de: "Die Online-Buchung ist für diese Terminart nicht geöffnet. Rufen Sie das Sekretariat an.",
};
pub(super) const NOT_KNOWN: Text = Text {
    key: "scheduling.self-not-known",
    fr: "Ce professionnel ne reçoit en ligne que les patients qu'il a déjà vus. Appelez le secrétariat.",
    en: "This professional takes online only patients seen before. Call the secretary.",
    de: "Diese Fachperson nimmt online nur bereits bekannte Patienten an. Rufen Sie das Sekretariat an.",
};
pub(super) const NO_BIRTH_DATE: Text = Text {
    key: "scheduling.self-no-birth-date",
    fr: "La date de naissance complète de ce patient n'est pas connue : complétez-la, le lien la demandera.",
    en: "This patient's full birth date is not known: complete it, the link will ask for it.",
    de: "Das vollständige Geburtsdatum dieses Patienten ist nicht bekannt: Ergänzen Sie es, der Link fragt danach.",
};
pub(super) const TOO_MANY: Text = Text {
    key: "scheduling.self-too-many",
    fr: "Ce patient a déjà {max} invitations : supprimez-en une.",
    en: "This patient has {max} invitations already: delete one.",
    de: "Dieser Patient hat bereits {max} Einladungen: Löschen Sie eine.",
};
pub(super) const UNKNOWN: Text = Text {
    key: "scheduling.self-unknown",
    fr: "Ce lien n'est pas reconnu : il a peut-être été coupé. Ouvrez-le en entier depuis votre message, ou demandez-en un autre au secrétariat.",
    en: "This link is not recognised: perhaps it was cut. Open the whole of it from your message, or ask the secretary for another.",
    de: "Dieser Link wird nicht erkannt: Vielleicht wurde er abgeschnitten. Öffnen Sie ihn vollständig aus Ihrer Nachricht, oder bitten Sie das Sekretariat um einen neuen.",
};
pub(super) const EXPIRED: Text = Text {
    key: "scheduling.self-expired",
    fr: "Ce lien n'est plus valable : sa date est passée. Demandez-en un autre au secrétariat.",
    en: "This link is no longer valid: its date has passed. Ask the secretary for another.",
    de: "Dieser Link ist nicht mehr gültig: Sein Datum ist vorbei. Bitten Sie das Sekretariat um einen neuen.",
};
pub(super) const USED: Text = Text {
    key: "scheduling.self-used",
    fr: "Le rendez-vous de ce lien est passé. Pour en prendre un autre, demandez un lien au secrétariat.",
    en: "The appointment of this link is over. To book another, ask the secretary for a link.",
    de: "Der Termin dieses Links ist vorbei. Für einen weiteren bitten Sie das Sekretariat um einen Link.",
};
pub(super) const WITHDRAWN: Text = Text {
    key: "scheduling.self-withdrawn",
    fr: "Le secrétariat a retiré ce lien. S'il vous en a envoyé un autre, ouvrez-le ; sinon, appelez-le.",
    en: "The secretary took this link back. If you were sent another, open it; if not, call.",
    de: "Das Sekretariat hat diesen Link zurückgezogen. Wenn Sie einen neuen erhalten haben, öffnen Sie ihn; sonst rufen Sie an.",
};
pub(super) const WRONG_DATE: Text = Text {
    key: "scheduling.self-wrong-date",
    fr: "Cette date de naissance n'est pas celle du dossier. Essais restants : {left}.",
    en: "This birth date is not that of the record. Tries left: {left}.",
    de: "Dieses Geburtsdatum stimmt nicht mit der Akte überein. Verbleibende Versuche: {left}.",
};
pub(super) const LOCKED: Text = Text {
    key: "scheduling.self-locked",
    fr: "Ce lien est bloqué après trop d'essais. Demandez-en un autre au secrétariat.",
    en: "This link is locked after too many tries. Ask the secretary for another.",
    de: "Dieser Link ist nach zu vielen Versuchen gesperrt. Bitten Sie das Sekretariat um einen neuen.",
};
pub(super) const ASK_DATE: Text = Text {
    key: "scheduling.self-ask-date",
    fr: "Indiquez d'abord votre date de naissance.",
    en: "Give your birth date first.",
    de: "Geben Sie zuerst Ihr Geburtsdatum an.",
};
pub(super) const TAKEN: Text = Text {
    key: "scheduling.self-taken",
    fr: "Cet horaire n'est plus libre. Choisissez-en un autre.",
    en: "This time is no longer free. Choose another.",
    de: "Diese Zeit ist nicht mehr frei. Wählen Sie eine andere.",
};
pub(super) const OUTSIDE: Text = Text {
    key: "scheduling.self-outside",
    fr: "Cet horaire n'est pas proposé : il est trop proche, trop lointain ou hors des heures de consultation. Choisissez-en un dans la liste.",
    en: "This time is not offered: it is too near, too far or outside consulting hours. Choose one of the list.",
    de: "Diese Zeit wird nicht angeboten: zu nah, zu fern oder außerhalb der Sprechzeiten. Wählen Sie eine aus der Liste.",
};
pub(super) const ALREADY: Text = Text {
    key: "scheduling.self-already",
    fr: "Vous avez déjà un rendez-vous par ce lien : déplacez-le.",
    en: "You have an appointment by this link already: move it.",
    de: "Sie haben über diesen Link bereits einen Termin: Verschieben Sie ihn.",
};
pub(super) const NOTHING: Text = Text {
    key: "scheduling.self-nothing",
    fr: "Aucun rendez-vous à venir n'a été pris par ce lien.",
    en: "No appointment to come was taken by this link.",
    de: "Über diesen Link wurde kein künftiger Termin gebucht.",
};
pub(super) const TOO_LATE: Text = Text {
    key: "scheduling.self-too-late",
    fr: "Le rendez-vous est trop proche pour être changé en ligne. Appelez le secrétariat.",
    en: "The appointment is too near to be changed online. Call the secretary.",
    de: "Der Termin ist zu nah, um ihn online zu ändern. Rufen Sie das Sekretariat an.",
};
pub(super) const LIMIT: Text = Text {
    key: "scheduling.self-limit",
    fr: "Vous avez déjà {count} rendez-vous de ce type à venir. Annulez-en un, ou appelez le secrétariat.",
    en: "You have {count} appointments of this kind to come already. Cancel one, or call the secretary.",
    de: "Sie haben bereits {count} künftige Termine dieser Art. Sagen Sie einen ab, oder rufen Sie das Sekretariat an.",
};
