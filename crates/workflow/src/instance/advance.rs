//! Reads an instance, and brings it to where the record says that it should be.

use super::case::Case;
use super::course::{Life, Phase, Said, State, life, settle, status};
use super::group::group;
use super::task::{News, StepTask};
use super::{Facts, current, group_id, parsed, task_id};
use crate::message::CONDITION_FAILED;
use crate::template::{Step, Template, read};
use bytes::Bytes;
use fhir::edit::edit;
use fhir::{Code, Issue, Json, ResourceType};
use store::{Ctx, Error, Result, Tenant, Write};

/// Work after which a condition is stopped.
const STEPS_MAX: u64 = 100_000;

pub(crate) struct Instance {
    pub id: String,
    pub template: Template,
    version: Option<u64>,
    json: Json<'static>,
    /// In the order of the template's steps.
    pub tasks: Vec<StepTask>,
}

impl Instance {
    /// A new one, of which nothing is stored yet.
    pub fn begin(tenant: &str, case: &Case, template: Template, now: i64) -> Instance {
        let id = group_id(tenant, &case.id, &template.url);
        let steps = 0..template.steps.len();
        let tasks = steps.map(|at| StepTask::new(&id, case, &template, at, now)).collect();
        Instance { json: group(&id, case, &template, now), id, version: None, template, tasks }
    }

    /// The instance of a case as it is stored; `None` when there is none.
    ///
    /// # Errors
    /// The store's; `Corrupt` for a RequestGroup that is no plan (any more).
    pub async fn read(tenant: &Tenant, ctx: &Ctx, case: &str, url: &str) -> Result<Option<Instance>> {
        let id = group_id(tenant.name(), case, url);
        let Some(found) = current(tenant, ctx, ResourceType::REQUEST_GROUP, &id).await? else {
            return Ok(None);
        };
        let json = parsed(&found)?;
        let template = read(&json).map_err(|_| Error::Corrupt("the plan of a RequestGroup".into()))?;
        let mut tasks = Vec::with_capacity(template.steps.len());
        for step in &template.steps {
            let id = task_id(&id, &step.id);
            if let Some(found) = current(tenant, ctx, ResourceType::TASK, &id).await? {
                tasks.push(StepTask { id, version: Some(found.version), json: parsed(&found)? });
            }
        }
        Ok(Some(Instance { id, version: Some(found.version), json, template, tasks }))
    }

    /// Makes anew what was deleted.
    fn complete(&mut self, case: Option<&Case>, now: i64) {
        let Some(case) = case else { return };
        for (at, step) in self.template.steps.iter().enumerate() {
            let id = task_id(&self.id, &step.id);
            if self.tasks.get(at).is_none_or(|task| task.id != id) {
                let task = StepTask::new(&self.id, case, &self.template, at, now);
                self.tasks.insert(at.min(self.tasks.len()), task);
            }
        }
    }
}

/// The writes that bring an instance to where it should be; none when it is there. `before` are its tasks as they
/// are stored, where somebody has just changed one. `case`: `None` when it was deleted.
///
/// # Errors
/// `Refused` when a condition cannot be evaluated.
pub(crate) fn advance(
    instance: &mut Instance,
    before: &[StepTask],
    case: Option<&Case>,
    facts: &Facts,
    now: i64,
) -> Result<Vec<Write>> {
    instance.complete(case, now);
    let phase = case.map_or(Phase::Cancelled, |case| case.phase);
    let applies = applies(&instance.template, case)?;
    let (group, tasks) = (instance.id.clone(), &mut instance.tasks);
    let place = |tasks: &[StepTask], step: &str| {
        let id = task_id(&group, step);
        tasks.iter().position(|task| task.id == id)
    };
    let said = |step: &Step| place(tasks, &step.id).map(|at| tasks[at].said()).unwrap_or_default();
    let said: Vec<Said> = instance.template.steps.iter().map(said).collect();
    let proven = |step: &Step| step.done_by.and_then(|proof| facts.of(proof)).is_some();
    let stands = settle(&instance.template, phase, proven, &applies, &said);
    let mut writes = Vec::new();
    let life = life(instance.template.starts, phase);
    let status = status(life, &stands, phase);
    if instance.version.is_none() || instance.json.get_str("status") != Some(status) {
        if let Some(edit) = edit(&mut instance.json) {
            edit.set("status", Json::string(status));
        }
        writes.push(Write::Update {
            rt: ResourceType::REQUEST_GROUP,
            id: instance.id.clone(),
            body: Bytes::from(instance.json.to_vec()),
            if_match: instance.version,
            if_none_match: instance.version.is_none(),
        });
    }
    for (step, stand) in instance.template.steps.iter().zip(stands) {
        let Some(at) = place(tasks, &step.id) else { continue };
        let task = &mut tasks[at];
        let proof = step.done_by.and_then(|proof| facts.of(proof));
        task.tell(News {
            stand,
            proof: proof.filter(|_| stand.state == State::Done && stand.automatic),
            reason: reason(stand.state, step.condition.as_ref().map(|c| c.reason.as_str()), life, phase),
            owner: case.and_then(|case| case.surgeon.as_deref()).filter(|_| step.of_surgeon),
            minutes: step.minutes,
            now,
        });
        let old = before.iter().find(|old| old.id == task.id && old.version.is_some());
        if old.is_none_or(|old| old.json != task.json) {
            writes.push(task.write(now));
        }
    }
    Ok(writes)
}

/// Why a step is over though nobody did it.
fn reason(state: State, condition: Option<&str>, life: Life, phase: Phase) -> Option<String> {
    match (state, life) {
        (State::Skipped, _) => condition.filter(|text| !text.is_empty()).map(String::from),
        (State::Cancelled, _) if phase == Phase::Over => Some("Intervention terminée".into()),
        (State::Cancelled, _) => Some("Intervention annulée".into()),
        (State::Held, Life::Held) => Some("Intervention reportée".into()),
        _ => None,
    }
}

/// Whether each step is needed for this case.
fn applies(template: &Template, case: Option<&Case>) -> Result<Vec<bool>> {
    let Some(case) = case else { return Ok(vec![true; template.steps.len()]) };
    let one = |step: &Step| match &step.condition {
        None => Ok(true),
        Some(condition) => holds(&condition.expression, &case.json).ok_or_else(|| {
            let issue = Issue::error(Code::Processing, CONDITION_FAILED).at("RequestGroup.action.condition");
            Error::from(issue.arg("id", &step.id))
        }),
    };
    template.steps.iter().map(one).collect()
}

/// An empty answer is no.
fn holds(expression: &str, case: &Json<'static>) -> Option<bool> {
    let compiled = fhirpath::compile(expression).ok()?;
    let mut environment = fhirpath::Environment::new();
    environment.steps_max = STEPS_MAX;
    environment.items_max = 10_000;
    compiled.to_boolean(case, &environment).ok().map(|answer| answer.unwrap_or(false))
}
