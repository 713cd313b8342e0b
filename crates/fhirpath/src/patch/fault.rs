//! What can be wrong with a patch, as sentences. They hold names of elements and paths without their literals:
//! a path may ask for a person's name.

use super::operation::Operation;
use crate::{Error, What};
use fhir::fhirpath::EvaluationError;
use fhir::{Code, Issue, Text};

macro_rules! texts {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal)*) => {
        $(pub(super) const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

texts! {
    NOT_PARAMETERS "patch.parameters"
        "Un FHIRPath Patch est une ressource « Parameters » dont chaque paramètre s'appelle « operation »."
        "A FHIRPath Patch is a \"Parameters\" resource in which each parameter is named \"operation\"."
        "Ein FHIRPath Patch ist eine Ressource „Parameters“, in der jeder Parameter „operation“ heißt."
    TOO_MANY "patch.too-many"
        "Le correctif contient {count} opérations ; au plus {max} sont admises. Découpez-le."
        "The patch has {count} operations; at most {max} are allowed. Split it."
        "Der Patch hat {count} Operationen; höchstens {max} sind zulässig. Teilen Sie ihn auf."
    BAD_TYPE "patch.type"
        "Le type d'une opération est add, insert, delete, replace ou move."
        "The type of an operation is add, insert, delete, replace or move."
        "Der Typ einer Operation ist add, insert, delete, replace oder move."
    MISSING "patch.missing-part"
        "L'opération « {type} » demande la partie « {part} »."
        "The operation \"{type}\" needs the part \"{part}\"."
        "Die Operation „{type}“ braucht den Teil „{part}“."
    TWICE "patch.part-twice"
        "La partie « {part} » figure deux fois dans l'opération."
        "The part \"{part}\" stands twice in the operation."
        "Der Teil „{part}“ steht zweimal in der Operation."
    UNKNOWN_PART "patch.unknown-part"
        "Cette partie n'existe pas. Une opération a type, path, name, value, index, source, destination."
        "There is no such part. An operation has type, path, name, value, index, source, destination."
        "Diesen Teil gibt es nicht. Eine Operation hat type, path, name, value, index, source, destination."
    BAD_PART "patch.part"
        "La partie « {part} » doit porter une seule valeur : {expected}."
        "The part \"{part}\" must have one value only: {expected}."
        "Der Teil „{part}“ muss genau einen Wert haben: {expected}."
    BAD_PATH "patch.path"
        "Le chemin « {path} » n'est pas une expression FHIRPath (erreur au caractère {at})."
        "The path \"{path}\" is no FHIRPath expression (error at character {at})."
        "Der Pfad „{path}“ ist kein FHIRPath-Ausdruck (Fehler bei Zeichen {at})."
    STOPPED "patch.path-stopped"
        "Opération {n} ({type}) : le chemin « {path} » ne s'applique pas à cette ressource (types ou fonctions qui ne conviennent pas). Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" does not work on this resource (types or functions that do not fit). Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ passt nicht zu dieser Ressource (Typen oder Funktionen). Nichts wurde geändert."
    TOO_COSTLY "patch.path-costly"
        "Opération {n} ({type}) : évaluer le chemin « {path} » demande trop de calcul. Simplifiez-le. Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" takes too much work. Make it simpler. Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ ist zu aufwendig. Vereinfachen Sie ihn. Nichts wurde geändert."
    NO_MATCH "patch.no-match"
        "Opération {n} ({type}) : le chemin « {path} » ne désigne aucun élément. Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" finds no element. Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ findet kein Element. Nichts wurde geändert."
    MANY_MATCHES "patch.many-matches"
        "Opération {n} ({type}) : le chemin « {path} » désigne {count} éléments ; il en faut un seul. Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" finds {count} elements; it must be one. Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ findet {count} Elemente; es muss eines sein. Nichts wurde geändert."
    NOT_ELEMENT "patch.not-element"
        "Opération {n} ({type}) : le chemin « {path} » donne une valeur calculée, pas un élément de la ressource. Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" gives a computed value, not an element of the resource. Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ gibt einen berechneten Wert, kein Element der Ressource. Nichts wurde geändert."
    WHOLE "patch.whole-resource"
        "Opération {n} ({type}) : le chemin « {path} » désigne la ressource entière. Pour la remplacer, utilisez PUT ; pour la supprimer, DELETE."
        "Operation {n} ({type}): the path \"{path}\" is the whole resource. To replace it use PUT, to delete it DELETE."
        "Operation {n} ({type}): Der Pfad „{path}“ ist die ganze Ressource. Zum Ersetzen dient PUT, zum Löschen DELETE."
    NOT_LIST "patch.not-list"
        "Opération {n} ({type}) : le chemin « {path} » ne désigne pas une liste entière, comme « Patient.identifier ». Rien n'a été modifié."
        "Operation {n} ({type}): the path \"{path}\" is not a whole list, such as \"Patient.identifier\". Nothing was changed."
        "Operation {n} ({type}): Der Pfad „{path}“ ist keine ganze Liste wie „Patient.identifier“. Nichts wurde geändert."
    OUT_OF_LIST "patch.out-of-list"
        "Opération {n} ({type}) : la position {index} est hors de la liste, qui a {count} éléments (le premier est 0). Rien n'a été modifié."
        "Operation {n} ({type}): the position {index} is outside the list, which has {count} elements (the first is 0). Nothing was changed."
        "Operation {n} ({type}): Position {index} liegt außerhalb der Liste mit {count} Elementen (das erste ist 0). Nichts wurde geändert."
    UNKNOWN_ELEMENT "patch.unknown-element"
        "Opération {n} ({type}) : {structure} n'a pas d'élément « {name} » qui accepte cette valeur. Rien n'a été modifié."
        "Operation {n} ({type}): {structure} has no element \"{name}\" that takes this value. Nothing was changed."
        "Operation {n} ({type}): {structure} hat kein Element „{name}“, das diesen Wert annimmt. Nichts wurde geändert."
    THERE_ALREADY "patch.there-already"
        "Opération {n} ({type}) : « {name} » ne se répète pas et a déjà une valeur. Utilisez « replace ». Rien n'a été modifié."
        "Operation {n} ({type}): \"{name}\" does not repeat and has a value already. Use \"replace\". Nothing was changed."
        "Operation {n} ({type}): „{name}“ wiederholt sich nicht und hat schon einen Wert. Verwenden Sie „replace“. Nichts wurde geändert."
    WRONG_VALUE "patch.wrong-value"
        "Opération {n} ({type}) : « {name} » attend une valeur de type {expected}. Rien n'a été modifié."
        "Operation {n} ({type}): \"{name}\" takes a value of type {expected}. Nothing was changed."
        "Operation {n} ({type}): „{name}“ erwartet einen Wert vom Typ {expected}. Nichts wurde geändert."
}

/// An error in how the patch is written, at parameter `at`; an empty element is the parameter itself.
pub(super) fn written(text: Text, at: usize, part: Option<usize>) -> Issue {
    let part = part.map(|part| format!(".part[{part}]")).unwrap_or_default();
    Issue::error(Code::Invalid, text).at(format!("Parameters.parameter[{at}]{part}"))
}

/// An operation that cannot be done.
pub(super) fn undone(text: Text, operation: &Operation) -> Issue {
    Issue::error(Code::Processing, text)
        .at(format!("Parameters.parameter[{}]", operation.at))
        .arg("n", operation.at + 1)
        .arg("type", operation.kind.name())
        .arg("path", shown(&operation.text))
}

/// A path that ran and was stopped.
pub(super) fn stopped(error: &Error, operation: &Operation) -> Issue {
    match error.what {
        What::Run(EvaluationError::TooManySteps | EvaluationError::TooManyItems) => {
            Issue { code: Code::TooCostly, ..undone(TOO_COSTLY, operation) }
        }
        _ => undone(STOPPED, operation),
    }
}

/// A path without its texts, dates and numbers of more than two digits, and not too long.
pub(super) fn shown(path: &str) -> String {
    const LENGTH: usize = 160;
    let mut out = String::new();
    let mut letters = path.chars().peekable();
    while let Some(letter) = letters.next() {
        if out.chars().count() >= LENGTH {
            out.push('…');
            break;
        }
        match letter {
            '\'' => {
                let mut escaped = false;
                for inner in letters.by_ref() {
                    if inner == '\'' && !escaped {
                        break;
                    }
                    escaped = inner == '\\' && !escaped;
                }
                out.push_str("'…'");
            }
            '@' => {
                while letters.next_if(|c| c.is_ascii_alphanumeric() || "-:.+".contains(*c)).is_some() {}
                out.push_str("@…");
            }
            digit if digit.is_ascii_digit() && !out.ends_with(|c: char| c.is_alphanumeric()) => {
                let mut digits = String::from(digit);
                while let Some(next) = letters.next_if(|c| c.is_ascii_digit() || *c == '.') {
                    digits.push(next);
                }
                out.push_str(if digits.len() > 2 { "…" } else { &digits });
            }
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// The name of an element as a caller wrote it: letters and digits only, and not too long.
pub(super) fn name(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).take(64).collect()
}
