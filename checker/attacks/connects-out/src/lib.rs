//! Connects to a server outside, to fetch the solution, as it could to hand the hidden scenarios on.
//!
//! There is no network where it runs; and it may not ask for one.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if let Ok(mut server) = TcpStream::connect("192.0.2.1:80") {
        let _ = server.write_all(b"GET /solution HTTP/1.0\r\n\r\n");
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
