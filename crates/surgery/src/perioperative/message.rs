//! What the verbs of the theatre's record say.

use fhir::Text;

pub(crate) const NOT_A_CASE: Text = Text {
    key: "record.not-a-case",
    fr: "Cette demande n'est pas une intervention chirurgicale : ouvrez le dossier depuis la fiche de l'intervention.",
    en: "This request is no surgical case: open the record from the page of the case.",
    de: "Diese Anforderung ist kein chirurgischer Fall: Öffnen Sie die Akte über die Seite des Eingriffs.",
};
pub(crate) const CHOICE: Text = Text {
    key: "record.choice",
    fr: "Cette valeur n'est pas admise. Choisissez parmi : {values}.",
    en: "This value is not admitted. Choose one of: {values}.",
    de: "Dieser Wert ist nicht zulässig. Wählen Sie aus: {values}.",
};
pub(crate) const TEXT: Text = Text {
    key: "record.text",
    fr: "Saisissez un texte d'au plus {max} caractères.",
    en: "Enter a text of at most {max} characters.",
    de: "Geben Sie einen Text mit höchstens {max} Zeichen ein.",
};
pub(crate) const FLAG: Text = Text {
    key: "record.flag",
    fr: "Répondez par oui ou non (true ou false).",
    en: "Answer yes or no (true or false).",
    de: "Antworten Sie mit Ja oder Nein (true oder false).",
};
pub(crate) const TIME: Text = Text {
    key: "record.time",
    fr: "L'heure s'écrit AAAA-MM-JJThh:mm:ss avec le fuseau.",
    en: "Write the time as YYYY-MM-DDThh:mm:ss with its zone.",
    de: "Schreiben Sie die Zeit als JJJJ-MM-TTThh:mm:ss mit Zeitzone.",
};
pub(crate) const FUTURE: Text = Text {
    key: "record.future",
    fr: "Cette heure est dans le futur : notez ce qui a eu lieu, à l'heure où cela a eu lieu.",
    en: "This time lies in the future: note what happened, at the time when it happened.",
    de: "Diese Zeit liegt in der Zukunft: Notieren Sie, was geschehen ist, zu der Zeit, als es geschah.",
};
pub(crate) const LONG_AGO: Text = Text {
    key: "record.long-ago",
    fr: "Cette heure est à plus de 30 jours : vérifiez la date.",
    en: "This time is more than 30 days ago: check the date.",
    de: "Diese Zeit liegt mehr als 30 Tage zurück: Prüfen Sie das Datum.",
};
pub(crate) const INTEGER: Text = Text {
    key: "record.integer",
    fr: "Saisissez un nombre entier.",
    en: "Enter a whole number.",
    de: "Geben Sie eine ganze Zahl ein.",
};
pub(crate) const DECIMAL: Text = Text {
    key: "record.decimal",
    fr: "Saisissez un nombre.",
    en: "Enter a number.",
    de: "Geben Sie eine Zahl ein.",
};
pub(crate) const IMPOSSIBLE: Text = Text {
    key: "record.impossible",
    fr: "{value} {unit} est impossible : la valeur va de {low} à {high}. Vérifiez l'unité et la saisie.",
    en: "{value} {unit} is impossible: the value lies between {low} and {high}. Check the unit and the entry.",
    de: "{value} {unit} ist unmöglich: Der Wert liegt zwischen {low} und {high}. Prüfen Sie Einheit und Eingabe.",
};
pub(crate) const UNUSUAL: Text = Text {
    key: "record.unusual",
    fr: "{value} {unit} est inhabituel (habituellement de {low} à {high}). Si c'est exact, confirmez.",
    en: "{value} {unit} is unusual (usually {low} to {high}). If it is right, confirm.",
    de: "{value} {unit} ist ungewöhnlich (üblich sind {low} bis {high}). Falls es stimmt, bestätigen Sie.",
};
pub(crate) const MISSING: Text = Text {
    key: "record.missing",
    fr: "Ce champ est obligatoire : renseignez-le.",
    en: "This field is required: fill it in.",
    de: "Dieses Feld ist erforderlich: Füllen Sie es aus.",
};
pub(crate) const UNKNOWN_FIELD: Text = Text {
    key: "record.unknown-field",
    fr: "Ce champ n'existe pas pour ce type d'entrée.",
    en: "This kind of entry has no such field.",
    de: "Diese Art von Eintrag hat kein solches Feld.",
};
pub(crate) const EMPTY: Text = Text {
    key: "record.empty",
    fr: "Cette entrée est vide : renseignez au moins une valeur.",
    en: "This entry is empty: fill in at least one value.",
    de: "Dieser Eintrag ist leer: Füllen Sie mindestens einen Wert aus.",
};
pub(crate) const ENTRIES: Text = Text {
    key: "record.entries",
    fr: "Envoyez de 1 à {max} entrées dans « entries », chacune avec un « id » (UUID) qui lui est propre.",
    en: "Send 1 to {max} entries in \"entries\", each with an \"id\" (UUID) of its own.",
    de: "Senden Sie 1 bis {max} Einträge in „entries“, jeder mit eigener „id“ (UUID).",
};
pub(crate) const KNOWN: Text = Text {
    key: "record.known",
    fr: "Une autre entrée est déjà enregistrée sous cet identifiant. Corrigez-la, ou envoyez celle-ci avec un nouvel identifiant.",
    en: "Another entry is stored under this id already. Correct it, or send this one with a new id.",
    de: "Unter dieser Kennung ist bereits ein anderer Eintrag gespeichert. Korrigieren Sie ihn oder senden Sie diesen mit neuer Kennung.",
};
pub(crate) const OTHER_CASE: Text = Text {
    key: "record.other-case",
    fr: "Cette entrée n'appartient pas à cette intervention.",
    en: "This entry does not belong to this case.",
    de: "Dieser Eintrag gehört nicht zu diesem Eingriff.",
};
pub(crate) const IS_STRUCK: Text = Text {
    key: "record.struck",
    fr: "Cette entrée est rayée : elle reste lisible et ne change plus. Saisissez-en une autre.",
    en: "This entry is struck: it stays readable and no longer changes. Enter another one.",
    de: "Dieser Eintrag ist gestrichen: Er bleibt lesbar und ändert sich nicht mehr. Erfassen Sie einen anderen.",
};
pub(crate) const NOTHING_CHANGED: Text = Text {
    key: "record.nothing-changed",
    fr: "La correction ne change rien : indiquez la valeur corrigée, ou rayez l'entrée (« strike »).",
    en: "The correction changes nothing: give the corrected value, or strike the entry (\"strike\").",
    de: "Die Korrektur ändert nichts: Geben Sie den berichtigten Wert an oder streichen Sie den Eintrag („strike“).",
};
pub(crate) const MISMATCH: Text = Text {
    key: "count.mismatch",
    fr: "Compte incomplet : {what}. Recomptez ; si l'écart demeure, indiquez la décision prise et par qui.",
    en: "The count is not complete: {what}. Count again; if the difference remains, give the decision and who took it.",
    de: "Die Zählung stimmt nicht: {what}. Zählen Sie erneut; bleibt die Differenz, geben Sie die Entscheidung und den Entscheider an.",
};
pub(crate) const NO_COUNT: Text = Text {
    key: "count.no-first",
    fr: "Aucun compte n'a été fait avant l'incision : saisissez d'abord le compte initial.",
    en: "Nothing was counted before the incision: enter the first count before.",
    de: "Vor dem Schnitt wurde nicht gezählt: Erfassen Sie zuerst die Anfangszählung.",
};
pub(crate) const PRESSURE: Text = Text {
    key: "tourniquet.pressure",
    fr: "Indiquez la pression du garrot à la mise en place.",
    en: "Give the pressure of the tourniquet when it is inflated.",
    de: "Geben Sie den Druck der Blutsperre beim Anlegen an.",
};
pub(crate) const CLIENT_ID: Text = Text {
    key: "record.client-id",
    fr: "L'identifiant « id » est un UUID que l'appareil choisit lui-même, pour qu'un second envoi ne compte pas double.",
    en: "The \"id\" is a UUID that the device chooses itself, so that a second sending does not count twice.",
    de: "Die „id“ ist eine UUID, die das Gerät selbst wählt, damit eine zweite Sendung nicht doppelt zählt.",
};
