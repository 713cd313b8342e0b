//! What the verbs and the rule on implants say.

use fhir::Text;

pub(super) const NOT_GS1: Text = Text {
    key: "scan.not-gs1",
    fr: "Ce code n'est ni un code GS1 ni un code HIBC de dispositif. Scannez le code DataMatrix de l'étiquette, ou saisissez GTIN, lot et péremption.",
    en: "This code is neither a GS1 nor a HIBC code of a device. Scan the DataMatrix of the label, or type GTIN, lot and expiry.",
    de: "Dieser Code ist weder ein GS1- noch ein HIBC-Code eines Produkts. Scannen Sie den DataMatrix-Code des Etiketts oder geben Sie GTIN, Charge und Verfall ein.",
};
pub(super) const UNKNOWN_AI: Text = Text {
    key: "scan.unknown-element",
    fr: "L'élément ({ai}) de ce code n'est pas lisible. Scannez à nouveau, ou saisissez GTIN, lot et péremption.",
    en: "The element ({ai}) of this code cannot be read. Scan again, or type GTIN, lot and expiry.",
    de: "Das Element ({ai}) dieses Codes ist nicht lesbar. Scannen Sie erneut oder geben Sie GTIN, Charge und Verfall ein.",
};
pub(super) const CUT: Text = Text {
    key: "scan.cut",
    fr: "L'élément ({ai}) de ce code est incomplet ou illisible. Scannez à nouveau.",
    en: "The element ({ai}) of this code is incomplete or illegible. Scan again.",
    de: "Das Element ({ai}) dieses Codes ist unvollständig oder unlesbar. Scannen Sie erneut.",
};
pub(super) const CHECK_DIGIT: Text = Text {
    key: "scan.check-digit",
    fr: "Le chiffre de contrôle de ce code est faux : le code est mal lu ou mal saisi. Recommencez.",
    en: "The check digit of this code is wrong: it was misread or mistyped. Try again.",
    de: "Die Prüfziffer dieses Codes ist falsch: Er wurde falsch gelesen oder eingegeben. Versuchen Sie es erneut.",
};
pub(super) const DATE: Text = Text {
    key: "scan.date",
    fr: "La date de péremption ou de fabrication de ce code n'existe pas. Saisissez-la comme AAAA-MM-JJ d'après l'étiquette.",
    en: "The date of expiry or production in this code does not exist. Type it as YYYY-MM-DD from the label.",
    de: "Das Verfalls- oder Herstellungsdatum dieses Codes gibt es nicht. Geben Sie es als JJJJ-MM-TT vom Etikett ein.",
};
pub(super) const TWICE: Text = Text {
    key: "scan.twice",
    fr: "Ce code contient deux valeurs pour le même élément : deux étiquettes ont été lues à la suite. Scannez une seule étiquette.",
    en: "This code holds two values of one element: two labels were read in a row. Scan one label only.",
    de: "Dieser Code enthält zwei Werte für dasselbe Element: Zwei Etiketten wurden nacheinander gelesen. Scannen Sie nur eines.",
};
pub(super) const NO_GTIN: Text = Text {
    key: "scan.no-gtin",
    fr: "Ce code ne contient pas de GTIN (élément 01). Scannez l'autre code de l'étiquette.",
    en: "This code holds no GTIN (element 01). Scan the other code of the label.",
    de: "Dieser Code enthält keine GTIN (Element 01). Scannen Sie den anderen Code des Etiketts.",
};
pub(super) const EXPIRED: Text = Text {
    key: "implant.expired",
    fr: "Ce dispositif est périmé depuis le {expiry}. Prenez-en un autre ; s'il faut le poser malgré tout, indiquez pourquoi.",
    en: "This device expired on {expiry}. Take another one; if it must be implanted all the same, say why.",
    de: "Dieses Produkt ist am {expiry} abgelaufen. Nehmen Sie ein anderes; muss es dennoch eingesetzt werden, begründen Sie es.",
};
pub(super) const RECALLED: Text = Text {
    key: "implant.recalled",
    fr: "Ce lot fait l'objet d'un rappel ({reference}). Prenez-en un autre ; s'il faut le poser malgré tout, indiquez pourquoi.",
    en: "This lot is recalled ({reference}). Take another one; if it must be implanted all the same, say why.",
    de: "Diese Charge ist zurückgerufen ({reference}). Nehmen Sie eine andere; muss sie dennoch eingesetzt werden, begründen Sie es.",
};
pub(super) const SERIAL_USED: Text = Text {
    key: "implant.serial-used",
    fr: "Ce numéro de série est déjà enregistré chez un patient. Vérifiez l'étiquette ; un dispositif à numéro de série ne se pose qu'une fois.",
    en: "This serial number is recorded in a patient already. Check the label; a device with a serial number is implanted once.",
    de: "Diese Seriennummer ist bereits bei einem Patienten erfasst. Prüfen Sie das Etikett; ein Produkt mit Seriennummer wird nur einmal eingesetzt.",
};
pub(super) const NO_LOT: Text = Text {
    key: "implant.no-lot",
    fr: "Le numéro de lot ou de série est obligatoire pour un implant : sans lui, un rappel ne trouverait pas le patient.",
    en: "An implant needs a lot or serial number: without it, a recall would not find the patient.",
    de: "Ein Implantat braucht eine Chargen- oder Seriennummer: Sonst fände ein Rückruf den Patienten nicht.",
};
pub(super) const KEPT: Text = Text {
    key: "implant.kept",
    fr: "Un implant enregistré garde son patient, son lot et son numéro. S'il a été saisi par erreur, rayez-le puis enregistrez-le à nouveau.",
    en: "A recorded implant keeps its patient, lot and number. If it was recorded by mistake, strike it and record it again.",
    de: "Ein erfasstes Implantat behält Patient, Charge und Nummer. Wurde es irrtümlich erfasst, streichen Sie es und erfassen Sie es neu.",
};
pub(super) const SEARCH: Text = Text {
    key: "implant.search",
    fr: "Indiquez un lot, un GTIN ou un numéro de série à rechercher.",
    en: "Give a lot, a GTIN or a serial number to look for.",
    de: "Geben Sie eine Charge, eine GTIN oder eine Seriennummer an.",
};
pub(super) const STRUCK: Text = Text {
    key: "implant.struck",
    fr: "Cet implant est déjà rayé.",
    en: "This implant is struck already.",
    de: "Dieses Implantat ist bereits gestrichen.",
};
pub(super) const NOT_RECALLING: Text = Text {
    key: "implant.not-recalling",
    fr: "Un rappel est enregistré par la pharmacie ou l'administration médicale. Prévenez la matériovigilance.",
    en: "A recall is recorded by the pharmacy or the medical administration. Tell the device vigilance.",
    de: "Ein Rückruf wird von der Apotheke oder der medizinischen Verwaltung erfasst. Informieren Sie die Materialvigilanz.",
};
