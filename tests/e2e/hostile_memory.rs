//! One hostile answer takes no more than 128 MiB, whatever the format.

use std::io::{self, Read};
use std::process::Stdio;
use std::time::Duration;
use std::{fs, thread};

use crate::support::{Canned, Fault, Session, id};

const MAX_KIB: u64 = 128 * 1024;

/// What the properties of a computer are followed by.
fn computer(more: &str) -> String {
    format!(
        "{{\"id\":\"{}\",\"name\":\"a\",\"status\":\"OFFLINE\"{more}}}",
        id(1)
    )
}

/// Runs against an API that answers with this, and returns the largest memory and how many bytes were printed.
fn run(body: &str, words: &[&str]) -> (u64, u64) {
    let server = Canned::always(Fault::answer(200, "application/json", body));
    let session = Session::facing(&server);
    let mut command = session.command(words);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let printed = thread::spawn(move || {
        let mut first = [0];
        // Until the test has looked at it, the program is there to be looked at.
        let read = stdout.read(&mut first).unwrap() as u64;
        thread::sleep(Duration::from_millis(200));
        read + io::copy(&mut stdout, &mut io::sink()).unwrap()
    });
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let told = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        // Until the program has been loaded, the memory is that of the test itself.
        let is_loaded = told.starts_with("Name:\treemo\n");
        let line = told
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .filter(|_| is_loaded);
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{words:?}");
    (peak, printed.join().unwrap())
}

/// Each of these commands prints so much of this computer, with little memory.
fn check(computer: &str, commands: &[&str], printed_at_least: usize) {
    let listing = format!("{{\"computers\":[{computer}],\"total\":1}}");
    for command in commands {
        let words = command.replace("ID", &id(1));
        let words: Vec<&str> = words.split(' ').collect();
        let body = if words[1] == "list" {
            &listing
        } else {
            computer
        };
        let (peak, printed) = run(body, &words);
        assert!(peak > 0 && peak <= MAX_KIB, "{command}: {peak} KiB");
        assert!(
            printed >= printed_at_least as u64,
            "{command}: {printed} bytes"
        );
    }
}

#[test]
fn a_computer_with_a_million_properties() {
    let properties: String = (0..1_000_000).map(|n| format!(",\"p{n}\":{n}")).collect();
    let computer = computer(&properties);
    let printing = [
        "computers list -o wide",
        "computers get ID",
        "computers list -o jsonl",
    ];
    check(&computer, &printing, properties.len() / 2);
    check(
        &computer,
        &[
            "computers list",
            "computers list -o csv",
            "computers list -o id",
        ],
        30,
    );
}

/// Escaped, the text is six times as long.
#[test]
fn a_text_that_grows_where_it_is_escaped() {
    let length = 12 << 20;
    let text = format!(",\"text\":\"{}\"", "\u{7f}".repeat(length));
    let printing = [
        "computers list -o wide",
        "computers list --json",
        "computers get ID -o jsonl",
    ];
    check(&computer(&text), &printing, 6 * length);
}
