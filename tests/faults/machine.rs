//! The machine: full disks, readers that go, no terminal, files that are not as they should be.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::{Duration, Instant};

use crate::answers::{bytes, headed, json, page, rows};
use crate::server::{Act, Server};
use crate::support::{KEY, Session, id, uid};
use crate::table::{each, told};

const CONFIG: &str = "[profiles.default]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n";
const FORMATS: [&str; 7] = ["table", "wide", "json", "jsonl", "csv", "id", "_id"];

fn listing(count: usize) -> Server {
    Server::acting(vec![page(
        &rows(1..=count),
        &format!(",\"total\":{count},\"limit\":100000"),
    )])
}

fn session(server: &Server) -> Session {
    Session::new().api(&server.url()).key(KEY)
}

/// One word or a thousand lines: data that can't be written is an error, and never silence.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_every_format() {
    for count in [1, 3000] {
        let server = listing(count);
        each(
            &FORMATS,
            |format| format!("{format} of {count}"),
            |format| {
                let mut outcome = session(&server)
                    .run_into("/dev/full", &format!("computers list -vv -o {format}"))
                    .code(1);
                let told = outcome.take_stderr();
                assert!(
                    told.contains("standard output can't be written: No space left on device"),
                    "{told}"
                );
            },
        );
    }
    let commands = [
        "--help",
        "--version",
        "computers list --help",
        "completions bash",
        "config path",
        "config list",
    ];
    each(
        &commands,
        |words| (*words).to_owned(),
        |words| {
            let mut outcome = Session::new()
                .key(KEY)
                .run_into("/dev/full", *words)
                .code(1);
            let told = outcome.take_stderr();
            assert!(
                told.contains("standard output can't be written: No space left on device"),
                "{told}"
            );
        },
    );
    // A change is made all the same, and its lost record is an error.
    let server = Server::acting(vec![json(201, rows([1])[0].json())]);
    let mut outcome = session(&server)
        .run_into(
            "/dev/full",
            ["computers", "reserve", &uid(1), "--json"].as_slice(),
        )
        .fails_with("output_failed", 1, "standard output can't be written: No space left on device (os error 28)\n\
             - created: _id:00000001-2222-4222-9222-2e2e2e2e2e2e id:00000001-1111-4111-8111-1d1d1d1d1d1d");
    outcome.take_stderr();
    assert_eq!(server.methods(), "POST");
}

