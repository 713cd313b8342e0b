use crate::{View, What, csv, csv_header, ndjson};
use fhir::json::parse;
use proptest::prelude::*;

const PATIENT: &str = r##"{"resourceType":"Patient","id":"7","active":true,"birthDate":"1974-12-25",
    "name":[{"family":"Morel","given":["Anna","Léa"]},{"family":"Du\"pont","_given":[{"extension":[{"url":"http://x"}]}]}],
    "managingOrganization":{"reference":"Organization/9/_history/2"},
    "generalPractitioner":[{"reference":"#gp"},{"reference":"https://other.example/Practitioner/1"}],
    "contact":[{"telecom":[{"value":"01"},{"value":"02"}]}]}"##;

fn rows(definition: &str) -> Result<Vec<String>, What> {
    let definition = parse(definition.as_bytes()).unwrap();
    let view = View::read(&definition).map_err(|error| error.what)?;
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let mut rows = Vec::new();
    view.run(&patient, None, &mut |row| rows.push(csv(row))).map_err(|error| error.what)?;
    Ok(rows)
}

fn column(name: &str, path: &str) -> String {
    format!(r#"{{"name":"{name}","path":"{path}"}}"#)
}

fn select(select: &str) -> String {
    format!(r#"{{"resource":"Patient","select":[{select}]}}"#)
}

#[test]
fn rows_are_flat() {
    let names = format!(r#"{{"forEach":"name","column":[{}]}}"#, column("family", "family"));
    let telecoms = format!(
        r#"{{"forEach":"contact.telecom","column":[{},{}]}}"#,
        column("i", "%rowIndex"),
        column("t", "value")
    );
    assert_eq!(
        rows(&select(&format!("{names},{telecoms}"))).unwrap(),
        ["Morel,0,01", "Morel,1,02", "\"Du\"\"pont\",0,01", "\"Du\"\"pont\",1,02"]
    );
}

#[test]
fn values_are_as_written() {
    let all = [
        column("id", "getResourceKey()"),
        column("active", "active"),
        column("nothing", "deceased.ofType(boolean)"),
        column("empty", "''"),
        column("joined", "name.given.join(' ') & name.suffix.join(',')"),
        column("sum", "0.10 + 0.20"),
        column("next", "birthDate + 1 month"),
        r#"{"name":"given","path":"name.given","collection":true}"#.to_string(),
    ];
    let definition = select(&format!(r#"{{"column":[{}]}}"#, all.join(",")));
    assert_eq!(rows(&definition).unwrap(), [r#"7,true,,"",Anna Léa,0.30,1975-01-25,"[""Anna"",""Léa""]""#]);
}

#[test]
fn lines_have_a_header() {
    let definition = select(&format!(r#"{{"column":[{},{}]}}"#, column("a", "id"), column("b", "gender")));
    let view = View::read(&parse(definition.as_bytes()).unwrap()).unwrap();
    assert_eq!(csv_header(view.columns()), "a,b");
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let mut lines = Vec::new();
    view.run(&patient, None, &mut |row| lines.push(ndjson(view.columns(), row))).unwrap();
    assert_eq!(lines, [r#"{"a":"7","b":null}"#]);
}

#[test]
fn only_own_references_have_keys() {
    let key = |path: &str| rows(&select(&format!(r#"{{"column":[{}]}}"#, column("k", path))));
    assert_eq!(key("managingOrganization.getReferenceKey()").unwrap(), ["9"]);
    assert_eq!(key("managingOrganization.getReferenceKey(Organization)").unwrap(), ["9"]);
    assert_eq!(key("managingOrganization.getReferenceKey(Patient)").unwrap(), [""]);
    assert_eq!(key("generalPractitioner.getReferenceKey()").unwrap(), [""]);
}

#[test]
fn wrong_views_are_refused() {
    let one = |name: &str, path: &str| rows(&select(&format!(r#"{{"column":[{}]}}"#, column(name, path))));
    assert_eq!(one("a-b", "id"), Err(What::BadName));
    assert_eq!(one("a", "name"), Err(What::NotPlain));
    assert_eq!(one("a", "name.given"), Err(What::SeveralValues));
    assert_eq!(one("a", "%unknown"), Err(What::UnknownConstant("unknown".into())));
    assert_eq!(one("a", "gender.memberOf('http://x')"), Err(What::NotOffered("memberOf")));
    assert!(matches!(one("a", "now()"), Err(What::Run(_))));
    let twice = format!(r#"{{"column":[{},{}]}}"#, column("a", "id"), column("a", "id"));
    assert_eq!(rows(&select(&twice)), Err(What::Twice));
    let loops = format!(r#"{{"forEach":"name","repeat":["item"],"column":[{}]}}"#, column("a", "id"));
    assert_eq!(rows(&select(&loops)), Err(What::SeveralLoops));
}

#[test]
fn explosions_are_stopped() {
    let endless = format!(r#"{{"repeat":["$this"],"column":[{}]}}"#, column("a", "id"));
    assert_eq!(rows(&select(&endless)), Err(What::TooManyRows));
    let many: Vec<String> = (0..20)
        .map(|n| format!(r#"{{"forEach":"descendants()","column":[{}]}}"#, column(&format!("c{n}"), "1")))
        .collect();
    assert_eq!(rows(&select(&many.join(","))), Err(What::TooManyRows));
    let deep = format!("{}{}", r#"{"select":["#.repeat(40), "]}".repeat(40));
    assert_eq!(rows(&select(&deep)), Err(What::TooLarge));
}

/// Views of any shape, many of them wrong.
fn views() -> impl Strategy<Value = String> {
    let path = prop::sample::select(vec![
        "id",
        "name",
        "name.given",
        "$this",
        "%rowIndex",
        "%context.id",
        "children()",
        "contact.telecom",
        "1 +",
        "getReferenceKey()",
        "'x",
        "%no",
        "iif(true, 1, 2)",
    ]);
    let column = (path.clone(), "[a-c]", any::<bool>())
        .prop_map(|(path, name, list)| format!(r#"{{"name":"{name}","path":"{path}","collection":{list}}}"#));
    let leaf = column.prop_map(|column| format!(r#"{{"column":[{column}]}}"#));
    let word = prop::sample::select(vec!["select", "unionAll", "repeat", "forEach", "where"]);
    leaf.prop_recursive(4, 24, 3, move |inner| {
        (word.clone(), path.clone(), prop::collection::vec(inner, 0..3)).prop_map(|(word, path, inner)| {
            match word {
                "forEach" => format!(r#"{{"forEach":"{path}","select":[{}]}}"#, inner.join(",")),
                "repeat" => format!(r#"{{"repeat":["{path}"],"select":[{}]}}"#, inner.join(",")),
                word => format!(r#"{{"{word}":[{}]}}"#, inner.join(",")),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// A view is refused or runs, and every row has a value for every column.
    #[test]
    fn any_view_ends(definition in views()) {
        let definition = format!(r#"{{"resource":"Patient","select":[{definition}]}}"#);
        let definition = parse(definition.as_bytes()).unwrap();
        if let Ok(view) = View::read(&definition) {
            let patient = parse(PATIENT.as_bytes()).unwrap();
            let mut uneven = 0;
            let _ = view.run(&patient, None, &mut |row| uneven += usize::from(row.len() != view.columns().len()));
            prop_assert_eq!(uneven, 0);
        }
    }
}

#[test]
fn a_run_stops_when_it_is_told_to() {
    let definition = select(&format!(r#"{{"forEach":"name.given","column":[{}]}}"#, column("a", "$this")));
    let definition = parse(definition.as_bytes()).unwrap();
    let (view, patient) = (View::read(&definition).unwrap(), parse(PATIENT.as_bytes()).unwrap());
    let asked = std::cell::Cell::new(0);
    let expired = || {
        asked.set(asked.get() + 1);
        asked.get() > 2
    };
    let stopped = view.run_until(&patient, None, &expired, &mut |_| panic!("no row is handed over"));
    assert_eq!(stopped.map_err(|error| error.what), Err(What::Expired));
    assert_eq!(asked.get(), 3);
}
