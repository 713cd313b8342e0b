//! The project's own tools: `cargo xtask <task>`.

mod access_matrix;
mod bench;
mod codegen;
mod codegen_validate;
mod conformance;
mod fhirpath_suite;
mod patch_suite;
mod sql_on_fhir_suite;
mod theatre;
mod tidy;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("codegen") => codegen::run().and_then(|()| codegen_validate::run()),
        Some("tidy") => tidy::run(),
        Some("access-matrix") => access_matrix::run(&args[1..]),
        Some("bench") if args.get(1).is_some_and(|what| what == "theatre") => theatre::bench(&args[2..]),
        Some("conformance") => conformance::run(&args[1..]),
        Some("theatre-solve") => theatre::solve(&args[1..]),
        Some("duration-eval") => theatre::durations(&args[1..]),
        Some("bench") => bench::start(&args[1..]),
        Some("bench-run") => bench::run(&args[1..]),
        Some("bare") => bench::bare(&args[1..]),
        _ => Err("usage: cargo xtask codegen|tidy|access-matrix|bench|conformance\
                  |theatre-solve|duration-eval"
            .to_string()),
    };
    if let Err(reason) = outcome {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}
