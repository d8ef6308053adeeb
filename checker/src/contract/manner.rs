//! In which manner a function is called. The contract says that calls stand on their own, so each of these calls must do
//! what one call alone does.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// In which manner a function is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// It is the only call of the program, and is awaited at once.
    #[default]
    Alone,
    /// Another call with the same arguments, and another generator, runs at the same time.
    BesideAnother,
    /// Another such call was awaited to its end before, on the same runtime.
    AfterAnother,
    /// Another such call was begun before, and its future was dropped in the middle.
    AfterDropped,
    /// Its future is polled for the first time [`LATE`](Self::LATE) after it was made.
    PolledLate,
    /// Its future moves to another task after its first poll, so it has another waker from then on.
    Moved,
}

impl Manner {
    /// How long a future lies unused if it is polled late.
    pub const LATE: Duration = Duration::from_secs(1);

    /// All but a call alone.
    pub const OTHERS: [Self; 5] = [
        Self::BesideAnother,
        Self::AfterAnother,
        Self::AfterDropped,
        Self::PolledLate,
        Self::Moved,
    ];

    /// The manner in words that follow a call: `wait_n(…), while another call runs`. Empty for a call alone.
    pub fn words(self) -> &'static str {
        match self {
            Self::Alone => "",
            Self::BesideAnother => ", while another call runs",
            Self::AfterAnother => ", after another call",
            Self::AfterDropped => ", after another call was dropped halfway",
            Self::PolledLate => ", awaited one second after the call",
            Self::Moved => ", moved to another task after its first poll",
        }
    }

    /// The name of a scenario that is called in this manner, after the name of the scenario that is called alone.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Alone => "",
            Self::BesideAnother => "-beside-another",
            Self::AfterAnother => "-after-another",
            Self::AfterDropped => "-after-dropped",
            Self::PolledLate => "-polled-late",
            Self::Moved => "-moved",
        }
    }
}
