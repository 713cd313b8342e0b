//! What a request says, read from a form and written onto a ServiceRequest.

use super::acts::{self, CCAM};
use super::anaesthesia;
use super::element::{
    ANAESTHESIA, APPROACH, BLOOD, CLEANING, COST, ISOLATION, MINUTES, NEED, NIGHTS, POSITION,
    PREAUTHORISATION, SETTING, SIDES, SNOMED, SURGERY, URGENCY, concept, is_surgery, link, make, name_of,
    put, text, words,
};
use super::message::{DAY, NEEDS, NO_ACT, NUMBER, SIDE_EXTRA, SIDE_MISSING, UNKNOWN_PERSON};
use fhir::{Code, Issue, Json};
use jiff::civil::Date;
use service::{Form, RouteCtx};
use store::{Error, Result};

const URGENCIES: [(&str, &str); 4] =
    [("elective", "routine"), ("soon", "asap"), ("urgent", "urgent"), ("immediate", "stat")];
const SETTINGS: [(&str, &str); 2] = [("ambulatory", "ambulatory"), ("inpatient", "inpatient")];
const AUTHORISED: [(&str, &str); 4] =
    [("not-needed", "not-needed"), ("asked", "asked"), ("granted", "granted"), ("refused", "refused")];
const KINDS: [&str; 7] =
    ["capability", "equipment", "tray", "nurse-skill", "recovery", "intensive-care", "implant"];
const NEEDS_MAX: usize = 30;

struct Need {
    kind: &'static str,
    words: String,
    reference: Option<String>,
    count: i64,
}

/// A request for an operation. What is `None` was not said.
#[derive(Default)]
pub(super) struct Asked {
    act: Option<(Option<(String, String)>, String)>,
    side: Option<&'static str>,
    urgency: Option<(&'static str, &'static str)>,
    surgeon: Option<(String, String)>,
    diagnosis: Option<String>,
    target: Option<Date>,
    not_before: Option<Date>,
    setting: Option<&'static str>,
    nights: Option<i64>,
    anaesthesia: Option<&'static str>,
    position: Option<String>,
    approach: Option<String>,
    minutes: Option<i64>,
    cleaning: Option<i64>,
    preauthorisation: Option<&'static str>,
    isolation: Option<String>,
    blood: Option<String>,
    cost: Option<Json<'static>>,
    note: Option<String>,
    facility: Option<String>,
    needs: Option<Vec<Need>>,
}

impl Asked {
    /// Reads the form; `new`: act and surgeon are needed.
    ///
    /// # Errors
    /// All faults at once.
    pub async fn read(cx: &RouteCtx, form: &mut Form<'_>, new: bool) -> Result<Asked> {
        let mut asked = Asked { act: act(form, new), ..Asked::default() };
        asked.side = form.choice("side", &SIDES.map(|(side, ..)| (side, side)));
        asked.urgency = form.choice("urgency", &URGENCIES.map(|u| (u.0, u)));
        asked.surgeon = surgeon(cx, form, new).await?;
        asked.diagnosis = form.text("diagnosis", 500);
        asked.target = day(form, "target");
        asked.not_before = day(form, "notBefore");
        if asked.target.zip(asked.not_before).is_some_and(|(last, first)| last < first) {
            form.wrong(Issue::error(Code::Value, DAY).at("target"));
        }
        asked.setting = form.choice("setting", &SETTINGS);
        asked.nights = whole(form, "nights", 0, 365);
        asked.anaesthesia = form.choice("anaesthesia", &anaesthesia::KINDS.map(|(kind, _)| (kind, kind)));
        asked.position = form.text("position", 200);
        asked.approach = form.text("approach", 200);
        asked.minutes = whole(form, "minutes", 5, 1440);
        asked.cleaning = whole(form, "cleaning", 0, 240);
        asked.preauthorisation = form.choice("preauthorisation", &AUTHORISED);
        asked.isolation = form.text("isolation", 60);
        asked.blood = form.text("blood", 300);
        asked.cost = cost(form);
        asked.note = form.text("note", 4_000);
        asked.facility = form.text("facility", 100).filter(|f| f.starts_with("Location/"));
        asked.needs = needs(form);
        Ok(asked)
    }

    /// Notes a side that is missing or too much, of the act as it will be.
    pub fn check_side(&self, request: &Json<'_>, form: &mut Form<'_>) {
        let concept = request.get("code");
        let code = concept.and_then(|c| c.each("coding").find_map(|c| c.get_str("code"))).unwrap_or_default();
        let shown = concept.and_then(super::element::label).unwrap_or_default();
        match (acts::lateral(code, &shown), super::element::side_of(request)) {
            (Some(true), None) => form.wrong(Issue::error(Code::Required, SIDE_MISSING).at("side")),
            (Some(false), Some(_)) => form.wrong(Issue::error(Code::BusinessRule, SIDE_EXTRA).at("side")),
            _ => {}
        }
    }

