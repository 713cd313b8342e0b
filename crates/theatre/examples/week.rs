use theatre::{cost, trial, week};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = week::read(&std::fs::read_to_string(&a[1]).unwrap()).unwrap();
    let f = |i: usize, d: f64| a.get(i).and_then(|x| x.parse().ok()).unwrap_or(d);
    let mix: Vec<usize> = std::env::var("MIX").map(|m| m.split(',').map(|x| x.parse().unwrap()).collect()).unwrap_or_default();
    let (best, plan) = trial(&p, f(2, 1.0), f(3, 1.0) as u64, f(4, 25.0) as f32, f(5, 1.0) as f32, &mix, std::env::var("STATS").is_ok());
    let c = cost(&p, &plan);
    println!("{best} {} {c:?}", c.total());
    assert_eq!(best, c.total());
    if let Ok(out) = std::env::var("OUT") {
        std::fs::write(out, week::write(&plan)).unwrap();
    }
}
