//! Reads some members of a stored object and steps over the others: a search that looks at the name of a
//! patient need not build the whole resource.

use super::parse::{ParseErrorKind, Parsed, Reader};
use super::{Json, Object, ParseError};

/// The object with these members only. The text must be JSON that [`super::parse`] has accepted before: what is
/// stepped over is not checked again.
///
/// # Errors
/// The text is no object, or a wanted member is damaged.
pub fn parse_members<'a>(text: &'a [u8], wanted: &[&str]) -> Result<Json<'a>, ParseError> {
    let mut reader = Reader::new(text)?;
    object(&mut reader, wanted).map_err(|kind| reader.error(kind))
}

fn object<'a>(reader: &mut Reader<'a>, wanted: &[&str]) -> Parsed<Json<'a>> {
    let mut object = Object::default();
    reader.space();
    reader.expect(b'{')?;
    loop {
        reader.space();
        match reader.peek() {
            Some(b'}') => return Ok(Json::Object(object)),
            Some(b',') => {
                reader.at += 1;
                continue;
            }
            Some(b'"') => {}
            Some(_) => return Err(ParseErrorKind::UnexpectedCharacter),
            None => return Err(ParseErrorKind::UnexpectedEnd),
        }
        let name = reader.string()?;
        reader.space();
        reader.expect(b':')?;
        reader.space();
        if wanted.contains(&&*name) {
            let value = reader.value(1)?;
            object.push(name, value);
            if object.len() == wanted.len() {
                return Ok(Json::Object(object));
            }
        } else {
            step_over(reader)?;
        }
    }
}

/// Moves behind a value.
fn step_over(reader: &mut Reader<'_>) -> Parsed<()> {
    let mut depth = 0usize;
    loop {
        match reader.peek().ok_or(ParseErrorKind::UnexpectedEnd)? {
            b'"' => {
                string(reader)?;
                if depth == 0 {
                    return Ok(());
                }
            }
            b'{' | b'[' => {
                depth += 1;
                reader.at += 1;
            }
            b'}' | b']' if depth == 0 => return Ok(()),
            b'}' | b']' => {
                depth -= 1;
                reader.at += 1;
                if depth == 0 {
                    return Ok(());
                }
            }
            b',' if depth == 0 => return Ok(()),
            _ => reader.at += 1,
        }
    }
}

/// Moves behind a string.
fn string(reader: &mut Reader<'_>) -> Parsed<()> {
    let mut at = reader.at + 1;
    loop {
        let found = memchr::memchr2(b'"', b'\\', reader.bytes.get(at..).unwrap_or_default());
        at += found.ok_or(ParseErrorKind::UnexpectedEnd)?;
        if reader.bytes[at] == b'"' {
            reader.at = at + 1;
            return Ok(());
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use proptest::prelude::*;

    #[test]
    fn takes_what_is_wanted() {
        let text = br#" {"a":{"x":[1,{"y":"}]\""}]},"b":[1.10],"c":"\\","d":true,"e":null} "#;
        let read =
            |wanted: &[&str]| String::from_utf8(parse_members(text, wanted).unwrap().to_vec()).unwrap();
        assert_eq!(read(&["b"]), r#"{"b":[1.10]}"#);
        assert_eq!(read(&["d", "c", "none"]), r#"{"c":"\\","d":true}"#);
        assert_eq!(read(&["e"]), r#"{"e":null}"#);
        assert_eq!(read(&[]), "{}");
        assert!(parse_members(b"[1]", &["a"]).is_err());
        assert!(parse_members(br#"{"a":"#, &["a"]).is_err());
        assert!(parse_members(br#"{"a":[{"x":1}"#, &["b"]).is_err());
    }

    proptest! {
        #[test]
        fn agrees_with_the_whole(values in prop::collection::vec((any::<String>(), any::<u32>(), any::<bool>()), 1..8)) {
            let members = values.iter().enumerate().map(|(n, (text, number, nested))| {
                let inner = Json::array([Json::string(text.clone()), Json::integer(i64::from(*number))]);
                (format!("m{n}"), if *nested { Json::object([(text.clone(), inner)]) } else { inner })
            });
            let text = Json::object(members).to_vec();
            let whole = parse(&text).unwrap();
            for n in 0..values.len() {
                let name = format!("m{n}");
                let part = parse_members(&text, &[&name]).unwrap();
                prop_assert_eq!(part.get(&name), whole.get(&name));
            }
        }
    }
}
