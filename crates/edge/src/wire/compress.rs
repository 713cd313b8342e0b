//! gzip of bodies, in both directions and bounded.

use bytes::Bytes;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use http::{HeaderMap, header};
use std::io::{Read, Write};

/// Shorter answers fit one packet anyway.
pub const WORTH_IT: usize = 1_400;

/// Whether the caller takes gzip.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()) else { return false };
    text.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = matches!(parts.next(), Some("gzip" | "x-gzip" | "*"));
        named && !parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0)))
    })
}

/// The body, compressed; `None` if that does not make it shorter.
pub fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body).ok()?;
    let out = encoder.finish().ok()?;
    (out.len() < body.len()).then(|| Bytes::from(out))
}

/// Why a compressed body cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Inflate {
    Damaged,
    TooLong,
}

/// The body, decompressed, at most `max` bytes long: a bomb is refused when it has grown that far.
///
/// # Errors
/// Damaged or too long.
pub fn gunzip(body: &[u8], max: usize) -> Result<Bytes, Inflate> {
    let mut out = Vec::with_capacity(body.len().saturating_mul(4).min(max));
    let mut reader = MultiGzDecoder::new(body).take(max as u64 + 1);
    reader.read_to_end(&mut out).map_err(|_| Inflate::Damaged)?;
    if out.len() > max { Err(Inflate::TooLong) } else { Ok(Bytes::from(out)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_stops_bombs() {
        let body = vec![b'a'; 100_000];
        let packed = gzip(&body).unwrap();
        assert_eq!(gunzip(&packed, 100_000).unwrap(), body);
        assert_eq!(gunzip(&packed, 99_999), Err(Inflate::TooLong));
        assert_eq!(gunzip(&packed[..50], 100_000), Err(Inflate::Damaged));
        assert_eq!(gzip(b"x"), None);
    }
}
