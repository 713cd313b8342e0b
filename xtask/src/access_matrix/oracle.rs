//! What the policies say of a cell.

use super::seeds::Seed;
use super::world::{Actor, Relation};
use policy::{Group, Marks, Policies, Purpose, Question, Roles, Station, Ties, Verb};
use std::sync::LazyLock;

static POLICIES: LazyLock<Policies> =
    LazyLock::new(|| Policies::embedded().unwrap_or_else(|error| Policies::closed(error.to_string())));

fn question(actor: &Actor, verb: Verb, group: Group, ties: Ties, marks: Marks) -> Question {
    let glass = actor.purpose == Purpose::BreakGlass && verb == Verb::Read;
    Question {
        roles: Roles::of(&actor.roles),
        purpose: actor.purpose,
        verb,
        group,
        ties,
        marks,
        // Tokens of the command line stand for two factors, just given.
        station: Station::SAME_TENANT
            .with(Station::SECOND_FACTOR)
            .with(Station::FRESH_FACTOR)
            .set(Station::BREAK_GLASS, glass),
    }
}

/// Whether the actor may do this to a record with that relation.
pub fn allows(actor: &Actor, verb: Verb, seed: &Seed, relation: Relation) -> bool {
    if relation == Relation::Foreign {
        return false;
    }
    let (ties, marks) = relation.facts(actor);
    // A new patient is nobody's yet.
    let (ties, marks) = if seed.is_patient() && verb == Verb::Write && relation == Relation::New {
        (Ties::NONE, Marks::NONE)
    } else {
        (ties, marks.with(seed.marks))
    };
    POLICIES.allows(&question(actor, verb, seed.group, ties, marks))
}

/// Whether the actor may create what is marked as signed: to write and to sign it.
pub fn allows_create(actor: &Actor, seed: &Seed, relation: Relation) -> bool {
    let unsigned = Seed { marks: seed.marks.without(Marks::SIGNED), ..*seed };
    let relation = if seed.is_patient() && relation != Relation::Foreign { Relation::New } else { relation };
    let signs = !seed.marks.has(Marks::SIGNED) || allows(actor, Verb::Sign, &unsigned, relation);
    allows(actor, Verb::Write, &unsigned, relation) && signs
}

/// Whether there could be a record of that type for which the actor may.
pub fn ever_allows(actor: &Actor, verb: Verb, kind: &str, group: Group) -> bool {
    let ties = Ties::ALL.iter().map(|(tie, _)| *tie).chain([Ties::NONE]);
    let mut groups = vec![group];
    // Labels close what is medical, and tell when someone is where.
    if matches!(group, Group::Schedule | Group::Summary | Group::Clinical) {
        groups.extend([Group::Sensitive, Group::Psych]);
    }
    // Reviews and notices that the hub itself keeps.
    if matches!(kind, "Task" | "Communication") && verb == Verb::Read {
        groups.push(Group::Security);
    }
    if kind == "Communication" && verb == Verb::Read {
        groups.push(Group::Conversation);
    }
    groups.iter().any(|group| {
        ties.clone().any(|tie| POLICIES.allows(&question(actor, verb, *group, tie, Marks::NONE)))
    })
}
