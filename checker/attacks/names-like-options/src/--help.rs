//! Not an option.
