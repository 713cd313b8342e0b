use super::{Environment, EvaluationError, Expression, Fault, Outside, Value};
use crate::Json;
use crate::json::parse;

const PATIENT: &str = r##"{"resourceType":"Patient","id":"p","contained":[{"resourceType":"Organization","id":"o","name":"O"}],
    "name":[{"use":"official","family":"F","given":["A","B"],"_given":[null,{"id":"second"}]}],
    "birthDate":"1974-12-25","_gender":{"extension":[{"url":"http://x","valueCode":"unknown"}]},
    "multipleBirthInteger":2,"managingOrganization":{"reference":"#o"},
    "extension":[{"url":"http://height","valueQuantity":{"value":1.80,"unit":"m","system":"http://unitsofmeasure.org","code":"m"}}]}"##;

/// What an expression gives on the patient, as texts.
fn run(text: &str) -> Result<Vec<String>, EvaluationError> {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let expression = Expression::parse(text).unwrap();
    let environment = Environment::of(&patient);
    let found = expression.evaluate(&environment)?;
    Ok(found
        .iter()
        .map(|value| value.text().map_or_else(|| "-".to_string(), |text| text.into_owned()))
        .collect())
}

#[test]
fn finds_by_type() {
    assert_eq!(run("Patient.multipleBirth").unwrap(), ["2"]);
    assert_eq!(run("multipleBirth.ofType(boolean)").unwrap(), [""; 0]);
    assert_eq!(run("Observation.value").unwrap(), [""; 0]);
    assert_eq!(
        run("gender.exists() and gender.hasValue().not() and gender.extension('http://x').value = 'unknown'")
            .unwrap(),
        ["true"]
    );
    assert_eq!(run("name.given.where(id = 'second')").unwrap(), ["B"]);
    assert_eq!(run("managingOrganization.resolve().name").unwrap(), ["O"]);
    assert_eq!(run("managingOrganization.resolve() is Organization").unwrap(), ["true"]);
    assert_eq!(
        run("gender.memberOf('http://hl7.org/fhir/ValueSet/administrative-gender')").unwrap(),
        [""; 0]
    );
    assert_eq!(run("name.use.memberOf('http://hl7.org/fhir/ValueSet/name-use')").unwrap(), ["true"]);
    assert_eq!(run("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')").unwrap(), ["true"]);
}

#[test]
fn numbers_stay_exact() {
    assert_eq!(run("0.1 + 0.2").unwrap(), ["0.3"]);
    assert_eq!(run("1.80.toString()").unwrap(), ["1.80"]);
    assert_eq!(run("extension('http://height').value.value").unwrap(), ["1.80"]);
    assert_eq!(run("extension('http://height').value = 180 'cm'").unwrap(), ["true"]);
    assert_eq!(run("9223372036854775807 + 1").unwrap(), [""; 0]);
    assert_eq!(run("1 / 0").unwrap(), [""; 0]);
}

#[test]
fn dates_keep_their_precision() {
    assert_eq!(run("birthDate = @1974").unwrap(), [""; 0]);
    assert_eq!(run("birthDate < @1975").unwrap(), ["true"]);
    assert_eq!(run("@2024-01-31 + 1 month").unwrap(), ["2024-02-29"]);
    assert_eq!(run("@2024-01-01T00:30:00+01:00 = @2023-12-31T23:30:00Z").unwrap(), ["true"]);
    assert_eq!(run("@T10:00 + 3 hours").unwrap(), ["13:00"]);
    assert_eq!(run("now()"), Err(EvaluationError::NotOffered("now")));
}

