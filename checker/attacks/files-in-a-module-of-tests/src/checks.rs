//! A module that looks as if it were there for tests.

pub fn read() -> String {
    std::fs::read_to_string("/etc/hostname").unwrap_or_default()
}
