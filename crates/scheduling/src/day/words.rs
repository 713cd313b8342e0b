//! What could be done, in sentences. They name rooms, staff, case numbers and acts, never a patient: the screen puts
//! the name in front for whoever may see it.

use fhir::Text;

pub(super) const MOVE: Text = Text {
    key: "scheduling.day-move",
    fr: "Passer {what} en {room} à {at} : {minutes} min de retard évitées.",
    en: "Move {what} to {room} at {at}: {minutes} min of delay avoided.",
    de: "{what} um {at} nach {room} verlegen: {minutes} min Verspätung vermieden.",
};
pub(super) const MOVE_WHY: Text = Text {
    key: "scheduling.day-move-why",
    fr: "{from} a {late} min de retard ; {room} et l'équipe ({who}) sont libres à {at}.",
    en: "{from} is {late} min late; {room} and the team ({who}) are free at {at}.",
    de: "{from} ist {late} min verspätet; {room} und das Team ({who}) sind um {at} frei.",
};
pub(super) const SWAP: Text = Text {
    key: "scheduling.day-swap",
    fr: "Échanger {what} ({room}) et {other} ({there}) : {minutes} min de retard évitées.",
    en: "Swap {what} ({room}) and {other} ({there}): {minutes} min of delay avoided.",
    de: "{what} ({room}) und {other} ({there}) tauschen: {minutes} min Verspätung vermieden.",
};
pub(super) const SWAP_WHY: Text = Text {
    key: "scheduling.day-swap-why",
    fr: "{what} ne peut pas commencer avant {at} ({who}) ; {other} le peut.",
    en: "{what} cannot begin before {at} ({who}); {other} can.",
    de: "{what} kann nicht vor {at} beginnen ({who}); {other} schon.",
};
pub(super) const EARLIER: Text = Text {
    key: "scheduling.day-earlier",
    fr: "Appeler {what} plus tôt en {room} : à {at} au lieu de {then}, {minutes} min gagnées.",
    en: "Call {what} earlier to {room}: at {at} instead of {then}, {minutes} min gained.",
    de: "{what} früher nach {room} rufen: um {at} statt {then}, {minutes} min gewonnen.",
};
pub(super) const EARLIER_WHY: Text = Text {
    key: "scheduling.day-earlier-why",
    fr: "{room} et l'équipe ({who}) sont libres à {at}.",
    en: "{room} and the team ({who}) are free at {at}.",
    de: "{room} und das Team ({who}) sind um {at} frei.",
};
pub(super) const VACATION: Text = Text {
    key: "scheduling.day-vacation",
    fr: "La vacation de {who} en {room} débordera de {minutes} min : fin prévue à {at} au lieu de {then}.",
    en: "The session of {who} in {room} will overrun by {minutes} min: the end is expected at {at} instead of {then}.",
    de: "Der OP-Block von {who} in {room} wird um {minutes} min überzogen: Ende voraussichtlich um {at} statt {then}.",
};
pub(super) const HOURS: Text = Text {
    key: "scheduling.day-hours",
    fr: "{room} débordera de {minutes} min : fin prévue à {at} au lieu de {then}.",
    en: "{room} will overrun by {minutes} min: the end is expected at {at} instead of {then}.",
    de: "{room} wird um {minutes} min überziehen: Ende voraussichtlich um {at} statt {then}.",
};
