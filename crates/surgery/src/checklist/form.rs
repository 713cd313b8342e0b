//! What a version of the check-list must be, whoever wrote it: three phases, gates and roles that the theatre knows,
//! no more than a team can say aloud.

use super::version::{self, Version};
use crate::milestone::Code;
use fhir::Json;

/// The phases, in their order.
pub(crate) const PHASES: [&str; 3] = ["sign-in", "time-out", "sign-out"];
/// Who can attest.
const ROLES: [&str; 4] = ["surgeon", "anaesthetist", "coordinator", "nurse"];
const ANSWERS: [&str; 3] = ["yes", "no", "na"];
const ID_MAX: usize = 40;
const VERSION_MAX: usize = 20;
const ITEMS_MAX: usize = 40;
const TEXT_MAX: usize = 500;

/// What is wrong with a version: a place of the Questionnaire.
pub(crate) type Fault = &'static str;

/// The version that a Questionnaire is.
///
/// # Errors
/// The first place that is not as it must be.
pub(crate) fn checked(json: &Json<'_>) -> Result<Version, Fault> {
    let word = |text: &str, max: usize| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
        !text.is_empty() && text.len() <= max && text.bytes().all(plain)
    };
    let short = |text: &str| !text.trim().is_empty() && text.chars().count() <= TEXT_MAX;
    let id = json.get_str("url").and_then(|url| url.strip_prefix(version::URL)).ok_or("url")?;
    if !word(id, ID_MAX) {
        return Err("url");
    }
    json.get_str("version").filter(|v| word(v, VERSION_MAX)).ok_or("version")?;
    json.get_str("title").filter(|t| short(t)).ok_or("title")?;
    let found = version::version(json).ok_or("item")?;
    let codes: Vec<&str> = found.phases.iter().map(|phase| phase.code.as_str()).collect();
    // What lacks its linkId or its text was left out by the reading.
    if codes != PHASES || json.each("item").count() != PHASES.len() {
        return Err("item.linkId");
    }
    for (phase, written) in found.phases.iter().zip(json.each("item")) {
        if !short(&phase.title) || phase.when.chars().count() > TEXT_MAX {
            return Err("item.text");
        }
        if phase.roles.is_empty() || phase.roles.iter().any(|role| !ROLES.contains(&role.as_str())) {
            return Err("item.extension");
        }
        if phase.gate.as_deref().is_some_and(|gate| Code::parse(gate).is_none()) {
            return Err("item.extension");
        }
        if phase.items.is_empty()
            || phase.items.len() > ITEMS_MAX
            || written.each("item").count() != phase.items.len()
        {
            return Err("item.item");
        }
        for item in &phase.items {
            let known = |all: &[String]| all.iter().all(|code| ANSWERS.contains(&code.as_str()));
            let asked = !item.answers.is_empty() && known(&item.answers);
            let decided = item.decide_on.iter().all(|code| item.answers.contains(code));
            if !short(&item.text) || item.id.len() > ID_MAX || !asked || !decided {
                return Err("item.item");
            }
        }
    }
    // No incision without the time-out, in any clinic.
    if found.phases[1].gate.as_deref() != Some("incision") {
        return Err("item.extension");
    }
    let mut ids: Vec<&str> =
        found.phases.iter().flat_map(|p| &p.items).map(|item| item.id.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != count || ids.iter().any(|id| PHASES.contains(id)) {
        return Err("item.item.linkId");
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../data/checklist-who-2009.json");

    fn fault(from: &str, to: &str) -> Option<Fault> {
        assert!(SHIPPED.contains(from), "{from}");
        let text = SHIPPED.replacen(from, to, 1);
        checked(&fhir::json::parse(text.as_bytes()).unwrap()).err()
    }

    #[test]
    fn what_is_shipped_is_whole_and_what_is_not_is_told() {
        assert_eq!(fault("who-2009", "own"), None);
        for (from, to, place) in [
            ("checklist:who-2009", "checklist:WHO 2009", "url"),
            (r#""version": "1""#, r#""version": """#, "version"),
            (r#""linkId": "sign-out""#, r#""linkId": "later""#, "item.linkId"),
            (r#""valueCode": "surgeon""#, r#""valueCode": "gardener""#, "item.extension"),
            (r#""valueCode": "incision""#, r#""valueCode": "closure""#, "item.extension"),
            (r#""valueCode": "induction""#, r#""valueCode": "lunch""#, "item.extension"),
            (r#""code": "yes""#, r#""code": "perhaps""#, "item.item"),
            (r#""linkId": "who-2""#, r#""linkId": "who-1""#, "item.item.linkId"),
        ] {
            assert_eq!(fault(from, to), Some(place), "{from}");
        }
    }
}
