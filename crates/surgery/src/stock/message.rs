//! What the verbs of the stock say.

use fhir::Text;

pub(super) const QUANTITY: Text = Text {
    key: "stock.quantity",
    fr: "La quantité est un nombre entier de 1 à {max}.",
    en: "The quantity is a whole number from 1 to {max}.",
    de: "Die Menge ist eine ganze Zahl von 1 bis {max}.",
};
pub(super) const NAME: Text = Text {
    key: "stock.name",
    fr: "Ce produit n'est pas au catalogue : indiquez son nom.",
    en: "This product is not in the catalogue: give its name.",
    de: "Dieses Produkt steht nicht im Katalog: Geben Sie seinen Namen an.",
};
pub(super) const EXPIRED: Text = Text {
    key: "stock.expired",
    fr: "Ce lot est périmé depuis le {expiry} : renvoyez-le, il n'entre pas en stock.",
    en: "This lot expired on {expiry}: send it back, it does not enter the stock.",
    de: "Diese Charge ist seit {expiry} abgelaufen: Senden Sie sie zurück, sie kommt nicht ins Lager.",
};
pub(super) const RECALLED: Text = Text {
    key: "stock.recalled",
    fr: "Ce lot fait l'objet d'un rappel ({reference}) : isolez-le, il n'entre pas en stock.",
    en: "This lot is recalled ({reference}): set it apart, it does not enter the stock.",
    de: "Diese Charge ist zurückgerufen ({reference}): Sondern Sie sie aus, sie kommt nicht ins Lager.",
};
pub(super) const ITEMS: Text = Text {
    key: "stock.items",
    fr: "Indiquez de 1 à {max} articles dans « items », chacun avec un « id » (UUID) et un article (« device », « code », « gtin » ou « name »).",
    en: "Give 1 to {max} items in \"items\", each with an \"id\" (UUID) and what it is (\"device\", \"code\", \"gtin\" or \"name\").",
    de: "Geben Sie 1 bis {max} Artikel in „items“ an, jeder mit „id“ (UUID) und Artikel („device“, „code“, „gtin“ oder „name“).",
};
pub(super) const NO_LINE: Text = Text {
    key: "stock.no-line",
    fr: "Ce lot n'est pas en stock. Choisissez-en un de la liste, ou scannez l'étiquette.",
    en: "This lot is not in stock. Choose one of the list, or scan the label.",
    de: "Diese Charge ist nicht im Lager. Wählen Sie eine aus der Liste oder scannen Sie das Etikett.",
};
