//! A clinic with its authority, and small PDFs, for tests.

use crate::ca::{Authority, Purpose, Revoked, Subject, Validity, issue, revocation_list, root};
use crate::{Error, Key, Moment, Request, Result, Trust, tsa};
use std::fmt::Write as _;
use std::io::Write as _;

pub const YEAR: i64 = 365 * 86_400;

/// Seconds after the clinic opened.
pub fn at(seconds: i64) -> Moment {
    Moment(1_790_000_000 + seconds)
}

pub struct Clinic {
    pub root_key: Key,
    pub root: Vec<u8>,
    pub key: Key,
    pub certificate: Vec<u8>,
    pub stamp_key: Key,
    pub stamping: Vec<u8>,
}

impl Clinic {
    pub fn new() -> Self {
        Self::with(Key::generate(&[2; 32]).unwrap())
    }

    pub fn with(key: Key) -> Self {
        let [root_key, stamp_key] = [1, 3].map(|seed| Key::generate(&[seed; 32]).unwrap());
        let all = Validity { from: at(0), until: at(20 * YEAR) };
        let root =
            root(&root_key, &Self::subject("Autorité de la Clinique Exemple", None), &[9; 16], all).unwrap();
        let authority = Authority { key: &root_key, certificate: &root };
        let during = Validity { from: at(0), until: at(3 * YEAR) };
        let surgeon = Self::subject("Dr Benoît FERRAND", Some("10101010101"));
        let certificate =
            issue(&authority, key.public_key(), &surgeon, &[5; 16], during, Purpose::Signing).unwrap();
        let clock = Self::subject("Horodatage d'essai", None);
        let stamping =
            issue(&authority, stamp_key.public_key(), &clock, &[6; 16], all, Purpose::Timestamps).unwrap();
        Self { root_key, root, key, certificate, stamp_key, stamping }
    }

    pub fn subject<'a>(name: &'a str, rpps: Option<&'a str>) -> Subject<'a> {
        Subject {
            name,
            given: None,
            family: None,
            organization: Some("Clinique Exemple"),
            country: "FR",
            rpps,
        }
    }

    pub fn authority(&self) -> Authority<'_> {
        Authority { key: &self.root_key, certificate: &self.root }
    }

    /// A list that is current for a month from that moment.
    pub fn list(&self, from: Moment, revoked: &[Revoked]) -> Vec<u8> {
        revocation_list(&self.authority(), 1, from, Moment(from.0 + YEAR / 12), revoked).unwrap()
    }

    pub fn request<'a>(&'a self, chain: &'a [Vec<u8>]) -> Request<'a> {
        Request {
            certificate: &self.certificate,
            chain,
            at: at(YEAR),
            name: Some("Dr Benoît FERRAND"),
            reason: Some("Compte rendu opératoire"),
            location: None,
            appearance: None,
        }
    }

    pub fn stamped(&self, query: &[u8], serial: u64, at: Moment) -> Result<Vec<u8>> {
        let chain = [self.root.clone()];
        let stand =
            tsa::Stand { key: &self.stamp_key, certificate: &self.stamping, chain: &chain, serial, at };
        tsa::answer(query, &stand)
    }

    /// B-B.
    pub fn signed(&self, pdf: &[u8]) -> Vec<u8> {
        let chain = [self.root.clone()];
        crate::sign(pdf, &self.request(&chain), &self.key, None).unwrap()
    }

    /// B-T.
    pub fn signed_and_stamped(&self, pdf: &[u8]) -> Vec<u8> {
        let authorities = [self.root.clone()];
        let ask = |query: &[u8]| self.stamped(query, 7, at(YEAR + 2));
        let stamper =
            crate::Stamper { ask: &ask, nonce: [0x80, 1, 2, 3, 4, 5, 6, 7], authorities: &authorities };
        crate::sign(pdf, &self.request(&authorities), &self.key, Some(&stamper)).unwrap()
    }

    /// The verdicts of someone who trusts this clinic and has the list.
    pub fn verify(&self, pdf: &[u8], list: Option<Vec<u8>>, now: Moment) -> Result<Vec<crate::Checked>> {
        let authorities = [self.root.clone()];
        let lists: Vec<Vec<u8>> = list.into_iter().collect();
        let trust = Trust {
            authorities: &authorities,
            stamp_authorities: &authorities,
            revocation_lists: &lists,
            now,
        };
        crate::verify(pdf, &trust)
    }

    /// The verdict on the last signature, with a fresh list that revokes nobody.
    pub fn verdict(&self, pdf: &[u8]) -> Result<crate::Verdict> {
        let list = self.list(at(YEAR), &[]);
        let mut all = self.verify(pdf, Some(list), at(YEAR + 3))?;
        all.pop().map(|last| last.verdict).ok_or(Error::NotASignature)
    }
}

