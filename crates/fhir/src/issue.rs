//! What is wrong, for people and for programs: one issue of an OperationOutcome
//! (<https://hl7.org/fhir/R4/operationoutcome.html>), with a sentence in the caller's language.

/// A language of the product. French is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Fr,
    En,
    De,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Information,
    Warning,
    Error,
    Fatal,
}

/// The issue types of <https://hl7.org/fhir/R4/valueset-issue-type.html> that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Invalid,
    Structure,
    Required,
    Value,
    Invariant,
    Security,
    Login,
    Forbidden,
    NotSupported,
    Duplicate,
    MultipleMatches,
    NotFound,
    Deleted,
    TooLong,
    TooCostly,
    CodeInvalid,
    Extension,
    BusinessRule,
    Conflict,
    Processing,
    Transient,
    Throttled,
    Exception,
    Timeout,
    Informational,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Invalid => "invalid",
            Code::Structure => "structure",
            Code::Required => "required",
            Code::Value => "value",
            Code::Invariant => "invariant",
            Code::Security => "security",
            Code::Login => "login",
            Code::Forbidden => "forbidden",
            Code::NotSupported => "not-supported",
            Code::Duplicate => "duplicate",
            Code::MultipleMatches => "multiple-matches",
            Code::NotFound => "not-found",
            Code::Deleted => "deleted",
            Code::TooLong => "too-long",
            Code::TooCostly => "too-costly",
            Code::CodeInvalid => "code-invalid",
            Code::Extension => "extension",
            Code::BusinessRule => "business-rule",
            Code::Conflict => "conflict",
            Code::Processing => "processing",
            Code::Transient => "transient",
            Code::Throttled => "throttled",
            Code::Exception => "exception",
            Code::Timeout => "timeout",
            Code::Informational => "informational",
        }
    }
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
            Severity::Fatal => "fatal",
        }
    }
}

/// A sentence in three languages with `{name}` holes. Say what happened, where, and what to do; never put
/// a patient's identity into an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Stable name of the sentence, such as `json.duplicate-member`; shown to programs.
    pub key: &'static str,
    pub fr: &'static str,
    pub en: &'static str,
    pub de: &'static str,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    pub severity: Severity,
    pub code: Code,
    /// A FHIRPath location such as `Patient.name[0].given`, if it has one.
    pub expression: Option<String>,
    pub text: Text,
    pub args: Vec<(&'static str, String)>,
}

impl Issue {
    pub fn error(code: Code, text: Text) -> Self {
        Issue { severity: Severity::Error, code, expression: None, text, args: Vec::new() }
    }

    pub fn warning(code: Code, text: Text) -> Self {
        Issue { severity: Severity::Warning, ..Issue::error(code, text) }
    }

    #[must_use]
    pub fn at(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }

    /// Fills the hole `{name}` of the sentence.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The sentence in a language.
    pub fn sentence(&self, lang: Lang) -> String {
        let pattern = match lang {
            Lang::Fr => self.text.fr,
            Lang::En => self.text.en,
            Lang::De => self.text.de,
        };
        let mut out = pattern.to_string();
        for (name, value) in &self.args {
            out = out.replace(&format!("{{{name}}}"), value);
        }
        out
    }
}

impl std::fmt::Display for Issue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for Issue {}
