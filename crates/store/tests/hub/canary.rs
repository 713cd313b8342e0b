use crate::clinic::{clinic, create};
use fhir::ResourceType;
use std::path::Path;

/// What must stand in no file, in clear.
const PLANTED: [&str; 8] = [
    "Kanarienvogel",
    "KANARIENVOGEL",
    "kanarienvogel",
    "Zizette",
    "rue du Serin",
    "0199887766",
    "serin@example.org",
    "1931-07-19",
];

#[tokio::test]
async fn no_identity_stands_in_clear_in_any_file() {
    let c = clinic().await;
    let text = r#"{"resourceType":"Patient","identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"231077512345678"}],
        "name":[{"family":"Kanarienvogel","given":["Zizette"]}],"birthDate":"1931-07-19",
        "telecom":[{"system":"phone","value":"0199887766"},{"system":"email","value":"serin@example.org"}],
        "address":[{"line":["3 rue du Serin"],"city":"Lyon"}]}"#;
    let id = c.commit(create(ResourceType::PATIENT, text)).await.id;
    for query in
        ["name=Kanarienvogel", "birthdate=1931-07-19", "phone=0199887766", "identifier=231077512345678"]
    {
        assert_eq!(c.search(ResourceType::PATIENT, query).await, std::slice::from_ref(&id), "{query}");
    }
    c.tenant.read(&c.ctx, ResourceType::PATIENT, &id).await.unwrap();
    let mut files = 0;
    look(c.hub.data(), &mut files);
    assert!(files >= 4, "database, write-ahead log, keyring and audit log were looked at");
}

fn look(folder: &Path, files: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look(&path, files);
            continue;
        }
        *files += 1;
        let bytes = std::fs::read(&path).unwrap();
        for planted in PLANTED.iter().chain(&["231077512345678"]) {
            let found = bytes.windows(planted.len()).any(|w| w == planted.as_bytes());
            assert!(!found, "«{planted}» stands in {}", path.display());
        }
    }
}
