//! The sections of an operative report, and what the record says for each. Where the record says nothing and only a
//! person can tell, the section stays blank.

use super::narrative::GAP;
use super::source::Source;
use super::words::french;
use crate::anaesthesia::balance::Balance;
use crate::implant::device::name_of;
use crate::perioperative::entry::Stored;
use crate::perioperative::field::text_of;

/// Code, LOINC code, title: those of the kind of note « operative ».
pub(super) const SECTIONS: [(&str, Option<&str>, &str); 13] = [
    ("indication", Some("10219-4"), "Indication"),
    ("team", None, "Équipe"),
    ("anaesthesia", Some("59774-0"), "Anesthésie"),
    ("position", None, "Installation"),
    ("approach", None, "Voie d'abord"),
    ("findings", Some("59776-5"), "Constatations"),
    ("procedure", Some("29554-3"), "Déroulement"),
    ("implants", Some("55122-2"), "Implants"),
    ("specimens", Some("59773-2"), "Prélèvements"),
    ("losses", Some("59770-8"), "Pertes sanguines"),
    ("drains", Some("11537-8"), "Drainages"),
    ("incidents", Some("55109-9"), "Incidents"),
    ("orders", None, "Consignes post-opératoires"),
];

/// The text of a section, empty when the record says nothing.
pub(super) fn text(code: &str, source: &Source) -> String {
    match code {
        "indication" => source.reasons.join("\n"),
        "team" => lines(source.team.iter().map(|(part, name)| format!("{} : {name}", french(part)))),
        "anaesthesia" => anaesthesia(source),
        "position" => position(source),
        "approach" => source.extension("urn:medhub:case:approach").unwrap_or_default(),
        "procedure" => procedure(source),
        "implants" => or_none(implants(source), "Aucun implant enregistré au dossier."),
        "specimens" => or_none(specimens(source), "Aucun prélèvement enregistré au dossier."),
        "losses" => losses(source),
        "drains" => or_none(drains(source), "Aucun drainage enregistré au dossier."),
        "incidents" => or_none(incidents(source), "Aucun incident enregistré au dossier."),
        _ => String::new(),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn or_none(text: String, none: &str) -> String {
    if text.is_empty() { none.to_string() } else { text }
}

fn value<'s>(entry: &'s Stored, name: &str) -> Option<&'s str> {
    text_of(&entry.values, name)
}

