//! The program of the task, and a module of its library.

pub fn read() -> String {
    std::fs::read_to_string("/etc/hostname").unwrap_or_default()
}

#[tokio::main]
async fn main() {
    println!("{}", read());
}
