//! Where the file is read.

pub fn read() -> String {
    std::fs::read_to_string("/etc/hostname").unwrap_or_default()
}
