//! Texts in the three languages, from the data files.

use fhir::{Json, Lang};

/// A text in the order of `Lang`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words([String; 3]);

impl Words {
    pub fn read(json: Option<&Json<'_>>) -> Words {
        let word = |lang: &str| json.and_then(|j| j.get_str(lang)).unwrap_or_default().to_string();
        Words([word("fr"), word("en"), word("de")])
    }

    pub fn tell(&self, lang: Lang) -> &str {
        &self.0[lang as usize]
    }
}

/// `fr`, `en`, `de`.
pub(crate) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
        Lang::De => "de",
    }
}

pub(crate) fn language(code: &str) -> Option<Lang> {
    [Lang::Fr, Lang::En, Lang::De].into_iter().find(|lang| self::code(*lang) == code)
}

pub(crate) fn text(value: impl Into<String>) -> Json<'static> {
    Json::string(value.into())
}

/// Null where there is nothing.
pub(crate) fn maybe(value: Option<impl Into<String>>) -> Json<'static> {
    value.map_or(Json::Null, text)
}
