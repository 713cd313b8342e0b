//! The body of a version: how a resource is laid out, compressed and sealed.
//!
//! What the server assigns (`id`, `meta.versionId`, `meta.lastUpdated`) is not in the body: it is spliced in
//! when the body is read, so a body can be prepared before its version number is known. Layout of the plain
//! body: length of the rest of `meta` (u32, little-endian), the members of `meta` without braces, the other
//! members without braces.

use crate::access::label::Labels;
use crate::backend::Row;
use crate::error::{Error, Result};
use fhir::{Json, ResourceType};
use std::cell::RefCell;
use std::sync::OnceLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Typical FHIR text, so that small bodies compress well. Bodies name the dictionary that they need (the
/// codec byte), so a new one is added beside the old, never in its place.
const DICTIONARY_1: &[u8] = include_bytes!("../dictionaries/1.txt");
const CODEC_DICTIONARY_1: u8 = 1;
const LEVEL: i32 = 1;
/// No body is larger when decompressed: guards against a corrupt length.
pub const BODY_BYTES_MAX: usize = 64 << 20;

/// The members of a resource that the client decides, ready to be compressed.
pub fn lay_out(resource: &Json<'_>) -> Vec<u8> {
    let mut meta = Vec::new();
    let mut rest = Vec::with_capacity(1024);
    let Some(object) = resource.as_object() else { return vec![0; 4] };
    for (name, value) in object.iter() {
        match name {
            "resourceType" | "id" => {}
            "meta" => write_members(value, &["versionId", "lastUpdated"], &mut meta),
            _ => write_member(name, value, &mut rest),
        }
    }
    let mut plain = Vec::with_capacity(4 + meta.len() + rest.len());
    plain.extend_from_slice(&(meta.len() as u32).to_le_bytes());
    plain.append(&mut meta);
    plain.append(&mut rest);
    plain
}

fn write_members(value: &Json<'_>, except: &[&str], out: &mut Vec<u8>) {
    for (name, value) in value.as_object().into_iter().flat_map(|o| o.iter()) {
        if !except.contains(&name) {
            write_member(name, value, out);
        }
    }
}

fn write_member(name: &str, value: &Json<'_>, out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.push(b',');
    }
    Json::string(name).write(out);
    out.push(b':');
    value.write(out);
}

/// The whole resource as JSON: what the server assigned, then what the client wrote.
///
/// # Errors
/// `Corrupt` when the plain body is not of this layout.
pub fn assemble(rt: ResourceType, id: &str, version: u64, at_ms: i64, plain: &[u8]) -> Result<Vec<u8>> {
    let (meta, rest) = parts(plain)?;
    let mut out = Vec::with_capacity(plain.len() + 160);
    out.extend_from_slice(b"{\"resourceType\":\"");
    out.extend_from_slice(rt.name().as_bytes());
    out.extend_from_slice(b"\",\"id\":\"");
    out.extend_from_slice(id.as_bytes());
    out.extend_from_slice(b"\",\"meta\":{\"versionId\":\"");
    out.extend_from_slice(version.to_string().as_bytes());
    out.extend_from_slice(b"\",\"lastUpdated\":\"");
    out.extend_from_slice(fhir::date::instant_format(at_ms).as_bytes());
    out.push(b'"');
    if !meta.is_empty() {
        out.push(b',');
        out.extend_from_slice(meta);
    }
    out.push(b'}');
    if !rest.is_empty() {
        out.push(b',');
        out.extend_from_slice(rest);
    }
    out.push(b'}');
    Ok(out)
}

/// The members of `meta` and the others.
fn parts(plain: &[u8]) -> Result<(&[u8], &[u8])> {
    let corrupt = || Error::Corrupt("layout of a body".into());
    let (length, tail) = plain.split_first_chunk::<4>().ok_or_else(corrupt)?;
    tail.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(corrupt)
}

/// The confidentiality labels of a plain body. Most have none, and then nothing is parsed.
///
/// # Errors
/// `Corrupt` when the plain body is not of this layout.
pub(crate) fn labels(rt: ResourceType, plain: &[u8]) -> Result<Labels> {
    let (meta, _) = parts(plain)?;
    let has = |text: &[u8]| meta.windows(text.len()).any(|part| part == text);
    if !has(b"\"security\"") && !has(b"urn:medhub:hub") {
        return Ok(Labels::default());
    }
    let object = [b"{".as_slice(), meta, b"}"].concat();
    let json = fhir::json::parse(&object).map_err(|_| Error::Corrupt("layout of a body".into()))?;
    Ok(Labels::of_meta(rt, &json))
}

