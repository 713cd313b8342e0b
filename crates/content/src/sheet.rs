//! Everything that a document says, put together once: what its template is handed, and what is kept to print the
//! very same pages again.

use crate::chart::Chart;
use crate::field::cents;
use crate::kind::Kind;
use crate::prefill::{breakable, leaflet, printed};
use crate::words::{code, maybe, text};
use crate::zone;
use fhir::Json;

/// What tells the document from all others.
pub(crate) struct Name {
    pub id: String,
    /// `7F3K-92QM-XK4T`
    pub check: String,
}

impl Name {
    pub fn new(id: String) -> Name {
        let check = check(&id);
        Name { id, check }
    }
}

/// The verification code of a document: sixty bits of a hash of its id, in Crockford's letters.
fn check(id: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let hash = seal::sha256(format!("urn:medhub:document:{id}").as_bytes());
    let mut bits = hash.iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    let mut out = String::new();
    for place in 0..12 {
        if place > 0 && place % 4 == 0 {
            out.push('-');
        }
        out.push(char::from(LETTERS[(bits >> 59) as usize & 31]));
        bits <<= 5;
    }
    out
}

/// The data of a document. The member `inscode` is what the Datamatrix holds.
pub(crate) fn data(kind: &Kind, chart: &Chart, values: &Json<'static>, name: &Name) -> Json<'static> {
    let lang = chart.lang;
    let today = zone::day_of(chart.now);
    let case = chart.case.as_ref();
    let lines = |field: &str| {
        let text_of = values.get_str(field).unwrap_or_default().to_string();
        let lines = text_of.lines().map(str::trim).filter(|line| !line.is_empty());
        Json::array(lines.map(text).collect::<Vec<_>>())
    };
    let risks = Json::object([
        ("frequent", lines("frequent")),
        ("serious", lines("serious")),
        ("alternatives", maybe(values.get_str("alternatives"))),
        ("refusal", maybe(values.get_str("refusal"))),
    ]);
    let sections = chart
        .notes
        .report
        .iter()
        .filter(|section| section.is_whole())
        .map(|section| Json::object([("title", text(&*section.title)), ("text", text(&*section.text))]));
    let data = Json::object([
        ("lang", text(code(lang))),
        ("title", text(kind.title.tell(lang))),
        ("subtitle", maybe(case.map(|case| case.subtitle()))),
        ("check", text(&*name.check)),
        ("reference", text(name.id.chars().take(8).collect::<String>())),
        ("day", text(today.to_string())),
        ("date", text(zone::long(today, lang))),
        ("place", text(chart.clinic.town.clone().unwrap_or_else(|| chart.clinic.name.clone()))),
        ("clinic", chart.clinic.json()),
        ("author", chart.author.json()),
        ("patient", chart.patient.json()),
        ("gp", maybe(chart.patient.gp.clone())),
        ("cover", Json::array(chart.around.cover.iter().map(|one| text(one.clone())))),
        ("contact", maybe(chart.around.contact.clone())),
        ("trusted", maybe(chart.around.trusted.clone())),
        ("case", case.map_or(Json::Null, |case| case.json())),
        ("leaflet", leaflet(chart).map_or(Json::Null, |leaflet| leaflet.json(lang))),
        ("risks", risks),
        ("report", Json::object([("sections", Json::array(sections))])),
        ("quote", quote(values)),
        ("values", printed(kind, values, lang)),
    ]);
    let mut data = wrapped(data);
    if let Some(object) = data.as_object_mut() {
        object.set("inscode", maybe(chart.patient.datamatrix.clone()));
    }
    data
}

fn wrapped(json: Json<'static>) -> Json<'static> {
    match json {
        Json::String(long) => text(breakable(&long)),
        Json::Array(items) => Json::array(items.into_iter().map(wrapped)),
        Json::Object(object) => {
            Json::object(object.iter().map(|(name, value)| (name.to_string(), wrapped(value.clone()))))
        }
        other => other,
    }
}

/// `1 234,50`
fn euros(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02}", cents % 100)
}

/// The lines of a quote with what exceeds the base, and the sums; in whole cents.
fn quote(values: &Json<'static>) -> Json<'static> {
    let (mut base, mut total, mut extra) = (0, 0, 0);
    let lines: Vec<Json<'static>> = values
        .each("lines")
        .map(|line| {
            let amount = |name: &str| line.get_str(name).and_then(cents).unwrap_or(0);
            let (own_base, fee) = (amount("base"), amount("fee"));
            let over = (fee - own_base).max(0);
            (base, total, extra) = (base + own_base, total + fee, extra + over);
            Json::object([
                ("code", maybe(line.get_str("code"))),
                ("label", maybe(line.get_str("label"))),
                ("base", text(euros(own_base))),
                ("fee", text(euros(fee))),
                ("extra", text(euros(over))),
            ])
        })
        .collect();
    Json::object([
        ("lines", Json::Array(lines)),
        ("base", text(euros(base))),
        ("total", text(euros(total))),
        ("extra", text(euros(extra))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_codes_are_written() {
        assert_eq!(euros(123_450), "1\u{a0}234,50");
        assert_eq!(euros(7), "0,07");
        let name = Name::new("a".into());
        assert_eq!(name.check, Name::new("a".into()).check);
        assert_ne!(name.check, Name::new("b".into()).check);
        assert_eq!(name.check.len(), 14);
    }
}
