//! `PUT results/settings`, the body as `GET` answers it: the whole list. A code that is left out has no limit any
//! more. Whoever may write the clinic's directory may.

use super::get::told;
use super::write;
use super::{LIMITS_MAX, Settings, Times};
use crate::result::limits::Limit;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use policy::{Group, Verb};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// A month, in minutes.
const MINUTES_MAX: i64 = 31 * 24 * 60;
const WORDS_MAX: usize = 100;

const BAD_LIMIT: Text = Text {
    key: "results.limit",
    fr: "Une limite a un code LOINC, une unité UCUM et au moins une borne ; la borne basse est sous la haute ; chaque code vient une fois. Au plus {max} limites.",
    en: "A limit has a LOINC code, a UCUM unit and at least one bound; the low bound is below the high one; each code comes once. At most {max} limits.",
    de: "Eine Grenze hat einen LOINC-Code, eine UCUM-Einheit und mindestens einen Wert; der untere liegt unter dem oberen; jeder Code kommt einmal vor. Höchstens {max} Grenzen.",
};

const BAD_MINUTES: Text = Text {
    key: "results.minutes",
    fr: "Un délai est un nombre entier de minutes, de 1 à {max} ; un résultat critique n'attend pas plus qu'un anormal, ni un anormal plus qu'un normal.",
    en: "A deadline is a whole number of minutes, from 1 to {max}; a critical result waits no longer than an abnormal one, nor that longer than a normal one.",
    de: "Eine Frist ist eine ganze Zahl von Minuten, von 1 bis {max}; ein kritisches Ergebnis wartet nicht länger als ein auffälliges, dieses nicht länger als ein normales.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "results/settings",
        summary: "Sets the clinic's limits of critical results, and until when results must be looked at",
        access: Access::SignedIn,
        handler: Arc::new(Put),
    }
}

struct Put;

#[async_trait]
impl Handler for Put {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let limits = limits(&mut form);
        let times = times(&mut form);
        form.finish()?;
        let before = Settings::read(&cx.tenant, &cx.ctx).await?;
        let writes = write::writes(&before, &limits, times);
        // A commit decides who may; of nothing, nobody would be refused.
        if writes.is_empty() && !cx.tenant.decide(&cx.ctx, Verb::Write, Group::Directory, None).await? {
            return Err(Error::Denied);
        }
        cx.tenant.commit(&cx.ctx, writes).await?;
        Ok(RouteReply::json(200, &told(&Settings::read(&cx.tenant, &cx.ctx).await?)))
    }
}

fn limits(form: &mut Form<'_>) -> Vec<Limit> {
    let given: Vec<Json<'_>> = form.json().each("limits").cloned().collect();
    let mut read: Vec<Limit> = Vec::new();
    for (n, json) in given.iter().enumerate() {
        let word = |name: &str| {
            json.get_str(name).map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= WORDS_MAX)
        };
        let bound = |name: &str| json.get(name).and_then(Json::as_number);
        let code = word("code").filter(|code| code.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
        let limit = code.zip(word("unit")).and_then(|(code, unit)| {
            Limit::new(code, word("title").unwrap_or(code), unit, bound("low"), bound("high"))
        });
        match limit.filter(|limit| n < LIMITS_MAX && !read.iter().any(|known| known.code == limit.code)) {
            Some(limit) => read.push(limit),
            None => {
                let issue = Issue::error(Code::Value, BAD_LIMIT).at(format!("limits[{n}]"));
                form.wrong(issue.arg("max", LIMITS_MAX));
                break;
            }
        }
    }
    read
}

fn times(form: &mut Form<'_>) -> Times {
    let minutes = |name: &str| {
        let number = form.json().get("minutes")?.get(name).and_then(Json::as_number)?.parse::<i64>().ok()?;
        (1..=MINUTES_MAX).contains(&number).then_some(number)
    };
    let said = (minutes("critical"), minutes("abnormal"), minutes("normal"));
    if let (Some(critical), Some(abnormal), Some(normal)) = said
        && critical <= abnormal
        && abnormal <= normal
    {
        return Times { critical, abnormal, normal };
    }
    form.wrong(Issue::error(Code::Value, BAD_MINUTES).at("minutes").arg("max", MINUTES_MAX));
    Times::default()
}
