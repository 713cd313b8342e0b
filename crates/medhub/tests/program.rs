//! The program from the outside: commands and a served hub, as an operator uses them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A data folder that goes away with the test.
struct Installation(PathBuf);

impl Installation {
    fn new(name: &str) -> Installation {
        let path = std::env::temp_dir().join(format!("medhub-program-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Installation(path)
    }

    fn run(&self, args: &[&str]) -> Output {
        program().arg("--data").arg(&self.0).args(args).output().unwrap()
    }

    /// Runs a command that must succeed; returns what it printed.
    fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn fails(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(!output.status.success(), "{args:?} succeeded");
        String::from_utf8(output.stderr).unwrap()
    }

    fn serve(&self) -> Served {
        let mut command = program();
        command.arg("--data").arg(&self.0).args(["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().to_string();
        Served { child, address }
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_medhub"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MEDHUB_")) {
        command.env_remove(name);
    }
    command.current_dir(std::env::temp_dir());
    command
}

struct Served {
    child: Child,
    address: String,
}

impl Served {
    /// One request; the status and the body.
    fn request(&self, method: &str, path: &str, token: Option<&str>, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let bearer = token.map_or(String::new(), |t| format!("Authorization: Bearer {t}\r\n"));
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{bearer}\
             Content-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split_whitespace().nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_string()).unwrap_or_default())
    }

    /// Asks the program to stop, as a service manager does, and waits until it has.
    fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "a drained stop is no failure");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PATIENT: &str = r#"{"resourceType":"Patient","name":[{"family":"Zyxwvut"}],"birthDate":"1961-03-12"}"#;

#[test]
fn a_clinic_from_creation_to_restore() {
    let clinic = Installation::new("clinic");
    clinic.ok(&["tenant", "create", "clinic", "--title", "A clinic"]);
    assert!(clinic.ok(&["tenant", "list"]).contains("A clinic"));
    clinic.ok(&["user", "create", "--tenant", "clinic", "ada", "--role", "clinician"]);
    assert!(
        clinic
            .fails(&["user", "create", "--tenant", "clinic", "bob", "--role", "king"])
            .contains("clinician")
    );

    let served = clinic.serve();
    let token = clinic.ok(&["token", "--tenant", "clinic", "--user", "ada"]);
    let token = Some(token.trim());
    assert_eq!(served.request("GET", "/livez", None, "").0, 200);
    assert_eq!(served.request("GET", "/t/clinic/fhir/Patient", None, "").0, 401);
    let (status, created) = served.request("POST", "/t/clinic/fhir/Patient", token, PATIENT);
    assert_eq!(status, 201, "{created}");
    let (status, found) = served.request("GET", "/t/clinic/fhir/Patient?name=zyx", token, "");
    assert!(status == 200 && found.contains("Zyxwvut"), "{found}");
    let busy = clinic.fails(&["export", "--tenant", "clinic", "--out", path(&clinic.0.join("out"))]);
    assert!(busy.contains("another medhub works"), "{busy}");
    clinic.ok(&["backup", "--out", path(&clinic.0.join("copy"))]);
    clinic.ok(&["user", "disable", "--tenant", "clinic", "ada"]);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(served.request("GET", "/t/clinic/fhir/Patient?name=zyx", token, "").0, 401);
    served.stop();

    assert!(
        clinic.ok(&["audit", "verify", "--tenant", "clinic"]).contains("Every entry is as it was written")
    );
    let restored = Installation::new("restored");
    restored.ok(&["restore", "--from", path(&clinic.0.join("copy"))]);
    std::fs::copy(clinic.0.join("root.key"), restored.0.join("root.key")).unwrap();
    let exported = restored.ok(&["export", "--tenant", "clinic", "--out", path(&restored.0.join("out"))]);
    assert!(exported.contains("1 Patient"), "{exported}");
    assert!(restored.ok(&["doctor"]).contains("Tenant clinic opens with its keys"));

    clinic.fails(&["tenant", "destroy", "clinic", "--confirm", "clinik"]);
    clinic.ok(&["tenant", "destroy", "clinic", "--confirm", "clinic"]);
    assert!(clinic.ok(&["tenant", "list"]).is_empty());
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn mistakes_are_answered_in_sentences() {
    let nowhere = Installation::new("nowhere");
    assert!(nowhere.fails(&["tenant", "list"]).contains("there is no installation in"));
    assert!(nowhere.fails(&["restore", "--from", "/"]).contains("is no backup"));
    let output = program().env("MEDHUB_LISTNE", "x").arg("doctor").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no setting \"listne\""));
    let settings = nowhere.ok(&["config"]);
    assert!(settings.contains("# listen = \"127.0.0.1:8080\""), "{settings}");
    nowhere.ok(&["tenant", "create", "t"]);
    let key = nowhere.0.join("root.key");
    std::fs::remove_file(&key).unwrap();
    let output = nowhere.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Put your copy of it back"));
    assert!(!key.exists(), "the doctor makes no new key");
}
