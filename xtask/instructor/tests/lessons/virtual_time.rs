//! Put in front of each program by the test: prints lines with the virtual time at which they came.

use std::sync::OnceLock;

use tokio::runtime::{Handle, Runtime};
use tokio::time::Instant;

/// The program's runtime, and when it began.
static RUN: OnceLock<(Handle, Instant)> = OnceLock::new();

/// Takes the place of the standard macro in all that follows.
macro_rules! println {
    ($($text:tt)*) => {{
        // the text first: there may be an `.await` in it
        let text = ::std::format!($($text)*);
        ::std::println!("{:.3} {text}", crate::virtual_time::now())
    }};
}

/// Seconds since the runtime was begun; zero, if the program has none.
pub fn now() -> f64 {
    RUN.get().map_or(0.0, |(runtime, start)| {
        // outside of its runtime, an Instant would read the computer's clock
        let _inside = runtime.enter();
        start.elapsed().as_secs_f64()
    })
}

/// Prints the last line when `main` is over.
pub struct End;

/// At the beginning of `main`, which may be inside a runtime already.
pub fn begin() -> End {
    if let Ok(runtime) = Handle::try_current() {
        let _ = RUN.set((runtime, Instant::now()));
    }
    End
}

/// When `main` has built a runtime by hand.
#[allow(dead_code)] // most don't
pub fn on(runtime: Runtime) -> Runtime {
    let inside = runtime.enter();
    let _ = RUN.set((runtime.handle().clone(), Instant::now()));
    drop(inside);
    runtime
}

impl Drop for End {
    fn drop(&mut self) {
        println!("(end)");
    }
}
