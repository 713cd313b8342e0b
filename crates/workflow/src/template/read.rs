//! JSON → [`Template`], or all that is wrong with it.

use super::order;
use super::step::SCREENS;
use super::{Condition, Proof, STEPS_MAX, Starts, Step, Template};
use crate::element::{ROLE, coded, extension, extensions, value_code};
use crate::message::{
    CONDITION, COUNT, NO_START, NO_URL, RELATION, STEP_ID, STEP_PART, STEP_ROLE, STEP_TIME, STEP_TITLE,
};
use fhir::{Code, Issue, Json};
use policy::Role;

pub(crate) const STARTS: &str = "urn:medhub:workflow:starts";
pub(crate) const DONE_BY: &str = "urn:medhub:workflow:done-by";
pub(crate) const OWNER: &str = "urn:medhub:workflow:owner";
pub(crate) const OPENS: &str = "urn:medhub:workflow:opens";

const ID_MAX: usize = 60;
const TITLE_MAX: usize = 120;
const EXPRESSION_MAX: usize = 1_000;
const ROLES_MAX: usize = 8;
const YEAR: i64 = 366 * 24 * 60;

/// # Errors
/// Everything that is wrong with a PlanDefinition, or with the snapshot in a RequestGroup.
pub(crate) fn read(json: &Json<'_>) -> Result<Template, Vec<Issue>> {
    let mut issues = Vec::new();
    let canonical = json.each("instantiatesCanonical").next().and_then(Json::as_str);
    let split = canonical.and_then(|text| text.split_once('|'));
    let url = split.map(|(url, _)| url).or(json.get_str("url")).unwrap_or_default();
    let version = split.map(|(_, version)| version).or(json.get_str("version")).unwrap_or_default();
    if url.is_empty() || url.contains('|') || !is_version(version) {
        issues.push(Issue::error(Code::Required, NO_URL).at("PlanDefinition.version"));
    }
    let starts = value_code(json, STARTS).and_then(|code| Starts::ALL.iter().find(|(name, _)| *name == code));
    if starts.is_none() {
        issues.push(Issue::error(Code::Required, NO_START).at("PlanDefinition.extension"));
    }
    let count = json.each("action").count();
    if count == 0 || count > STEPS_MAX {
        issues.push(Issue::error(Code::Value, COUNT).at("PlanDefinition.action").arg("max", STEPS_MAX));
        return Err(issues);
    }
    let mut steps: Vec<Step> = Vec::with_capacity(count);
    for (at, action) in json.each("action").enumerate() {
        let place = format!("PlanDefinition.action[{at}]");
        let one = step(action, &place, &mut issues);
        if steps.iter().any(|other| other.id == one.id) {
            issues
                .push(Issue::error(Code::Duplicate, STEP_ID).at(place).arg("id", &one.id).arg("max", ID_MAX));
        }
        steps.push(one);
    }
    order::relate(json, &mut steps, &mut issues);
    match (order::sorted(steps), starts, issues.is_empty()) {
        (Ok(steps), Some((_, starts)), true) => {
            Ok(Template { url: url.to_string(), version: version.to_string(), starts: *starts, steps })
        }
        (Err(cycle), _, true) => Err(vec![*cycle]),
        _ => Err(issues),
    }
}

