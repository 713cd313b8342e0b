//! The picture of a handwritten signature: a PNG (<https://www.w3.org/TR/png/>) of bounded size that is not blank.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const BYTES_MAX: usize = 200 * 1024;
const WIDTH_MAX: u32 = 2_000;
const HEIGHT_MAX: u32 = 1_000;
const PREFIX: &str = "data:image/png;base64,";
const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The bytes of a data URL; none when it is no such picture.
pub(super) fn read(url: &str) -> Option<Vec<u8>> {
    let data = url.strip_prefix(PREFIX)?;
    if data.len() > BYTES_MAX * 4 / 3 + 4 {
        return None;
    }
    let bytes = STANDARD.decode(data.trim()).ok()?;
    is_signature(&bytes).then_some(bytes)
}

fn is_signature(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(MAGIC).filter(|_| bytes.len() <= BYTES_MAX) else { return false };
    let Some((head, mut rest)) = chunk(rest) else { return false };
    let (b"IHDR", [w0, w1, w2, w3, h0, h1, h2, h3, depth @ (1 | 2 | 4 | 8), colour, 0, 0, _]) = head else {
        return false;
    };
    let (width, height) =
        (u32::from_be_bytes([*w0, *w1, *w2, *w3]), u32::from_be_bytes([*h0, *h1, *h2, *h3]));
    if !(1..=WIDTH_MAX).contains(&width) || !(1..=HEIGHT_MAX).contains(&height) {
        return false;
    }
    let channels = match colour {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return false,
    };
    let mut packed = 0;
    while let Some((found, after)) = chunk(rest) {
        match found.0 {
            b"IDAT" => packed += found.1.len(),
            b"IEND" => return packed > blank(width, height, channels * usize::from(*depth)),
            _ => {}
        }
        rest = after;
    }
    false
}

/// Packed size under which a picture of that size shows nothing: deflate packs a thousand to one at best.
fn blank(width: u32, height: u32, bits: usize) -> usize {
    let raw = (width as usize * bits / 8 + 1) * height as usize;
    raw / 1_000 + 100
}

/// Kind and content.
type Chunk<'b> = (&'b [u8; 4], &'b [u8]);

/// The first chunk, and the rest.
fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (content, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    // Four bytes of checksum: the printer checks it.
    Some(((kind, content), rest.get(4..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn picture(width: u32, height: u32, packed: usize) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut put = |kind: &[u8; 4], content: &[u8]| {
            out.extend_from_slice(&(content.len() as u32).to_be_bytes());
            out.extend_from_slice(kind);
            out.extend_from_slice(content);
            out.extend_from_slice(&[0; 4]);
        };
        put(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[8, 6, 0, 0, 0]].concat());
        put(b"IDAT", &vec![7; packed]);
        put(b"IEND", &[]);
        out
    }

    #[test]
    fn only_a_picture_of_something_is_a_signature() {
        assert!(is_signature(&picture(600, 200, 3_000)));
        assert!(!is_signature(&picture(600, 200, 400)), "blank");
        assert!(!is_signature(&picture(3_000, 200, 9_000)), "too wide");
        assert!(!is_signature(&picture(0, 200, 9_000)));
        assert!(!is_signature(&picture(600, 200, 210_000)), "too large");
        assert!(!is_signature(b"%PDF-1.7"));
        assert!(read("data:image/jpeg;base64,AAAA").is_none());
        assert!(read("data:image/png;base64,@").is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..200) {
            is_signature(&[MAGIC, &bytes].concat());
            let whole = picture(10, 10, 300);
            is_signature(&whole[..cut.min(whole.len())]);
        }
    }
}
