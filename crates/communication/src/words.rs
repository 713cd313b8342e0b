//! What is said to patients, and the service's own sentences. No name, no act, no speciality: who reads a telephone
//! over a shoulder learns an hour and a place.

use crate::channel::{Channel, Said};
use crate::place::Site;
use crate::reminder::Kind;
use fhir::{Lang, Text};
use service::wall_clock::{hour, local, long_day, short_day};

/// A text message of 160 letters is one message; longer ones are cut by telephones.
const SMS_MAX: usize = 160;

pub(crate) struct Facts<'a> {
    pub clinic: &'a str,
    /// ms since epoch
    pub start: i64,
    pub kind: Kind,
    pub site: &'a Site,
    pub lang: Lang,
}

pub(crate) fn say(way: Channel, facts: &Facts<'_>) -> Said {
    match way {
        Channel::Mail => Said { subject: subject(facts.lang).to_string(), text: mail(facts) },
        Channel::Sms => Said { subject: String::new(), text: sms(facts) },
    }
}

fn subject(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Rappel de votre rendez-vous",
        Lang::En => "Reminder of your appointment",
        Lang::De => "Erinnerung an Ihren Termin",
    }
}

fn mail(facts: &Facts<'_>) -> String {
    let Facts { start, lang, kind, .. } = *facts;
    let (day, at) = (long_day(local(start).date(), lang), hour(start, lang));
    let when = match (lang, kind) {
        (Lang::Fr, Kind::Consultation) => format!("Vous avez rendez-vous le {day} à {at}."),
        (Lang::Fr, Kind::Stay) => format!(
            "Vous êtes attendu(e) le {day}. Présentez-vous à l'heure d'arrivée qui figure sur votre convocation, et suivez les consignes que l'on vous a remises (jeûne, douche, traitements)."
        ),
        (Lang::En, Kind::Consultation) => format!("You have an appointment on {day} at {at}."),
        (Lang::En, Kind::Stay) => format!(
            "We expect you on {day}. Come at the hour of arrival that your letter of convocation gives, and follow the instructions that you were given (fasting, shower, medicines)."
        ),
        (Lang::De, Kind::Consultation) => format!("Sie haben einen Termin am {day} um {at} Uhr."),
        (Lang::De, Kind::Stay) => format!(
            "Wir erwarten Sie am {day}. Kommen Sie zur Uhrzeit, die in Ihrer Einladung steht, und befolgen Sie die Anweisungen, die Sie erhalten haben (Nüchternheit, Dusche, Medikamente)."
        ),
    };
    let (hello, place, absent, end) = match lang {
        Lang::Fr => (
            "Bonjour,",
            "Lieu : ",
            "Si vous ne pouvez pas venir, prévenez-nous",
            "Ce message est envoyé automatiquement : n'y répondez pas.",
        ),
        Lang::En => (
            "Hello,",
            "Place: ",
            "If you cannot come, tell us",
            "This message is sent automatically: do not reply.",
        ),
        Lang::De => (
            "Guten Tag,",
            "Ort: ",
            "Wenn Sie nicht kommen können, sagen Sie uns Bescheid",
            "Diese Nachricht wird automatisch versandt: Bitte nicht antworten.",
        ),
    };
    let place = site_line(facts.site).map(|line| format!("\n{place}{line}")).unwrap_or_default();
    let phone = facts.site.phone.as_deref().map(|phone| format!(" : {phone}")).unwrap_or_default();
    let phone = if lang == Lang::Fr { phone } else { phone.replacen(" :", ":", 1) };
    format!("{hello}\n\n{when}{place}\n\n{absent}{phone}.\n\n{end}\n\n{}\n", facts.clinic)
}

