//! The project's own tools: `cargo xtask <task>`.

mod codegen;
mod codegen_validate;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("codegen") => codegen::run().and_then(|()| codegen_validate::run()),
        _ => Err("usage: cargo xtask codegen".to_string()),
    };
    if let Err(reason) = outcome {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}
