//! Several PDFs bound into one, with a bookmark for each: to print or to hand over. The single documents stay what
//! counts: what is bound is a copy, without the tags and signatures of its parts.

use hayro_write::hayro_syntax::Pdf;
use hayro_write::{ChunkSettings, ExtractionQuery, extract};
use pdf_writer::types::PageMode;
use pdf_writer::{Finish, Ref, TextStr};

/// A part that is no PDF, or nothing to bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("part {0} cannot be bound")]
pub struct Unbindable(
    /// Its place, from 0.
    pub usize,
);

/// What becomes one chapter.
pub struct Part<'a> {
    /// As its bookmark says it.
    pub title: &'a str,
    pub pdf: &'a [u8],
}

/// One part after its pages were taken over.
struct Chapter<'a> {
    title: &'a str,
    tree: Ref,
    pages: Vec<Ref>,
}

/// Binds PDFs in their order. `lang` is the language of the titles, such as `fr`.
///
/// # Errors
/// `Unbindable` with the first part that cannot be read or has no pages; part 0 when there are none.
pub fn bind(title: &str, lang: &str, parts: &[Part<'_>]) -> Result<Vec<u8>, Unbindable> {
    let mut next = Ref::new(1);
    let (catalog, root, outline, info) = (next.bump(), next.bump(), next.bump(), next.bump());
    let settings = ChunkSettings { pretty: false };
    let mut out = pdf_writer::Pdf::with_settings(settings);
    let mut chapters = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let pdf = Pdf::new(part.pdf.to_vec()).map_err(|_| Unbindable(at))?;
        let wanted: Vec<ExtractionQuery> = (0..pdf.pages().len()).map(ExtractionQuery::new_page).collect();
        let taken = extract(&pdf, Box::new(|| next.bump()), settings, |_| {}, &wanted);
        let taken = taken.map_err(|_| Unbindable(at))?;
        let pages: Vec<Ref> = taken.root_refs.iter().filter_map(|page| page.as_ref().ok().copied()).collect();
        if pages.is_empty() || pages.len() != wanted.len() {
            return Err(Unbindable(at));
        }
        out.pages(taken.page_tree_parent_ref)
            .parent(root)
            .kids(pages.iter().copied())
            .count(number(pages.len()));
        out.extend(&taken.chunk);
        chapters.push(Chapter { title: part.title, tree: taken.page_tree_parent_ref, pages });
    }
    let all: usize = chapters.iter().map(|chapter| chapter.pages.len()).sum();
    out.pages(root).kids(chapters.iter().map(|chapter| chapter.tree)).count(number(all));
    bookmarks(&mut out, outline, &chapters, &mut next).ok_or(Unbindable(0))?;
    let mut top = out.catalog(catalog);
    top.pages(root).outlines(outline).page_mode(PageMode::UseOutlines).lang(TextStr(lang));
    top.viewer_preferences().display_doc_title(true);
    top.finish();
    out.document_info(info).title(TextStr(title)).creator(TextStr("Medical Hub"));
    Ok(out.finish())
}

/// None when there are no chapters.
fn bookmarks(
    out: &mut pdf_writer::Pdf,
    outline: Ref,
    chapters: &[Chapter<'_>],
    next: &mut Ref,
) -> Option<()> {
    let items: Vec<Ref> = chapters.iter().map(|_| next.bump()).collect();
    out.outline(outline).first(*items.first()?).last(*items.last()?).count(number(items.len()));
    for (at, (chapter, item)) in chapters.iter().zip(&items).enumerate() {
        let mut entry = out.outline_item(*item);
        entry.title(TextStr(chapter.title)).parent(outline);
        if let Some(before) = at.checked_sub(1).and_then(|before| items.get(before)) {
            entry.prev(*before);
        }
        if let Some(after) = items.get(at + 1) {
            entry.next(*after);
        }
        entry.dest().page(*chapter.pages.first()?).fit();
    }
    Some(())
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Job, print};

    fn sheet(text: &str) -> Vec<u8> {
        let template = format!(
            "#set document(title: \"x\", date: datetime.today())\n#set text(lang: \"fr\")\n= {text}\n#pagebreak()\n{text}, suite"
        );
        let day = Day { year: 2026, month: 11, day: 23 };
        let job =
            Job { template: &template, parts: &[], data: b"{}", files: &[], day, ident: text, embeds: false };
        print(&job).unwrap().pdf
    }

    #[test]
    fn all_pages_of_all_parts_are_there_with_bookmarks() {
        let (one, two) = (sheet("Consentement"), sheet("Devis"));
        let parts = [Part { title: "Consentement éclairé", pdf: &one }, Part { title: "Devis", pdf: &two }];
        let bound = bind("Dossier", "fr", &parts).unwrap();
        assert_eq!(Pdf::new(bound.clone()).unwrap().pages().len(), 4);
        let text = String::from_utf8_lossy(&bound);
        assert!(text.contains("/UseOutlines") && text.contains("(Devis)"), "bookmarks are shown");
        assert_eq!(bound, bind("Dossier", "fr", &parts).unwrap(), "the same each time");
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        let good = sheet("Devis");
        let parts = [Part { title: "a", pdf: &good }, Part { title: "b", pdf: b"not a PDF" }];
        assert_eq!(bind("x", "fr", &parts), Err(Unbindable(1)));
        assert_eq!(bind("x", "fr", &[]), Err(Unbindable(0)));
    }
}