    /// Onto the ServiceRequest: only what was said.
    pub fn onto(&self, request: &mut Json<'static>) {
        if !is_surgery(request) {
            set(request, "category", Json::array([concept(SNOMED, SURGERY, "Intervention chirurgicale")]));
        }
        if let Some((coding, shown)) = &self.act {
            let code = match coding {
                Some((system, code)) => concept(system, code, shown),
                None => words(shown),
            };
            set(request, "code", code);
            // The side of another act is not taken over.
            if let Some(object) = request.as_object_mut() {
                object.remove("bodySite");
            }
        }
        if let Some((_, code, shown)) = self.side.and_then(|side| SIDES.iter().find(|s| s.0 == side)) {
            set(request, "bodySite", Json::array([concept(SNOMED, code, shown)]));
        }
        if let Some((urgency, priority)) = self.urgency {
            set(request, "priority", text(priority));
            put(request, URGENCY, Some(make(URGENCY, "valueCode", text(urgency))));
        }
        if let Some((who, name)) = &self.surgeon {
            set(request, "performer", Json::array([link(who, Some(name))]));
        }
        if let Some(diagnosis) = &self.diagnosis {
            set(request, "reasonCode", Json::array([words(diagnosis)]));
        }
        self.period(request);
        if let Some(facility) = &self.facility {
            set(request, "locationReference", Json::array([link(facility, None)]));
        }
        if let Some(note) = &self.note {
            set(request, "note", Json::array([words(note)]));
        }
        self.extensions(request);
    }

    fn period(&self, request: &mut Json<'static>) {
        if self.target.is_none() && self.not_before.is_none() {
            return;
        }
        let kept =
            |name: &str| request.get("occurrencePeriod").and_then(|p| p.get_str(name)).map(str::to_string);
        let start = self.not_before.map(|d| d.to_string()).or_else(|| kept("start"));
        let end = self.target.map(|d| d.to_string()).or_else(|| kept("end"));
        let members = [("start", start), ("end", end)].into_iter().filter_map(|(n, v)| Some((n, text(v?))));
        let period = Json::object(members);
        if let Some(object) = request.as_object_mut() {
            object.remove("occurrenceDateTime");
        }
        set(request, "occurrencePeriod", period);
    }

    fn extensions(&self, request: &mut Json<'static>) {
        let code = |code: &str| ("valueCode", text(code));
        let count = |n: i64| ("valueUnsignedInt", Json::integer(n));
        let said = |words_: &String| ("valueCodeableConcept", words(words_));
        let all = [
            (SETTING, self.setting.map(code)),
            (NIGHTS, self.nights.map(count)),
            (ANAESTHESIA, self.anaesthesia.and_then(anaesthesia::make).map(|a| ("valueCodeableConcept", a))),
            (POSITION, self.position.as_ref().map(said)),
            (APPROACH, self.approach.as_ref().map(said)),
            (MINUTES, self.minutes.map(count)),
            (CLEANING, self.cleaning.map(count)),
            (PREAUTHORISATION, self.preauthorisation.map(code)),
            (ISOLATION, self.isolation.as_deref().map(code)),
            (BLOOD, self.blood.as_ref().map(|b| ("valueString", text(b)))),
            (COST, self.cost.clone().map(|c| ("valueMoney", c))),
        ];
        for (url, value) in all {
            if let Some((member, value)) = value {
                put(request, url, Some(make(url, member, value)));
            }
        }
        let Some(needs) = &self.needs else { return };
        put(request, NEED, None);
        let kept: Vec<Json<'static>> = request.each("extension").cloned().collect();
        let all: Vec<Json<'static>> = kept.into_iter().chain(needs.iter().map(need)).collect();
        if !all.is_empty() {
            set(request, "extension", Json::Array(all));
        }
    }
}

fn set(json: &mut Json<'static>, name: &'static str, value: Json<'static>) {
    if let Some(object) = json.as_object_mut() {
        object.set(name, value);
    }
}

fn need(need: &Need) -> Json<'static> {
    let what = match &need.reference {
        Some(reference) => ("valueReference", link(reference, Some(&need.words))),
        None => ("valueCodeableConcept", words(&need.words)),
    };
    let parts = [
        make("kind", "valueCode", text(need.kind)),
        make("what", what.0, what.1),
        make("count", "valueUnsignedInt", Json::integer(need.count)),
    ];
    Json::object([("url", text(NEED)), ("extension", Json::array(parts))])
}

