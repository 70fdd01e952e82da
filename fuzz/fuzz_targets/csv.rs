#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reemo::fuzzing::csv_file(bytes));
