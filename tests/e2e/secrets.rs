//! The key: where it comes from, where it goes, and that it is never shown.

use std::io::Write;
#[cfg(target_os = "linux")]
use std::process::Child;
use std::process::Stdio;

use crate::support::{Canned, Fault, KEY, Peer, Row, Session, id, pretty};

const LIST: &str = "computers list --json --retries 0";

#[test]
fn an_echoed_key_is_redacted() {
    for (status, content_type, code) in [
        (400, "application/json", 5),
        (500, "text/plain", 7),
        (200, "text/html", 7),
        (404, "text/html", 7),
    ] {
        let body = format!("{{\"error\":\"bad key {KEY}\"}}");
        let server = Canned::always(Fault::answer(status, content_type, &body));
        for words in [LIST, "computers list --retries 0 -vv"] {
            // Each run looks for the key in every byte the program wrote.
            Session::facing(&server).run(words).ends(code);
            assert!(!server.requests().is_empty(), "nothing was asked");
        }
    }
}

#[test]
fn a_key_echoed_in_data_is_redacted() {
    let peer = Peer::with(vec![
        Row::new(1, KEY, "OFFLINE").text("note", &format!("the key is {KEY}.")),
    ]);
    let session = Session::with(&peer);
    for format in ["table", "wide", "json", "jsonl", "csv"] {
        session.run(["computers", "list", "-o", format]).ends(0);
        session
            .run(["computers", "get", &id(1), "-o", format])
            .ends(0);
        session
            .run(["computers", "connect", &id(1), "-o", format])
            .ends(0);
    }
    session
        .run(["computers", "connect", &id(1), "--out", "computer.json"])
        .ends(0);
    assert!(peer.requests().len() > 15);
}

/// The key typed where a name belongs is the key all the same.
#[test]
fn a_key_typed_as_a_name_is_redacted() {
    let peer = Peer::start();
    Session::with(&peer).run(["computers", "get", KEY]).ends(4);
}

#[test]
fn verbosity_never_shows_the_key() {
    let peer = Peer::start();
    let first = id(1) + "\n";
    let asked = "> #1 GET [API]/computers?page=1&limit=1\n";
    let answered = "< #1 200 in [N] ms\n";
    let session = Session::with(&peer);
    session
        .run("computers list -o id --limit 1 -v")
        .stdout(&first)
        .stderr(format!("{asked}{answered}"));
    let length = format!(
        "{{\"computers\":[{}],\"page\":1,\"limit\":1,\"total\":6}}",
        peer.row(1)
    )
    .len();
    let told = format!(
        "{asked}> authorization: …\n> accept: application/json\n{answered}< content-type: application/json\n< content-length: {length}\n"
    );
    session
        .run("computers list -o id --limit 1 -vv")
        .stdout(&first)
        .stderr(&told);
    session
        .run("computers list -o id --limit 1 -vv -q")
        .stdout(&first)
        .stderr(&told);
    let mut outcome = session
        .run("computers list --json -vv")
        .stdout(pretty(&peer.array()) + "\n");
    let json = outcome.take_stderr();
    assert!(
        json.lines()
            .all(|line| line.starts_with("{\"note\":{\"code\":\"trace\",\"message\":\"")),
        "{json}"
    );
}

