//! Cells about one record each: every relation, every kind, every action.

use super::cell::{Expected, Wire};
use super::oracle;
use super::tally::Tally;
use super::world::{Actor, Record, Relation, World};
use policy::Verb;

pub async fn ask(world: &World, actor: &Actor, wire: &mut Wire, tally: &mut Tally) -> Result<(), String> {
    for record in &world.records {
        for action in ["read", "vread", "history-instance", "search-type", "update", "create", "delete"] {
            // Other purposes than care are asked about less: their policies are the same for each way of reading.
            if !actor.is_plain() && matches!(action, "vread" | "history-instance") {
                continue;
            }
            let expected = expected(actor, action, record);
            let (status, right) = one(world, actor, action, record, expected, wire).await?;
            let cell = || {
                let relation = format!("{:?}", record.relation).to_lowercase();
                format!(
                    "{}: {action} {} ({relation}) -> {status}, expected {expected:?}",
                    actor.shown(),
                    record.seed.name
                )
            };
            tally.count(action, expected, right, cell);
        }
    }
    Ok(())
}

fn expected(actor: &Actor, action: &str, record: &Record) -> Expected {
    if actor.is_nobody() {
        return Expected::SignIn;
    }
    let may = |verb| oracle::allows(actor, verb, &record.seed, record.relation);
    Expected::of(match action {
        "update" => may(Verb::Write) && may(Verb::Read),
        "create" => oracle::allows_create(actor, &record.seed, record.relation),
        "delete" => may(Verb::Delete),
        _ => may(Verb::Read),
    })
}

/// The status, and whether it is what was expected.
async fn one(
    world: &World,
    actor: &Actor,
    action: &str,
    record: &Record,
    expected: Expected,
    wire: &mut Wire,
) -> Result<(u16, bool), String> {
    let (target, base, token) = (record.target(), record.base(), actor.token());
    let answer = match action {
        "read" => wire.send(token, "GET", &target, "").await?,
        "vread" => wire.send(token, "GET", &format!("{target}/_history/1"), "").await?,
        "history-instance" => wire.send(token, "GET", &format!("{target}/_history"), "").await?,
        "update" => wire.send(token, "PUT", &target, &record.body()).await?,
        "create" => {
            let body = record.seed.body(record.relation.patient(), None);
            wire.send(token, "POST", &base, &body).await?
        }
        "delete" if expected == Expected::Allowed => {
            let copy = world.copy(wire, record, actor).await?;
            wire.send(token, "DELETE", &copy, "").await?
        }
        "delete" => wire.send(token, "DELETE", &target, "").await?,
        _ => return search(actor, record, expected, wire).await,
    };
    Ok((answer.status, expected.fits(answer.status)))
}

/// A search answers 200 with what may be seen; who may see none of the type is refused.
async fn search(
    actor: &Actor,
    record: &Record,
    expected: Expected,
    wire: &mut Wire,
) -> Result<(u16, bool), String> {
    let target = format!("{}?_id={}", record.base(), record.id);
    let answer = wire.send(actor.token(), "GET", &target, "").await?;
    let quoted = format!("\"id\":\"{}\"", record.id);
    let found = answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(&quoted);
    let right = match expected {
        Expected::Allowed => found,
        Expected::Denied if record.relation == Relation::Foreign => matches!(answer.status, 403 | 404),
        Expected::Denied => !found && matches!(answer.status, 200 | 403),
        Expected::SignIn => expected.fits(answer.status),
    };
    Ok((answer.status, right))
}
