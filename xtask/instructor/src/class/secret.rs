//! What the hidden runs are made from.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use checker::words::count;
use hmac_sha256::HMAC;
use rand::Rng;

use super::store::write_whole;

/// Fewer bytes could be guessed.
const FEWEST_BYTES: usize = 16;

/// The way out for who has none.
const MAKE_ONE: &str = "make one, head -c 32 /dev/urandom > FILE, and name it with --secret FILE";

/// A secret, as far as grading knows it.
pub struct Secret {
    /// What the hidden runs are made from.
    pub seed: u64,
    /// Tells it from others, and nothing of it.
    pub fingerprint: String,
}

impl Secret {
    fn of(bytes: &[u8]) -> Self {
        let mac = |purpose: &str| -> [u8; 8] {
            let mac = HMAC::mac(purpose.as_bytes(), bytes);
            mac[..8].try_into().expect("eight bytes")
        };
        Self {
            seed: u64::from_le_bytes(mac("hidden runs")),
            fingerprint: format!("{:016x}", u64::from_be_bytes(mac("fingerprint"))),
        }
    }

    /// The secret in a file of an instructor's.
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

    /// A secret that was drawn when it was first needed: grading again makes the same hidden runs.
    pub fn drawn(path: &Path) -> Result<Self> {
        drawn(path).map(|secret| Self::of(&secret))
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
    fn a_fingerprint_tells_secrets_apart_and_not_what_is_made_of_them() {
        let [one, same, other] = ["0123456789abcdef", "0123456789abcdef", "0123456789abcdeF"]
            .map(|text| Secret::of(text.as_bytes()));
        assert_eq!((one.seed, &one.fingerprint), (same.seed, &same.fingerprint));
        assert_ne!(one.fingerprint, other.fingerprint);
        assert_ne!(one.fingerprint, format!("{:016x}", one.seed));
        assert_ne!(one.fingerprint, format!("{:016x}", one.seed.swap_bytes()));
    }
}