const CONTENT: &str = "BT /F1 18 Tf 72 700 Td (Compte rendu) Tj ET";

/// Objects 1 to 5 of a page with a line of text; the catalog may have more entries.
fn objects(catalog: &str) -> [String; 5] {
    [
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_string(),
        format!("<< /Length {} >>\nstream\n{CONTENT}\nendstream", CONTENT.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_string(),
    ]
}

/// A PDF with a table as cross-reference.
pub fn classic() -> Vec<u8> {
    classic_with("", "")
}

pub fn classic_with(catalog: &str, trailer: &str) -> Vec<u8> {
    let mut pdf = "%PDF-1.7\n".to_string();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_string();
    for (at, object) in objects(catalog).iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", pdf.len()).unwrap();
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = pdf.len();
    write!(
        pdf,
        "{table}trailer\n<< /Size 6 /Root 1 0 R /ID [<AA> <BB>] {trailer} >>\nstartxref\n{start}\n%%EOF"
    )
    .unwrap();
    pdf.into_bytes()
}

/// The same with a stream as cross-reference, its numbers predicted, and all but the contents in an object stream.
pub fn modern() -> Vec<u8> {
    let all = objects("");
    let (mut index, mut packed) = (String::new(), String::new());
    for number in [1, 2, 3, 5] {
        write!(index, "{number} {} ", packed.len()).unwrap();
        writeln!(packed, "{}", all[number - 1]).unwrap();
    }
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let contents = pdf.len();
    write!(pdf, "4 0 obj\n{}\nendobj\n", all[3]).unwrap();
    let pack = pdf.len();
    let data = deflated(format!("{index}{packed}").as_bytes());
    let head =
        format!("/Type /ObjStm /N 4 /First {} /Filter /FlateDecode /Length {}", index.len(), data.len());
    write!(pdf, "6 0 obj\n<< {head} >>\nstream\n").unwrap();
    pdf.extend(data);
    pdf.extend_from_slice(b"\nendstream\nendobj\n");
    let start = pdf.len();
    let row = |kind: u8, place: usize, third: u8| [kind, (place >> 8) as u8, place as u8, third];
    let rows = [
        row(0, 0, 0),
        row(2, 6, 0),
        row(2, 6, 1),
        row(2, 6, 2),
        row(1, contents, 0),
        row(2, 6, 3),
        row(1, pack, 0),
        row(1, start, 0),
    ];
    let mut above = [0u8; 4];
    let mut predicted = Vec::new();
    for row in rows {
        predicted.push(2);
        predicted.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(up)));
        above = row;
    }
    let data = deflated(&predicted);
    let head = "/Type /XRef /Size 8 /Root 1 0 R /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>";
    write!(pdf, "7 0 obj\n<< {head} /Length {} >>\nstream\n", data.len()).unwrap();
    pdf.extend(data);
    write!(pdf, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").unwrap();
    pdf
}

/// A prescription of the sample clinic, PDF/A-2a, as the program prints it.
pub fn printed() -> Vec<u8> {
    include_bytes!("../testdata/typst.pdf").to_vec()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}
