//! The project's own tools: `cargo xtask <task>`.

mod codegen;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("codegen") => codegen::run(&args[1..]),
        _ => Err("usage: cargo xtask codegen".to_string()),
    };
    if let Err(reason) = outcome {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}
