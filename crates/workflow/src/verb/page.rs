//! A list in the order of how pressing things are, page by page. A page begins behind the last line of the one
//! before, whatever was done in between.

use super::step::Risk;
use crate::message::AFTER;
use fhir::{Code, Issue, Json};
use service::RouteRequest;
use store::Result;

pub(super) const SHOWN: usize = 50;

/// What a line is sorted by: how pressing, until when, and its id.
pub(super) type Key = (Risk, i64, String);

/// Sorts, and leaves what comes behind the key that `after` names.
///
/// # Errors
/// For an `after` that no answer has given.
pub(super) fn cut<T>(
    request: &RouteRequest,
    mut lines: Vec<(Key, T)>,
) -> Result<(Vec<T>, Option<Json<'static>>)> {
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    if let Some(after) = request.query("after") {
        let after = parse(after).ok_or_else(|| Issue::error(Code::Value, AFTER).at("after"))?;
        lines.retain(|(key, _)| *key > after);
    }
    let more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let next = lines.last().filter(|_| more).map(|(key, _)| Json::string(write(key)));
    Ok((lines.into_iter().map(|(_, line)| line).collect(), next))
}

fn write((risk, due, id): &Key) -> String {
    format!("{}.{due}.{id}", *risk as u8)
}

fn parse(text: &str) -> Option<Key> {
    let mut parts = text.splitn(3, '.');
    let risk = match parts.next()? {
        "0" => Risk::Overdue,
        "1" => Risk::Soon,
        "2" => Risk::None,
        _ => return None,
    };
    Some((risk, parts.next()?.parse().ok()?, parts.next()?.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other() {
        let lines: Vec<(Key, usize)> = (0..120).map(|n| ((Risk::None, 5, format!("{n:03}")), n)).collect();
        let (first, next) = cut(&RouteRequest::default(), lines.clone()).unwrap();
        assert_eq!((first.len(), first[49]), (50, 49));
        let after = next.unwrap().as_str().unwrap().to_string();
        let request = RouteRequest { query: vec![("after".into(), after)], ..RouteRequest::default() };
        let (second, next) = cut(&request, lines.clone()).unwrap();
        assert_eq!((second[0], next.is_some()), (50, true));
        let bad = RouteRequest { query: vec![("after".into(), "x".into())], ..RouteRequest::default() };
        assert!(cut(&bad, lines).is_err());
    }
}