#[test]
fn limits_hold() {
    let endless = run("repeat($this.name | $this.name.given).count()");
    assert_eq!(endless.unwrap().len(), 1);
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let mut environment = Environment::of(&patient);
    environment.steps_max = 1000;
    let wide =
        Expression::parse("descendants().select(%resource.descendants().select(%resource.descendants()))")
            .unwrap();
    assert_eq!(wide.evaluate(&environment).unwrap_err(), EvaluationError::TooManySteps);
    let deep = format!("{}1{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(Expression::parse(&deep).unwrap_err().fault, Fault::TooLarge);
    let deep = format!("{}1{}", "(".repeat(190), ")".repeat(190));
    assert!(Expression::parse(&deep).is_ok());
    let chain = format!("name{}", ".first()".repeat(190));
    assert_eq!(run(&chain).unwrap().len(), 1);
    let doubling = format!("'xxxxxxxx'{}", ".replace('x', 'xxxxxxxxxxxxxxxx')".repeat(20));
    assert_eq!(run(&doubling), Err(EvaluationError::TooManyItems));
    // Each step would double a text.
    let longer = format!("'x'{}.length()", ".encode('hex')".repeat(60));
    assert_eq!(run(&longer), Err(EvaluationError::TooManyItems));
    let names = "(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30)";
    for sign in ["&", "+"] {
        let text = format!("{names}.aggregate($total {sign} $total, 'x').length()");
        assert_eq!(run(&text), Err(EvaluationError::TooManyItems));
    }
    assert_eq!(run("'a'.matches('(')"), Err(EvaluationError::BadPattern));
    assert_eq!(run(&format!("'{}b'.matches('(a*)*c')", "a".repeat(5000))).unwrap(), ["false"]);
}

#[test]
fn comparing_is_counted() {
    let names: Vec<String> = (0..3000).map(|n| format!(r#"{{"given":["{n}"]}}"#)).collect();
    let patient = format!(r#"{{"resourceType":"Patient","name":[{}]}}"#, names.join(","));
    let patient = parse(patient.as_bytes()).unwrap();
    for text in [
        "name.where(%resource = %resource).count()",
        "name.where(%resource ~ %resource).count()",
        "name.where(%resource in %resource).count()",
        "name ~ name",
        "name.select(%resource).distinct()",
        "name.select(%resource) = name.select(%resource)",
    ] {
        let expression = Expression::parse(text).unwrap();
        let mut environment = Environment::of(&patient);
        environment.steps_max = 500_000;
        let found = expression.evaluate(&environment);
        assert_eq!(found.unwrap_err(), EvaluationError::TooManySteps, "{text}");
    }
    let few = Expression::parse("name.take(100) ~ name.take(100) and %resource = %resource").unwrap();
    assert_eq!(few.is_true(&Environment::of(&patient)).unwrap(), Some(true));
}

#[test]
fn the_outside_answers() {
    struct Registry<'a>(&'a Json<'a>);
    impl<'a> Outside<'a> for Registry<'a> {
        fn resolve(&self, reference: &str) -> Option<&'a Json<'a>> {
            (reference == "Organization/1").then_some(self.0)
        }
        fn member_of(&self, _: Option<&str>, code: &str, _: &str) -> Option<bool> {
            Some(code == "x")
        }
    }
    let organization = parse(br#"{"resourceType":"Organization","name":"Clinic"}"#).unwrap();
    let patient =
        parse(br#"{"resourceType":"Patient","managingOrganization":{"reference":"Organization/1"}}"#)
            .unwrap();
    let registry = Registry(&organization);
    let environment = Environment { outside: &registry, ..Environment::of(&patient) };
    let name = Expression::parse("managingOrganization.resolve().name").unwrap();
    assert_eq!(name.evaluate(&environment).unwrap()[0].text().as_deref(), Some("Clinic"));
    let member = Expression::parse("'x'.memberOf('http://own/set')").unwrap();
    assert_eq!(member.is_true(&environment).unwrap(), Some(true));
}

#[test]
fn variables_are_given() {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let mut environment = Environment::of(&patient);
    environment.variables.push(("limit".to_string(), vec![Value::Integer(1)]));
    let expression = Expression::parse("multipleBirth > %limit and %resource.id = 'p'").unwrap();
    assert_eq!(expression.is_true(&environment).unwrap(), Some(true));
    let unknown = Expression::parse("%nothing").unwrap();
    assert!(matches!(unknown.evaluate(&environment), Err(EvaluationError::UnknownVariable(_))));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    /// Whatever text comes, it is read or refused, and what is read ends.
    #[test]
    fn no_text_makes_it_panic(text in r#"(name|given|birthDate|Patient|\$this|%resource|%x|\.|\(|\)|\[|\]|\{\}|'a?'|@2024(-02(-29(T10(:30)?)?)?)?|@T10|1|2\.50|9999999999|4 days| 'mg'| and | or | is | as | div | mod | in |\||=|~|!=|<|>=|\+|-|\*|/|&|,|first|where|select|repeat|iif|exists|substring|round|power|toQuantity|lowBoundary|children|é| ){0,14}"#) {
        let patient = parse(PATIENT.as_bytes()).unwrap();
        if let Ok(expression) = Expression::parse(&text) {
            let mut environment = Environment::of(&patient);
            environment.steps_max = 20_000;
            environment.now = Some((0, 0));
            let _ = expression.evaluate(&environment);
        }
    }
}
