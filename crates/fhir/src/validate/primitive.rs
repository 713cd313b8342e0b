//! The values of primitive types: the right kind of JSON in the right format.

use super::schema::Primitive;
use super::{format, message, xhtml};
use crate::issue::{Code, Text};
use crate::{Issue, Json};

/// Longest string, in characters (<https://hl7.org/fhir/R4/datatypes.html#string>).
const STRING_MAX: usize = 1024 * 1024;

/// What is wrong with a value, if anything.
pub fn check(primitive: Primitive, json: &Json<'_>) -> Option<Issue> {
    let fault = match (primitive, json) {
        (_, Json::Null) => Some(message::NULL),
        (Primitive::Boolean, Json::Bool(_)) => None,
        (Primitive::Boolean, _) => Some(message::NOT_BOOLEAN),
        (Primitive::Integer, Json::Number(n)) => integer(n, i64::from(i32::MIN), message::FORMAT_INTEGER),
        (Primitive::UnsignedInt, Json::Number(n)) => integer(n, 0, message::FORMAT_UNSIGNED),
        (Primitive::PositiveInt, Json::Number(n)) => integer(n, 1, message::FORMAT_POSITIVE),
        (Primitive::Decimal, Json::Number(n)) => (!format::decimal(n)).then_some(message::FORMAT_DECIMAL),
        (Primitive::Integer | Primitive::UnsignedInt | Primitive::PositiveInt | Primitive::Decimal, _) => {
            Some(message::NOT_NUMBER)
        }
        (Primitive::Xhtml, Json::String(text)) => return xhtml::check(text),
        (_, Json::String(text)) => string(primitive, text),
        _ => Some(message::NOT_STRING),
    };
    fault.map(|text| {
        let code = if text == message::STRING_LONG { Code::TooLong } else { Code::Value };
        Issue::error(code, text).arg("type", primitive.name())
    })
}

fn integer(text: &str, least: i64, fault: Text) -> Option<Text> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && text != "-0";
    let fits = text.parse::<i64>().is_ok_and(|n| (least..=i64::from(i32::MAX)).contains(&n));
    (!plain || !fits).then_some(fault)
}

fn string(primitive: Primitive, text: &str) -> Option<Text> {
    if text.is_empty() {
        return Some(message::EMPTY_STRING);
    }
    let (ok, fault) = match primitive {
        Primitive::String | Primitive::Markdown => return prose(text),
        Primitive::Code => (format::code(text), message::FORMAT_CODE),
        Primitive::Id => (format::id(text), message::FORMAT_ID),
        Primitive::Uri | Primitive::Url | Primitive::Canonical => (format::uri(text), message::FORMAT_URI),
        Primitive::Oid => (format::oid(text), message::FORMAT_OID),
        Primitive::Uuid => (format::uuid(text), message::FORMAT_UUID),
        Primitive::Date => (format::date(text), message::FORMAT_DATE),
        Primitive::DateTime => (format::date_time(text), message::FORMAT_DATE_TIME),
        Primitive::Instant => (format::instant(text), message::FORMAT_INSTANT),
        Primitive::Time => (format::time(text), message::FORMAT_TIME),
        Primitive::Base64Binary => (format::base64(text), message::FORMAT_BASE64),
        _ => return None,
    };
    (!ok).then_some(fault)
}

fn prose(text: &str) -> Option<Text> {
    if text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n')) {
        return Some(message::CONTROL_CHARACTER);
    }
    if text.trim().is_empty() {
        return Some(message::EMPTY_STRING);
    }
    (text.len() > STRING_MAX && text.chars().count() > STRING_MAX).then_some(message::STRING_LONG)
}
