//! The server under test, on an empty folder that is removed at the end.

use policy::{Purpose, Role};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub struct Server {
    binary: PathBuf,
    folder: PathBuf,
    child: Option<Child>,
    pub port: u16,
}

impl Server {
    pub fn prepare(binary: &Path) -> Result<Server, String> {
        let folder = std::env::temp_dir().join(format!("medhub-access-matrix-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Server { binary: binary.to_path_buf(), folder, child: None, port: 0 })
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(self.folder.join("data")).args(args).current_dir(&self.folder);
        command
    }

    /// Runs a command of the program; its output.
    pub fn medhub(&self, args: &[&str]) -> Result<String, String> {
        let output = self.command(args).output().map_err(|e| format!("{}: {e}", self.binary.display()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_string());
        }
        Err(format!("medhub {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr)))
    }

    pub fn account(&self, tenant: &str, name: &str, role: Role, person: &str) -> Result<(), String> {
        let mut args = vec!["user", "create", "--tenant", tenant, "--role", role.as_str(), name];
        if !person.is_empty() {
            args.extend(["--practitioner", person]);
        }
        self.medhub(&args).map(|_| ())
    }

    pub fn token(&self, tenant: &str, user: &str, purpose: Purpose) -> Result<String, String> {
        self.medhub(&["token", "--tenant", tenant, "--user", user, "--purpose", purpose.as_str()])
    }

    pub fn version(&self) -> String {
        self.medhub(&["--version"]).unwrap_or_default()
    }

    /// Serves on a free port; returns when the server has said which.
    pub fn start(&mut self) -> Result<(), String> {
        let log = std::fs::File::create(self.folder.join("log")).map_err(|e| e.to_string())?;
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|e| e.to_string())?;
        let out = child.stdout.take();
        self.child = Some(child);
        let mut out = BufReader::new(out.ok_or("the server has no output")?);
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|n| n > 0) {
            if let Some(port) = port(&line) {
                self.port = port;
                // What it says later is read and dropped, so that it never waits for us.
                std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
                return Ok(());
            }
            line.clear();
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("the server stopped:\n{log}"))
    }
}

fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
