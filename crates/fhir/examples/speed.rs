//! How long validation and FHIRPath take on one resource:
//! `cargo run --release -p fhir --example speed -- FILE…`.

use fhir::fhirpath::{Environment, Expression};
use std::hint::black_box;
use std::time::{Duration, Instant};

const RUNS: u32 = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    fhir::validate::validate(&fhir::json::parse(br#"{"resourceType":"Basic","code":{"text":"x"}}"#)?);
    println!("tables and first resource: {:?}", start.elapsed());
    let paths: Vec<_> = std::env::args().skip(1).collect();
    let expression = Expression::parse("code.coding.where(system = 'http://loinc.org').code.first()")?;
    for path in paths {
        let bytes = std::fs::read(&path)?;
        let text = fhir::json::parse(&bytes)?.to_vec();
        let resource = fhir::json::parse(&text)?;
        let parsed = best(|| black_box(fhir::json::parse(black_box(&text))).is_ok());
        let validated = best(|| black_box(fhir::validate::validate(black_box(&resource))).is_empty());
        let environment = Environment::of(&resource);
        let evaluated = best(|| black_box(expression.evaluate(&environment)).is_ok());
        println!(
            "{path}: {} bytes, parse {parsed:?}, validate {validated:?}, one FHIRPath {evaluated:?}",
            text.len()
        );
    }
    Ok(())
}

/// The mean of a thousand runs, the least of several means.
fn best(mut run: impl FnMut() -> bool) -> Duration {
    let mut least = Duration::MAX;
    for _ in 0..RUNS / 1000 {
        let start = Instant::now();
        for _ in 0..1000 {
            black_box(run());
        }
        least = least.min(start.elapsed() / 1000);
    }
    least
}
