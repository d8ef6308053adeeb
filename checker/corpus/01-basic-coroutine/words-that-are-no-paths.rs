//! verdict: passed
//! tokio under another name, modules, functions and methods that are called like what reaches outside, and unit tests
//! that read files: none of that does.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio as rt;

mod os {
    pub mod net {
        pub struct Walk {
            pub path: u64,
        }

        impl Walk {
            #[doc = "path"]
            pub fn read_dir(&self) -> u64 {
                self.path
            }
        }
    }
}

use os::net::{self, Walk};

fn include(fs: u64) -> net::Walk {
    Walk { path: fs }
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let env = include(rng.random_range(0..=max_delay.as_millis() as u64));
    let delay = Duration::from_millis(env.read_dir());
    rt::time::sleep(delay).await;
    delay
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn the_lesson_is_there() {
        assert!(fs::exists(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap());
    }
}
