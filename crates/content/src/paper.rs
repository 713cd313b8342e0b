//! Prints a document: its data and its template become a PDF/A.

use crate::kind::Kind;
use crate::message::TOO_LONG;
use crate::words::text;
use fhir::{Code, Issue, Json};
use store::{Error, Result};
use tokio::sync::Semaphore;
use typeset::{Day, Job};

/// Documents that are printed at once: each takes some tens of megabytes while it is made.
static PRINTERS: Semaphore = Semaphore::const_new(3);
const PAGES_MAX: usize = 40;
/// Names of the pictures of signatures: the compiler keeps names for good, so they are few.
const IMAGES: [&str; 8] = [
    "signature-0.png",
    "signature-1.png",
    "signature-2.png",
    "signature-3.png",
    "signature-4.png",
    "signature-5.png",
    "signature-6.png",
    "signature-7.png",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Draft,
    Final,
    /// Some have signed, not all.
    Partly,
    Signed,
    Refused,
    Revoked,
}

impl Stage {
    fn as_str(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Final => "final",
            Stage::Partly => "partly",
            Stage::Signed => "signed",
            Stage::Refused => "refused",
            Stage::Revoked => "revoked",
        }
    }
}

/// A signature as the last page shows it.
pub(crate) struct Shown {
    /// « Signé », « Refusé » …
    pub decision: String,
    pub who: String,
    /// `professional`, `patient`, `representative`
    pub capacity: &'static str,
    pub at: String,
    pub by: Option<String>,
    pub how: Option<String>,
    pub hash: String,
    /// Number of the signer's certificate.
    pub certificate: Option<String>,
    /// PNG.
    pub image: Option<Vec<u8>>,
}

pub(crate) struct Pages {
    pub pdf: Vec<u8>,
    pub count: usize,
}

/// # Errors
/// `Refused` when it would be too long; `Corrupt` when the template does not compile.
pub(crate) async fn print(
    kind: &'static Kind,
    data: &Json<'static>,
    stage: Stage,
    signatures: Vec<Shown>,
) -> Result<Pages> {
    let Ok(_turn) = PRINTERS.acquire().await else {
        return Err(Error::Unavailable("the printer is closed".into()));
    };
    let data = data.clone();
    let printed = tokio::task::spawn_blocking(move || printed(kind, data, stage, signatures)).await;
    printed.map_err(|_| Error::Unavailable("a document could not be printed".into()))?
}

/// Prints a paper that is no document of a record: a working paper, made when it is asked for.
///
/// # Errors
/// `Corrupt` when the template does not compile.
pub(crate) async fn plain(
    template: &'static str,
    data: Json<'static>,
    day: jiff::civil::Date,
) -> Result<Vec<u8>> {
    let Ok(_turn) = PRINTERS.acquire().await else {
        return Err(Error::Unavailable("the printer is closed".into()));
    };
    let printed = tokio::task::spawn_blocking(move || {
        let data = data.to_vec();
        let day = self::day(&day.to_string());
        let ident = hash(&data);
        let job = Job { template, parts: &[], data: &data, files: &[], day, ident: &ident, embeds: false };
        typeset::print(&job).map(|done| done.pdf).map_err(|faults| unprintable("a working paper", &faults))
    });
    printed.await.map_err(|_| Error::Unavailable("a paper could not be printed".into()))?
}

/// A fault quotes values, so only its place is told.
fn unprintable(name: &str, faults: &[typeset::Fault]) -> Error {
    let lines: Vec<String> = faults.iter().map(|f| f.line.map_or("?".into(), |n| n.to_string())).collect();
    tracing::error!(template = %name, lines = %lines.join(","), "a template does not compile");
    #[cfg(test)]
    eprintln!("{name}: {faults:?}");
    Error::Corrupt("a template does not compile".into())
}

fn printed(kind: &Kind, mut data: Json<'static>, stage: Stage, signatures: Vec<Shown>) -> Result<Pages> {
    let ident =
        format!("{}/{}/{}", data.get_str("check").unwrap_or_default(), stage.as_str(), signatures.len());
    let day = day(data.get_str("day").unwrap_or_default());
    let mut files =
        vec![("check.svg", picture(typeset::qr(&urn(data.get_str("check").unwrap_or_default())))?)];
    if let Some(code) = data.get_str("inscode") {
        files.push(("ins.svg", picture(typeset::data_matrix(code))?));
    }
    let shown = signatures.into_iter().zip(IMAGES).map(|(one, name)| {
        let image = one.image.map(|png| files.push((name, png))).map(|()| name);
        Json::object([
            ("decision", text(one.decision)),
            ("who", text(one.who)),
            ("capacity", text(one.capacity)),
            ("when", text(one.at)),
            ("by", one.by.map_or(Json::Null, text)),
            ("how", one.how.map_or(Json::Null, text)),
            ("hash", text(one.hash)),
            ("certificate", one.certificate.map_or(Json::Null, text)),
            ("image", image.map_or(Json::Null, text)),
        ])
    });
    let shown: Vec<Json<'static>> = shown.collect();
    if let Some(object) = data.as_object_mut() {
        object.remove("inscode");
        object.set("stage", text(stage.as_str()));
        object.set("signatures", Json::Array(shown));
    }
    let job = Job {
        template: kind.template,
        parts: &[("letterhead.typ", include_str!("../templates/letterhead.typ"))],
        data: &data.to_vec(),
        files: &files,
        day,
        ident: &ident,
        embeds: false,
    };
    let done = typeset::print(&job).map_err(|faults| unprintable(&kind.code, &faults))?;
    if done.pages > PAGES_MAX {
        return Err(Issue::error(Code::TooLong, TOO_LONG).at("values").arg("pages", PAGES_MAX).into());
    }
    Ok(Pages { pdf: done.pdf, count: done.pages })
}

/// What the QR code on each page says.
fn urn(check: &str) -> String {
    format!("urn:medhub:document:{check}")
}

fn picture(drawn: std::result::Result<Vec<u8>, typeset::Unprintable>) -> Result<Vec<u8>> {
    drawn.map_err(|_| Error::Corrupt("a code is too long".into()))
}

fn day(text: &str) -> Day {
    let day: jiff::civil::Date = text.parse().unwrap_or_default();
    Day { year: i32::from(day.year()), month: day.month().unsigned_abs(), day: day.day().unsigned_abs() }
}

/// `sha256:` and the hash in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let hex: String = seal::sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
