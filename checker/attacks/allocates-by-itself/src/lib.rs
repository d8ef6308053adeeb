//! Puts an allocator of its own under the whole program, which could change what others have stored.
//!
//! An allocator can't be written without the word.

use std::alloc::{GlobalAlloc, Layout, System};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Spy;

unsafe impl GlobalAlloc for Spy {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static SPY: Spy = Spy;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
