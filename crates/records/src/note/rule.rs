//! What holds of every note, whichever way it is written: it stays with its patient, author and kind; what it links
//! to is of the same patient; once signed its text does not change, and every signature is proved.

use super::attest::{self, Signature};
use super::content::{self, Content, ENTRIES_MAX, LETTERS_MAX, SECTIONS_MAX, TITLE_MAX};
use super::{kind, message};
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Role, Rule, TxRead};

/// Bytes of the narratives of one note: the letters in their longest form.
const NARRATIVE_MAX: usize = LETTERS_MAX * 8;
/// Notes that amend one and proofs of one that are looked at.
const LINKS_MAX: usize = 20;

pub(crate) struct NoteRules;

impl Rule for NoteRules {
    fn name(&self) -> &'static str {
        "records.note"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::COMPOSITION]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let known = before.filter(|note| kind::is_claimed(note));
        let Some(after) = after else {
            return match known.is_some_and(|note| !content::is_draft(note)) {
                true => refuse(Code::BusinessRule, message::SIGNED, "Composition"),
                false => Ok(()),
            };
        };
        if known.is_none() && !kind::is_claimed(after) {
            // Whatever the document: who seals it is among its authors.
            let seals = content::is_sealed(after) && !before.is_some_and(content::is_sealed);
            return match seals && !content::authors(after).any(|who| is_self(tx, who)) {
                true => refuse(Code::Forbidden, message::NOT_PROVED, "Composition.author"),
                false => Ok(()),
            };
        }
        identity(before, after)?;
        bounds(after)?;
        links(before, after, tx)?;
        state(before, after, tx)
    }
}

/// The proof of a signature is kept as it is.
pub(crate) struct ProofRules;

impl Rule for ProofRules {
    fn name(&self) -> &'static str {
        "records.note-proof"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PROVENANCE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        if let Some(before) = before.filter(|before| attest::is_proof(before)) {
            // Written again as it was, by an import: that changes nothing.
            let same = after.is_some_and(|after| own_members(before).eq(own_members(after)));
            return if same { Ok(()) } else { refuse(Code::BusinessRule, message::PROOF_KEPT, "Provenance") };
        }
        let signers = after.filter(|after| attest::is_proof(after)).into_iter().flat_map(attest::signers);
        match signers.into_iter().all(|who| is_self(tx, who)) {
            true => Ok(()),
            false => refuse(Code::Forbidden, message::NOT_PROVED, "Provenance.signature"),
        }
    }
}

/// Whether the hub writes by itself: an import, the sample clinic. It brings what others wrote and signed, and in
/// any order, so what lies in other resources is not asked of it.
fn is_hub(tx: &TxRead<'_>) -> bool {
    tx.actor().system && tx.actor().id.is_nil()
}

/// Whether who writes is that person.
fn is_self(tx: &TxRead<'_>, who: &str) -> bool {
    is_hub(tx) || tx.actor().person.as_deref() == Some(who)
}

/// The members that are not the server's.
fn own_members<'j>(json: &'j Json<'_>) -> impl Iterator<Item = (&'j str, &'j Json<'j>)> {
    let members = json.as_object().into_iter().flat_map(|object| object.iter());
    members.filter(|(name, _)| !matches!(*name, "id" | "meta")).map(|(name, value)| {
        let value: &'j Json<'j> = value;
        (name, value)
    })
}

fn refuse<T>(code: Code, text: Text, at: &str) -> Result<T, Refusal> {
    Err(Issue::error(code, text).at(at).into())
}

/// Kind, patient, author and what it amends.
fn identity(before: Option<&Json<'_>>, after: &Json<'_>) -> Result<(), Refusal> {
    let Some(kind) = kind::of(after) else {
        return refuse(Code::BusinessRule, message::KIND, "Composition.category");
    };
    let whole = content::patient(after).is_some() && content::authors(after).next().is_some();
    if !whole {
        return refuse(Code::Required, message::FORM, "Composition");
    }
    let Some(before) = before else { return Ok(()) };
    if kind::of(before).map(|kind| &kind.name) != Some(&kind.name) || before.get("type") != after.get("type")
    {
        return refuse(Code::BusinessRule, message::KIND, "Composition.category");
    }
    if content::patient(before) != content::patient(after) {
        return refuse(Code::BusinessRule, message::PATIENT_CHANGED, "Composition.subject");
    }
    if !content::authors(before).eq(content::authors(after)) {
        return refuse(Code::BusinessRule, message::AUTHOR_CHANGED, "Composition.author");
    }
    if before.get("relatesTo") != after.get("relatesTo") {
        return refuse(Code::BusinessRule, message::LINK_CHANGED, "Composition.relatesTo");
    }
    Ok(())
}

