//! Runs a case and compares what it gives with what the suite says: how many items, their types, their texts.

use super::case::{Case, Output};
use fhir::Json;
use fhirpath::{Collection, Environment, TypeInfo, Value};

pub enum Verdict {
    Passed,
    Failed(String),
    Skipped(&'static str),
}

pub fn judge(case: &Case, input: &Json<'_>) -> Verdict {
    if case.mode.as_deref() == Some("lenient/polymorphics") {
        return Verdict::Skipped("an optional mode: `valueQuantity` is a name of JSON, not of the language");
    }
    match run(case, input) {
        Ok(()) => Verdict::Passed,
        Err(reason) => Verdict::Failed(reason),
    }
}

fn run(case: &Case, input: &Json<'_>) -> Result<(), String> {
    let must_fail = case.invalid.is_some();
    let expression = match fhirpath::compile(&case.expression) {
        Ok(expression) => expression,
        Err(_) if must_fail => return Ok(()),
        Err(error) => return Err(format!("is not read: {error}")),
    };
    let mut environment = Environment::new();
    environment.now = Some((1_774_000_000_000, 60));
    environment.strict =
        case.mode.as_deref() == Some("strict") || case.invalid.as_deref() == Some("semantic");
    let found = match expression.evaluate(input, &environment) {
        Ok(found) if must_fail => return Err(format!("gives {}; an error is expected", shown(&found))),
        Err(_) if must_fail => return Ok(()),
        Err(error) => return Err(format!("stops: {error}")),
        Ok(found) => found,
    };
    if case.predicate {
        let truth = is_true(&found);
        let wanted = case.outputs.first().is_some_and(|output| output.text == "true");
        return if truth == wanted { Ok(()) } else { Err(format!("is {truth} as a condition")) };
    }
    if same(case, &found) { Ok(()) } else { Err(format!("gives {}, not {}", shown(&found), wanted(case))) }
}

/// One boolean as it is; anything else counts as true when it is there.
fn is_true(found: &Collection<'_>) -> bool {
    match found.items() {
        [one] => !matches!(one.system(), Some(Value::Boolean(false))),
        items => !items.is_empty(),
    }
}

fn same(case: &Case, found: &Collection<'_>) -> bool {
    let items = found.items();
    if items.len() != case.outputs.len() {
        return false;
    }
    if !case.unordered {
        return items.iter().zip(&case.outputs).all(|(item, output)| matches(item, output));
    }
    let mut left: Vec<&Value<'_>> = items.iter().collect();
    case.outputs.iter().all(|output| {
        let at = left.iter().position(|item| matches(item, output));
        at.map(|at| left.swap_remove(at)).is_some()
    })
}

fn matches(item: &Value<'_>, output: &Output) -> bool {
    let ty = output.ty.as_deref();
    if ty.is_some_and(|ty| type_name(item) != ty) {
        return false;
    }
    let shown = text(item);
    let wanted = match item.system() {
        // The suite writes some times as literals.
        Some(Value::Temporal(_)) => output.text.trim_start_matches('@').trim_start_matches('T'),
        Some(Value::Decimal(own)) => {
            // Equal as numbers, for the suite leaves the digits of roots and powers open.
            let numbers = (shown.parse::<f64>(), output.text.parse::<f64>());
            let exact = own.to_string() == output.text;
            return exact || matches!(numbers, (Ok(a), Ok(b)) if (a - b).abs() < 1e-9 * a.abs().max(1.0));
        }
        Some(Value::Quantity(_)) => return shown.replace('\'', "") == output.text.replace('\'', ""),
        _ => &output.text,
    };
    shown == wanted
}

/// The name as the suite writes it: `string` for `System.String` and `FHIR.string` alike.
fn type_name(item: &Value<'_>) -> String {
    let name = TypeInfo::of(item).map_or("", |ty| ty.name);
    match item {
        Value::Element(_) | Value::Quantity(_) => name.to_string(),
        _ => name.char_indices().map(|(at, c)| if at == 0 { c.to_ascii_lowercase() } else { c }).collect(),
    }
}

fn text(item: &Value<'_>) -> String {
    match item {
        Value::Type { namespace, name } => format!("{namespace}.{name}"),
        other => other.text().map_or_else(|| format!("{other:?}"), |text| text.into_owned()),
    }
}

fn shown(found: &Collection<'_>) -> String {
    let items: Vec<String> =
        found.items().iter().map(|item| format!("{} {:?}", type_name(item), text(item))).collect();
    format!("[{}]", items.join(", "))
}

fn wanted(case: &Case) -> String {
    let outputs: Vec<String> = case
        .outputs
        .iter()
        .map(|output| format!("{} {:?}", output.ty.as_deref().unwrap_or("any"), output.text))
        .collect();
    format!("[{}]", outputs.join(", "))
}
