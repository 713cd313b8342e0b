//! The caller's language, from `Accept-Language` (RFC 9110 §12.5.4). French when nothing else is asked.

use fhir::Lang;
use http::HeaderValue;

pub fn of(header: Option<&HeaderValue>) -> Lang {
    let Some(text) = header.and_then(|h| h.to_str().ok()) else { return Lang::default() };
    let mut best = (0.0_f32, Lang::default());
    for range in text.split(',').take(20) {
        let mut parts = range.split(';');
        let Some(lang) = parts.next().and_then(lang) else { continue };
        let quality =
            parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        if quality > best.0 {
            best = (quality, lang);
        }
    }
    best.1
}

fn lang(range: &str) -> Option<Lang> {
    let primary = range.trim().split('-').next()?;
    [("fr", Lang::Fr), ("en", Lang::En), ("de", Lang::De)]
        .into_iter()
        .find(|(code, _)| primary.eq_ignore_ascii_case(code))
        .map(|(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_the_preferred_one_we_speak() {
        let of = |text: &'static str| of(Some(&HeaderValue::from_static(text)));
        assert_eq!(of("de-CH, fr;q=0.9"), Lang::De);
        assert_eq!(of("fr;q=0.5, en-GB;q=0.8"), Lang::En);
        assert_eq!(of("es, it"), Lang::Fr);
        assert_eq!(of("en;q=0"), Lang::Fr);
        assert_eq!(super::of(None), Lang::Fr);
    }
}
