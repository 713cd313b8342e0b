//! What holds for every problem, checked by counting slots.

mod slow;

use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use theatre::problem::{Placement, Plan, Problem, Span};
use theatre::sample::{Size, week};
use theatre::{Budget, Now, Options, Solution, conflicts, cost, explain, insert_emergency, offers, solve};

fn run(problem: &Problem, seed: u64, threads: usize, steps: u64, start: Option<Plan>) -> Solution {
    let options = Options { threads, seed, budget: Budget::Steps(steps), start };
    solve(problem, &options, &AtomicBool::new(false), &mut |_| {}).expect("a sample week is valid")
}

fn problems() -> impl Strategy<Value = Problem> {
    let size =
        (1usize..5, 1usize..7, 1usize..60, prop_oneof![Just(60usize), Just(120), Just(127), Just(288)]);
    (size, any::<u64>(), 0u32..2).prop_map(|((days, rooms, cases, slots), seed, risky)| {
        let mut problem = week(Size { days, rooms, cases, slots }, seed);
        problem.weights.overtime_risk = risky * 80;
        problem
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_breaks_nothing_and_costs_what_it_says(problem in problems(), seed: u64) {
        let mut last = None;
        let options = Options { threads: 2, seed, budget: Budget::Steps(6_000), start: None };
        let found = solve(&problem, &options, &AtomicBool::new(false), &mut |p| {
            assert_eq!(cost(&problem, &p.plan).total(), p.cost, "what was counted on the way is the cost");
            last = Some(p.cost);
        }).expect("valid");
        prop_assert_eq!(slow::violations(&problem, &found.plan), Vec::<String>::new());
        prop_assert_eq!(found.cost.total() - found.cost.risk, slow::total(&problem, &found.plan));
        prop_assert_eq!(Some(found.cost.total()), last);
        prop_assert!(conflicts(&problem, &found.plan).expect("valid").is_empty());
    }

    #[test]
    fn the_same_steps_give_the_same_plan(problem in problems(), seed: u64, threads in 1usize..4) {
        let (one, two) = (run(&problem, seed, threads, 4_000, None), run(&problem, seed, threads, 4_000, None));
        prop_assert_eq!(one.plan, two.plan);
        prop_assert_eq!(one.steps, two.steps);
    }

    #[test]
    fn what_is_pinned_stays(problem in problems(), seed: u64) {
        let before = run(&problem, seed, 1, 2_000, None).plan;
        let mut pinned = problem.clone();
        for (i, case) in pinned.cases.iter_mut().enumerate().filter(|(i, _)| (seed >> (i % 60)) & 1 == 1) {
            case.pinned = before.placements[i];
        }
        let found = run(&pinned, seed ^ 1, 2, 4_000, None);
        for (case, at) in pinned.cases.iter().zip(&found.plan.placements) {
            prop_assert!(case.pinned.is_none() || case.pinned == *at);
        }
        prop_assert_eq!(slow::violations(&pinned, &found.plan), Vec::<String>::new());
        prop_assert_eq!(found.cost.total() - found.cost.risk, slow::total(&pinned, &found.plan));
    }

    #[test]
    fn a_published_plan_is_kept_or_paid_for(problem in problems(), seed: u64) {
        let before = run(&problem, seed, 1, 2_000, None).plan;
        let mut published = problem.clone();
        for (case, at) in published.cases.iter_mut().zip(&before.placements) {
            case.published = *at;
        }
        let w = &mut published.weights;
        (w.moved_day, w.moved_room, w.moved_slot) = (40_000, 20_000, 400);
        let kept = run(&published, seed, 1, 4_000, Some(before.clone()));
        prop_assert_eq!(kept.cost.disturbance, 0, "nothing is worth that much");
        (published.weights.moved_day, published.weights.moved_room, published.weights.moved_slot) = (3, 2, 1);
        let moved = run(&published, seed, 1, 4_000, Some(before));
        prop_assert_eq!(moved.cost.total() - moved.cost.risk, slow::total(&published, &moved.plan));
        for (case, at) in published.cases.iter().zip(&moved.plan.placements) {
            if let (Some(promised), Some(at)) = (case.published, at) {
                prop_assert!(promised.day != at.day || at.start >= promised.start, "never called in earlier");
            }
        }
    }

    #[test]
    fn the_check_agrees_with_counting(problem in problems(), seed: u64, shifts in prop::collection::vec((0usize..60, 0u16..4, 0u16..6, 0u16..60), 0..6)) {
        let mut plan = run(&problem, seed, 1, 1_000, None).plan;
        for (case, day, room, start) in shifts {
            let (days, rooms) = (problem.days as u16, problem.rooms.len() as u16);
            let at = Placement { day: day % days, room: room % rooms, start: start % problem.slots as u16 };
            let count = plan.placements.len();
            plan.placements[case % count] = Some(at);
        }
        let found = conflicts(&problem, &plan).expect("valid");
        prop_assert_eq!(found.is_empty(), slow::violations(&problem, &plan).is_empty());
        prop_assert!(found.iter().all(|conflict| !conflict.causes.is_empty()), "no conflict without a reason");
    }

    #[test]
    fn an_offer_can_be_taken(problem in problems(), seed: u64, case in 0usize..60, wished in any::<bool>()) {
        let mut plan = run(&problem, seed, 1, 1_000, None).plan;
        let case = case % problem.cases.len();
        let wish = plan.placements[case].filter(|_| wished);
        let before = cost(&problem, &plan).total();
        let found = offers(&problem, &plan, case, wish, 3).expect("valid");
        prop_assert!(wish.is_none() || found.first().is_some_and(|offer| Some(offer.at) == wish), "where it is, is the nearest");
        for offer in found {
            prop_assert_eq!(explain(&problem, &plan, case, offer.at).expect("valid"), vec![]);
            plan.placements[case] = Some(offer.at);
            prop_assert_eq!(slow::violations(&problem, &plan), Vec::<String>::new());
            if wish.is_none() {
                break;
            }
            prop_assert_eq!(cost(&problem, &plan).total() - before, offer.cost);
        }
    }

    #[test]
    fn an_emergency_does_not_change_the_past(problem in problems(), seed: u64, slot in 0u16..50) {
        let plan = run(&problem, seed, 1, 1_000, None).plan;
        let now = Now { day: 0, slot };
        let case = plan.placements.iter().position(Option::is_none).unwrap_or(0);
        let done = insert_emergency(&problem, &plan, case, now, Budget::Steps(4_000)).expect("valid");
        for (i, (before, after)) in plan.placements.iter().zip(&done.plan.placements).enumerate().filter(|(i, _)| *i != case) {
            let past = before.is_some_and(|at| (at.day, at.start) < (0, slot));
            prop_assert!(!past || before == after, "{i} had begun");
            prop_assert_eq!(before != after, done.moved.iter().any(|moved| moved.case == i));
        }
        prop_assert!(done.at.is_none_or(|at| (at.day, at.start) >= (0, slot)));
        prop_assert_eq!(slow::violations(&problem, &done.plan), Vec::<String>::new());
    }
}

#[test]
fn a_stopped_search_still_has_a_plan() {
    let problem = week(Size { days: 5, rooms: 6, cases: 80, slots: 120 }, 5);
    let (stop, mut reports) = (AtomicBool::new(false), 0);
    let options = Options { threads: 2, seed: 1, budget: Budget::Steps(300_000), start: None };
    let found = solve(&problem, &options, &stop, &mut |_| {
        reports += 1;
        stop.store(reports > 5, Ordering::Relaxed);
    });
    let found = found.expect("valid");
    assert!(slow::violations(&problem, &found.plan).is_empty());
    assert!(reports > 5);
    assert!(found.steps < 600_000, "it ended before its time");
}

#[test]
fn more_steps_are_better() {
    let problem = week(Size { days: 5, rooms: 6, cases: 100, slots: 120 }, 6);
    let few = run(&problem, 1, 1, 256, None).cost.total();
    let many = run(&problem, 1, 1, 200_000, None).cost.total();
    assert!(many < few, "{many} after {few}");
}

#[test]
fn a_room_that_closes_under_a_plan_is_told_and_emptied() {
    let mut problem = week(Size { days: 1, rooms: 3, cases: 14, slots: 120 }, 3);
    let plan = run(&problem, 1, 1, 20_000, None).plan;
    let room = plan.placements.iter().flatten().next().expect("something is planned").room;
    problem.rooms[usize::from(room)].days[0].closed = vec![Span { from: 0, to: 300 }];
    let found = conflicts(&problem, &plan).expect("valid");
    assert!(!found.is_empty() && found.iter().all(|c| c.at.room == room));
    let again = run(&problem, 1, 1, 20_000, Some(plan)).plan;
    assert!(again.placements.iter().flatten().all(|at| at.room != room));
}
