//! One run of a program: bytes in, bytes out, bounded in time, length and memory. What it complains about is thrown away,
//! since it may repeat what it read.

use bytes::Bytes;
use service::ReadError;
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Runs what follows with at most 2 GB of memory (`ulimit -v`, in kB).
const LIMITED: &str = "ulimit -v 2097152; exec \"$0\" \"$@\"";
/// The shell's status for a program that is not there (POSIX, 2.8.2).
const ABSENT: i32 = 127;
const LOOK: Duration = Duration::from_millis(20);

/// # Errors
/// `Missing` when there is no such program, `Slow` past `limit`, `Broken` when it fails or says more than `max` bytes.
pub(super) async fn run(
    program: &'static str,
    args: &[&str],
    input: Bytes,
    limit: Duration,
    max: usize,
) -> Result<Vec<u8>, ReadError> {
    let mut command = Command::new("sh");
    // A picture of a few bytes may want to be a house high: the program fails then, and the machine goes on.
    command.args(["-c", LIMITED, program]).args(args);
    // One thread: the machine has others to serve.
    command.env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let done = tokio::task::spawn_blocking(move || driven(command, &input, limit, max));
    done.await.map_err(|_| ReadError::Broken)?
}

fn driven(mut command: Command, input: &[u8], limit: Duration, max: usize) -> Result<Vec<u8>, ReadError> {
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Broken,
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let answer = std::thread::scope(|scope| {
        // A program that has read enough closes its end: that is no fault of ours.
        scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(input)));
        let said = scope.spawn(move || {
            let mut said = Vec::new();
            let read = stdout.map(|pipe| pipe.take(max as u64 + 1).read_to_end(&mut said));
            read.transpose().map(|_| said)
        });
        let ended = waited(&mut child, limit, || said.is_finished());
        let said = said.join().ok().and_then(std::io::Result::ok).unwrap_or_default();
        ended.map(|status| (status, said))
    });
    let (status, said) = answer?;
    match status {
        Some(0) if said.len() <= max => Ok(said),
        Some(ABSENT) => Err(ReadError::Missing),
        _ => Err(ReadError::Broken),
    }
}

/// The status with which it ended by itself; one that lasts too long, or is not listened to any more, is ended.
fn waited(child: &mut Child, limit: Duration, listened: impl Fn() -> bool) -> Result<Option<i32>, ReadError> {
    let mut left = limit;
    let mut deaf = 0;
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Ok(status.code());
        }
        // Its answer ended and it did not: it said too much.
        deaf += u32::from(listened());
        if left.is_zero() || deaf > 50 {
            let _ = child.kill();
            let _ = child.wait();
            return if left.is_zero() { Err(ReadError::Slow) } else { Ok(None) };
        }
        std::thread::sleep(LOOK);
        left = left.saturating_sub(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn of(
        program: &'static str,
        args: &[&str],
        input: &'static [u8],
        max: usize,
    ) -> Result<Vec<u8>, ReadError> {
        run(program, args, Bytes::from_static(input), Duration::from_millis(400), max).await
    }

    #[tokio::test]
    async fn bytes_go_through_and_limits_hold() {
        assert_eq!(of("cat", &[], b"pages", 100).await, Ok(b"pages".to_vec()));
        assert_eq!(of("cat", &[], b"pages", 4).await, Err(ReadError::Broken));
        assert_eq!(of("false", &[], b"", 4).await, Err(ReadError::Broken));
        assert_eq!(of("sleep", &["5"], b"", 4).await, Err(ReadError::Slow));
        assert_eq!(of("yes", &[], b"", 4).await, Err(ReadError::Broken));
        assert_eq!(of("no-such-program", &[], b"", 4).await, Err(ReadError::Missing));
    }
}
