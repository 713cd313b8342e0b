//! Every type of document is printed and its text read back by poppler, another's reader.

use super::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The text of a PDF as people read it; zero-width breaks left out.
pub(super) fn read(pdf: &[u8]) -> String {
    let run = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut run = run.expect("pdftotext of poppler-utils: install it to read the pages back");
    run.stdin.take().unwrap().write_all(pdf).unwrap();
    let out = run.wait_with_output().unwrap();
    assert!(out.status.success());
    let text = String::from_utf8_lossy(&out.stdout)
        .replace(['\u{200b}', '\u{ad}'], "")
        .replace('\u{a0}', " ")
        .replace('’', "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What poppler tells of a PDF, its blanks as one.
pub(super) fn info(pdf: &[u8]) -> String {
    let run = Command::new("pdfinfo").arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut run = run.expect("pdfinfo of poppler-utils");
    run.stdin.take().unwrap().write_all(pdf).unwrap();
    let out = run.wait_with_output().unwrap();
    String::from_utf8_lossy(&out.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What each type must say, whatever its language.
const COMMON: [&str; 5] =
    ["SECRÈTE Dominique", "26000042", "RPPS 10001234565", "FINESS 690000013", "2 79 03 51 215 189 89"];

const MENTIONS: [(&str, &[&str]); 11] = [
    (
        "consent",
        &[
            "Risques fréquents",
            "Luxation (déboîtement)",
            "Autres possibilités",
            "ne souhaitez pas",
            "entretien individuel",
            "retirer mon consentement à tout moment",
            "CÔTÉ DROIT",
            "version 2026-1",
            "cicatrisation plus lente",
            "L.1111-2",
        ],
    ),
    (
        "operative-report",
        &[
            "NEKA020",
            "CÔTÉ DROIT",
            "20 novembre 2026",
            "incision 8 h 58",
            "fermeture 10 h 10",
            "Dr Bob Exemple (anesthésiste)",
            "Rachianesthésie",
            "Décubitus latéral gauche",
            "Voie postérieure",
            "Cartilage absent",
            "Luxation, coupe du col",
            "LOT-A1",
            "SN-778",
            "250 mL",
            "Drainages",
            "Incidents",
            "Appui complet",
            "Coxarthrose droite",
        ],
    ),
    (
        "discharge-letter",
        &[
            "20 novembre 2026 – Domicile",
            "22 novembre 2026 – Retour à domicile",
            "Dr Jean Traitant",
            "Suites simples",
            "Événements indésirables",
            "multirésistantes",
            "Produits sanguins",
            "LOT-B2",
            "Paracétamol 1 g",
            "Ibuprofène 400 mg",
            "Anticoagulation",
            "Résultats en attente",
            "six semaines",
            "R.1112-1-2",
            "Pénicillines",
        ],
    ),
    (
        "gp-letter",
        &[
            "Dr Jean Traitant",
            "Pénicillines (urticaire)",
            "Metformine 850 mg",
            "Indication opératoire retenue",
        ],
    ),
    (
        "consultation-report",
        &[
            "Motif",
            "Antécédents",
            "Coxarthrose droite",
            "Pénicillines",
            "Examen",
            "Conclusion",
            "Conduite à tenir",
        ],
    ),
    (
        "prescription",
        &[
            "Chirurgie orthopédique",
            "France",
            "ada@clinic.example",
            "féminin",
            "5 mars 1979",
            "Paracétamol 1 g comprimé",
            "15 jours",
            "À renouveler 1 fois",
            "NON SUBSTITUABLE",
            "(MTE)",
            "28 seringues",
            "2 ligne(s)",
            "22 novembre 2026",
        ],
    ),
    (
        "preadmission",
        &[
            "Personne de confiance",
            "Camille Proche",
            "minuit la veille",
            "Douche",
            "carte Vitale",
            "Consultation d'anesthésie",
            "Pénicillines",
            "Arrêt de la metformine",
        ],
    ),
    ("discharge-instructions", &["38,5 °C", "Jour et nuit", "15 ou 112", "Paracétamol 1 g", "4 janvier"]),
    (
        "implant-card",
        &[
            "Cupule acétabulaire",
            "09520000000028",
            "LOT-B2",
            "SN-778",
            "Fabricant Exemple SA",
            "Hanche droite",
            "20 novembre 2026",
            "R.5212-41",
            "2017/745",
        ],
    ),
    ("certificate", &["certifie avoir examiné", "Faits constatés", "Hématome", "remis en main propre"]),
    (
        "quote",
        &[
            "NEKA020",
            "459,80",
            "1 250,00",
            "790,20",
            "1 730,50",
            "1 040,80",
            "Secteur 2",
            "valable jusqu'au",
            "L.1111-3",
            "Environ 657,70",
        ],
    ),
];

/// Where somebody wants to look at the pages: `CONTENT_PAGES=/tmp/pages cargo test -p content`.
pub(super) fn kept(name: &str, pdf: &[u8]) {
    if let Ok(folder) = std::env::var("CONTENT_PAGES") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    }
}

#[tokio::test]
async fn every_mandatory_mention_is_on_the_pages() {
    let hub = hub().await;
    for (kind, mentions) in MENTIONS {
        let document = made(&hub, kind, "fr").await;
        let pdf = pdf(&hub, &document, "").await;
        kept(kind, &pdf);
        let text = read(&pdf);
        for mention in COMMON.iter().chain(mentions) {
            assert!(text.contains(mention), "{kind} lacks « {mention} »:\n{text}");
        }
        assert!(text.contains(super::text(&document, "check")), "{kind} has its code");
        assert!(text.contains("PROJET"), "{kind} is a draft");
    }
}

#[tokio::test]
async fn patients_read_their_own_language() {
    let hub = hub().await;
    for (kind, language, mentions) in [
        (
            "consent",
            "en",
            &[
                "Frequent risks",
                "Dislocation of the prosthesis",
                "withdraw my consent at any time",
                "RIGHT SIDE",
            ],
        ),
        ("consent", "de", &["Häufige Risiken", "Ausrenken der Prothese", "jederzeit", "RECHTS"]),
        ("preadmission", "en", &["Fasting", "midnight the evening before", "Trusted person", "Shower"]),
        ("preadmission", "de", &["Nüchternheit", "Mitternacht am Vorabend", "Vertrauensperson", "Duschen"]),
        ("discharge-instructions", "en", &["Call at once if", "Fever above 38.5", "Day and night", "112"]),
        (
            "discharge-instructions",
            "de",
            &["Rufen Sie sofort an", "Fieber über 38,5", "Tag und Nacht", "112"],
        ),
        ("implant-card", "en", &["Implant card", "Manufacturer", "Serial number", "20 November 2026"]),
        ("implant-card", "de", &["Implantatausweis", "Hersteller", "Seriennummer", "20. November 2026"]),
    ] {
        let document = made(&hub, kind, language).await;
        let pdf = pdf(&hub, &document, "").await;
        kept(&format!("{kind}-{language}"), &pdf);
        let text = read(&pdf);
        for mention in mentions {
            assert!(text.contains(mention), "{kind} {language} lacks « {mention} »:\n{text}");
        }
    }
}

#[tokio::test]
async fn the_longest_names_stay_on_the_page() {
    let hub = hub().await;
    let body = r#"{"type":"consent","patient":"q","case":"long","values":{"frequent":"Anticonstitutionnellementpseudopseudohypoparathyroïdieélectroencéphalographiquementhippopotomonstrosesquippedaliophobie","serious":"Infection","alternatives":"Aucune","refusal":"Aggravation"}}"#;
    let (status, document) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", body).await;
    assert_eq!(status, 201, "{document}");
    let pdf = pdf(&hub, &document, "").await;
    kept("longest", &pdf);
    let text = read(&pdf);
    for mention in [
        &LONG.to_uppercase()[..30],
        "armature métallique vissée",
        "BILATÉRAL",
        "aliophobie",
        "sans matricule INS",
    ] {
        assert!(text.contains(mention), "lacks « {mention} »:\n{text}");
    }
    assert!(!text.contains("Matricule INS :"));
}

#[tokio::test]
async fn the_same_input_prints_the_same_bytes() {
    let (one, other) = (hub().await, hub().await);
    let (first, second) = (made(&one, "consent", "fr").await, made(&other, "consent", "fr").await);
    assert_eq!(text(&first, "hash"), text(&second, "hash"));
    assert_eq!(pdf(&one, &first, "").await, pdf(&other, &second, "").await);
}
