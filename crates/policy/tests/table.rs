//! The readable tables in `policies/tests`: one file per role, one line a decision.
//!
//! ```text
//! nurse read clinical ties=facility => permit by nurse-medical
//! nurse read psych ties=facility    => deny
//! ```
//!
//! Left out: purpose TREAT, no ties, no marks, of the own tenant. `deny` alone: no policy permits it. A line may
//! name several groups or verbs with commas: all of them are decided so.

use policy::{Group, Marks, Policies, Purpose, Question, Role, Roles, Station, Ties, Verb};
use std::path::{Path, PathBuf};

#[test]
fn every_line_of_every_table_holds() {
    let policies = Policies::embedded().unwrap();
    let mut wrong = Vec::new();
    let mut lines = 0;
    for file in tables() {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            lines += 1;
            check(&policies, line, &mut |reason| {
                wrong.push(format!("{name}:{}: {line}\n    {reason}", at + 1))
            });
        }
    }
    assert!(wrong.is_empty(), "{} lines do not hold:\n{}", wrong.len(), wrong.join("\n"));
    assert!(lines > 150, "only {lines} lines were read");
}

#[test]
fn every_policy_is_shown_by_a_line() {
    let tables: String = tables().iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let shown = |id: &str| {
        tables
            .lines()
            .any(|line| line.split_whitespace().last().is_some_and(|last| last.split(',').any(|x| x == id)))
    };
    let missing: Vec<String> =
        Policies::embedded().unwrap().list().into_iter().map(|p| p.id).filter(|id| !shown(id)).collect();
    assert!(missing.is_empty(), "no line of policies/tests ends in these policies: {missing:?}");
}

fn tables() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/tests");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files
}

fn check(policies: &Policies, line: &str, wrong: &mut dyn FnMut(String)) {
    let Some((left, right)) = line.split_once("=>") else { return wrong("there is no =>".into()) };
    let questions = match questions(left) {
        Ok(questions) => questions,
        Err(reason) => return wrong(reason),
    };
    let right: Vec<&str> = right.split_whitespace().collect();
    let (allowed, by) = match right.as_slice() {
        ["permit", "by", by] => (true, *by),
        ["deny", "by", by] => (false, *by),
        ["deny"] => (false, ""),
        _ => return wrong("after => stands `permit by X`, `deny by X` or `deny`".into()),
    };
    let mut expected: Vec<&str> = by.split(',').filter(|id| !id.is_empty()).collect();
    expected.sort_unstable();
    for q in questions {
        let explanation = policies.explain(&q);
        let mut found: Vec<&str> = explanation.reasons.iter().map(|r| r.policy.as_str()).collect();
        found.sort_unstable();
        if explanation.allowed != allowed || found != expected || policies.allows(&q) != allowed {
            let answer = if explanation.allowed { "permit" } else { "deny" };
            wrong(format!("{} {}: {answer} by {}", q.verb.as_str(), q.group.as_str(), found.join(",")));
        }
    }
}

fn questions(text: &str) -> Result<Vec<Question>, String> {
    let mut words = text.split_whitespace();
    let mut next = |what: &str| words.next().ok_or(format!("the {what} is missing"));
    let named = |name: &str| {
        if name == "nobody" { None } else { Some(Role::parse(name).ok_or(format!("role {name}?"))) }
    };
    let roles = next("role")?.split('+').filter_map(named).collect::<Result<Vec<Role>, String>>()?;
    let verbs = each(next("verb")?, &Verb::ALL, Verb::as_str)?;
    let groups = each(next("group")?, &Group::ALL, Group::as_str)?;
    let mut q = Question {
        roles: Roles::of(&roles),
        purpose: Purpose::Treatment,
        verb: Verb::Read,
        group: Group::Directory,
        ties: Ties::NONE,
        marks: Marks::NONE,
        station: Station::SAME_TENANT,
    };
    for word in words {
        let (name, value) = word.split_once('=').ok_or(format!("{word}?"))?;
        for flag in value.split(',') {
            let unknown = || format!("{name}={flag}?");
            match name {
                "purpose" => q.purpose = Purpose::parse(flag).ok_or_else(unknown)?,
                "ties" => q.ties = q.ties.with(flag_of(Ties::ALL, flag).ok_or_else(unknown)?),
                "marks" => q.marks = q.marks.with(flag_of(Marks::ALL, flag).ok_or_else(unknown)?),
                "station" if flag == "other_tenant" => q.station = q.station.without(Station::SAME_TENANT),
                "station" => q.station = q.station.with(flag_of(Station::ALL, flag).ok_or_else(unknown)?),
                _ => return Err(unknown()),
            }
        }
    }
    Ok(verbs
        .iter()
        .flat_map(|verb| groups.iter().map(move |group| Question { verb: *verb, group: *group, ..q }))
        .collect())
}

/// `a,b` or `*`.
fn each<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Result<Vec<T>, String> {
    if text == "*" {
        return Ok(all.to_vec());
    }
    let one = |word: &str| all.iter().copied().find(|t| name(*t) == word).ok_or(format!("{word}?"));
    text.split(',').map(one).collect()
}

fn flag_of<T: Copy>(all: &[(T, &str)], name: &str) -> Option<T> {
    all.iter().find(|(_, n)| *n == name).map(|(flag, _)| *flag)
}
