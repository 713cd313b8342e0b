//! Regular expressions of `matches()`. Linear time, bounded size; compiled patterns are kept.

use super::error::EvaluationError;
use regex_lite::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

/// Compiled patterns kept; an expression beyond them is compiled each time.
const KEPT_MAX: usize = 256;
const PATTERN_MAX: usize = 4096;

/// Whether a text has a part that matches, or matches as a whole. Flags: `i` ignores case, `m` lets `^`
/// and `$` stand at lines. A dot matches line ends too.
pub fn matches(text: &str, pattern: &str, flags: &str, whole: bool) -> Result<bool, EvaluationError> {
    let pattern = if whole { format!("^(?:{pattern})$") } else { pattern.to_string() };
    Ok(compiled(&pattern, flags)?.is_match(text))
}

pub fn replace(text: &str, pattern: &str, by: &str, flags: &str) -> Result<String, EvaluationError> {
    // `$1abc` means group 1: the engine would read a longer name.
    let mut template = String::with_capacity(by.len() + 8);
    let mut rest = by.chars().peekable();
    while let Some(c) = rest.next() {
        template.push(c);
        if c == '$' && rest.peek().is_some_and(char::is_ascii_digit) {
            let digits: String = std::iter::from_fn(|| rest.next_if(char::is_ascii_digit)).collect();
            template.push_str(&format!("{{{digits}}}"));
        }
    }
    Ok(compiled(pattern, flags)?.replace_all(text, template.as_str()).into_owned())
}

fn compiled(pattern: &str, flags: &str) -> Result<Regex, EvaluationError> {
    static KEPT: OnceLock<RwLock<HashMap<String, Regex>>> = OnceLock::new();
    let kept = KEPT.get_or_init(Default::default);
    let key = format!("{flags}/{pattern}");
    if let Some(regex) = kept.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(regex.clone());
    }
    if pattern.len() > PATTERN_MAX {
        return Err(EvaluationError::BadPattern);
    }
    let regex = RegexBuilder::new(pattern)
        .dot_matches_new_line(true)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .size_limit(1 << 20)
        .build()
        .map_err(|_| EvaluationError::BadPattern)?;
    let mut kept = kept.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT_MAX {
        kept.insert(key, regex.clone());
    }
    Ok(regex)
}
