//! From a job to a PDF.

use crate::world::{Day, Desk};
use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Results of the compiler are kept over so many jobs: a form is printed many times in a row.
const KEPT_JOBS: usize = 8;
/// More than this is no document but a mistake of the template.
const PAGES_MAX: usize = 500;
const FAULTS_MAX: usize = 20;

/// What is to be printed.
pub struct Job<'a> {
    /// The template; it reads its data with `json("/data.json")`.
    pub template: &'a str,
    /// Further sources that the template may import, by name (`"letterhead.typ"`). Names come from a small set.
    pub parts: &'a [(&'a str, &'a str)],
    /// JSON text.
    pub data: &'a [u8],
    /// Pictures and files to embed, by name. Names come from a small set.
    pub files: &'a [(&'a str, Vec<u8>)],
    /// The day on which it is printed.
    pub day: Day,
    /// Tells this document from all others; the same for each printing of it. It is hashed, not written.
    pub ident: &'a str,
    /// Whether the template embeds files (PDF/A-3a instead of PDF/A-2a).
    pub embeds: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub pdf: Vec<u8>,
    pub pages: usize,
}

/// Something wrong with the template, or with data that it does not expect. Names no value of the data beyond what
/// the compiler quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In English, as the compiler says it.
    pub message: String,
    /// Line of the template, from 1; none where it lies in no source.
    pub line: Option<usize>,
}

/// Prints a job.
///
/// # Errors
/// What is wrong with the template, at most twenty faults.
pub fn print(job: &Job<'_>) -> Result<Printed, Vec<Fault>> {
    let printed = written(job);
    typst::comemo::evict(KEPT_JOBS);
    printed
}

fn written(job: &Job<'_>) -> Result<Printed, Vec<Fault>> {
    let desk = Desk::new(job).ok_or_else(|| vec![plain("the name of a part is no path")])?;
    let told = |found: &[SourceDiagnostic]| faults(&desk, job, found);
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|found| told(&found))?;
    let pages = document.pages().len();
    if pages > PAGES_MAX {
        return Err(vec![plain("the document has more than 500 pages")]);
    }
    let archive = if job.embeds { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let standards = PdfStandards::new(&[archive, PdfStandard::Ua_1]);
    let options = PdfOptions {
        ident: Smart::Custom(job.ident.to_string()),
        creator: Smart::Custom(Some("Medical Hub".to_string())),
        standards: standards.map_err(|hinted| vec![plain(hinted.message())])?,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|found| told(&found))?;
    Ok(Printed { pdf, pages })
}

fn plain(message: &str) -> Fault {
    Fault { message: message.to_string(), line: None }
}

fn faults(desk: &Desk, job: &Job<'_>, found: &[SourceDiagnostic]) -> Vec<Fault> {
    let errors = found.iter().filter(|one| one.severity == Severity::Error).take(FAULTS_MAX);
    errors
        .map(|one| {
            let before = desk.range(one.span).and_then(|range| job.template.get(..range.start));
            Fault {
                message: one.message.to_string(),
                line: before.map(|text| text.bytes().filter(|byte| *byte == b'\n').count() + 1),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = r#"#let d = json("/data.json")
#set document(title: "Lettre", author: "Dr A", date: datetime.today())
#set text(lang: "fr")
= Lettre
Patient : #d.name
#if "drugs" in d { table(columns: 2, table.header[Médicament][Dose], ..d.drugs.map(x => (x.name, x.dose)).flatten()) }
"#;

    fn job<'a>(template: &'a str, data: &'a str) -> Job<'a> {
        let day = Day { year: 2026, month: 11, day: 23 };
        Job { template, parts: &[], data: data.as_bytes(), files: &[], day, ident: "letter/1", embeds: false }
    }

    fn refused(template: &str) -> Fault {
        print(&job(template, "{}")).unwrap_err().remove(0)
    }

    #[test]
    fn prints_the_same_archive_bytes_each_time() {
        let data = r#"{"name":"MARTIN Claire","drugs":[{"name":"paracétamol","dose":"1 g"}]}"#;
        let first = print(&job(LETTER, data)).unwrap();
        assert_eq!(first, print(&job(LETTER, data)).unwrap());
        assert_eq!(first.pages, 1);
        let text = String::from_utf8_lossy(&first.pdf);
        assert!(text.starts_with("%PDF-1.7"));
        assert!(
            text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("<pdfuaid:part>1</pdfuaid:part>")
        );
        let other = print(&job(LETTER, r#"{"name":"x"}"#)).unwrap();
        assert_ne!(first.pdf, other.pdf);
    }

    #[test]
    fn a_template_reaches_nothing_but_what_it_is_handed() {
        for reach in [
            "#read(\"/etc/passwd\")",
            "#read(\"../secret\")",
            "#import \"@preview/cetz:0.3.0\": *",
            "#image(\"/other.png\")",
            "#include \"/other.typ\"",
        ] {
            let fault = refused(&format!("#set document(title: \"x\")\nText\n{reach}"));
            assert_eq!(fault.line, Some(3), "{reach}: {}", fault.message);
        }
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(refused("= T\n\n#d.name").line, Some(3));
        assert_eq!(refused("#set document(title: \"x\")\n#while true {}").line, Some(2));
        // An archive needs a title that screen readers say.
        assert!(print(&job("Text", "{}")).is_err());
        assert!(print(&job("#json(\"/data.json\").name", "not JSON")).is_err());
    }

    #[test]
    fn an_embedded_file_makes_it_the_third_part() {
        let template = "#set document(title: \"x\", date: datetime.today())\n#set text(lang: \"fr\")\n#pdf.attach(\"/data.json\", relationship: \"data\", mime-type: \"application/json\", description: \"Données\")\nTexte";
        let printed = print(&Job { embeds: true, ..job(template, "{}") }).unwrap();
        assert!(String::from_utf8_lossy(&printed.pdf).contains("<pdfaid:part>3</pdfaid:part>"));
        assert!(print(&job(template, "{}")).is_err(), "PDF/A-2 embeds nothing");
    }
}
