//! All that a template can reach: its own sources, the files that it was handed, the fonts and the day.

use crate::fonts::FONTS;
use crate::print::Job;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));

/// A day of the calendar, for `datetime.today()` and the date of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    pub(crate) fn of_typst(self) -> Option<Datetime> {
        Datetime::from_ymd(self.year, self.month, self.day)
    }
}

pub(crate) struct Desk {
    main: FileId,
    sources: Vec<Source>,
    files: Vec<(FileId, Bytes)>,
    day: Day,
}

impl Desk {
    /// None when a name is no path.
    pub fn new(job: &Job<'_>) -> Option<Desk> {
        let main = named("main.typ")?;
        let mut sources = vec![Source::new(main, job.template.to_string())];
        for (name, text) in job.parts {
            sources.push(Source::new(named(name)?, (*text).to_string()));
        }
        let mut files = vec![(named("data.json")?, Bytes::new(job.data.to_vec()))];
        for (name, bytes) in job.files {
            files.push((named(name)?, Bytes::new(bytes.clone())));
        }
        Some(Desk { main, sources, files, day: job.day })
    }
}

/// Names are kept by the compiler for as long as the program runs, so callers take them from a small set.
fn named(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(file, _)| *file == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.list.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day.of_typst()
    }
}
