//! What the verbs and the rule on notes say.

use fhir::Text;

pub(super) const NOT_A_NOTE: Text = Text {
    key: "note.not-a-note",
    fr: "Ce document n'est pas une note rédigée ici : consultez-le dans le dossier.",
    en: "This document is not a note that was written here: read it in the record.",
    de: "Dieses Dokument wurde nicht hier verfasst: Lesen Sie es in der Akte.",
};

pub(super) const CHANGED: Text = Text {
    key: "note.changed",
    fr: "La note a été modifiée entre-temps. Comparez les deux textes, puis enregistrez celui que vous gardez.",
    en: "The note was changed meanwhile. Compare both texts, then save the one that you keep.",
    de: "Die Notiz wurde inzwischen geändert. Vergleichen Sie beide Texte und speichern Sie den, den Sie behalten.",
};

pub(super) const VERSION_MISSING: Text = Text {
    key: "note.version-missing",
    fr: "Indiquez la version que vous avez lue (If-Match ou « version ») : sans elle, le texte d'un autre pourrait être perdu.",
    en: "Name the version that you have read (If-Match or \"version\"): without it somebody else's text could be lost.",
    de: "Nennen Sie die gelesene Fassung (If-Match oder „version“): Sonst könnte fremder Text verloren gehen.",
};

pub(super) const SIGNED: Text = Text {
    key: "note.signed",
    fr: "Cette note est signée ou retirée : son texte ne change plus. Créez un amendement.",
    en: "This note is signed or withdrawn: its text no longer changes. Create an amendment.",
    de: "Diese Notiz ist signiert oder zurückgezogen: Ihr Text ändert sich nicht mehr. Erstellen Sie eine Berichtigung.",
};

pub(super) const NOT_SIGNED: Text = Text {
    key: "note.not-signed",
    fr: "Cette note n'est pas signée : modifiez le brouillon.",
    en: "This note is not signed: change the draft.",
    de: "Diese Notiz ist nicht signiert: Ändern Sie den Entwurf.",
};

pub(super) const EMPTY: Text = Text {
    key: "note.empty",
    fr: "La note est vide : rédigez au moins une rubrique avant de signer.",
    en: "The note is empty: write at least one section before you sign.",
    de: "Die Notiz ist leer: Schreiben Sie mindestens einen Abschnitt, bevor Sie signieren.",
};

pub(super) const NOT_THE_AUTHOR: Text = Text {
    key: "note.not-the-author",
    fr: "Seul l'auteur signe sa note. Vous pourrez la contresigner ensuite.",
    en: "Only the author signs the note. You can co-sign it afterwards.",
    de: "Nur der Verfasser signiert die Notiz. Danach können Sie gegenzeichnen.",
};

pub(super) const NO_PROFESSIONAL: Text = Text {
    key: "note.no-professional",
    fr: "Votre compte n'est rattaché à aucun professionnel de l'établissement : demandez à l'administration de l'y rattacher.",
    en: "Your account is tied to no professional of the clinic: ask the administration to link it.",
    de: "Ihr Konto ist keiner Fachperson der Einrichtung zugeordnet: Bitten Sie die Verwaltung darum.",
};

pub(super) const AUTHOR: Text = Text {
    key: "note.author",
    fr: "Indiquez le professionnel pour qui vous rédigez par sa référence « Practitioner/… ». Seul le secrétariat rédige pour un autre.",
    en: "Name the professional for whom you type by a reference \"Practitioner/…\". Only secretaries type for somebody else.",
    de: "Nennen Sie die Fachperson, für die Sie schreiben, als „Practitioner/…“. Nur das Sekretariat schreibt für andere.",
};

pub(super) const TEMPLATE: Text = Text {
    key: "note.template",
    fr: "Ce modèle n'existe pas pour ce type de note. Choisissez-en un de « notes/templates ».",
    en: "There is no such template for this kind of note. Choose one of \"notes/templates\".",
    de: "Diese Vorlage gibt es für diese Art von Notiz nicht. Wählen Sie eine aus „notes/templates“.",
};

pub(super) const DATE: Text = Text {
    key: "note.date",
    fr: "La date doit être écrite comme 2026-11-22 ou 2026-11-22T14:05:00+01:00.",
    en: "Write the date as 2026-11-22 or 2026-11-22T14:05:00+01:00.",
    de: "Schreiben Sie das Datum als 2026-11-22 oder 2026-11-22T14:05:00+01:00.",
};

pub(super) const SECTIONS: Text = Text {
    key: "note.sections",
    fr: "Chaque rubrique est un objet avec « code » (lettres minuscules, chiffres, tirets), « text » et au besoin « title » et « entries ».",
    en: "Each section is an object with \"code\" (small letters, digits, hyphens), \"text\" and, if need be, \"title\" and \"entries\".",
    de: "Jeder Abschnitt ist ein Objekt mit „code“ (Kleinbuchstaben, Ziffern, Bindestriche), „text“ und bei Bedarf „title“ und „entries“.",
};

pub(super) const TOO_LONG: Text = Text {
    key: "note.too-long",
    fr: "Une note a au plus {sections} rubriques, {letters} caractères et {entries} éléments liés : répartissez le texte sur deux notes.",
    en: "A note has at most {sections} sections, {letters} characters and {entries} linked items: spread the text over two notes.",
    de: "Eine Notiz hat höchstens {sections} Abschnitte, {letters} Zeichen und {entries} verknüpfte Einträge: Verteilen Sie den Text auf zwei Notizen.",
};

