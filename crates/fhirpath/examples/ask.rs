//! Asks a question of a resource: `cargo run -p fhirpath --example ask -- EXPRESSION [FILE]`. Each item comes
//! with its type, its text and where it stands.

use fhirpath::{Environment, TypeInfo, Value};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(expression), file) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: ask EXPRESSION [FILE]");
        std::process::exit(2);
    };
    if let Err(reason) = ask(&expression, file.as_deref()) {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}

fn ask(expression: &str, file: Option<&str>) -> Result<(), String> {
    let text = match file {
        Some(file) => std::fs::read(file).map_err(|e| format!("{file}: {e}"))?,
        None => b"{}".to_vec(),
    };
    let resource = fhir::json::parse(&text).map_err(|e| e.to_string())?;
    let expression = fhirpath::compile(expression).map_err(|e| e.to_string())?;
    let mut environment = Environment::new();
    environment.now = Some((1_774_000_000_000, 60));
    let found = expression.evaluate(&resource, &environment).map_err(|e| e.to_string())?;
    for (item, location) in found.items().iter().zip(found.locations()) {
        let ty = TypeInfo::of(item).map_or("?".to_string(), |ty| ty.to_string());
        let shown = match item {
            Value::Type { namespace, name } => format!("{namespace}.{name}"),
            other => other.text().unwrap_or("…".into()).into_owned(),
        };
        println!("{ty}\t{shown}\t{}", location.map(|l| l.to_string()).unwrap_or_default());
    }
    Ok(())
}
