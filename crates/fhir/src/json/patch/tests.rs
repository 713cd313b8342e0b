use super::JsonPatch;
use crate::json::parse;
use crate::{Code, Issue};

fn patched(json: &str, patch: &str) -> Result<String, Issue> {
    let patch = JsonPatch::read(&parse(patch.as_bytes()).unwrap())?;
    Ok(patch.apply(&parse(json.as_bytes()).unwrap())?.to_string())
}

#[test]
fn the_cases_of_the_rfc() {
    for (json, patch, after) in [
        (r#"{"foo":"bar"}"#, r#"[{"op":"add","path":"/baz","value":"qux"}]"#, r#"{"foo":"bar","baz":"qux"}"#),
        (r#"{"foo":["a","b"]}"#, r#"[{"op":"add","path":"/foo/1","value":"q"}]"#, r#"{"foo":["a","q","b"]}"#),
        (r#"{"foo":["a"]}"#, r#"[{"op":"add","path":"/foo/-","value":["b"]}]"#, r#"{"foo":["a",["b"]]}"#),
        (r#"{"a":1,"b":2}"#, r#"[{"op":"remove","path":"/a"}]"#, r#"{"b":2}"#),
        (r#"{"a":["x","y"]}"#, r#"[{"op":"remove","path":"/a/0"}]"#, r#"{"a":["y"]}"#),
        (r#"{"a":1.10,"b":2}"#, r#"[{"op":"replace","path":"/b","value":3.00}]"#, r#"{"a":1.10,"b":3.00}"#),
        (
            r#"{"a":{"b":1},"c":{}}"#,
            r#"[{"op":"move","from":"/a/b","path":"/c/d"}]"#,
            r#"{"a":{},"c":{"d":1}}"#,
        ),
        (r#"[1,2,3,4]"#, r#"[{"op":"move","from":"/1","path":"/3"}]"#, r#"[1,3,4,2]"#),
        (r#"{"a":{"b":1}}"#, r#"[{"op":"copy","from":"/a","path":"/c"}]"#, r#"{"a":{"b":1},"c":{"b":1}}"#),
        (
            r#"{"a":[1,{"x":2.0,"y":3}]}"#,
            r#"[{"op":"test","path":"/a","value":[1.0,{"y":3,"x":2}]}]"#,
            r#"{"a":[1,{"x":2.0,"y":3}]}"#,
        ),
        (r#"{"/":9,"~1":10}"#, r#"[{"op":"test","path":"/~01","value":10}]"#, r#"{"/":9,"~1":10}"#),
        (r#"{"a":1}"#, r#"[{"op":"add","path":"","value":{"b":2}}]"#, r#"{"b":2}"#),
        (r#"{"a":1}"#, r#"[{"op":"add","path":"/b","value":2,"xyz":1}]"#, r#"{"a":1,"b":2}"#),
    ] {
        assert_eq!(patched(json, patch).unwrap(), after, "{patch}");
    }
}

#[test]
fn what_cannot_be_done() {
    for (patch, key) in [
        (r#"[{"op":"add","path":"/x/y","value":1}]"#, "json-patch.nowhere"),
        (r#"[{"op":"remove","path":"/x"}]"#, "json-patch.nowhere"),
        (r#"[{"op":"remove","path":""}]"#, "json-patch.nowhere"),
        (r#"[{"op":"replace","path":"/x","value":1}]"#, "json-patch.nowhere"),
        (r#"[{"op":"add","path":"/a/3","value":1}]"#, "json-patch.nowhere"),
        (r#"[{"op":"add","path":"/a/01","value":1}]"#, "json-patch.nowhere"),
        (r#"[{"op":"move","from":"/a","path":"/a/0"}]"#, "json-patch.inside-itself"),
        (r#"[{"op":"test","path":"/a/0","value":"1"}]"#, "json-patch.test"),
        (r#"[{"op":"test","path":"/none","value":null}]"#, "json-patch.test"),
        (r#"[{"op":"add","path":"/b"}]"#, "json-patch.operation"),
        (r#"[{"op":"add","path":"b","value":1}]"#, "json-patch.operation"),
        (r#"[{"op":"merge","path":"/b","value":1}]"#, "json-patch.operation"),
        (r#"[{"op":"add","path":"/~2","value":1}]"#, "json-patch.operation"),
        (r#"[1]"#, "json-patch.operation"),
        (r#"{}"#, "json-patch.list"),
    ] {
        assert_eq!(patched(r#"{"a":[1,2]}"#, patch).unwrap_err().text.key, key, "{patch}");
    }
}

#[test]
fn copies_cannot_double_for_ever() {
    let fails = |json: &str, step: &str| {
        let error = patched(json, &format!("[{}]", vec![step; 400].join(","))).unwrap_err();
        assert_eq!((error.code, error.text.key), (Code::TooCostly, "json-patch.too-large"));
    };
    fails(r#"{"a":["0123456789"]}"#, r#"{"op":"copy","from":"/a","path":"/a/-"}"#);
    fails(r#"{"a":{"b":1}}"#, r#"{"op":"copy","from":"/a","path":"/a/a"}"#);
}

#[test]
fn errors_name_the_place_and_no_value() {
    let error =
        patched(r#"{"name":[]}"#, r#"[{"op":"test","path":"/name/0/family","value":"Morel"}]"#).unwrap_err();
    let told = error.sentence(crate::Lang::En);
    assert!(told.starts_with("Operation 1 (test): ") && told.contains("/name/0/family"), "{told}");
    assert!(!told.contains("Morel"));
}
