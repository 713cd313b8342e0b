//! The algebra of the index: what a criterion becomes before it is SQL.

use super::limits;
use crate::index::keys::{DAY_MS, MONTH_MS};

/// A superset of the versions that meet a criterion, or exactly those.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// No restriction: the index cannot tell.
    Everything,
    Nothing,
    Keys(Keyed),
    Scans(Scans),
    Window(Window),
    /// Versions with `from < vid <= to`: a time of commit.
    Commits {
        from: i64,
        to: i64,
    },
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// Versions under any of these keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed {
    pub keys: Vec<i64>,
    /// How many versions that may be: a guess by the kind of parameter, or a count.
    pub weight: usize,
}

/// Versions with a range row in any of these.
#[derive(Clone, Debug, PartialEq)]
pub struct Scans {
    pub scans: Vec<Scan>,
    pub weight: usize,
}

/// Range rows of one key with `lo` and `hi` between these, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    pub key: i64,
    pub lo: (i64, i64),
    pub hi: (i64, i64),
}

/// A bound on the type's own date, which is the sort key. `from` misses what began earlier and lasted:
/// that stands in range rows under `long` (up to a month, longer).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Ends at or after this.
    pub from: Option<i64>,
    /// Begins at or before this.
    pub to: Option<i64>,
    pub month: i64,
    pub long: i64,
}

impl Window {
    /// The least sort key of what lasts a day at most.
    pub fn least(&self) -> Option<i64> {
        self.from.map(|from| from.saturating_sub(DAY_MS))
    }

    /// Range rows of what began before [`Window::least`] and still meets the bound.
    pub fn exceptions(&self) -> Vec<Scan> {
        let (Some(from), Some(least)) = (self.from, self.least()) else { return Vec::new() };
        let before = least.saturating_sub(1).min(self.to.unwrap_or(i64::MAX));
        vec![
            Scan { key: self.month, lo: (from.saturating_sub(MONTH_MS), before), hi: (from, i64::MAX) },
            Scan { key: self.long, lo: (i64::MIN, before), hi: (from, i64::MAX) },
        ]
    }
}

/// A node, and whether it holds for exactly what meets the criterion (up to a collision of 64-bit keyed
/// hashes). If not, the resource is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    pub node: Node,
    pub exact: bool,
    /// Where the node is exact for sort keys between these, if they are the resource's own date: a bound on
    /// that date is unsure only near its edge.
    pub sure: Option<(i64, i64)>,
}

const ALWAYS: Option<(i64, i64)> = Some((i64::MIN, i64::MAX));

impl Lowered {
    pub fn exact(node: Node) -> Lowered {
        Lowered { node, exact: true, sure: ALWAYS }
    }

    pub fn loose(node: Node) -> Lowered {
        Lowered { node, exact: false, sure: None }
    }

    pub fn unknown() -> Lowered {
        Lowered::loose(Node::Everything)
    }

    pub fn all(parts: impl IntoIterator<Item = Lowered>) -> Lowered {
        let (mut nodes, mut exact, mut sure) = (Vec::new(), true, ALWAYS);
        for part in parts {
            exact &= part.exact;
            sure = sure.zip(part.sure).map(|(a, b)| (a.0.max(b.0), a.1.min(b.1)));
            match part.node {
                Node::Everything => {}
                Node::Nothing => return Lowered::exact(Node::Nothing),
                Node::All(inner) => nodes.extend(inner),
                other => nodes.push(other),
            }
        }
        let node = match nodes.len() {
            0 => Node::Everything,
            1 => nodes.remove(0),
            _ => Node::All(nodes),
        };
        Lowered { node, exact, sure }
    }

    pub fn any(parts: impl IntoIterator<Item = Lowered>) -> Lowered {
        let (mut nodes, mut exact) = (Vec::new(), true);
        let mut keyed = Keyed { keys: Vec::new(), weight: 0 };
        let mut scans = Scans { scans: Vec::new(), weight: 0 };
        let mut everything = false;
        for part in parts {
            exact &= part.exact;
            match part.node {
                Node::Everything => everything = true,
                Node::Nothing => {}
                Node::Keys(more) => {
                    keyed.keys.extend(more.keys);
                    keyed.weight = keyed.weight.saturating_add(more.weight);
                }
                Node::Scans(more) => {
                    scans.scans.extend(more.scans);
                    scans.weight = scans.weight.saturating_add(more.weight);
                }
                Node::Any(inner) => nodes.extend(inner),
                other => nodes.push(other),
            }
        }
        if everything {
            return Lowered { node: Node::Everything, exact, sure: if exact { ALWAYS } else { None } };
        }
        keyed.keys.sort_unstable();
        keyed.keys.dedup();
        nodes.extend((!keyed.keys.is_empty()).then_some(Node::Keys(keyed)));
        nodes.extend((!scans.scans.is_empty()).then_some(Node::Scans(scans)));
        let node = match nodes.len() {
            0 => Node::Nothing,
            1 => nodes.remove(0),
            _ => Node::Any(nodes),
        };
        Lowered { node, exact, sure: if exact { ALWAYS } else { None } }
    }

    /// What does not meet the criterion. Of a loose node nothing can be said.
    pub fn negate(self) -> Lowered {
        match (self.exact, self.node) {
            (false, _) => Lowered::unknown(),
            (true, Node::Everything) => Lowered::exact(Node::Nothing),
            (true, Node::Nothing) => Lowered::exact(Node::Everything),
            (true, Node::Not(inner)) => Lowered::exact(*inner),
            (true, node) if node.is_testable() => Lowered::exact(Node::Not(Box::new(node))),
            (true, _) => Lowered::unknown(),
        }
    }

    pub fn keys(keys: Vec<i64>, weight: usize, exact: bool) -> Lowered {
        let node = if keys.is_empty() { Node::Nothing } else { Node::Keys(Keyed { keys, weight }) };
        Lowered { node, exact, sure: if exact { ALWAYS } else { None } }
    }
}

impl Node {
    /// Whether a candidate found elsewhere can be tested against the node by a few probes.
    pub fn is_testable(&self) -> bool {
        match self {
            Node::Keys(keyed) => keyed.keys.len() <= limits::PROBED_KEYS,
            Node::Scans(_) => false,
            Node::All(parts) | Node::Any(parts) => parts.iter().all(Node::is_testable),
            Node::Not(inner) => inner.is_testable(),
            Node::Everything | Node::Nothing | Node::Window(_) | Node::Commits { .. } => true,
        }
    }

    /// How many versions the node may lead to, if it can lead; `None` if it can only test.
    pub fn weight(&self) -> Option<usize> {
        match self {
            Node::Nothing => Some(0),
            Node::Keys(keyed) => Some(keyed.weight),
            Node::Scans(scans) => Some(scans.weight),
            Node::Any(parts) => {
                parts.iter().map(Node::weight).try_fold(0usize, |a, w| Some(a.saturating_add(w?)))
            }
            Node::All(parts) => parts.iter().filter_map(Node::weight).min(),
            Node::Everything | Node::Window(_) | Node::Commits { .. } | Node::Not(_) => None,
        }
    }

    pub fn has_scans(&self) -> bool {
        match self {
            Node::Scans(_) => true,
            Node::All(parts) | Node::Any(parts) => parts.iter().any(Node::has_scans),
            _ => false,
        }
    }
}
