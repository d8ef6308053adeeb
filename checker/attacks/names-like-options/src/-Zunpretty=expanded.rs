//! Not an option either.
