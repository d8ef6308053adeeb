//! Keys: from the bytes of a terminal to the keys that were pressed.

use std::io::Read;
use std::sync::mpsc::Sender;

/// A key that watch mode knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Up,
    Down,
    PageUp,
    PageDown,
    Escape,
    /// ^C, ^D, or a terminal that is gone.
    Quit,
}

/// Reads keys in a thread of its own, until there are no more.
pub fn read(send: impl Fn(Key) -> bool + Send + 'static) {
    std::thread::spawn(move || {
        let mut bytes = [0; 64];
        let mut stdin = std::io::stdin().lock();
        loop {
            match stdin.read(&mut bytes) {
                Ok(0) => break,
                Ok(n) if keys(&bytes[..n]).into_iter().all(&send) => {}
                Ok(_) => return,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        send(Key::Quit);
    });
}

/// A sender in the form that [`read`] takes.
pub fn to<T: Send + 'static>(
    sender: Sender<T>,
    event: fn(Key) -> T,
) -> impl Fn(Key) -> bool + Send + 'static {
    move |key| sender.send(event(key)).is_ok()
}

/// The keys in the bytes of one read. A terminal sends the bytes of one key together.
fn keys(bytes: &[u8]) -> Vec<Key> {
    const SEQUENCES: [(&[u8], Key); 6] = [
        (b"\x1b[A", Key::Up),
        (b"\x1b[B", Key::Down),
        (b"\x1bOA", Key::Up),
        (b"\x1bOB", Key::Down),
        (b"\x1b[5~", Key::PageUp),
        (b"\x1b[6~", Key::PageDown),
    ];
    let mut keys = Vec::new();
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        if let Some((sequence, key)) =
            SEQUENCES.iter().find(|(sequence, _)| rest.starts_with(sequence))
        {
            keys.push(*key);
            rest = &rest[sequence.len()..];
            continue;
        }
        rest = others;
        match first {
            0x1b if matches!(others.first(), Some(b'[' | b'O')) => {
                // some other key: skip to the end of its sequence
                let end = others[1..].iter().position(|byte| (0x40..0x7f).contains(byte));
                rest = end.map_or(&[], |end| &others[end + 2..]);
            }
            0x1b => keys.push(Key::Escape),
            0x03 | 0x04 => keys.push(Key::Quit),
            // Enter ends a line where keys come in lines
            b'\n' | b'\r' => {}
            byte if byte.is_ascii_graphic() || *byte == b' ' => {
                keys.push(Key::Char((*byte as char).to_ascii_lowercase()));
            }
            _ => {}
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_the_keys_that_were_pressed() {
        assert_eq!(keys(b"hQ"), [Key::Char('h'), Key::Char('q')]);
        assert_eq!(keys(b"\x1b[A\x1b[6~\x1bOB"), [Key::Up, Key::PageDown, Key::Down]);
        assert_eq!(keys(b"\x1b"), [Key::Escape]);
        assert_eq!(keys(b"\x03"), [Key::Quit]);
        assert_eq!(keys(b"h\r\n"), [Key::Char('h')], "a line, where keys come in lines");
    }

    #[test]
    fn keys_without_a_meaning_are_skipped_whole() {
        assert_eq!(keys(b"\x1b[1;5Cn\x1b[3~\xc3\xa9x"), [Key::Char('n'), Key::Char('x')]);
        assert_eq!(keys(b"\x1b["), []);
    }
}
