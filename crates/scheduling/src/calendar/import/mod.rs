//! A person's own calendar, imported as absences: an iCalendar file (RFC 5545) of which only the hours are kept, since
//! titles and guests of a private calendar are nobody's business here and may name patients of elsewhere.

mod expand;
mod read;
#[cfg(test)]
mod tests;
mod verb;

pub(crate) use verb::routes;

const PREFIX: &str = "calendar-";

/// Whether a Schedule holds an imported calendar.
pub(crate) fn is_imported(schedule: &str) -> bool {
    schedule.starts_with(PREFIX)
}

/// The id of the Schedule of a person's imported calendar; always the same for the same person.
fn schedule_of(who: &str) -> String {
    let digest = crate::secret::digest(who);
    format!("{PREFIX}{}", &digest[..32])
}
