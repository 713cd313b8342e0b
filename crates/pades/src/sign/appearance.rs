//! A page of another PDF becomes the picture of a signature: a form XObject (ISO 32000-1, 8.10) with all that it needs,
//! fonts and colours included.

use super::Appearance;
use crate::pdf::{Dict, Document, Object, Update, refuse_scripts};
use crate::{Error, Result};
use std::collections::BTreeMap;

const OBJECTS_MAX: usize = 2_000;
const BYTES_MAX: usize = 2_000_000;
/// The largest page that PDF knows, in points.
const EDGE_MAX: f32 = 14_400.0;

/// The number of the XObject.
pub(super) fn import(update: &mut Update<'_, '_>, wanted: &Appearance<'_>) -> Result<u32> {
    let [left, bottom, right, top] = wanted.rect;
    let sound = wanted.rect.iter().all(|edge| edge.is_finite() && edge.abs() <= EDGE_MAX)
        && left < right
        && bottom < top;
    if !sound {
        return Err(Error::Appearance("its rectangle is none"));
    }
    let stamp = Document::open(wanted.stamp)?;
    refuse_scripts(&stamp)?;
    let page = stamp.page(0)?;
    let mut copy = Copy { from: &stamp, update, numbers: BTreeMap::new(), waiting: Vec::new(), bytes: 0 };
    let mut dict = Dict::default();
    dict.put(b"Type", Object::name("XObject"));
    dict.put(b"Subtype", Object::name("Form"));
    let bounds = page.media_box().ok_or(Error::Appearance("its page has no size"))?;
    dict.put(b"BBox", stamp.resolve(bounds)?);
    let resources =
        page.resources().map_or(Ok(Object::Dict(Dict::default())), |found| stamp.resolve(found))?;
    dict.put(b"Resources", copy.object(&resources)?);
    if let Some(group) = page.dict.get(b"Group") {
        dict.put(b"Group", copy.object(&stamp.resolve(group)?)?);
    }
    let contents = stamp.entry_of(&page.dict, b"Contents")?;
    let mut data = Vec::new();
    for part in contents.as_array().unwrap_or(std::slice::from_ref(&contents)) {
        if let Object::Stream(part, begin) = stamp.resolve(part)? {
            data.extend(stamp.data(&part, begin)?);
            data.push(b'\n');
        }
    }
    copy.count(data.len())?;
    let number = copy.update.reserve();
    copy.update.put_stream(number, dict, &data);
    copy.run()?;
    Ok(number)
}

struct Copy<'c, 's, 'd, 'a> {
    from: &'c Document<'s>,
    update: &'c mut Update<'d, 'a>,
    /// Old numbers and the new ones.
    numbers: BTreeMap<u32, u32>,
    waiting: Vec<u32>,
    bytes: usize,
}

impl Copy<'_, '_, '_, '_> {
    fn count(&mut self, bytes: usize) -> Result<()> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > BYTES_MAX { Err(Error::Appearance("it is too large")) } else { Ok(()) }
    }

    /// The same object with new references; what they lead to waits. The parser bounds the depth.
    fn object(&mut self, object: &Object) -> Result<Object> {
        Ok(match object {
            Object::Ref(number, _) => Object::Ref(self.renumbered(*number)?, 0),
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.object(item)).collect::<Result<Vec<Object>>>()?)
            }
            Object::Dict(dict) | Object::Stream(dict, _) => Object::Dict(self.dict(dict)?),
            other => other.clone(),
        })
    }

    /// Without what leads out of the picture into the tree of pages or the structure.
    fn dict(&mut self, dict: &Dict) -> Result<Dict> {
        let mut copied = Dict::default();
        for (name, value) in &dict.0 {
            if !matches!(name.as_slice(), b"Parent" | b"StructParent" | b"StructParents" | b"Length") {
                copied.put(name, self.object(value)?);
            }
        }
        Ok(copied)
    }

    fn renumbered(&mut self, old: u32) -> Result<u32> {
        if let Some(new) = self.numbers.get(&old) {
            return Ok(*new);
        }
        if self.numbers.len() >= OBJECTS_MAX {
            return Err(Error::Appearance("it is too large"));
        }
        let new = self.update.reserve();
        self.numbers.insert(old, new);
        self.waiting.push(old);
        Ok(new)
    }

    fn run(&mut self) -> Result<()> {
        while let Some(old) = self.waiting.pop() {
            let new = self.renumbered(old)?;
            match self.from.get(old)? {
                Object::Stream(dict, begin) => {
                    let data = self.from.raw(&dict, begin)?;
                    self.count(data.len())?;
                    let dict = self.dict(&dict)?;
                    self.update.put_stream(new, dict, data);
                }
                other => {
                    let copied = self.object(&other)?;
                    self.update.put(new, &copied);
                }
            }
        }
        Ok(())
    }
}