fn site_line(site: &Site) -> Option<String> {
    let parts: Vec<&str> = [site.name.as_deref(), site.address.as_deref()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn sms(facts: &Facts<'_>) -> String {
    let Facts { start, lang, kind, clinic, .. } = *facts;
    let (day, at) = (short_day(local(start).date(), lang), hour(start, lang));
    let told = match (lang, kind) {
        (Lang::Fr, Kind::Consultation) => format!("rendez-vous {day} à {at}"),
        (Lang::Fr, Kind::Stay) => format!("vous êtes attendu(e) {day}, à l'heure de votre convocation"),
        (Lang::En, Kind::Consultation) => format!("appointment {day} at {at}"),
        (Lang::En, Kind::Stay) => format!("we expect you {day}, at the hour of your letter"),
        (Lang::De, Kind::Consultation) => format!("Termin {day} um {at}"),
        (Lang::De, Kind::Stay) => format!("wir erwarten Sie {day}, zur Uhrzeit Ihrer Einladung"),
    };
    let call = match (lang, facts.site.phone.as_deref()) {
        (_, None) => String::new(),
        (Lang::Fr, Some(phone)) => format!(" Empêchement : {phone}"),
        (Lang::En, Some(phone)) => format!(" If you cannot come: {phone}"),
        (Lang::De, Some(phone)) => format!(" Verhindert: {phone}"),
    };
    let colon = if lang == Lang::Fr { " :" } else { ":" };
    let name = |clinic: &str| format!("{clinic}{colon} {told}.{call}");
    let whole = name(clinic);
    match whole.chars().count().checked_sub(SMS_MAX) {
        None | Some(0) => whole,
        // The clinic's name gives way, never the hour.
        Some(over) => {
            let kept = clinic.chars().count().saturating_sub(over).max(10);
            let short: String = clinic.chars().take(kept).collect();
            name(short.trim()).chars().take(SMS_MAX).collect()
        }
    }
}

/// A moment, as the chart says it.
pub(crate) fn moment_fr(at: &str) -> String {
    let Some(found) = fhir::date::parse(at) else { return at.to_string() };
    let day = long_day(local(found.lo_ms).date(), Lang::Fr);
    format!("{day}, {}", hour(found.lo_ms, Lang::Fr))
}

macro_rules! texts {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal)*) => {
        $(pub(crate) const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

texts! {
    ONLY_BY_THE_HUB "communication.only-by-the-hub"
        "Ce qui est annoncé aux patients ne se modifie pas directement : utilisez « Rappels » ou /api/v1/appointment-reminders."
        "What is announced to patients cannot be changed directly: use \"Reminders\" or /api/v1/appointment-reminders."
        "Was Patienten angekündigt wird, lässt sich nicht direkt ändern: Nutzen Sie „Erinnerungen“ oder /api/v1/appointment-reminders."
    WHICH "communication.which"
        "Nommez un rendez-vous (« appointment »), un patient (« patient ») ou un état (« state » : held, planned, sent)."
        "Name an appointment, a patient or a state (held, planned, sent)."
        "Nennen Sie einen Termin („appointment“), einen Patienten („patient“) oder einen Zustand („state“: held, planned, sent)."
    NO_APPOINTMENT "communication.no-appointment"
        "Ce rendez-vous n'existe pas, n'est pas confirmé ou est déjà passé : il n'y a rien à rappeler."
        "This appointment does not exist, is not booked or is over: there is nothing to remind of."
        "Diesen Termin gibt es nicht, er ist nicht gebucht oder vorbei: Es gibt nichts zu erinnern."
    NOT_OPEN "communication.not-open"
        "Ce rappel est déjà parti ou annulé. Relisez la liste."
        "This reminder was sent or cancelled already. Read the list again."
        "Diese Erinnerung wurde bereits gesendet oder abgebrochen. Lesen Sie die Liste neu."
    UNDER_WAY "communication.under-way"
        "Ce rappel est en train de partir. Relisez la liste dans un instant."
        "This reminder is leaving right now. Read the list again in a moment."
        "Diese Erinnerung geht gerade hinaus. Lesen Sie die Liste gleich neu."
    NOTHING_SET_UP "communication.nothing-set-up"
        "Aucun message ne part d'ici : ni courriel (« mail_… ») ni SMS (« sms_… ») ne sont configurés dans medhub.toml."
        "No message leaves from here: neither mail (\"mail_…\") nor text messages (\"sms_…\") are configured in medhub.toml."
        "Von hier geht keine Nachricht ab: Weder E-Mail („mail_…“) noch SMS („sms_…“) sind in medhub.toml eingerichtet."
    NO_PATIENT "communication.no-patient"
        "Ce patient n'existe pas. Choisissez-le dans la liste."
        "There is no such patient. Choose one of the list."
        "Diesen Patienten gibt es nicht. Wählen Sie ihn aus der Liste."
    NOBODY_CALLED "communication.nobody-called"
        "Indiquez qui est appelé (« to ») : de 1 à {max} personnes ou fonctions."
        "Say who is called (\"to\"): 1 to {max} people or roles."
        "Sagen Sie, wer gerufen wird („to“): 1 bis {max} Personen oder Rollen."
    UNKNOWN_CALLED "communication.unknown-called"
        "« to » contient des professionnels qui existent (« Practitioner/… ») et des fonctions de soin, comme anaesthetist."
        "\"to\" holds professionals who exist (\"Practitioner/…\") and roles of care, such as anaesthetist."
        "„to“ enthält vorhandene Fachpersonen („Practitioner/…“) und Rollen der Versorgung, etwa anaesthetist."
    ALERT_FILTER "communication.alert-filter"
        "« filter » vaut mine ou open ; ou nommez un patient (« patient »)."
        "\"filter\" is mine or open; or name a patient."
        "„filter“ ist mine oder open; oder nennen Sie einen Patienten („patient“)."
    ALERT_OVER "communication.alert-over"
        "Cette alerte est terminée, ou quelqu'un s'en occupe déjà. Relisez-la."
        "This alert is over, or somebody is at it already. Read it again."
        "Dieser Alarm ist beendet, oder jemand kümmert sich schon darum. Lesen Sie ihn neu."
    VERSION "communication.version"
        "Indiquez la « version » que vous avez lue."
        "Give the \"version\" that you have read."
        "Geben Sie die gelesene „version“ an."
    NEVER_REWRITTEN "communication.never-rewritten"
        "Ce qui a été dit ne se modifie pas et ne s'efface pas : envoyez un autre message."
        "What was said is neither changed nor deleted: send another message."
        "Was gesagt wurde, wird weder geändert noch gelöscht: Senden Sie eine weitere Nachricht."
    NO_PERSON "communication.no-person"
        "Ce compte n'est pas celui d'un professionnel de l'annuaire : il ne participe pas aux conversations. Demandez à l'administration de le relier."
        "This account is not that of a professional in the directory: it takes part in no conversation. Ask the administration to link it."
        "Dieses Konto gehört keiner Fachperson des Verzeichnisses: Es nimmt an keinem Gespräch teil. Bitten Sie die Verwaltung, es zu verknüpfen."
    NOBODY_ADDRESSED "communication.nobody-addressed"
        "Indiquez à qui vous écrivez (« to ») : de 1 à {max} personnes ou équipes."
        "Say to whom you write (\"to\"): 1 to {max} people or teams."
        "Sagen Sie, an wen Sie schreiben („to“): 1 bis {max} Personen oder Teams."
    UNKNOWN_ADDRESSED "communication.unknown-addressed"
        "« to » contient des professionnels qui existent (« Practitioner/… ») et des équipes : secretary, nurse, surgeon, anaesthetist, pharmacist."
        "\"to\" holds professionals who exist (\"Practitioner/…\") and teams: secretary, nurse, surgeon, anaesthetist, pharmacist."
        "„to“ enthält vorhandene Fachpersonen („Practitioner/…“) und Teams: secretary, nurse, surgeon, anaesthetist, pharmacist."
    OPPOSED "communication.opposed"
        "Ce patient s'oppose à votre accès à son dossier : vous ne pouvez pas ouvrir de conversation à son sujet."
        "This patient opposes your access to the record: you cannot begin a conversation about them."
        "Dieser Patient widerspricht Ihrem Zugriff auf die Akte: Sie können kein Gespräch über ihn beginnen."
    NOT_TAKING_PART "communication.not-taking-part"
        "On ne mentionne que les personnes qui participent à la conversation : ajoutez-les d'abord."
        "Only people who take part can be mentioned: bring them in first."
        "Nur Teilnehmende können erwähnt werden: Nehmen Sie sie zuerst auf."
    NOT_A_DOCUMENT "communication.not-a-document"
        "« documents » contient au plus {max} documents du dossier de ce patient, que vous pouvez lire (« DocumentReference/… »)."
        "\"documents\" holds at most {max} documents of this patient's chart that you may read (\"DocumentReference/…\")."
        "„documents“ enthält höchstens {max} Dokumente der Akte dieses Patienten, die Sie lesen dürfen („DocumentReference/…“)."
    KEY_USED "communication.key-used"
        "Cette clé (« key ») a déjà servi à envoyer autre chose. Renvoyez avec une nouvelle clé."
        "This \"key\" was used already to send something else. Send again with a new key."
        "Mit diesem Schlüssel („key“) wurde schon etwas anderes gesendet. Senden Sie mit einem neuen Schlüssel."
    CONVERSATION_FULL "communication.conversation-full"
        "Cette conversation est trop longue. Ouvrez-en une nouvelle."
        "This conversation is too long. Begin a new one."
        "Dieses Gespräch ist zu lang. Beginnen Sie ein neues."
    UPTO "communication.upto"
        "« upto » est le numéro du dernier message lu."
        "\"upto\" is the number of the last message that was read."
        "„upto“ ist die Nummer der letzten gelesenen Nachricht."
    LAST_ONE "communication.last-one"
        "Vous êtes la dernière personne de cette conversation : elle ne serait plus lue par personne."
        "You are the last one in this conversation: nobody could read it any more."
        "Sie sind die letzte Person in diesem Gespräch: Niemand könnte es mehr lesen."
    ABOUT_NOBODY "communication.about-nobody"
        "Cette conversation ne concerne aucun patient : il n'y a pas de dossier où la verser."
        "This conversation is about no patient: there is no chart to put it into."
        "Dieses Gespräch betrifft keinen Patienten: Es gibt keine Akte, in die es gehört."
    NOTHING_NEW "communication.nothing-new"
        "Tout ce qui a été dit est déjà dans le dossier."
        "All that was said is in the chart already."
        "Alles Gesagte ist bereits in der Akte."
    TALK_FILTER "communication.talk-filter"
        "« filter » vaut all, unread ou todo."
        "\"filter\" is all, unread or todo."
        "„filter“ ist all, unread oder todo."
    TOO_SHORT "communication.too-short"
        "Cherchez au moins deux lettres (« q »)."
        "Look for at least two letters (\"q\")."
        "Suchen Sie nach mindestens zwei Buchstaben („q“)."
    ALLOWED "communication.allowed"
        "« mail » et « sms » valent true ou false."
        "\"mail\" and \"sms\" are true or false."
        "„mail“ und „sms“ sind true oder false."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site {
            name: Some("Clinique des Tilleuls".into()),
            address: Some("12 rue des Tilleuls, 35000 Rennes".into()),
            phone: Some("02 99 00 00 00".into()),
        }
    }

    #[test]
    fn hour_and_place_and_nothing_else() {
        let site = site();
        let facts = |kind, lang| Facts {
            clinic: "Clinique des Tilleuls",
            start: 1_796_115_900_000,
            kind,
            site: &site,
            lang,
        };
        let fr = say(Channel::Mail, &facts(Kind::Consultation, Lang::Fr));
        assert!(fr.text.contains("le mardi 1er décembre 2026 à 10 h 05."), "{}", fr.text);
        assert!(fr.text.contains("prévenez-nous : 02 99 00 00 00."), "{}", fr.text);
        let stay = say(Channel::Mail, &facts(Kind::Stay, Lang::De));
        assert!(!stay.text.contains("10:05"), "{}", stay.text);
    }

    #[test]
    fn a_text_message_is_one_message() {
        let site = Site { phone: Some("+33 2 99 00 00 00".into()), ..Site::default() };
        for lang in [Lang::Fr, Lang::En, Lang::De] {
            for kind in [Kind::Consultation, Kind::Stay] {
                let clinic =
                    "Clinique internationale de chirurgie ambulatoire des Hauts de la Vilaine et du Golfe";
                let facts = Facts { clinic, start: 1_796_115_900_000, kind, site: &site, lang };
                let said = say(Channel::Sms, &facts);
                assert!(said.text.chars().count() <= SMS_MAX && said.text.contains("01"), "{}", said.text);
                assert!(said.text.contains("+33 2 99 00 00 00"), "{}", said.text);
            }
        }
    }
}