/// What `ps` shows of a running command, arguments and title, has no key. Linux lets the test read both.
#[cfg(target_os = "linux")]
#[test]
fn a_process_list_never_shows_the_key() {
    let server = Canned::always(Fault::Silence);
    let session = Session::facing(&server).stdin(KEY);
    for words in [LIST, "auth login --secret-key-stdin"] {
        let before = server.requests().len();
        let mut command = session.command(words);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(KEY.as_bytes())
            .unwrap();
        while server.requests().len() == before {
            std::thread::yield_now();
        }
        for file in ["cmdline", "comm"] {
            let shown = std::fs::read(format!("/proc/{}/{file}", child.id())).unwrap();
            assert!(!String::from_utf8_lossy(&shown).contains(KEY), "{file}");
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// While it runs, no other process of the same user can look into it.
#[cfg(target_os = "linux")]
#[test]
fn the_process_is_closed_to_others() {
    use std::os::unix::fs::MetadataExt;
    let server = Canned::always(Fault::Silence);
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let session = session.api(&server.url()).key(KEY);
    let looks = |child: &Child, file: &str| {
        session
            .other_command("cat")
            .arg(format!("/proc/{}/{file}", child.id()))
            .output()
            .unwrap()
            .status
            .success()
    };
    let end = |mut child: Child| {
        child.kill().unwrap();
        child.wait().unwrap();
    };
    // Into any other program one can.
    let open = session.other_command("sleep").arg("60").spawn().unwrap();
    while std::fs::read(format!("/proc/{}/cmdline", open.id())).unwrap() != b"sleep\x0060\0" {
        std::thread::yield_now();
    }
    assert!(looks(&open, "environ") && looks(&open, "maps"));
    end(open);

    let child = session.command(LIST).spawn().unwrap();
    while server.requests().is_empty() {
        std::thread::yield_now();
    }
    let seen: Vec<&str> = ["environ", "maps"]
        .into_iter()
        .filter(|file| looks(&child, file))
        .collect();
    // The system gives what is in there to root alone where a process may not be dumped.
    let owner = std::fs::metadata(format!("/proc/{}/environ", child.id()))
        .unwrap()
        .uid();
    end(child);
    assert_eq!((seen, owner), (vec![], 0));
}

#[test]
fn no_flag_takes_the_key() {
    let help = ["--help", "auth login --help", "computers list --help"]
        .map(|words| Session::new().run(words).take_stdout());
    for flag in ["--secret-key ", "--secret-key=", "--key", "--token"] {
        assert!(help.iter().all(|help| !help.contains(flag)), "{flag}");
    }
    Session::new()
        .run(["auth", "login", "--secret-key", "sk_x", "--json"])
        .fails_with(
            "usage",
            2,
            "unexpected argument '--secret-key' found\n\
             hint: did you mean --secret-key-stdin? see: reemo auth login --help",
        );
}

#[test]
fn a_stray_url_gets_no_key_of_a_profile() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, "").env("REEMO_API_URL", &other.url());
    let (ours_at, other_at) = (
        "http://[HOST]",
        other.url().trim_end_matches("/v1").to_owned(),
    );
    session
        .run("computers list")
        .stderr(format!(
            "error: the secret key of profile \"work\" is for {ours_at}, but REEMO_API_URL names {other_at}: the key is not \
             sent there\nhint: set REEMO_SECRET_KEY to a key for {other_at}, or unset REEMO_API_URL\n"
        ))
        .code(3);
    assert_eq!((ours.connections(), other.connections()), (0, 0));
    session
        .key(KEY)
        .run("computers list -o id --limit 1")
        .stdout(id(1) + "\n");
    assert_eq!((ours.connections(), other.connections()), (0, 1));
}

/// The address in the file can be edited by hand as well; the key was stored for another one all the same.
#[test]
fn an_edited_url_gets_no_stored_key() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::new().api(&ours.url()).stdin(KEY);
    session
        .run("auth login --secret-key-stdin")
        .stderr("note: logged in to [API]: stored the key in profile \"default\" in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n");
    let session = session.env("REEMO_API_URL", "");
    let edited = std::fs::read_to_string(session.config_path())
        .unwrap()
        .replace(
            &format!("\"{}\"", ours.url()),
            &format!("\"{}\"", other.url()),
        );
    std::fs::write(session.config_path(), edited).unwrap();
    let other_at = other.url().trim_end_matches("/v1").to_owned();
    session
        .run("computers list")
        .stderr(format!(
            "error: the secret key of profile \"default\" is for http://[HOST], but api_url in the config file names \
             {other_at}: the key is not sent there\nhint: log in there: reemo --profile default auth login\n"
        ))
        .code(3);
    assert_eq!((ours.connections(), other.connections()), (1, 0));
    session.run("auth login --secret-key-stdin").stderr(format!(
        "note: logged in to {}: replaced the key of profile \"default\" in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n",
        other.url()
    ));
    session
        .run("computers list -o id --limit 1")
        .stdout(id(1) + "\n");
    assert_eq!((ours.connections(), other.connections()), (1, 2));
}

#[test]
fn an_explicit_profile_takes_precedence_over_the_environment() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, "")
        .env("REEMO_API_URL", &other.url())
        .env("REEMO_SECRET_KEY", "sk_stray");
    let note = "note: ignoring REEMO_SECRET_KEY and REEMO_API_URL because --profile was given\n";
    session
        .run("computers list -o id --limit 1 --profile work")
        .stdout(id(1) + "\n")
        .stderr(note);
    assert_eq!(other.connections(), 0);
}

