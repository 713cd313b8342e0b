//! The sample clinic on a server of the bench's own, in a folder that is removed at the end.

use super::client::{Answer, Connection, Request};
use fhir::{Json, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running sample clinic; stopped when dropped.
pub struct Clinic {
    pub port: u16,
    /// From the start of the program until the sample clinic answers.
    pub ready: Duration,
    binary: PathBuf,
    folder: PathBuf,
    child: Child,
}

impl Clinic {
    /// # Errors
    /// The program cannot be started, or does not answer within two minutes.
    pub async fn start(binary: &Path) -> Result<Clinic, String> {
        let folder = std::env::temp_dir().join(format!("medhub-bench-clinic-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let port = free_port()?;
        let log = std::fs::File::create(folder.join("log")).map_err(|e| e.to_string())?;
        let began = Instant::now();
        let child = Command::new(binary)
            .args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder.join("data"))
            // Everybody comes from one address here: the limits for callers do not apply.
            .env("MEDHUB_RATE_CALLER", "10000000")
            .env("MEDHUB_RATE_ADDRESS", "10000000")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|e| format!("{}: {e}", binary.display()))?;
        let binary = binary.to_path_buf();
        let mut clinic = Clinic { port, ready: Duration::ZERO, binary, folder, child };
        while began.elapsed() < Duration::from_secs(120) {
            if get(port, "/api/v1/demo/accounts", &[]).await.is_ok_and(|answer| answer.status == 200) {
                clinic.ready = began.elapsed();
                return Ok(clinic);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let log = std::fs::read_to_string(clinic.folder.join("log")).unwrap_or_default();
        Err(format!("the sample clinic does not answer:\n{log}"))
    }

    /// Resident memory in MB.
    pub fn memory_mb(&self) -> f64 {
        self.status_mb("VmRSS:")
    }

    /// The most resident memory since the start, in MB.
    pub fn highest_memory_mb(&self) -> f64 {
        self.status_mb("VmHWM:")
    }

    fn status_mb(&self, row: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix(row)).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
    }

    /// A scratch file of this run.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The headers of a token for software.
    ///
    /// # Errors
    /// The program refuses one.
    pub fn token(&self, user: &str) -> Result<Vec<(String, String)>, String> {
        let out = Command::new(&self.binary)
            .args(["token", "--tenant", "demo", "--user", user, "--data"])
            .arg(self.folder.join("data"))
            .output()
            .map_err(|e| e.to_string())?;
        if !out.status.success() {
            return Err(format!("medhub token: {}", String::from_utf8_lossy(&out.stderr)));
        }
        Ok(header("Authorization", &format!("Bearer {}", String::from_utf8_lossy(&out.stdout).trim())))
    }

    /// The headers of a session of its own for a sample account.
    ///
    /// # Errors
    /// The sign-in is refused.
    pub async fn session(&self, user: &str) -> Result<Vec<(String, String)>, String> {
        let body = format!(r#"{{"user":"{user}"}}"#);
        let headers = header("X-Medhub", "1");
        let answer = send(self.port, "POST", "/api/v1/demo/login", &headers, body.as_bytes()).await?;
        let cookie = answer.cookie.filter(|_| answer.status == 200);
        let cookie = cookie.ok_or_else(|| format!("{user} may not sign in: {}", answer.status))?;
        Ok([header("Cookie", &cookie), headers].concat())
    }

    /// What a path answers, parsed.
    ///
    /// # Errors
    /// Anything but 200 and JSON.
    pub async fn read(&self, path: &str, headers: &[(String, String)]) -> Result<Json<'static>, String> {
        let answer = get(self.port, path, headers).await?;
        if answer.status != 200 {
            return Err(format!("GET {path}: {}", answer.status));
        }
        json::parse(&answer.body).map(Json::into_owned).map_err(|e| format!("GET {path}: {e}"))
    }
}

impl Drop for Clinic {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// One header, as a list.
pub fn header(name: &str, value: &str) -> Vec<(String, String)> {
    vec![(name.to_string(), value.to_string())]
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| e.to_string())?;
    Ok(listener.local_addr().map_err(|e| e.to_string())?.port())
}

async fn get(port: u16, path: &str, headers: &[(String, String)]) -> Result<Answer, String> {
    send(port, "GET", path, headers, b"").await
}

async fn send(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<Answer, String> {
    let mut connection = Connection::open(port).await.map_err(|e| e.to_string())?;
    connection.send(&Request::new(method, path, headers, body), true).await.map_err(|e| e.to_string())
}
