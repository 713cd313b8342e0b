//! A row as the registration reads it.

use fhir::Json;

/// The body of a registration (`register.rs`); what stands in the cells is checked there.
pub(super) fn body(mapping: &[(&'static str, usize)], cells: &[String]) -> Json<'static> {
    let cell = |field: &str| {
        let column = mapping.iter().find(|(name, _)| *name == field)?.1;
        cells.get(column).map(|text| text.trim()).filter(|text| !text.is_empty())
    };
    let mut name = vec![("use", text("official"))];
    name.extend(cell("family").map(|family| ("family", text(family))));
    let given = cell("given").unwrap_or_default().split([' ', ',']).filter(|g| !g.is_empty());
    name.push(("given", Json::array(given.map(text))));
    let mut names = vec![Json::object(name)];
    // Many programs write the birth name again where no other one is used.
    if let Some(used) = cell("usual_family").filter(|used| Some(*used) != cell("family")) {
        names.push(Json::object([("use", text("usual")), ("family", text(used))]));
    }
    let mut members = vec![("name", Json::Array(names))];
    members.extend(cell("birth").map(|birth| ("birthDate", text(&day(birth)))));
    members.extend(cell("gender").map(|word| ("gender", text(gender(word)))));
    let place = [("insee", cell("birthplace")), ("city", cell("birth_city"))];
    let place: Vec<_> = place.into_iter().filter_map(|(n, v)| Some((n, text(v?)))).collect();
    if !place.is_empty() {
        members.push(("birthplace", Json::object(place)));
    }
    if let Some(nir) = cell("nir") {
        let number = Json::object([("type", text("NH")), ("value", text(nir))]);
        members.push(("identifiers", Json::array([number])));
    }
    let point = |system: &str, value: &str| Json::object([("system", text(system)), ("value", text(value))]);
    let points: Vec<_> = [("phone", cell("phone")), ("email", cell("mail"))]
        .into_iter()
        .filter_map(|(system, value)| Some(point(system, value?)))
        .collect();
    if !points.is_empty() {
        members.push(("telecom", Json::Array(points)));
    }
    let lines = cell("street").map(|street| ("line", Json::array([text(street)])));
    let rest = [("postalCode", cell("postcode")), ("city", cell("city"))];
    let address: Vec<_> =
        lines.into_iter().chain(rest.into_iter().filter_map(|(n, v)| Some((n, text(v?))))).collect();
    if !address.is_empty() {
        members.push(("address", Json::array([Json::object(address)])));
    }
    Json::object(members)
}

/// `12/03/1961`, `12.3.1961` and `1961-03-12` → `1961-03-12`; anything else as it stands, to be refused.
fn day(typed: &str) -> String {
    let parts: Vec<&str> = typed.split(['/', '.', '-', ' ']).filter(|p| !p.is_empty()).collect();
    let digits = |t: &&str| t.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [d, m, y] if parts.iter().all(digits) && y.len() == 4 => format!("{y}-{m:0>2}-{d:0>2}"),
        [y, m, d] if parts.iter().all(digits) && y.len() == 4 => format!("{y}-{m:0>2}-{d:0>2}"),
        _ => typed.chars().take(100).collect(),
    }
}

fn gender(word: &str) -> &str {
    match word.to_lowercase().trim_end_matches('.') {
        "f" | "femme" | "féminin" | "feminin" | "2" | "female" | "mme" | "madame" | "w" | "mrs" | "ms" => {
            "female"
        }
        "m" | "h" | "homme" | "masculin" | "1" | "male" | "monsieur" | "mr" => "male",
        "i" | "indéterminé" | "autre" | "other" | "x" => "other",
        _ => word,
    }
}

fn text(text: &str) -> Json<'static> {
    Json::string(text.to_string())
}
