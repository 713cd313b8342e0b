//! Elements → values, by datatype. An element that is not what its datatype says gives no value: validation
//! says what is wrong with it, extraction never fails.

mod date;
mod number;
mod reference;
mod token;

use super::Kind;
use super::value::Value;
use super::walk::{End, Walk};
use crate::Json;

/// The values at the ends of the walks.
pub(super) fn all<'a>(
    walks: &[Walk],
    kind: Kind,
    from: &'a Json<'a>,
    resource: &'a Json<'a>,
    out: &mut Vec<Value<'a>>,
) {
    for walk in walks {
        let from = if walk.from_resource { resource } else { from };
        walk.visit(from, &mut |element| one(walk, kind, element, resource, out));
    }
}

fn one<'a>(walk: &Walk, kind: Kind, element: &'a Json<'a>, resource: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    match walk.end {
        End::Boolean => token::boolean(element, out),
        End::Code => token::code(element, walk.system, out),
        End::Coding => token::coding(element, out),
        End::CodeableConcept => token::concept(element, out),
        End::Identifier => token::identifier(element, out),
        End::ContactPoint => token::code_text(element.get_str("value"), out),
        End::Text if kind == Kind::Token => token::code_text(element.as_str(), out),
        End::Text => text(element.as_str(), out),
        End::HumanName => parts(element, &["family", "given", "prefix", "suffix", "text"], out),
        End::Address => {
            parts(element, &["line", "city", "district", "state", "postalCode", "country", "text"], out);
        }
        End::Reference => reference::reference(element, walk.resolves, resource, out),
        End::Canonical => reference::canonical(element, walk.resolves, resource, out),
        End::Resource => reference::inline(element, out),
        End::Date => date::date(element, out),
        End::Period => date::period(element, out),
        End::Timing => date::timing(element, out),
        End::Number => number::number(element, out),
        End::Quantity => number::quantity(element, out),
        End::Money => number::money(element, out),
        End::Range => number::range(element, kind, out),
        End::SampledData => number::sampled(element, out),
        End::Uri => out.extend(element.as_str().filter(|s| !s.is_empty()).map(Value::Uri)),
        End::Position => number::position(element, out),
        End::Deceased => token::deceased(element, out),
        End::Element => {}
    }
}

fn text<'a>(text: Option<&'a str>, out: &mut Vec<Value<'a>>) {
    out.extend(text.filter(|s| !s.trim().is_empty()).map(Value::Str));
}

/// The texts of an element's members, which may be lists.
fn parts<'a>(element: &'a Json<'a>, members: &[&str], out: &mut Vec<Value<'a>>) {
    let Some(object) = element.as_object() else { return };
    for (name, member) in object.iter() {
        if members.contains(&name) {
            member.items().for_each(|item| text(item.as_str(), out));
        }
    }
}
