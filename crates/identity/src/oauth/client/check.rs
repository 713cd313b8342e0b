//! What a client's registration must keep to.

use super::{Auth, Told};
use crate::oauth::redirect;
use crate::oauth::scope;
use fhir::{Code, Issue, Text};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use store::{Result, Scope, ScopeContext};

pub const CODE: &str = "authorization_code";
pub const REFRESH: &str = "refresh_token";
pub const CREDENTIALS: &str = "client_credentials";

const LIST_MAX: usize = 20;
const SCOPES_MAX: usize = 200;
const KEYS_MAX: usize = 10;

/// # Errors
/// `Refused`, with every member that is wrong.
pub fn check(told: &Told) -> Result<()> {
    let mut wrong = Vec::new();
    let mut rule = |holds: bool, field: &'static str, text: Text| {
        if !holds {
            wrong.push(Issue::error(Code::Value, text).at(field));
        }
    };
    let name = told.name.trim();
    let shown = name.chars().count();
    rule((1..=100).contains(&shown) && !name.chars().any(char::is_control), "name", NAME);
    rule(told.url.as_deref().is_none_or(redirect::is_web), "url", WEB);
    rule(uris(&told.redirect_uris), "redirect_uris", URI);
    rule(uris(&told.post_logout_redirect_uris), "post_logout_redirect_uris", URI);
    rule(told.launch_url.as_deref().is_none_or(redirect::is_web_or_loopback), "launch_url", WEB);
    let known = |g: &String| [CODE, REFRESH, CREDENTIALS].contains(&g.as_str());
    let (code, alone) = (has(told, CODE), has(told, CREDENTIALS));
    rule(!told.grant_types.is_empty() && told.grant_types.iter().all(known), "grant_types", GRANTS);
    rule(!has(told, REFRESH) || code, "grant_types", GRANTS);
    rule(!code || !told.redirect_uris.is_empty(), "redirect_uris", URI);
    rule(!alone || told.auth == Auth::Key, "auth", KEY_NEEDED);
    rule(told.scopes.len() <= SCOPES_MAX && told.scopes.iter().all(|s| scope::is_scope(s)), "scopes", SCOPES);
    rule(told.scopes.iter().all(|s| fits(s, code, alone)), "scopes", SYSTEM);
    let keys = told.jwks.is_some() as u8 + told.jwks_uri.is_some() as u8;
    rule(keys == (told.auth == Auth::Key) as u8, "jwks", KEYS);
    rule(told.jwks_uri.as_deref().is_none_or(redirect::is_web_or_loopback), "jwks_uri", WEB);
    rule(told.jwks.as_ref().is_none_or(|set| key_set(set).is_some()), "jwks", KEYS);
    rule(["RS256", "ES256"].contains(&told.id_token_alg.as_str()), "id_token_alg", ID_TOKEN);
    if wrong.is_empty() { Ok(()) } else { Err(store::Error::Refused(wrong)) }
}

fn has(told: &Told, grant: &str) -> bool {
    told.grant_types.iter().any(|g| g == grant)
}

fn uris(list: &[String]) -> bool {
    list.len() <= LIST_MAX && list.iter().all(|uri| redirect::registrable(uri))
}

/// Scopes of people need a person, those of systems a program.
fn fits(scope: &str, code: bool, alone: bool) -> bool {
    match Scope::parse(scope) {
        Some(scope) if scope.context == ScopeContext::System => alone,
        Some(_) => code,
        None if scope == "scim" => alone,
        None => code,
    }
}

/// The public keys of a set that can verify RS384 or ES384. A private key in it is refused: it must be
/// thought of as stolen.
pub fn key_set(set: &serde_json::Value) -> Option<Vec<Jwk>> {
    let raw = set.get("keys")?.as_array()?;
    if raw.is_empty() || raw.len() > KEYS_MAX || raw.iter().any(|key| key.get("d").is_some()) {
        return None;
    }
    let set: JwkSet = serde_json::from_value(set.clone()).ok()?;
    let usable = |key: &Jwk| {
        matches!(key.algorithm, AlgorithmParameters::EllipticCurve(_) | AlgorithmParameters::RSA(_))
    };
    let keys: Vec<Jwk> = set.keys.into_iter().filter(usable).collect();
    (!keys.is_empty()).then_some(keys)
}

