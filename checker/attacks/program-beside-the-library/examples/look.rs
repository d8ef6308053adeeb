//! Another one.

fn main() {
    println!("{:?}", std::fs::read_dir("/"));
}
