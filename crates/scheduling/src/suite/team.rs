//! Who and what a case needs besides its surgeon, and who of the site is free.

use crate::booking::clash::World;
use crate::booking::{Booking, Extra, Member, Take};
use crate::case::Case;
use crate::index::{At, Index};
use crate::place::Place;
use crate::zone::{DAY, MINUTE};

/// Minutes in the recovery room where the case does not say.
const RECOVERY: i64 = 60;

/// Topical and local anaesthesia need no anaesthetist at the table.
pub(crate) fn needs_anaesthetist(case: &Case) -> bool {
    !case.local
}

/// The devices and beds of a case that begins at `start` and lasts `lasts` milliseconds, with when they are held.
pub(crate) fn extras(
    index: &Index,
    case: &Case,
    facility: Option<&str>,
    start: i64,
    lasts: i64,
) -> Vec<Extra> {
    let end = start + lasts;
    let mut out = Vec::new();
    for need in &case.needs {
        match need.kind.as_str() {
            "equipment" | "tray" => {
                let Some(device) = device(index, &need.what, facility) else { continue };
                let until = end + device.turnaround * MINUTE;
                let one = Extra { what: device.what.clone(), from: start, until };
                out.extend(std::iter::repeat_n(one, need.count));
            }
            "intensive-care" => {
                let until = end + case.nights.clamp(1, 30) * DAY;
                out.extend(beds(index, facility, true).map(|what| Extra { what, from: end, until }));
            }
            _ => {}
        }
    }
    let intensive = case.needs.iter().any(|n| n.kind == "intensive-care");
    if needs_anaesthetist(case) && !intensive {
        let until = end + RECOVERY * MINUTE;
        out.extend(beds(index, facility, false).map(|what| Extra { what, from: end, until }));
    }
    out
}

/// The device that a need names: by reference, else by name at the site.
fn device<'a>(index: &'a Index, what: &str, facility: Option<&str>) -> Option<&'a crate::place::Device> {
    if what.starts_with("Device/") {
        return index.devices.get(what);
    }
    let here = |d: &&crate::place::Device| {
        d.facility.is_none() || facility.is_none() || d.facility.as_deref() == facility
    };
    let mut all: Vec<_> = index.devices.values().filter(here).collect();
    all.sort_by(|a, b| a.what.cmp(&b.what));
    all.into_iter().find(|d| d.name.eq_ignore_ascii_case(what))
}

fn beds(index: &Index, facility: Option<&str>, intensive: bool) -> impl Iterator<Item = String> {
    let mut all: Vec<&crate::place::Beds> = index
        .places
        .values()
        .filter_map(|place| match place {
            Place::Beds(beds) if beds.intensive == intensive => Some(beds),
            _ => None,
        })
        .filter(|beds| Some(beds.facility.as_str()) == facility)
        .collect();
    all.sort_by(|a, b| a.what.cmp(&b.what));
    all.first().map(|beds| beds.what.clone()).into_iter()
}

/// The case's surgeon, and of the others who is free then. An anaesthetist that the case needs is named even when
/// none is free, so that the check says who is in the way.
pub(crate) fn choose(
    index: &Index,
    case: &Case,
    facility: Option<&str>,
    (start, end): (i64, i64),
    (now, booking): (i64, Option<&str>),
) -> Vec<Member> {
    let mut team: Vec<Member> = Vec::new();
    if let Some(surgeon) = &case.surgeon {
        team.push(Member { role: "surgeon", who: surgeon.clone() });
    }
    let mut wanted = vec!["scrub-nurse", "circulating-nurse"];
    if needs_anaesthetist(case) {
        wanted.insert(0, "anaesthetist");
    }
    for role in wanted {
        let all = index.people_at(facility, role);
        let not_yet = |who: &str| !team.iter().any(|m| m.who == who);
        // The one who has least to do that day, so that work is spread.
        let mut others: Vec<(usize, &String)> = all
            .iter()
            .filter(|(who, _)| not_yet(who))
            .map(|(who, _)| (index.of(who, start - DAY / 2, start + DAY / 2).count(), *who))
            .collect();
        others.sort();
        let free = others.iter().find(|(_, who)| is_free(index, who, (start, end), now, booking));
        let named = free.or(others.first().filter(|_| role == "anaesthetist"));
        if let Some((_, who)) = named {
            team.push(Member { role, who: (*who).clone() });
        }
    }
    team
}

fn is_free(index: &Index, who: &str, (start, end): (i64, i64), now: i64, booking: Option<&str>) -> bool {
    let want = Take { what: who.to_string(), from: start, until: end, told: true };
    let mut world = At { index, now };
    let takers = world.takers(who, start, end).unwrap_or_default();
    let meets = |b: &Booking| Some(b.id.as_str()) != booking && b.takes.iter().any(|t| t.meets(&want));
    let away = world.closed(who, start, end).unwrap_or_default();
    !takers.iter().any(|b| meets(b)) && !away.iter().any(|s| s.from < end && start < s.until)
}
