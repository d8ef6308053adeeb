//! No order to a shell.