fn bounds(note: &Json<'_>) -> Result<(), Refusal> {
    let sections = note.each("section").count();
    let narratives = note.each("section").filter_map(|s| s.get("text")?.get_str("div")).map(str::len);
    let entries: usize = note.each("section").map(|s| s.each("entry").count()).sum();
    if sections > SECTIONS_MAX || narratives.sum::<usize>() > NARRATIVE_MAX || entries > ENTRIES_MAX {
        return Err(too_long("Composition.section").into());
    }
    if note.get_str("title").is_none_or(|title| title.chars().count() > TITLE_MAX) {
        return refuse(Code::Value, message::FORM, "Composition.title");
    }
    for (n, section) in note.each("section").enumerate() {
        // What lies deeper would be neither shown nor bounded.
        if content::section_code(section).is_none() || section.get("section").is_some() {
            return refuse(Code::Structure, message::FORM, &format!("Composition.section[{n}]"));
        }
    }
    Ok(())
}

/// Why a note is too long.
pub(super) fn too_long(at: &str) -> Issue {
    Issue::error(Code::TooLong, message::TOO_LONG)
        .at(at)
        .arg("sections", SECTIONS_MAX)
        .arg("letters", LETTERS_MAX)
        .arg("entries", ENTRIES_MAX)
}

/// What the note links to anew is there, and of the same patient.
fn links(before: Option<&Json<'_>>, after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    if is_hub(tx) {
        return Ok(());
    }
    let patient = content::patient(after).unwrap_or_default();
    let encounter = |note: &Json<'_>| Some(note.get("encounter")?.get_str("reference")?.to_string());
    if let Some(reference) = encounter(after).filter(|now| before.and_then(encounter).as_ref() != Some(now))
        && !(reference.starts_with("Encounter/") && is_of(tx, &reference, patient)?)
    {
        return refuse(Code::Value, message::ENTRY, "Composition.encounter");
    }
    let known: Vec<&str> =
        before.map(|note| entries(note).map(|(_, _, entry)| entry).collect()).unwrap_or_default();
    for (section, n, entry) in entries(after) {
        if !known.contains(&entry) && !is_of(tx, entry, patient)? {
            let place = format!("Composition.section[{section}].entry[{n}]");
            return refuse(Code::Value, message::ENTRY, &place);
        }
    }
    Ok(())
}

/// Section, place and reference of each entry; one without a reference is empty.
fn entries<'j>(note: &'j Json<'_>) -> impl Iterator<Item = (usize, usize, &'j str)> {
    note.each("section").enumerate().flat_map(|(section, json)| {
        let entries = json.each("entry").enumerate();
        entries.map(move |(n, entry)| (section, n, entry.get_str("reference").unwrap_or_default()))
    })
}

fn is_of(tx: &mut TxRead<'_>, reference: &str, patient: &str) -> Result<bool, Refusal> {
    let Some((rt, id)) = reference.split_once('/') else { return Ok(false) };
    let Some(rt) = ResourceType::parse(rt) else { return Ok(false) };
    let Some(body) = tx.read(rt, id)? else { return Ok(false) };
    let json = fhir::json::parse(&body).map_err(|_| store::Error::Corrupt("stored JSON".into()))?;
    Ok(fhir::compartment::patients(rt, &json).contains(&patient))
}

/// Draft → signed → withdrawn, and what each step asks.
fn state(before: Option<&Json<'_>>, after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    if before.is_none() && !may_author(after, tx) {
        return refuse(Code::Forbidden, message::AUTHOR, "Composition.author");
    }
    let was_open = before.is_none_or(content::is_draft);
    if !was_open {
        return closed(before.unwrap_or(after), after, tx);
    }
    if before.is_none() {
        replaced(after, tx)?;
    }
    if content::is_draft(after) {
        let plain = !content::is_sealed(after) && after.get("attester").is_none();
        return if plain {
            Ok(())
        } else {
            refuse(Code::BusinessRule, message::FORM, "Composition.attester")
        };
    }
    if content::is_withdrawn(after) {
        let same = before.is_none_or(|before| attest::hash(before) == attest::hash(after));
        return if same {
            Ok(())
        } else {
            refuse(Code::BusinessRule, message::SIGNED, "Composition.section")
        };
    }
    if !content::is_signed(after) || !content::is_sealed(after) {
        return refuse(Code::BusinessRule, message::NOT_PROVED, "Composition.status");
    }
    if Content::of(after).sections.iter().all(content::Section::is_blank) {
        return refuse(Code::BusinessRule, message::EMPTY, "Composition.section");
    }
    if before.is_some() {
        replaced(after, tx)?;
    }
    proved(after, 0, tx)
}

/// One writes notes of one's own; a secretary types for others.
fn may_author(note: &Json<'_>, tx: &TxRead<'_>) -> bool {
    tx.actor().roles.contains(&Role::Secretary) || content::authors(note).all(|who| is_self(tx, who))
}

