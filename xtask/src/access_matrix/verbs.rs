//! Cells about the verbs of the API: every path and method of the OpenAPI description.

use super::cell::{Expected, Wire};
use super::tally::Tally;
use super::world::{Actor, TENANT, World};

/// `METHOD path who`: who is `open` (no sign-in), `any` (everyone who is signed in), `own` (everyone, about what is
/// their own), `session` (ends the session that it is asked with), `stream` (is not asked here), `none` (none of
/// these accounts) or roles with commas. What is sent may follow; `{}` if nothing does. Of a GET, `?…` is its query.
const VERBS: &str = include_str!("verbs.txt");

pub async fn ask(_: &World, actor: &Actor, wire: &mut Wire, tally: &mut Tally) -> Result<(), String> {
    for (method, path) in declared(wire).await? {
        let Some((who, sent)) = line(&method, &path) else {
            tally.unspecified("API", format!("{method} {path} is not in verbs.txt"));
            continue;
        };
        // Has no end: `crates/edge/tests/hub/live.rs` asks it.
        if who == "stream" {
            continue;
        }
        // Ends the token that it is asked with.
        if who == "session" && !actor.is_nobody() {
            continue;
        }
        let expected = expected(actor, who);
        // Outside the API the address names the clinic; a token names its own.
        let clinic = if path.starts_with("api/") { String::new() } else { format!("/t/{TENANT}") };
        let query = if method == "GET" && sent.starts_with('?') { sent } else { "" };
        let target = format!("{clinic}/{}{query}", filled(&path));
        let body = if method == "GET" || method == "DELETE" { "" } else { sent };
        let answer = wire.send(actor.token(), &method, &target, body).await?;
        let status = answer.status;
        let right = match expected {
            _ if status >= 500 => false,
            // The request is empty or about nothing: only a refusal of the person would be wrong.
            Expected::Allowed if who == "open" => true,
            Expected::Allowed if who == "own" => status != 401,
            Expected::Allowed => !matches!(status, 401 | 403) || asks_factor(&answer.body),
            Expected::Denied => matches!(status, 403 | 404),
            Expected::SignIn => expected.fits(status),
        };
        tally.count("API", expected, right, || {
            let text = String::from_utf8_lossy(&answer.body).chars().take(120).collect::<String>();
            format!("{}: {method} {path} -> {status}, expected {expected:?} ({who}) {text}", actor.shown())
        });
    }
    Ok(())
}

/// The person may, once a factor was given: a token of the command line gives none in a browser.
fn asks_factor(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("fresh-factor")
}

fn expected(actor: &Actor, who: &str) -> Expected {
    match who {
        "open" => return Expected::Allowed,
        "session" => return Expected::Denied,
        _ => {}
    }
    if actor.is_nobody() {
        return Expected::SignIn;
    }
    if who == "none" {
        return Expected::Denied;
    }
    let named = who.split(',').any(|role| actor.roles.iter().any(|held| held.as_str() == role));
    Expected::of(matches!(who, "any" | "own") || named)
}

/// Who may, and what is sent.
fn line(method: &str, path: &str) -> Option<(&'static str, &'static str)> {
    VERBS.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut words = line.splitn(4, ' ');
        let same = words.next() == Some(method) && words.next() == Some(path);
        if same { Some((words.next()?, words.next().unwrap_or("{}"))) } else { None }
    })
}

/// A path with something in the place of its parameters: a patient who is a stranger to all.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "p-stranger" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn declared(wire: &mut Wire) -> Result<Vec<(String, String)>, String> {
    let answer = wire.send(None, "GET", "/api/v1/openapi.json", "").await?;
    let description = fhir::json::parse(&answer.body).map_err(|e| format!("openapi.json: {e:?}"))?;
    let paths = description.get("paths").and_then(|p| p.as_object()).ok_or("openapi.json has no paths")?;
    let mut out = Vec::new();
    for (path, methods) in paths.iter() {
        for (method, _) in methods.as_object().into_iter().flat_map(|methods| methods.iter()) {
            if matches!(method, "get" | "post" | "put" | "patch" | "delete") {
                out.push((method.to_uppercase(), path.trim_start_matches('/').to_string()));
            }
        }
    }
    if out.is_empty() { Err("openapi.json names no verb".into()) } else { Ok(out) }
}
