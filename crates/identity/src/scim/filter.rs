//! Filters (RFC 7644 §3.4.2.2): one comparison for equality, which is what directories ask before they create.

use super::answer::{Answer, Fault};

/// `attribute eq "value"`: the attribute in lower case, and the value.
///
/// # Errors
/// `invalidFilter` for anything else.
pub fn equality(filter: &str) -> Answer<(String, String)> {
    let unknown = || Fault::new(400, "invalidFilter", "only: attribute eq \"value\"");
    if filter.len() > 1_000 {
        return Err(unknown());
    }
    let (attribute, rest) = filter.trim().split_once(' ').ok_or_else(unknown)?;
    let (operator, value) = rest.trim_start().split_once(' ').ok_or_else(unknown)?;
    if !operator.eq_ignore_ascii_case("eq") {
        return Err(unknown());
    }
    let value: serde_json::Value = serde_json::from_str(value.trim()).map_err(|_| unknown())?;
    let value = value.as_str().ok_or_else(unknown)?;
    Ok((attribute.to_ascii_lowercase(), value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::equality;

    #[test]
    fn equality_is_read_and_nothing_else() {
        let read = |text: &str| equality(text).ok();
        assert_eq!(read("userName eq \"a\\\"b c\""), Some(("username".into(), "a\"b c".into())));
        assert_eq!(read("externalId EQ \"7\""), Some(("externalid".into(), "7".into())));
        for bad in [
            "",
            "userName",
            "userName sw \"a\"",
            "userName eq a",
            "userName eq \"a\" or id eq \"b\"",
            "not (a eq \"b\")",
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
