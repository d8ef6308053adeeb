//! The secret from which the hidden runs are made.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use checker::format::count;
use hmac_sha256::HMAC;
use rand::Rng;

use super::settings::remembered::{FileOption, SecretFile, absolute, display_path};
use super::store::write_whole;

/// The fewest bytes of a secret. Fewer could be guessed.
const FEWEST_BYTES: usize = 16;

/// How to make a secret, for error messages.
const MAKE_ONE: &str = "make one, head -c 32 /dev/urandom > FILE, and name it with --secret FILE";

/// A secret, in the form in which grading uses it.
pub struct Secret {
    /// The seed of the hidden runs.
    pub seed: u64,
    /// A fingerprint that distinguishes it from others, and reveals nothing else about it.
    pub fingerprint: String,
}

impl Secret {
    /// The secret that consists of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mac = |purpose: &str| -> [u8; 8] {
            let mac = HMAC::mac(purpose.as_bytes(), bytes);
            mac[..8].try_into().expect("eight bytes")
        };
        Self {
            seed: u64::from_le_bytes(mac("hidden runs")),
            fingerprint: format!("{:016x}", u64::from_be_bytes(mac("fingerprint"))),
        }
    }

    /// Reads the secret from an instructor's file.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let secret = std::fs::read(path).map_err(|error| {
            anyhow!("cannot read the secret {shown}: {error}\n\n  next: {MAKE_ONE}")
        })?;
        if secret.len() < FEWEST_BYTES {
            bail!(
                "{shown} is too short for a secret: it has {}, and needs {FEWEST_BYTES} at least\n\n  next: {MAKE_ONE}",
                count(secret.len(), "byte")
            );
        }
        Ok(Self::of(&secret))
    }

    /// The drawn secret. It is drawn when it is first needed, and kept, so that grading again makes the same hidden runs.
    pub fn drawn(path: &Path) -> Result<Self> {
        drawn(path).map(|secret| Self::of(&secret))
    }
}

/// The secret to use, its file, and messages about it.
pub struct Chosen {
    pub secret: Secret,
    /// None, if it was drawn.
    pub file: Option<SecretFile>,
    pub says: Option<String>,
}

/// Chooses the secret: the one that is named, or the one of the earlier report (as long as its file has not changed), or
/// else the drawn one, which is at `drawn`.
///
/// # Errors
/// If a file that is named can't be read, or is too short.
pub fn choose(option: FileOption, before: Option<&SecretFile>, drawn: &Path) -> Result<Chosen> {
    if let FileOption::File(path) = option {
        let secret = Secret::read(path)?;
        let file = SecretFile { path: absolute(path), fingerprint: secret.fingerprint.clone() };
        return Ok(Chosen { secret, file: Some(file), says: None });
    }
    let drawn = |says| Ok(Chosen { secret: Secret::drawn(drawn)?, file: None, says });
    let (FileOption::NotGiven, Some(before)) = (option, before) else { return drawn(None) };
    let from = display_path(&before.path);
    match Secret::read(&before.path) {
        Ok(secret) if secret.fingerprint == before.fingerprint => Ok(Chosen {
            secret,
            file: Some(before.clone()),
            says: Some(format!(
                "with the secret of {from}, as before (--secret none takes the drawn one)"
            )),
        }),
        other => {
            let why = if other.is_ok() { "has changed" } else { "can't be read any more" };
            drawn(Some(format!(
                "the earlier report was made with the secret of {from}, which {why}: this one is made with the drawn secret (--secret FILE names another one)"
            )))
        }
    }
}

fn drawn(path: &Path) -> Result<Vec<u8>> {
    let known = std::fs::File::open(path).and_then(|mut file| {
        let mut secret = Vec::new();
        file.read_to_end(&mut secret).map(|_| secret)
    });
    if let Some(secret) = known.ok().filter(|secret| secret.len() >= FEWEST_BYTES) {
        return Ok(secret);
    }
    let mut secret = vec![0; 32];
    rand::rng().fill_bytes(&mut secret);
    write_whole(path, &secret)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
            .with_context(|| format!("cannot protect {}", path.display()))?;
    }
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_secret_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("class/secret");
        let secret = drawn(&path).unwrap();
        assert_eq!(secret.len(), 32);
        assert_eq!(drawn(&path).unwrap(), secret);
        std::fs::remove_file(&path).unwrap();
        assert_ne!(drawn(&path).unwrap(), secret);
    }

    #[test]
    fn the_secret_of_the_earlier_report_is_used_as_long_as_its_file_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (file, drawn) = (folder.path().join("mine"), folder.path().join("drawn"));
        std::fs::write(&file, "sixteen bytes or more").unwrap();
        let choose = |option, before: Option<&SecretFile>| choose(option, before, &drawn).unwrap();
        let named = choose(FileOption::File(&file), None);
        let before = named.file.unwrap();
        assert_eq!((before.path.as_path(), named.says), (file.as_path(), None));

        let again = choose(FileOption::NotGiven, Some(&before));
        assert_eq!(again.secret.seed, named.secret.seed);
        assert_eq!(again.file.as_ref(), Some(&before));
        assert!(again.says.unwrap().contains("mine, as before (--secret none"));

        let none = choose(FileOption::None, Some(&before));
        let seed = Secret::drawn(&drawn).unwrap().seed;
        assert_eq!((none.secret.seed, none.file, none.says), (seed, None, None));
        assert_eq!(choose(FileOption::NotGiven, None).secret.seed, seed);

        for (change, why) in [("another one of many bytes", "has changed"), ("", "can't be read")] {
            std::fs::write(&file, change).unwrap();
            let chosen = choose(FileOption::NotGiven, Some(&before));
            assert_eq!((chosen.secret.seed, chosen.file), (seed, None));
            let says = chosen.says.unwrap();
            assert!(says.contains(why) && says.contains("--secret FILE"), "{says}");
        }
    }

    #[test]
    fn a_fingerprint_tells_secrets_apart_and_not_what_is_made_of_them() {
        let [one, same, other] = ["0123456789abcdef", "0123456789abcdef", "0123456789abcdeF"]
            .map(|text| Secret::of(text.as_bytes()));
        assert_eq!((one.seed, &one.fingerprint), (same.seed, &same.fingerprint));
        assert_ne!(one.fingerprint, other.fingerprint);
        assert_ne!(one.fingerprint, format!("{:016x}", one.seed));
        assert_ne!(one.fingerprint, format!("{:016x}", one.seed.swap_bytes()));
    }
}
