//! A program that nobody runs.

fn main() {
    println!("{:?}", std::fs::read_to_string("/etc/hostname"));
}
