//! How a lowered criterion is run: which part leads, which parts only test.

use super::limits;
use super::node::{Keyed, Lowered, Node, Window};
use super::sql::{Source, Stream};

/// Streams that together yield a superset of the matches of one type, each newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub streams: Vec<Stream>,
    /// Whether they yield exactly the matches, so that no resource need be looked at.
    pub exact: bool,
    /// Sort keys between which candidates are matches, unless the key is only their time of commit.
    pub sure: Option<(i64, i64)>,
    /// Whether one version may come from two streams, or twice from one.
    pub overlapping: bool,
    /// How many candidates the leader may yield.
    pub weight: usize,
}

impl Plan {
    pub fn nothing() -> Plan {
        Plan { streams: Vec::new(), exact: true, sure: None, overlapping: false, weight: 0 }
    }
}

/// Chooses the part with the least weight as leader. `all` is the key of every resource of the type.
pub fn plan(lowered: Lowered, all: i64) -> Plan {
    let mut parts = match lowered.node {
        Node::Nothing => return Plan::nothing(),
        Node::Everything => Vec::new(),
        Node::All(parts) => parts,
        other => vec![other],
    };
    let windows = take_windows(&mut parts);
    let leader = lead(&mut parts, false);
    let everything = leader.is_none();
    let leader = leader.unwrap_or(Node::Keys(Keyed { keys: vec![all], weight: usize::MAX }));
    let (mut filter, dropped): (Vec<Node>, Vec<Node>) = parts.into_iter().partition(Node::is_testable);
    let mut complete = dropped.is_empty();
    let weight = leader.weight().unwrap_or(usize::MAX);
    let wide = everything || weight >= limits::ESTIMATE;
    let window = windows.into_iter().reduce(|a, b| merge(&a, &b));
    let mut streams = Vec::new();
    match window {
        // Few candidates: each is tested for the window.
        Some(window) if !wide => {
            filter.push(Node::Window(window));
            complete &= sources(&leader, &filter, &mut streams);
        }
        Some(window) => {
            let from = streams.len();
            complete &= sources(&leader, &filter, &mut streams);
            for stream in &mut streams[from..] {
                stream.times = (window.least(), window.to);
            }
            // What began earlier and still lasted comes from the range rows, tested by the leader.
            let tested = everything || leader.is_testable();
            complete &= tested;
            let mut filter = filter.clone();
            filter.extend((!everything && tested).then(|| leader.clone()));
            streams.extend(window.exceptions().into_iter().map(|scan| Stream {
                source: Source::Scan(scan),
                filter: filter.clone(),
                times: (None, None),
            }));
        }
        None => {
            complete &= sources(&leader, &filter, &mut streams);
        }
    }
    let sure = lowered.sure.filter(|_| complete);
    Plan { overlapping: streams.len() > 1, exact: lowered.exact && complete, sure, weight, streams }
}

fn take_windows(parts: &mut Vec<Node>) -> Vec<Window> {
    let mut windows = Vec::new();
    parts.retain(|part| match part {
        Node::Window(window) => {
            windows.push(*window);
            false
        }
        _ => true,
    });
    windows
}

/// Both bounds at once: the later beginning and the earlier end.
fn merge(a: &Window, b: &Window) -> Window {
    let pick = |a: Option<i64>, b: Option<i64>, of: fn(i64, i64) -> i64| match (a, b) {
        (Some(a), Some(b)) => Some(of(a, b)),
        (a, b) => a.or(b),
    };
    Window { from: pick(a.from, b.from, i64::max), to: pick(a.to, b.to, i64::min), ..*a }
}

/// Takes the best leader out of the parts. A range that holds much leads only if it must: it is read whole
/// before its first candidate is known.
fn lead(parts: &mut Vec<Node>, must: bool) -> Option<Node> {
    let weigh = |node: &Node| node.weight().filter(|w| must || *w <= limits::SORTED || !node.has_scans());
    let best = (0..parts.len()).filter_map(|at| Some((weigh(&parts[at])?, at))).min()?;
    Some(parts.remove(best.1))
}

/// The streams of a leading node; returns whether they are exact.
fn sources(leader: &Node, filter: &[Node], out: &mut Vec<Stream>) -> bool {
    let stream = |source| Stream { source, filter: filter.to_vec(), times: (None, None) };
    match leader {
        Node::Keys(keyed) => {
            out.push(stream(Source::Keys(keyed.keys.clone())));
            true
        }
        Node::Scans(scans) => {
            out.extend(
                scans
                    .scans
                    .iter()
                    .filter(|s| s.lo.0 <= s.lo.1 && s.hi.0 <= s.hi.1)
                    .map(|scan| stream(Source::Scan(*scan))),
            );
            true
        }
        Node::Any(parts) => parts.iter().map(|part| sources(part, filter, out)).fold(true, |a, b| a & b),
        Node::All(parts) => {
            let mut parts = parts.clone();
            let Some(leader) = lead(&mut parts, true) else { return false };
            let (tests, dropped): (Vec<Node>, Vec<Node>) = parts.into_iter().partition(Node::is_testable);
            let mut filter = filter.to_vec();
            filter.extend(tests);
            sources(&leader, &filter, out) & dropped.is_empty()
        }
        Node::Nothing => true,
        Node::Everything | Node::Window(_) | Node::Commits { .. } | Node::Not(_) => false,
    }
}
