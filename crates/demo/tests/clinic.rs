//! The sample clinic as a whole: it repeats, it is whole, it is believable.

use demo::{Date, Entry, PATIENTS, accounts, clinic};
use fhir::Json;
use std::collections::{HashMap, HashSet};

const TODAY: Date = jiff::civil::date(2026, 11, 22);

fn all() -> Vec<Entry> {
    clinic(1, TODAY).collect()
}

fn parsed(entries: &[Entry]) -> Vec<Json<'_>> {
    entries.iter().map(|e| fhir::json::parse(&e.json).expect("the sample writes JSON")).collect()
}

fn of<'a>(all: &'a [Json<'a>], kind: &'a str) -> impl Iterator<Item = &'a Json<'a>> {
    all.iter().filter(move |j| j.get_str("resourceType") == Some(kind))
}

#[test]
fn the_same_seed_gives_the_same_clinic_and_another_seed_another() {
    assert_eq!(all(), all());
    let other: Vec<Entry> = clinic(2, TODAY).take(60).collect();
    assert!(all().iter().zip(&other).any(|(a, b)| a != b));
    assert_eq!(accounts(1, TODAY), accounts(1, TODAY));
}

#[test]
fn it_has_the_size_that_was_promised() {
    let entries = all();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for entry in &entries {
        *counts.entry(entry.kind).or_default() += 1;
    }
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort();
    println!("{} resources: {sorted:?}", entries.len());
    assert_eq!(counts["Patient"], PATIENTS as usize);
    assert_eq!(counts["Practitioner"], 33);
    // Six rooms, their vacations, and three people who will be away.
    assert_eq!(counts["Schedule"], 6 + 34 + 3);
    let a_patient = entries.len() as u64 / PATIENTS;
    assert!((40..=120).contains(&a_patient), "{a_patient} resources a patient");
    for kind in
        ["Encounter", "Condition", "AllergyIntolerance", "MedicationStatement", "Procedure", "Appointment"]
    {
        assert!(counts[kind] > 40, "{kind}: {}", counts[kind]);
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    let entries = all();
    let known: HashSet<String> = entries.iter().map(|e| format!("{}/{}", e.kind, e.id)).collect();
    assert_eq!(known.len(), entries.len());
    for json in parsed(&entries) {
        walk(&json, &mut |object| {
            if let Some(target) = object.get_str("reference") {
                assert!(known.contains(target), "{target} is in no entry");
            }
        });
    }
}

fn walk(json: &Json, visit: &mut impl FnMut(&Json)) {
    visit(json);
    match json {
        Json::Object(object) => object.iter().for_each(|(_, v)| walk(v, visit)),
        Json::Array(items) => items.iter().for_each(|v| walk(v, visit)),
        _ => {}
    }
}

#[test]
fn every_label_of_a_code_is_there() {
    for json in parsed(&all()) {
        walk(&json, &mut |object| {
            if object.get_str("system") == Some("http://hl7.org/fhir/sid/icd-10") {
                assert!(object.get("display").is_some(), "{:?} has no label", object.get_str("code"));
            }
        });
    }
}

#[test]
fn nothing_but_appointments_lies_ahead() {
    let today = TODAY.to_string();
    for json in parsed(&all()) {
        let kind = json.get_str("resourceType").expect("a type").to_string();
        for name in
            ["effectiveDateTime", "recordedDate", "authoredOn", "date", "issued", "occurrenceDateTime"]
        {
            if let Some(day) = json.get_str(name)
                && kind != "ServiceRequest"
            {
                assert!(day[..10] <= *today, "{kind}.{name} = {day}");
            }
        }
    }
}

#[test]
fn nobody_and_no_room_is_taken_twice_in_the_theatre() {
    taken_once(&all(), "today");
    // At night the urgent cases reach over midnight.
    for hour in 0..24 {
        let ms = monday(24 + hour) + 21 * 60_000;
        taken_once(&demo::clinic_at(1, ms).collect::<Vec<_>>(), &fhir::date::instant_format(ms));
    }
}

fn taken_once(entries: &[Entry], now: &str) {
    let json = parsed(entries);
    let rooms: HashSet<String> = of(&json, "Location").filter(|l| is_room(l)).map(reference).collect();
    assert_eq!(rooms.len(), 6);
    let mut taken: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for appointment in of(&json, "Appointment") {
        let (start, end) =
            (appointment.get_str("start").expect("start"), appointment.get_str("end").expect("end"));
        for who in appointment.each("participant").filter_map(|p| p.get("actor")?.get_str("reference")) {
            if who.starts_with("Practitioner/") || rooms.contains(who) {
                taken.entry(who.to_string()).or_default().push((start.to_string(), end.to_string()));
            }
        }
    }
    for (who, mut times) in taken {
        times.sort();
        for pair in times.windows(2) {
            assert!(pair[0].1 <= pair[1].0, "{now}: {who} is taken twice: {pair:?}");
        }
    }
}

fn is_room(location: &Json) -> bool {
    location.get("physicalType").and_then(|p| p.each("coding").next()).and_then(|c| c.get_str("code"))
        == Some("ro")
}

fn reference(json: &Json) -> String {
    format!("{}/{}", json.get_str("resourceType").unwrap_or_default(), json.get_str("id").unwrap_or_default())
}

#[test]
fn every_resource_is_valid_by_the_base_definitions() {
    let entries = all();
    let mut found: HashMap<String, usize> = HashMap::new();
    for json in parsed(&entries) {
        for issue in fhir::validate::validate(&json) {
            if issue.severity >= fhir::Severity::Error {
                let place = format!("{:?} {}: {issue}", issue.expression, issue.text.key);
                *found.entry(place).or_default() += 1;
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nobody_is_given_what_they_are_allergic_to() {
    let entries = all();
    let json = parsed(&entries);
    let of_patient = |kind: &str, member: &str| -> HashMap<String, Vec<String>> {
        let mut out: HashMap<String, Vec<String>> = HashMap::new();
        for resource in of(&json, kind) {
            let who =
                resource.get("patient").or(resource.get("subject")).and_then(|p| p.get_str("reference"));
            let codes = resource.get(member).into_iter().flat_map(|c| c.each("coding"));
            let atc = codes.filter(|c| c.get_str("system") == Some("http://www.whocc.no/atc"));
            out.entry(who.expect("a patient").to_string())
                .or_default()
                .extend(atc.filter_map(|c| c.get_str("code")).map(str::to_string));
        }
        out
    };
    let allergies = of_patient("AllergyIntolerance", "code");
    for kind in ["MedicationStatement", "MedicationRequest"] {
        for (who, taken) in of_patient(kind, "medicationCodeableConcept") {
            let penicillin =
                allergies.get(&who).is_some_and(|a| a.iter().any(|code| code.starts_with("J01C")));
            assert!(!penicillin || taken.iter().all(|code| !code.starts_with("J01C")), "{kind} of {who}");
        }
    }
}

#[test]
fn identity_rules_hold() {
    let entries = all();
    let json = parsed(&entries);
    let mut states: HashMap<String, usize> = HashMap::new();
    for patient in of(&json, "Patient") {
        let text = String::from_utf8(patient.to_vec()).expect("UTF-8");
        let qualified = text.contains("\"QUAL\"");
        assert_eq!(
            qualified,
            text.contains("1.2.250.1.213.1.4.11"),
            "a matricule only with a qualified identity"
        );
        assert!(!text.contains("1.2.250.1.213.1.4.8\""), "never a real matricule");
        let code = ["PROV", "RECUP", "VALI", "QUAL"].into_iter().find(|c| text.contains(&format!("\"{c}\"")));
        *states.entry(code.expect("a state").to_string()).or_default() += 1;
        for phone in patient.each("telecom").filter_map(|t| t.get_str("value")).filter(|v| v.starts_with('+'))
        {
            assert!(phone.starts_with("+33 6 39 98") || phone.starts_with("+33 4 65 71"), "{phone}");
        }
    }
    assert_eq!(states.len(), 4, "{states:?}");
    for practitioner in of(&json, "Practitioner") {
        // All but the secretary have one.
        let Some(number) = practitioner.each("identifier").next() else { continue };
        let rpps = number.get_str("value").expect("RPPS");
        assert!(rpps.len() == 11 && rpps.starts_with("1099900"), "{rpps}");
    }
    let without = of(&json, "Practitioner").filter(|p| p.get("identifier").is_none()).count();
    assert_eq!(without, 1);
}

#[test]
fn the_clinic_of_another_day_moves_with_it() {
    let later = jiff::civil::date(2027, 6, 1);
    let booked = |today: Date| {
        let entries: Vec<Entry> = clinic(1, today).collect();
        let json = parsed(&entries);
        of(&json, "Appointment")
            .filter(|a| a.get_str("status") == Some("booked"))
            .map(|a| a.get_str("start").expect("start")[..10].to_string())
            .collect::<Vec<_>>()
    };
    for today in [TODAY, later] {
        let days = booked(today);
        assert!(days.len() > 60, "{} booked", days.len());
        assert!(days.iter().all(|d| *d >= today.to_string()), "{today}");
    }
}

#[test]
fn every_role_has_an_account_and_every_account_a_person_that_exists() {
    let entries = all();
    let known: HashSet<String> = entries.iter().map(|e| format!("{}/{}", e.kind, e.id)).collect();
    let accounts = accounts(1, TODAY);
    let roles: HashSet<&str> = accounts.iter().flat_map(|a| a.roles.iter().copied()).collect();
    for role in [
        "surgeon",
        "anaesthetist",
        "nurse",
        "secretary",
        "pharmacist",
        "billing",
        "auditor",
        "medical_admin",
        "patient",
        "clinician",
    ] {
        assert!(roles.contains(role), "{role}");
    }
    for account in &accounts {
        assert!(account.person.as_ref().is_none_or(|person| known.contains(person)), "{}", account.user);
    }
    let portal =
        accounts.iter().find(|a| a.roles == ["patient"]).and_then(|a| a.person.clone()).expect("portal");
    let json = parsed(&entries);
    let patient = of(&json, "Patient").find(|p| reference(p) == portal).expect("the portal's patient");
    assert!(patient.get("deceasedDateTime").is_none());
}

#[test]
fn there_is_something_to_protect() {
    let entries = all();
    let json = parsed(&entries);
    let labelled = |kind: &str, code: &str| {
        of(&json, kind)
            .filter(|r| {
                r.get("meta").is_some_and(|m| m.each("security").any(|s| s.get_str("code") == Some(code)))
            })
            .count()
    };
    assert_eq!((labelled("Patient", "CEL"), labelled("Patient", "EMP")), (1, 1));
    assert!(labelled("Condition", "PSY") == 1 && labelled("Condition", "V") == 1);
    assert!(of(&json, "CareTeam").count() > 40);
    let consents: Vec<&Json> = of(&json, "Consent").collect();
    assert!(consents.len() > 100);
    let opposed =
        consents.iter().filter(|c| c.get("provision").is_some_and(|p| p.get("actor").is_some())).count();
    assert_eq!(opposed, 1);
    let known: HashSet<(&str, &str)> = entries.iter().map(|e| (e.kind, e.id.as_str())).collect();
    let amended: Vec<Entry> = demo::amendments(1, TODAY).collect();
    assert!(amended.len() > 5 && amended.iter().all(|e| known.contains(&(e.kind, e.id.as_str()))));
}

#[test]
fn results_wait_for_the_surgeons() {
    let entries = all();
    let json = parsed(&entries);
    let requester = |order: &Json<'_>| order.get("requester")?.get_str("reference").map(String::from);
    let orders: HashMap<String, String> = of(&json, "ServiceRequest")
        .filter_map(|order| Some((format!("ServiceRequest/{}", order.get_str("id")?), requester(order)?)))
        .collect();
    let mut waiting: HashMap<&str, Vec<&str>> = HashMap::new();
    for report in of(&json, "DiagnosticReport") {
        for order in report.each("basedOn").filter_map(|one| one.get_str("reference")) {
            let panel = report.get("code").and_then(|code| code.get_str("text")).unwrap();
            waiting.entry(&orders[order]).or_default().push(panel);
        }
    }
    let surgeons: Vec<String> =
        accounts(1, TODAY).into_iter().filter(|a| a.roles == ["surgeon"]).filter_map(|a| a.person).collect();
    assert_eq!(surgeons.len(), 3);
    for surgeon in &surgeons {
        let panels = waiting.get(surgeon.as_str()).cloned().unwrap_or_default();
        let wanted = ["Ionogramme sanguin et fonction rénale", "Hémogramme", "Marqueur de l'inflammation"];
        assert_eq!(panels, wanted, "{surgeon}");
    }
}

#[test]
fn the_theatre_is_full_today_and_cases_wait() {
    // A Monday.
    let today = TODAY.tomorrow().unwrap();
    let entries: Vec<Entry> = clinic(1, today).collect();
    let json = parsed(&entries);
    let is_theatre = |a: &Json| a.to_string().contains(r#""code":"theatre""#);
    let today = today.to_string();
    let booked = of(&json, "Appointment").filter(|a| is_theatre(a) && a.get_str("status") == Some("booked"));
    let booked: Vec<&Json> = booked.collect();
    let on_day = booked.iter().filter(|a| a.get_str("start").is_some_and(|s| s.starts_with(&today))).count();
    assert!((12..=40).contains(&on_day), "{on_day} operations today");
    let taken: HashSet<&str> =
        booked.iter().flat_map(|a| a.each("basedOn")).filter_map(|r| r.get_str("reference")).collect();
    let open = of(&json, "ServiceRequest").filter(|r| r.get("occurrencePeriod").is_some());
    let waiting = open.filter(|r| !taken.contains(reference(r).as_str())).count();
    assert!((15..=30).contains(&waiting), "{waiting} wait");
}

/// Monday 2026-11-23 at an hour in Paris.
fn monday(hour: i64) -> i64 {
    1_795_388_400_000 + hour * 3_600_000
}

#[test]
fn the_theatre_is_under_way_at_any_hour() {
    for ms in [monday(2), monday(9), monday(11), monday(14), monday(20), monday(-12)] {
        let entries: Vec<Entry> = demo::clinic_at(1, ms).collect();
        let json = parsed(&entries);
        let now = fhir::date::instant_format(ms);
        let mut states: HashMap<&str, usize> = HashMap::new();
        let lists: HashSet<&str> = of(&json, "QuestionnaireResponse")
            .flat_map(|r| r.each("basedOn"))
            .filter_map(|r| r.get_str("reference"))
            .collect();
        for procedure in of(&json, "Procedure") {
            let marks: Vec<(&str, i64)> = procedure
                .each("extension")
                .filter(|e| e.get_str("url") == Some("urn:medhub:milestone"))
                .filter_map(|e| {
                    let part = |url: &str| e.each("extension").find(|p| p.get_str("url") == Some(url));
                    let at = fhir::date::parse(part("time")?.get_str("valueInstant")?)?.lo_ms;
                    Some((part("code")?.get_str("valueCode")?, at))
                })
                .collect();
            assert!(marks.iter().all(|(_, at)| *at <= ms), "{now}: {marks:?}");
            let order: Vec<i64> =
                marks.iter().filter(|(code, _)| *code != "cleaned").map(|(_, at)| *at).collect();
            assert!(order.is_sorted(), "{now}: {marks:?}");
            let recent = marks.first().is_some_and(|(_, at)| *at > ms - 12 * 3_600_000);
            let has = |code: &str| marks.iter().any(|(known, _)| *known == code);
            let state = match procedure.get_str("status") {
                Some("completed") => "over",
                Some("in-progress") if has("out") => "recovery",
                Some("in-progress") => "inside",
                _ => "received",
            };
            if recent {
                *states.entry(state).or_default() += 1;
                let case = procedure.each("basedOn").find_map(|r| r.get_str("reference")).unwrap();
                // What is under way bears the id that the theatre gives it, and has its check-list.
                let named = case.replace("ServiceRequest/", "urn:medhub:procedure:");
                let own = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, named.as_bytes()).to_string();
                let own = procedure.get_str("id") == Some(own.as_str());
                assert!(!(own && has("incision")) || lists.contains(case), "{now}: {case}");
                assert!(own || state == "over", "{now}: {case}");
            }
        }
        let all = ["over", "recovery", "inside"];
        assert!(all.iter().all(|state| states.contains_key(state)), "{now}: {states:?}");
    }
}

#[test]
fn the_last_weeks_of_the_theatre_can_be_counted() {
    let entries: Vec<Entry> = demo::clinic_at(1, monday(11)).collect();
    let json = parsed(&entries);
    let marked = of(&json, "Procedure")
        .filter(|p| p.to_string().contains("recovery-out") || p.to_string().contains("cleaned"));
    let marked = marked.count();
    assert!((200..=700).contains(&marked), "{marked} operations with their milestones");
    let cancelled =
        of(&json, "Appointment").filter(|a| a.to_string().contains("booking:cancelled-at")).count();
    assert!((3..=30).contains(&cancelled), "{cancelled} cancelled on their day");
}
