//! One program for the disk: in which order the program writes, and what is left where it is killed or the disk refuses.
//!
//! A witness (`witness.c`, built by the tests with `cc`) is preloaded into the real binary and sees each of its system
//! calls. So every single step on the way to a new file is tried: the process is killed before and after it, and it fails
//! with each error that a disk has.
#![cfg(all(
    target_os = "linux",
    target_env = "gnu",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on says so by panicking"
)]
#![allow(
    clippy::too_many_lines,
    clippy::cast_possible_truncation,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::verbose_bit_mask,
    reason = "tables of cases are long, and numbers and names in tests are known"
)]

#[allow(
    dead_code,
    unused_imports,
    reason = "shared with the end-to-end tests, which use all of it"
)]
#[path = "../e2e/support/mod.rs"]
mod support;

mod scene;
mod steps;
mod tree;
mod witness;

mod config_file;
mod named_files;
mod read_only;
mod sandbox_state;