/// A file may not grow as far as it should: as on a full disk, with a small part of it written.
#[test]
fn a_file_that_cannot_grow() {
    let server = listing(3000);
    each(
        &FORMATS,
        |format| (*format).to_owned(),
        |format| {
            let script = "trap '' XFSZ; ulimit -f 4; exec \"$@\" >out";
            let mut outcome = session(&server)
                .run_shell(script, &format!("computers list -o {format}"))
                .code(1);
            let told = outcome.take_stderr();
            assert!(
                told.contains("standard output can't be written: File too large"),
                "{told}"
            );
        },
    );
    // A file that is written whole or not at all is not there then.
    let tokens = rows([1])[0]
        .clone()
        .text("token", &"t".repeat(20_000))
        .json();
    let server = Server::acting(vec![json(200, rows([1])[0].json()), json(200, tokens)]);
    let session = session(&server);
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$@\"";
    let mut outcome = session
        .run_shell(
            script,
            &format!("computers connect id:{} --out computer.json", id(1)),
        )
        .code(1);
    let told = outcome.take_stderr();
    assert!(
        told.contains("computer.json can't be written: File too large"),
        "{told}"
    );
    assert_eq!(session.read("computer.json"), None);
    let left: Vec<_> = fs::read_dir(session.path(""))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_closed_pipe_is_silent_in_every_format() {
    let server = listing(20_000);
    each(
        &FORMATS,
        |format| (*format).to_owned(),
        |format| {
            let script = r#"{ "$@"; echo "exit $?" >&2; } | head -c 100 >/dev/null"#;
            session(&server)
                .run_shell(script, &format!("computers list -o {format}"))
                .stderr("exit 0\n");
        },
    );
    let script = r#"{ sleep 0.05; "$@"; echo "exit $?" >&2; } | :"#;
    for words in ["--help", "completions zsh", "computers delete --help"] {
        Session::new().run_shell(script, words).stderr("exit 0\n");
    }
}

#[test]
fn no_question_without_a_terminal() {
    let server = Server::acting(vec![json(200, rows([1])[0].json())]);
    let error = "deleting needs confirmation, but there is no terminal";
    told(
        &session(&server),
        &format!("computers delete id:{}", id(1)),
        5,
        error,
        "",
    );
    assert_eq!(server.connections(), 0);
    told(
        &Session::new(),
        "auth login",
        3,
        "there is no terminal on which to ask for the key",
        "",
    );
}

#[test]
fn config_files_that_are_not_as_they_should_be() {
    let server = listing(1);
    let good = || Session::new().knows(&server.url()).config(CONFIG);
    let words = "computers list -o id";
    let mode = |mode| {
        let session = good();
        fs::set_permissions(session.config_path(), Permissions::from_mode(mode)).unwrap();
        session
    };
    for readable in [0o644, 0o640, 0o604] {
        let stderr = told(&mode(readable), words, 0, "", &(id(1) + "\n"));
        assert!(
            stderr.contains("can be read by other users; to fix it: chmod 600 "),
            "{stderr}"
        );
    }
    for writable in [0o666, 0o620, 0o602, 0o777] {
        told(
            &mode(writable),
            words,
            3,
            "the config file [HOME]/config/reemo/config.toml can be written by other users",
            "",
        );
    }
    let mut cases: Vec<(&str, Session)> = Vec::new();
    let replaced = |make: &dyn Fn(&std::path::Path)| {
        let session = good();
        fs::remove_file(session.config_path()).unwrap();
        make(&session.config_path());
        session
    };
    cases.push((
        "is not a regular file",
        replaced(&|path| {
            assert!(
                std::process::Command::new("mkfifo")
                    .arg(path)
                    .status()
                    .unwrap()
                    .success()
            );
        }),
    ));
    cases.push((
        "is not a regular file",
        replaced(&|path| fs::create_dir(path).unwrap()),
    ));
    cases.push((
        "is not a regular file",
        replaced(&|path| symlink("/dev/zero", path).unwrap()),
    ));
    cases.push((
        "can't be read: Too many levels of symbolic links (os error 40)",
        replaced(&|path| symlink(path, path).unwrap()),
    ));
    cases.push((
        "is not valid UTF-8",
        replaced(&|path| write(path, b"\xff\xfe")),
    ));
    cases.push((
        "is longer than 1 MiB",
        replaced(&|path| write(path, &vec![b'#'; (1 << 20) + 1])),
    ));
    let started = Instant::now();
    each(
        &cases,
        |(why, _)| (*why).to_owned(),
        |(why, session)| {
            told(
                session,
                words,
                3,
                &format!("the config file [HOME]/config/reemo/config.toml {why}"),
                "",
            );
        },
    );
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "nothing blocks"
    );
    let seen = server.methods();
    assert_eq!(
        seen.split(' ').count(),
        3,
        "only the good ones asked anything: {seen}"
    );
}

/// Followed where it is read: what counts is the file that it leads to. Nothing is written through it.
#[test]
fn a_config_file_that_is_a_link() {
    let server = listing(1);
    let words = "computers list -o id";
    let session = Session::new()
        .knows(&server.url())
        .file("elsewhere.toml", CONFIG);
    fs::create_dir_all(session.config_path().parent().unwrap()).unwrap();
    symlink(session.path("elsewhere.toml"), session.config_path()).unwrap();
    told(&session, words, 0, "", &(id(1) + "\n"));
    let before = session.read("elsewhere.toml");
    let link =
        "[HOME]/config/reemo/config.toml is a symbolic link; reemo does not write through links";
    told(&session, "config set access read", 3, link, "");
    told(&session, "auth logout", 3, link, "");
    assert_eq!(session.read("elsewhere.toml"), before);
    assert!(session.config_path().is_symlink());
    fs::set_permissions(
        session.path("elsewhere.toml"),
        Permissions::from_mode(0o666),
    )
    .unwrap();
    told(
        &session,
        words,
        3,
        "the config file [HOME]/config/reemo/config.toml can be written by other users",
        "",
    );
}

