//! What a worker prints.

use std::time::{Duration, Instant};

use crate::system::Pipes;

/// How many bytes of the printed output are kept, to be shown.
pub(super) const KEPT: usize = 4096;

/// The output of a worker. All of it is read, so that the worker never has to wait for the judge, but only a little is
/// kept.
pub(super) struct Output {
    pipes: Pipes,
    /// What is kept of it.
    pub kept: Vec<u8>,
    /// How much there was.
    pub bytes: u64,
}

impl Output {
    /// The output that will come through `pipes`.
    pub fn of(pipes: Pipes) -> Self {
        Self { pipes, kept: Vec::new(), bytes: 0 }
    }

    /// Reads what comes within `timeout`. True once both pipes are closed.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        let (bytes, kept) = (&mut self.bytes, &mut self.kept);
        self.pipes.read(timeout, |chunk| {
            *bytes += chunk.len() as u64;
            keep(kept, chunk);
        })
    }

    /// The text that was kept, with a mark where the middle is left out.
    pub fn text(&self) -> String {
        let (beginning, end) = if self.bytes > self.kept.len() as u64 {
            self.kept.split_at(self.kept.len().min(KEPT / 2))
        } else {
            (&*self.kept, &[][..])
        };
        let [beginning, end] = [beginning, end].map(String::from_utf8_lossy);
        let gap = if end.is_empty() { "" } else { "\n\n… (what comes here is left out) …\n\n" };
        format!("{beginning}{gap}{end}").trim().to_string()
    }

    /// Reads what is still in the pipes, for at most `longest`, because a grandchild may keep them open.
    pub fn drain(&mut self, longest: Duration) {
        let start = Instant::now();
        while start.elapsed() < longest && !self.wait(Duration::from_millis(10)) {}
    }
}

/// Keeps the beginning of the output, and also the end if it is long, because a program that dies says why at the end.
pub(super) fn keep(kept: &mut Vec<u8>, chunk: &[u8]) {
    kept.extend_from_slice(chunk);
    if kept.len() > 2 * KEPT {
        let cut = kept.len() - KEPT;
        kept.drain(KEPT / 2..cut + KEPT / 2);
    }
}
