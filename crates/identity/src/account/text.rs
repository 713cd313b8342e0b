//! The sentences of the administration of accounts.

use fhir::Text;

macro_rules! text {
    ($name:ident, $key:literal, $fr:literal, $en:literal, $de:literal) => {
        pub const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };
    };
}

text!(
    ROLES,
    "account.roles",
    "Choisissez au moins un rôle parmi : {roles}.",
    "Choose at least one role of: {roles}.",
    "Wählen Sie mindestens eine Rolle aus: {roles}."
);
text!(
    PERSON,
    "account.person",
    "La personne se désigne par une référence : Practitioner/…, Patient/… ou RelatedPerson/….",
    "The person is named by a reference: Practitioner/…, Patient/… or RelatedPerson/….",
    "Die Person wird durch eine Referenz benannt: Practitioner/…, Patient/… oder RelatedPerson/…."
);
text!(
    SELF,
    "account.self",
    "Vous ne pouvez ni vous désactiver, ni changer vos propres rôles ou votre propre personne : un autre administrateur doit le faire.",
    "You cannot disable yourself, nor change your own roles or your own person: another administrator must do it.",
    "Sie können sich weder selbst sperren noch Ihre eigenen Rollen oder Ihre eigene Person ändern: Das muss ein anderer Administrator tun."
);
text!(
    AUDITOR,
    "account.auditor-alone",
    "Qui contrôle les accès ne fait rien d'autre : le rôle « auditor » reste seul sur un compte.",
    "Who controls the accesses does nothing else: the role \"auditor\" stands alone on an account.",
    "Wer die Zugriffe kontrolliert, tut nichts anderes: Die Rolle „auditor“ steht auf einem Konto allein."
);
text!(
    DELEGATE,
    "account.delegate",
    "Ce compte ne peut pas être celui pour lequel on agit : il faut un autre compte, actif, du même établissement.",
    "One cannot act for this account: it must be another, active account of the same tenant.",
    "Für dieses Konto kann man nicht handeln: Es muss ein anderes, aktives Konto desselben Mandanten sein."
);
text!(
    UNTIL,
    "account.until",
    "La fin de la délégation est une date à venir, dans deux ans au plus.",
    "The end of a delegation is a date to come, within two years.",
    "Das Ende einer Delegation ist ein künftiges Datum, höchstens in zwei Jahren."
);
text!(
    TOO_MANY,
    "account.too-many-delegations",
    "Ce compte a trop de délégations. Retirez-en d'abord.",
    "This account has too many delegations. Remove some first.",
    "Dieses Konto hat zu viele Delegationen. Entfernen Sie zuerst einige."
);
text!(
    AUDITORS_SUBJECT,
    "mail.auditors-subject",
    "Le contrôle des accès change",
    "The control of accesses changes",
    "Die Kontrolle der Zugriffe ändert sich"
);
text!(
    AUDITORS_BODY,
    "mail.auditors",
    "Bonjour,\n\nUn compte vient d'être ajouté au contrôle des accès, ou retiré de lui. Si cela vous surprend, regardez le journal dans Medical Hub.\n",
    "Hello,\n\nAn account has just been added to the control of accesses, or taken from it. If this surprises you, look at the log in Medical Hub.\n",
    "Guten Tag,\n\nein Konto wurde soeben zur Kontrolle der Zugriffe hinzugefügt oder daraus entfernt. Wenn Sie das überrascht, sehen Sie im Protokoll von Medical Hub nach.\n"
);
