//! Cuts a FHIRPath text into tokens (<https://hl7.org/fhirpath/N1/#lexical-elements>).

use super::error::{Fault, ParseError};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq)]
pub enum Token<'t> {
    /// A plain or back-quoted name.
    Name(Cow<'t, str>),
    String(String),
    /// Digits, with a fraction or not.
    Number(&'t str),
    /// What follows `@`: a date, dateTime or time.
    Temporal(&'t str),
    /// `%name`.
    Variable(String),
    /// `$this`, `$index`, `$total`, without the `$`.
    Special(&'t str),
    Symbol(&'static str),
    End,
}

const SYMBOLS: [&str; 24] = [
    "<=", ">=", "!=", "!~", "(", ")", "[", "]", "{", "}", ".", ",", "+", "-", "*", "/", "&", "|", "=", "~",
    "<", ">", "::", ";",
];

/// All tokens with the byte offset where each begins; the last is [`Token::End`].
pub fn tokens(text: &str) -> Result<Vec<(Token<'_>, usize)>, ParseError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut found = Vec::new();
    loop {
        lexer.skip()?;
        let at = lexer.at;
        let token = lexer.next()?;
        let done = token == Token::End;
        found.push((token, at));
        if done {
            return Ok(found);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn fault(&self, fault: Fault) -> ParseError {
        ParseError { fault, at: self.at }
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<(), ParseError> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let end = comment.find("*/").ok_or_else(|| self.fault(Fault::UnfinishedComment))?;
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    fn take(&mut self, keep: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn next(&mut self) -> Result<Token<'t>, ParseError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Token::End) };
        match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = self.take(|c| c.is_ascii_alphanumeric() || c == '_');
                Ok(Token::Name(Cow::Borrowed(name)))
            }
            '0'..='9' => Ok(Token::Number(self.number())),
            '\'' => Ok(Token::String(self.quoted('\'')?)),
            '`' => Ok(Token::Name(Cow::Owned(self.quoted('`')?))),
            '"' => Ok(Token::Name(Cow::Owned(self.quoted('"')?))),
            '@' => {
                self.at += 1;
                let end = temporal_end(self.rest());
                let text = &self.rest()[..end];
                self.at += end;
                Ok(Token::Temporal(text))
            }
            '%' => {
                self.at += 1;
                match self.rest().chars().next() {
                    Some(quote @ ('\'' | '`' | '"')) => Ok(Token::Variable(self.quoted(quote)?)),
                    _ => {
                        let name = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
                        if name.is_empty() {
                            return Err(self.fault(Fault::UnexpectedCharacter));
                        }
                        Ok(Token::Variable(name.to_string()))
                    }
                }
            }
            '$' => {
                self.at += 1;
                let name = self.take(|c| c.is_ascii_alphabetic());
                Ok(Token::Special(name))
            }
            _ => {
                let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                let symbol = symbol.ok_or_else(|| self.fault(Fault::UnexpectedCharacter))?;
                self.at += symbol.len();
                Ok(Token::Symbol(symbol))
            }
        }
    }

    fn number(&mut self) -> &'t str {
        let start = self.at;
        self.take(|c| c.is_ascii_digit());
        let mut after = self.rest().chars();
        if after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.take(|c| c.is_ascii_digit());
        }
        &self.text[start..self.at]
    }

    fn quoted(&mut self, quote: char) -> Result<String, ParseError> {
        self.at += 1;
        let mut out = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((offset, c)) = chars.next() {
            if c == quote {
                self.at += offset + 1;
                return Ok(out);
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            match chars.next().map(|(_, escaped)| escaped) {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some('f') => out.push('\u{c}'),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                    let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    out.push(code.ok_or_else(|| self.fault(Fault::BadEscape))?);
                }
                Some(escaped) => out.push(escaped),
                None => break,
            }
        }
        Err(self.fault(Fault::UnfinishedString))
    }
}

/// The length of a date, dateTime or time literal: it stops before a `.` that begins a call.
fn temporal_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    let mut in_time = false;
    while at < bytes.len() {
        match bytes[at] {
            b'T' if !in_time => in_time = true,
            b'0'..=b'9' => {}
            b'-' | b'+' if digit(at + 1) && (in_time || bytes[at] == b'-') => {}
            b':' if in_time => {}
            b'.' if in_time && digit(at + 1) => {}
            b'Z' if in_time => return at + 1,
            _ => break,
        }
        at += 1;
    }
    at
}
