//! Policies from a folder: what an operator may break, and what is said then.

use policy::{Group, Marks, Purpose, Role, Roles, Station, Ties, Verb};
use policy::{Policies, PolicyError, Question, fingerprint};
use std::path::{Path, PathBuf};

/// A copy of the repository's folder, removed at the end.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Copy {
        let to = std::env::temp_dir().join(format!("medhub-policies-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&to);
        std::fs::create_dir_all(&to).unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
        for entry in
            std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).filter(|p| p.is_file())
        {
            std::fs::copy(&entry, to.join(entry.file_name().unwrap())).unwrap();
        }
        Copy(to)
    }

    fn edit(&self, file: &str, change: impl Fn(&str) -> String) {
        let path = self.0.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text);
        std::fs::write(&path, changed).unwrap();
    }

    fn refusal(&self) -> PolicyError {
        let error = Policies::load(&self.0).err().expect("it loads");
        println!("{error}");
        error
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn billing_reads_consent() -> Question {
    Question {
        roles: Roles::of(&[Role::Billing]),
        purpose: Purpose::Payment,
        verb: Verb::Read,
        group: Group::Consent,
        ties: Ties::NONE,
        marks: Marks::NONE,
        station: Station::SAME_TENANT,
    }
}

#[test]
fn a_change_of_the_folder_is_a_change_of_the_decision() {
    let copy = Copy::new("change");
    let before = Policies::load(&copy.0).unwrap();
    assert!(!before.allows(&billing_reads_consent()));
    let print = fingerprint(&copy.0);
    assert_eq!(print, fingerprint(&copy.0));
    copy.edit("billing.cedar", |text| {
        text.replace("Action::\"read_billing\", ", "Action::\"read_billing\", Action::\"read_consent\", ")
    });
    assert_ne!(print, fingerprint(&copy.0));
    assert!(Policies::load(&copy.0).unwrap().allows(&billing_reads_consent()));
    assert!(!before.allows(&billing_reads_consent()), "policies that were read stay as they were read");
}

#[test]
fn a_deleted_file_is_noticed_and_named() {
    let copy = Copy::new("deleted");
    let print = fingerprint(&copy.0);
    std::fs::remove_file(copy.0.join("nurse.cedar")).unwrap();
    assert_ne!(print, fingerprint(&copy.0));
    assert!(matches!(copy.refusal(), PolicyError::Unreadable { file, .. } if file.ends_with("nurse.cedar")));
    std::fs::remove_file(copy.0.join("MANIFEST")).unwrap();
    assert!(matches!(copy.refusal(), PolicyError::Unreadable { file, .. } if file.ends_with("MANIFEST")));
    std::fs::remove_dir_all(&copy.0).unwrap();
    copy.refusal();
    assert_ne!(print, fingerprint(&copy.0));
}

#[test]
fn what_does_not_parse_or_fit_is_named() {
    let copy = Copy::new("syntax");
    copy.edit("nurse.cedar", |text| text.replacen("permit (", "permit ((", 1));
    assert!(matches!(copy.refusal(), PolicyError::Syntax { file, .. } if file == "nurse.cedar"));

    let copy = Copy::new("schema");
    copy.edit("nurse.cedar", |text| text.replace("Role::\"nurse\"", "Role::\"nurze\""));
    assert!(matches!(copy.refusal(), PolicyError::Invalid { file, .. } if file == "nurse.cedar"));

    let copy = Copy::new("flag");
    copy.edit("secretary.cedar", |text| text.replace("ties.delegate", "ties.delegated"));
    assert!(matches!(copy.refusal(), PolicyError::Invalid { file, .. } if file == "secretary.cedar"));

    let copy = Copy::new("sentence");
    copy.edit("auditor.cedar", |text| text.replacen("@fr(", "@french(", 1));
    assert!(matches!(copy.refusal(), PolicyError::Unexplained { annotation: "fr", .. }));

    let copy = Copy::new("twice");
    copy.edit("auditor.cedar", |text| text.replace("auditor-accounts", "auditor-log"));
    assert!(matches!(copy.refusal(), PolicyError::Twice { policy, .. } if policy == "auditor-log"));

    let copy = Copy::new("outside");
    copy.edit("MANIFEST", |text| format!("{text}../billing.cedar\n"));
    assert!(matches!(copy.refusal(), PolicyError::Manifest { .. }));
}

#[test]
fn an_invariant_cannot_be_taken_out() {
    let copy = Copy::new("invariant");
    copy.edit("invariants.cedar", |text| text.replace("@id(\"tenant\")", "@id(\"other\")"));
    assert!(matches!(copy.refusal(), PolicyError::InvariantMissing { policy, .. } if policy == "tenant"));

    let copy = Copy::new("permit");
    copy.edit("MANIFEST", |text| text.replace("invariants.cedar\n", ""));
    assert!(matches!(copy.refusal(), PolicyError::InvariantMissing { .. }));
}
