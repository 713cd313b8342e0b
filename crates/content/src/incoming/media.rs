//! What a file is, told by its first bytes; and what is not taken in.

use crate::message::{MAIL_CODE, MAIL_EMPTY, MAIL_LOCKED, MAIL_TYPE};
use fhir::{Code, Issue};
use service::Sheet;
use store::Result;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Pdf,
    Png,
    Jpeg,
}

/// Things in a PDF that do something, or hold other files (ISO 32000-2, 12.6.4 and 7.11.4). Only what is not compressed
/// is seen. Names are long enough not to stand in the bytes of a picture by chance, as `/JS` does in every fourth scan.
const ACTIVE: [&[u8]; 4] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];

impl Media {
    const ALL: [(&'static str, Media); 3] =
        [("application/pdf", Media::Pdf), ("image/png", Media::Png), ("image/jpeg", Media::Jpeg)];

    pub fn as_str(self) -> &'static str {
        Media::ALL.iter().find(|(_, media)| *media == self).map_or("", |(name, _)| name)
    }

    pub fn named(name: &str) -> Option<Media> {
        Media::ALL.iter().find(|(known, _)| *known == name).map(|(_, media)| *media)
    }

    pub fn sheet(self) -> Sheet {
        match self {
            Media::Pdf => Sheet::Pdf,
            Media::Png => Sheet::Png,
            Media::Jpeg => Sheet::Jpeg,
        }
    }

    /// # Errors
    /// `Refused` for an empty file, one that is neither PDF, PNG nor JPEG whatever it is called, and a PDF that is
    /// locked or carries programs.
    pub fn of(bytes: &[u8]) -> Result<Media> {
        let refused = |text| Err(Issue::error(Code::NotSupported, text).into());
        if bytes.is_empty() {
            return refused(MAIL_EMPTY);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Media::Png);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Ok(Media::Jpeg);
        }
        if !bytes.starts_with(b"%PDF-") {
            return refused(MAIL_TYPE);
        }
        if names(bytes, b"/Encrypt") {
            return refused(MAIL_LOCKED);
        }
        if ACTIVE.iter().any(|name| names(bytes, name)) {
            return refused(MAIL_CODE);
        }
        Ok(Media::Pdf)
    }
}

/// Whether a name of PDF stands there, and not only the beginning of a longer one.
fn names(bytes: &[u8], name: &[u8]) -> bool {
    let ends = |at: usize| bytes.get(at + name.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
    bytes.windows(name.len()).enumerate().any(|(at, window)| window == name && ends(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Error;

    fn refusal(bytes: &[u8]) -> &'static str {
        match Media::of(bytes) {
            Err(Error::Refused(issues)) => issues[0].text.key,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_bytes_tell_what_a_file_is() {
        assert_eq!(Media::of(b"%PDF-1.7 /Type /Encryption").unwrap(), Media::Pdf);
        assert_eq!(Media::of(b"%PDF-1.7 stream \x03/JS\x9f\x00 endstream").unwrap(), Media::Pdf, "a scan");
        assert_eq!(Media::of(b"\xff\xd8\xff\xe0").unwrap(), Media::Jpeg);
        assert_eq!(refusal(b""), "mail.empty");
        assert_eq!(refusal(b"MZ\x90 program"), "mail.type");
        assert_eq!(refusal(b"%PDF-1.7 trailer << /Encrypt 4 0 R >>"), "mail.locked");
        assert_eq!(refusal(b"%PDF-1.7 << /S /JavaScript /JS (app.alert(1)) >>"), "mail.code");
        assert_eq!(refusal(b"%PDF-1.7 << /Names << /EmbeddedFile 1 0 R"), "mail.code");
    }
}
