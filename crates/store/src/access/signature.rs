//! In whose name something is signed: who signs a prescription, a report, a document or an answered form is among
//! those whom it names as its authors.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use fhir::{Code, Issue, Json, ResourceType, Text};

/// Members that name who answers for the content. Compositions have rules of their service; a consent, a contract
/// and a bundle are signed by others than those whom they name.
const AUTHORS: [(ResourceType, &[&str]); 4] = [
    (ResourceType::DIAGNOSTIC_REPORT, &["performer", "resultsInterpreter"]),
    (ResourceType::DOCUMENT_REFERENCE, &["author", "authenticator"]),
    (ResourceType::MEDICATION_REQUEST, &["requester", "recorder"]),
    (ResourceType::QUESTIONNAIRE_RESPONSE, &["author"]),
];
/// Authors that are looked at; each role costs a reading.
const AUTHORS_MAX: usize = 20;

const NOT_THE_AUTHOR: Text = Text {
    key: "sign.not-the-author",
    fr: "On ne signe pas au nom d'un autre : vous n'êtes pas parmi les auteurs indiqués. Demandez à l'auteur de signer, ou indiquez-vous comme auteur.",
    en: "Nobody signs in another's name: you are not among the authors that are named. Ask the author to sign, or name yourself.",
    de: "Niemand signiert im Namen anderer: Sie gehören nicht zu den genannten Autoren. Bitten Sie den Autor zu signieren, oder nennen Sie sich selbst.",
};

/// Whether who asks may put their signature under this content.
///
/// # Errors
/// `Refused` when others are named, and who asks is not.
pub(super) async fn check(tenant: &Tenant, ctx: &Ctx, rt: ResourceType, after: &Json<'_>) -> Result<()> {
    let Some((_, members)) = AUTHORS.iter().find(|(kind, _)| *kind == rt) else { return Ok(()) };
    let named: Vec<&str> = members
        .iter()
        .flat_map(|member| after.each(member))
        .filter_map(|who| who.get_str("reference"))
        .filter(|who| who.starts_with("Practitioner"))
        .take(AUTHORS_MAX)
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let own = ctx.actor.person.as_deref().unwrap_or_default();
    for who in &named {
        if *who == own || holder(tenant, who).await?.is_some_and(|person| person == own) {
            return Ok(());
        }
    }
    let at = format!("{rt}.{}", members.first().copied().unwrap_or("author"));
    Err(Issue::error(Code::Forbidden, NOT_THE_AUTHOR).at(at).into())
}

/// The professional who holds a role.
async fn holder(tenant: &Tenant, who: &str) -> Result<Option<String>> {
    let Some(id) = who.strip_prefix("PractitionerRole/") else { return Ok(None) };
    let entry = match tenant.open_name(ResourceType::PRACTITIONER_ROLE, id).await {
        Err(Error::Gone { .. }) => return Ok(None),
        found => found?,
    };
    let Some(entry) = entry else { return Ok(None) };
    let role = fhir::json::parse(&entry.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(role.get("practitioner").and_then(|p| p.get_str("reference")).map(str::to_string))
}
