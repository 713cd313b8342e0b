//! What is wrong with a text that is not JSON, as a sentence for the one who wrote it.

use super::{DEPTH_MAX, ParseError, ParseErrorKind};
use crate::{Code, Issue, Text};

impl ParseError {
    /// The issue for the caller: where it stands and what to do. Of the text it holds the name of a member that
    /// stands twice, at most 64 characters, and nothing else.
    pub fn issue(&self) -> Issue {
        let issue = Issue::error(Code::Structure, text(&self.kind));
        let issue = issue.arg("line", self.line).arg("column", self.column);
        match &self.kind {
            ParseErrorKind::DuplicateMember(name) => {
                issue.arg("name", name.chars().take(64).collect::<String>())
            }
            ParseErrorKind::TooDeep => issue.arg("max", DEPTH_MAX),
            _ => issue,
        }
    }
}

fn text(kind: &ParseErrorKind) -> Text {
    match kind {
        ParseErrorKind::NotUtf8 => NOT_UTF8,
        ParseErrorKind::Empty => EMPTY,
        ParseErrorKind::UnexpectedEnd => UNEXPECTED_END,
        ParseErrorKind::UnexpectedCharacter => UNEXPECTED_CHARACTER,
        ParseErrorKind::BadNumber => BAD_NUMBER,
        ParseErrorKind::BadEscape => BAD_ESCAPE,
        ParseErrorKind::ControlCharacter => CONTROL_CHARACTER,
        ParseErrorKind::DuplicateMember(_) => DUPLICATE_MEMBER,
        ParseErrorKind::TooDeep => TOO_DEEP,
        ParseErrorKind::TrailingCharacters => TRAILING_CHARACTERS,
    }
}

macro_rules! texts {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal)*) => {
        $(const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

texts! {
    NOT_UTF8 "json.not-utf8"
        "Le corps n'est pas de l'UTF-8, ligne {line}, colonne {column}. Enregistrez-le dans ce codage."
        "The body is not UTF-8, line {line}, column {column}. Save it in that encoding."
        "Der Inhalt ist kein UTF-8, Zeile {line}, Spalte {column}. Speichern Sie ihn in dieser Kodierung."
    EMPTY "json.empty"
        "Le corps est vide. Envoyez un objet JSON."
        "The body is empty. Send a JSON object."
        "Der Inhalt ist leer. Senden Sie ein JSON-Objekt."
    UNEXPECTED_END "json.unexpected-end"
        "Le JSON s'arrête trop tôt, ligne {line}, colonne {column} : il manque une accolade, un crochet ou un guillemet."
        "The JSON ends too early, line {line}, column {column}: a brace, a bracket or a quotation mark is missing."
        "Das JSON endet zu früh, Zeile {line}, Spalte {column}: Eine Klammer oder ein Anführungszeichen fehlt."
    UNEXPECTED_CHARACTER "json.unexpected-character"
        "Ce n'est pas du JSON, ligne {line}, colonne {column} : un autre caractère est attendu ici. Vérifiez virgules, deux-points et guillemets."
        "This is not JSON, line {line}, column {column}: another character is expected here. Check commas, colons and quotation marks."
        "Das ist kein JSON, Zeile {line}, Spalte {column}: Hier wird ein anderes Zeichen erwartet. Prüfen Sie Kommas, Doppelpunkte und Anführungszeichen."
    BAD_NUMBER "json.bad-number"
        "Ce nombre n'est pas écrit comme en JSON, ligne {line}, colonne {column}. Exemples : 12, -0.5, 1.10, 2e3."
        "This number is not written as in JSON, line {line}, column {column}. Examples: 12, -0.5, 1.10, 2e3."
        "Diese Zahl ist nicht wie in JSON geschrieben, Zeile {line}, Spalte {column}. Beispiele: 12, -0.5, 1.10, 2e3."
    BAD_ESCAPE "json.bad-escape"
        "La barre oblique inverse n'est pas suivie d'un échappement connu, ligne {line}, colonne {column}. Écrivez « \\\\ », « \\\" », « \\n » ou « \\u00e9 »."
        "The backslash is not followed by a known escape, line {line}, column {column}. Write \"\\\\\", \"\\\"\", \"\\n\" or \"\\u00e9\"."
        "Auf den umgekehrten Schrägstrich folgt keine bekannte Maskierung, Zeile {line}, Spalte {column}. Schreiben Sie „\\\\“, „\\\"“, „\\n“ oder „\\u00e9“."
    CONTROL_CHARACTER "json.control-character"
        "Un retour à la ligne ou un caractère de contrôle figure dans un texte, ligne {line}, colonne {column}. Écrivez « \\n » ou « \\t »."
        "A line break or a control character stands within a text, line {line}, column {column}. Write \"\\n\" or \"\\t\"."
        "Ein Zeilenumbruch oder Steuerzeichen steht in einem Text, Zeile {line}, Spalte {column}. Schreiben Sie „\\n“ oder „\\t“."
    DUPLICATE_MEMBER "json.duplicate-member"
        "Le membre « {name} » figure deux fois dans le même objet, ligne {line}, colonne {column}. Gardez-en un."
        "The member \"{name}\" stands twice in the same object, line {line}, column {column}. Keep one."
        "Das Element „{name}“ steht zweimal im selben Objekt, Zeile {line}, Spalte {column}. Behalten Sie eines."
    TOO_DEEP "json.too-deep"
        "Le corps est imbriqué sur plus de {max} niveaux, ligne {line}, colonne {column}. Aucune ressource FHIR n'en a besoin."
        "The body is nested more than {max} levels deep, line {line}, column {column}. No FHIR resource needs that."
        "Der Inhalt ist mehr als {max} Ebenen tief verschachtelt, Zeile {line}, Spalte {column}. Keine FHIR-Ressource braucht das."
    TRAILING_CHARACTERS "json.trailing-characters"
        "Du texte suit la fin du JSON, ligne {line}, colonne {column}. Envoyez un seul objet."
        "Text follows the end of the JSON, line {line}, column {column}. Send a single object."
        "Nach dem Ende des JSON folgt Text, Zeile {line}, Spalte {column}. Senden Sie ein einziges Objekt."
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::json::parse;

    #[test]
    fn every_fault_has_a_sentence_without_technical_words() {
        let deep = "[".repeat(200);
        let faults: [(&[u8], &str); 10] = [
            (b"\"\xff\"", "json.not-utf8"),
            (b" ", "json.empty"),
            (b"{\"a\":1", "json.unexpected-end"),
            (b"{a:1}", "json.unexpected-character"),
            (b"[01.]", "json.bad-number"),
            (b"[\"\\x\"]", "json.bad-escape"),
            (b"[\"a\nb\"]", "json.control-character"),
            (b"{\"a\":1,\"a\":2}", "json.duplicate-member"),
            (deep.as_bytes(), "json.too-deep"),
            (b"{} x", "json.trailing-characters"),
        ];
        for (text, key) in faults {
            let issue = parse(text).unwrap_err().issue();
            // «01.» stops being JSON at the 1, after a number that is whole.
            assert!(issue.text.key == key || key == "json.bad-number", "{key}: {}", issue.text.key);
            for lang in [Lang::Fr, Lang::En, Lang::De] {
                let sentence = issue.sentence(lang);
                assert!(!sentence.contains(['{', '}']) && sentence.ends_with('.'), "{sentence}");
            }
        }
        assert_eq!(parse(b"[-]").unwrap_err().issue().text.key, "json.bad-number");
    }
}
