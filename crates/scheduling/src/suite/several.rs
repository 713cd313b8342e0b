//! Several bookings at once: each checked against what the others become, all written or none.

use super::change::may_move;
use super::check::case_of;
use super::save::{Change, stored};
use super::team::choose;
use super::wish::{Checked, Wish, check, check_move};
use crate::booking::clash::Clash;
use crate::booking::{Booking, Member};
use crate::index::{Index, Shelf};
use crate::zone::{DAY, MINUTE};
use fhir::Json;
use service::RouteCtx;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Error, Result};

/// One move of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// `ServiceRequest/…`.
    pub case: String,
    /// The booking that moves; `None` = the case waits.
    pub booking: Option<String>,
    /// `None`: out of the plan.
    pub to: Option<Wish>,
}

pub(crate) enum Ready {
    Changes(Vec<Change>),
    /// The first that cannot be where it should go.
    Clash(Box<Booking>, Vec<Clash>),
}

/// Makes the changes of a set of moves.
///
/// # Errors
/// `NotFound` for a booking that is gone; what is locked, over or begun; `Unavailable`.
pub(crate) async fn ready(cx: &RouteCtx, shelf: &Shelf, moves: &[Move]) -> Result<Ready> {
    let now = cx.ctx.clock.now_ms();
    let mut jsons: HashMap<String, (Json<'static>, u64)> = HashMap::new();
    for id in moves.iter().filter_map(|m| m.booking.as_ref()) {
        jsons.insert(id.clone(), stored(cx, id).await?);
    }
    let result = shelf.read(|index| settle(cx, index, moves, &jsons, now));
    let mut changes = match result? {
        Ok(changes) => changes,
        Err((booking, clashes)) => return Ok(Ready::Clash(booking, clashes)),
    };
    let mut lapsed = Vec::new();
    for change in &changes {
        if let Some(booking) = Booking::of(&change.json, 0) {
            for one in super::save::lapsed(cx, shelf, &booking).await? {
                if !lapsed.iter().chain(&changes).any(|c: &Change| c.id == one.id) {
                    lapsed.push(one);
                }
            }
        }
    }
    lapsed.append(&mut changes);
    Ok(Ready::Changes(lapsed))
}

type Settled = std::result::Result<Vec<Change>, (Box<Booking>, Vec<Clash>)>;

fn settle(
    cx: &RouteCtx,
    index: &Index,
    moves: &[Move],
    jsons: &HashMap<String, (Json<'static>, u64)>,
    now: i64,
) -> Result<Settled> {
    let starts: Vec<i64> = moves.iter().filter_map(|m| m.to.as_ref()).map(|w| w.start).collect();
    let (first, last) =
        (starts.iter().min().copied().unwrap_or(now), starts.iter().max().copied().unwrap_or(now));
    let mut scratch = index.scratch(first - DAY, last + 2 * DAY);
    let mut olds: HashMap<&str, Arc<Booking>> = HashMap::new();
    for id in moves.iter().filter_map(|m| m.booking.as_deref()) {
        let old = index.bookings.get(id).cloned().ok_or(Error::NotFound)?;
        scratch.drop_booking(id);
        olds.insert(id, old);
    }
    // Whose team is named comes first; then those whose team is chosen, so that who looks free is free.
    let mut ordered: Vec<&Move> = moves.iter().collect();
    ordered.sort_by_key(|m| m.to.as_ref().map(|w| (m.booking.is_none(), w.start)));
    let mut changes = Vec::new();
    for one in ordered {
        let old = one.booking.as_deref().and_then(|id| olds.get(id));
        // A proposal may be minutes old, a scenario months.
        if let Some(old) = old {
            may_move(index, old, one.to.as_ref())?;
        }
        let stored = one.booking.as_ref().and_then(|id| jsons.get(id));
        let (checked, change) = match (&one.to, old, stored) {
            (None, _, Some((json, version))) => {
                let id = one.booking.clone().unwrap_or_default();
                changes.push(super::save::cancelled(json.clone(), id, *version));
                continue;
            }
            (None, _, None) => continue,
            (Some(wish), Some(old), Some((json, version))) => {
                let checked = tried(&scratch, one, wish, Some((old, json)), now);
                let change = Change {
                    id: old.id.clone(),
                    version: Some(*version),
                    before: Some(json.clone()),
                    json: checked.json.clone(),
                };
                (checked, change)
            }
            (Some(wish), ..) => {
                let checked = tried(&scratch, one, wish, None, now);
                let change = Change::new(cx, checked.json.clone());
                (checked, change)
            }
        };
        if !checked.clashes.is_empty() {
            return Ok(Err((Box::new(checked.booking), checked.clashes)));
        }
        let mut booking = checked.booking;
        booking.id.clone_from(&change.id);
        scratch.put(booking);
        changes.push(change);
    }
    Ok(Ok(changes))
}

/// What one move of a set comes to, beside those that were made before it. `old`: the booking that moves, and as it is
/// stored.
pub(crate) fn tried(
    index: &Index,
    one: &Move,
    wish: &Wish,
    old: Option<(&Arc<Booking>, &Json<'_>)>,
    now: i64,
) -> Checked {
    match old {
        Some((old, json)) => eased(index, one, wish, (now, Some(old)), &|wish| {
            check_move(index, (old, json), wish, now, &|_| false)
        }),
        None => {
            let case = index.cases.get(&one.case).cloned();
            let case = case.unwrap_or_else(|| case_of(index, &Booking::nothing()));
            eased(index, one, wish, (now, None), &|wish| check(index, &case, None, wish, now))
        }
    }
}

/// What a wish comes to where many move at once: when nothing but the anaesthetist is in the way, another one who is
/// free, else none yet. The search counts anaesthetists by their number, so there is one for each; who it is may be
/// named later.
fn eased(
    index: &Index,
    one: &Move,
    wish: &Wish,
    (now, old): (i64, Option<&Arc<Booking>>),
    check: &dyn Fn(&Wish) -> Checked,
) -> Checked {
    let only_anaesthetist = |checked: &Checked| {
        !checked.clashes.is_empty() && checked.clashes.iter().all(|clash| clash.role == "anaesthetist")
    };
    let first = check(wish);
    if !only_anaesthetist(&first) {
        return first;
    }
    let others: Vec<Member> =
        first.booking.team.iter().filter(|member| member.role != "anaesthetist").cloned().collect();
    if let Some(case) = index.cases.get(&one.case) {
        let facility = index.room(&wish.room).map(|room| room.facility.clone());
        let end = wish.start + wish.minutes * MINUTE;
        let own = old.map(|booking| booking.id.as_str());
        let chosen = choose(index, case, facility.as_deref(), (wish.start, end), (now, own));
        let another = chosen.into_iter().find(|member| member.role == "anaesthetist");
        let team: Vec<Member> = others.iter().cloned().chain(another).collect();
        let second = check(&Wish { team: Some(team), ..wish.clone() });
        if second.clashes.is_empty() {
            return second;
        }
    }
    check(&Wish { team: Some(others), ..wish.clone() })
}