/// A note that is signed or withdrawn: it is co-signed, or withdrawn, and its text stays.
fn closed(before: &Json<'_>, after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let same = attest::hash(before) == attest::hash(after)
        && content::is_sealed(before) == content::is_sealed(after);
    if !same || content::is_withdrawn(before) && !content::is_withdrawn(after) {
        return refuse(Code::BusinessRule, message::SIGNED, "Composition");
    }
    let attesters = |note: &Json<'_>| note.each("attester").map(Json::to_vec).collect::<Vec<_>>();
    let (old, new) = (attesters(before), attesters(after));
    if !new.starts_with(&old) || content::is_withdrawn(after) && new.len() != old.len() {
        return refuse(Code::BusinessRule, message::SIGNED, "Composition.attester");
    }
    if content::is_withdrawn(after) {
        let was = content::is_withdrawn(before);
        return if was { Ok(()) } else { withdrawal_proved(after, tx) };
    }
    if before.get_str("status") != after.get_str("status") {
        return refuse(Code::BusinessRule, message::SIGNED, "Composition.status");
    }
    proved(after, old.len(), tx)
}

/// The note that this one amends is signed, of the same patient, and amended by no other.
fn replaced(after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    if content::is_withdrawn(after) || is_hub(tx) {
        return Ok(());
    }
    let Some(id) = content::amends(after) else { return Ok(()) };
    let place = "Composition.relatesTo";
    let own = tx.id().to_string();
    let body = tx.read(ResourceType::COMPOSITION, id)?;
    let json = body.as_ref().and_then(|body| fhir::json::parse(body).ok());
    let fits = json.as_ref().is_some_and(|old| {
        id != own
            && kind::is_claimed(old)
            && content::is_signed(old)
            && content::patient(old) == content::patient(after)
    });
    if !fits {
        return refuse(Code::BusinessRule, message::NOT_SIGNED, place);
    }
    for other in tx.search(ResourceType::COMPOSITION, &format!("related-ref=Composition/{id}"), LINKS_MAX)? {
        let Some(body) = tx.read(ResourceType::COMPOSITION, &other)?.filter(|_| other != own) else {
            continue;
        };
        let json = fhir::json::parse(&body).map_err(|_| store::Error::Corrupt("stored JSON".into()))?;
        if content::amends(&json) == Some(id) && !content::is_withdrawn(&json) {
            return refuse(Code::Conflict, message::AMENDMENT_OPEN, place);
        }
    }
    Ok(())
}

/// Each attester from the `from`th on has a proof with the hash of this very text; the first is an author.
fn proved(note: &Json<'_>, from: usize, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let proofs = proofs(tx)?;
    let hash = attest::hash(note);
    let mut seen: Vec<&str> = Vec::new();
    for (n, attester) in note.each("attester").enumerate() {
        let who = attester.get("party").and_then(|p| p.get_str("reference")).unwrap_or_default();
        let fits = match n {
            0 => {
                attester.get_str("mode") == Some("legal")
                    && content::authors(note).any(|author| author == who)
            }
            1 => attester.get_str("mode") == Some("professional") && !seen.contains(&who),
            _ => false,
        };
        seen.push(who);
        let withdraws = |s: &Signature| s.role == Some(attest::Role::Withdrawal);
        let named = proofs.iter().any(|s| s.who == who && s.hash == hash && !withdraws(s));
        let proved = named || proofs.is_empty() && is_hub(tx);
        if !fits || n >= from && !(proved && is_self(tx, who)) {
            return refuse(Code::BusinessRule, message::NOT_PROVED, &format!("Composition.attester[{n}]"));
        }
    }
    match seen.is_empty() {
        true => refuse(Code::BusinessRule, message::NOT_PROVED, "Composition.attester"),
        false => Ok(()),
    }
}

fn withdrawal_proved(note: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let hash = attest::hash(note);
    let fits =
        |s: &Signature| s.role == Some(attest::Role::Withdrawal) && s.hash == hash && s.reason.is_some();
    match is_hub(tx) || proofs(tx)?.iter().any(|s| fits(s) && is_self(tx, &s.who)) {
        true => Ok(()),
        false => refuse(Code::BusinessRule, message::NOT_PROVED, "Composition.status"),
    }
}

fn proofs(tx: &mut TxRead<'_>) -> Result<Vec<Signature>, Refusal> {
    let note = tx.id().to_string();
    let mut found = Vec::new();
    for id in tx.search(ResourceType::PROVENANCE, &format!("target=Composition/{note}"), LINKS_MAX)? {
        let Some(body) = tx.read(ResourceType::PROVENANCE, &id)? else { continue };
        let json = fhir::json::parse(&body).map_err(|_| store::Error::Corrupt("stored JSON".into()))?;
        found.extend(attest::signatures(&json, &note));
    }
    Ok(found)
}
