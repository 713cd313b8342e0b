//! The signature field (ISO 32000-1, 12.7.4.5), which is also the widget on the page.

use super::{Request, structure};
use crate::pdf::{Dict, Document, Object, Update};
use crate::{Error, Result};

/// Print and Locked; nothing that hides (ISO 19005-2, 6.3.2).
const FLAGS: i64 = 4 + 128;
/// SignaturesExist and AppendOnly.
const SIGNED: i64 = 3;
/// Where an invisible signature lies: no size, and outside of all pages, so that it needs neither a picture (ISO
/// 19005-2, 6.3.3) nor a place in the structure (ISO 14289-1, 7.18.1).
const NOWHERE: [f32; 4] = [-20.0; 4];

pub(super) fn add_field(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    catalog_number: u32,
    mut catalog: Dict,
    value: u32,
    request: &Request<'_>,
    looks: Option<u32>,
) -> Result<()> {
    let place = request.appearance.as_ref();
    let page = document.page(place.map_or(0, |wanted| wanted.page))?;
    let widget = update.reserve();
    let form_number = catalog.get(b"AcroForm").and_then(Object::as_ref);
    let mut form = document.dict_of(&catalog, b"AcroForm")?.unwrap_or_default();
    let fields = document.entry_of(&form, b"Fields")?.as_array().unwrap_or_default().to_vec();
    let name = free_name(document, &fields)?;
    add(document, update, &mut form, b"Fields", widget)?;
    form.put(b"SigFlags", Object::number(SIGNED));
    let in_structure = match place {
        Some(_) => structure::tag(document, update, &catalog, widget, page.number)?,
        None => None,
    };
    match form_number {
        Some(number) => update.put(number, &Object::Dict(form)),
        None => {
            catalog.put(b"AcroForm", Object::Dict(form));
            update.put(catalog_number, &Object::Dict(catalog));
        }
    }

    let mut page_dict = page.dict;
    if add(document, update, &mut page_dict, b"Annots", widget)? {
        // ISO 14289-1, 7.18.3: with annotations, the order of the structure counts.
        if !page_dict.has(b"Tabs") {
            page_dict.put(b"Tabs", Object::name("S"));
        }
        update.put(page.number, &Object::Dict(page_dict));
    }

    let mut field = Dict::default();
    field.put(b"Type", Object::name("Annot"));
    field.put(b"Subtype", Object::name("Widget"));
    field.put(b"FT", Object::name("Sig"));
    field.put(b"T", Object::text(&name));
    field.put(
        b"TU",
        Object::text(&request.name.map_or_else(|| name.clone(), |who| format!("{name} : {who}"))),
    );
    field.put(b"F", Object::number(FLAGS));
    field.put(b"P", update.reference(page.number));
    let rect = place.map_or(NOWHERE, |wanted| wanted.rect);
    field.put(
        b"Rect",
        Object::Array(rect.iter().map(|edge| Object::Number(format!("{edge:.2}").into_bytes())).collect()),
    );
    field.put(b"V", Object::Ref(value, 0));
    if let Some(key) = in_structure {
        field.put(b"StructParent", key);
    }
    if let Some(looks) = looks {
        let mut states = Dict::default();
        states.put(b"N", Object::Ref(looks, 0));
        field.put(b"AP", Object::Dict(states));
    }
    update.put(widget, &Object::Dict(field));
    Ok(())
}

/// Adds a reference to an array of a dictionary, wherever the array stands. Whether the dictionary itself changed.
fn add(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    dict: &mut Dict,
    name: &[u8],
    number: u32,
) -> Result<bool> {
    let elsewhere = dict.get(name).and_then(Object::as_ref);
    let mut items = match document.entry_of(dict, name)? {
        Object::Array(items) => items,
        Object::Null => Vec::new(),
        _ => return Err(Error::Broken("its form or its annotations cannot be read")),
    };
    items.push(Object::Ref(number, 0));
    if let Some(array) = elsewhere {
        update.put(array, &Object::Array(items));
        return Ok(false);
    }
    dict.put(name, Object::Array(items));
    Ok(true)
}

/// `Signature1`, or the next number that no field has.
fn free_name(document: &Document<'_>, fields: &[Object]) -> Result<String> {
    let mut taken = Vec::new();
    for field in fields {
        if let Some(field) = document.resolve(field)?.as_dict() {
            taken.extend(document.entry_of(field, b"T")?.as_text());
        }
    }
    let free =
        (1..=taken.len() + 1).map(|number| format!("Signature{number}")).find(|name| !taken.contains(name));
    Ok(free.unwrap_or_default())
}
