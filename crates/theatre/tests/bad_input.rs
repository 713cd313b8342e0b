//! Input that cannot be: a place and a reason, and nothing that falls over.

use std::sync::atomic::AtomicBool;
use std::time::Duration;
use theatre::problem::{Need, Placement, Plan, Problem, Span, Stay};
use theatre::sample::{Size, week as made_up};
use theatre::{Budget, Cause, Options, conflicts, explain, offers, solve, validate, week};

const WEEK: &str = r#"{"days":2,"rooms":1,"T":120,"REG":96,"surgeons":[{"win":[[0,120],null]},{"win":[[0,54],[48,120]]}],
"equip":{"scope":1},"trays":{"hip":1},"ster":36,"pacu_beds":1,"icu_beds":1,"inductions":1,
"cost":{"overtime":4,"open":60,"change":15,"ambu_late":2,"ambu_ref":84},
"surgeries":[{"id":0,"surgeon":0,"dur":10,"sigma":0.3,"clean":3,"equip":["scope"],"tray":"hip","pacu":12,"icu":0,"ambu":true,"due":0,"mandatory":false,"drop":200,"tard":20,"induction":4,"opts":[[0,0]]},
{"id":1,"surgeon":1,"dur":20,"sigma":0.3,"clean":3,"equip":["scope"],"tray":null,"pacu":12,"icu":1,"ambu":false,"due":1,"mandatory":false,"drop":200,"tard":20,"induction":4,"opts":[[0,0],[1,0]]}]}"#;

fn problem() -> Problem {
    week::read(WEEK).expect("it is right")
}

