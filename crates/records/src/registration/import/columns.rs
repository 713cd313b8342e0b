//! What the columns hold, proposed by their titles in French and English.

use fhir::Json;
use store::index::normalise::{fold, words};

/// A field of the registration, and the titles that stand for it (folded, words joined).
pub(super) const FIELDS: [(&str, &[&str]); 13] = [
    (
        "family",
        &[
            "nomdenaissance",
            "nomnaissance",
            "nomdefamille",
            "nompatronymique",
            "nom",
            "birthname",
            "lastname",
            "surname",
            "familyname",
            "family",
            "name",
        ],
    ),
    (
        "given",
        &[
            "prenomsdenaissance",
            "prenomdenaissance",
            "prenoms",
            "prenom",
            "firstname",
            "firstnames",
            "givenname",
            "givennames",
            "given",
        ],
    ),
    (
        "birth",
        &["datedenaissance", "datenaissance", "naissance", "neele", "ddn", "birthdate", "dateofbirth", "dob"],
    ),
    ("gender", &["sexe", "genre", "civilite", "sex", "gender", "title"]),
    (
        "usual_family",
        &[
            "nomutilise",
            "nomdusage",
            "nomusage",
            "nommarital",
            "nomepouse",
            "usedname",
            "usualname",
            "marriedname",
        ],
    ),
    (
        "birthplace",
        &[
            "codeinsee",
            "codeinseenaissance",
            "inseenaissance",
            "codelieudenaissance",
            "insee",
            "birthplacecode",
        ],
    ),
    (
        "birth_city",
        &["lieudenaissance", "villedenaissance", "communedenaissance", "birthplace", "placeofbirth"],
    ),
    (
        "nir",
        &[
            "nir",
            "numerodesecuritesociale",
            "securitesociale",
            "numerosecu",
            "nss",
            "nosecu",
            "ssn",
            "socialsecuritynumber",
        ],
    ),
    (
        "phone",
        &[
            "telephone",
            "tel",
            "portable",
            "mobile",
            "telephoneportable",
            "phone",
            "phonenumber",
            "mobilephone",
        ],
    ),
    ("mail", &["courriel", "email", "mail", "adressemail", "emailaddress"]),
    ("street", &["adresse", "rue", "voie", "adresse1", "address", "street", "addressline"]),
    ("postcode", &["codepostal", "cp", "postalcode", "postcode", "zip", "zipcode"]),
    ("city", &["ville", "commune", "localite", "city", "town"]),
];

/// Field → column. `asked` is the person's own choice: `{"family": 0}`; a field that it leaves out has no column.
pub(super) fn mapping(header: &[String], asked: Option<&Json<'_>>) -> Vec<(&'static str, usize)> {
    if let Some(asked) = asked.and_then(Json::as_object) {
        let column = |field: &str| asked.get(field)?.as_number()?.parse::<usize>().ok();
        let within =
            |(field, _): &(&'static str, _)| Some((*field, column(field).filter(|c| *c < header.len())?));
        return FIELDS.iter().filter_map(within).collect();
    }
    let titles: Vec<String> = header.iter().map(|title| words(&fold(title)).collect()).collect();
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for (field, names) in FIELDS {
        // The most telling title first: with « nom de naissance » there, « nom » is another name.
        let free = |c: &usize| !found.iter().any(|(_, taken)| taken == c);
        let column = names.iter().find_map(|name| titles.iter().position(|t| t == name).filter(free));
        found.extend(column.map(|column| (field, column)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_understood() {
        let of = |titles: &[&str]| mapping(&titles.iter().map(|t| t.to_string()).collect::<Vec<_>>(), None);
        let french = of(&["NOM", "Prénom(s)", "Né(e) le", "Sexe", "Code postal", "Remarque"]);
        assert_eq!(french, [("family", 0), ("given", 1), ("birth", 2), ("gender", 3), ("postcode", 4)]);
        let english = of(&["First name", "Last name", "Date of birth", "Gender"]);
        assert_eq!(english, [("family", 1), ("given", 0), ("birth", 2), ("gender", 3)]);
        assert_eq!(of(&["Nom", "Nom de naissance"])[0], ("family", 1));
        let asked = fhir::json::parse(br#"{"family":1,"given":9}"#).unwrap();
        assert_eq!(mapping(&["a".into(), "b".into()], Some(&asked)), [("family", 1)]);
    }
}
