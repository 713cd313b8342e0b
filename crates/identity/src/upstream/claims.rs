//! Who a provider says that it is.

use super::provider::{Kind, Provider};
use serde_json::{Map, Value};

/// A person who signed in elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub issuer: String,
    pub subject: String,
    /// The national identifier of a professional, if the provider is one that proves it.
    pub national: Option<National>,
    pub amr: Vec<String>,
    pub second_factor: bool,
    /// When the person gave a factor there, s since epoch.
    pub auth_time: Option<i64>,
}

/// IDNPS: a digit for the register, then the number in it; `8` is RPPS
/// (<https://mos.esante.gouv.fr/NOS/TRE_G08-TypeIdentifiantPersonne>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct National(String);

impl National {
    pub fn parse(text: &str) -> Option<National> {
        let fits = (9..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| National(text.to_string()))
    }

    pub fn idnps(&self) -> &str {
        &self.0
    }

    /// The eleven digits of RPPS.
    pub fn rpps(&self) -> Option<&str> {
        let number = self.0.strip_prefix('8')?;
        (number.len() == 11 && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
    }
}

pub fn person_of(provider: &Provider, claims: &Map<String, Value>) -> Option<Person> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let amr: Vec<String> = match claims.get("amr").and_then(Value::as_array) {
        Some(list) => {
            list.iter().filter_map(Value::as_str).take(10).map(|a| a.chars().take(20).collect()).collect()
        }
        None => Vec::new(),
    };
    let national = match provider.kind {
        Kind::ProSanteConnect => Some(National::parse(text("SubjectNameID")?)?),
        Kind::OpenId => None,
    };
    Some(Person {
        issuer: provider.issuer.clone(),
        subject: text("sub")?.to_string(),
        national,
        second_factor: provider.second_factor || amr.iter().any(|a| a == "mfa"),
        auth_time: claims.get("auth_time").and_then(Value::as_i64),
        amr,
    })
}

#[cfg(test)]
mod tests {
    use super::National;

    #[test]
    fn a_national_identifier_holds_the_rpps_number() {
        let national = National::parse("899700218896").unwrap();
        assert_eq!((national.idnps(), national.rpps()), ("899700218896", Some("99700218896")));
        assert_eq!(National::parse("0012345678").unwrap().rpps(), None);
        for bad in ["", "8", "8997|00218896", "8997002188,96", "https://x/899700218"] {
            assert!(National::parse(bad).is_none(), "{bad}");
        }
    }
}
