//! What the chart says, read once for a document.

mod around;
mod author;
mod case;
mod clinical;
mod note;
mod patient;

pub(crate) use author::{Author, Clinic};
pub(crate) use case::{Case, side, side_word};
pub(crate) use clinical::Clinical;
pub(crate) use patient::Patient;

use crate::kind::Kind;
use crate::message::{NO_AUTHOR, NOT_A_CASE};
use crate::template::Worded;
use around::Around;
use fhir::{Code, Issue, Lang};
use note::Notes;
use service::RouteCtx;
use store::{Error, Result};

pub(crate) struct Chart {
    pub lang: Lang,
    /// Milliseconds.
    pub now: i64,
    pub patient: Patient,
    pub author: Author,
    pub clinic: Clinic,
    pub case: Option<Case>,
    pub notes: Notes,
    pub clinical: Clinical,
    pub around: Around,
    /// The clinic's own text that was used, with its version.
    pub wording: Option<Worded>,
}

/// What a document is asked about.
pub(crate) struct About {
    pub patient: String,
    pub case: Option<String>,
    pub encounter: Option<String>,
    /// `Practitioner/…`
    pub author: Option<String>,
}

impl Chart {
    /// # Errors
    /// `Refused` when there is no such case of this patient, or nobody to answer for the document; the store's.
    pub async fn read(cx: &RouteCtx, kind: &Kind, about: &About, lang: Lang) -> Result<Chart> {
        let now = cx.ctx.clock.now_ms();
        let patient = Patient::read(cx, &about.patient, lang, now).await?;
        let wrong = || Error::from(Issue::error(Code::Value, NOT_A_CASE).at("case"));
        let case = match &about.case {
            Some(id) => Some(Case::read(cx, id, &about.patient, lang).await?.ok_or_else(wrong)?),
            None if kind.needs_case => return Err(wrong()),
            None => None,
        };
        let own = cx.ctx.actor.person.as_deref().filter(|who| who.starts_with("Practitioner/"));
        let writes = cx.ctx.actor.roles.iter().any(|role| crate::right::PHYSICIANS.contains(role));
        let named = about.author.as_deref().or(own.filter(|_| writes));
        let surgeon = case.as_ref().and_then(|case| case.surgeon_reference.as_deref());
        let who = named.or(surgeon).or(own);
        let author = match who {
            Some(who) => Author::read(cx, who).await?,
            None => None,
        };
        let author =
            author.ok_or_else(|| Error::from(Issue::error(Code::Required, NO_AUTHOR).at("author")))?;
        let clinic = Clinic::read(cx, author.organization.as_deref()).await?;
        let notes =
            Notes::read(cx, &about.patient, about.case.as_deref(), about.encounter.as_deref()).await?;
        let clinical = Clinical::read(cx, &about.patient, lang).await?;
        let around =
            Around::read(cx, &about.patient, about.encounter.as_deref(), about.case.as_deref(), lang).await?;
        Ok(Chart { lang, now, patient, author, clinic, case, notes, clinical, around, wording: None })
    }
}
