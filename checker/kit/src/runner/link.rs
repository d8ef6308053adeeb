//! Repairs objects that a linker can't link against a shared library, and calls the linker.
//!
//! If code uses a `#[track_caller]` function as a function pointer (`let timer: fn(_) -> _ = sleep`), the compiler
//! writes a small function that calls it. The compiler then treats the called function as its own, and declares its
//! symbol hidden. No linker finds a hidden symbol in a shared library. (In a static link, as cargo makes it, nobody
//! notices.) So the runner takes the linker's place. It removes the mark from symbols that are hidden and *undefined*,
//! and passes on everything else. Code that could be linked before is linked in the same way: an undefined hidden
//! symbol can only be defined in another object, and that object decides how visible it is.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable that names the linker to call, and makes the runner call it.
pub const LINKER: &str = "AWAIT_AND_SEE_LINKER";

/// Calls `linker` with `args`, in which objects and libraries are replaced by repaired copies where necessary. It
/// returns only if a file can't be read or written, or if the linker can't be started.
pub fn link(linker: &OsString, args: impl Iterator<Item = OsString>) -> io::Error {
    let mut args: Vec<OsString> = args.collect();
    let output = args.iter().position(|arg| arg == "-o").and_then(|at| args.get(at + 1));
    let folder = output.and_then(|output| Path::new(output).parent()).map(PathBuf::from);
    for (at, arg) in args.iter_mut().enumerate() {
        match opened(Path::new(&arg), folder.as_deref(), at) {
            Ok(Some(copy)) => *arg = copy.into(),
            Ok(None) => {}
            Err(error) => return error,
        }
    }
    Command::new(linker).args(args).env_remove(LINKER).exec()
}

/// Writes a repaired copy of an object or a library into `folder`. `None` if it needs no repair.
fn opened(path: &Path, folder: Option<&Path>, number: usize) -> io::Result<Option<PathBuf>> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let (Some(extension @ ("o" | "rlib" | "a")), Some(folder)) = (extension, folder) else {
        return Ok(None);
    };
    let Ok(mut bytes) = std::fs::read(path) else { return Ok(None) };
    if open(&mut bytes) == 0 {
        return Ok(None);
    }
    let copy = folder.join(format!("opened-{number}.{extension}"));
    std::fs::write(&copy, bytes)?;
    Ok(Some(copy))
}

/// Removes the mark from undefined hidden symbols, in an object or in all objects of a library. Returns the number of
/// these symbols.
fn open(bytes: &mut [u8]) -> usize {
    const LIBRARY: &[u8] = b"!<arch>\n";
    const HEADER: usize = 60;
    if !bytes.starts_with(LIBRARY) {
        return open_object(bytes).unwrap_or(0);
    }
    let mut opened = 0;
    let mut at = LIBRARY.len();
    while let Some(header) = bytes.get(at..at + HEADER) {
        let size = str::from_utf8(&header[48..58]).ok().and_then(|size| size.trim().parse().ok());
        let Some(size): Option<usize> = size else { break };
        at += HEADER;
        let Some(end) = at.checked_add(size).filter(|end| *end <= bytes.len()) else { break };
        opened += open_object(&mut bytes[at..end]).unwrap_or(0);
        // members begin at even offsets
        at = end + end % 2;
    }
    opened
}

