//! What is wrong with a view or stopped it, as sentences. They hold words of the view, never of the data.

use crate::failure::Failure;
use fhir::{Code, Issue, Text};
use viewdef::{Error, What};

macro_rules! texts {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal)*) => {
        $(const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

texts! {
    MISSING "view.missing"
        "Il manque un élément à la vue : {at}."
        "The view lacks an element: {at}."
        "Der Sicht fehlt ein Element: {at}."
    SHAPE "view.shape"
        "Dans la vue, {at} n'a pas la forme attendue."
        "In the view, {at} does not have the expected form."
        "In der Sicht hat {at} nicht die erwartete Form."
    RESOURCE "view.resource"
        "« resource » de la vue n'est pas un type de ressource FHIR R4."
        "\"resource\" of the view is no FHIR R4 resource type."
        "„resource“ der Sicht ist kein FHIR-R4-Ressourcentyp."
    NAME "view.column-name"
        "{at} n'est pas un nom de colonne : une lettre, puis des lettres, des chiffres et _."
        "{at} is no name of a column: a letter, then letters, digits and _."
        "{at} ist kein Spaltenname: ein Buchstabe, dann Buchstaben, Ziffern und _."
    TWICE "view.twice"
        "{at} figure deux fois dans la vue."
        "{at} stands twice in the view."
        "{at} steht zweimal in der Sicht."
    CONSTANT "view.constant"
        "La constante {at} de la vue doit porter un seul value[x] d'un type primitif, et être définie avant d'être utilisée."
        "The constant {at} of the view must have one value[x] of a primitive type, and be defined before it is used."
        "Die Konstante {at} der Sicht muss genau ein value[x] eines primitiven Typs haben und definiert sein, bevor sie verwendet wird."
    LOOPS "view.loops"
        "{at} : un seul de forEach, forEachOrNull et repeat est admis."
        "{at}: only one of forEach, forEachOrNull and repeat is allowed."
        "{at}: Nur eines von forEach, forEachOrNull und repeat ist zulässig."
    UNION "view.union"
        "{at} : les branches d'une union ont les mêmes colonnes."
        "{at}: the branches of a union have the same columns."
        "{at}: Die Zweige einer Vereinigung haben dieselben Spalten."
    LARGE "view.too-large"
        "{at} : la vue est trop grande ou trop profonde."
        "{at}: the view is too large or too deep."
        "{at}: Die Sicht ist zu groß oder zu tief."
    PATH "view.path"
        "{at} n'est pas un chemin FHIRPath que les vues admettent."
        "{at} is no FHIRPath that views allow."
        "{at} ist kein FHIRPath, den Sichten zulassen."
    STOPPED "view.path-stopped"
        "{at} ne s'applique pas à l'une des ressources : types ou fonctions qui ne conviennent pas, ou trop de calcul."
        "{at} does not work on one of the resources: types or functions that do not fit, or too much work."
        "{at} passt nicht zu einer der Ressourcen: Typen oder Funktionen, oder zu aufwendig."
    SEVERAL "view.several-values"
        "{at} donne plusieurs valeurs pour une ressource. Ajoutez « collection » à la colonne, ou un forEach."
        "{at} gives several values for a resource. Add \"collection\" to the column, or a forEach."
        "{at} gibt für eine Ressource mehrere Werte. Ergänzen Sie „collection“ an der Spalte oder ein forEach."
    PARTS "view.not-plain"
        "{at} donne un élément composé ; une colonne porte des valeurs simples."
        "{at} gives an element with parts; a column holds plain values."
        "{at} gibt ein zusammengesetztes Element; eine Spalte hält einfache Werte."
    CONDITION "view.not-boolean"
        "{at} ne donne pas un booléen."
        "{at} gives no boolean."
        "{at} gibt keinen Wahrheitswert."
    ROWS "view.too-many-rows"
        "{at} fait trop de lignes d'une seule ressource."
        "{at} makes too many rows of one resource."
        "{at} macht zu viele Zeilen aus einer Ressource."
}

/// The answer to a view that cannot be read or run: 422, at its place in the Parameters.
pub fn failure(error: &Error, at: usize) -> Failure {
    let (code, text) = match &error.what {
        What::Missing => (Code::Required, MISSING),
        What::WrongJson => (Code::Structure, SHAPE),
        What::UnknownResource => (Code::Value, RESOURCE),
        What::BadName => (Code::Value, NAME),
        What::Twice => (Code::Duplicate, TWICE),
        What::BadConstant | What::UnknownConstant(_) => (Code::Value, CONSTANT),
        What::SeveralLoops => (Code::Invariant, LOOPS),
        What::UnevenUnion => (Code::Invariant, UNION),
        What::TooLarge => (Code::TooLong, LARGE),
        What::Path(_) | What::NotOffered(_) => (Code::Invalid, PATH),
        What::Run(_) => (Code::Processing, STOPPED),
        What::SeveralValues => (Code::Processing, SEVERAL),
        What::NotPlain => (Code::Processing, PARTS),
        What::NotBoolean => (Code::Processing, CONDITION),
        What::TooManyRows | What::Expired => (Code::TooCostly, ROWS),
    };
    let place: String = error.at.chars().take(200).collect();
    let issue = Issue::error(code, text).arg("at", format!("« {place} »"));
    Failure::of(422, issue.at(format!("Parameters.parameter[{at}].resource.{place}")))
}