/// System and code if it has one, and the words.
fn act(form: &mut Form<'_>, new: bool) -> Option<(Option<(String, String)>, String)> {
    let said = form.json().get("act").cloned().map(Json::into_owned);
    let (code, system, shown) = match &said {
        Some(Json::Object(_)) => {
            let get = |name: &str| {
                let found = said.as_ref().and_then(|a| a.get_str(name)).map(str::trim);
                found.filter(|t| !t.is_empty() && t.chars().count() <= 300).map(str::to_string)
            };
            (get("code"), get("system"), get("text").or_else(|| get("display")))
        }
        Some(words) => {
            (None, None, words.as_str().map(str::trim).filter(|w| !w.is_empty()).map(str::to_string))
        }
        None => (None, None, None),
    };
    let known = code.as_deref().and_then(acts::act);
    let shown = shown.or_else(|| known.map(|act| act.text.clone())).or_else(|| code.clone());
    match shown {
        Some(shown) => {
            let coding = code.map(|code| (system.unwrap_or_else(|| CCAM.to_string()), code));
            Some((coding, shown.chars().take(300).collect()))
        }
        None => {
            if new || said.is_some() {
                form.wrong(Issue::error(Code::Required, NO_ACT).at("act"));
            }
            None
        }
    }
}

async fn surgeon(cx: &RouteCtx, form: &mut Form<'_>, new: bool) -> Result<Option<(String, String)>> {
    let said = match form.json().get("surgeon") {
        Some(json @ Json::Object(_)) => json.get_str("ref").map(str::to_string),
        _ if new => Some(form.required("surgeon", 100)).filter(|s| !s.is_empty()),
        _ => form.text("surgeon", 100),
    };
    let Some(said) = said else { return Ok(None) };
    let reference = if said.contains('/') { said } else { format!("Practitioner/{said}") };
    let name = match reference.strip_prefix("Practitioner/") {
        Some(_) => name_of(cx, &reference).await,
        None => Err(Error::NotFound),
    };
    match name {
        Ok(name) => Ok(Some((reference, name))),
        Err(Error::NotFound | Error::Gone { .. } | Error::Refused(_)) => {
            form.wrong(Issue::error(Code::NotFound, UNKNOWN_PERSON).at("surgeon"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

fn day(form: &mut Form<'_>, name: &str) -> Option<Date> {
    let said = form.text(name, 10)?;
    let found = said.parse().ok();
    if found.is_none() {
        form.wrong(Issue::error(Code::Value, DAY).at(name));
    }
    found
}

fn whole(form: &mut Form<'_>, name: &str, min: i64, max: i64) -> Option<i64> {
    let said = form.json().get(name).filter(|v| !matches!(v, Json::Null))?;
    let found = said.as_number().and_then(|n| n.parse::<i64>().ok()).filter(|n| (min..=max).contains(n));
    if found.is_none() {
        form.wrong(Issue::error(Code::Value, NUMBER).at(name).arg("min", min).arg("max", max));
    }
    found
}

/// `{value, currency}`: an amount that is not negative.
fn cost(form: &mut Form<'_>) -> Option<Json<'static>> {
    let said = form.json().get("cost").filter(|c| c.as_object().is_some())?;
    let value =
        said.get("value").and_then(Json::as_number).filter(|v| v.parse::<f64>().is_ok_and(|v| v >= 0.0));
    let Some(value) = value.map(str::to_string) else {
        form.wrong(Issue::error(Code::Value, NUMBER).at("cost.value").arg("min", 0).arg("max", 10_000_000));
        return None;
    };
    let currency = said.get_str("currency").filter(|c| c.len() == 3).unwrap_or("EUR").to_string();
    Some(Json::object([("value", Json::number(value)), ("currency", text(currency))]))
}

fn needs(form: &mut Form<'_>) -> Option<Vec<Need>> {
    let said = form.json().get("needs")?.as_array()?;
    let read = |json: &Json<'_>| {
        let kind = json.get_str("kind")?;
        let reference = json.get_str("ref").filter(|r| r.starts_with("Device/")).map(str::to_string);
        let shown = json.get_str("text").map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= 200);
        let words = shown.map(str::to_string).or_else(|| reference.clone())?;
        let count = json.get("count").and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(1);
        let kind = KINDS.into_iter().find(|k| *k == kind)?;
        (1..=20).contains(&count).then_some(Need { kind, words, reference, count })
    };
    let found: Option<Vec<Need>> = said.iter().map(read).collect();
    let found = found.filter(|needs| needs.len() <= NEEDS_MAX);
    if found.is_none() {
        let issue = Issue::error(Code::Value, NEEDS).at("needs");
        form.wrong(issue.arg("kinds", KINDS.join(", ")).arg("max", NEEDS_MAX));
    }
    found
}
