//! The progress of an import: a bar by bytes read, on a terminal; nothing elsewhere.

use super::resume::Resume;
use super::source::Source;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

#[derive(Clone)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    done: Arc<AtomicU64>,
}

impl Progress {
    pub fn start(files: &[Source], resume: &Resume) -> Progress {
        let total = files.iter().map(|f| f.bytes).sum();
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(4)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {msg}  {eta}") {
            bar.set_style(style);
        }
        if !resume.is_fresh() {
            bar.println("An earlier run was interrupted: going on from there (--restart begins anew).");
        }
        Progress { bar, started: Instant::now(), done: Arc::new(AtomicU64::new(0)) }
    }

    /// That many bytes need no reading.
    pub fn skip(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// Counts what is read through it.
    pub fn count<R: Read>(&self, inner: R) -> Counted<R> {
        Counted { inner, bar: self.bar.clone() }
    }

    /// That many resources more are written or refused.
    pub fn advance(&self, resources: u64) {
        let done = self.done.fetch_add(resources, Ordering::Relaxed) + resources;
        let rate = done as f64 / self.seconds().max(0.001);
        self.bar.set_message(format!("{done} resources, {rate:.0}/s"));
    }

    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

pub struct Counted<R> {
    inner: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bar.inc(read as u64);
        Ok(read)
    }
}
