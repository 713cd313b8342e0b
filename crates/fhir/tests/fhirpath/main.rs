//! HL7's FHIRPath suite for R4, if its files are there (`../shared/data/fhir-test-cases`).

#![allow(clippy::expect_used, clippy::panic)] // a test ends where something is not as expected

mod xml;

use fhir::Json;
use fhir::fhirpath::{Environment, Expression, Value};
use std::collections::HashMap;
use std::path::PathBuf;

/// Cases where we differ knowingly, each with the reason.
const KNOWN: &[(&str, &str)] = &[
    ("LowBoundaryDecimal15", "-0.0 is greater than -0.0034, so it is no lower bound"),
    ("HighBoundaryDecimal15", "0.0 is less than 0.0034, so it is no upper bound"),
    ("HighBoundaryDecimal16", "the same, and the minus is applied after the call"),
    ("HighBoundaryDateTimeMillisecond1", "T08 ends at 08:59:59.999, not at 08:00:59.999"),
    ("HighBoundaryDateTimeMillisecond3", "T08 ends at 08:59:59.999, not at 08:00:59.999"),
];

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir-test-cases/r4");
    folder.is_dir().then_some(folder)
}

struct Case {
    name: String,
    input: Option<String>,
    expression: String,
    invalid: Option<String>,
    predicate: bool,
    outputs: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let document = roxmltree::Document::parse(text).expect("the suite is XML");
    let tests = document.descendants().filter(|n| n.has_tag_name("test"));
    tests
        .map(|test| {
            let expression = test.children().find(|n| n.has_tag_name("expression")).expect("an expression");
            let outputs = test.children().filter(|n| n.has_tag_name("output"));
            Case {
                name: test.attribute("name").unwrap_or_default().to_string(),
                input: test.attribute("inputfile").map(str::to_string),
                expression: expression.text().unwrap_or_default().to_string(),
                invalid: expression.attribute("invalid").map(str::to_string),
                predicate: test.attribute("predicate") == Some("true"),
                outputs: outputs
                    .map(|o| {
                        (o.attribute("type").unwrap_or_default().into(), o.text().unwrap_or_default().into())
                    })
                    .collect(),
            }
        })
        .collect()
}

fn input(folder: &std::path::Path, name: &str) -> Json<'static> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    if name.ends_with(".json") {
        return fhir::json::parse(text.trim_start_matches('\u{feff}').as_bytes()).expect("JSON").into_owned();
    }
    xml::resource(text.trim_start_matches('\u{feff}'))
}

/// What a case gives, or why it fails.
fn run(case: &Case, resource: &Json<'_>) -> Result<(), String> {
    let expression = match Expression::parse(&case.expression) {
        Ok(expression) => expression,
        Err(_) if case.invalid.is_some() => return Ok(()),
        Err(error) => return Err(format!("not parsed: {error}")),
    };
    let mut environment = Environment::of(resource);
    environment.now = Some((1_774_000_000_000, 60));
    environment.strict = case.invalid.is_some();
    let found = match expression.evaluate(&environment) {
        Ok(_) if case.invalid.is_some() => return Err("an error is expected".to_string()),
        Err(_) if case.invalid.is_some() => return Ok(()),
        Err(error) => return Err(format!("stopped: {error}")),
        Ok(found) => found,
    };
    if case.predicate {
        let truth = expression.is_true(&environment).map_err(|e| e.to_string())?.unwrap_or(false);
        let wanted = case.outputs.first().is_some_and(|(_, text)| text == "true");
        let truth = truth || (!found.is_empty() && found.len() > 1);
        return if truth == wanted { Ok(()) } else { Err(format!("{truth} as a predicate")) };
    }
    let shown: Vec<String> = found.iter().map(show).collect();
    let same = found.len() == case.outputs.len()
        && found.iter().zip(&case.outputs).all(|(value, (ty, text))| matches(value, ty, text));
    if same { Ok(()) } else { Err(format!("gives {shown:?}, not {:?}", case.outputs)) }
}

fn show(value: &Value<'_>) -> String {
    match value {
        Value::Type { namespace, name } => format!("{namespace}.{name}"),
        other => other.text().map_or_else(|| format!("{other:?}"), |text| text.into_owned()),
    }
}

fn matches(value: &Value<'_>, ty: &str, text: &str) -> bool {
    if text.is_empty() && !matches!(ty, "string" | "code") {
        return true;
    }
    let wanted = match ty {
        "date" | "dateTime" | "time" | "instant" | "" => text.trim_start_matches('@').trim_start_matches('T'),
        _ => text,
    };
    let shown = show(value);
    if let (Value::Decimal(_), Ok(a), Ok(b)) = (value, shown.parse::<f64>(), wanted.parse::<f64>()) {
        return (a - b).abs() < 1e-9 * a.abs().max(1.0);
    }
    if let (Value::Quantity(q), true) = (value, ty == "Quantity") {
        return q.text() == wanted || q.text().replace('\'', "") == wanted.replace('\'', "");
    }
    shown == wanted
}

#[test]
fn the_suite_of_hl7() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no ../shared/data/fhir-test-cases beside the repository");
        return;
    };
    let text = std::fs::read_to_string(folder.join("fhirpath/tests-fhir-r4.xml")).expect("the suite");
    let cases = cases(&text);
    let mut inputs: HashMap<String, Json<'static>> = HashMap::new();
    for case in &cases {
        let name = case.input.clone().unwrap_or_else(|| "patient-example.xml".to_string());
        inputs.entry(name.clone()).or_insert_with(|| input(&folder, &name));
    }
    let mut failed = Vec::new();
    for case in &cases {
        let name = case.input.as_deref().unwrap_or("patient-example.xml");
        if let Err(reason) = run(case, &inputs[name]) {
            failed.push((case, reason));
        }
    }
    println!("{} of {} cases pass", cases.len() - failed.len(), cases.len());
    let mut surprises = 0;
    for (case, reason) in &failed {
        let known = KNOWN.iter().find(|(name, _)| *name == case.name);
        surprises += usize::from(known.is_none());
        println!("{}: {}\n    {reason} {}", case.name, case.expression, known.map_or("", |(_, why)| why));
    }
    assert_eq!(surprises, 0, "cases that are not known to differ");
}
