//! A file in a folder that has the name of a file.
//!
//! There is no source where it should be, and that is all there is to say.