fn is_version(text: &str) -> bool {
    text.len() <= 30
        && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn step(action: &Json<'_>, place: &str, issues: &mut Vec<Issue>) -> Step {
    let id = action.get_str("id").unwrap_or_default();
    let mut wrong =
        |issue: Issue| issues.push(issue.at(place).arg("id", id.chars().take(ID_MAX).collect::<String>()));
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.is_empty() || id.len() > ID_MAX || !id.bytes().all(fine) {
        wrong(Issue::error(Code::Required, STEP_ID).arg("max", ID_MAX));
    }
    let title = action.get_str("title").unwrap_or_default();
    if title.is_empty() || title.chars().count() > TITLE_MAX {
        wrong(Issue::error(Code::Required, STEP_TITLE).arg("max", TITLE_MAX));
    }
    let roles = roles(action).filter(|roles| !roles.is_empty() && roles.len() <= ROLES_MAX);
    if roles.is_none() {
        wrong(Issue::error(Code::CodeInvalid, STEP_ROLE));
    }
    let minutes = minutes(action).filter(|minutes| (1..=YEAR).contains(minutes));
    if minutes.is_none() {
        wrong(Issue::error(Code::Value, STEP_TIME));
    }
    let condition = match condition(action) {
        Ok(condition) => condition,
        Err(why) => {
            wrong(Issue::error(Code::Invalid, CONDITION).arg("max", EXPRESSION_MAX).arg("why", why));
            None
        }
    };
    let done_by = value_code(action, DONE_BY);
    let proof = Proof::ALL.iter().find(|(name, _)| Some(*name) == done_by).map(|(_, proof)| *proof);
    if extension(action, DONE_BY).is_some() && proof.is_none() {
        wrong(Issue::error(Code::CodeInvalid, STEP_PART).arg("what", DONE_BY));
    }
    let owner = value_code(action, OWNER);
    if extension(action, OWNER).is_some() && owner != Some("case-performer") {
        wrong(Issue::error(Code::CodeInvalid, STEP_PART).arg("what", OWNER));
    }
    let opens = SCREENS.iter().find(|screen| Some(**screen) == value_code(action, OPENS));
    if extension(action, OPENS).is_some() && opens.is_none() {
        wrong(Issue::error(Code::CodeInvalid, STEP_PART).arg("what", OPENS));
    }
    Step {
        id: Step::named(id),
        title: title.to_string(),
        roles: roles.unwrap_or_default(),
        minutes: minutes.unwrap_or(1),
        after: Vec::new(),
        condition,
        done_by: proof,
        of_surgeon: owner.is_some(),
        opens: opens.unwrap_or(&"case"),
    }
}

/// Of a PlanDefinition they are participants, of a snapshot an extension; `None` when one is unknown.
fn roles(action: &Json<'_>) -> Option<Vec<Role>> {
    let planned = action.each("participant").filter_map(|one| coded(one.get("role")?, ROLE));
    let kept = extensions(action, ROLE).filter_map(|one| one.get_str("valueCode"));
    planned.chain(kept).map(Role::parse).collect()
}

fn minutes(action: &Json<'_>) -> Option<i64> {
    let time = action.get("timingDuration")?;
    let value: i64 = time.get("value")?.as_number()?.parse().ok()?;
    let unit = match time.get_str("code")? {
        "min" => 1,
        "h" => 60,
        "d" => 24 * 60,
        _ => return None,
    };
    value.checked_mul(unit)
}

fn condition(action: &Json<'_>) -> Result<Option<Condition>, String> {
    let mut all = action.each("condition");
    let Some(one) = all.next() else { return Ok(None) };
    let said = one.get("expression");
    let language = said.and_then(|said| said.get_str("language"));
    let expression = said.and_then(|said| said.get_str("expression")).unwrap_or_default();
    if all.next().is_some() || one.get_str("kind") != Some("applicability") {
        return Err("kind".into());
    }
    if language != Some("text/fhirpath") || expression.is_empty() || expression.len() > EXPRESSION_MAX {
        return Err("expression".into());
    }
    fhirpath::compile(expression).map_err(|error| error.to_string())?;
    let reason = said.and_then(|said| said.get_str("description")).unwrap_or_default();
    let reason = reason.chars().take(200).collect();
    Ok(Some(Condition { expression: expression.to_string(), reason }))
}

/// What is wrong with the relationships of one step.
pub(super) fn relation(id: &str, place: String) -> Issue {
    Issue::error(Code::NotSupported, RELATION).at(place).arg("id", id)
}
