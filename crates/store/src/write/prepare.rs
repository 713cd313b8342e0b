//! What can be done before the write lock is held: parse, validate, lay out, compress, index.

use super::{WRITES_MAX, Write};
use crate::access::label::Labels;
use crate::access::sight::patient_named;
use crate::access::{Action, redact};
use crate::backend::IndexRows;
use crate::body;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::index;
use crate::search::Criteria;
use bytes::Bytes;
use fhir::json;
use fhir::{Code, Issue, Json, ResourceType, Severity, Text};
use seal::IndexKey;

/// A write that needs only the write lock.
pub(crate) struct Prepared {
    pub rt: ResourceType,
    pub target: Target,
    /// The new content; `None` for a deletion.
    pub content: Option<Content>,
    pub warnings: Vec<Issue>,
    /// What access was decided about.
    pub pin: Option<Pin>,
}

/// What was stored when access was decided; it must still be so under the write lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pin {
    /// The newest version of the resource.
    Head(Option<i64>),
    /// What a condition finds.
    Found(Vec<i64>),
}

/// Which resource is written.
pub(crate) enum Target {
    /// `assigned` says that the store chose the id.
    Create {
        id: String,
        unless: Option<Criteria>,
        assigned: bool,
    },
    Update {
        id: String,
        if_match: Option<u64>,
        if_none_match: bool,
    },
    /// `id` is the client's, if the body has one; `fresh` is used for a create otherwise.
    UpdateWhere {
        criteria: Criteria,
        id: Option<String>,
        fresh: String,
        if_match: Option<u64>,
    },
    Delete {
        id: String,
        if_match: Option<u64>,
    },
    DeleteWhere {
        criteria: Criteria,
        multiple: bool,
    },
}

impl Target {
    pub fn action(&self) -> Action {
        match self {
            Target::Create { .. } => Action::Create,
            Target::Update { .. } | Target::UpdateWhere { .. } => Action::Update,
            Target::Delete { .. } | Target::DeleteWhere { .. } => Action::Delete,
        }
    }

    /// The id, where it is given.
    pub fn id(&self) -> Option<&str> {
        match self {
            Target::Create { id, .. } | Target::Update { id, .. } | Target::Delete { id, .. } => Some(id),
            Target::UpdateWhere { fresh, .. } => Some(fresh),
            Target::DeleteWhere { .. } => None,
        }
    }
}

/// The new content of a resource.
pub(crate) struct Content {
    /// As the client sent it, for rules and for a second indexing under another id.
    pub text: Bytes,
    /// Laid out, not compressed: becomes the answer.
    pub plain: Vec<u8>,
    /// Laid out and compressed: becomes the body.
    pub packed: Vec<u8>,
    pub index: IndexRows,
    /// Id of the patient whose record it belongs to.
    pub owner: Option<String>,
    pub labels: Labels,
    /// Whether it says of itself that members were left out.
    pub subsetted: bool,
}

/// # Errors
/// `Refused` with what is wrong.
pub(crate) fn prepare(key: &IndexKey, ctx: &Ctx, write: Write) -> Result<Prepared> {
    let rt = write.rt();
    match write {
        Write::Create { id, body, if_none_exist, .. } => {
            let assigned = id.is_none();
            let id = id.unwrap_or_else(|| ctx.ids.uuid().to_string());
            let unless = if_none_exist.map(|query| Criteria::parse(rt, &query)).transpose()?;
            let (content, warnings) = content(key, rt, body, IdOf::Assigned(&id))?;
            Ok(Prepared {
                rt,
                target: Target::Create { id, unless, assigned },
                content: Some(content),
                warnings,
                pin: None,
            })
        }
        Write::Update { id, body, if_match, if_none_match, .. } => {
            id_check(&id)?;
            let (content, warnings) = content(key, rt, body, IdOf::Required(&id))?;
            let target = Target::Update { id, if_match, if_none_match };
            Ok(Prepared { rt, target, content: Some(content), warnings, pin: None })
        }
        Write::UpdateWhere { query, body, if_match, .. } => {
            let criteria = Criteria::parse(rt, &query)?;
            let id = json::parse(&body).ok().and_then(|j| j.get_str("id").map(str::to_string));
            let fresh = id.clone().unwrap_or_else(|| ctx.ids.uuid().to_string());
            let (content, warnings) = content(key, rt, body, IdOf::Assigned(&fresh))?;
            let target = Target::UpdateWhere { criteria, id, fresh, if_match };
            Ok(Prepared { rt, target, content: Some(content), warnings, pin: None })
        }
        Write::Delete { id, if_match, .. } => Ok(Prepared {
            rt,
            target: Target::Delete { id, if_match },
            content: None,
            warnings: Vec::new(),
            pin: None,
        }),
        Write::DeleteWhere { query, multiple, .. } => {
            let target = Target::DeleteWhere { criteria: Criteria::parse(rt, &query)?, multiple };
            Ok(Prepared { rt, target, content: None, warnings: Vec::new(), pin: None })
        }
    }
}

