//! What can be wrong with a JSON Patch, as sentences. They hold pointers, never values.

use super::Operation;
use crate::{Code, Issue, Text};

macro_rules! texts {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal)*) => {
        $(pub(super) const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

texts! {
    NOT_A_LIST "json-patch.list"
        "Un JSON Patch est une liste d'opérations, comme [{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]."
        "A JSON Patch is a list of operations, such as [{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]."
        "Ein JSON Patch ist eine Liste von Operationen wie [{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]."
    TOO_MANY "json-patch.too-many"
        "Le correctif JSON contient {count} opérations ; au plus {max} sont admises. Découpez-le."
        "The JSON Patch has {count} operations; at most {max} are allowed. Split it."
        "Der JSON Patch hat {count} Operationen; höchstens {max} sind zulässig. Teilen Sie ihn auf."
    BAD_OPERATION "json-patch.operation"
        "L'élément {n} n'est pas une opération de la RFC 6902 : « op » (add, remove, replace, move, copy, test), « path » et, selon le cas, « value » ou « from »."
        "Item {n} is no operation of RFC 6902: \"op\" (add, remove, replace, move, copy, test), \"path\" and, as the case may be, \"value\" or \"from\"."
        "Eintrag {n} ist keine Operation nach RFC 6902: „op“ (add, remove, replace, move, copy, test), „path“ und je nachdem „value“ oder „from“."
    NOWHERE "json-patch.nowhere"
        "Opération {n} ({type}) : rien ne se trouve à « {path} », ou rien n'y peut être mis. Rien n'a été modifié."
        "Operation {n} ({type}): nothing is at \"{path}\", or nothing can be put there. Nothing was changed."
        "Operation {n} ({type}): An „{path}“ ist nichts, oder dort kann nichts stehen. Nichts wurde geändert."
    INSIDE "json-patch.inside-itself"
        "Opération {n} ({type}) : un élément ne peut pas être déplacé dans lui-même (« {path} »). Rien n'a été modifié."
        "Operation {n} ({type}): an element cannot be moved into itself (\"{path}\"). Nothing was changed."
        "Operation {n} ({type}): Ein Element kann nicht in sich selbst verschoben werden („{path}“). Nichts wurde geändert."
    DIFFERS "json-patch.test"
        "Opération {n} ({type}) : la valeur à « {path} » n'est pas celle qui est attendue. Rien n'a été modifié."
        "Operation {n} ({type}): the value at \"{path}\" is not the expected one. Nothing was changed."
        "Operation {n} ({type}): Der Wert an „{path}“ ist nicht der erwartete. Nichts wurde geändert."
    TOO_LARGE "json-patch.too-large"
        "Opération {n} ({type}) : le document deviendrait trop grand ou trop profond (« {path} »). Rien n'a été modifié."
        "Operation {n} ({type}): the document would become too large or too deep (\"{path}\"). Nothing was changed."
        "Operation {n} ({type}): Das Dokument würde zu groß oder zu tief („{path}“). Nichts wurde geändert."
}

/// Why an operation cannot be done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why {
    Nowhere,
    Inside,
    Differs,
    TooLarge,
}

impl Why {
    pub fn issue(self, at: usize, operation: &Operation) -> Issue {
        let (code, text) = match self {
            Why::Nowhere => (Code::Processing, NOWHERE),
            Why::Inside => (Code::Processing, INSIDE),
            Why::Differs => (Code::Processing, DIFFERS),
            Why::TooLarge => (Code::TooCostly, TOO_LARGE),
        };
        let path = match operation {
            Operation::Add(path, _)
            | Operation::Remove(path)
            | Operation::Replace(path, _)
            | Operation::Test(path, _)
            | Operation::Move { path, .. }
            | Operation::Copy { path, .. } => path.shown(),
        };
        Issue::error(code, text).arg("n", at + 1).arg("type", operation.name()).arg("path", path)
    }
}
