//! Reports: each format is one file, and all of them are made from the same [`Results`](super::results::Results).
