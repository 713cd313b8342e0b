//! Cells about a type as a whole: every type, interaction and operation of the CapabilityStatement. Operations of
//! services are verbs, and are asked with these.

use super::cell::{Expected, Wire};
use super::oracle;
use super::tally::Tally;
use super::world::{Actor, World};
use policy::{Group, Verb};

/// `Group: Type Type …`, a line a group.
const TYPES: &str = include_str!("types.txt");
/// Operations of the FHIR interface itself; others are verbs of services.
const OPERATIONS: [&str; 4] = ["everything", "meta", "meta-add", "meta-delete"];
const META: &str = r#"{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:x","code":"t"}]}}]}"#;

pub async fn ask(_: &World, actor: &Actor, wire: &mut Wire, tally: &mut Tally) -> Result<(), String> {
    for (kind, interactions) in declared(wire).await? {
        let Some(group) = group_of(&kind) else {
            tally.unspecified("type", format!("{kind} is not in types.txt"));
            continue;
        };
        for interaction in interactions {
            let Some((verb, method, target)) = request(&kind, &interaction) else {
                tally.unspecified("type", format!("{kind} {interaction}"));
                continue;
            };
            let body = match method {
                "POST" if interaction.starts_with("$meta") => META.to_string(),
                "POST" => format!(r#"{{"resourceType":"{kind}"}}"#),
                "PATCH" => r#"{"resourceType":"Parameters"}"#.to_string(),
                "PUT" => format!(r#"{{"resourceType":"{kind}","id":"made"}}"#),
                _ => String::new(),
            };
            let status = wire.send(actor.token(), method, &target, &body).await?.status;
            let expected = match actor.is_nobody() {
                true => Expected::SignIn,
                false => Expected::of(oracle::ever_allows(actor, verb, &kind, group)),
            };
            let right = match (expected, verb) {
                (Expected::SignIn, _) => expected.fits(status),
                // What is asked about is absent, and what is sent is empty: the answer only may not be a refusal
                // of the person where some record of the type could be theirs, nor a success where none could.
                (Expected::Allowed, Verb::Read) if interaction.ends_with("-type") => status == 200,
                (Expected::Allowed, Verb::Read) => status == 404,
                (Expected::Allowed, _) => status < 500 && status != 401,
                (Expected::Denied, _) => (400..500).contains(&status) && status != 401,
            };
            let action = format!("type: {interaction}");
            tally.count(&action, expected, right, || {
                format!("{}: {interaction} {kind} -> {status}, expected {expected:?}", actor.shown())
            });
        }
    }
    Ok(())
}

fn group_of(kind: &str) -> Option<Group> {
    let line = TYPES.lines().find(|line| line.split_whitespace().skip(1).any(|word| word == kind))?;
    let name = line.split(':').next()?;
    Group::ALL.into_iter().find(|group| group.as_str() == name)
}

fn request(kind: &str, interaction: &str) -> Option<(Verb, &'static str, String)> {
    let base = format!("/fhir/{kind}");
    Some(match interaction {
        "read" => (Verb::Read, "GET", format!("{base}/absent")),
        "vread" => (Verb::Read, "GET", format!("{base}/absent/_history/1")),
        "history-instance" => (Verb::Read, "GET", format!("{base}/absent/_history")),
        "history-type" => (Verb::Read, "GET", format!("{base}/_history?_count=1")),
        "search-type" => (Verb::Read, "GET", format!("{base}?_count=1")),
        "create" => (Verb::Write, "POST", base),
        "update" => (Verb::Write, "PUT", format!("{base}/made")),
        "$everything" => (Verb::Read, "GET", format!("{base}/absent/$everything")),
        "$meta" => (Verb::Read, "GET", format!("{base}/absent/$meta")),
        "$meta-add" | "$meta-delete" => (Verb::Write, "POST", format!("{base}/absent/{interaction}")),
        "patch" => (Verb::Write, "PATCH", format!("{base}/absent")),
        "delete" => (Verb::Delete, "DELETE", format!("{base}/absent")),
        _ => return None,
    })
}

/// The types and interactions that the server says it has.
async fn declared(wire: &mut Wire) -> Result<Vec<(String, Vec<String>)>, String> {
    let answer = wire.send(None, "GET", "/fhir/metadata", "").await?;
    let statement = fhir::json::parse(&answer.body).map_err(|e| format!("/fhir/metadata: {e:?}"))?;
    let mut out = Vec::new();
    for resource in statement.each("rest").flat_map(|rest| rest.each("resource")) {
        let codes = resource.each("interaction").filter_map(|i| i.get_str("code")).map(String::from);
        let operations = resource.each("operation").filter_map(|o| o.get_str("name"));
        let operations = operations.filter(|name| OPERATIONS.contains(name)).map(|name| format!("${name}"));
        let codes = codes.chain(operations).collect();
        out.push((resource.get_str("type").unwrap_or_default().to_string(), codes));
    }
    if out.len() < 100 { Err(format!("/fhir/metadata names {} types", out.len())) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_stands_once() {
        for rt in fhir::ResourceType::all() {
            let times = TYPES.split_whitespace().filter(|word| *word == rt.name()).count();
            assert_eq!(times, 1, "{}", rt.name());
            assert!(group_of(rt.name()).is_some(), "{}", rt.name());
        }
    }
}
