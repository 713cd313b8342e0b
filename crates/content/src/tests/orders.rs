//! Orders, forms to copy from, traceability, wristband and labels, read back.

use super::pages::{kept, read};
use super::*;

/// What each form is filled in with.
pub(super) fn values(kind: &str) -> &'static str {
    match kind {
        "prescription-ald" => {
            r#"{"related":[{"drug":"Metformine 850 mg comprimé","dose":"1 comprimé matin et soir","duration":"3 mois","renewals":"2"}],"others":[{"drug":"Paracétamol 1 g comprimé","dose":"1 comprimé 3 fois par jour","duration":"8 jours"}]}"#
        }
        "prescription-narcotics" => {
            r#"{"items":[{"drug":"Morphine sulfate, comprimé à libération prolongée","strength":"10","unit":"mg","perDose":"1","doses":"2","days":"28"}]}"#
        }
        "imaging-order" => {
            r#"{"exam":"Radiographie de hanche, face et profil","region":"Hanche","side":"right","question":"Planification d'une prothèse totale.","urgency":"soon","pregnancy":"not-applicable","implanted":"Aucun"}"#
        }
        "lab-order" => {
            r#"{"exams":[{"exam":"Numération formule sanguine, plaquettes"},{"exam":"Groupe sanguin ABO-RH1, RAI","note":"Deux déterminations"}],"when":"Dans les huit jours avant l'intervention","urgency":"routine","drugs":"Metformine"}"#
        }
        "transport" => {
            r#"{"mode":"seated","trip":"both","day":"2026-11-20","need":"Appui interdit sur le membre opéré.","cause":"Entrée en hospitalisation"}"#
        }
        "sick-leave" => r#"{"kind":"first","until":"2027-01-03","outings":"free"}"#,
        _ => "{}",
    }
}

const MENTIONS: [(&str, &[&str]); 7] = [
    (
        "prescription-narcotics",
        &[
            "ordonnance sécurisée",
            "Morphine sulfate",
            "dix (10) mg",
            "Unités par prise : un (1)",
            "Prises par jour : deux (2)",
            "Durée en jours : vingt-huit (28)",
            "1 spécialité(s)",
            "toutes lettres",
        ],
    ),
    (
        "prescription-ald",
        &[
            "affection de longue durée reconnue (affection exonérante)",
            "sans rapport avec l'affection de longue durée (maladies intercurrentes)",
            "Metformine 850 mg",
            "À renouveler 2 fois",
            "Paracétamol 1 g",
            "Ne pas renouveler",
            "2 ligne(s)",
            "Chirurgie orthopédique",
            "ada@clinic.example",
            "France",
        ],
    ),
    (
        "imaging-order",
        &[
            "Radiographie de hanche",
            "DROIT",
            "Question posée",
            "Planification",
            "Pénicillines (urticaire)",
            "Sans objet",
            "Coxarthrose droite",
            "Avant l'intervention",
        ],
    ),
    (
        "lab-order",
        &[
            "Numération formule sanguine",
            "Deux déterminations",
            "huit jours",
            "non nécessaire",
            "2 examen(s)",
            "Coxarthrose droite",
        ],
    ),
    (
        "transport",
        &[
            "Préremplissage",
            "n'est pas la prescription",
            "VSL",
            "Aller et retour",
            "20 novembre 2026",
            "Appui interdit",
            "contrôle médical",
        ],
    ),
    (
        "sick-leave",
        &[
            "n'est pas l'avis d'arrêt",
            "Initial",
            "3 janvier 2027 inclus",
            "sans restriction",
            "service du contrôle médical seulement",
            "Coxarthrose",
        ],
    ),
    (
        "implant-sheet",
        &[
            "Cupule acétabulaire",
            "09520000000028",
            "LOT-B2",
            "SN-778",
            "Fabricant Exemple SA",
            "20 novembre 2026",
            "FINESS 690000013",
            "Utilisateur",
            "R.5212-41",
            "quarante ans",
        ],
    ),
];

