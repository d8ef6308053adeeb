//! Submissions: folders and archives, and what is taken of them.
