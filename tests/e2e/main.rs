//! One program for the end-to-end tests: the index of its files.
//!
//! Each test is a user's session: the real binary, a real HTTP peer on loopback, exact standard output, exact standard
//! error and exit code. What a test does not declare must be empty.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test that can't go on panics, and tables of cases are long"
)]

mod support;

mod absence;
#[cfg(unix)]
mod ansible;
mod api;
mod auth;
mod budget;
mod bulk_flaky;
mod chosen;
mod completions;
mod computers_apply;
mod computers_connect;
#[cfg(target_os = "linux")]
mod computers_connect_open;
mod computers_count;
mod computers_delete;
mod computers_delete_bulk;
mod computers_delete_many;
mod computers_diff;
mod computers_get;
mod computers_list;
mod computers_list_formats;
mod computers_list_pages;
mod computers_rename;
mod computers_rename_bulk;
mod computers_reserve;
#[cfg(unix)]
mod computers_reserve_bulk;
mod computers_wait;
mod computers_watch;
mod config;
mod config_permissions;
mod confirm;
mod csv_files;
#[cfg(target_os = "linux")]
mod defaults;
mod doctor;
mod doctor_wire;
mod dry_runs;
mod failures;
mod fleet_random;
mod gateway_headers;
mod help;
mod hints;
#[cfg(unix)]
#[cfg(target_os = "linux")]
mod hostile_memory;
mod interrupts;
#[cfg(unix)]
mod interrupts_single;
mod journal;
mod jq;
#[cfg(unix)]
mod jq_hostile;
mod late_changes;
#[cfg(target_os = "linux")]
mod lost_records;
mod man;
mod next_steps;
mod peer_alone;
mod picker;
mod profile;
mod progress;
mod prometheus;
mod prompt;
mod sandbox;
#[cfg(unix)]
mod scene;
mod secrets;
#[cfg(unix)]
mod signals;
mod standard_input;
mod streams;
mod variations;
mod verdicts;
mod walks;
