use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let colours = ["red", "green", "blue"];
    println!("an integer: {}", rng.random_range(1..=6)); // 6 can come too
    println!("a float below 1: {}", rng.random::<f64>());
    println!("a float in a range: {}", rng.random_range(1.5..2.5));
    println!("one of a list: {}", colours.choose(&mut rng).unwrap());
    println!("a sample: {:?}", (1..50).sample(&mut rng, 6)); // all distinct
}
