//! From the algebra to SQL that SQLite and PostgreSQL both understand. Every number is an argument, so a
//! search of one shape is one prepared statement.

use super::node::{Keyed, Node, Scan, Window};
use crate::backend::{Hit, Select};
use std::fmt::Write;

/// Where the candidates of a stream come from, in the order of the sort key.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Keys(Vec<i64>),
    Scan(Scan),
    /// Versions of a type with `from < vid <= to`, in the order of commits: `vid` is the sort key as well,
    /// so nothing else can be tested.
    Log {
        kind: u16,
        from: i64,
        to: i64,
    },
}

/// One ordered stream of candidates.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub source: Source,
    /// What else a candidate must meet; only what [`Node::is_testable`].
    pub filter: Vec<Node>,
    /// Sort keys from, to; inclusive.
    pub times: (Option<i64>, Option<i64>),
}

/// Which part of a stream is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Only what a reader saw when this version was the newest.
    pub snapshot: i64,
    /// Only what comes after this.
    pub after: Option<Hit>,
    pub descending: bool,
    pub limit: usize,
}

struct Text {
    sql: String,
    args: Vec<i64>,
}

impl Text {
    fn new(sql: &str) -> Text {
        Text { sql: sql.to_string(), args: Vec::new() }
    }

    fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    fn arg(&mut self, value: i64) {
        self.args.push(value);
        let _ = write!(self.sql, "${}", self.args.len());
    }

    fn compare(&mut self, text: &str, value: i64) {
        self.push(text);
        self.arg(value);
    }
}

impl Stream {
    /// The statement that reads the next candidates.
    pub fn select(&self, cut: &Cut) -> Select {
        let (mut text, each) = self.from("SELECT d.time, d.vid");
        if let Source::Log { kind, from, to } = self.source {
            return log(kind, from, to, cut);
        }
        self.condition(&mut text, cut.snapshot);
        if let Some(after) = cut.after {
            text.compare(
                if cut.descending { " AND (d.time, d.vid) < (" } else { " AND (d.time, d.vid) > (" },
                after.time,
            );
            text.compare(", ", after.vid);
            text.push(")");
        }
        text.push(match cut.descending {
            true => " ORDER BY d.time DESC, d.vid DESC LIMIT ",
            false => " ORDER BY d.time, d.vid LIMIT ",
        });
        text.arg(cut.limit as i64);
        Select { sql: text.sql, args: text.args, each, descending: cut.descending, limit: cut.limit }
    }

    /// The statement that counts; `None` if several keys would count one version twice.
    pub fn count(&self, snapshot: i64) -> Option<Select> {
        let (mut text, each) = match &self.source {
            Source::Keys(keys) if keys.len() == 1 => {
                let mut text = Text::new("SELECT count(*) FROM ix d WHERE d.key = ");
                text.arg(keys[0]);
                (text, None)
            }
            Source::Keys(_) | Source::Log { .. } => return None,
            Source::Scan(_) => self.from("SELECT count(DISTINCT d.vid)"),
        };
        self.condition(&mut text, snapshot);
        Some(Select { sql: text.sql, args: text.args, each, descending: true, limit: 1 })
    }

    fn from(&self, select: &str) -> (Text, Option<Vec<i64>>) {
        let mut text = Text::new(select);
        match &self.source {
            Source::Keys(keys) if keys.len() == 1 => {
                text.compare(" FROM ix d WHERE d.key = ", keys[0]);
                (text, None)
            }
            Source::Keys(keys) => {
                text.push(" FROM ix d WHERE d.key = {key}");
                (text, Some(keys.clone()))
            }
            Source::Scan(scan) => {
                text.sql = text.sql.replace("SELECT d.time", "SELECT DISTINCT d.time");
                text.push(" FROM rng d WHERE ");
                scan_condition(&mut text, "d", scan);
                (text, None)
            }
            Source::Log { .. } => (text, None),
        }
    }

    fn condition(&self, text: &mut Text, snapshot: i64) {
        if let Some(from) = self.times.0 {
            text.compare(" AND d.time >= ", from);
        }
        if let Some(to) = self.times.1 {
            text.compare(" AND d.time <= ", to);
        }
        if snapshot != i64::MAX {
            text.compare(" AND d.vid <= ", snapshot);
        }
        text.compare(" AND NOT EXISTS (SELECT 1 FROM dead x WHERE x.vid = d.vid AND x.by <= ", snapshot);
        text.push(")");
        for node in &self.filter {
            text.push(" AND ");
            test(text, node);
        }
    }
}