#[test]
fn keys_from_a_file_or_a_command() {
    let peer = Peer::start();
    let first = id(1) + "\n";
    let session = Session::new().api(&peer.url()).file("key", "[KEY]\n");
    let path = session.path("key").to_str().unwrap().to_owned();
    session
        .env("REEMO_SECRET_KEY_FILE", &path)
        .run("computers list -o id --limit 1")
        .stdout(&first);
    let session = Session::new().knows(&peer.url()).file("key", "[KEY]\n");
    let path = session.path("key").to_str().unwrap().to_owned();
    let session = session.config(&format!(
        "default_profile = \"a\"\n[profiles.a]\napi_url = \"[API]\"\nsecret_key_command = [\"cat\", \"{path}\"]\n\
         [profiles.b]\napi_url = \"[API]\"\nsecret_key_command = [\"false\"]\n\
         [profiles.c]\napi_url = \"[API]\"\nsecret_key_command = [\"true\"]\n"
    ));
    session.run("computers list -o id --limit 1").stdout(&first);
    session
        .run("computers list --json --profile b")
        .fails_with("config_invalid", 3, "the secret_key_command false failed: exit status: 1\n\
             hint: run the command yourself to see what it does; it must print the key and nothing else");
    session
        .run("computers list --json --profile c")
        .fails_with("config_invalid", 3, "the secret_key_command true printed nothing\n\
             hint: run the command yourself to see what it does; it must print the key and nothing else");
}

/// A word that looks like a key, wherever it was typed, is none of what the program says about it.
#[test]
fn a_key_on_the_command_line_is_not_echoed() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url());
    let key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    let key_like = ["auth", "login", key];
    session
        .run(key_like)
        .stderr("error: unexpected argument 'sk_…' found\nhint: reemo auth login --help\n")
        .code(2);
    for words in [
        vec!["auth", "login", key],
        vec![key],
        vec!["computers", key],
        vec!["computers", "list", "--columns", key, "--output", key],
        vec!["computers", "list", "--request-timeout", key],
        vec!["computers", "list", "--color", key],
        vec!["--profile", key, "computers", "list"],
        vec!["config", "set", key, "1"],
        vec!["config", "get", key],
        vec!["config", "set", "default_profile", key],
        vec!["computers", "reserve", key],
        vec!["computers", "list", "--filter", key],
        vec!["computers", "list", "--jq", key],
        vec![
            "auth",
            "login",
            "--secret-key=sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        ],
        vec!["auth", "login", "--api-url", key],
    ] {
        for more in [&[][..], &["--json"]] {
            let all: Vec<&str> = words.iter().chain(more).copied().collect();
            let mut outcome = session.run(all.as_slice());
            let told = outcome.take_stdout() + &outcome.take_stderr();
            assert!(!told.contains("4eC39"), "{all:?}: {told}");
            outcome.ends(if words[0] == "--profile" { 3 } else { 2 });
        }
    }
}

/// A key of another form is known by its value, though a usage error is told before any setting is in force.
#[test]
fn the_key_in_force_is_not_echoed_in_a_usage_error() {
    let odd = "0123-odd-key-of-a-gateway";
    for session in [
        Session::new().key(odd),
        Session::new().config(&format!("[profiles.x]\nsecret_key = \"{odd}\"\n")),
    ] {
        for words in [
            vec!["auth", "login", odd],
            vec!["computers", "list", "--color", odd],
            vec!["config", "get", odd],
            vec!["auth", "login", odd, "--json"],
        ] {
            let mut outcome = session.run(words.as_slice());
            let told = outcome.take_stderr();
            assert!(!told.contains(odd) && told.contains("sk_…"), "{told}");
            outcome.ends(2);
        }
    }
}

#[test]
fn a_key_typed_as_a_name_is_in_no_dry_run_and_no_record() {
    let peer = Peer::start();
    let other = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    for (session, name) in [(Session::with(&peer), KEY), (Session::with(&peer), other)] {
        let first = id(1);
        let unused = crate::support::uid(77);
        for words in [
            vec!["computers", "rename", &first, name, "--dry-run"],
            vec!["computers", "rename", &first, name],
            vec!["computers", "reserve", &unused, "--name", name, "--dry-run"],
            vec!["computers", "reserve", &unused, "--name", name],
            vec!["computers", "delete", name, "--yes"],
            vec!["computers", "delete", name, "another", "--yes"],
        ] {
            for format in ["table", "json", "jsonl", "csv"] {
                let all: Vec<&str> = words.iter().copied().chain(["-o", format]).collect();
                let mut outcome = session.run(all.as_slice());
                let told = outcome.take_stdout() + &outcome.take_stderr();
                assert!(!told.contains(name), "{all:?}: {told}");
                assert!(!told.is_empty());
                let code = outcome.exit_code();
                outcome.ends(code);
            }
        }
    }
    // A name that merely begins like a key stays what it is in data.
    let words = ["computers", "rename", &id(2), "sk_bratislava", "--json"];
    let record = Session::with(&peer).run(words).take_stdout();
    assert!(record.contains("\"name\": \"sk_bratislava\""), "{record}");
}
