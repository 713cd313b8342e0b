//! From a PDF to one with a reserved place, and what is to be signed.

use super::steps::Prepared;
use super::{Request, appearance, form};
use crate::algorithm::sha256;
use crate::certificate::Certificate;
use crate::key::message_algorithm;
use crate::pdf::{Document, Object, Update, refuse_locked, refuse_scripts, write_hex};
use crate::{Error, Moment, PDF_MAX, Result, cms, oids};
use std::ops::Range;

/// Room for the message without certificates: attributes, signature, and a stamp with its authority's certificates.
const ROOM: usize = 12 * 1024;
/// Digits of a place in the file.
const PLACE: usize = 10;

/// Adds a signature field with a reserved place; the bytes before stay as they are.
///
/// # Errors
/// What is wrong with the PDF or the certificate: it has to be valid at `request.at` and made for signing.
pub fn prepare(pdf: &[u8], request: &Request<'_>) -> Result<Prepared> {
    if pdf.len() > PDF_MAX {
        return Err(Error::TooLarge);
    }
    let own = Certificate::parse(request.certificate)?;
    if !own.may_sign() {
        return Err(Error::Certificate("it is not made for signing"));
    }
    if request.at < own.from || request.at > own.until {
        return Err(Error::Certificate("it is not valid at that time"));
    }
    let algorithm = message_algorithm(&own.key).ok_or(Error::Certificate("its key is not supported"))?;
    for above in request.chain {
        Certificate::parse(above)?;
    }
    let document = Document::open(pdf)?;
    let (catalog_number, catalog) = document.catalog()?;
    refuse_locked(&document, &catalog)?;
    refuse_scripts(&document)?;

    let mut update = Update::new(&document)?;
    let value = update.reserve();
    let looks = match &request.appearance {
        Some(wanted) => Some(appearance::import(&mut update, wanted)?),
        None => None,
    };
    form::add_field(&document, &mut update, catalog_number, catalog, value, request, looks)?;
    let room = ROOM + request.certificate.len() + request.chain.iter().map(Vec::len).sum::<usize>();
    let (body, places) = dictionary(request, room);
    update.put_raw(value, body);
    let updated = update.finish()?;

    let header = format!("{value} {} obj\n", document.generation(value)).len();
    let begin = updated.offsets.get(&value).ok_or(Error::Broken("the signature got lost"))? + header;
    let hole = begin + places.contents.start..begin + places.contents.end;
    let mut bytes = updated.bytes;
    fill_ranges(&mut bytes, begin + places.ranges, &hole);
    let (before, after) = (bytes.get(..hole.start), bytes.get(hole.end..));
    let digest = sha256(&[before.unwrap_or_default(), after.unwrap_or_default()]);
    Ok(Prepared {
        bytes,
        hole,
        attributes: cms::attributes(oids::DATA, &digest, request.certificate),
        algorithm,
        certificate: request.certificate.to_vec(),
        chain: request.chain.to_vec(),
    })
}

/// Where in the dictionary's text the last three numbers of ByteRange begin, and where Contents stand.
struct Places {
    ranges: usize,
    contents: Range<usize>,
}

/// The signature dictionary (ISO 32000-1, 12.8.1) with empty places.
fn dictionary(request: &Request<'_>, room: usize) -> (Vec<u8>, Places) {
    let mut body = b"<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached/M ".to_vec();
    write_hex(pdf_date(request.at).as_bytes(), &mut body);
    let texts = [("/Name ", request.name), ("/Reason ", request.reason), ("/Location ", request.location)];
    for (entry, text) in texts {
        if let Some(text) = text {
            body.extend_from_slice(entry.as_bytes());
            Object::text(text).write(&mut body);
        }
    }
    body.extend_from_slice(b"/ByteRange [0 ");
    let ranges = body.len();
    body.extend(std::iter::repeat_n(b' ', 3 * (PLACE + 1)));
    body.extend_from_slice(b"]/Contents ");
    let start = body.len();
    write_hex(&vec![0; room], &mut body);
    let contents = start..body.len();
    body.extend_from_slice(b">>");
    (body, Places { ranges, contents })
}

fn pdf_date(at: Moment) -> String {
    format!("D:{}Z", at.digits())
}

fn fill_ranges(bytes: &mut [u8], at: usize, hole: &Range<usize>) {
    let numbers = [hole.start, hole.end, bytes.len() - hole.end];
    let text: String = numbers.iter().map(|number| format!("{number:<width$}", width = PLACE + 1)).collect();
    if let Some(place) = bytes.get_mut(at..at + text.len()) {
        place.copy_from_slice(text.as_bytes());
    }
}
