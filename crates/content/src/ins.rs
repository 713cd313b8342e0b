//! The national health identity (INS) on paper: its number and its Datamatrix, of qualified identities alone.

use fhir::Json;

/// Systems of numbers: NIR, NIA, and those made for tests and demonstrations, which say so.
const SYSTEMS: [(&str, &str); 4] = [
    ("urn:oid:1.2.250.1.213.1.4.8", ""),
    ("urn:oid:1.2.250.1.213.1.4.9", "NIA"),
    ("urn:oid:1.2.250.1.213.1.4.10", "test"),
    ("urn:oid:1.2.250.1.213.1.4.11", "démonstration"),
];
/// Header of the code: version, issuer and dates unused.
const HEADER: &str = "IS010000000000000000000000";
const GS: char = '\u{1d}';

pub(crate) struct Number {
    pub value: String,
    /// Without `urn:oid:`.
    oid: &'static str,
    note: &'static str,
}

impl Number {
    /// As it is printed: in groups, with what it is when it is no real one.
    pub fn shown(&self) -> String {
        let cuts = [0, 1, 3, 5, 7, 10, 13, 15];
        let parts: Vec<&str> = cuts.windows(2).filter_map(|cut| self.value.get(cut[0]..cut[1])).collect();
        let grouped =
            if parts.len() == 7 && self.value.len() == 15 { parts.join(" ") } else { self.value.clone() };
        if self.note.is_empty() { grouped } else { format!("{grouped} ({})", self.note) }
    }
}

/// The number of a Patient that is not ended.
pub(crate) fn number(patient: &Json<'_>) -> Option<Number> {
    SYSTEMS.iter().find_map(|(system, note)| {
        let mut all = patient.each("identifier").filter(|i| i.get_str("system") == Some(*system));
        let kind = |i: &Json<'_>| {
            // The number of the health insurance stands under the same system.
            i.get("type").into_iter().flat_map(|t| t.each("coding")).any(|c| c.get_str("code") == Some("NH"))
        };
        let found = all.find(|i| i.get_str("use") != Some("old") && !kind(i))?;
        let value: String = found.get_str("value")?.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        Some(Number { value, oid: system.trim_start_matches("urn:oid:"), note })
    })
}

/// What the code holds.
pub(crate) struct Traits<'a> {
    pub number: &'a Number,
    pub family: &'a str,
    pub given: &'a str,
    pub male: bool,
    pub female: bool,
    /// FHIR date.
    pub birth: &'a str,
    /// INSEE code.
    pub birthplace: &'a str,
}

/// The text of the Datamatrix; none where a trait is missing or the sex is not known.
pub(crate) fn datamatrix(traits: &Traits<'_>) -> Option<String> {
    let sex = match (traits.male, traits.female) {
        (true, _) => 'M',
        (_, true) => 'F',
        _ => return None,
    };
    let (year, rest) = traits.birth.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let birth = format!("{day}-{month}-{year}");
    let place = plain(traits.birthplace);
    if traits.number.value.len() != 15 || birth.len() != 10 || place.len() != 5 {
        return None;
    }
    let (given, family) = (plain(traits.given), plain(traits.family));
    if given.is_empty() || family.is_empty() {
        return None;
    }
    let mut out = format!("{HEADER}S1{}", traits.number.value);
    for (name, value, max) in [("S2", traits.number.oid, 20), ("S3", &given, 100), ("S4", &family, 100)] {
        let value: String = value.chars().take(max).collect();
        out.push_str(name);
        out.push_str(&value);
        // A separator follows what may be longer.
        if value.len() < max {
            out.push(GS);
        }
    }
    out.push_str(&format!("S5{sex}S6{birth}S7{place}"));
    Some(out)
}

/// Capitals without accents, as the national rules of identity write names.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.to_uppercase().chars() {
        match letter {
            'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => out.push('A'),
            'Ç' => out.push('C'),
            'È' | 'É' | 'Ê' | 'Ë' => out.push('E'),
            'Ì' | 'Í' | 'Î' | 'Ï' => out.push('I'),
            'Ñ' => out.push('N'),
            'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => out.push('O'),
            'Ù' | 'Ú' | 'Û' | 'Ü' => out.push('U'),
            'Ý' | 'Ÿ' => out.push('Y'),
            'Œ' => out.push_str("OE"),
            'Æ' => out.push_str("AE"),
            '’' => out.push('\''),
            'A'..='Z' | '0'..='9' | '-' | '\'' | ' ' => out.push(letter),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_holds_the_traits_in_order() {
        let number = Number { value: "279035121518989".into(), oid: "1.2.250.1.213.1.4.10", note: "test" };
        let traits = Traits {
            number: &number,
            family: "Pat-Trois",
            given: "Dominique Marie-Louise",
            male: false,
            female: true,
            birth: "1979-03-05",
            birthplace: "51215",
        };
        let wanted = "IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.10S3DOMINIQUE MARIE-LOUISE\u{1d}S4PAT-TROIS\u{1d}S5FS605-03-1979S751215";
        assert_eq!(datamatrix(&traits).as_deref(), Some(wanted));
        assert_eq!(datamatrix(&Traits { female: false, ..traits }), None, "sex unknown");
        assert_eq!(number.shown(), "2 79 03 51 215 189 89 (test)");
        assert_eq!(plain("Élise de l’Œuvre"), "ELISE DE L'OEUVRE");
    }
}
