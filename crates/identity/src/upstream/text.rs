//! Sentences of sign-in through another provider.

use fhir::Text;

pub const NONCE: Text = Text {
    key: "upstream.nonce",
    fr: "La connexion doit partir de la page de connexion. Ouvrez-la et recommencez.",
    en: "This sign-in must begin on the sign-in page. Open it and start again.",
    de: "Diese Anmeldung muss auf der Anmeldeseite beginnen. Öffnen Sie sie und beginnen Sie neu.",
};
pub const UNREACHABLE: Text = Text {
    key: "upstream.unreachable",
    fr: "Le fournisseur d'identité ne répond pas. Réessayez dans un instant ou connectez-vous autrement.",
    en: "The identity provider does not answer. Try again in a moment or sign in another way.",
    de: "Der Identitätsanbieter antwortet nicht. Versuchen Sie es gleich noch einmal oder melden Sie sich anders an.",
};
pub const OVER: Text = Text {
    key: "upstream.over",
    fr: "Cette connexion n'est plus valable. Recommencez depuis la page de connexion.",
    en: "This sign-in is over. Start again from the sign-in page.",
    de: "Diese Anmeldung ist abgelaufen. Beginnen Sie auf der Anmeldeseite neu.",
};
pub const THERE: Text = Text {
    key: "upstream.refused-there",
    fr: "La connexion a été abandonnée ou refusée par le fournisseur d'identité.",
    en: "The sign-in was given up, or refused by the identity provider.",
    de: "Die Anmeldung wurde abgebrochen oder vom Identitätsanbieter abgelehnt.",
};
pub const ANSWER: Text = Text {
    key: "upstream.answer",
    fr: "La réponse du fournisseur d'identité n'a pas pu être vérifiée. Personne n'a été connecté ; réessayez ou prévenez l'administrateur.",
    en: "The identity provider's answer could not be verified. Nobody was signed in; try again or tell the administrator.",
    de: "Die Antwort des Identitätsanbieters konnte nicht geprüft werden. Niemand wurde angemeldet; versuchen Sie es erneut oder wenden Sie sich an die Administration.",
};
pub const UNKNOWN: Text = Text {
    key: "upstream.unknown",
    fr: "Votre identité est prouvée, mais aucun compte de cet établissement n'y est rattaché. Demandez à l'administrateur d'enregistrer votre numéro RPPS ou de rattacher votre compte.",
    en: "You have proven who you are, but no account here is linked to it. Ask the administrator to record your RPPS number or to link your account.",
    de: "Ihre Identität ist bewiesen, aber hier ist kein Konto damit verknüpft. Bitten Sie die Administration, Ihre RPPS-Nummer einzutragen oder Ihr Konto zu verknüpfen.",
};
pub const SUBJECT: Text = Text {
    key: "upstream.subject",
    fr: "Indiquez l'identifiant (sub) que le fournisseur donne à cette personne, 1 à 255 caractères.",
    en: "Give the identifier (sub) that the provider has for this person, 1 to 255 characters.",
    de: "Geben Sie die Kennung (sub) an, die der Anbieter für diese Person hat, 1 bis 255 Zeichen.",
};
pub const LINKED: Text = Text {
    key: "upstream.linked",
    fr: "Cette identité est déjà rattachée à un compte. Défaites d'abord ce rattachement.",
    en: "This identity is linked to an account already. Undo that link first.",
    de: "Diese Identität ist bereits mit einem Konto verknüpft. Lösen Sie zuerst diese Verknüpfung.",
};
