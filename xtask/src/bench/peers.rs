//! The servers under measurement, each a process of its own on loopback.

use super::client::{Connection, Request};
use super::options::Options;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server; stopped when dropped.
pub struct Server {
    pub name: &'static str,
    pub port: u16,
    /// Path before the resource type.
    pub base: String,
    pub headers: Vec<(String, String)>,
    /// Folder whose size is the size on disk.
    pub data: PathBuf,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        // A polite stop lets the server close its files; the kill is for one that does not listen.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Resident memory in MB.
    pub fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
    }

    /// Bytes of the data folder.
    pub fn bytes_on_disk(&self) -> u64 {
        size_of(&self.data)
    }
}

pub fn size_of(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return std::fs::metadata(path).map_or(0, |m| m.len()) };
    entries
        .flatten()
        .map(|e| if e.path().is_dir() { size_of(&e.path()) } else { e.metadata().map_or(0, |m| m.len()) })
        .sum()
}

/// Our server on a fresh tenant, on SQLite, or on the database of that address.
pub async fn medhub(
    name: &'static str,
    scratch: &Path,
    port: u16,
    database: Option<&str>,
) -> Result<Server, String> {
    let data = scratch.join(name.replace(' ', "-"));
    let binary = super::target().join("release/medhub");
    let tool = |args: &[&str]| {
        let mut command = Command::new(&binary);
        command.args(args).args(["--data".as_ref(), data.as_os_str()]);
        if let Some(url) = database {
            command.args(["--database", url]);
        }
        let out = command.stderr(Stdio::inherit()).output().map_err(|e| e.to_string())?;
        if out.status.success() {
            Ok(String::from_utf8_lossy(&out.stdout).trim().to_string())
        } else {
            Err(format!("medhub {args:?} failed"))
        }
    };
    if !data.exists() {
        tool(&["tenant", "create", "bench"])?;
        tool(&["user", "create", "--tenant", "bench", "--role", "medical_admin", "bench"])?;
    }
    let token = tool(&["token", "--tenant", "bench", "--user", "bench"])?;
    let mut command = Command::new(&binary);
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(&data);
    // The bench is one caller from one address: the limits for callers do not apply.
    command
        .env("MEDHUB_RATE_CALLER", "10000000")
        .env("MEDHUB_RATE_ADDRESS", "10000000")
        .env("MEDHUB_LOG", "warn");
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    let log = std::fs::File::create(scratch.join(format!("{}.log", name.replace(' ', "-"))))
        .map_err(|e| e.to_string())?;
    let child = command.stdout(Stdio::null()).stderr(log).spawn().map_err(|e| e.to_string())?;
    let headers = vec![("Authorization".to_string(), format!("Bearer {token}"))];
    let server = Server { name, port, base: "/t/bench/fhir".into(), headers, data, child };
    ready(&server, "/livez").await?;
    Ok(server)
}

/// Helios; `None` with a word to the reader when it is not installed.
pub async fn helios(
    name: &'static str,
    options: &Options,
    port: u16,
    database: Option<&str>,
) -> Result<Option<Server>, String> {
    let Some(binary) = options.hfs.as_ref().filter(|path| path.exists()) else {
        eprintln!("Helios is absent (give its path with --hfs): its columns stay empty");
        return Ok(None);
    };
    let data = options.scratch.join(name.replace(' ', "-"));
    std::fs::create_dir_all(&data).map_err(|e| e.to_string())?;
    if let Some(parameters) = &options.hfs_parameters {
        std::fs::copy(parameters, data.join("search-parameters-r4.json")).map_err(|e| e.to_string())?;
    }
    let mut command = Command::new(binary);
    command.env("HFS_SERVER_PORT", port.to_string()).env("HFS_LOG_LEVEL", "error").env("HFS_DATA_DIR", &data);
    command.env("HFS_BASE_URL", format!("http://127.0.0.1:{port}"));
    match database {
        Some(url) => command.env("HFS_STORAGE_BACKEND", "postgres").env("HFS_DATABASE_URL", url),
        None => command.env("HFS_STORAGE_BACKEND", "sqlite").env("HFS_DATABASE_URL", data.join("hfs.db")),
    };
    let log = std::fs::File::create(options.scratch.join(format!("{}.log", name.replace(' ', "-"))))
        .map_err(|e| e.to_string())?;
    let child = command.stdout(Stdio::null()).stderr(log).spawn().map_err(|e| e.to_string())?;
    let server = Server { name, port, base: String::new(), headers: Vec::new(), data, child };
    ready(&server, "/metadata").await?;
    Ok(Some(server))
}

/// The bare route with these bytes.
pub async fn bare(scratch: &Path, port: u16, body: &[u8]) -> Result<Server, String> {
    let file = scratch.join("bare.json");
    std::fs::write(&file, body).map_err(|e| e.to_string())?;
    let mut command = Command::new(std::env::current_exe().map_err(|e| e.to_string())?);
    let child = command.arg("bare").arg(port.to_string()).arg(&file).spawn().map_err(|e| e.to_string())?;
    let server =
        Server { name: "bare axum", port, base: String::new(), headers: Vec::new(), data: file, child };
    ready(&server, "/Patient/x").await?;
    Ok(server)
}

async fn ready(server: &Server, path: &str) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        if let Ok(mut connection) = Connection::open(server.port).await
            && let Ok(answer) = connection.send(&Request::new("GET", path, &[], b""), false).await
            && answer.status < 500
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(format!("{} did not become ready on port {}", server.name, server.port))
}
