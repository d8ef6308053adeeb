//! Tests which files of submissions are taken, and which are refused. Each kind of submission has its own file of tests.

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
