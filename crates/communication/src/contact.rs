//! How a patient can be reached, in which language, and what they do not want
//! (<https://hl7.org/fhir/R4/patient.html>: `telecom`, `communication`; wishes are extensions of the Patient, so that
//! they move with the record and are erased with it).

use crate::channel::Channel;
use crate::element::{extensions, make, set_extensions, text};
use fhir::{Json, Lang};

/// One for each channel that the patient refuses for reminders.
const REFUSES: &str = "urn:medhub:communication:refuses-reminder";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub lang: Lang,
    pub mail: Option<String>,
    /// In the international form: `+33612345678`.
    pub mobile: Option<String>,
    /// A telephone that takes no text message, and no other is known.
    pub landline: bool,
    pub refuses: Vec<Channel>,
    /// Nothing is said to a patient who has died, or whose record is not in use.
    pub silent: bool,
}

impl Contact {
    /// As of a moment (ms since epoch).
    pub fn of(patient: &Json<'_>, now: i64) -> Contact {
        let dead =
            match (patient.get("deceasedBoolean").and_then(Json::as_bool), patient.get("deceasedDateTime")) {
                (Some(dead), _) => dead,
                (None, since) => since.is_some(),
            };
        let mut points: Vec<(i64, &Json<'_>)> = patient
            .each("telecom")
            .filter(|point| point.get_str("use") != Some("old") && !is_over(point, now))
            .map(|point| (rank(point), point))
            .collect();
        points.sort_by_key(|(rank, _)| *rank);
        let of = |system: &'static str| {
            points.iter().filter(move |(_, p)| p.get_str("system") == Some(system)).map(|(_, p)| *p)
        };
        let phones = || of("phone").chain(of("sms")).filter_map(|p| p.get_str("value"));
        let mobile = phones().find_map(mobile);
        Contact {
            lang: language(patient),
            mail: of("email").filter_map(|p| p.get_str("value")).find_map(address),
            landline: mobile.is_none() && phones().next().is_some(),
            mobile,
            refuses: extensions(patient, REFUSES)
                .filter_map(|one| Channel::parse(one.get_str("valueCode")?))
                .collect(),
            silent: dead || patient.get("active").and_then(Json::as_bool) == Some(false),
        }
    }

    /// The address of a channel, unless there is none or the patient refuses it.
    pub fn reached_by(&self, channel: Channel) -> Option<&str> {
        if self.refuses.contains(&channel) {
            return None;
        }
        match channel {
            Channel::Mail => self.mail.as_deref(),
            Channel::Sms => self.mobile.as_deref(),
        }
    }
}

/// Writes which channels are refused.
pub(crate) fn refuse(patient: &mut Json<'static>, refused: &[Channel]) {
    let all = refused.iter().map(|one| make(REFUSES, "valueCode", text(one.as_str()))).collect();
    set_extensions(patient, REFUSES, all);
}

fn is_over(point: &Json<'_>, now: i64) -> bool {
    let end = point.get("period").and_then(|period| period.get_str("end")).and_then(fhir::date::parse);
    end.is_some_and(|end| end.hi_ms < now)
}

fn rank(point: &Json<'_>) -> i64 {
    point.get("rank").and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(1_000)
}

fn language(patient: &Json<'_>) -> Lang {
    let all = || patient.each("communication");
    let preferred = all().find(|one| one.get("preferred").and_then(Json::as_bool) == Some(true));
    let code = preferred.or_else(|| all().next()).and_then(|one| one.get("language")?.each("coding").next());
    match code.and_then(|one| one.get_str("code")).and_then(|code| code.get(..2)) {
        Some("en") => Lang::En,
        Some("de") => Lang::De,
        _ => Lang::Fr,
    }
}

/// A mail address that a server can be given; the server judges the rest.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, host) = text.rsplit_once('@')?;
    let plain = text.len() <= 254
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"".contains(c));
    (plain && !name.is_empty() && host.contains('.') && !host.starts_with('.')).then(|| text.to_string())
}

/// A number that takes text messages, in the international form. Of French numbers those of 06 and 07
/// (Arcep, plan national de numérotation); of others, those written with their country.
pub(crate) fn mobile(text: &str) -> Option<String> {
    let mut digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = text.trim_start().starts_with('+');
    let other = text.chars().any(|c| !c.is_ascii_digit() && !" .-+()/\u{a0}\u{202f}".contains(c));
    if other {
        return None;
    }
    if !plus && digits.starts_with("00") {
        digits.drain(..2);
    } else if !plus {
        // Overseas departments share the mainland's plan but not its country code: 0692 is Réunion (+262).
        let national = digits.len() == 10 && (digits.starts_with("06") || digits.starts_with("07"));
        let overseas = ["0690", "0691", "0692", "0693", "0694", "0696", "0697"];
        if !national || overseas.iter().any(|start| digits.starts_with(start)) {
            return None;
        }
        digits.replace_range(..1, "33");
    }
    // « +33 (0)6 » is written on many cards.
    if let Some(rest) = digits.strip_prefix("330") {
        digits = format!("33{rest}");
    }
    let french = digits.starts_with("33");
    let fits = if french {
        digits.len() == 11 && (digits.starts_with("336") || digits.starts_with("337"))
    } else {
        (8..=15).contains(&digits.len())
    };
    fits.then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_take_text_messages() {
        for text in
            ["06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "0033612345678", "+33 (0)6.12.34.56.78"]
        {
            assert_eq!(mobile(text).as_deref(), Some("+33612345678"), "{text}");
        }
        assert_eq!(mobile("+41 79 123 45 67").as_deref(), Some("+41791234567"));
        for text in
            ["01 23 45 67 89", "+33 1 23 45 67 89", "12", "", "06 12 34 56", "0692 12 34 56", "le soir"]
        {
            assert_eq!(mobile(text), None, "{text}");
        }
    }

    #[test]
    fn the_newest_way_to_reach_somebody() {
        let patient = fhir::json::parse(
            br#"{"resourceType":"Patient","telecom":[{"system":"email","value":"old@x.example","period":{"end":"2020-01-01"}},
            {"system":"email","value":"b@x.example","rank":2},{"system":"email","value":"a@x.example","rank":1},{"system":"phone","value":"0123456789"}],
            "communication":[{"language":{"coding":[{"code":"fr"}]}},{"language":{"coding":[{"code":"de-DE"}]},"preferred":true}],
            "extension":[{"url":"urn:medhub:communication:refuses-reminder","valueCode":"sms"}]}"#,
        )
        .unwrap();
        let contact = Contact::of(&patient, 1_795_334_400_000);
        assert_eq!(
            (contact.lang, contact.mail.as_deref(), contact.landline),
            (Lang::De, Some("a@x.example"), true)
        );
        assert_eq!(
            (contact.reached_by(Channel::Sms), contact.reached_by(Channel::Mail)),
            (None, Some("a@x.example"))
        );
        for wrong in ["", "a@b", "a b@x.example", "a@x.example,b@x.example", "@x.example", "a@.example"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }
}