#[tokio::test]
async fn orders_and_forms_say_what_they_must() {
    let hub = hub().await;
    for (kind, mentions) in MENTIONS {
        let document = made(&hub, kind, "fr").await;
        let pdf = pdf(&hub, &document, "").await;
        kept(kind, &pdf);
        let text = read(&pdf);
        for mention in
            ["SECRÈTE Dominique", "26000042", "5 mars 1979", "RPPS 10001234565"].iter().chain(mentions)
        {
            assert!(text.contains(mention), "{kind} lacks « {mention} »:\n{text}");
        }
    }
}

#[tokio::test]
async fn the_reason_of_a_leave_stands_apart() {
    let hub = hub().await;
    let document = made(&hub, "sick-leave", "fr").await;
    let pages = document.get("pages").and_then(Json::as_number);
    assert_eq!(pages, Some("2"), "what the employer never sees is on its own page");
}

#[tokio::test]
async fn bands_and_labels_name_the_patient() {
    let hub = hub().await;
    for (kind, times, size) in [("wristband", 1, "765"), ("labels", 24, "595")] {
        let document = made(&hub, kind, "fr").await;
        let pdf = pdf(&hub, &document, "").await;
        kept(kind, &pdf);
        let text = read(&pdf);
        assert_eq!(text.matches("SECRÈTE Dominique").count(), times, "{kind}: {text}");
        assert_eq!(text.matches("26000042").count(), times, "{kind}: {text}");
        assert_eq!(text.matches("5 mars 1979").count(), times, "{kind}: {text}");
        assert_eq!(document.get("pages").and_then(Json::as_number), Some("1"), "{kind}");
        assert!(super::pages::info(&pdf).contains(&format!("Page size: {size}")), "{kind} has its size");
        let long = format!(r#"{{"type":"{kind}","patient":"q"}}"#);
        let (status, document) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", &long).await;
        assert_eq!(status, 201, "{document}");
        let pdf = super::pdf(&hub, &document, "").await;
        kept(&format!("{kind}-longest"), &pdf);
        assert_eq!(
            document.get("pages").and_then(Json::as_number),
            Some("1"),
            "{kind}: the longest name fits"
        );
        assert!(read(&pdf).contains("DOUDEAUVILLE"), "{kind}: to its end");
    }
}

#[tokio::test]
async fn the_programme_of_a_day_says_who_what_and_which_side() {
    let hub = hub().await;
    let mut booking = hub.get("Appointment/book").await;
    let kind = r#"[{"coding":[{"system":"urn:medhub:appointment-kind","code":"theatre"}]}]"#;
    let object = booking.as_object_mut().unwrap();
    object.set("serviceCategory", fhir::json::parse(kind.as_bytes()).unwrap().into_owned());
    hub.create(&booking.to_string()).await;
    let ask = |query: &'static str| {
        let hub = &hub;
        async move { hub.call(&service(), surgeon(hub), "GET", &format!("documents/programme{query}"), "").await }
    };
    let reply = ask("?date=2026-11-20").await.unwrap();
    kept("programme", &reply.body);
    let text = read(&reply.body);
    for mention in [
        "Programme opératoire – 20 novembre 2026",
        "SECRÈTE Dominique",
        "5 mars 1979",
        "26000042",
        "Prothèse totale de hanche",
        "CÔTÉ DROIT",
        "Dr Bob Exemple (anesthésiste)",
        "Pénicillines",
        "(urticaire)",
        "8 h 30 – 10 h 30",
        "120 min",
    ] {
        assert!(text.contains(mention), "lacks « {mention} »: {text}");
    }
    assert!(super::pages::info(&reply.body).contains("Page size: 841"), "landscape");
    let status = |answer: store::Result<service::RouteReply>| {
        store::bundle::status(&answer.unwrap_err())[..3].to_string()
    };
    assert_eq!(status(ask("?date=2026-11-21").await), "404", "nothing on that day");
    assert_eq!(status(ask("?date=demain").await), "422");
}
