//! What the search says to its caller. No sentence holds a search value: it may be a patient's name.

use super::limits;
use fhir::{Code, Issue, ResourceType, Text};

const UNKNOWN_PARAM: Text = Text {
    key: "search.unknown-parameter",
    fr: "Le paramètre de recherche « {param} » n'existe pas pour {type}. Consultez /metadata.",
    en: "The search parameter \"{param}\" does not exist for {type}. See /metadata.",
    de: "Den Suchparameter „{param}“ gibt es für {type} nicht. Siehe /metadata.",
};
const IGNORED: Text = Text {
    key: "search.ignored-parameter",
    fr: "Le paramètre « {param} » n'existe pas pour {type} : il a été ignoré.",
    en: "The parameter \"{param}\" does not exist for {type}: it was ignored.",
    de: "Den Parameter „{param}“ gibt es für {type} nicht: er wurde ignoriert.",
};
const BAD_MODIFIER: Text = Text {
    key: "search.modifier",
    fr: "Le modificateur « :{modifier} » ne s'applique pas au paramètre « {param} ».",
    en: "The modifier \":{modifier}\" does not apply to the parameter \"{param}\".",
    de: "Der Modifikator „:{modifier}“ gilt nicht für den Parameter „{param}“.",
};
const BAD_VALUE: Text = Text {
    key: "search.value",
    fr: "La valeur du paramètre « {param} » est mal formée ; attendu : {expected}.",
    en: "The value of the parameter \"{param}\" is malformed; expected: {expected}.",
    de: "Der Wert des Parameters „{param}“ ist fehlerhaft; erwartet: {expected}.",
};
const TOO_MANY: Text = Text {
    key: "search.limit",
    fr: "La recherche dépasse une limite : {what}, au plus {limit}.",
    en: "The search exceeds a limit: {what}, at most {limit}.",
    de: "Die Suche überschreitet eine Grenze: {what}, höchstens {limit}.",
};
const TOO_COSTLY: Text = Text {
    key: "search.too-costly",
    fr: "Le critère « {param} » retient trop de ressources (plus de {limit}) ; ajoutez un critère plus sélectif.",
    en: "The criterion \"{param}\" selects too many resources (over {limit}); add a more selective criterion.",
    de: "Das Kriterium „{param}“ trifft zu viele Ressourcen (über {limit}); fügen Sie ein genaueres hinzu.",
};
const SHORT_PAGE: Text = Text {
    key: "search.short-page",
    fr: "La page s'arrête tôt : peu de candidats conviennent. Suivez le lien « next » ou ajoutez un critère.",
    en: "The page ends early: few candidates match. Follow the \"next\" link or add a criterion.",
    de: "Die Seite endet früh: nur wenige Kandidaten passen. Folgen Sie „next“ oder ergänzen Sie ein Kriterium.",
};
const INCLUDE_CUT: Text = Text {
    key: "search.include-cut",
    fr: "Plus de {limit} ressources incluses : les suivantes ont été omises.",
    en: "More than {limit} included resources: the rest was left out.",
    de: "Mehr als {limit} eingeschlossene Ressourcen: der Rest wurde weggelassen.",
};
const TOTAL_UNKNOWN: Text = Text {
    key: "search.total-unknown",
    fr: "Le total exact demanderait d'ouvrir plus de {limit} ressources : il n'est pas donné.",
    en: "An exact total would need more than {limit} resources to be opened: it is not given.",
    de: "Eine genaue Summe müsste mehr als {limit} Ressourcen öffnen: sie wird nicht angegeben.",
};
const NOT_SUPPORTED: Text = Text {
    key: "search.not-supported",
    fr: "Cette recherche n'est pas prise en charge : {what}.",
    en: "This search is not supported: {what}.",
    de: "Diese Suche wird nicht unterstützt: {what}.",
};
const BAD_PAGE: Text = Text {
    key: "search.page",
    fr: "Le lien de page n'est pas valable pour cette recherche. Reprenez-la depuis le début.",
    en: "The page link is not valid for this search. Start the search again.",
    de: "Der Seitenverweis gilt nicht für diese Suche. Beginnen Sie die Suche neu.",
};
const OLD_PAGE: Text = Text {
    key: "search.page-expired",
    fr: "Le lien de page est trop ancien. Reprenez la recherche depuis le début.",
    en: "The page link is too old. Start the search again.",
    de: "Der Seitenverweis ist zu alt. Beginnen Sie die Suche neu.",
};
const AMBIGUOUS_CHAIN: Text = Text {
    key: "search.chain",
    fr: "La chaîne « {param} » ne mène à aucun type qui ait le paramètre demandé.",
    en: "The chain \"{param}\" leads to no type that has the parameter asked for.",
    de: "Die Kette „{param}“ führt zu keinem Typ mit dem gesuchten Parameter.",
};
const CONDITION: Text = Text {
    key: "search.condition",
    fr: "Une condition doit contenir au moins un critère de recherche, sans paramètre de présentation.",
    en: "A condition must hold at least one search criterion and no result parameter.",
    de: "Eine Bedingung muss mindestens ein Suchkriterium und keinen Ergebnisparameter enthalten.",
};

