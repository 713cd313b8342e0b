//! The place of a visible signature in the document's structure (ISO 32000-1, 14.7; ISO 14289-1, 7.18.4: a widget
//! lies in a `Form`), so that a document that is made for all readers stays so.
//!
//! Only the first signature gets one: a later change of the structure would be held against the earlier signatures.

use crate::Result;
use crate::pdf::{Dict, Document, Object, Update};

/// Writes the element and gives the widget's `StructParent`; none when the document has no structure, or one that we
/// do not add to.
pub(super) fn tag(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    catalog: &Dict,
    widget: u32,
    page: u32,
) -> Result<Option<Object>> {
    let Some(root_number) = catalog.get(b"StructTreeRoot").and_then(Object::as_ref) else { return Ok(None) };
    let Some(mut root) = document.get(root_number)?.as_dict().cloned() else { return Ok(None) };
    let Some(key) = root.get(b"ParentTreeNextKey").and_then(Object::as_int) else { return Ok(None) };
    let Some(mut tree) = document.dict_of(&root, b"ParentTree")? else { return Ok(None) };
    if !crate::verify::signatures(document)?.is_empty() {
        return Ok(None);
    }
    let element = update.reserve();
    let pair = [Object::number(key), Object::Ref(element, 0)];
    if let Object::Array(mut numbers) = document.entry_of(&tree, b"Nums")? {
        numbers.extend(pair);
        tree.put(b"Nums", Object::Array(numbers));
    } else if let Object::Array(mut kids) = document.entry_of(&tree, b"Kids")? {
        let mut leaf = Dict::default();
        leaf.put(b"Limits", Object::Array(vec![Object::number(key), Object::number(key)]));
        leaf.put(b"Nums", Object::Array(pair.to_vec()));
        let number = update.reserve();
        update.put(number, &Object::Dict(leaf));
        kids.push(Object::Ref(number, 0));
        tree.put(b"Kids", Object::Array(kids));
    } else {
        return Ok(None);
    }
    match root.get(b"ParentTree").and_then(Object::as_ref) {
        Some(number) => update.put(number, &Object::Dict(tree)),
        None => root.put(b"ParentTree", Object::Dict(tree)),
    }
    let mut kids = match document.entry_of(&root, b"K")? {
        Object::Array(kids) => kids,
        Object::Null => Vec::new(),
        _ => root.get(b"K").cloned().into_iter().collect(),
    };
    kids.push(Object::Ref(element, 0));
    root.put(b"K", Object::Array(kids));
    root.put(b"ParentTreeNextKey", Object::number(key.saturating_add(1)));
    let parent = update.reference(root_number);
    update.put(root_number, &Object::Dict(root));

    let mut object = Dict::default();
    object.put(b"Type", Object::name("OBJR"));
    object.put(b"Obj", Object::Ref(widget, 0));
    object.put(b"Pg", update.reference(page));
    let mut form = Dict::default();
    form.put(b"Type", Object::name("StructElem"));
    form.put(b"S", Object::name("Form"));
    form.put(b"P", parent);
    form.put(b"K", Object::Dict(object));
    update.put(element, &Object::Dict(form));
    Ok(Some(Object::number(key)))
}
