//! Lines of the synthesis: a few words, each with the resource that they come from.

use fhir::{Json, Lang};

/// How a line stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Emphasis {
    Critical,
    Abnormal,
    None,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub text: String,
    pub detail: Option<String>,
    /// As the resource says it: a day, a month, a year or a moment.
    pub date: Option<String>,
    /// `Condition/…`
    pub source: String,
    pub emphasis: Emphasis,
}

impl Line {
    pub fn new(resource: &Json<'_>, text: impl Into<String>) -> Line {
        Line {
            text: text.into(),
            detail: None,
            date: None,
            source: source(resource),
            emphasis: Emphasis::None,
        }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<Option<String>>) -> Line {
        self.detail = detail.into().filter(|detail| !detail.is_empty());
        self
    }

    #[must_use]
    pub fn date(mut self, date: Option<&str>) -> Line {
        self.date = date.map(String::from);
        self
    }

    #[must_use]
    pub fn emphasis(mut self, emphasis: Emphasis) -> Line {
        self.emphasis = emphasis;
        self
    }

    fn json(&self) -> Json<'static> {
        let mut members = vec![("text", Json::string(self.text.clone()))];
        let optional = [("detail", &self.detail), ("date", &self.date)];
        members.extend(optional.into_iter().filter_map(|(n, v)| Some((n, Json::string(v.clone()?)))));
        members.push(("source", Json::string(self.source.clone())));
        match self.emphasis {
            Emphasis::Critical => members.push(("emphasis", Json::string("critical"))),
            Emphasis::Abnormal => members.push(("emphasis", Json::string("abnormal"))),
            Emphasis::None => {}
        }
        Json::object(members)
    }

    /// For sentences in a note.
    pub fn sentence(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{} ({detail})", self.text),
            None => self.text.clone(),
        }
    }
}

/// What is known when there are no lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    NoneKnown,
    NotRecorded,
    /// The caller may not read it, or it is said to be unavailable.
    Unavailable,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::NoneKnown => "none-known",
            State::NotRecorded => "not-recorded",
            State::Unavailable => "unavailable",
        }
    }
}

/// One part of the synthesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub code: &'static str,
    pub state: Option<State>,
    pub lines: Vec<Line>,
    /// Lines that are there and not shown.
    pub omitted: usize,
}

/// Lines that one section shows.
const LINES_MAX: usize = 30;

impl Section {
    /// Of lines in their order; `None`: the caller may not read what they come from.
    pub fn of(code: &'static str, lines: Option<Vec<Line>>) -> Section {
        match lines {
            None => Section { code, state: Some(State::Unavailable), lines: Vec::new(), omitted: 0 },
            Some(mut lines) => {
                let omitted = lines.len().saturating_sub(LINES_MAX);
                lines.truncate(LINES_MAX);
                let state = lines.is_empty().then_some(State::NotRecorded);
                Section { code, state, lines, omitted }
            }
        }
    }

    pub fn json(&self, lang: Lang) -> Json<'static> {
        let title = super::words::title(self.code, lang);
        let mut members = vec![("code", Json::string(self.code)), ("title", Json::string(title))];
        members.extend(self.state.map(|state| ("state", Json::string(state.name()))));
        members.push(("lines", Json::array(self.lines.iter().map(Line::json))));
        if self.omitted > 0 {
            members.push(("omitted", Json::integer(i64::try_from(self.omitted).unwrap_or(i64::MAX))));
        }
        Json::object(members)
    }
}

/// What stands out first, then the newest, then by the words: the same chart gives the same lines.
pub(crate) fn newest_first(lines: &mut [Line]) {
    lines.sort_by(|a, b| {
        let (one, other) = (moment(a.date.as_deref()), moment(b.date.as_deref()));
        a.emphasis.cmp(&b.emphasis).then(other.cmp(&one)).then_with(|| named(a).cmp(&named(b)))
    });
}

pub(crate) fn by_name(lines: &mut [Line]) {
    lines.sort_by_key(|line| (line.emphasis, line.text.to_lowercase(), line.source.clone()));
}

fn named(line: &Line) -> (&str, &str) {
    (&line.text, &line.source)
}

/// The first moment of a date, ms since epoch; what has none comes last.
pub(crate) fn moment(date: Option<&str>) -> i64 {
    date.and_then(fhir::date::parse).map_or(i64::MIN, |moment| moment.lo_ms)
}

/// `Condition/…`
pub(crate) fn source(resource: &Json<'_>) -> String {
    let part = |name: &str| resource.get_str(name).unwrap_or_default();
    format!("{}/{}", part("resourceType"), part("id"))
}

/// The words of a CodeableConcept: its text, else what its first coding is called, else the code.
pub(crate) fn words(concept: Option<&Json<'_>>) -> Option<String> {
    let concept = concept?;
    let coding = |name: &str| concept.each("coding").find_map(|c| c.get_str(name).filter(|t| !t.is_empty()));
    let text = concept.get_str("text").filter(|t| !t.is_empty());
    text.or_else(|| coding("display")).or_else(|| coding("code")).map(String::from)
}

/// The code of a concept in a system.
pub(crate) fn code<'j>(concept: Option<&'j Json<'_>>, system: &str) -> Option<&'j str> {
    concept?.each("coding").find(|c| c.get_str("system") == Some(system))?.get_str("code")
}

/// Whether a concept has one of these codes, in whatever system.
pub(crate) fn has_code(concept: Option<&Json<'_>>, codes: &[&str]) -> bool {
    let codings = concept.into_iter().flat_map(|concept| concept.each("coding"));
    codings.into_iter().any(|c| c.get_str("code").is_some_and(|code| codes.contains(&code)))
}

/// `6,8 mmol/L` of a Quantity.
pub(crate) fn quantity(json: Option<&Json<'_>>, lang: Lang) -> Option<String> {
    let json = json?;
    let value = number(json.get("value")?.as_number()?, lang);
    let unit = json.get_str("unit").or_else(|| json.get_str("code"));
    Some(unit.map_or_else(|| value.clone(), |unit| format!("{value} {unit}")))
}

/// A number as it is written in a language.
pub(crate) fn number(text: &str, lang: Lang) -> String {
    if lang == Lang::En { text.to_string() } else { text.replace('.', ",") }
}

/// The value of a Quantity.
pub(crate) fn value(json: Option<&Json<'_>>) -> Option<f64> {
    json?.get("value")?.as_number()?.parse().ok()
}

/// When something was, of a choice of date, period, or text.
pub(crate) fn when<'j>(resource: &'j Json<'_>, name: &str) -> Option<&'j str> {
    let date = resource.get_str(&format!("{name}DateTime"));
    date.or_else(|| {
        let period = resource.get(&format!("{name}Period"))?;
        period.get_str("start").or_else(|| period.get_str("end"))
    })
}
