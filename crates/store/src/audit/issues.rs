//! What callers are told.

use fhir::Text;

pub(super) const BAD_COUNT: Text = Text {
    key: "audit.bad-count",
    fr: "« _count » doit être un nombre entier, de 0 à 1000.",
    en: "\"_count\" must be a whole number from 0 to 1000.",
    de: "„_count“ muss eine ganze Zahl von 0 bis 1000 sein.",
};

pub(super) const BAD_SORT: Text = Text {
    key: "audit.bad-sort",
    fr: "Le journal se lit du plus récent au plus ancien : retirez « _sort », ou écrivez « _sort=-date ».",
    en: "The audit log is read from newest to oldest: leave \"_sort\" out, or write \"_sort=-date\".",
    de: "Das Protokoll wird vom neuesten zum ältesten gelesen: Lassen Sie „_sort“ weg oder schreiben Sie „_sort=-date“.",
};

pub(super) const BAD_PAGE: Text = Text {
    key: "audit.bad-page",
    fr: "Cette page n'existe pas pour cette recherche. Relancez la recherche depuis le début.",
    en: "There is no such page of this search. Start the search again.",
    de: "Diese Seite gibt es zu dieser Suche nicht. Beginnen Sie die Suche von vorn.",
};

pub(super) const SHORT_PAGE: Text = Text {
    key: "audit.short-page",
    fr: "La page s'arrête avant d'être pleine, car il a fallu lire beaucoup d'entrées. Suivez le lien « next », ou précisez « date » ou « patient ».",
    en: "The page ends before it is full, because many entries had to be read. Follow the \"next\" link, or narrow the search with \"date\" or \"patient\".",
    de: "Die Seite endet, bevor sie voll ist, weil viele Einträge zu lesen waren. Folgen Sie dem Link „next“ oder grenzen Sie mit „date“ oder „patient“ ein.",
};