/// Whether the id in the body matters.
#[derive(Clone, Copy)]
pub(crate) enum IdOf<'a> {
    /// The body's id, if any, is replaced.
    Assigned(&'a str),
    /// The body must have this id.
    Required(&'a str),
}

/// Parses, checks and lays out a body.
pub(crate) fn content(
    key: &IndexKey,
    rt: ResourceType,
    text: Bytes,
    id: IdOf<'_>,
) -> Result<(Content, Vec<Issue>)> {
    let mut resource = json::parse(&text).map_err(|e| e.issue())?;
    type_check(rt, &resource)?;
    match id {
        IdOf::Required(id) => same_id(&resource, rt, id)?,
        IdOf::Assigned(id) => {
            if let Some(object) = resource.as_object_mut() {
                object.insert_at(1, "id", Json::string(id.to_string()));
            }
        }
    }
    let (errors, warnings): (Vec<Issue>, Vec<Issue>) =
        fhir::validate::validate(&resource).into_iter().partition(|i| i.severity >= Severity::Error);
    if !errors.is_empty() {
        return Err(Error::Refused(errors));
    }
    let index = index::index_rows(key, rt, &resource);
    let owner = owner_of(rt, &resource).map(str::to_string);
    let plain = body::lay_out(&resource);
    let packed = body::compress(&plain)?;
    let (labels, subsetted) = (Labels::of(rt, &resource), redact::is_subsetted(&resource));
    drop(resource);
    Ok((Content { text, plain, packed, index, owner, labels, subsetted }, warnings))
}

/// The patient with whose key a resource is sealed: pages and pictures (Binary) too must be forgotten with the
/// patient, though no parameter of the compartment leads from them to one.
fn owner_of<'j>(rt: ResourceType, resource: &'j Json<'_>) -> Option<&'j str> {
    if rt == ResourceType::BINARY {
        return patient_named(rt, resource);
    }
    fhir::compartment::patients(rt, resource).first().copied()
}

fn type_check(rt: ResourceType, resource: &Json<'_>) -> Result<()> {
    const OBJECT: Text = Text {
        key: "resource.not-an-object",
        fr: "Le corps n'est pas une ressource FHIR : un objet JSON avec « resourceType » est attendu.",
        en: "The body is not a FHIR resource: a JSON object with \"resourceType\" is expected.",
        de: "Der Inhalt ist keine FHIR-Ressource: Ein JSON-Objekt mit „resourceType“ wird erwartet.",
    };
    const OTHER: Text = Text {
        key: "resource.other-type",
        fr: "Le corps est une ressource d'un autre type que l'adresse : « {want} » est attendu.",
        en: "The body is a resource of another type than the address: \"{want}\" is expected.",
        de: "Der Inhalt ist eine Ressource eines anderen Typs als die Adresse: „{want}“ wird erwartet.",
    };
    match resource.get_str("resourceType") {
        None => Err(Issue::error(Code::Structure, OBJECT).into()),
        Some(name) if name != rt.name() => {
            Err(Issue::error(Code::Invalid, OTHER).arg("want", rt.name()).at("resourceType").into())
        }
        Some(_) => Ok(()),
    }
}

fn same_id(resource: &Json<'_>, rt: ResourceType, id: &str) -> Result<()> {
    const TEXT: Text = Text {
        key: "resource.other-id",
        fr: "L'« id » du corps doit être celui de l'adresse.",
        en: "The \"id\" of the body must be that of the address.",
        de: "Die „id“ im Inhalt muss die der Adresse sein.",
    };
    if resource.get_str("id") == Some(id) {
        return Ok(());
    }
    Err(Issue::error(Code::Invalid, TEXT).at(format!("{}.id", rt.name())).into())
}

fn id_check(id: &str) -> Result<()> {
    const TEXT: Text = Text {
        key: "resource.bad-id",
        fr: "L'identifiant de la ressource n'est pas valide : 1 à 64 lettres, chiffres, « - » ou « . ».",
        en: "The resource's id is not valid: use 1 to 64 letters, digits, \"-\" or \".\".",
        de: "Die Id der Ressource ist ungültig: 1 bis 64 Buchstaben, Ziffern, „-“ oder „.“.",
    };
    let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    if (1..=64).contains(&id.len()) && id.bytes().all(fine) {
        return Ok(());
    }
    Err(Issue::error(Code::Value, TEXT).into())
}

pub(super) fn too_many(count: usize) -> Issue {
    const TEXT: Text = Text {
        key: "transaction.too-many",
        fr: "La transaction compte {count} écritures ; le maximum est {max}. Découpez-la.",
        en: "The transaction has {count} writes; the maximum is {max}. Split it.",
        de: "Die Transaktion hat {count} Schreibvorgänge; erlaubt sind {max}. Bitte aufteilen.",
    };
    Issue::error(Code::TooCostly, TEXT).arg("count", count).arg("max", WRITES_MAX)
}
