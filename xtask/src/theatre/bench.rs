//! `cargo xtask bench theatre [FOLDER] [--seconds 5] [--threads 2] [--seeds 3]`: the engine on the weekly
//! instances of a folder (`*.json`, best known plans beside them as `*.known.json`), and on made-up days.

use super::{Words, read, told};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use theatre::problem::limits;
use theatre::sample::{Size, week as made_up};
use theatre::{
    Budget, Now, Options, Plan, Problem, Solution, conflicts, cost, insert_emergency, solve, week,
};

/// Where the instances are if no folder is named: beside the repository.
const FOLDER: &str = "../shared/data/or-week";

/// Prints one table.
pub fn run(args: &[String]) -> Result<(), String> {
    let words = Words::parse(args, &["seconds", "threads", "seeds"])?;
    let time = Duration::from_secs_f64(words.number::<f64>("seconds", 5.0)?.clamp(0.1, 3600.0));
    let (threads, seeds) = (words.number("threads", 2)?, words.number::<u64>("seeds", 3)?);
    let folder = words.plain.first().map_or_else(|| FOLDER.to_string(), String::clone);
    println!(
        "{:<16}{:>6}{:>10}{:>10}{:>8}{:>12}{:>11}",
        "instance", "seed", "cost", "known", "gap", "first plan", "conflicts"
    );
    for path in instances(Path::new(&folder)) {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let problem = load(&path)?;
        let known = known(&path, &problem);
        for seed in 1..=seeds {
            let found = run_one(&problem, time, threads, seed)?;
            line(&name, &problem, seed, &found, known)?;
        }
    }
    let large = made_up(Size { days: 5, rooms: 30, cases: 600, slots: 120 }, 1);
    for seed in 1..=seeds {
        let found = run_one(&large, Duration::from_secs(10), threads, seed)?;
        line("30 rooms 10 s", &large, seed, &found, None)?;
    }
    println!();
    day_of_150(threads)
}

fn instances(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("(no instances: {} cannot be read)", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|p| {
        let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.ends_with(".json") && name.matches('.').count() == 1
    });
    paths.sort();
    paths
}

fn load(path: &Path) -> Result<Problem, String> {
    let name = path.display().to_string();
    week::read(&read(&name)?).map_err(|faults| told(&name, &faults))
}

/// What the best known plan costs, by our own count.
fn known(path: &Path, problem: &Problem) -> Option<i64> {
    let text = std::fs::read_to_string(path.with_extension("known.json")).ok()?;
    let plan: Plan = week::read_plan(&text, problem).ok()?;
    Some(cost(problem, &plan).total())
}

fn run_one(problem: &Problem, time: Duration, threads: usize, seed: u64) -> Result<Solution, String> {
    let options = Options { threads, seed, budget: Budget::Time(time), start: None };
    solve(problem, &options, &AtomicBool::new(false), &mut |_| {}).map_err(|faults| told("instance", &faults))
}

fn line(
    name: &str,
    problem: &Problem,
    seed: u64,
    found: &Solution,
    known: Option<i64>,
) -> Result<(), String> {
    let conflicts = conflicts(problem, &found.plan).map_err(|faults| told(name, &faults))?.len();
    let total = found.cost.total();
    let known_text = known.map_or_else(|| "–".into(), |k| k.to_string());
    let gap =
        known.map_or_else(|| "–".into(), |k| format!("{:+.2} %", 100.0 * (total as f64 / k as f64 - 1.0)));
    let first = format!("{:.1} ms", found.first.as_secs_f64() * 1e3);
    println!("{name:<16}{seed:>6}{total:>10}{known_text:>10}{gap:>8}{first:>12}{conflicts:>11}");
    Ok(())
}

/// One day with 150 cases in 30 rooms: conflicts, and an emergency in the morning.
fn day_of_150(threads: usize) -> Result<(), String> {
    let mut problem = made_up(Size { days: 1, rooms: 30, cases: 150, slots: 120 }, 7);
    let found = run_one(&problem, Duration::from_secs(2), threads, 1)?;
    let mut plan = found.plan;
    let times: Vec<f64> = (0..51)
        .map(|_| {
            let began = Instant::now();
            let found = conflicts(black_box(&problem), black_box(&plan)).map(|c| c.len());
            black_box(found).map(|_| began.elapsed().as_secs_f64() * 1e3)
        })
        .collect::<Result<_, _>>()
        .map_err(|faults| told("day", &faults))?;
    let planned = plan.placements.iter().flatten().count();
    print_times(&format!("conflict check, {planned} cases in 30 rooms"), times);
    let mut emergency = problem.cases[0].clone();
    emergency.options = (0..30).map(|room| (0, room)).collect();
    emergency.drop_cost = limits::COST;
    problem.cases.push(emergency);
    plan.placements.push(None);
    let (mut times, mut moved) = (Vec::new(), Vec::new());
    for slot in (6..60).step_by(6) {
        let budget = Budget::Time(Duration::from_millis(120));
        let began = Instant::now();
        let done = insert_emergency(&problem, &plan, problem.cases.len() - 1, Now { day: 0, slot }, budget)
            .map_err(|faults| told("emergency", &faults))?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        moved.push(done.moved.len());
    }
    print_times("emergency insertion", times);
    println!("{:<40} {moved:?}", "cases that it moves");
    Ok(())
}

fn print_times(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let middle = times.get(times.len() / 2).copied().unwrap_or(0.0);
    let most = times.last().copied().unwrap_or(0.0);
    println!("{what:<40} median {middle:.2} ms, most {most:.2} ms");
}
