//! The page for a request that cannot be sent back to its app, for the person in front of it.

use bytes::Bytes;
use fhir::{Lang, Text};
use service::{RouteCtx, RouteReply};

pub const REQUEST: Text = Text {
    key: "authorize.request",
    fr: "La demande de connexion de l'application est illisible.",
    en: "The application's request cannot be read.",
    de: "Die Anfrage der Anwendung ist nicht lesbar.",
};
pub const CLIENT: Text = Text {
    key: "authorize.client",
    fr: "Cette application n'est pas enregistrée dans l'établissement.",
    en: "This application is not registered here.",
    de: "Diese Anwendung ist hier nicht registriert.",
};
pub const REDIRECT: Text = Text {
    key: "authorize.redirect",
    fr: "L'application demande un retour à une adresse qui n'est pas enregistrée pour elle.",
    en: "The application wants to return to an address that is not registered for it.",
    de: "Die Anwendung will an eine Adresse zurückkehren, die nicht für sie registriert ist.",
};
const TITLE: Text = Text {
    key: "authorize.title",
    fr: "Connexion refusée",
    en: "Connection refused",
    de: "Verbindung abgelehnt",
};
const ADVICE: Text = Text {
    key: "authorize.advice",
    fr: "Rien n'a été transmis. Prévenez l'administrateur de l'établissement ou l'éditeur de l'application.",
    en: "Nothing was passed on. Tell your administrator or the maker of the application.",
    de: "Es wurde nichts übermittelt. Wenden Sie sich an die Administration oder den Hersteller der Anwendung.",
};

fn say(text: Text, lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => text.fr,
        Lang::En => text.en,
        Lang::De => text.de,
    }
}

/// Our own sentences only: nothing of the request stands on the page.
pub fn refuse(cx: &RouteCtx, why: Text) -> RouteReply {
    let lang = cx.ctx.lang;
    let code = match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
        Lang::De => "de",
    };
    let html = format!(
        "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} – Medical Hub</title>\
         <style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}}</style>\
         <main><h1>{title}</h1><p>{why}</p><p>{advice}</p></main></html>",
        title = say(TITLE, lang),
        why = say(why, lang),
        advice = say(ADVICE, lang),
    );
    RouteReply { body: Bytes::from(html), ..RouteReply::empty(400) }
        .with("content-type", "text/html; charset=utf-8")
        .with("content-language", code)
        .with(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        )
}
