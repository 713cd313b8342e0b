//! Reads pages with the programs of poppler and Tesseract, where they are installed (decision 30).
//!
//! A file goes in and out by pipes: nothing of it is written on a disk.

mod process;
mod words;

use async_trait::async_trait;
use bytes::Bytes;
use process::run;
use service::{ReadError, ReadPage, Reader, Sheet};
use std::time::Duration;

/// A page that was written by a program and not by a scanner holds at least so many letters as text.
const TEXT_MIN: usize = 60;
/// Dots of the longer side of a page that is recognised: 300 per inch of A4 (tesseract-ocr.github.io, "improving the
/// quality of the output"), and no more of a page that says it is a house high.
const LONGER_SIDE: &str = "3508";
const SHORT: Duration = Duration::from_secs(20);
const LONG: Duration = Duration::from_secs(120);
/// A page of 300 dots per inch, with room; a text of one page.
const PICTURE_MAX: usize = 64 << 20;
const TEXT_MAX: usize = 4 << 20;

/// The programs of this machine.
pub struct Programs {
    /// As Tesseract names them: `fra+eng+deu`.
    languages: String,
}

impl Programs {
    /// `languages`: those whose words are known, the most frequent first; of them those that are installed count.
    pub fn new(languages: &str) -> Programs {
        Programs { languages: languages.to_string() }
    }

    async fn text_of(&self, file: Bytes, number: usize) -> Result<String, ReadError> {
        let n = number.to_string();
        let args = ["-f", &n, "-l", &n, "-layout", "-enc", "UTF-8", "-", "-"];
        let text = run("pdftotext", &args, file, SHORT, TEXT_MAX).await?;
        Ok(String::from_utf8_lossy(&text).trim_end().to_string())
    }

    async fn picture_of(&self, file: Bytes, number: usize) -> Result<Bytes, ReadError> {
        let n = number.to_string();
        let args = ["-f", &n, "-l", &n, "-scale-to", LONGER_SIDE, "-gray", "-png", "-"];
        Ok(Bytes::from(run("pdftoppm", &args, file, LONG, PICTURE_MAX).await?))
    }

    /// The installed ones among those that are wanted.
    async fn spoken(&self) -> Result<String, ReadError> {
        let listed = run("tesseract", &["--list-langs"], Bytes::new(), SHORT, TEXT_MAX).await?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let there = |wanted: &&str| listed.lines().any(|line| line.trim() == *wanted);
        let spoken: Vec<&str> = self.languages.split('+').filter(there).collect();
        if spoken.is_empty() { Err(ReadError::Missing) } else { Ok(spoken.join("+")) }
    }

    async fn recognised(&self, picture: Bytes) -> Result<ReadPage, ReadError> {
        let languages = self.spoken().await?;
        let args = ["stdin", "stdout", "-l", &languages, "--psm", "3", "tsv"];
        let table = run("tesseract", &args, picture, LONG, TEXT_MAX).await?;
        Ok(words::page(&String::from_utf8_lossy(&table)))
    }
}

#[async_trait]
impl Reader for Programs {
    async fn pages(&self, sheet: Sheet, file: Bytes) -> Result<usize, ReadError> {
        if sheet != Sheet::Pdf {
            return Ok(1);
        }
        let told = run("pdfinfo", &["-"], file, SHORT, TEXT_MAX).await?;
        let told = String::from_utf8_lossy(&told).into_owned();
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:"));
        pages.and_then(|pages| pages.trim().parse().ok()).ok_or(ReadError::Broken)
    }

    async fn page(&self, sheet: Sheet, file: Bytes, number: usize) -> Result<ReadPage, ReadError> {
        if sheet != Sheet::Pdf {
            return self.recognised(file).await;
        }
        let text = self.text_of(file.clone(), number).await?;
        if text.chars().filter(|c| c.is_alphanumeric()).count() >= TEXT_MIN {
            return Ok(ReadPage { text, confidence: None });
        }
        self.recognised(self.picture_of(file, number).await?).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one page with a line of text, written by hand.
    fn letter() -> Bytes {
        let line = "BT /F1 12 Tf 72 700 Td (Madame Ada EXEMPLE, nee le 12/03/1956, a ete vue en consultation ce jour pour sa hanche.) Tj ET";
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
            format!("<< /Length {} >>\nstream\n{line}\nendstream", line.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into(),
        ];
        let mut pdf = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(pdf.len());
            pdf += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        let at = pdf.len();
        pdf += "xref\n0 6\n0000000000 65535 f \n";
        for place in places {
            pdf += &format!("{place:010} 00000 n \n");
        }
        pdf += &format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n");
        Bytes::from(pdf)
    }

    #[tokio::test]
    async fn a_letter_of_a_program_is_taken_as_it_is_written() {
        let reader = Programs::new("fra");
        assert_eq!(reader.pages(Sheet::Pdf, letter()).await, Ok(1));
        let page = reader.page(Sheet::Pdf, letter(), 1).await.unwrap();
        assert_eq!(page.confidence, None);
        assert!(page.text.contains("nee le 12/03/1956"), "{}", page.text);
    }

    #[tokio::test]
    async fn a_scan_is_recognised() {
        let reader = Programs::new("xyz+fra");
        let picture = reader.picture_of(letter(), 1).await.unwrap();
        let page = reader.page(Sheet::Png, picture, 1).await.unwrap();
        assert!(page.text.contains("EXEMPLE") && page.text.contains("12/03/1956"), "{}", page.text);
        assert!(page.confidence.is_some_and(|sure| sure > 60), "{:?}", page.confidence);
    }

    #[tokio::test]
    async fn what_is_broken_is_told_so() {
        let reader = Programs::new("fra");
        assert_eq!(
            reader.pages(Sheet::Pdf, Bytes::from_static(b"%PDF-1.4 nothing")).await,
            Err(ReadError::Broken)
        );
        let noise = Bytes::from_static(b"\x89PNG\r\n\x1a\nnothing");
        assert_eq!(reader.page(Sheet::Png, noise, 1).await, Err(ReadError::Broken));
        let other = Programs::new("xyz");
        assert_eq!(other.page(Sheet::Png, Bytes::new(), 1).await, Err(ReadError::Missing));
    }
}
