//! The record of anaesthesia: drugs, limits, balance.

use crate::Surgery;
use crate::perioperative::tests::{hub, refused, with};
use fhir::Json;
use store::Role;

const PATH: &str = "surgeries/op/anaesthesia";

fn body(entries: &[(u32, &str, &str)]) -> String {
    let each = entries.iter().map(|(n, kind, values)| {
        format!(r#"{{"id":"00000000-0000-4000-8000-{n:012}","kind":"{kind}","values":{values}}}"#)
    });
    format!(r#"{{"entries":[{}]}}"#, each.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn the_axis_has_vital_signs_drugs_and_a_balance() {
    let hub = hub().await;
    let sent = body(&[
        (1, "vitals", r#"{"hr":72,"sbp":128,"dbp":74,"spo2":99,"temp":36.4}"#),
        (2, "drug", r#"{"code":"propofol","mode":"bolus","dose":150,"unit":"mg","route":"iv"}"#),
        (
            3,
            "drug",
            r#"{"code":"remifentanil","mode":"infusion","rate":0.15,"rateUnit":"ug/kg/min","route":"iv"}"#,
        ),
        (4, "fluid", r#"{"direction":"in","what":"crystalloid","volume":1000,"product":"Ringer lactate"}"#),
        (5, "fluid", r#"{"direction":"out","what":"blood-loss","volume":250}"#),
        (6, "event", r#"{"event":"intubation","text":"Cormack 1"}"#),
    ]);
    let first = hub.call(&Surgery, with(&hub, Role::Anaesthetist), "POST", PATH, &sent).await.unwrap();
    assert_eq!(first.status, 201);
    let again = hub.call(&Surgery, with(&hub, Role::Anaesthetist), "POST", PATH, &sent).await.unwrap();
    assert_eq!((again.status, &again.body), (200, &first.body));
    let axis = hub.ask(&Surgery, with(&hub, Role::Anaesthetist), "GET", PATH, "").await;
    assert_eq!((axis.each("entries").count(), axis.each("drugs").count()), (4, 2));
    let net = axis.get("balance").and_then(|b| b.get("net"));
    assert_eq!(net, Some(&Json::integer(750)));
    let propofol =
        axis.each("drugs").find(|d| d.get("values").unwrap().get_str("code") == Some("propofol")).unwrap();
    let values = propofol.get("values").unwrap();
    assert_eq!((values.get_str("name"), values.get_str("class")), (Some("Propofol"), Some("induction")));
    let infusion = axis.each("drugs").find(|d| d.get("values").unwrap().get("rate").is_some()).unwrap();
    let path = format!("{PATH}/{}/correct", infusion.get_str("id").unwrap());
    let ended = r#"{"reason":"Fin","values":{"until":"2026-11-22T09:00:00Z"}}"#;
    let told = hub.ask(&Surgery, with(&hub, Role::Anaesthetist), "POST", &path, ended).await;
    assert_eq!(told.get("values").and_then(|v| v.get_str("until")), Some("2026-11-22T09:00:00Z"));
    let stored = hub.get(&format!("MedicationAdministration/{}", infusion.get_str("id").unwrap())).await;
    assert_eq!(stored.get_str("status"), Some("completed"));
}

#[tokio::test]
async fn doses_and_values_have_limits() {
    let hub = hub().await;
    let sent = body(&[
        (1, "vitals", r#"{"hr":500}"#),
        (2, "vitals", r#"{"sbp":250}"#),
        (3, "vitals", "{}"),
        (4, "drug", r#"{"code":"sufentanil","mode":"bolus","dose":500,"unit":"ug","route":"iv"}"#),
        (5, "drug", r#"{"code":"sufentanil","mode":"bolus","dose":100,"unit":"ug","route":"iv"}"#),
        (6, "drug", r#"{"code":"sufentanil","mode":"bolus","route":"iv"}"#),
        (7, "drug", r#"{"mode":"bolus","dose":1,"unit":"mg","route":"iv"}"#),
    ]);
    let told = refused(&hub, Role::Anaesthetist, PATH, &sent).await;
    let told: Vec<(&str, &str)> = told.iter().map(|(key, at)| (key.as_str(), at.as_str())).collect();
    let wanted = [
        ("record.impossible", "entries[0].values.hr"),
        ("record.unusual", "entries[1].values.sbp"),
        ("record.empty", "entries[2].values"),
        ("record.impossible", "entries[3].values.dose"),
        ("record.unusual", "entries[4].values.dose"),
        ("drug.dose", "entries[5].values.dose"),
        ("drug.name", "entries[6].values.name"),
    ];
    assert_eq!(told, wanted);
    let drugs = hub.ask(&Surgery, with(&hub, Role::Nurse), "GET", "anaesthesia/drugs", "").await;
    assert!(drugs.each("drugs").count() > 30 && drugs.each("classes").count() > 10);
}
