use theatre::{cost, trial, week};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = week::read(&std::fs::read_to_string(&a[1]).unwrap()).unwrap();
    let f = |i: usize, d: f64| a.get(i).and_then(|x| x.parse().ok()).unwrap_or(d);
    let (best, plan) = trial(&p, f(2, 1000.0) as u64, f(3, 1.0) as u64, f(4, 60.0) as f32, f(5, 1.0) as f32);
    let c = cost(&p, &plan);
    println!("{best} {} {c:?}", c.total());
    std::fs::write("/tmp/theatre/sol.json", week::write(&plan)).unwrap();
}
