//! Codes that a machine reads from paper, as SVG pictures in black.

use std::fmt::Write;

/// The text does not fit into a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for the code")]
pub struct Unprintable;

/// A QR code (ISO/IEC 18004) of medium correction, with its quiet zone.
///
/// # Errors
/// `Unprintable` over about 2,300 bytes.
pub fn qr(text: &str) -> Result<Vec<u8>, Unprintable> {
    let code =
        qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).map_err(|_| Unprintable)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, c)| *c == qrcode::Color::Dark);
    Ok(picture(width, width, 4, dark.map(|(n, _)| (n % width, n / width))))
}

/// A Data Matrix (ISO/IEC 16022), with its quiet zone.
///
/// # Errors
/// `Unprintable` over about 1,500 bytes.
pub fn data_matrix(text: &str) -> Result<Vec<u8>, Unprintable> {
    let sizes = datamatrix::SymbolList::default();
    let code = datamatrix::DataMatrix::encode(text.as_bytes(), sizes).map_err(|_| Unprintable)?;
    let map = code.bitmap();
    Ok(picture(map.width(), map.height(), 1, map.pixels()))
}

fn picture(width: usize, height: usize, quiet: usize, dark: impl Iterator<Item = (usize, usize)>) -> Vec<u8> {
    let (w, h) = (width + 2 * quiet, height + 2 * quiet);
    let mut path = String::new();
    for (x, y) in dark {
        // Writing into a String does not fail.
        let _ = write!(path, "M{} {}h1v1h-1z", x + quiet, y + quiet);
    }
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\">"
    );
    format!(
        "{head}<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn draws_the_finder_of_each_code() {
        let text = String::from_utf8(qr("https://clinic.example/v/7F3K").unwrap()).unwrap();
        assert!(text.contains("M4 4h1v1h-1z"), "the corner of a QR code is dark");
        let text = String::from_utf8(data_matrix("ABC123").unwrap()).unwrap();
        assert!(text.contains("M1 1h1v1h-1z"), "the left edge of a Data Matrix is dark");
        assert_eq!(qr(&"x".repeat(5_000)), Err(Unprintable));
        assert_eq!(data_matrix(&"é".repeat(2_000)), Err(Unprintable));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,300}") {
            let _ = (qr(&text), data_matrix(&text));
        }
    }
}