/// What belongs to this user and can't be read all the same.
#[cfg(target_os = "linux")]
#[test]
fn files_that_cannot_be_read() {
    let server = listing(1);
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let session = session
        .knows(&server.url())
        .file("key", "[KEY]\n")
        .file("ca.pem", "");
    let ca_file = session.path("ca.pem");
    let session = session.config(&format!(
        "{CONFIG}[profiles.private]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\nca_file = \"{}\"\n",
        ca_file.display()
    ));
    let unreadable =
        |path: &std::path::Path| fs::set_permissions(path, Permissions::from_mode(0o000)).unwrap();
    let words = "computers list -o id";
    told(&session, words, 0, "", &(id(1) + "\n"));
    unreadable(&ca_file);
    let ca = "the CA file [HOME]/work/ca.pem can't be read: Permission denied (os error 13)";
    told(&session, &format!("{words} --profile private"), 3, ca, "");

    let config = "the config file [HOME]/config/reemo/config.toml can't be read: Permission denied (os error 13)";
    unreadable(&session.config_path());
    for words in [
        words,
        "config list",
        "config set access read",
        "auth logout",
    ] {
        told(&session, words, 3, config, "");
    }
    // Nor by way of a link, which anybody can read.
    unreadable(&session.path("key"));
    fs::remove_file(session.config_path()).unwrap();
    symlink(session.path("key"), session.config_path()).unwrap();
    told(&session, words, 3, config, "");
    fs::remove_file(session.config_path()).unwrap();

    let path = session.path("key").to_str().unwrap().to_owned();
    let session = session
        .env("REEMO_SECRET_KEY_FILE", &path)
        .env("REEMO_API_URL", &server.url());
    told(
        &session,
        words,
        3,
        "the key file [HOME]/work/key can't be read: Permission denied (os error 13)",
        "",
    );
    assert_eq!(server.methods(), "GET");
}

fn write(path: &std::path::Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

/// The same for the file that a key is in.
#[test]
fn key_files_that_are_not_as_they_should_be() {
    const EMPTY: &str = "is empty";
    const NO_KEY: &str = "has characters other than printable ASCII, so it can't be a Reemo key";
    let server = listing(1);
    let with = |name: &str, text: &str| {
        let session = Session::new().api(&server.url()).file(name, text);
        let path = session.path(name).to_str().unwrap().to_owned();
        session.env("REEMO_SECRET_KEY_FILE", &path)
    };
    told(
        &with("key", "[KEY]\n"),
        "computers list -o id",
        0,
        "",
        &(id(1) + "\n"),
    );
    each(
        &[
            ("", EMPTY),
            ("\n", EMPTY),
            ("[KEY]\n[KEY]\n", NO_KEY),
            ("clé\n", NO_KEY),
            ("\u{0}\n", NO_KEY),
        ],
        |(text, _)| format!("{text:?}"),
        |(text, why)| {
            let error = format!("the secret key from the key file [HOME]/work/key {why}");
            told(&with("key", text), "computers list -o id", 3, &error, "");
        },
    );
    let absent = Session::new()
        .api(&server.url())
        .env("REEMO_SECRET_KEY_FILE", "/no/such/file");
    told(
        &absent,
        "computers list -o id",
        3,
        "there is no key file /no/such/file",
        "",
    );
    assert_eq!(server.methods(), "GET");
}

/// A program that is asked for the key of one profile does not get the key of another from the environment.
#[test]
fn a_child_does_not_get_the_key() {
    let server = listing(1);
    let session = Session::new().knows(&server.url()).config(&format!(
        "[profiles.work]\napi_url = \"[API]\"\nsecret_key_command = [\"sh\", \"-c\", \"env >{}; echo {KEY}\"]\n",
        "seen"
    ));
    let session = session.env("REEMO_SECRET_KEY", "sk_of_another_account");
    session
        .run("computers list -o id --profile work -q")
        .stdout(id(1) + "\n");
    // The command runs in the config file's folder.
    let seen = fs::read_to_string(session.config_path().with_file_name("seen")).unwrap();
    assert!(
        seen.contains("HOME=") && !seen.contains("sk_of_another_account"),
        "{seen}"
    );
}

/// A terminal's worth of notes that nobody can read is no reason to fail.
#[test]
fn standard_error_that_cannot_be_written() {
    let server = Server::acting(vec![
        headed(429, "Retry-After: 0\r\n", "{}"),
        page(&rows([1]), ",\"total\":1,\"limit\":9"),
    ]);
    session(&server)
        .run_shell("\"$@\" 2>&-", "computers list -o id -vv")
        .stdout(id(1) + "\n");
    let server = Server::acting(vec![Act::Send(bytes(500, "Content-Length: 0\r\n", ""))]);
    session(&server)
        .run_shell("\"$@\" 2>/dev/full", "computers list -o id -vv --retries 0")
        .code(7);
}
