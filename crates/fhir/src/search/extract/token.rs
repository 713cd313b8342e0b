//! Tokens (<https://hl7.org/fhir/R4/search.html#token>).

use crate::Json;
use crate::search::value::{Token, Value};

fn push<'a>(token: Token<'a>, out: &mut Vec<Value<'a>>) {
    if token.code.is_some() || token.system.is_some() || token.text.is_some() {
        out.push(Value::Token(token));
    }
}

fn filled<'a>(element: &'a Json<'a>, name: &str) -> Option<&'a str> {
    element.get_str(name).filter(|s| !s.is_empty())
}

pub(super) fn boolean<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let code = element.as_bool().map(|b| if b { "true" } else { "false" });
    push(Token { code, ..Token::default() }, out);
}

pub(super) fn code<'a>(element: &'a Json<'a>, system: Option<&'static str>, out: &mut Vec<Value<'a>>) {
    if let Some(code) = element.as_str().filter(|s| !s.is_empty()) {
        push(Token { system, code: Some(code), ..Token::default() }, out);
    }
}

/// A code without system: a string, a telecom value.
pub(super) fn code_text<'a>(code: Option<&'a str>, out: &mut Vec<Value<'a>>) {
    push(Token { code: code.filter(|s| !s.is_empty()), ..Token::default() }, out);
}

pub(super) fn coding<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let (system, code) = (filled(element, "system"), filled(element, "code"));
    push(Token { system, code, text: filled(element, "display"), identifier_type: None }, out);
}

/// One token for each coding, and one for the text.
pub(super) fn concept<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    element.each("coding").for_each(|item| coding(item, out));
    push(Token { text: filled(element, "text"), ..Token::default() }, out);
}

pub(super) fn identifier<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let identifier_type = element.get("type");
    let text = identifier_type.and_then(|t| filled(t, "text"));
    let (system, code) = (filled(element, "system"), filled(element, "value"));
    push(Token { system, code, text, identifier_type }, out);
}

/// `Patient.deceased.exists() and Patient.deceased != false`: always one answer.
pub(super) fn deceased<'a>(patient: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let flag = patient.get("deceasedBoolean").and_then(Json::as_bool);
    let dead = flag == Some(true) || patient.get("deceasedDateTime").is_some();
    push(Token { code: Some(if dead { "true" } else { "false" }), ..Token::default() }, out);
}