pub(super) const COSIGN_SELF: Text = Text {
    key: "note.cosign-self",
    fr: "Une autre personne que l'auteur contresigne.",
    en: "Somebody other than the author co-signs.",
    de: "Eine andere Person als der Verfasser zeichnet gegen.",
};

pub(super) const COSIGNED: Text = Text {
    key: "note.cosigned",
    fr: "Cette note est déjà contresignée.",
    en: "This note is co-signed already.",
    de: "Diese Notiz ist bereits gegengezeichnet.",
};

pub(super) const AMENDMENT_OPEN: Text = Text {
    key: "note.amendment-open",
    fr: "Un amendement de cette note existe déjà : continuez-le, ou retirez-le.",
    en: "An amendment of this note exists already: go on with it, or withdraw it.",
    de: "Eine Berichtigung dieser Notiz besteht bereits: Setzen Sie sie fort oder ziehen Sie sie zurück.",
};

pub(super) const AMENDED: Text = Text {
    key: "note.amended",
    fr: "Cette note a été remplacée par un amendement signé : agissez sur celui-ci.",
    en: "This note was replaced by a signed amendment: act on that one.",
    de: "Diese Notiz wurde durch eine signierte Berichtigung ersetzt: Bearbeiten Sie diese.",
};

pub(super) const WITHDRAWN: Text = Text {
    key: "note.withdrawn",
    fr: "Cette note est retirée : elle reste lisible et ne change plus.",
    en: "This note is withdrawn: it stays readable and no longer changes.",
    de: "Diese Notiz ist zurückgezogen: Sie bleibt lesbar und ändert sich nicht mehr.",
};

pub(super) const KIND: Text = Text {
    key: "note.kind",
    fr: "Une note garde le type avec lequel elle a été créée. Créez une autre note.",
    en: "A note keeps the kind that it was made with. Make another note.",
    de: "Eine Notiz behält ihre Art. Legen Sie eine andere Notiz an.",
};

pub(super) const PATIENT_CHANGED: Text = Text {
    key: "note.patient-changed",
    fr: "Une note reste dans le dossier du patient pour qui elle a été créée. Retirez-la, puis rédigez-en une autre.",
    en: "A note stays in the record of the patient for whom it was made. Withdraw it, then write another.",
    de: "Eine Notiz bleibt in der Akte des Patienten, für den sie angelegt wurde. Ziehen Sie sie zurück und schreiben Sie eine neue.",
};

pub(super) const AUTHOR_CHANGED: Text = Text {
    key: "note.author-changed",
    fr: "L'auteur d'une note ne change pas. Rédigez votre propre note.",
    en: "The author of a note does not change. Write a note of your own.",
    de: "Der Verfasser einer Notiz ändert sich nicht. Schreiben Sie eine eigene Notiz.",
};

pub(super) const LINK_CHANGED: Text = Text {
    key: "note.link-changed",
    fr: "Le lien d'un amendement vers la note qu'il remplace ne change pas.",
    en: "The link of an amendment to the note that it replaces does not change.",
    de: "Der Verweis einer Berichtigung auf die ersetzte Notiz ändert sich nicht.",
};

pub(super) const ENTRY: Text = Text {
    key: "note.entry",
    fr: "Cet élément lié n'existe pas dans le dossier de ce patient. Enregistrez-le d'abord, ou retirez le lien.",
    en: "This linked item does not exist in this patient's record. Save it first, or remove the link.",
    de: "Dieser verknüpfte Eintrag besteht in der Akte dieses Patienten nicht. Speichern Sie ihn zuerst, oder entfernen Sie die Verknüpfung.",
};

pub(super) const FORM: Text = Text {
    key: "note.form",
    fr: "Une note a un patient, un auteur, un titre et des rubriques avec un code ; un brouillon ne porte ni signature ni attestation.",
    en: "A note has a patient, an author, a title and sections with a code; a draft holds no signature and no attestation.",
    de: "Eine Notiz hat Patient, Verfasser, Titel und Abschnitte mit Code; ein Entwurf trägt weder Signatur noch Bestätigung.",
};

pub(super) const NOT_PROVED: Text = Text {
    key: "note.signature-not-proved",
    fr: "La signature n'est pas établie : signez, contresignez ou retirez la note par l'application.",
    en: "The signature is not proved: sign, co-sign or withdraw the note in the application.",
    de: "Die Signatur ist nicht belegt: Signieren, gegenzeichnen oder widerrufen Sie die Notiz in der Anwendung.",
};

pub(super) const PROOF_KEPT: Text = Text {
    key: "note.proof-kept",
    fr: "La preuve d'une signature ne se modifie pas et ne se supprime pas.",
    en: "The proof of a signature is neither changed nor deleted.",
    de: "Der Nachweis einer Signatur wird weder geändert noch gelöscht.",
};

/// Under the key by which the web app knows to ask for the factor and to repeat.
pub(super) const FRESH_FACTOR: Text = Text {
    key: "auth.fresh-factor",
    fr: "Confirmez votre identité (mot de passe, code ou clé d'accès), puis recommencez.",
    en: "Confirm your identity (password, code or passkey), then try again.",
    de: "Bestätigen Sie Ihre Identität (Passwort, Code oder Passkey) und versuchen Sie es erneut.",
};
