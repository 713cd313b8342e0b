use crate::{Environment, Error, Expression, Outside, TypeInfo, Value, What, compile};
use fhir::Json;
use fhir::fhirpath::{EvaluationError, Fault};
use fhir::json::parse;
use proptest::prelude::*;

const PATIENT: &str = r##"{"resourceType":"Patient","id":"p","contained":[{"resourceType":"Organization","id":"o","name":"O"}],
    "name":[{"use":"official","family":"F","given":["A","B"],"_given":[null,{"id":"second"}]},{"given":[null,"C"],"_given":[{"extension":[{"url":"http://x","valueCode":"c"}]}]}],
    "birthDate":"1974-12-25","_gender":{"extension":[{"url":"http://x","valueCode":"unknown"}]},
    "multipleBirthInteger":2,"managingOrganization":{"reference":"#o"}}"##;

fn located(text: &str) -> Vec<String> {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let (expression, environment) = (compile(text).unwrap(), Environment::new());
    let found = expression.evaluate(&patient, &environment).unwrap();
    found.locations().iter().map(|l| l.as_ref().map_or("-".to_string(), ToString::to_string)).collect()
}

#[test]
fn items_know_their_place() {
    assert_eq!(located("Patient"), ["Patient"]);
    assert_eq!(located("name.given.where($this = 'B')"), ["Patient.name[0].given[1]"]);
    assert_eq!(located("name.given").len(), 4);
    assert_eq!(located("name[1].given"), ["Patient.name[1].given[0]", "Patient.name[1].given[1]"]);
    assert_eq!(located("gender"), ["Patient.gender"]);
    assert_eq!(located("gender.extension.value"), ["Patient.gender.extension[0].valueCode"]);
    assert_eq!(located("multipleBirth"), ["Patient.multipleBirthInteger"]);
    assert_eq!(located("managingOrganization.resolve().name"), ["Patient.contained[0].name"]);
    assert_eq!(located("birthDate | name.count()"), ["Patient.birthDate", "-"]);
    assert_eq!(located("name.first() | name.first()"), ["Patient.name[0]"]);
    assert_eq!(located("name.first().combine(name.first())"), ["Patient.name[0]"; 2]);
}

#[test]
fn every_element_is_found_again() {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let (all, environment) = (compile("descendants()").unwrap(), Environment::new());
    let found = all.evaluate(&patient, &environment).unwrap();
    assert!(found.len() > 15);
    for (item, location) in found.items().iter().zip(found.locations()) {
        let Value::Element(element) = item else { panic!("an element") };
        let json = location.unwrap().find(&patient).unwrap();
        assert!(std::ptr::eq(json, element.json.or(element.extra).unwrap()));
    }
}

#[test]
fn items_know_their_type() {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    for (text, name) in [
        ("name[0]", "FHIR.HumanName"),
        ("multipleBirth", "FHIR.integer"),
        ("birthDate", "FHIR.date"),
        ("1 + 1.0", "System.Decimal"),
        ("$this", "FHIR.Patient"),
    ] {
        let (expression, environment) = (compile(text).unwrap(), Environment::new());
        let found = expression.evaluate(&patient, &environment).unwrap();
        assert_eq!(TypeInfo::of(&found.items()[0]).unwrap().to_string(), name);
    }
}

#[test]
fn conditions_have_three_answers() {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let ask = |text: &str| {
        let (expression, environment) = (compile(text).unwrap(), Environment::new());
        expression.to_boolean(&patient, &environment)
    };
    assert_eq!(ask("name.exists()"), Ok(Some(true)));
    assert_eq!(ask("birthDate < @1970"), Ok(Some(false)));
    assert_eq!(ask("birthDate = @1974"), Ok(None));
    assert_eq!(ask("id"), Ok(Some(true)));
    assert_eq!(ask("name.given").unwrap_err().what, What::Run(EvaluationError::NotSingle("expression")));
}

#[test]
fn errors_say_where() {
    let error = compile("name.given +").unwrap_err();
    assert_eq!(error.at, Some(12));
    assert_eq!(
        compile("name.nothing()").unwrap_err().what,
        What::Text(Fault::UnknownFunction("nothing".into()))
    );
    assert_eq!(compile(&"a".repeat(40_000)).unwrap_err().what, What::Text(Fault::TooLarge));
}

