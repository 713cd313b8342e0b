//! Reads the FHIRPath of search parameters. They use five shapes and little else; anything more is refused.

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Name(String),
    /// `as(T)`, `ofType(T)` and `x as T`.
    As(String),
    /// `where(member = 'value')`.
    Where(String, String),
    /// `where(resolve() is T)`.
    Resolves(String),
    /// `[n]`.
    Index(usize),
    /// `%resource`.
    Root,
}

/// The branches of a union.
pub fn branches(text: &str) -> Result<Vec<Vec<Part>>, String> {
    split(text, '|').into_iter().map(branch).collect()
}

fn branch(text: &str) -> Result<Vec<Part>, String> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('(') {
        let close = closing(rest).ok_or_else(|| format!("unclosed: {text}"))?;
        let mut parts = branch(&rest[..close])?;
        let after = rest[close + 1..].trim().trim_start_matches('.');
        if !after.is_empty() {
            parts.extend(branch(after)?);
        }
        return Ok(parts);
    }
    if let Some((left, kind)) = text.rsplit_once(" as ") {
        let mut parts = branch(left)?;
        parts.push(Part::As(kind.trim().to_string()));
        return Ok(parts);
    }
    let mut parts = Vec::new();
    for step in split(text, '.') {
        part(step.trim(), &mut parts)?;
    }
    Ok(parts)
}

fn part(step: &str, parts: &mut Vec<Part>) -> Result<(), String> {
    let refused = || format!("not understood: {step}");
    let argument = |name: &str| step.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::trim);
    if let Some(kind) = argument("as").or(argument("ofType")) {
        parts.push(Part::As(kind.to_string()));
    } else if let Some(condition) = argument("where") {
        if let Some(kind) = condition.strip_prefix("resolve() is ") {
            parts.push(Part::Resolves(kind.trim().to_string()));
            return Ok(());
        }
        let (member, value) = condition.split_once('=').ok_or_else(refused)?;
        let value = value.trim().strip_prefix('\'').and_then(|v| v.strip_suffix('\'')).ok_or_else(refused)?;
        parts.push(Part::Where(member.trim().to_string(), value.to_string()));
    } else if step == "%resource" {
        parts.push(Part::Root);
    } else {
        let (name, index) = match step.strip_suffix(']').and_then(|s| s.split_once('[')) {
            Some((name, index)) => (name, Some(index.parse().map_err(|_| refused())?)),
            None => (step, None),
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(refused());
        }
        parts.push(Part::Name(name.to_string()));
        parts.extend(index.map(Part::Index));
    }
    Ok(())
}

/// Splits at a character that stands in no parentheses.
fn split(text: &str, at: char) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0, 0, Vec::new());
    for (i, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if c == at && depth == 0 => {
                out.push(&text[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    out.push(&text[from..]);
    out
}

/// Where the parenthesis closes that was opened just before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (i, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_shapes() {
        let name = |n: &str| Part::Name(n.into());
        assert_eq!(
            branches("A.b | (A.c as Quantity)").unwrap(),
            [vec![name("A"), name("b")], vec![name("A"), name("c"), Part::As("Quantity".into())],]
        );
        assert_eq!(
            branches("A.b.where(resolve() is Patient)").unwrap()[0][2],
            Part::Resolves("Patient".into())
        );
        assert_eq!(branches("A.b.where(x = 'y').c").unwrap()[0][2], Part::Where("x".into(), "y".into()));
        assert_eq!(branches("A.e[0].r").unwrap()[0], [name("A"), name("e"), Part::Index(0), name("r")]);
        assert!(branches("A.b.exists() and A.c").is_err());
    }
}
