//! The sentences of the edge.

use fhir::Text;

macro_rules! text {
    ($name:ident, $key:literal, $fr:literal, $en:literal, $de:literal) => {
        pub const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };
    };
}

text!(
    LOGIN,
    "auth.login",
    "Connectez-vous : cette adresse demande un jeton d'accès valide (« Authorization: Bearer … »).",
    "Sign in: this address asks for a valid access token (\"Authorization: Bearer …\").",
    "Melden Sie sich an: Diese Adresse verlangt ein gültiges Zugriffstoken („Authorization: Bearer …“)."
);
text!(
    DENIED,
    "access.denied",
    "Votre rôle ne permet pas cet accès. La tentative a été consignée.",
    "Your role does not permit this access. The attempt was recorded.",
    "Ihre Rolle erlaubt diesen Zugriff nicht. Der Versuch wurde protokolliert."
);
text!(
    CSRF,
    "auth.cross-site",
    "Demande refusée : elle ne vient pas de l'application elle-même (en-tête « X-Medhub: 1 » et même origine).",
    "Request refused: it does not come from the app itself (header \"X-Medhub: 1\" and same origin).",
    "Anfrage abgelehnt: Sie kommt nicht aus der Anwendung selbst (Kopfzeile „X-Medhub: 1“ und gleiche Herkunft)."
);
text!(
    ENROL,
    "auth.enrol-second-factor",
    "Ajoutez d'abord un second facteur à votre compte (page « Sécurité ») : votre rôle le demande.",
    "Add a second factor to your account first (page \"Security\"): your role asks for it.",
    "Fügen Sie Ihrem Konto zuerst einen zweiten Faktor hinzu (Seite „Sicherheit“): Ihre Rolle verlangt ihn."
);
text!(
    CLIENT,
    "access.client",
    "Un jeton d'application n'ouvre pas cette adresse : elle est réservée aux personnes connectées à Medical Hub.",
    "An app's token does not open this address: it is for people who are signed in to Medical Hub.",
    "Das Token einer Anwendung öffnet diese Adresse nicht: Sie ist Personen vorbehalten, die bei Medical Hub angemeldet sind."
);
text!(
    NOT_FOUND,
    "not-found",
    "Rien n'existe à cette adresse, ou rien que vous puissiez voir.",
    "Nothing exists at this address, or nothing that you may see.",
    "Unter dieser Adresse gibt es nichts, oder nichts, was Sie sehen dürfen."
);
text!(
    GONE,
    "gone",
    "Cette ressource a été supprimée. Ses versions antérieures se lisent par « _history ».",
    "This resource was deleted. Read its former versions through \"_history\".",
    "Diese Ressource wurde gelöscht. Frühere Versionen lesen Sie über „_history“."
);
text!(
    VERSION_CONFLICT,
    "version-conflict",
    "La version {current} est la version actuelle, et non celle que demande « If-Match ». Relisez, puis recommencez.",
    "Version {current} is the current one, not the one that \"If-Match\" asks for. Read again, then retry.",
    "Version {current} ist die aktuelle, nicht die mit „If-Match“ verlangte. Lesen Sie neu und wiederholen Sie."
);
text!(
    RACE,
    "version-race",
    "La ressource existe déjà, ou vient d'être modifiée par quelqu'un d'autre. Relisez, puis recommencez.",
    "The resource exists already, or someone else has just changed it. Read again, then retry.",
    "Die Ressource besteht schon oder wurde gerade von jemand anderem geändert. Lesen Sie neu und wiederholen Sie."
);
text!(
    MULTIPLE_MATCHES,
    "multiple-matches",
    "Plusieurs ressources répondent à la condition. Précisez-la pour qu'elle n'en désigne qu'une.",
    "Several resources match the condition. Narrow it so that it names one only.",
    "Mehrere Ressourcen erfüllen die Bedingung. Fassen Sie sie enger, damit sie nur eine benennt."
);
text!(
    UNAVAILABLE,
    "unavailable",
    "Le service ne peut pas répondre pour le moment ; rien n'a été modifié. Réessayez dans un instant.",
    "The service cannot answer right now; nothing was changed. Try again in a moment.",
    "Der Dienst kann gerade nicht antworten; es wurde nichts geändert. Versuchen Sie es gleich noch einmal."
);
text!(
    INTERNAL,
    "internal",
    "Une erreur interne s'est produite. Signalez-la avec le numéro de la demande.",
    "An internal error occurred. Report it with the request id.",
    "Ein interner Fehler ist aufgetreten. Melden Sie ihn mit der Nummer der Anfrage."
);
text!(
    BUSY,
    "busy",
    "Trop de demandes à la fois. Réessayez dans un instant.",
    "Too many requests at once. Try again in a moment.",
    "Zu viele Anfragen gleichzeitig. Versuchen Sie es gleich noch einmal."
);
text!(
    THROTTLED,
    "throttled",
    "Vous envoyez trop de demandes. Attendez {seconds} s.",
    "You send too many requests. Wait {seconds} s.",
    "Sie senden zu viele Anfragen. Warten Sie {seconds} s."
);
text!(
    METHOD,
    "method-not-allowed",
    "Cette adresse n'accepte pas la méthode employée. Méthodes admises : {allow}.",
    "This address does not accept the method used. Accepted: {allow}.",
    "Diese Adresse nimmt die verwendete Methode nicht an. Zulässig: {allow}."
);
text!(
    UNKNOWN_TYPE,
    "unknown-type",
    "Le premier segment de l'adresse n'est pas un type de ressource FHIR R4 (par exemple « Patient »).",
    "The first segment of the address is not a FHIR R4 resource type (for example \"Patient\").",
    "Der erste Teil der Adresse ist kein FHIR-R4-Ressourcentyp (zum Beispiel „Patient“)."
);
text!(
    NO_OPERATION,
    "operation-not-supported",
    "Cette opération « $ » n'est pas offerte par ce serveur ; voyez /metadata.",
    "This server does not offer that \"$\" operation; see /metadata.",
    "Dieser Server bietet diese „$“-Operation nicht an; siehe /metadata."
);
text!(
    BAD_ID,
    "bad-id",
    "Un identifiant compte de 1 à 64 lettres, chiffres, « - » ou « . ».",
    "An id has 1 to 64 letters, digits, \"-\" or \".\".",
    "Eine ID hat 1 bis 64 Buchstaben, Ziffern, „-“ oder „.“."
);
text!(
    TENANT_NOT_NAMED,
    "tenant-not-named",
    "L'adresse ne dit pas de quel établissement il s'agit : utilisez /t/nom-de-l-etablissement/… ou son nom d'hôte.",
    "The address does not say which tenant is meant: use /t/tenant-name/… or its host name.",
    "Die Adresse nennt keinen Mandanten: Verwenden Sie /t/mandantenname/… oder dessen Hostnamen."
);
text!(
    BAD_PATH,
    "bad-path",
    "L'adresse est mal formée ou mal encodée.",
    "The address is malformed or wrongly encoded.",
    "Die Adresse ist fehlerhaft aufgebaut oder kodiert."
);
text!(
    IF_MATCH,
    "bad-if-match",
    "« If-Match » doit nommer une seule version, par exemple W/\"3\".",
    "\"If-Match\" must name one version, for example W/\"3\".",
    "„If-Match“ muss genau eine Version nennen, zum Beispiel W/\"3\"."
);
text!(
    IF_NONE_MATCH,
    "bad-if-none-match",
    "À l'écriture, « If-None-Match » n'admet que « * ».",
    "On a write, \"If-None-Match\" may only be \"*\".",
    "Beim Schreiben darf „If-None-Match“ nur „*“ sein."
);
text!(
    IF_NONE_EXIST,
    "bad-if-none-exist",
    "« If-None-Exist » doit être une recherche, par exemple identifier=système|valeur.",
    "\"If-None-Exist\" must be a search, for example identifier=system|value.",
    "„If-None-Exist“ muss eine Suche sein, zum Beispiel identifier=System|Wert."
);
text!(
    NEEDS_CONDITION,
    "needs-condition",
    "Sans identifiant dans l'adresse, cette méthode demande une condition de recherche après « ? ».",
    "Without an id in the address, this method asks for a search condition after \"?\".",
    "Ohne ID in der Adresse verlangt diese Methode eine Suchbedingung nach „?“."
);
text!(
    NOT_ACCEPTABLE,
    "not-acceptable",
    "Ce serveur répond en JSON (application/fhir+json, FHIR 4.0) ; le format demandé n'est pas disponible.",
    "This server answers in JSON (application/fhir+json, FHIR 4.0); the format asked for is not available.",
    "Dieser Server antwortet in JSON (application/fhir+json, FHIR 4.0); das verlangte Format gibt es nicht."
);
text!(
    CONTENT_TYPE,
    "unsupported-content",
    "Le corps doit être du JSON en UTF-8 : Content-Type application/fhir+json ou application/json.",
    "The body must be JSON in UTF-8: Content-Type application/fhir+json or application/json.",
    "Der Inhalt muss JSON in UTF-8 sein: Content-Type application/fhir+json oder application/json."
);
text!(
    NOT_PARAMETERS,
    "parameters.resource",
    "Envoyez une ressource « Parameters » dont chaque paramètre a un nom.",
    "Send a \"Parameters\" resource in which each parameter has a name.",
    "Senden Sie eine Ressource „Parameters“, in der jeder Parameter einen Namen hat."
);
text!(
    BAD_VALUE,
    "parameters.value",
    "Le paramètre « {name} » manque de valeur, ou sa valeur ne convient pas.",
    "The parameter \"{name}\" has no value, or one that does not fit.",
    "Der Parameter „{name}“ hat keinen oder keinen passenden Wert."
);
text!(
    NO_SUCH_PARAMETER,
    "parameters.unknown",
    "Un paramètre est inconnu ici. Paramètres admis : {known}.",
    "A parameter is not known here. Known: {known}.",
    "Ein Parameter ist hier unbekannt. Zulässig: {known}."
);
text!(
    LASTN_PATIENT,
    "lastn.patient",
    "$lastn porte sur une personne : donnez « patient » ou « subject ».",
    "$lastn is about one person: give \"patient\" or \"subject\".",
    "$lastn betrifft eine Person: Geben Sie „patient“ oder „subject“ an."
);
text!(
    LASTN_OLDER,
    "lastn.older",
    "Seules les {count} observations les plus récentes ont été examinées. Précisez « code » ou « category » pour remonter plus loin.",
    "Only the newest {count} observations were looked at. Give \"code\" or \"category\" to go further back.",
    "Nur die neuesten {count} Beobachtungen wurden angesehen. Geben Sie „code“ oder „category“ an, um weiter zurückzugehen."
);
text!(
    NO_META,
    "meta.missing",
    "Envoyez un seul paramètre « meta » avec valueMeta : les profils, étiquettes et marques à ajouter ou à retirer.",
    "Send one parameter \"meta\" with valueMeta: the profiles, tags and labels to add or to remove.",
    "Senden Sie einen Parameter „meta“ mit valueMeta: die Profile, Etiketten und Kennzeichen, die hinzukommen oder wegfallen."
);
text!(
    VIEW_MISSING,
    "view.resource-missing",
    "Donnez la vue dans le paramètre « viewResource » (une ViewDefinition). Les vues ne sont pas enregistrées ici.",
    "Give the view in the parameter \"viewResource\" (a ViewDefinition). Views are not stored here.",
    "Geben Sie die Sicht im Parameter „viewResource“ an (eine ViewDefinition). Sichten werden hier nicht gespeichert."
);
text!(
    VIEW_FORMAT,
    "view.format",
    "Ce format n'est pas offert. Formats : ndjson, csv, json.",
    "This format is not offered. Formats: ndjson, csv, json.",
    "Dieses Format gibt es nicht. Formate: ndjson, csv, json."
);
text!(
    VIEW_PARAMETER,
    "view.parameter",
    "Le paramètre « {name} » n'est pas pris en charge, ou figure deux fois. Admis : viewResource, _format, header, patient, group, _since, _limit, resource.",
    "The parameter \"{name}\" is not supported, or stands twice. Supported: viewResource, _format, header, patient, group, _since, _limit, resource.",
    "Der Parameter „{name}“ wird nicht unterstützt oder steht zweimal. Zulässig: viewResource, _format, header, patient, group, _since, _limit, resource."
);
text!(
    VIEW_NOBODY,
    "view.not-found",
    "Le patient ou le groupe du paramètre « {name} » n'existe pas.",
    "The patient or group of the parameter \"{name}\" does not exist.",
    "Den Patienten oder die Gruppe des Parameters „{name}“ gibt es nicht."
);
text!(
    VIEW_MANY_PATIENTS,
    "view.too-many-patients",
    "Une exécution porte sur 1 000 patients au plus. Répartissez-les sur plusieurs demandes.",
    "A run is about 1,000 patients at most. Spread them over several requests.",
    "Ein Lauf umfasst höchstens 1.000 Patienten. Verteilen Sie sie auf mehrere Anfragen."
);
text!(
    VIEW_EXPIRED,
    "view.deadline",
    "La vue n'était pas terminée après {seconds} secondes. Restreignez-la avec patient, group, _since ou _limit, ou simplifiez ses chemins.",
    "The view was not done after {seconds} seconds. Narrow it with patient, group, _since or _limit, or make its paths simpler.",
    "Die Sicht war nach {seconds} Sekunden nicht fertig. Grenzen Sie sie mit patient, group, _since oder _limit ein oder vereinfachen Sie ihre Pfade."
);
text!(
    PATCH_FORMAT,
    "patch.format",
    "Un correctif est un FHIRPath Patch (Content-Type application/fhir+json) ou un JSON Patch (application/json-patch+json).",
    "A patch is a FHIRPath Patch (Content-Type application/fhir+json) or a JSON Patch (application/json-patch+json).",
    "Ein Patch ist ein FHIRPath Patch (Content-Type application/fhir+json) oder ein JSON Patch (application/json-patch+json)."
);
text!(
    XML,
    "xml-not-supported",
    "Ce serveur lit et écrit le JSON de FHIR, pas son XML. Envoyez application/fhir+json.",
    "This server reads and writes FHIR's JSON, not its XML. Send application/fhir+json.",
    "Dieser Server liest und schreibt FHIR als JSON, nicht als XML. Senden Sie application/fhir+json."
);
text!(
    FORM,
    "form-expected",
    "« _search » par POST attend application/x-www-form-urlencoded en UTF-8.",
    "\"_search\" by POST expects application/x-www-form-urlencoded in UTF-8.",
    "„_search“ per POST erwartet application/x-www-form-urlencoded in UTF-8."
);
text!(
    CONTENT_ENCODING,
    "content-encoding",
    "Le corps est compressé d'une façon que ce serveur ne lit pas, ou abîmé. Seul gzip est admis.",
    "The body is compressed in a way that this server does not read, or is damaged. Only gzip is accepted.",
    "Der Inhalt ist auf eine Art komprimiert, die dieser Server nicht liest, oder beschädigt. Nur gzip ist zulässig."
);
text!(
    BODY_TOO_LONG,
    "body-too-long",
    "Le corps dépasse la limite de {max} octets. Envoyez moins à la fois.",
    "The body is longer than the limit of {max} bytes. Send less at a time.",
    "Der Inhalt überschreitet die Grenze von {max} Bytes. Senden Sie weniger auf einmal."
);
text!(
    BODY_TIMEOUT,
    "body-timeout",
    "Le corps n'est pas arrivé dans le temps imparti.",
    "The body did not arrive in time.",
    "Der Inhalt kam nicht rechtzeitig an."
);
text!(
    BODY_BROKEN,
    "body-broken",
    "La connexion s'est rompue avant la fin du corps.",
    "The connection broke before the end of the body.",
    "Die Verbindung brach vor dem Ende des Inhalts ab."
);
text!(
    BODY_EMPTY,
    "body-empty",
    "Cette demande doit porter un corps JSON.",
    "This request must carry a JSON body.",
    "Diese Anfrage muss einen JSON-Inhalt tragen."
);
text!(
    URI_TOO_LONG,
    "uri-too-long",
    "L'adresse dépasse {max} octets. Employez POST …/_search.",
    "The address is longer than {max} bytes. Use POST …/_search.",
    "Die Adresse ist länger als {max} Bytes. Verwenden Sie POST …/_search."
);
text!(
    BAD_PARAMETER,
    "bad-parameter",
    "La valeur du paramètre « {name} » ne convient pas : attendu {expected}.",
    "The value of the parameter \"{name}\" does not fit: expected {expected}.",
    "Der Wert des Parameters „{name}“ passt nicht: erwartet {expected}."
);
text!(
    UNKNOWN_PARAMETER,
    "unknown-parameter",
    "Le paramètre « {name} » est inconnu ici, et « Prefer: handling=strict » interdit de l'ignorer.",
    "The parameter \"{name}\" is unknown here, and \"Prefer: handling=strict\" forbids to ignore it.",
    "Der Parameter „{name}“ ist hier unbekannt, und „Prefer: handling=strict“ verbietet, ihn zu übergehen."
);
text!(
    NOT_BUNDLE,
    "not-a-bundle",
    "L'adresse de base attend un Bundle de type « batch » ou « transaction ».",
    "The base address expects a Bundle of type \"batch\" or \"transaction\".",
    "Die Basisadresse erwartet ein Bundle vom Typ „batch“ oder „transaction“."
);
text!(DONE, "done", "C'est fait.", "Done.", "Erledigt.");
text!(
    IDEMPOTENCY_REUSED,
    "idempotency-key-reused",
    "Cette clé « Idempotency-Key » a déjà servi pour une autre demande. Employez une clé nouvelle.",
    "This \"Idempotency-Key\" was already used for another request. Use a new key.",
    "Dieser „Idempotency-Key“ wurde schon für eine andere Anfrage verwendet. Verwenden Sie einen neuen."
);
text!(
    IDEMPOTENCY_KEY,
    "idempotency-key",
    "« Idempotency-Key » compte de 1 à 128 caractères ASCII visibles.",
    "\"Idempotency-Key\" has 1 to 128 visible ASCII characters.",
    "„Idempotency-Key“ hat 1 bis 128 sichtbare ASCII-Zeichen."
);
text!(
    BAD_JSON,
    "bad-json",
    "Le corps n'est pas le JSON attendu : {expected}.",
    "The body is not the JSON expected: {expected}.",
    "Der Inhalt ist nicht das erwartete JSON: {expected}."
);
text!(
    REQUEST_TIMEOUT,
    "request-timeout",
    "La demande a pris trop de temps et a été abandonnée.",
    "The request took too long and was given up.",
    "Die Anfrage hat zu lange gedauert und wurde abgebrochen."
);
