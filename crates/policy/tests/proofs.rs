//! Proofs by an SMT solver: the policies never permit more than the ceilings in `policies/proofs`.
//!
//! Each file there is a property, written as the most that may ever be permitted. Cedar's symbolic compiler and
//! cvc5 show, for every action and over every possible actor, tie, mark and circumstance, that what the policies
//! permit lies below it. A property that cannot fail proves nothing. So each is also asked of weakened policies:
//! one that forbids keep true (`@kept_by`) must hold even beside a policy that permits everything, and fail there
//! without one of these forbids; one that the permits keep true must fail beside such a policy.

use cedar_policy::{Policy, PolicyId, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

type Solver = CedarSymCompiler<LocalSolver>;

struct Property {
    file: String,
    /// The sentence of what is proved.
    sentence: String,
    /// Names of the forbids that keep it true; none: the permits alone do.
    forbids: Vec<String>,
    ceiling: PolicySet,
}

#[test]
fn the_policies_stay_below_every_ceiling() {
    let Some(runtime) = solver_runtime() else { return };
    let (schema, policies) = policies();
    let ours = Compiled::new(&schema, &policies);
    assert_eq!(ours.0.len(), 84, "one for each verb and group");
    let properties = properties();
    assert!(properties.len() >= 14);
    runtime.block_on(async {
        let mut solver = solver();
        let mut broken = Vec::new();
        for property in &properties {
            let ceiling = Compiled::new(&schema, &property.ceiling);
            match ours.hole(&mut solver, &ceiling).await {
                None => println!("proved for {} actions: {}", ours.0.len(), property.sentence),
                Some(at) => {
                    let example = ours.example(&mut solver, &ceiling, at).await;
                    broken.push(format!("{} ({}): {example}", property.sentence, property.file));
                }
            }
        }
        assert!(broken.is_empty(), "not proved:\n{}", broken.join("\n"));
    });
}

#[test]
fn every_proof_fails_when_the_policies_are_weakened() {
    let Some(runtime) = solver_runtime() else { return };
    let (schema, policies) = policies();
    let everything = with_everything(&policies);
    let more = Compiled::new(&schema, &everything);
    runtime.block_on(async {
        let mut solver = solver();
        for Property { file, forbids, ceiling, .. } in &properties() {
            let ceiling = Compiled::new(&schema, ceiling);
            // What forbids keep true stays true whatever a role's file permits; what permits keep true does not.
            let holds = more.hole(&mut solver, &ceiling).await.is_none();
            assert_eq!(holds, !forbids.is_empty(), "{file}, beside a policy that permits everything");
            for forbid in forbids {
                let weakened = Compiled::new(&schema, &without(&everything, forbid));
                let hole = weakened.hole(&mut solver, &ceiling).await;
                assert!(hole.is_some(), "{file} holds without {forbid}: it proves nothing");
            }
        }
    });
}

#[test]
fn no_policy_can_fail_and_none_is_dead() {
    let Some(runtime) = solver_runtime() else { return };
    let (schema, policies) = policies();
    let environments: Vec<RequestEnv> = schema.request_envs().collect();
    runtime.block_on(async {
        let mut solver = solver();
        for policy in policies.policies() {
            let mut lives = false;
            for environment in &environments {
                let compiled = CompiledPolicy::compile(policy, environment, &schema).unwrap();
                assert!(solver.check_never_errors_opt(&compiled).await.unwrap(), "{} can fail", policy.id());
                lives = lives || !solver.check_never_matches_opt(&compiled).await.unwrap();
            }
            assert!(lives, "{} never applies to anything", policy.id());
        }
    });
}

/// A set of policies, compiled for each verb and group.
struct Compiled(Vec<(RequestEnv, CompiledPolicySet)>);

impl Compiled {
    fn new(schema: &Schema, policies: &PolicySet) -> Compiled {
        let compile = |environment: RequestEnv| {
            let compiled = CompiledPolicySet::compile(policies, &environment, schema).unwrap();
            (environment, compiled)
        };
        Compiled(schema.request_envs().map(compile).collect())
    }

    /// The first action for which these permit more than the ceiling.
    async fn hole(&self, solver: &mut Solver, ceiling: &Compiled) -> Option<usize> {
        for (at, ((_, ours), (_, most))) in self.0.iter().zip(&ceiling.0).enumerate() {
            if !solver.check_implies_opt(ours, most).await.unwrap() {
                return Some(at);
            }
        }
        None
    }

    /// What is permitted there and lies above the ceiling, for a reader.
    async fn example(&self, solver: &mut Solver, ceiling: &Compiled, at: usize) -> String {
        let ((environment, ours), (_, most)) = (&self.0[at], &ceiling.0[at]);
        match solver.check_implies_with_counterexample_opt(ours, most).await {
            Ok(Some(found)) => {
                let held = found.request.principal().and_then(|user| found.entities.ancestors(user));
                let roles: Vec<String> = held.into_iter().flatten().map(ToString::to_string).collect();
                format!("{} by {roles:?}", found.request)
            }
            _ => format!("{}: no example could be written", environment.action()),
        }
    }
}

/// The policies with one more that permits everything to everyone.
fn with_everything(policies: &PolicySet) -> PolicySet {
    let all =
        Policy::parse(Some(PolicyId::new("everything")), "permit (principal, action, resource);").unwrap();
    let mut more = policies.clone();
    more.add(all).unwrap();
    more
}

fn without(policies: &PolicySet, id: &str) -> PolicySet {
    assert!(policies.policy(&PolicyId::new(id)).is_some(), "there is no policy {id}");
    PolicySet::from_policies(policies.policies().filter(|p| p.id().to_string() != id).cloned()).unwrap()
}

/// `None`, with a sentence, where the solver is not installed. In continuous integration that is a failure.
fn solver_runtime() -> Option<tokio::runtime::Runtime> {
    let named = std::env::var("CVC5").unwrap_or_else(|_| "cvc5".into());
    let found = std::process::Command::new(&named).arg("--version").output().is_ok();
    if !found {
        let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!ci, "the proofs need cvc5 (Debian package cvc5)");
        println!("SKIPPED: cvc5 is not installed; the policies are not proved. Run scripts/setup test.");
        return None;
    }
    Some(tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap())
}

fn solver() -> Solver {
    CedarSymCompiler::new(LocalSolver::cvc5().unwrap()).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

fn policies() -> (Schema, PolicySet) {
    let manifest = std::fs::read_to_string(folder().join("MANIFEST")).unwrap();
    let mut set = PolicySet::new();
    let mut schema = None;
    for name in manifest.lines() {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        if name.ends_with(".cedarschema") {
            schema = Some(Schema::from_cedarschema_str(&text).unwrap().0);
            continue;
        }
        for policy in PolicySet::from_str(&text).unwrap().policies() {
            let id = policy.annotation("id").unwrap().to_owned();
            set.add(policy.new_id(PolicyId::new(id))).unwrap();
        }
    }
    (schema.unwrap(), set)
}

fn properties() -> Vec<Property> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder().join("proofs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let ceiling = PolicySet::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let annotation =
            |name: &str| ceiling.policies().find_map(|p| p.annotation(name)).unwrap_or_default().to_owned();
        let forbids = annotation("kept_by");
        Property {
            file: path.file_name().unwrap().to_string_lossy().into_owned(),
            sentence: annotation("property"),
            forbids: forbids.split(',').filter(|id| !id.is_empty()).map(String::from).collect(),
            ceiling,
        }
    };
    files.into_iter().map(read).collect()
}
