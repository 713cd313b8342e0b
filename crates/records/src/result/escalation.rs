//! Who else sees a critical result that its owner did not take into account in time: from its deadline on the team
//! of the patient; when as much time has passed again, whoever may write in the record. Nothing is written for it:
//! it follows from the Task and the clock.

use super::flag::Urgency;
use super::review::Review;
use crate::find::my_patients;
use policy::{Group, Verb};
use service::RouteCtx;
use std::collections::HashSet;
use store::Result;

/// How far an unanswered result reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    Owner,
    Team,
    Site,
}

impl Reach {
    pub fn of(review: &Review, now: i64) -> Reach {
        match steps(review) {
            Some([_, site]) if now > site => Reach::Site,
            Some([team, _]) if now > team => Reach::Team,
            _ => Reach::Owner,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Reach::Owner => "owner",
            Reach::Team => "team",
            Reach::Site => "site",
        }
    }
}

/// When the team and when the site are told, ms since epoch; `None` for what is never told to others.
fn steps(review: &Review) -> Option<[i64; 2]> {
    let critical = review.is_open() && review.urgency() == Urgency::Critical;
    let due = review.due().filter(|_| critical)?;
    let time = due.saturating_sub(review.asked()).max(0);
    Some([due, due.saturating_add(time)])
}

/// Of these open reviews, those of others that reach the caller now; and when that changes by time alone.
///
/// # Errors
/// As for searching and deciding.
pub(super) async fn covered(
    cx: &RouteCtx,
    reviews: Vec<Review>,
    now: i64,
) -> Result<(Vec<Review>, Option<i64>)> {
    let Some(me) = cx.ctx.actor.person.as_deref().filter(|person| person.starts_with("Practitioner/")) else {
        return Ok((Vec::new(), None));
    };
    let others: Vec<Review> = reviews.into_iter().filter(|review| review.owner() != Some(me)).collect();
    let next = others.iter().filter_map(steps).flatten().filter(|at| *at >= now).min();
    let mut reached = Vec::new();
    let mut mine: Option<HashSet<String>> = None;
    for review in others {
        let (Some(patient), reach) = (review.patient(), Reach::of(&review, now)) else { continue };
        let reaches = match reach {
            Reach::Owner => false,
            Reach::Site => cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(patient)).await?,
            Reach::Team => {
                let known = match mine.take() {
                    Some(known) => known,
                    None => my_patients(cx).await?.0.into_iter().collect(),
                };
                mine.insert(known).contains(patient)
            }
        };
        if reaches {
            reached.push(review);
        }
    }
    Ok((reached, next))
}
