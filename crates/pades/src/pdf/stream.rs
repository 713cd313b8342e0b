//! Data of streams, as far as cross-references, packed objects and our own evidence need them: plain or Flate, with
//! the predictors of PNG.

use super::object::{Dict, Object};
use crate::{Error, Result};
use std::io::Read;

/// What a stream may grow to.
const UNPACKED_MAX: usize = 32 << 20;

/// Unpacks the raw data of a stream.
pub(crate) fn unpack(dict: &Dict, raw: &[u8]) -> Result<Vec<u8>> {
    let (filter, parameters) = (first(dict.get(b"Filter")), first(dict.get(b"DecodeParms")));
    match filter {
        None => Ok(raw.to_vec()),
        Some(Object::Name(name)) if name == b"FlateDecode" || name == b"Fl" => {
            let mut out = Vec::new();
            let limit = UNPACKED_MAX as u64 + 1;
            flate2::read::ZlibDecoder::new(raw)
                .take(limit)
                .read_to_end(&mut out)
                .map_err(|_| Error::Broken("a stream cannot be unpacked"))?;
            if out.len() > UNPACKED_MAX {
                return Err(Error::Broken("a stream unpacks to too much"));
            }
            match parameters.and_then(Object::as_dict) {
                Some(parameters) => unpredict(out, parameters),
                None => Ok(out),
            }
        }
        Some(_) => Err(Error::Broken("a stream is packed in a way that is not supported")),
    }
}

/// A filter, or the only one of an array.
fn first(entry: Option<&Object>) -> Option<&Object> {
    match entry {
        Some(Object::Array(items)) if items.len() <= 1 => items.first(),
        Some(Object::Null) => None,
        other => other,
    }
}

/// ISO 32000-1, 7.4.4.4, for one byte a sample.
fn unpredict(data: Vec<u8>, parameters: &Dict) -> Result<Vec<u8>> {
    let number =
        |name: &[u8], otherwise: i64| parameters.get(name).and_then(Object::as_int).unwrap_or(otherwise);
    if number(b"Predictor", 1) == 1 {
        return Ok(data);
    }
    let columns = usize::try_from(number(b"Columns", 1)).unwrap_or(0);
    let simple =
        number(b"Colors", 1) == 1 && number(b"BitsPerComponent", 8) == 8 && (1..=4096).contains(&columns);
    if number(b"Predictor", 1) < 10 || !simple {
        return Err(Error::Broken("a stream is packed in a way that is not supported"));
    }
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0u8; columns];
    for row in data.chunks(columns + 1) {
        let (kind, row) = row.split_first().unwrap_or((&0, &[]));
        let (mut left, mut corner) = (0u8, 0u8);
        let mut line = Vec::with_capacity(columns);
        for (byte, up) in row.iter().zip(&above) {
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => *up,
                3 => u8::midpoint(left, *up),
                4 => paeth(left, *up, corner),
                _ => return Err(Error::Broken("a stream cannot be unpacked")),
            };
            left = byte.wrapping_add(guess);
            corner = *up;
            line.push(left);
        }
        out.extend_from_slice(&line);
        line.resize(columns, 0);
        above = line;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (guess - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
