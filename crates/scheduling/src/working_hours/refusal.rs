//! What is told when somebody would be booked outside the working hours, in the caller's language.

use super::hours::heard;
use super::is_hours;
use crate::closure::Span;
use crate::zone::{day_of, spoken};
use fhir::{Code, Issue, Lang, Text};

const OUTSIDE: Text = Text {
    key: "scheduling.off-hours",
    fr: "{name} travaille à d'autres heures ({day-fr} : {hours}). Choisissez une autre heure ou une autre personne.",
    en: "{name} works at other hours ({day-en}: {hours}). Choose another time or another person.",
    de: "{name} arbeitet zu anderen Zeiten ({day-de}: {hours}). Wählen Sie eine andere Zeit oder eine andere Person.",
};
const DAY_OFF: Text = Text {
    key: "scheduling.day-off",
    fr: "{name} ne travaille pas le {day-fr}. Choisissez un autre jour ou une autre personne.",
    en: "{name} does not work on {day-en}. Choose another day or another person.",
    de: "{name} arbeitet am {day-de} nicht. Wählen Sie einen anderen Tag oder eine andere Person.",
};

/// The refusal, when it is working hours that stand in the way at that moment.
pub(crate) fn refusal(name: &str, span: &Span, at: i64) -> Option<Issue> {
    if !is_hours(&span.slot) {
        return None;
    }
    let hours = heard(span.reason.as_deref().unwrap_or_default());
    let text = if hours.is_empty() { DAY_OFF } else { OUTSIDE };
    let day = day_of(at);
    // A sentence takes the hole of its own language.
    Some(
        Issue::error(Code::Conflict, text)
            .arg("name", name)
            .arg("hours", hours)
            .arg("day-fr", spoken(day, Lang::Fr))
            .arg("day-en", spoken(day, Lang::En))
            .arg("day-de", spoken(day, Lang::De)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_says_the_day_and_its_hours() {
        let at = crate::element::ms("2026-11-23T14:00:00+01:00").unwrap();
        let span = |slot: &str, reason: &str| Span {
            slot: slot.into(),
            from: at,
            until: at + 1,
            reason: Some(reason.into()),
        };
        let off = span("hours-0-1", "heures de travail, lundi : 08:00–12:00, 13:00–14:00, semaines paires");
        let issue = refusal("Dr A", &off, at).unwrap();
        let said = [Lang::Fr, Lang::En, Lang::De].map(|lang| issue.sentence(lang));
        for (sentence, day) in said.iter().zip(["lundi 23/11 :", "Monday 23/11:", "Montag 23.11.:"]) {
            assert!(sentence.contains(&format!("{day} 08:00–12:00, 13:00–14:00)")), "{sentence}");
            assert!(!sentence.contains('{'), "{sentence}");
        }
        let none = refusal("Dr A", &span("hours-0-1", "heures de travail, lundi : aucune"), at).unwrap();
        assert_eq!(
            none.sentence(Lang::De),
            "Dr A arbeitet am Montag 23.11. nicht. Wählen Sie einen anderen Tag oder eine andere Person."
        );
        assert!(
            refusal("Dr A", &span("conges", "08:00–12:00"), at).is_none(),
            "an absence is another matter"
        );
    }
}