fn told(problem: &Problem) -> String {
    let faults = validate(problem).expect_err("something is wrong");
    let options = Options { threads: 1, seed: 1, budget: Budget::Time(Duration::ZERO), start: None };
    let refused = solve(problem, &options, &AtomicBool::new(false), &mut |_| {});
    assert_eq!(refused.expect_err("refused as well"), faults);
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_text_cut_anywhere_is_told_with_line_and_column() {
    for cut in (0..WEEK.len()).filter(|cut| WEEK.is_char_boundary(*cut)) {
        let faults = week::read(&WEEK[..cut]).expect_err("not all of it");
        assert!(faults[0].to_string().contains("line"), "{}", faults[0]);
    }
}

#[test]
fn names_and_numbers_that_cannot_be_have_their_place() {
    for (from, to, at) in [
        (r#""equip":["scope"],"tray":"hip""#, r#""equip":["laser"],"tray":"hip""#, "surgeries[0].equip"),
        (r#""surgeon":1,"dur":20"#, r#""surgeon":7,"dur":20"#, "surgeries[1].surgeon"),
        (r#""surgeon":1,"dur":20"#, r#""surgeon":1,"dur":360"#, "cases[1].duration"),
        (r#""surgeon":1,"dur":20"#, r#""surgeon":1,"dur":-5"#, "line"),
        (r#""surgeon":1,"dur":20"#, r#""surgeon":1,"dur":0"#, "cases[1].duration"),
        (r#""opts":[[0,0],[1,0]]"#, r#""opts":[[0,0],[9,0]]"#, "cases[1].options[1]"),
        (r#""days":2"#, r#""days":2000000000"#, "days"),
        (r#""T":120"#, r#""T":0"#, "slots"),
        (r#""tard":20"#, r#""tard":4000000000"#, "day_cost"),
        (r#""pacu_beds":1"#, r#""pacu_beds":9999"#, "resources"),
    ] {
        let text = WEEK.replace(from, to);
        assert_ne!(text, WEEK, "{from}");
        let faults = week::read(&text).expect_err(to);
        assert!(faults.iter().any(|fault| fault.to_string().contains(at)), "{to}: {faults:?}");
    }
}

#[test]
fn references_are_checked() {
    type Break = fn(&mut Problem);
    let cases: [(&str, Break); 9] = [
        ("cases[0].needs[0].resource", |p| p.cases[0].needs[0].resource = 99),
        ("cases[0].needs[0]", |p| p.cases[0].needs[0] = Need { resource: 0, from: 9, to: 3 }),
        ("cases[0].stays[0].ward", |p| p.cases[0].stays = vec![Stay { ward: 3, nights: 1 }]),
        ("cases[0].lead", |p| p.cases[0].lead = Some(77)),
        ("cases[0].pinned.room", |p| p.cases[0].pinned = Some(Placement { day: 0, room: 4, start: 0 })),
        ("cases[0].deviation", |p| p.cases[0].deviation = f32::NAN),
        ("rooms[0].days", |p| p.rooms[0].days.truncate(1)),
        ("rooms[0].closed", |p| p.rooms[0].days[0].closed = vec![Span { from: 9, to: 2 }]),
        ("weights.overtime", |p| p.weights.overtime = u32::MAX),
    ];
    for (at, break_it) in cases {
        let mut problem = problem();
        break_it(&mut problem);
        let told = told(&problem);
        assert!(told.contains(at), "{at}: {told}");
    }
}

#[test]
fn a_plan_of_another_problem_is_refused() {
    let problem = problem();
    assert!(conflicts(&problem, &Plan::default()).is_err());
    let far = Plan { placements: vec![Some(Placement { day: 9, room: 0, start: 0 }), None] };
    assert!(conflicts(&problem, &far).is_err());
    let none = Plan { placements: vec![None, None] };
    assert!(offers(&problem, &none, 5, None, 3).is_err());
    assert!(explain(&problem, &none, 5, Placement { day: 0, room: 0, start: 0 }).is_err());
    assert!(week::read_plan(r#"{"assign":[[0,0"#, &problem).is_err());
}

#[test]
fn pinned_cases_in_conflict_are_told_and_planned_around() {
    let mut problem = problem();
    let at = |start| Placement { day: 0, room: 0, start };
    problem.cases[0].pinned = Some(at(5));
    problem.cases[1].pinned = Some(at(8));
    let options = Options { threads: 1, seed: 1, budget: Budget::Steps(2_000), start: None };
    let found = solve(&problem, &options, &AtomicBool::new(false), &mut |_| {}).expect("valid");
    assert_eq!(found.plan.placements, [Some(at(5)), Some(at(8))]);
    let told = conflicts(&problem, &found.plan).expect("valid");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].case, 1);
    let Some(Cause::Room { holders }) = told[0].causes.iter().find(|c| matches!(c, Cause::Room { .. }))
    else {
        panic!("the room is taken: {:?}", told[0].causes);
    };
    assert_eq!((holders[0].case, holders[0].from, holders[0].until), (0, 5, 18));
    assert!(told[0].causes.iter().any(|c| matches!(c, Cause::Held { from: 8, until: 15, .. })), "{told:?}");
}

#[test]
fn many_cases_pinned_into_one_slot_do_not_fall_over() {
    let mut problem = made_up(Size { days: 2, rooms: 2, cases: 120, slots: 120 }, 4);
    for case in &mut problem.cases[..100] {
        case.pinned = Some(Placement { day: 0, room: 0, start: 119 });
    }
    let options = Options { threads: 2, seed: 1, budget: Budget::Steps(3_000), start: None };
    let found = solve(&problem, &options, &AtomicBool::new(false), &mut |_| {}).expect("valid");
    assert!(conflicts(&problem, &found.plan).expect("valid").len() >= 99);
}

#[test]
fn nothing_to_plan_is_a_plan() {
    let mut problem = problem();
    problem.cases.clear();
    let options = Options { threads: 2, seed: 1, budget: Budget::Steps(1_000), start: None };
    let found = solve(&problem, &options, &AtomicBool::new(false), &mut |_| {}).expect("valid");
    assert_eq!((found.plan.placements.len(), found.cost.total()), (0, 0));
}
