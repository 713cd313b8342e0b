//! Finished cases from a table in a text file. Rows that cannot be used are counted by reason, never fatal.

use super::when::{Order, Stamp, minutes_between, order, stamp, unit};
use super::{Finished, MINUTES_MAX, Request};
use crate::fault::{Fault, Wrong};

/// The names of the columns to use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub procedure: String,
    pub approach: String,
    pub specialty: String,
    pub surgeon: Option<String>,
    pub start: String,
    pub end: String,
    /// Further columns with numbers that are known before the case.
    pub features: Vec<String>,
}

/// How many rows there were, and why some were not used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub rows: usize,
    pub used: usize,
    /// Fewer fields than the heading has columns that are needed.
    pub short: usize,
    /// No start, no end, or no act.
    pub missing: usize,
    /// A start or an end that is no time of a known form.
    pub unreadable: usize,
    /// Ends before it begins, or at once.
    pub negative: usize,
    /// Longer than a day.
    pub too_long: usize,
    /// Used, but an hour was added: the clock went back in that night.
    pub clock_change: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub cases: Vec<Finished>,
    pub counted: Counted,
}

/// Longer files are refused.
const BYTES_MAX: usize = 512 << 20;

/// Reads comma, semicolon or tab separated text with a heading.
///
/// # Errors
/// A file without a heading, or without a column that was named.
pub fn read(text: &str, columns: &Columns) -> Result<Table, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > BYTES_MAX {
        let wrong = Wrong::Outside { value: text.len() as i64, least: 0, most: BYTES_MAX as i64 };
        return Err(Fault { at: "file".into(), wrong });
    }
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|s| first.matches(*s).count()).unwrap_or(',');
    let mut records = Records { rest: text, separator };
    let heading = records.next().unwrap_or_default();
    let find = |name: &String| {
        let at = heading.iter().position(|h| h.trim().eq_ignore_ascii_case(name.trim()));
        at.ok_or_else(|| Fault { at: "heading".into(), wrong: Wrong::Unknown(format!("column {name:?}")) })
    };
    let names = [&columns.procedure, &columns.approach, &columns.specialty, &columns.start, &columns.end];
    let mut at = Vec::new();
    for name in names.into_iter().chain(columns.surgeon.as_ref()).chain(&columns.features) {
        at.push(find(name)?);
    }
    let needed = at.iter().max().copied().unwrap_or(0);
    let mut table = Table::default();
    let mut rows: Vec<(Request, Stamp, Stamp)> = Vec::new();
    let all: Vec<Vec<String>> = records.filter(|r| r.iter().any(|field| !field.trim().is_empty())).collect();
    let times = all.iter().flat_map(|r| [r.get(at[3]), r.get(at[4])]).flatten();
    let order = order(times.map(String::as_str));
    for record in &all {
        table.counted.rows += 1;
        if record.len() <= needed {
            table.counted.short += 1;
            continue;
        }
        if let Some(row) = row(record, &at, columns, order, &mut table.counted) {
            rows.push(row);
        }
    }
    finish(rows, &mut table);
    Ok(table)
}

fn row(
    record: &[String],
    at: &[usize],
    columns: &Columns,
    order: Order,
    counted: &mut Counted,
) -> Option<(Request, Stamp, Stamp)> {
    let field = |i: usize| record[at[i]].trim();
    if [0, 3, 4].iter().any(|i| is_missing(field(*i))) {
        counted.missing += 1;
        return None;
    }
    let (Some(start), Some(end)) = (stamp(field(3), order), stamp(field(4), order)) else {
        counted.unreadable += 1;
        return None;
    };
    let surgeon = columns.surgeon.as_ref().map(|_| field(5).to_string()).filter(|s| !is_missing(s));
    let first = 5 + usize::from(columns.surgeon.is_some());
    let number = |i: usize| field(first + i).parse().unwrap_or(f32::NAN);
    let request = Request {
        procedure: field(0).to_string(),
        approach: field(1).to_string(),
        specialty: field(2).to_string(),
        surgeon,
        features: (0..columns.features.len()).map(number).collect(),
    };
    Some((request, start, end))
}

fn is_missing(field: &str) -> bool {
    ["", "na", "n/a", "nan", "null", "none"].iter().any(|word| field.eq_ignore_ascii_case(word))
}

/// Durations of all rows, once the unit of bare numbers is known.
fn finish(rows: Vec<(Request, Stamp, Stamp)>, table: &mut Table) {
    let unit = unit(rows.iter().map(|(_, start, end)| (*start, *end)));
    for (request, start, end) in rows {
        let Some((minutes, changed)) = minutes_between(start, end, unit) else {
            table.counted.unreadable += 1;
            continue;
        };
        if minutes <= 0.0 {
            table.counted.negative += 1;
        } else if minutes > MINUTES_MAX {
            table.counted.too_long += 1;
        } else {
            table.counted.used += 1;
            table.counted.clock_change += usize::from(changed);
            table.cases.push(Finished { request, minutes });
        }
    }
}

/// The records of RFC 4180: quoted fields may hold separators, line breaks and doubled quotes.
struct Records<'a> {
    rest: &'a str,
    separator: char,
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if quoted && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                    chars.next();
                    field.push('"');
                }
                '"' => quoted = !quoted,
                '\n' if !quoted => {
                    end = at + 1;
                    break;
                }
                c if c == self.separator && !quoted => fields.push(std::mem::take(&mut field)),
                '\r' if !quoted => {}
                c => field.push(c),
            }
        }
        fields.push(field);
        self.rest = &self.rest[end..];
        Some(fields)
    }
}