const NAME: Text = Text {
    key: "client.name",
    fr: "Donnez à l'application un nom de 1 à 100 caractères.",
    en: "Give the application a name of 1 to 100 characters.",
    de: "Geben Sie der Anwendung einen Namen von 1 bis 100 Zeichen.",
};
const WEB: Text = Text {
    key: "client.address",
    fr: "Indiquez une adresse https:// complète, sans fragment ni nom d'utilisateur.",
    en: "Give a complete https:// address, without fragment or user name.",
    de: "Geben Sie eine vollständige https://-Adresse ohne Fragment und Benutzernamen an.",
};
const URI: Text = Text {
    key: "client.redirect-uri",
    fr: "Une adresse de retour est en https://, en http:// vers la machine elle-même (127.0.0.1, [::1], localhost) ou d'un schéma privé à points (org.exemple.app:/retour), sans fragment ; 20 au plus, au moins une pour authorization_code.",
    en: "A redirect address is https://, http:// to the machine itself (127.0.0.1, [::1], localhost) or of a private scheme with dots (org.example.app:/back), without fragment; 20 at most, at least one for authorization_code.",
    de: "Eine Rücksprungadresse ist https://, http:// zum eigenen Rechner (127.0.0.1, [::1], localhost) oder ein privates Schema mit Punkten (org.example.app:/back), ohne Fragment; höchstens 20, für authorization_code mindestens eine.",
};
const GRANTS: Text = Text {
    key: "client.grant-types",
    fr: "Choisissez parmi authorization_code, refresh_token (avec le premier) et client_credentials.",
    en: "Choose among authorization_code, refresh_token (with the first) and client_credentials.",
    de: "Wählen Sie aus authorization_code, refresh_token (mit dem ersten) und client_credentials.",
};
const KEY_NEEDED: Text = Text {
    key: "client.key-needed",
    fr: "Un programme sans utilisateur (client_credentials) s'authentifie par clé : choisissez private_key_jwt.",
    en: "A program without a user (client_credentials) proves itself by key: choose private_key_jwt.",
    de: "Ein Programm ohne Benutzer (client_credentials) weist sich mit Schlüssel aus: private_key_jwt wählen.",
};
const KEYS: Text = Text {
    key: "client.keys",
    fr: "Avec private_key_jwt, donnez soit jwks (1 à 10 clés publiques RSA ou EC, sans clé privée), soit jwks_uri ; sinon ni l'un ni l'autre.",
    en: "With private_key_jwt give either jwks (1 to 10 public RSA or EC keys, no private key) or jwks_uri; otherwise neither.",
    de: "Mit private_key_jwt entweder jwks (1 bis 10 öffentliche RSA- oder EC-Schlüssel, kein privater) oder jwks_uri angeben, sonst keines.",
};
const SCOPES: Text = Text {
    key: "client.scopes",
    fr: "Une portée (scope) est inconnue, ou il y en a plus de 200. Exemples : openid, launch/patient, patient/Observation.rs.",
    en: "A scope is unknown, or there are more than 200. Examples: openid, launch/patient, patient/Observation.rs.",
    de: "Ein Scope ist unbekannt, oder es sind mehr als 200. Beispiele: openid, launch/patient, patient/Observation.rs.",
};
const SYSTEM: Text = Text {
    key: "client.scopes-grant",
    fr: "Les portées system/… et scim demandent client_credentials, les autres authorization_code.",
    en: "The scopes system/… and scim need client_credentials, the others authorization_code.",
    de: "Die Scopes system/… und scim brauchen client_credentials, die übrigen authorization_code.",
};
const ID_TOKEN: Text = Text {
    key: "client.id-token-alg",
    fr: "L'algorithme du jeton d'identité est RS256 ou ES256.",
    en: "The algorithm of the ID token is RS256 or ES256.",
    de: "Der Algorithmus des ID-Tokens ist RS256 oder ES256.",
};
