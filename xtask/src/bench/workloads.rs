//! The requests of each row of the table.

use super::client::Request;
use super::data::{Record, Template, record};

/// One row: its name, and its requests against a base path.
pub struct Workload {
    pub name: &'static str,
    pub requests: Vec<Request>,
}

/// Requests made for each row; more than a measurement can send twice from a cache of answers.
const REQUESTS: usize = 5000;

pub fn read(base: &str, headers: &[(String, String)], records: &[Record]) -> Workload {
    let get = |n: usize| {
        Request::new("GET", &format!("{base}/Patient/{}", records[n % records.len()].patient), headers, b"")
    };
    Workload { name: "read by id", requests: (0..REQUESTS).map(get).collect() }
}

/// Searches; `records` is a sample of the clinic.
pub fn searches(base: &str, headers: &[(String, String)], records: &[Record]) -> Vec<Workload> {
    let row = |name: &'static str, query: &dyn Fn(&Record, usize) -> String| {
        let get = |n: usize| {
            let query = query(&records[n * 7 % records.len()], n);
            Request::new("GET", &format!("{base}/{query}"), headers, b"")
        };
        Workload { name, requests: (0..REQUESTS).map(get).collect() }
    };
    let year = |n: usize| 2000 + n % 20;
    vec![
        row("identifier token", &|r, _| format!("Patient?identifier=urn:oid:1.2.3.4.5%7C{}", r.mrn)),
        row("token + patient, newest 20", &|r, _| {
            format!(
                "Observation?code=http://loinc.org%7C85354-9&patient=Patient/{}&_sort=-date&_count=20",
                r.patient
            )
        }),
        row("name prefix", &|r, _| {
            format!("Patient?family={}&_count=20", &r.family[..5.min(r.family.len())])
        }),
        row("date range", &|_, n| {
            let (year, month) = (year(n), 1 + n % 12);
            format!("Encounter?date=ge{year}-{month:02}-01&date=lt{year}-{month:02}-15&_count=20")
        }),
        row("chain", &|r, _| {
            format!("Observation?subject:Patient.identifier=urn:oid:1.2.3.4.5%7C{}&_count=20", r.mrn)
        }),
        row("_has", &|_, n| {
            let code = ["85354-9", "8302-2", "29463-7", "39156-5"][n % 4];
            format!("Patient?_has:Observation:patient:code=http://loinc.org%7C{code}&_count=20")
        }),
        row("_include", &|r, _| {
            format!("Encounter?patient=Patient/{}&_include=Encounter:subject&_count=20", r.patient)
        }),
    ]
}

/// New vital signs for existing patients.
pub fn creates(base: &str, headers: &[(String, String)], records: &[Record]) -> Workload {
    let post = |n: usize| {
        let patient = &records[n % records.len()].patient;
        let body = format!(
            r#"{{"resourceType":"Observation","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}}]}},"subject":{{"reference":"Patient/{patient}"}},"effectiveDateTime":"2026-{:02}-{:02}T{:02}:{:02}:00+01:00","valueQuantity":{{"value":{},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}}}"#,
            1 + n % 12,
            1 + n % 28,
            n % 24,
            n % 60,
            50 + n % 80
        );
        Request::new("POST", &format!("{base}/Observation"), headers, body.as_bytes())
    };
    Workload { name: "durable create", requests: (0..REQUESTS).map(post).collect() }
}

/// Whole records as transactions, from clone `first` on.
pub fn bundles(
    base: &str,
    headers: &[(String, String)],
    templates: &[Template],
    first: usize,
    count: usize,
) -> Workload {
    let post = |n: usize| {
        let record = record(templates, n);
        let mut request = Request::new("POST", base, headers, &record.bundle());
        request.units = record.resources.len();
        request
    };
    Workload { name: "transaction bundles", requests: (first..first + count).map(post).collect() }
}