/// The same for one object: 64-bit ELF, little-endian. `None` for another format, and for an incomplete object.
fn open_object(bytes: &mut [u8]) -> Option<usize> {
    const MAGIC: &[u8] = b"\x7fELF\x02\x01";
    const SYMBOLS: u64 = 2;
    const SYMBOL: usize = 24;
    const HIDDEN: u8 = 2;
    const VISIBILITY: u8 = 3;
    if !bytes.starts_with(MAGIC) {
        return None;
    }
    let sections = place(bytes, 0x28, 8)?;
    let size = place(bytes, 0x3a, 2)?;
    let many = match place(bytes, 0x3c, 2)? {
        // there are too many for this field
        0 => place(bytes, sections.checked_add(0x20)?, 8)?,
        many => many,
    };
    let mut opened = 0;
    for section in 0..many {
        let header = sections.checked_add(section.checked_mul(size)?)?;
        if number(bytes, header.checked_add(4)?, 4)? != SYMBOLS {
            continue;
        }
        let first = place(bytes, header.checked_add(0x18)?, 8)?;
        let end = first.checked_add(place(bytes, header.checked_add(0x20)?, 8)?)?;
        for symbol in bytes.get_mut(first..end)?.chunks_exact_mut(SYMBOL) {
            let is_there = symbol[6..8] != [0, 0];
            if !is_there && symbol[5] & VISIBILITY == HIDDEN {
                symbol[5] &= !VISIBILITY;
                opened += 1;
            }
        }
    }
    Some(opened)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn place(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    usize::try_from(number(bytes, at, length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object with these symbols: the visibility of each, and its section (0: undefined).
    fn object(symbols: &[(u8, u16)]) -> Vec<u8> {
        let mut bytes = b"\x7fELF\x02\x01".to_vec();
        bytes.resize(0x40, 0);
        let table = bytes.len();
        for (hidden, section) in symbols {
            bytes.extend([[0, 0, 0, 0, 0x12, *hidden].as_slice(), &section.to_le_bytes()].concat());
            bytes.extend([0; 16]);
        }
        let (sections, length) = (bytes.len(), bytes.len() - table);
        bytes[0x28..0x30].copy_from_slice(&(sections as u64).to_le_bytes());
        bytes[0x3a..0x3e].copy_from_slice(&[64, 0, 2, 0]);
        for (kind, at, length) in [(1_u32, 0, 0), (2, table, length)] {
            let header = bytes.len();
            bytes.resize(header + 64, 0);
            bytes[header + 4..header + 8].copy_from_slice(&kind.to_le_bytes());
            bytes[header + 0x18..header + 0x20].copy_from_slice(&(at as u64).to_le_bytes());
            bytes[header + 0x20..header + 0x28].copy_from_slice(&(length as u64).to_le_bytes());
        }
        bytes
    }

    #[test]
    fn only_undefined_hidden_symbols_are_repaired() {
        let mut bytes = object(&[(2, 0), (2, 1), (0, 0), (2, 0)]);
        assert_eq!(open(&mut bytes), 2);
        assert_eq!(bytes, object(&[(0, 0), (2, 1), (0, 0), (0, 0)]));
        assert_eq!(open(&mut bytes), 0);
    }

    #[test]
    fn all_objects_of_a_library_are_repaired() {
        let library = |objects: &[Vec<u8>]| {
            let mut bytes = b"!<arch>\n".to_vec();
            for object in objects {
                bytes.extend(format!("{:<48}{:<10}`\n", "name/", object.len()).bytes());
                bytes.extend(object);
                bytes.resize(bytes.len() + bytes.len() % 2, b'\n');
            }
            bytes
        };
        let hidden = object(&[(2, 0)]);
        let mut bytes = library(&[b"no object".to_vec(), hidden.clone(), hidden]);
        assert_eq!(open(&mut bytes), 2);
    }

    #[test]
    fn incomplete_or_corrupt_objects_are_left_alone() {
        let whole = object(&[(2, 0)]);
        for length in 0..whole.len() {
            open(&mut whole[..length].to_vec());
        }
        for at in [0x28, 0x3a, 0x3c, whole.len() - 64 + 0x18, whole.len() - 64 + 0x20] {
            let mut lies = whole.clone();
            lies[at..at + 2].fill(0xff);
            lies[at + 2..(at + 8).min(whole.len())].fill(0xff);
            assert_eq!(open(&mut lies), 0, "{at:x}");
        }
    }
}
