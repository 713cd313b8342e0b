//! The operations of a PATCH (RFC 7644 §3.5.2), as directories really send them: names in any case, values with
//! or without a path.

use super::answer::{Answer, Fault};
use serde_json::{Map, Value};

const OPERATIONS_MAX: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Set,
    Remove,
    /// Only of lists: puts in instead of replacing.
    Add,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub verb: Verb,
    /// In lower case, without the schema's name; empty: the resource.
    pub path: String,
    pub value: Value,
}

/// # Errors
/// `invalidSyntax`, `invalidPath`.
pub fn operations(body: &Value) -> Answer<Vec<Operation>> {
    let syntax = || Fault::new(400, "invalidSyntax", "Operations: [{op, path?, value?}] is expected");
    let list = body.get("Operations").and_then(Value::as_array).ok_or_else(syntax)?;
    if list.is_empty() || list.len() > OPERATIONS_MAX {
        return Err(syntax());
    }
    let mut out = Vec::new();
    for one in list {
        let verb = match one.get("op").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
            Some("add") => Verb::Add,
            Some("replace") => Verb::Set,
            Some("remove") => Verb::Remove,
            _ => return Err(syntax()),
        };
        let path = one.get("path").and_then(Value::as_str).map(attribute).unwrap_or_default();
        let value = one.get("value").cloned().unwrap_or(Value::Null);
        match (path.is_empty(), &value) {
            (false, _) => out.push(Operation { verb, path, value }),
            // Without a path, each member is one.
            (true, Value::Object(members)) => out.extend(each(verb, members)),
            (true, _) => return Err(Fault::new(400, "noTarget", "an operation needs a path or an object")),
        }
    }
    Ok(out)
}

fn each(verb: Verb, members: &Map<String, Value>) -> Vec<Operation> {
    let known = members.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("schemas"));
    known.map(|(name, value)| Operation { verb, path: attribute(name), value: value.clone() }).collect()
}

/// Without `urn:ietf:params:scim:schemas:core:2.0:User:`; what stands in brackets keeps its case.
fn attribute(path: &str) -> String {
    let path = match path.rfind(":2.0:User:").or_else(|| path.rfind(":2.0:Group:")) {
        Some(at) => path.get(at + 5..).and_then(|rest| rest.split_once(':')).map_or(path, |(_, rest)| rest),
        None => path,
    };
    match path.split_once('[') {
        Some((name, rest)) => format!("{}[{rest}", name.to_ascii_lowercase()),
        None => path.to_ascii_lowercase(),
    }
}

/// `true`, `"true"`, `"False"`.
///
/// # Errors
/// `invalidValue`.
pub fn flag(value: &Value) -> Answer<bool> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(Fault::value("active is true or false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_read_as_directories_send_them() {
        let body = json!({"Operations": [
            {"op": "Replace", "path": "active", "value": "False"},
            {"op": "replace", "value": {"displayName": "A", "urn:ietf:params:scim:schemas:core:2.0:User:title": "B"}},
            {"op": "remove", "path": "members[value eq \"ABC\"]"},
        ]});
        let read = operations(&body).unwrap();
        assert_eq!(read[0], Operation { verb: Verb::Set, path: "active".into(), value: json!("False") });
        let paths: Vec<&str> = read.iter().map(|o| o.path.as_str()).collect();
        assert_eq!(paths, ["active", "displayname", "title", "members[value eq \"ABC\"]"]);
        assert!(!flag(&read[0].value).unwrap());
        assert!(operations(&json!({"Operations": [{"op": "move", "path": "x"}]})).is_err());
        assert!(operations(&json!({})).is_err());
    }
}