/// A parameter's name as the caller wrote it, cut so that it cannot carry a value.
fn name(param: &str) -> String {
    param.chars().take(64).filter(|c| c.is_ascii_graphic()).collect()
}

fn type_name(rt: Option<ResourceType>) -> &'static str {
    rt.map_or("Resource", ResourceType::name)
}

pub fn unknown_param(rt: Option<ResourceType>, param: &str) -> Issue {
    Issue::error(Code::NotSupported, UNKNOWN_PARAM).arg("param", name(param)).arg("type", type_name(rt))
}

pub fn ignored(rt: Option<ResourceType>, param: &str) -> Issue {
    Issue::warning(Code::NotSupported, IGNORED).arg("param", name(param)).arg("type", type_name(rt))
}

pub fn bad_modifier(param: &str, modifier: &str) -> Issue {
    Issue::error(Code::Invalid, BAD_MODIFIER).arg("param", name(param)).arg("modifier", name(modifier))
}

pub fn bad_value(param: &str, expected: &str) -> Issue {
    Issue::error(Code::Value, BAD_VALUE).arg("param", name(param)).arg("expected", expected)
}

pub fn too_many(what: &str, limit: usize) -> Issue {
    Issue::error(Code::TooCostly, TOO_MANY).arg("what", what).arg("limit", limit)
}

pub fn too_costly(param: &str, limit: usize) -> Issue {
    Issue::error(Code::TooCostly, TOO_COSTLY).arg("param", name(param)).arg("limit", limit)
}

pub fn short_page() -> Issue {
    Issue::warning(Code::TooCostly, SHORT_PAGE)
}

pub fn include_cut() -> Issue {
    Issue::warning(Code::TooCostly, INCLUDE_CUT).arg("limit", limits::INCLUDES)
}

pub fn total_unknown() -> Issue {
    Issue::warning(Code::TooCostly, TOTAL_UNKNOWN).arg("limit", limits::COUNTED)
}

pub fn not_supported(what: &str) -> Issue {
    Issue::error(Code::NotSupported, NOT_SUPPORTED).arg("what", what)
}

pub fn bad_page() -> Issue {
    Issue::error(Code::Invalid, BAD_PAGE)
}

pub fn old_page() -> Issue {
    Issue::error(Code::Deleted, OLD_PAGE)
}

pub fn no_chain(param: &str) -> Issue {
    Issue::error(Code::Invalid, AMBIGUOUS_CHAIN).arg("param", name(param))
}

pub fn empty_condition() -> Issue {
    Issue::error(Code::Invalid, CONDITION)
}