/// What is known, one after the other.
fn joined(parts: &[Option<String>]) -> String {
    parts.iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

/// The hour of the clinic's wall clock.
fn hour(instant: &str) -> String {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    let moment = instant.parse::<jiff::Timestamp>().map(|moment| moment.to_zoned(zone));
    moment.map_or_else(|_| instant.to_string(), |at| at.strftime("%H h %M").to_string())
}

fn day(instant: &str) -> String {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    let moment = instant.parse::<jiff::Timestamp>().map(|moment| moment.to_zoned(zone));
    moment.map_or_else(|_| instant.to_string(), |at| at.strftime("%d/%m/%Y").to_string())
}

fn anaesthesia(source: &Source) -> String {
    let asked = source.extension("urn:medhub:case:anaesthesia");
    let values = source.consultation.as_ref().map(|found| found.values.as_slice()).unwrap_or_default();
    let planned = text_of(values, "plan").map(|plan| french(plan).to_string());
    let done = source.events().filter_map(|event| {
        let what = value(event, "event")?;
        let told = matches!(what, "intubation" | "laryngeal-mask" | "spinal" | "epidural" | "nerve-block");
        told.then(|| format!("{} à {}", french(what), hour(&event.time)))
    });
    let done: Vec<String> = done.collect();
    let asa = text_of(values, "asa").map(|asa| format!("ASA {asa}"));
    let antibiotic = source.anaesthesia.iter().filter(|e| e.kind.name == "drug").filter_map(|drug| {
        let known = matches!(value(drug, "code"), Some("cefazolin" | "clindamycin"));
        let dose = joined(&[value(drug, "dose").map(String::from), value(drug, "unit").map(String::from)]);
        known.then(|| {
            let name = value(drug, "name").unwrap_or_default();
            format!("Antibioprophylaxie : {name} {} à {}", dose.replace(", ", " "), hour(&drug.time))
        })
    });
    let kind = if done.is_empty() { planned.or(asked) } else { Some(done.join(", ")) };
    lines([kind, asa].into_iter().flatten().chain(antibiotic))
}

fn position(source: &Source) -> String {
    let positions = source.nursing("position").map(|entry| {
        let rest = [value(entry, "supports"), value(entry, "armRight"), value(entry, "armLeft")];
        let rest: Vec<Option<String>> = rest.into_iter().map(|t| t.map(String::from)).collect();
        let what = value(entry, "position").map(french).map(String::from);
        joined(&[vec![what], rest].concat())
    });
    let tourniquets = source.nursing("tourniquet").filter_map(|entry| {
        let site = french(value(entry, "site")?);
        Some(match value(entry, "action")? {
            "on" => {
                let pressure = value(entry, "pressure").unwrap_or(GAP);
                format!("Garrot {site} gonflé à {} ({pressure} mmHg)", hour(&entry.time))
            }
            _ => format!("Garrot {site} levé à {}", hour(&entry.time)),
        })
    });
    let skin = source.nursing("skin").filter_map(|entry| {
        let area = value(entry, "area").map(|area| format!(" ({area})")).unwrap_or_default();
        Some(format!("Antisepsie : {}{area}", french(value(entry, "product")?)))
    });
    lines(positions.chain(tourniquets).chain(skin))
}

fn procedure(source: &Source) -> String {
    let act = source.act().map(|act| {
        let code = source.ccam().filter(|code| !act.contains(code)).map(|code| format!(" (CCAM {code})"));
        format!("Acte : {act}{}", code.unwrap_or_default())
    });
    let side = source.case.side().map(|side| format!("Côté : {}", french(side)));
    let begun = source.milestone("in").or_else(|| source.milestone("incision"));
    let date = begun.map(|at| format!("Date : {}", day(&at)));
    let times = [
        ("in", "entrée en salle"),
        ("incision", "incision"),
        ("closure", "fermeture"),
        ("out", "sortie de salle"),
    ];
    let times =
        times.iter().filter_map(|(code, word)| Some(format!("{word} {}", hour(&source.milestone(code)?))));
    let times = times.collect::<Vec<_>>().join(", ");
    let times = (!times.is_empty()).then(|| format!("Heures : {times}"));
    let last = source.nursing("count").filter(|e| value(e, "phase") == Some("final")).last();
    let count = last.map(|count| match value(count, "decisionNote") {
        Some(note) => format!("Compte final : écart, décision notée ({note})"),
        None => "Compte final des compresses, aiguilles et instruments : exact".to_string(),
    });
    let irrigation = source.nursing("irrigation").filter_map(|entry| {
        Some(format!("Lavage : {} {} mL", value(entry, "product")?, value(entry, "volume")?))
    });
    let head = [act, side, date, times, count].into_iter().flatten().chain(irrigation);
    format!("{}\n{GAP}", lines(head))
}

fn implants(source: &Source) -> String {
    lines(source.implants.iter().map(|device| {
        let text = |name: &str, word: &str| device.get_str(name).map(|value| format!("{word} {value}"));
        let udi = device.each("udiCarrier").next().and_then(|udi| udi.get_str("deviceIdentifier"));
        joined(&[
            name_of(device).map(String::from),
            device.get_str("manufacturer").map(String::from),
            udi.map(|udi| format!("IUD-ID {udi}")),
            text("lotNumber", "lot"),
            text("serialNumber", "n° de série"),
            text("expirationDate", "péremption"),
        ])
    }))
}

fn specimens(source: &Source) -> String {
    lines(source.nursing("specimen").map(|entry| {
        let part = |name: &str| value(entry, name).map(|text| french(text).to_string());
        let side = part("side").filter(|side| side != "sans");
        joined(&[part("nature"), part("site"), side, part("container"), part("exam")])
    }))
}

fn losses(source: &Source) -> String {
    let lost = Balance::of(source.anaesthesia.iter()).volume("blood-loss");
    lost.map(|volume| format!("{volume} mL")).unwrap_or_default()
}

fn drains(source: &Source) -> String {
    lines(source.nursing("drain").map(|entry| {
        let part = |name: &str| value(entry, name).map(|text| french(text).to_string());
        let suction = part("suction").map(|suction| format!("aspiration {suction}"));
        let count = part("count").filter(|n| n != "1").map(|n| format!("{n} ×"));
        joined(&[count, part("type"), part("site"), part("size"), suction])
    }))
}

fn incidents(source: &Source) -> String {
    let nursing = source.nursing("incident").map(|entry| {
        let part = |name: &str| value(entry, name).map(String::from);
        let what = value(entry, "category").map(french).unwrap_or_default();
        format!("{} {} : {}", hour(&entry.time), what, joined(&[part("text"), part("action")]))
    });
    let serious = ["difficult-airway", "bronchospasm", "anaphylaxis", "cardiac-arrest", "arrhythmia"];
    let anaesthesia = source.events().filter_map(|event| {
        let what = value(event, "event").filter(|what| serious.contains(what))?;
        let text = value(event, "text").map(|text| format!(" : {text}")).unwrap_or_default();
        Some(format!("{} {}{text}", hour(&event.time), french(what)))
    });
    lines(nursing.chain(anaesthesia))
}
