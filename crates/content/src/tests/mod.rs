//! Documents through the verbs, and past them; their pages read back.

mod incoming;
mod life;
mod orders;
mod package;
mod pages;
mod signing;
mod templates;

use crate::Content;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use service::{NoMail, NoReader};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Grant, Role};
use uuid::Uuid;

/// The longest names and acts that a clinic meets.
const LONG: &str = "Wolfeschlegelsteinhausenbergerdorff-Montmorency de la Rochefoucauld-Doudeauville";

fn service() -> Content {
    Content::new(Arc::new(NoMail), Arc::new(NoReader))
}

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(service())]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    for resource in include_str!("chart.jsonl").lines().filter(|line| !line.is_empty()) {
        hub.create(resource).await;
    }
    hub
}

/// Somebody with a factor given now.
fn someone(hub: &TestHub, who: &str, role: Role) -> Ctx {
    let ctx = hub.ctx(&[role]);
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, who.as_bytes());
    let actor = Actor { id, person: Some(format!("Practitioner/{who}").into()), ..(*ctx.actor).clone() };
    let now = ctx.clock.now_ms();
    let grant = Grant { amr: vec!["pwd".into(), "otp".into()], factor_at: Some(now), ..Grant::default() };
    Ctx { actor: Arc::new(actor), grant: Arc::new(grant), ..ctx }
}

fn surgeon(hub: &TestHub) -> Ctx {
    someone(hub, "ada", Role::Surgeon)
}

fn nurse(hub: &TestHub) -> Ctx {
    someone(hub, "nora", Role::Nurse)
}

/// Status and body; of a refusal the keys and places of its issues.
async fn act(hub: &TestHub, ctx: Ctx, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
    match hub.call(&service(), ctx, method, path, body).await {
        Ok(reply) => (reply.status, fhir::json::parse(&reply.body).unwrap().into_owned()),
        Err(Error::Refused(issues)) => {
            let status = store::bundle::status(&Error::Refused(issues.clone()))[..3].parse().unwrap();
            let told = issues.iter().map(|issue| {
                let place = issue.expression.clone().unwrap_or_default();
                Json::string(format!("{} {place}", issue.text.key))
            });
            (status, Json::array(told.collect::<Vec<_>>()))
        }
        Err(error) => (store::bundle::status(&error)[..3].parse().unwrap(), Json::string(error.to_string())),
    }
}

/// A document of a type for the case, with its fields filled in.
async fn made(hub: &TestHub, kind: &str, language: &str) -> Json<'static> {
    let (status, document) =
        act(hub, surgeon(hub), "POST", "documents/generate-medical", &asked(kind, language)).await;
    assert_eq!(status, 201, "{kind}: {document}");
    document
}

fn asked(kind: &str, language: &str) -> String {
    let values = match kind {
        "consent" => r#"{"risks":"Diabète : cicatrisation plus lente."}"#,
        "discharge-letter" => {
            r#"{"admitted":"2026-11-20","entryMode":"Domicile, programmé","discharged":"2026-11-22","exitMode":"Retour à domicile","synthesis":"Suites simples, marche avec deux cannes.","adverse":"Aucun","germs":"Non recherchées","blood":"Aucun","medications":[{"drug":"Paracétamol 1 g comprimé","dose":"1 comprimé 3 fois par jour","duration":"15 jours"}],"stopped":[{"drug":"Ibuprofène 400 mg","reason":"Anticoagulation"}],"pending":"Aucun","followUp":"Consultation à six semaines avec radiographie."}"#
        }
        "gp-letter" => {
            r#"{"body":"J'ai vu votre patiente ce jour.","conclusion":"Indication opératoire retenue."}"#
        }
        "consultation-report" => {
            r#"{"reason":"Douleur de hanche","exam":"Flexion 80°, rotation interne nulle.","conclusion":"Coxarthrose évoluée.","plan":"Prothèse totale."}"#
        }
        "prescription" => {
            r#"{"items":[{"drug":"Paracétamol 1 g comprimé","dose":"1 comprimé matin, midi et soir","route":"orale","duration":"15 jours","renewals":"1"},{"drug":"Énoxaparine 4 000 UI/0,4 mL, seringue préremplie","dose":"1 injection le soir","duration":"28 jours","quantity":"28 seringues","notSubstitutable":"MTE"}]}"#
        }
        "preadmission" => {
            r#"{"arrival":"7 h, accueil du bâtiment A","anaesthesia":"faite le 18 novembre","drugs":"Arrêt de la metformine la veille."}"#
        }
        "discharge-instructions" => {
            r#"{"medications":[{"drug":"Paracétamol 1 g","dose":"3 fois par jour","duration":"15 jours"}],"next":"Dr Ada Exemple, le 4 janvier à 9 h"}"#
        }
        "certificate" => {
            r#"{"facts":"Hématome de la cuisse droite de 8 × 5 cm.","conclusion":"Incapacité totale de travail de 5 jours."}"#
        }
        "quote" => {
            r#"{"sector":"2","lines":[{"code":"NEKA020","label":"Prothèse totale de hanche, chirurgien","base":"459.80","fee":"1250"},{"code":"NEKA020","label":"Anesthésie","base":"229.90","fee":"480,50"}],"amo":"Environ 657,70 €","amc":"Selon contrat"}"#
        }
        other => orders::values(other),
    };
    format!(r#"{{"type":"{kind}","patient":"p","case":"case","language":"{language}","values":{values}}}"#)
}

fn text<'j>(json: &'j Json<'_>, name: &str) -> &'j str {
    json.get_str(name).unwrap_or_default()
}

fn version<'j>(document: &'j Json<'_>) -> &'j str {
    document.get("version").and_then(Json::as_number).unwrap()
}

fn path(document: &Json<'_>, verb: &str) -> String {
    format!("documents/{}{verb}", text(document, "id"))
}

/// The pages of a document.
async fn pdf(hub: &TestHub, document: &Json<'_>, query: &str) -> Vec<u8> {
    let path = format!("{}{query}", path(document, "/content"));
    let reply = hub.call(&service(), surgeon(hub), "GET", &path, "").await.unwrap();
    assert!(reply.headers.contains(&("content-type", "application/pdf".to_string())), "{:?}", reply.headers);
    reply.body.to_vec()
}
