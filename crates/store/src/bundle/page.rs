//! What a GET entry of a batch found, as a Bundle of its own
//! (<https://hl7.org/fhir/R4/search.html#return>, <https://hl7.org/fhir/R4/http.html#history>).

use super::answer::outcome;
use crate::backend::Op;
use crate::history::HistoryPage;
use crate::read::Visible;
use crate::search::{Mode, SearchPage, SearchRequest};
use bytes::Bytes;
use fhir::{Json, Lang};

/// A `searchset`.
pub(super) fn search(request: &SearchRequest, page: &SearchPage, base: &str, lang: Lang) -> Bytes {
    let mut out = open("searchset", page.total);
    if !base.is_empty() {
        let path = request.rt.map_or(String::new(), |rt| format!("/{rt}"));
        let query = request.to_query();
        link("self", &format!("{base}{path}?{query}"), &mut out);
        if let Some(next) = &page.next {
            out.push(b',');
            link("next", &format!("{base}{path}?{query}&_page={next}"), &mut out);
        }
        out.push(b']');
    }
    let mut first = true;
    for found in &page.entries {
        separate(&mut first, &mut out);
        full_url(&found.visible, base, &mut out);
        out.extend_from_slice(b"\"resource\":");
        out.extend_from_slice(&found.visible.body);
        out.extend_from_slice(match found.mode {
            Mode::Match => b",\"search\":{\"mode\":\"match\"}}".as_slice(),
            Mode::Include => b",\"search\":{\"mode\":\"include\"}}",
        });
    }
    if !page.issues.is_empty() {
        separate(&mut first, &mut out);
        out.extend_from_slice(b"\"resource\":");
        outcome(&page.issues, lang, &mut out);
        out.extend_from_slice(b",\"search\":{\"mode\":\"outcome\"}}");
    }
    close(first, out)
}

/// A `history`.
pub(super) fn history(page: &HistoryPage, base: &str) -> Bytes {
    let mut out = open("history", page.total);
    let mut first = true;
    for visible in &page.entries {
        separate(&mut first, &mut out);
        full_url(visible, base, &mut out);
        if !visible.body.is_empty() {
            out.extend_from_slice(b"\"resource\":");
            out.extend_from_slice(&visible.body);
            out.push(b',');
        }
        let (method, status) = match visible.op {
            Op::Create => ("POST", "201 Created"),
            Op::Update => ("PUT", "200 OK"),
            Op::Delete => ("DELETE", "204 No Content"),
        };
        let id = if visible.op == Op::Create { String::new() } else { format!("/{}", visible.id) };
        let at = fhir::date::instant_format(visible.at);
        let text = format!(
            "\"request\":{{\"method\":\"{method}\",\"url\":\"{}{id}\"}},\
             \"response\":{{\"status\":\"{status}\",\"etag\":\"W/\\\"{}\\\"\",\"lastModified\":\"{at}\"}}}}",
            visible.rt, visible.version
        );
        out.extend_from_slice(text.as_bytes());
    }
    close(first, out)
}

fn open(kind: &str, total: Option<u64>) -> Vec<u8> {
    let mut out = Vec::with_capacity(4096);
    out.extend_from_slice(format!("{{\"resourceType\":\"Bundle\",\"type\":\"{kind}\"").as_bytes());
    if let Some(total) = total {
        out.extend_from_slice(format!(",\"total\":{total}").as_bytes());
    }
    out
}

fn link(relation: &str, url: &str, out: &mut Vec<u8>) {
    if relation == "self" {
        out.extend_from_slice(b",\"link\":[");
    }
    Json::object([("relation", Json::string(relation)), ("url", Json::string(url))]).write(out);
}

fn separate(first: &mut bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if *first { b",\"entry\":[{" } else { b",{" });
    *first = false;
}

fn full_url(visible: &Visible, base: &str, out: &mut Vec<u8>) {
    if !base.is_empty() {
        out.extend_from_slice(b"\"fullUrl\":");
        Json::string(format!("{base}/{}/{}", visible.rt, visible.id)).write(out);
        out.push(b',');
    }
}

fn close(empty: bool, mut out: Vec<u8>) -> Bytes {
    if !empty {
        out.push(b']');
    }
    out.push(b'}');
    Bytes::from(out)
}
