//! Tests of what is left on the disk where the program is killed or the disk refuses.
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
    clippy::case_sensitive_file_extension_comparisons,
    clippy::verbose_bit_mask,
    reason = "a test that can't go on panics, and names and modes in tests are known"
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
