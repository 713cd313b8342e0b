//! The page tree (ISO 32000-1, 7.7.3).

use super::document::Document;
use super::object::{Dict, Object};
use crate::{Error, Result};
use std::collections::BTreeSet;
use std::rc::Rc;

const DEPTH_MAX: usize = 32;
const PAGES_MAX: usize = 20_000;

pub(crate) struct Page {
    pub number: u32,
    pub dict: Dict,
    /// Inherited entries that a page has when it does not say otherwise.
    resources: Option<Rc<Object>>,
    media_box: Option<Rc<Object>>,
}

impl Page {
    pub fn resources(&self) -> Option<&Object> {
        self.dict.get(b"Resources").or(self.resources.as_deref())
    }

    pub fn media_box(&self) -> Option<&Object> {
        self.dict.get(b"MediaBox").or(self.media_box.as_deref())
    }
}

/// All pages, in order, until the one that is wanted.
pub(crate) fn page(document: &Document<'_>, wanted: usize) -> Result<Page> {
    let (_, catalog) = document.catalog()?;
    let root = catalog.get(b"Pages").and_then(Object::as_ref).ok_or(Error::Broken("it has no pages"))?;
    let mut seen = BTreeSet::new();
    let mut passed = 0;
    // Number, depth, and what is inherited; the next page lies on top.
    let mut waiting = vec![(root, 0, None, None)];
    while let Some((number, depth, resources, media_box)) = waiting.pop() {
        if depth > DEPTH_MAX || !seen.insert(number) || seen.len() > PAGES_MAX {
            return Err(Error::Broken("its pages cannot be read"));
        }
        let Object::Dict(dict) = document.get(number)? else {
            return Err(Error::Broken("its pages cannot be read"));
        };
        let kids = document.entry_of(&dict, b"Kids")?;
        let Some(kids) = kids.as_array() else {
            if passed == wanted {
                return Ok(Page { number, dict, resources, media_box });
            }
            passed += 1;
            continue;
        };
        let resources = dict.get(b"Resources").cloned().map(Rc::new).or(resources);
        let media_box = dict.get(b"MediaBox").cloned().map(Rc::new).or(media_box);
        for kid in kids.iter().rev() {
            let kid = kid.as_ref().ok_or(Error::Broken("its pages cannot be read"))?;
            waiting.push((kid, depth + 1, resources.clone(), media_box.clone()));
        }
    }
    Err(Error::NoSuchPage)
}

impl Document<'_> {
    /// A page, counted from 0.
    pub fn page(&self, wanted: usize) -> Result<Page> {
        page(self, wanted)
    }
}
