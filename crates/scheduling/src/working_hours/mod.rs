//! When a person works: weekly hours, from a day to another, on a Schedule of their own. What lies outside them is written as Slots
//! `busy-unavailable` of that Schedule, so that every check that knows absences – the rule in the transaction, the
//! board, the optimiser, the free times of the agenda – keeps the hours without knowing of them.

mod hours;
mod period;
mod refusal;
#[cfg(test)]
mod tests;
mod verb;

pub(crate) use refusal::refusal;
pub(crate) use verb::routes;

use crate::closure::Closure;

/// How the ids of such Schedules and of their Slots begin.
const PREFIX: &str = "hours-";

/// Whether a closure is only the other side of someone's working hours.
pub(crate) fn is_off_duty(closure: &Closure) -> bool {
    is_hours(&closure.schedule)
}

/// Whether a Schedule (or a Slot of it), by its id, says someone's working hours.
pub(crate) fn is_hours(schedule: &str) -> bool {
    schedule.starts_with(PREFIX)
}

/// The id of the Schedule of a person's hours; always the same for the same person.
fn schedule_of(who: &str) -> String {
    let digest = seal::sha256(who.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{PREFIX}{hex}")
}