/// Reads the versions themselves: the newest of each resource as of the snapshot. What was superseded since
/// then is still listed as dead; what was superseded before is not the newest.
fn log(kind: u16, from: i64, to: i64, cut: &Cut) -> Select {
    let mut text = Text::new("SELECT d.vid, d.vid FROM ver d JOIN res r ON r.rid = d.rid");
    text.compare(" WHERE r.kind = ", i64::from(kind));
    text.push(" AND d.op <> 3");
    let to = to.min(cut.snapshot);
    let (from, to) = match (cut.after, cut.descending) {
        (None, _) => (from, to),
        (Some(after), true) => (from, to.min(after.vid.saturating_sub(1))),
        (Some(after), false) => (from.max(after.vid), to),
    };
    text.compare(" AND d.vid > ", from);
    text.compare(" AND d.vid <= ", to);
    text.push(" AND (r.cur = d.vid OR EXISTS (SELECT 1 FROM dead x WHERE x.vid = d.vid");
    text.compare(" AND x.by > ", cut.snapshot);
    text.push("))");
    text.push(if cut.descending { " ORDER BY d.vid DESC LIMIT " } else { " ORDER BY d.vid LIMIT " });
    text.arg(cut.limit as i64);
    Select { sql: text.sql, args: text.args, each: None, descending: cut.descending, limit: cut.limit }
}

/// So many questions are asked by one statement of [`asks`].
pub const ASKED: usize = 16;

/// For each of up to [`ASKED`] keys, whether a version under it meets the filter: yields `(place, 1)` for
/// those that have one. Unused places ask again for the last key, so that there is one statement.
pub fn asks(keys: &[i64], filter: &[Node], snapshot: i64) -> Select {
    let mut text = Text::new("");
    for place in 0..ASKED {
        let Some(key) = keys.get(place).or(keys.last()) else { break };
        let stream =
            Stream { source: Source::Keys(vec![*key]), filter: filter.to_vec(), times: (None, None) };
        text.push(if place == 0 { "" } else { " UNION ALL " });
        text.push(&format!("SELECT CAST({place} AS BIGINT), CAST(1 AS BIGINT) WHERE EXISTS ("));
        text.compare("SELECT 1 FROM ix d WHERE d.key = ", *key);
        stream.condition(&mut text, snapshot);
        text.push(")");
    }
    Select { sql: text.sql, args: text.args, each: None, descending: true, limit: ASKED }
}

/// A count of at most `limit` entries under these keys or in these scans.
pub fn estimate(node: &Node, limit: usize) -> Vec<Select> {
    let wrap = |mut inner: Text, each| {
        inner.compare(" LIMIT ", limit as i64);
        inner.push(") e");
        Select { sql: inner.sql, args: inner.args, each, descending: true, limit: 1 }
    };
    match node {
        Node::Keys(keyed) => keyed
            .keys
            .iter()
            .map(|key| {
                let mut text = Text::new("SELECT count(*) FROM (SELECT 1 FROM ix d WHERE d.key = ");
                text.arg(*key);
                wrap(text, None)
            })
            .collect(),
        Node::Scans(scans) => scans
            .scans
            .iter()
            .map(|scan| {
                let mut text = Text::new("SELECT count(*) FROM (SELECT 1 FROM rng d WHERE ");
                scan_condition(&mut text, "d", scan);
                wrap(text, None)
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn scan_condition(text: &mut Text, alias: &str, scan: &Scan) {
    text.compare(&format!("{alias}.key = "), scan.key);
    let ends = [("lo", scan.lo), ("hi", scan.hi)];
    for (column, (from, to)) in ends {
        if from != i64::MIN {
            text.compare(&format!(" AND {alias}.{column} >= "), from);
        }
        if to != i64::MAX {
            text.compare(&format!(" AND {alias}.{column} <= "), to);
        }
    }
}

/// The condition that the candidate `d` meets a node.
fn test(text: &mut Text, node: &Node) {
    match node {
        Node::Everything | Node::Scans(_) => text.push("1 = 1"),
        Node::Nothing => text.push("1 = 0"),
        Node::Keys(keyed) => probe(text, keyed),
        Node::Commits { from, to } => {
            text.compare("(d.vid > ", *from);
            text.compare(" AND d.vid <= ", *to);
            text.push(")");
        }
        Node::Window(window) => within(text, window),
        Node::All(parts) => joined(text, parts, " AND "),
        Node::Any(parts) => joined(text, parts, " OR "),
        Node::Not(inner) => {
            text.push("NOT ");
            test(text, inner);
        }
    }
}

fn joined(text: &mut Text, parts: &[Node], word: &str) {
    text.push("(");
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            text.push(word);
        }
        test(text, part);
    }
    text.push(")");
}

/// One look-up by the whole primary key for each key.
fn probe(text: &mut Text, keyed: &Keyed) {
    text.push("EXISTS (SELECT 1 FROM ix p WHERE p.key ");
    if let [key] = keyed.keys.as_slice() {
        text.compare("= ", *key);
    } else {
        for (at, key) in keyed.keys.iter().enumerate() {
            text.compare(if at == 0 { "IN (" } else { ", " }, *key);
        }
        text.push(")");
    }
    text.push(" AND p.time = d.time AND p.vid = d.vid)");
}

fn within(text: &mut Text, window: &Window) {
    text.push("(1 = 1");
    if let Some(to) = window.to {
        text.compare(" AND d.time <= ", to);
    }
    if let (Some(from), Some(least)) = (window.from, window.least()) {
        text.compare(" AND (d.time >= ", least);
        text.compare(" OR EXISTS (SELECT 1 FROM rng r WHERE r.key IN (", window.month);
        text.compare(", ", window.long);
        text.compare(") AND r.lo = d.time AND r.hi >= ", from);
        text.push(" AND r.vid = d.vid))");
    }
    text.push(")");
}
