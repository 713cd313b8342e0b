//! `GET documents/surgery/{surgery_id}/package/zip`: the pages of all documents in force, in one file
//! (PKWARE APPNOTE 6.3, entries stored: a PDF is packed already).

use super::state::Package;
use crate::document::{Rendition, content};
use crate::message::NO_PAGES;
use crate::verb::file;
use async_trait::async_trait;
use fhir::Code;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/surgery/{surgery_id}/package/zip",
        summary: "The documents of a surgery in one zip file",
        access: Access::SignedIn,
        handler: Arc::new(Zip),
    }
}

struct Zip;

#[async_trait]
impl Handler for Zip {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let package = Package::read(&cx, request.param("surgery_id")).await?;
        let mut archive = Archive::default();
        for (n, item) in package.items.iter().enumerate() {
            let Some(document) = &item.document else { continue };
            let signed = content(&document.json, Rendition::Signed).is_some();
            let rendition = if signed { Rendition::Signed } else { Rendition::Pages };
            let bytes = document.bytes(&cx, rendition).await?;
            archive.add(&format!("{:02}-{}.pdf", n + 1, item.kind.code), &bytes);
        }
        if archive.entries == 0 {
            return Err(Error::refused(Code::NotFound, NO_PAGES));
        }
        Ok(file("application/zip", "attachment; filename=\"documents.zip\"", archive.finish()))
    }
}

/// A zip file under construction. Times are 1 January 1980, so that the same documents make the same bytes.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    fn add(&mut self, name: &str, content: &[u8]) {
        let at = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap_or(0).to_le_bytes();
        // Version 2.0, names in UTF-8, stored, time 0, 1 January 1980.
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        head.extend_from_slice(&crc(content).to_le_bytes());
        head.extend_from_slice(&size);
        head.extend_from_slice(&size);
        head.extend_from_slice(&name_length);
        head.extend_from_slice(&[0, 0]);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&head);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(content);
        self.directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        self.directory.extend_from_slice(&head);
        // No comment, first disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let at = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX).to_le_bytes();
        let count = self.entries.to_le_bytes();
        self.bytes.append(&mut self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        for part in [&count[..], &count, &size, &at, &[0, 0]] {
            self.bytes.extend_from_slice(part);
        }
        self.bytes
    }
}

/// CRC-32 (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_standard_one() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
    }
}