/// Compresses a plain body: codec, plain length (u32), zstd frame.
///
/// # Errors
/// `Unavailable` when the compressor has no memory.
pub fn compress(plain: &[u8]) -> Result<Vec<u8>> {
    static DICTIONARY: OnceLock<EncoderDictionary<'static>> = OnceLock::new();
    thread_local! {
        static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    let dictionary = DICTIONARY.get_or_init(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = match slot {
            Some(compressor) => compressor,
            None => {
                let mut made =
                    Compressor::with_prepared_dictionary(dictionary).map_err(Error::unavailable)?;
                made.include_contentsize(false).map_err(Error::unavailable)?;
                made.include_dictid(false).map_err(Error::unavailable)?;
                slot.insert(made)
            }
        };
        let frame = compressor.compress(plain).map_err(Error::unavailable)?;
        let mut out = Vec::with_capacity(frame.len() + 5);
        out.push(CODEC_DICTIONARY_1);
        out.extend_from_slice(&(plain.len() as u32).to_le_bytes());
        out.extend_from_slice(&frame);
        Ok(out)
    })
}

/// The inverse of [`compress`].
///
/// # Errors
/// `Corrupt` when the bytes are not of its making.
pub fn decompress(packed: &[u8]) -> Result<Vec<u8>> {
    static DICTIONARY: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
    thread_local! {
        static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let corrupt = || Error::Corrupt("compression of a body".into());
    let (head, frame) = packed.split_first_chunk::<5>().ok_or_else(corrupt)?;
    let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
    if head[0] != CODEC_DICTIONARY_1 || length > BODY_BYTES_MAX {
        return Err(corrupt());
    }
    let dictionary = DICTIONARY.get_or_init(|| DecoderDictionary::copy(DICTIONARY_1));
    DECOMPRESSOR.with_borrow_mut(|slot| {
        let decompressor = match slot {
            Some(decompressor) => decompressor,
            None => {
                slot.insert(Decompressor::with_prepared_dictionary(dictionary).map_err(Error::unavailable)?)
            }
        };
        decompressor.decompress(frame, length).map_err(|_| corrupt())
    })
}

/// What a sealed body is bound to: no row can be put in another's place, nor an old version in a new one's.
pub fn binding(tenant: &str, kind: u16, id: &str, version: u64) -> Vec<u8> {
    let mut aad = Vec::with_capacity(tenant.len() + id.len() + 24);
    aad.extend_from_slice(tenant.as_bytes());
    aad.push(b'|');
    aad.extend_from_slice(&kind.to_le_bytes());
    aad.push(b'|');
    aad.extend_from_slice(id.as_bytes());
    aad.push(b'|');
    aad.extend_from_slice(&version.to_le_bytes());
    aad
}

/// The binding of a stored row.
pub fn binding_of(tenant: &str, row: &Row) -> Vec<u8> {
    binding(tenant, row.kind, &row.id, row.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_with_what_the_server_assigned() {
        let text = br#"{"resourceType":"Patient","id":"x","meta":{"versionId":"9","tag":[{"code":"t"}]},"active":true,"multipleBirthInteger":1.10}"#;
        let resource = fhir::json::parse(text).unwrap();
        let packed = compress(&lay_out(&resource)).unwrap();
        let plain = decompress(&packed).unwrap();
        let out = assemble(ResourceType::PATIENT, "a", 2, 0, &plain).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{"resourceType":"Patient","id":"a","meta":{"versionId":"2","lastUpdated":"1970-01-01T00:00:00.000Z","tag":[{"code":"t"}]},"active":true,"multipleBirthInteger":1.10}"#
        );
    }

    #[test]
    fn refuses_what_it_did_not_make() {
        assert!(decompress(&[]).is_err());
        assert!(decompress(&[1, 255, 255, 255, 255, 0]).is_err());
        assert!(assemble(ResourceType::PATIENT, "a", 1, 0, &[9, 0, 0, 0]).is_err());
    }
}
