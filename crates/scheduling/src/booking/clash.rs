//! Whether a booking can stand beside the others: what it wants that is taken, closed or absent. The one check, of
//! the rule inside the transaction as of the answers from memory.

use super::{Booking, Kind, Take};
use crate::closure::Span;
use crate::zone::MINUTE;
use std::sync::Arc;
use store::Result;

/// What a resource is, for the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub name: String,
    pub kind: ResourceKind,
    /// How many there are.
    pub capacity: usize,
    /// Minutes.
    pub turnaround: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    Room,
    Person,
    Patient,
    Equipment,
    Tray,
    Recovery,
    IntensiveCare,
}

impl ResourceKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ResourceKind::Room => "room",
            ResourceKind::Person => "person",
            ResourceKind::Patient => "patient",
            ResourceKind::Equipment => "equipment",
            ResourceKind::Tray => "tray",
            ResourceKind::Recovery => "recovery",
            ResourceKind::IntensiveCare => "intensive-care",
        }
    }
}

/// Where the check looks.
pub(crate) trait World {
    /// `None` for what can be taken any number of times (a consulting floor).
    fn resource(&mut self, what: &str) -> Result<Option<Resource>>;
    /// The bookings that take the resource somewhere between the two moments, or begin near enough before.
    fn takers(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Arc<Booking>>>;
    /// When the resource is closed or absent between the two moments.
    fn closed(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Span>>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// By another booking.
    Taken(Arc<Booking>),
    Closed(Span),
    /// The room has not what the case asks of it: the capability's code.
    Lacking(String),
    /// Nobody has such a thing: it was deleted, or never was.
    Unknown,
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    pub what: String,
    /// Of a person: what they would do.
    pub role: &'static str,
    pub resource: Resource,
    pub cause: Cause,
    /// What is wanted and not there.
    pub from: i64,
    pub until: i64,
}

impl Clash {
    pub fn minutes(&self) -> i64 {
        ((self.until - self.from) / MINUTE).max(1)
    }
}

/// Whom a check leaves out: bookings that the same change ends or moves, by id.
pub(crate) type Ignored<'a> = &'a dyn Fn(&Booking) -> bool;

/// Everything that stands in the way of a booking; `held` are takes that it has already and need no asking.
pub(crate) fn clashes(
    world: &mut dyn World,
    booking: &Booking,
    held: &[Take],
    ignored: Ignored<'_>,
) -> Result<Vec<Clash>> {
    let mut found = Vec::new();
    if booking.kind == Kind::Other || booking.kind == Kind::Consultation && booking.overbooked {
        return Ok(found);
    }
    let mut seen: Vec<&Take> = Vec::new();
    for take in &booking.takes {
        // Several of one pool are asked for once, together.
        let count = booking.takes.iter().filter(|t| *t == take).count();
        if seen.contains(&take) || held.iter().filter(|t| *t == take).count() >= count {
            continue;
        }
        seen.push(take);
        let Some(resource) = world.resource(&take.what)? else { continue };
        let want = stretched(take, &resource);
        let who = booking.team.iter().find(|m| m.who == take.what);
        let clash = |cause: Cause, from: i64, until: i64| Clash {
            what: take.what.clone(),
            role: who.map_or("", |m| m.role),
            resource: resource.clone(),
            cause,
            from,
            until,
        };
        if resource.capacity == 0 {
            found.push(clash(Cause::Unknown, want.from, want.until));
            continue;
        }
        for span in world.closed(&take.what, want.from, want.until)? {
            let (from, until) = (span.from.max(want.from), span.until.min(want.until));
            if from < until {
                found.push(clash(Cause::Closed(span), from, until));
            }
        }
        let mut others: Vec<(Take, Arc<Booking>)> = Vec::new();
        for other in world.takers(&take.what, want.from, want.until)? {
            if other.id == booking.id || !other.status.takes() || ignored(&other) {
                continue;
            }
            let theirs = other.takes.iter().map(|t| stretched(t, &resource)).filter(|t| t.meets(&want));
            others.extend(theirs.map(|t| (t, other.clone())).collect::<Vec<_>>());
        }
        if let Some((from, until, holder)) = overfull(&want, count, resource.capacity, &others) {
            found.push(clash(Cause::Taken(holder), from, until));
        }
    }
    Ok(found)
}

/// A take with the time until the resource can be used again.
fn stretched(take: &Take, resource: &Resource) -> Take {
    let more = if take.told || !take.is_device() { 0 } else { resource.turnaround * MINUTE };
    Take { until: take.until + more, ..take.clone() }
}

/// The first stretch of what is wanted in which there are too few, and who holds it.
fn overfull(
    want: &Take,
    count: usize,
    capacity: usize,
    others: &[(Take, Arc<Booking>)],
) -> Option<(i64, i64, Arc<Booking>)> {
    let mut edges: Vec<i64> = vec![want.from, want.until];
    edges.extend(others.iter().flat_map(|(t, _)| [t.from.max(want.from), t.until.min(want.until)]));
    edges.sort_unstable();
    edges.dedup();
    let full =
        |at: i64| others.iter().filter(|(t, _)| t.from <= at && at < t.until).count() + count > capacity;
    let mut stretch: Option<(i64, i64)> = None;
    for pair in edges.windows(2) {
        match (full(pair[0]), stretch) {
            (true, None) => stretch = Some((pair[0], pair[1])),
            (true, Some((from, until))) if until == pair[0] => stretch = Some((from, pair[1])),
            _ => {}
        }
    }
    let (from, until) = stretch?;
    let holder =
        others.iter().filter(|(t, _)| t.from < until && from < t.until).max_by_key(|(t, _)| t.until)?;
    Some((from, until, holder.1.clone()))
}
