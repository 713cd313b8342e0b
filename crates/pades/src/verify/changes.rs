//! What was added after a signature: further signatures and evidence may be, nothing else. Pages, their contents and
//! all that they use have to be as they were, for a reader shows the newest state and not the signed one.

use crate::Result;
use crate::pdf::{Dict, Document, Object};
use std::collections::BTreeSet;

/// Whether the file, after the revision that ends at `end`, only got signatures and evidence. What cannot be read
/// counts as changed.
pub(super) fn only_signatures(now: &Document<'_>, end: usize) -> bool {
    let before = now.bytes.get(..end).map(Document::open);
    let Some(Ok(before)) = before else { return false };
    Comparison::new(&before, now).and_then(|comparison| comparison.holds()).unwrap_or(false)
}

struct Comparison<'c, 'b, 'n> {
    before: &'c Document<'b>,
    now: &'c Document<'n>,
    catalog: u32,
    /// Objects that may grow: the form, its list of fields, lists of annotations.
    forms: BTreeSet<u32>,
    lists: BTreeSet<u32>,
    stores: BTreeSet<u32>,
    /// All that the signed revision refers to, whether it is there or not.
    mentioned: BTreeSet<u32>,
}

impl<'c, 'b, 'n> Comparison<'c, 'b, 'n> {
    fn new(before: &'c Document<'b>, now: &'c Document<'n>) -> Result<Self> {
        let (catalog, dict) = before.catalog()?;
        let mut comparison = Self {
            before,
            now,
            catalog,
            forms: dict.get(b"AcroForm").and_then(Object::as_ref).into_iter().collect(),
            lists: BTreeSet::new(),
            stores: dict.get(b"DSS").and_then(Object::as_ref).into_iter().collect(),
            mentioned: BTreeSet::new(),
        };
        if let Some(form) = before.dict_of(&dict, b"AcroForm")? {
            comparison.lists.extend(form.get(b"Fields").and_then(Object::as_ref));
        }
        for number in before.numbers() {
            let object = before.get(number)?;
            mention(&object, &mut comparison.mentioned);
            if let Some(page) = object.as_dict().filter(|dict| dict.is(b"Type", b"Page")) {
                comparison.lists.extend(page.get(b"Annots").and_then(Object::as_ref));
            }
        }
        Ok(comparison)
    }

    fn holds(&self) -> Result<bool> {
        if self.now.catalog()?.0 != self.catalog {
            return Ok(false);
        }
        for number in self.before.numbers().chain(self.now.numbers()) {
            let (old, new) = (self.before.entry(number), self.now.entry(number));
            if old == new {
                continue;
            }
            let was = self.before.get(number)?;
            if was == Object::Null {
                // New. If the signed revision already spoke of it, something gets filled in that was empty.
                if self.mentioned.contains(&number) {
                    return Ok(false);
                }
            } else if !self.may_become(number, &was, &self.now.get(number)?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn may_become(&self, number: u32, was: &Object, is: &Object) -> Result<bool> {
        if let (Object::Stream(old, from), Object::Stream(new, to)) = (was, is) {
            return Ok(old == new && self.before.raw(old, *from)? == self.now.raw(new, *to)?);
        }
        if was == is || self.stores.contains(&number) {
            return Ok(true);
        }
        if self.lists.contains(&number) {
            return self.grown(Some(was), Some(is));
        }
        let (Object::Dict(was), Object::Dict(is)) = (was, is) else { return Ok(false) };
        if self.forms.contains(&number) {
            return self.form(was, is);
        }
        if number == self.catalog {
            return Ok(
                same_but(was, is, &[b"AcroForm", b"DSS", b"Extensions"]) && self.catalog_form(was, is)?
            );
        }
        if was.is(b"Type", b"Page") {
            let fresh_tabs = !was.has(b"Tabs") || was.get(b"Tabs") == is.get(b"Tabs");
            return Ok(same_but(was, is, &[b"Annots", b"Tabs"])
                && fresh_tabs
                && self.grown(was.get(b"Annots"), is.get(b"Annots"))?);
        }
        Ok(false)
    }

    fn catalog_form(&self, was: &Dict, is: &Dict) -> Result<bool> {
        match (was.get(b"AcroForm"), is.get(b"AcroForm")) {
            (None, None) => Ok(true),
            (None, Some(form)) => {
                let form = self.now.resolve(form)?.as_dict().cloned().unwrap_or_default();
                self.form(&Dict::default(), &form)
            }
            (Some(Object::Dict(was)), Some(Object::Dict(is))) => self.form(was, is),
            (was, is) => Ok(was == is),
        }
    }

    fn form(&self, was: &Dict, is: &Dict) -> Result<bool> {
        Ok(same_but(was, is, &[b"Fields", b"SigFlags"])
            && self.grown(was.get(b"Fields"), is.get(b"Fields"))?)
    }

    /// Whether a list begins as before and then only names signature fields.
    fn grown(&self, was: Option<&Object>, is: Option<&Object>) -> Result<bool> {
        if was == is {
            return Ok(true);
        }
        let was = was.map_or(Ok(Object::Null), |was| self.before.resolve(was))?;
        let is = is.map_or(Ok(Object::Null), |is| self.now.resolve(is))?;
        let (was, is) = (was.as_array().unwrap_or_default(), is.as_array().unwrap_or_default());
        let Some(added) = is.strip_prefix(was) else { return Ok(false) };
        for field in added {
            let fresh = field.as_ref().is_some_and(|number| self.before.entry(number).is_none());
            let field = self.now.resolve(field)?;
            let Some(field) = field.as_dict().filter(|_| fresh) else { return Ok(false) };
            let signs = field.is(b"FT", b"Sig") && field.is(b"Subtype", b"Widget");
            // An empty field could hide a page behind its picture and stand in no list of signatures.
            let signed = self.now.dict_of(field, b"V")?.is_some_and(|value| value.has(b"ByteRange"));
            if !signs || !signed || field.has(b"A") || field.has(b"AA") {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether two dictionaries agree in all but these entries.
fn same_but(was: &Dict, is: &Dict, free: &[&[u8]]) -> bool {
    let fixed = |dict: &Dict, other: &Dict| {
        dict.0.iter().all(|(name, value)| free.contains(&name.as_slice()) || other.get(name) == Some(value))
    };
    fixed(was, is) && fixed(is, was)
}

/// The parser bounds the depth.
fn mention(object: &Object, found: &mut BTreeSet<u32>) {
    match object {
        Object::Ref(number, _) => {
            found.insert(*number);
        }
        Object::Array(items) => items.iter().for_each(|item| mention(item, found)),
        Object::Dict(dict) | Object::Stream(dict, _) => {
            dict.0.iter().for_each(|(_, value)| mention(value, found))
        }
        _ => {}
    }
}
