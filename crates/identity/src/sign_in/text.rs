//! The sentences of sign-in. What refuses a sign-in is one sentence for all reasons.

use fhir::{Code, Issue, Text};
use store::Error;

macro_rules! text {
    ($name:ident, $key:literal, $fr:literal, $en:literal, $de:literal) => {
        pub const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };
    };
}

text!(
    REFUSED,
    "auth.refused",
    "Identifiant, mot de passe ou second facteur incorrect. Vérifiez la saisie, ou demandez un nouveau mot de passe.",
    "Account, password or second factor is wrong. Check what you typed, or ask for a new password.",
    "Konto, Passwort oder zweiter Faktor ist falsch. Prüfen Sie die Eingabe oder fordern Sie ein neues Passwort an."
);
text!(
    THROTTLED,
    "auth.throttled",
    "Trop d'essais de connexion. Attendez {seconds} s, ou connectez-vous avec une clé d'accès.",
    "Too many attempts to sign in. Wait {seconds} s, or sign in with a passkey.",
    "Zu viele Anmeldeversuche. Warten Sie {seconds} s oder melden Sie sich mit einem Passkey an."
);
text!(
    TICKET_OVER,
    "auth.ticket-over",
    "Cette étape a expiré ou a déjà servi. Recommencez la connexion.",
    "This step is over or was used already. Begin the sign-in again.",
    "Dieser Schritt ist abgelaufen oder wurde schon benutzt. Beginnen Sie die Anmeldung neu."
);
text!(
    LINK_OVER,
    "auth.link-over",
    "Ce lien a expiré ou a déjà servi. Demandez-en un nouveau.",
    "This link is over or was used already. Ask for a new one.",
    "Dieser Link ist abgelaufen oder wurde schon benutzt. Fordern Sie einen neuen an."
);
text!(
    FRESH_FACTOR,
    "auth.fresh-factor",
    "Confirmez d'abord votre identité : mot de passe, code ou clé d'accès donnés il y a moins de cinq minutes.",
    "Confirm first who you are: a password, code or passkey given less than five minutes ago.",
    "Bestätigen Sie zuerst, wer Sie sind: Passwort, Code oder Passkey vor weniger als fünf Minuten."
);
text!(
    PIN_TOO_LITTLE,
    "auth.fresh-factor",
    "Le code du poste ne suffit pas ici : donnez votre mot de passe, un code d'application ou votre clé d'accès.",
    "The station's PIN is not enough here: give your password, a code of your app, or your passkey.",
    "Die PIN des Platzes genügt hier nicht: Geben Sie Passwort, App-Code oder Passkey an."
);
text!(
    FACTOR_THERE,
    "auth.factor-there",
    "Ce compte a déjà un second facteur : reconnectez-vous avec lui.",
    "This account has a second factor already: sign in again with it.",
    "Dieses Konto hat bereits einen zweiten Faktor: Melden Sie sich damit neu an."
);
text!(
    NO_SESSION,
    "auth.session-needed",
    "Cette action se fait depuis votre session dans l'application, et non avec un jeton.",
    "This is done from your session in the app, not with a token.",
    "Das geschieht aus Ihrer Sitzung in der Anwendung, nicht mit einem Token."
);
text!(
    BAD_BODY,
    "auth.bad-body",
    "Le corps de la demande n'est pas le JSON attendu ({place}).",
    "The body of the request is not the JSON that is expected ({place}).",
    "Der Inhalt der Anfrage ist nicht das erwartete JSON ({place})."
);
text!(
    PASSWORD_SHORT,
    "auth.password-short",
    "Le mot de passe est trop court : il lui faut au moins {min} caractères. Une phrase convient très bien.",
    "The password is too short: it needs at least {min} characters. A phrase does very well.",
    "Das Passwort ist zu kurz: Es braucht mindestens {min} Zeichen. Ein Satz eignet sich sehr gut."
);
text!(
    PASSWORD_LONG,
    "auth.password-long",
    "Le mot de passe est trop long : 256 caractères au plus.",
    "The password is too long: at most 256 characters.",
    "Das Passwort ist zu lang: höchstens 256 Zeichen."
);
text!(
    PASSWORD_COMMON,
    "auth.password-common",
    "Ce mot de passe est l'un des plus répandus, ou contient votre identifiant : il serait deviné. Choisissez-en un autre.",
    "This password is among the commonest, or contains your account's name: it would be guessed. Choose another.",
    "Dieses Passwort gehört zu den häufigsten oder enthält Ihren Kontonamen: Es würde erraten. Wählen Sie ein anderes."
);
text!(
    CODE_WRONG,
    "auth.code-wrong",
    "Ce code n'est pas le bon. Vérifiez l'heure de votre téléphone, puis saisissez le code suivant.",
    "This code is not right. Check the time of your phone, then type the next code.",
    "Dieser Code stimmt nicht. Prüfen Sie die Uhrzeit Ihres Telefons und geben Sie den nächsten Code ein."
);
text!(
    PASSKEY_WRONG,
    "auth.passkey-wrong",
    "Cette clé d'accès n'a pas pu être vérifiée. Recommencez, ou choisissez un autre moyen.",
    "This passkey could not be verified. Try again, or choose another way.",
    "Dieser Passkey konnte nicht geprüft werden. Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg."
);
text!(
    PASSKEY_HOST,
    "auth.passkey-host",
    "Les clés d'accès demandent un nom d'hôte, et non une adresse IP : ouvrez l'application par son nom (localhost sur votre machine).",
    "Passkeys need a host name, not an IP address: open the app by its name (localhost on your own machine).",
    "Passkeys brauchen einen Hostnamen, keine IP-Adresse: Öffnen Sie die Anwendung über ihren Namen (localhost auf Ihrem Rechner)."
);
text!(
    TOO_MANY_KEYS,
    "auth.too-many-passkeys",
    "Ce compte a déjà vingt clés d'accès. Retirez-en une d'abord.",
    "This account has twenty passkeys already. Remove one first.",
    "Dieses Konto hat bereits zwanzig Passkeys. Entfernen Sie zuerst einen."
);
text!(
    LAST_FACTOR,
    "auth.last-factor",
    "C'est votre dernier second facteur, et votre mot de passe est court : choisissez d'abord un mot de passe d'au moins 15 caractères, ou ajoutez un autre facteur.",
    "This is your last second factor, and your password is short: choose a password of at least 15 characters first, or add another factor.",
    "Das ist Ihr letzter zweiter Faktor, und Ihr Passwort ist kurz: Wählen Sie zuerst ein Passwort mit mindestens 15 Zeichen oder fügen Sie einen weiteren Faktor hinzu."
);
text!(
    NO_FACTOR,
    "auth.no-factor",
    "Les codes de secours remplacent un second facteur : ajoutez d'abord une application d'authentification ou une clé d'accès.",
    "Recovery codes stand in for a second factor: add an authenticator app or a passkey first.",
    "Wiederherstellungscodes ersetzen einen zweiten Faktor: Fügen Sie zuerst eine Authenticator-App oder einen Passkey hinzu."
);
text!(
    STATION_NAME,
    "station.name",
    "Le nom d'un poste compte 1 à 60 caractères.",
    "The name of a station has 1 to 60 characters.",
    "Der Name eines Platzes hat 1 bis 60 Zeichen."
);
text!(
    NO_STATION,
    "station.unknown",
    "Ce poste n'est pas enregistré comme poste partagé. Un administrateur peut l'enregistrer.",
    "This browser is not registered as a ward station. An administrator can register it.",
    "Dieser Browser ist nicht als Gemeinschaftsplatz registriert. Ein Administrator kann ihn registrieren."
);
text!(
    PIN_FORM,
    "station.pin-form",
    "Le code du poste compte 4 à 8 chiffres, ni tous égaux, ni à la suite.",
    "The station's PIN has 4 to 8 digits, neither all equal nor in a row.",
    "Die PIN des Platzes hat 4 bis 8 Ziffern, weder alle gleich noch fortlaufend."
);
text!(
    PIN_OVER,
    "station.pin-over",
    "Ce code ne peut pas servir ici pour le moment. Connectez-vous avec votre mot de passe et votre second facteur.",
    "This PIN cannot be used here at present. Sign in with your password and second factor.",
    "Diese PIN kann hier derzeit nicht benutzt werden. Melden Sie sich mit Passwort und zweitem Faktor an."
);
text!(
    REASON_SHORT,
    "break-glass.reason",
    "Dites en dix caractères au moins pourquoi cet accès d'urgence est nécessaire.",
    "Say in at least ten characters why this emergency access is needed.",
    "Begründen Sie in mindestens zehn Zeichen, warum dieser Notfallzugriff nötig ist."
);
text!(
    NOTE,
    "break-glass.note",
    "Dites en 1 à 2 000 caractères ce que le contrôle a montré.",
    "Say in 1 to 2,000 characters what the review showed.",
    "Sagen Sie in 1 bis 2.000 Zeichen, was die Prüfung ergeben hat."
);
text!(
    OWN_REVIEW,
    "break-glass.own-review",
    "Vous avez ouvert cet accès vous-même : une autre personne doit le contrôler.",
    "You opened this access yourself: somebody else must review it.",
    "Sie haben diesen Zugriff selbst geöffnet: Jemand anderes muss ihn prüfen."
);
text!(
    REVIEWED,
    "break-glass.reviewed",
    "Cet accès a déjà été contrôlé.",
    "This access was reviewed already.",
    "Dieser Zugriff wurde bereits geprüft."
);
text!(
    NOT_READY,
    "auth.address-unknown",
    "Le lien ne peut pas être envoyé : l'adresse publique de ce serveur n'est pas configurée (public_url).",
    "The link cannot be sent: this server's public address is not configured (public_url).",
    "Der Link kann nicht gesendet werden: Die öffentliche Adresse dieses Servers ist nicht eingerichtet (public_url)."
);

pub fn refused() -> Error {
    Error::refused(Code::Login, REFUSED)
}

pub fn throttled(seconds: u64) -> Error {
    Issue::error(Code::Throttled, THROTTLED).arg("seconds", seconds).into()
}

pub fn ticket_over() -> Error {
    Error::refused(Code::Login, TICKET_OVER)
}

pub fn wrong(field: &'static str, text: Text) -> Error {
    Issue::error(Code::Value, text).at(field).into()
}
