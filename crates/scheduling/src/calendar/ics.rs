//! iCalendar (RFC 5545), as much as a list of busy times needs.

use fhir::date::instant_format;

/// How the ids of our entries end: an import knows them again.
pub(super) const OURS: &str = "@medhub";

/// One entry.
pub(super) struct Event {
    pub uid: String,
    pub start: i64,
    pub end: i64,
    pub summary: String,
}

/// The calendar; lines end with CRLF and are folded at 75 bytes.
pub(super) fn calendar(name: &str, now: i64, events: &[Event]) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_string(),
        "VERSION:2.0".into(),
        "PRODID:-//Medical Hub//Scheduling//FR".into(),
        "CALSCALE:GREGORIAN".into(),
        format!("X-WR-CALNAME:{}", escaped(name)),
    ];
    for event in events {
        lines.extend([
            "BEGIN:VEVENT".into(),
            format!("UID:{}", event.uid),
            format!("DTSTAMP:{}", stamp(now)),
            format!("DTSTART:{}", stamp(event.start)),
            format!("DTEND:{}", stamp(event.end)),
            format!("SUMMARY:{}", escaped(&event.summary)),
            "CLASS:PRIVATE".into(),
            "END:VEVENT".into(),
        ]);
    }
    lines.push("END:VCALENDAR".into());
    lines.iter().map(|line| folded(line)).collect()
}

/// `20261123T070000Z`.
fn stamp(ms: i64) -> String {
    let text = instant_format(ms);
    let whole = text.split('.').next().unwrap_or_default().replace(['-', ':'], "");
    format!("{}Z", whole.trim_end_matches('Z'))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_escaped() {
        let event = Event {
            uid: "a@medhub".into(),
            start: 1_795_417_200_000,
            end: 1_795_420_800_000,
            summary: format!("Bloc – salle; 2, {}", "é".repeat(60)),
        };
        let text = calendar("Agenda", 1_795_334_400_000, &[event]);
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert!(text.contains("DTSTART:20261123T070000Z\r\n"), "{text}");
        assert!(text.contains("SUMMARY:Bloc – salle\\; 2\\, é"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    }
}