#[test]
fn context_is_what_it_runs_on() {
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let mut environment = Environment::new();
    environment.variables.push(("wanted".into(), vec![Value::String("A".into())]));
    let names = compile("name").unwrap();
    let names = names.evaluate(&patient, &environment).unwrap();
    let inner = compile("%context.given.where($this = %wanted).exists() and %resource.id = 'p'").unwrap();
    let found = inner.evaluate_on(&patient, &names.items()[..1], &environment).unwrap();
    assert_eq!(found.to_boolean(), Ok(Some(true)));
    let found = inner.evaluate_on(&patient, &names.items()[1..], &environment).unwrap();
    assert_eq!(found.to_boolean(), Ok(Some(false)));
}

#[test]
fn an_unknown_value_set_is_an_error() {
    struct Terms;
    impl Outside<'_> for Terms {
        fn member_of(&self, _: Option<&str>, code: &str, set: &str) -> Option<bool> {
            (set == "http://own/set").then_some(code == "official")
        }
    }
    let patient = parse(PATIENT.as_bytes()).unwrap();
    let (own, base) = (
        compile("name.use.memberOf('http://own/set')").unwrap(),
        compile("name.use.memberOf('http://hl7.org/fhir/ValueSet/name-use')").unwrap(),
    );
    let alone = Environment::new();
    let refused: Error = EvaluationError::NotOffered("memberOf").into();
    assert_eq!(own.to_boolean(&patient, &alone), Err(refused.clone()));
    assert_eq!(base.to_boolean(&patient, &alone), Ok(Some(true)));
    let with = Environment::with_outside(&Terms);
    assert_eq!(own.to_boolean(&patient, &with), Ok(Some(true)));
    let other = compile("name.use.memberOf('http://other')").unwrap();
    assert_eq!(other.to_boolean(&patient, &with), Err(refused));
}

#[test]
fn threads_share_an_expression() {
    fn shared<T: Send + Sync>(_: &T) {}
    let expression: Expression = compile("name.given.first()").unwrap();
    shared(&expression);
    let patient: Json = parse(PATIENT.as_bytes()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let environment = Environment::new();
                assert_eq!(expression.evaluate(&patient, &environment).unwrap().len(), 1);
            });
        }
    });
}

/// Expressions that work, from which others are made by cutting, doubling and swapping parts.
const SEEDS: &[&str] = &[
    "name.where(use = 'official').given.first() & ' ' & name.family",
    "Patient.birthDate + 3 months < today() implies gender.exists()",
    "descendants().where($this is string).select($this.length()).aggregate($this + $total, 0)",
    "repeat(children()).ofType(Quantity).where(value > 1 'cm' and value.round(2) <= 2.50)",
    "iif(multipleBirth > 1, name[0].given.join('-'), {}).matches('^[A-Z]+(a|b)*$') or %resource.id ~ 'p'",
    "(1 | 2 | 3).sort(-$this).skip(1).take(1) contains 2 xor @2024-02-29T10:30:00.000+01:00 = now()",
    "extension('http://x').value as code in ('a' | 'b') and 'abc'.replace('b', 'x').toChars().distinct().count() = 3",
    "managingOrganization.resolve().name.encode('base64').decode('base64').lowBoundary(-1).toQuantity('mg')",
];

fn mutated() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((0..SEEDS.len(), 0..130usize, 0..130usize), 1..5);
    pieces.prop_map(|pieces| {
        let mut text = String::new();
        for (seed, from, to) in pieces {
            let seed = SEEDS[seed];
            let (from, to) = (from.min(seed.len()), to.min(seed.len()));
            text.push_str(&seed[from.min(to)..from.max(to)]);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// Whatever becomes of an expression, it is read or refused, and it ends within its limits.
    #[test]
    fn no_expression_makes_it_panic(text in mutated()) {
        let patient = parse(PATIENT.as_bytes()).unwrap();
        if let Ok(expression) = compile(&text) {
            let mut environment = Environment::new();
            (environment.steps_max, environment.items_max, environment.now) = (20_000, 2000, Some((0, 60)));
            if let Ok(found) = expression.evaluate(&patient, &environment) {
                prop_assert!(found.len() <= 2000);
                found.locations();
            }
        }
    }
}
