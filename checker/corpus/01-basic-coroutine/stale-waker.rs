//! verdict: failed E-calls-interfere
//! Hand-written timer keeps the waker of its first poll only.

use rand::{Rng, RngExt};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

struct Nap {
    timer: Pin<Box<Sleep>>,
    first: Arc<First>,
}
struct First(Mutex<Option<Waker>>);
impl Wake for First {
    fn wake(self: Arc<Self>) {
        if let Some(waker) = &*self.0.lock().unwrap() {
            waker.wake_by_ref();
        }
    }
}
impl Future for Nap {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.first.0.lock().unwrap().get_or_insert_with(|| cx.waker().clone());
        let waker = Waker::from(self.first.clone());
        self.timer.as_mut().poll(&mut Context::from_waker(&waker))
    }
}
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    Nap { timer: Box::pin(sleep(delay)), first: Arc::new(First(Mutex::new(None))) }.await;
    delay
}
