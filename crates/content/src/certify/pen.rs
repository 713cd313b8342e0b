//! What a professional signs PDFs with.

use super::broken;
use super::keys::{self, Pair, Person};
use crate::words::code;
use fhir::{Json, Lang};
use pades::{Moment, Request, certificate};
use service::RouteCtx;
use store::Result;

const REASONS: [&str; 3] =
    ["Signature du document", "Signature of the document", "Unterzeichnung des Dokuments"];

/// A professional's key with all that goes into a signature.
pub(crate) struct Pen {
    own: Pair,
    chain: Vec<Vec<u8>>,
    at: Moment,
    name: String,
    place: Option<String>,
    reason: &'static str,
}

impl Pen {
    /// The pen of a document's author. `data` is what the document was printed from; `author` the reference that
    /// has been checked to be the caller.
    pub async fn of(cx: &RouteCtx, author: &Json<'_>, data: &Json<'_>) -> Result<Pen> {
        let said = data.get("author");
        let word = |json: Option<&Json<'_>>, name: &str| json.and_then(|j| j.get_str(name)).map(plain);
        let name = word(said, "name").or_else(|| author.get_str("display").map(plain)).unwrap_or_default();
        let (rpps, clinic) = (word(said, "rpps"), word(data.get("clinic"), "name"));
        let person = Person {
            reference: author.get_str("reference").unwrap_or_default(),
            name: &name,
            rpps: rpps.as_deref(),
            organization: clinic.as_deref().filter(|name| !name.is_empty()),
        };
        let authority = keys::authority(cx).await?;
        let own = keys::signer(cx, &authority, &person).await?;
        let lang = data.get_str("lang").unwrap_or_default();
        let lang = [Lang::Fr, Lang::En, Lang::De].into_iter().find(|l| code(*l) == lang).unwrap_or(Lang::Fr);
        Ok(Pen {
            own,
            chain: vec![authority.certificate],
            at: keys::now(cx),
            name,
            place: word(Some(data), "place").filter(|place| !place.is_empty()),
            reason: REASONS[lang as usize],
        })
    }

    /// The number of the certificate, in hexadecimal.
    pub fn number(&self) -> Result<String> {
        let about = certificate::describe(&self.own.certificate).map_err(broken)?;
        Ok(about.serial.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The PDF with a signature that nothing of it shows; its bytes before stay as they are.
    pub fn sign(&self, pdf: &[u8]) -> Result<Vec<u8>> {
        let request = Request {
            certificate: &self.own.certificate,
            chain: &self.chain,
            at: self.at,
            name: Some(&self.name),
            reason: Some(self.reason),
            location: self.place.as_deref(),
            appearance: None,
        };
        pades::sign(pdf, &request, &self.own.key, None).map_err(broken)
    }
}

/// Without the places to break that print needs.
fn plain(text: &str) -> String {
    text.replace('\u{200b}', "")
}
