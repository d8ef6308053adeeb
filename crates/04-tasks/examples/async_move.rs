#[tokio::main(flavor = "current_thread")]
async fn main() {
    let word = String::from("owned");
    // `word` moves into the task
    let handle = tokio::spawn(async move { word.len() });
    println!("{}", handle.await.unwrap());
}
