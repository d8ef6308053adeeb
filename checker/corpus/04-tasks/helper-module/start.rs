use tokio::task::JoinHandle;

/// Starts a future as a task and tells so.
pub fn as_task<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let handle = tokio::spawn(future);
    println!("Task {} scheduled!", handle.id());
    handle
}
