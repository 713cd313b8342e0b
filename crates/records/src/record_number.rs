//! A record number belongs to one patient of the tenant.
//!
//! A record number is a `Patient.identifier` whose type is PI (the IPP of a French hospital) or MR of
//! <http://terminology.hl7.org/CodeSystem/v2-0203>. A number marked `old`, and the numbers of a record that was
//! merged into another, are free.

use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

const TYPES: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";

const TAKEN: Text = Text {
    key: "records.record-number-taken",
    fr: "Ce numéro de dossier est déjà celui d'un autre patient. Vérifiez le numéro, ou rapprochez les deux dossiers s'il s'agit de la même personne.",
    en: "This record number already belongs to another patient. Check the number, or merge the two records if they are the same person's.",
    de: "Diese Aktennummer gehört bereits einem anderen Patienten. Prüfen Sie die Nummer, oder führen Sie beide Akten zusammen, wenn es dieselbe Person ist.",
};

const TOO_MANY: Text = Text {
    key: "records.too-many-record-numbers",
    fr: "Un patient porte au plus {max} numéros de dossier actifs ; marquez les anciens avec « use » = « old ».",
    en: "A patient holds at most {max} record numbers in use; mark former ones with use = \"old\".",
    de: "Ein Patient hat höchstens {max} gültige Aktennummern; kennzeichnen Sie frühere mit use = „old“.",
};

/// Each one costs a look-up inside the transaction.
const NUMBERS_MAX: usize = 20;

pub(crate) struct UniqueRecordNumber;

impl Rule for UniqueRecordNumber {
    fn name(&self) -> &'static str {
        "records.unique-record-number"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PATIENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(patient) = after.filter(|p| !merged(p)) else { return Ok(()) };
        let held: Vec<_> = before.filter(|p| !merged(p)).map(|p| numbers(p).collect()).unwrap_or_default();
        let claimed: Vec<_> = numbers(patient).collect();
        if claimed.len() > NUMBERS_MAX {
            let issue = Issue::error(Code::BusinessRule, TOO_MANY).at("Patient.identifier");
            return Err(issue.arg("max", NUMBERS_MAX).into());
        }
        let own = patient.get_str("id").unwrap_or_default();
        for number in claimed {
            let kept = held.iter().any(|h: &Number<'_>| h.system == number.system && h.value == number.value);
            if kept {
                continue;
            }
            if taken(&number, own, tx)? {
                let place = format!("Patient.identifier[{}].value", number.at);
                return Err(Issue::error(Code::Duplicate, TAKEN).at(place).into());
            }
        }
        Ok(())
    }
}

struct Number<'a> {
    at: usize,
    system: &'a str,
    value: &'a str,
}

/// The record numbers of a patient that are in use.
fn numbers<'a>(patient: &'a Json<'_>) -> impl Iterator<Item = Number<'a>> {
    patient.each("identifier").enumerate().filter_map(|(at, identifier)| {
        let is_record_number = identifier.get("type").is_some_and(|t| {
            t.each("coding").any(|coding| {
                coding.get_str("system") == Some(TYPES) && matches!(coding.get_str("code"), Some("PI" | "MR"))
            })
        });
        if !is_record_number || identifier.get_str("use") == Some("old") {
            return None;
        }
        let value = identifier.get_str("value")?;
        Some(Number { at, system: identifier.get_str("system").unwrap_or_default(), value })
    })
}

/// Whether another patient, not merged away, holds the number as a record number.
fn taken(number: &Number<'_>, own: &str, tx: &mut TxRead<'_>) -> Result<bool, Refusal> {
    let query = format!("identifier={}%7C{}", escaped(number.system), escaped(number.value));
    for id in tx.search(ResourceType::PATIENT, &query, 10)? {
        if id == own {
            continue;
        }
        let Some(body) = tx.read(ResourceType::PATIENT, &id)? else { continue };
        let Ok(other) = fhir::json::parse(&body) else { continue };
        if !merged(&other) && numbers(&other).any(|n| n.system == number.system && n.value == number.value) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the record was merged into another one.
fn merged(patient: &Json<'_>) -> bool {
    patient.each("link").any(|link| link.get_str("type") == Some("replaced-by"))
}

/// A value in a search: `,`, `|`, `$` and `\` are escaped with `\`, all but letters and digits with `%`.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            b',' | b'|' | b'$' | b'\\' => out.push_str(&format!("%5C%{byte:02X}")),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use service::testing::TestHub;
    use std::sync::Arc;

    fn patient(id: &str, kind: &str, value: &str, more: &str) -> String {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"type":{{"coding":[{{"system":"{TYPES}","code":"{kind}"}}]}},"system":"urn:clinic","value":"{value}"}}]{more}}}"#
        )
    }

    #[tokio::test]
    async fn two_patients_never_share_a_record_number() {
        let hub = TestHub::new(vec![Arc::new(crate::Records)]).await;
        hub.create(&patient("a", "PI", "100|1,$", "")).await;
        assert_eq!(hub.refusal(&patient("b", "PI", "100|1,$", "")).await, TAKEN.fr);
        assert_eq!(hub.refusal(&patient("b", "MR", "100|1,$", "")).await, TAKEN.fr);
        hub.create(&patient("b", "PI", "101", "")).await;
        hub.create(&patient("c", "SS", "101", "")).await;
        hub.create(&patient("a", "PI", "100|1,$", r#","active":true"#)).await;
    }

    #[tokio::test]
    async fn a_number_that_is_let_go_is_free() {
        let hub = TestHub::new(vec![Arc::new(crate::Records)]).await;
        hub.create(&patient("a", "PI", "7", "")).await;
        hub.create(&patient("a", "PI", "8", "")).await;
        hub.create(&patient("b", "PI", "7", "")).await;
        let replaced = r#","link":[{"other":{"reference":"Patient/b"},"type":"replaced-by"}]"#;
        hub.create(&patient("a", "PI", "8", replaced)).await;
        hub.create(&patient("c", "PI", "8", "")).await;
    }

    #[test]
    fn escapes_what_a_search_would_read() {
        assert_eq!(escaped("a|b,c d"), "a%5C%7Cb%5C%2Cc%20d");
    }
}
