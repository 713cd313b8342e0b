//! What must be true of every question, tried on random ones.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
    Schema,
};
use policy::{Group, Marks, Opening, Policies, Purpose, Question, Role, Roles, Station, Ties, Verb};
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

static POLICIES: LazyLock<Policies> = LazyLock::new(|| Policies::embedded().unwrap());

prop_compose! {
    fn question()(
        roles in proptest::sample::subsequence(Role::ALL.to_vec(), 0..=3),
        purpose in proptest::sample::select(Purpose::ALL.to_vec()),
        verb in proptest::sample::select(Verb::ALL.to_vec()),
        group in proptest::sample::select(Group::ALL.to_vec()),
        ties in 0_u8..128,
        marks in prop_oneof![2 => Just(0), 1 => 0_u8..64],
        station in prop_oneof![2 => Just(0b111), 1 => 0_u8..32],
    ) -> Question {
        Question {
            roles: Roles::of(&roles),
            purpose,
            verb,
            group,
            ties: Ties::from_bits(ties),
            marks: Marks::from_bits(marks),
            station: Station::from_bits(station),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Slices, packing and memory agree with all policies asked in Cedar's own words.
    #[test]
    fn decides_as_cedar_does(q in question()) {
        let expected = asked_of_cedar(&q);
        prop_assert_eq!(POLICIES.allows_afresh(&q), expected);
        prop_assert_eq!(POLICIES.allows(&q), expected);
        prop_assert_eq!(POLICIES.allows(&q), expected, "the second time");
    }

    #[test]
    fn nothing_of_another_tenant_and_nothing_by_a_disabled_account(q in question()) {
        let foreign = Question { station: q.station.without(Station::SAME_TENANT), ..q };
        prop_assert!(!POLICIES.allows(&foreign));
        let disabled = Question { station: q.station.with(Station::DISABLED), ..q };
        prop_assert!(!POLICIES.allows(&disabled));
    }

    /// The store decides most requests by the best and the worst that could be known of a patient.
    #[test]
    fn ties_only_permit_and_marks_only_forbid(q in question(), ties in 0_u8..128, marks in 0_u8..64) {
        if POLICIES.allows(&q) {
            let closer = Question { ties: q.ties.with(Ties::from_bits(ties)), ..q };
            prop_assert!(POLICIES.allows(&closer));
            let plainer = Question { marks: q.marks.without(Marks::from_bits(marks)), ..q };
            prop_assert!(POLICIES.allows(&plainer));
        }
    }

    #[test]
    fn break_glass_only_reads(q in question()) {
        let open = Question { station: q.station.with(Station::BREAK_GLASS), ..q };
        prop_assert!(!POLICIES.allows(&open) || q.verb == Verb::Read);
        let purpose = Question { purpose: Purpose::BreakGlass, ..q };
        prop_assert!(!POLICIES.allows(&purpose) || q.verb == Verb::Read);
    }

    #[test]
    fn an_explanation_is_true_and_names_what_decided(q in question()) {
        let explained = POLICIES.explain(&q);
        prop_assert_eq!(explained.allowed, POLICIES.allows(&q));
        prop_assert!(!explained.allowed || !explained.reasons.is_empty());
        let effect = if explained.allowed { "permit" } else { "forbid" };
        prop_assert!(explained.reasons.iter().all(|r| r.effect.as_str() == effect));
        prop_assert!(!explained.allowed || explained.would_open.is_empty());
        if explained.would_open.contains(&Opening::BreakGlass) && !explained.would_open.contains(&Opening::WithFreshFactor) {
            let open = Question { station: q.station.with(Station::BREAK_GLASS), ..q };
            prop_assert!(POLICIES.allows(&open));
        }
    }

    #[test]
    fn closed_policies_deny_everything(q in question()) {
        let closed = Policies::closed("a file is missing");
        prop_assert!(!closed.allows(&q) && !closed.explain(&q).allowed);
        prop_assert!(closed.explain(&q).reasons.is_empty() && closed.explain(&q).would_open.is_empty());
    }
}

struct Oracle {
    schema: Schema,
    policies: PolicySet,
}

static ORACLE: LazyLock<Oracle> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let names = read("MANIFEST");
    let all: String = names.lines().filter(|name| name.ends_with(".cedar")).map(read).collect();
    let schema = Schema::from_cedarschema_str(&read("medhub.cedarschema")).unwrap().0;
    Oracle { schema, policies: PolicySet::from_str(&all).unwrap() }
});

/// All policies, a request that is checked against the schema, nothing remembered.
fn asked_of_cedar(q: &Question) -> bool {
    let uid = |text: String| EntityUid::from_str(&text).unwrap();
    let record = |flags: Vec<(bool, &str)>| {
        let fields: Vec<String> = flags.iter().map(|(on, name)| format!("{name}: {on}")).collect();
        RestrictedExpression::from_str(&format!("{{{}}}", fields.join(", "))).unwrap()
    };
    let context = Context::from_pairs([
        (
            "purpose".into(),
            RestrictedExpression::from_str(&format!("Purpose::\"{}\"", q.purpose.as_str())).unwrap(),
        ),
        ("ties".into(), record(Ties::ALL.iter().map(|(f, n)| (q.ties.has(*f), *n)).collect())),
        ("marks".into(), record(Marks::ALL.iter().map(|(f, n)| (q.marks.has(*f), *n)).collect())),
        ("station".into(), record(Station::ALL.iter().map(|(f, n)| (q.station.has(*f), *n)).collect())),
    ])
    .unwrap();
    let resource = match q.group {
        Group::Directory | Group::Configuration | Group::Audit | Group::Security => {
            uid("Clinic::\"c\"".into())
        }
        _ if matches!(q.verb, Verb::Export | Verb::Erase) => uid("Patient::\"p\"".into()),
        _ => uid("Record::\"r\"".into()),
    };
    let user = uid("User::\"u\"".into());
    let action = uid(format!("Action::\"{}_{}\"", q.verb.as_str(), q.group.as_str()));
    let schema = &ORACLE.schema;
    let roles: HashSet<EntityUid> =
        q.roles.iter().map(|r| uid(format!("Role::\"{}\"", r.as_str()))).collect();
    let actor = Entity::new_no_attrs(user.clone(), roles);
    let entities = Entities::from_entities([actor], Some(schema)).unwrap();
    let request = Request::new(user, action, resource, context, Some(schema)).unwrap();
    Authorizer::new().is_authorized(&request, &ORACLE.policies, &entities).decision() == Decision::Allow
}
