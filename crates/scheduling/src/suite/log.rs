//! The last changes of each person, kept in the vault by the numbers of versions alone: what a booking was before is
//! read again from the record when it is undone, so an erased patient is in no log.

use crate::element::{instant, ms, text};
use fhir::Json;
use service::RouteCtx;
use store::Result;
use uuid::Uuid;

const DRAWER: &str = "scheduling-undo";
/// Changes kept of one person.
const KEPT: usize = 50;
/// And for how long: what is older is mended by a new change.
const FOR: i64 = 7 * crate::zone::DAY;

/// What one write did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub id: String,
    /// The version that it made.
    pub version: u64,
    /// The version that it replaced; `None`: it was new.
    pub before: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub id: String,
    pub at: i64,
    /// What was done: `book`, `move` …
    pub name: String,
    pub steps: Vec<Step>,
}

impl Step {
    fn kept(&self) -> Json<'static> {
        let number = |n: u64| Json::integer(n as i64);
        Json::object([
            ("id", text(&self.id)),
            ("version", number(self.version)),
            ("before", self.before.map_or(Json::Null, number)),
        ])
    }

    fn read(json: &Json<'_>) -> Option<Step> {
        let number = |name: &str| json.get(name)?.as_number()?.parse().ok();
        Some(Step { id: json.get_str("id")?.into(), version: number("version")?, before: number("before") })
    }
}

impl Action {
    fn kept(&self) -> Json<'static> {
        Json::object([
            ("id", text(&self.id)),
            ("at", instant(self.at)),
            ("name", text(&self.name)),
            ("steps", Json::array(self.steps.iter().map(Step::kept))),
        ])
    }

    fn read(json: &Json<'_>) -> Option<Action> {
        Some(Action {
            id: json.get_str("id")?.into(),
            at: json.get_str("at").and_then(ms)?,
            name: json.get_str("name")?.into(),
            steps: json.each("steps").map(Step::read).collect::<Option<_>>()?,
        })
    }
}

fn opened(bytes: &[u8]) -> Vec<Action> {
    let Ok(json) = fhir::json::parse(bytes) else { return Vec::new() };
    json.each("actions").filter_map(Action::read).collect()
}

fn kept(actions: &[Action]) -> Vec<u8> {
    Json::object([("actions", Json::array(actions.iter().map(Action::kept)))]).to_vec()
}

fn whose(cx: &RouteCtx) -> String {
    cx.ctx.actor.id.to_string()
}

/// The caller's last changes, the oldest first.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn all(cx: &RouteCtx) -> Result<Vec<Action>> {
    let found = cx.hub.vault(cx.tenant.name(), DRAWER, &whose(cx)).await?;
    let mut found = found.map(|bytes| opened(&bytes)).unwrap_or_default();
    found.retain(|action| cx.ctx.clock.now_ms() < action.at + FOR);
    Ok(found)
}

/// # Errors
/// `Unavailable`: what was done is done all the same.
pub(super) async fn note(cx: &RouteCtx, name: &str, steps: Vec<Step>) -> Result<()> {
    let id: Uuid = cx.ctx.ids.uuid();
    let now = cx.ctx.clock.now_ms();
    let action = Action { id: id.to_string(), at: now, name: name.into(), steps };
    change(cx, &|mut actions| {
        actions.retain(|one| now < one.at + FOR);
        actions.push(action.clone());
        let over = actions.len().saturating_sub(KEPT);
        actions.drain(..over);
        actions
    })
    .await
}

/// Takes an action out of the log after it was undone. What went before it acted on versions that stand again under
/// new numbers, `now`: it can be undone next.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn undone(cx: &RouteCtx, action: &Action, now: &[(String, u64)]) -> Result<()> {
    change(cx, &|mut actions| {
        actions.retain(|one| one.id != action.id);
        for step in &action.steps {
            let Some(before) = step.before else { continue };
            let Some((_, new)) = now.iter().find(|(id, _)| *id == step.id) else { continue };
            for earlier in actions.iter_mut().flat_map(|one| &mut one.steps) {
                if earlier.id == step.id && earlier.version == before {
                    earlier.version = *new;
                }
            }
        }
        actions
    })
    .await
}

async fn change(cx: &RouteCtx, make: &(dyn Fn(Vec<Action>) -> Vec<Action> + Send + Sync)) -> Result<()> {
    let (tenant, whose) = (cx.tenant.name(), whose(cx));
    if cx.hub.vault_add(tenant, DRAWER, &whose, None, &kept(&make(Vec::new()))).await? {
        return Ok(());
    }
    cx.hub.vault_change(tenant, DRAWER, &whose, |bytes| Some(kept(&make(opened(bytes))))).await?;
    Ok(())
}
