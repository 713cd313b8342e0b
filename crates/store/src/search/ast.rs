//! What a search asks for, as a tree.

use fhir::ResourceType;
use fhir::search::SearchParam;
use std::collections::HashSet;

/// A condition on a resource of a known type.
#[derive(Clone, Debug)]
pub enum Criterion {
    Test(Test),
    /// `param:missing=true|false`
    Missing {
        param: &'static SearchParam,
        missing: bool,
    },
    /// `_id`: any of these.
    Id(HashSet<String>),
    /// `_lastUpdated`, any of these; `vids` are the same as bounds `from < vid <= to`, once looked up.
    Updated {
        moments: Vec<Moment>,
        vids: Option<Vec<(i64, i64)>>,
    },
    /// `param[:type].rest`: the reference points to a resource of one of these types that meets a condition.
    Chain {
        param: &'static SearchParam,
        targets: Vec<(ResourceType, Criterion)>,
    },
    /// `_has:from:param:rest`: a resource of type `from` that meets a condition points here.
    Has {
        from: ResourceType,
        param: &'static SearchParam,
        inner: Box<Criterion>,
    },
    /// `_list`: members of any of these lists.
    List(Vec<String>),
    /// `_content` or `_text`: all of these folded words occur, in the text or only in the narrative.
    Words {
        words: Vec<String>,
        narrative: bool,
    },
    /// `near`: within a distance of a point.
    Near(Near),
    /// A chain whose target resources are known: the reference is one of these.
    Refers {
        param: &'static SearchParam,
        names: HashSet<(ResourceType, String)>,
    },
    All(Vec<Criterion>),
    Any(Vec<Criterion>),
    Not(Box<Criterion>),
}

/// One parameter against any of its values.
#[derive(Clone, Debug)]
pub struct Test {
    pub param: &'static SearchParam,
    pub modifier: Modifier,
    pub operands: Vec<Operand>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    None,
    Exact,
    Contains,
    Text,
    Above,
    Below,
    In,
    OfType,
    Identifier,
    /// `_filter`'s `ew`.
    EndsWith,
    /// `_filter`'s `eq` on strings: whole value, folded.
    Whole,
}

/// <https://hl7.org/fhir/R4/search.html#prefix>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
    Sa,
    Eb,
    Ap,
}

/// A date and its comparison, ms since epoch, inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub prefix: Prefix,
    pub lo: i64,
    pub hi: i64,
}

/// A number and its comparison: the value and the interval that its precision implies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub prefix: Prefix,
    pub value: f64,
    pub lo: f64,
    pub hi: f64,
}

/// Which code system a token must be of.
#[derive(Clone, Debug, PartialEq)]
pub enum System {
    /// `code`
    Any,
    /// `|code`
    Absent,
    /// `system|code`
    Is(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub system: System,
    /// `None` for `system|`.
    pub code: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Token(Token),
    /// `:of-type=system|code|value`
    OfType {
        system: String,
        code: String,
        value: String,
    },
    /// `:in`: a value set, by its canonical URL; becomes [`Operand::Codes`].
    ValueSet(String),
    /// `:above` and `:below` of a code; becomes [`Operand::Codes`].
    Subsumed {
        system: String,
        code: String,
        below: bool,
    },
    /// Any of these codes (system, code).
    Codes(HashSet<(String, String)>),
    /// Strings and `:text`; as given and folded.
    Text {
        given: String,
        folded: String,
    },
    /// A resource of this server, of any of these types.
    Reference {
        types: Vec<ResourceType>,
        id: String,
    },
    /// Anything else that a reference may be, version cut off.
    Url {
        url: String,
        version: Option<String>,
    },
    Date(Moment),
    Number(Amount),
    Quantity {
        amount: Amount,
        unit: Unit,
    },
    Uri(String),
    Composite(Vec<Operand>),
}

/// The unit that a quantity is asked in.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    Any,
    /// A UCUM unit that is understood: the amount in its canonical unit.
    Canonical {
        amount: Amount,
        unit: String,
    },
    /// System (if given) and code or unit text.
    Named {
        system: Option<String>,
        code: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub latitude: f64,
    pub longitude: f64,
    /// km
    pub distance: f64,
}

impl Criterion {
    /// A condition that nothing meets.
    pub fn nothing() -> Criterion {
        Criterion::Any(Vec::new())
    }

    /// Whether the tree holds a part that other resources decide.
    pub fn is_joined(&self) -> bool {
        match self {
            Criterion::Chain { .. } | Criterion::Has { .. } | Criterion::List(_) => true,
            Criterion::Test(test) => {
                test.operands.iter().any(|o| matches!(o, Operand::ValueSet(_) | Operand::Subsumed { .. }))
            }
            Criterion::All(parts) | Criterion::Any(parts) => parts.iter().any(Criterion::is_joined),
            Criterion::Not(inner) => inner.is_joined(),
            _ => false,
        }
    }
}

impl Prefix {
    /// Splits `ge2024` into its comparison and the rest.
    pub fn split(text: &str) -> (Prefix, &str) {
        let known = match text.get(..2) {
            Some("eq") => Prefix::Eq,
            Some("ne") => Prefix::Ne,
            Some("gt") => Prefix::Gt,
            Some("lt") => Prefix::Lt,
            Some("ge") => Prefix::Ge,
            Some("le") => Prefix::Le,
            Some("sa") => Prefix::Sa,
            Some("eb") => Prefix::Eb,
            Some("ap") => Prefix::Ap,
            _ => return (Prefix::Eq, text),
        };
        (known, &text[2..])
    }
}
