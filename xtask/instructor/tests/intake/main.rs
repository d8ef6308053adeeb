//! Holds intake to what it takes of submissions, and to what it refuses: each kind of submission has its file.

mod class;
mod downloads;
mod entries;
mod files;
mod folders;
mod layouts;
mod nearly;
mod pack;
mod tars;
mod zips;
