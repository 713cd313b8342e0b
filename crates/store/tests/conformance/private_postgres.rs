//! A PostgreSQL of our own for tests and benches: a cluster in a temporary folder, reachable by a Unix socket
//! in it and by nothing else, durable as in earnest (fsync on), stopped and removed when it is dropped or when
//! this process ends, however it ends. Depends on nothing but the standard library, so that other test crates
//! can include this file.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A running cluster.
pub struct PrivatePostgres {
    folder: PathBuf,
    programs: PathBuf,
    user: Option<(u32, u32)>,
    /// Stops the server and removes the folder once our end of its pipe is closed.
    guard: Child,
}

impl PrivatePostgres {
    /// Starts a cluster; `None`, with a message, when PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it is installed and cannot be started: that is a failure of the test.
    pub fn start() -> Option<PrivatePostgres> {
        PrivatePostgres::start_with(&[])
    }

    /// The same with further settings, such as `("shared_buffers", "256MB")`.
    ///
    /// # Panics
    /// As [`PrivatePostgres::start`].
    pub fn start_with(settings: &[(&str, &str)]) -> Option<PrivatePostgres> {
        let Some(programs) = programs() else {
            eprintln!("skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
            return None;
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("medhub-pg-{}-{number}", std::process::id()));
        std::fs::create_dir(&folder).expect("a temporary folder");
        let user = unprivileged(&folder);
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).expect("the folder's owner");
        }
        let guard = guard(&folder, &programs, user);
        let cluster = PrivatePostgres { folder, programs, user, guard };
        let data = cluster.data();
        let arguments = ["-U", "medhub", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "-D"];
        cluster.run("initdb", arguments.iter().map(OsStr::new).chain([data.as_os_str()]));
        cluster.configure(settings);
        cluster.start_server();
        Some(cluster)
    }

    /// The user and group that the server runs as, when we are root.
    pub fn account() -> Option<(u32, u32)> {
        unprivileged(&std::env::temp_dir())
    }

    /// `postgres://…`, for an administrator of an empty database.
    pub fn url(&self) -> String {
        format!("postgres://medhub@/postgres?host={}", self.folder.display())
    }

    pub fn start_server(&self) {
        let (data, log) = (self.data(), self.folder.join("log"));
        let arguments = ["start", "-w", "-t", "60", "-s", "-D"].map(OsStr::new);
        self.run(
            "pg_ctl",
            arguments.into_iter().chain([data.as_os_str(), OsStr::new("-l"), log.as_os_str()]),
        );
    }

    /// Stops it without a farewell, as a power cut would stop the server's processes.
    pub fn kill_server(&self) {
        let data = self.data();
        let arguments = ["stop", "-w", "-s", "-m", "immediate", "-D"].map(OsStr::new);
        self.run("pg_ctl", arguments.into_iter().chain([data.as_os_str()]));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn configure(&self, settings: &[(&str, &str)]) {
        let mut text =
            String::from("listen_addresses = ''\nmax_connections = 200\nshared_buffers = '64MB'\n");
        text.push_str(&format!("unix_socket_directories = '{}'\n", self.folder.display()));
        for (name, value) in settings {
            text.push_str(&format!("{name} = '{value}'\n"));
        }
        let path = self.data().join("postgresql.conf");
        let mut file = std::fs::OpenOptions::new().append(true).open(path).expect("postgresql.conf");
        file.write_all(text.as_bytes()).expect("postgresql.conf");
    }

    fn run<'a>(&self, program: &str, arguments: impl Iterator<Item = &'a OsStr>) {
        let mut command = as_user(&self.programs.join(program), self.user);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null());
        let status = command.status().unwrap_or_else(|error| panic!("{program}: {error}"));
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert!(status.success(), "{program} failed: {log}");
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// Debian keeps the programs by version; elsewhere `pg_config` knows.
fn programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("pg_ctl").exists();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).filter(complete).collect();
    found.sort();
    found.pop().or_else(|| {
        let output = Command::new("pg_config").arg("--bindir").output().ok()?;
        let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        complete(&folder).then_some(folder)
    })
}

/// PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
fn unprivileged(ours: &Path) -> Option<(u32, u32)> {
    if std::fs::metadata(ours).ok()?.uid() != 0 {
        return None;
    }
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    })
}

fn as_user(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = user {
        command.gid(gid).uid(uid);
    }
    command
}

/// Waits for the end of its input, which comes when this process ends, and clears up.
fn guard(folder: &Path, programs: &Path, user: Option<(u32, u32)>) -> Child {
    const SCRIPT: &str = "cat > /dev/null; \"$1/pg_ctl\" stop -w -s -m immediate -D \"$2/data\" 2> /dev/null; \
        rm -rf \"$2/data\" \"$2/log\"; rmdir \"$2\" 2> /dev/null; true";
    let mut command = as_user(Path::new("/bin/sh"), user);
    command.arg("-c").arg(SCRIPT).arg("sh").arg(programs).arg(folder).current_dir(folder);
    // A group of its own: an interrupt from the keyboard must not end it before its work is done.
    command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("/bin/sh")
}
