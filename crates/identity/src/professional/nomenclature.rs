//! Specialties (TRE_R38) and professions (TRE_G15) of the ANS.

use fhir::Json;
use fhir::edit::coding;

pub(super) const SPECIALTY: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";
pub(super) const PROFESSION: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";

/// The label of a specialty; `None` for codes that the table does not hold.
pub(super) fn specialty(code: &str) -> Option<&'static str> {
    let rows = include_str!("../../data/specialties.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == code).map(|(_, label)| label)
}

/// The concept of a specialty, labelled if it is known.
pub(super) fn concept(code: &str) -> Json<'static> {
    let label = specialty(code);
    let coding = coding(SPECIALTY, code, label).into_owned();
    let text = label.map(|label| ("text", Json::string(label)));
    Json::object([("coding", Json::array([coding]))].into_iter().chain(text))
}

pub(super) fn profession(code: &str) -> Json<'static> {
    Json::object([("coding", Json::array([coding(PROFESSION, code, None).into_owned()]))])
}
