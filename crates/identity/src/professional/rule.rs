//! An RPPS number is one professional's; a role ends after it began.

use super::rpps::SYSTEMS;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

const TAKEN: Text = Text {
    key: "professional.rpps-taken",
    fr: "Ce numéro RPPS est déjà celui d'un autre professionnel de l'établissement. Ouvrez sa fiche, ou corrigez le numéro.",
    en: "This RPPS number is already that of another professional of the clinic. Open that entry, or correct the number.",
    de: "Diese RPPS-Nummer gehört bereits einer anderen Fachperson der Einrichtung. Öffnen Sie deren Eintrag, oder berichtigen Sie die Nummer.",
};

/// Numbers that one professional may have: a look-up each.
const NUMBERS_MAX: usize = 10;

pub(crate) struct UniqueRpps;

impl Rule for UniqueRpps {
    fn name(&self) -> &'static str {
        "identity.unique-rpps"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PRACTITIONER]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(after) = after else { return Ok(()) };
        let held: Vec<&str> = before.into_iter().flat_map(numbers).collect();
        let own = tx.id().to_string();
        for number in numbers(after).filter(|number| !held.contains(number)).take(NUMBERS_MAX) {
            for system in SYSTEMS {
                let found = tx.living_with_identifier(ResourceType::PRACTITIONER, system, number)?;
                if found.iter().any(|id| *id != own) {
                    return Err(Issue::error(Code::Duplicate, TAKEN).at("Practitioner.identifier").into());
                }
            }
        }
        Ok(())
    }
}

fn numbers<'j>(practitioner: &'j Json<'_>) -> impl Iterator<Item = &'j str> {
    let all = practitioner.each("identifier").filter(|i| i.get_str("use") != Some("old"));
    all.filter(|i| i.get_str("system").is_some_and(|s| SYSTEMS.contains(&s)))
        .filter_map(|i| i.get_str("value"))
}
