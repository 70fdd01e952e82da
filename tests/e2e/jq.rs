//! `--jq`: filtering JSON in place.

use crate::support::{Canned, Fault, KEY, Peer, Row, Session, compact, id, lines, pretty};

const HINT: &str = "hint: the same command with --json instead of --jq shows the filter's input";

#[test]
fn the_whole_array_as_json() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let array = pretty(&peer.array()) + "\n";
    session
        .run(["computers", "list", "--jq", "."])
        .stdout(&array);
    session
        .run(["--jq", ".", "computers", "list", "--json"])
        .stdout(&array);
    session
        .run(["computers", "list", "--jq", "length"])
        .stdout("6\n");
    session.run(["computers", "list", "--jq", ".[:2][] | {name, ip}"]).stdout(
        "{\n  \"name\": \"atelier-01\",\n  \"ip\": \"10.0.0.1\"\n}\n{\n  \"name\": \"atelier-02\",\n  \"ip\": \"10.0.0.2\"\n}\n",
    );
    session
        .run(["computers", "list", "--filter", "name=nobody", "--jq", "."])
        .stdout("[]\n");
    session
        .run([
            "computers",
            "list",
            "--jq",
            ".[] | select(.name | test(\"^ATELIER\"; \"i\")) | .status",
        ])
        .stdout("\"OFFLINE\"\n\"ONLINE\"\n");
}

#[test]
fn row_by_row_as_jsonl() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "list", "-o", "jsonl", "--limit", "2", "--jq", "{name, ip}"])
        .stdout("{\"name\":\"atelier-01\",\"ip\":\"10.0.0.1\"}\n{\"name\":\"atelier-02\",\"ip\":\"10.0.0.2\"}\n");
    session
        .run([
            "computers",
            "list",
            "-ojsonl",
            "--jq",
            "select(.name == \"double\") | .hostname, .ip",
        ])
        .stdout("\"DOUBLE-A\"\n\"10.0.0.3\"\n\"DOUBLE-B\"\n\"10.0.0.4\"\n");
    session
        .run(["computers", "get", &id(1), "-o", "jsonl", "--jq", "."])
        .stdout(compact(&peer.row(1)) + "\n");
}

#[test]
fn numbers_keep_every_digit() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "get", &id(1), "--jq", "."])
        .stdout(pretty(&peer.row(1)) + "\n");
    session
        .run(["computers", "get", &id(1), "--jq", ".cpu.load, .serial"])
        .stdout("1.10\n12345678901234567890123\n");
    session
        .run([
            "computers",
            "get",
            &id(2),
            "--jq",
            "[.ratio, .huge]",
            "-ojsonl",
        ])
        .stdout("[1.10,1e400]\n");
}

#[test]
fn raw_output_is_text_without_quotes() {
    let peer = Peer::with(vec![
        Row::new(1, "a \"b\"\n\u{1b}[31m", "OFFLINE").raw("n", "1.10"),
    ]);
    let session = Session::with(&peer);
    session
        .run(["computers", "list", "--jq", ".[] | .name, .n", "-r"])
        .stdout("a \"b\"\n\u{1b}[31m\n1.10\n");
    session
        .run(["computers", "list", "-r", "-o", "jsonl", "--jq", ".name"])
        .stdout("a \"b\"\n\u{1b}[31m\n");
    session
        .run(["computers", "list", "--jq", ".[].name"])
        .stdout("\"a \\\"b\\\"\\n\\u001b[31m\"\n");
    let peer = Peer::start();
    Session::with(&peer)
        .run([
            "computers",
            "list",
            "--raw-output",
            "--jq",
            ".[:2][] | [.name, .ip] | @tsv",
        ])
        .stdout(lines(&["atelier-01\t10.0.0.1", "atelier-02\t10.0.0.2"]));
    Session::with(&peer)
        .run([
            "computers",
            "list",
            "--jq",
            "map([.name, .screens[0].w])[0] | @csv",
            "-r",
        ])
        .stdout("\"atelier-01\",1920\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_kept_safe() {
    use crate::support::terminal::Terminal;
    let peer = Peer::with(vec![Row::new(1, "a\u{1b}[31m\u{202e}\tb\nc", "OFFLINE")]);
    let body = "x\u{1b}]0;y\u{7}";
    let server = Canned::always(Fault::answer(200, "text/plain", body));
    for (session, words, wanted) in [
        (
            Session::with(&peer),
            vec!["computers", "list", "--jq", ".[].name", "-r"],
            "a\\u{1b}[31m\\u{202e}\tb\nc\n",
        ),
        (
            Session::facing(&server),
            vec!["api", "GET", "/x"],
            "x\\u{1b}]0;y\\u{7}\n",
        ),
    ] {
        let mut terminal = Terminal::new(80);
        let child = terminal.start(&session.command(&words[..]));
        let (shown, code) = terminal.ends(child);
        assert_eq!(
            (shown.replace("        ", "\t").as_str(), code),
            (wanted, Some(0))
        );
    }
}

#[test]
fn a_wrong_expression_is_found_before_anything_is_sent() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (expression, told) in [
        (".[] |", "expected a filter at the end"),
        (
            ".[] | foo(1)",
            "there is no filter foo with 1 arguments at character 7",
        ),
        (
            "env.REEMO_SECRET_KEY",
            "there is no filter env at character 1",
        ),
        ("$ENV", "there is no variable $ENV at character 1"),
    ] {
        let message = format!("invalid value '{expression}' for '--jq <EXPR>': {told}");
        for words in [
            vec!["computers", "list"],
            vec!["computers", "delete", "atelier-01", "--yes"],
        ] {
            let hint = format!("reemo computers {} --help", words[1]);
            let line = format!(
                "{{\"error\":{{\"code\":\"usage\",\"exit\":2,\"message\":\"{message}\",\"hint\":\"{hint}\"}}}}\n"
            );
            session
                .run(&[&words[..], &["--jq", expression]].concat()[..])
                .stderr(line)
                .code(2);
        }
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn other_formats_are_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for format in ["table", "wide", "csv", "id", "_id"] {
        let told = "error: --jq filters JSON: use it with json or jsonl, or without --output\nhint: reemo computers list --help\n";
        session
            .run(["computers", "list", "-o", format, "--jq", "."])
            .stderr(told)
            .code(2);
        session
            .run(["--jq", ".", "computers", "list", "-o", format])
            .stderr(told)
            .code(2);
    }
    let told =
        "error: --raw-output is for the results of --jq\nhint: reemo computers list --help\n";
    session.run("computers list -r").stderr(told).code(2);
    session
        .run("computers list --columns name --jq . --json")
        .fails_with(
            "usage",
            2,
            "--columns is for table, wide and csv; JSON has every property\n\
             hint: reemo computers list --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_failure_at_a_value_says_what_kind_it_was() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let told = |message: &str, hint: &str| {
        format!(
            "{{\"error\":{{\"code\":\"usage\",\"exit\":2,\"message\":\"--jq: {message}\",\"hint\":\"{}\"}}}}\n",
            &hint[6..]
        )
    };
    let number = told(
        "cannot use a number (1.10) as iterable (array or object)",
        HINT,
    );
    session
        .run([
            "computers",
            "get",
            &id(1),
            "--jq",
            ".name, (.cpu.load | keys)",
        ])
        .stderr(&number)
        .code(2);
    session
        .run(["computers", "list", "--jq", ".name"])
        .stderr(told("cannot index an array with \\\"name\\\"", HINT))
        .code(2);
    // What was sure is on standard output, as with every jsonl.
    session
        .run([
            "computers",
            "list",
            "-o",
            "jsonl",
            "--jq",
            "if .name == \"atelier-02\" then .name.x else .name end",
        ])
        .stdout("\"atelier-01\"\n")
        .stderr(told("cannot index a string with \\\"x\\\"", HINT))
        .code(2);
}

#[test]
fn a_failing_filter_stops_no_change() {
    let peer = Peer::start();
    let mut outcome = Session::with(&peer)
        .run([
            "computers",
            "delete",
            "DOUBLE-A",
            "DOUBLE-B",
            "--yes",
            "-o",
            "jsonl",
            "--jq",
            ".computer.name | keys",
        ])
        .fails_with("usage", 2, "--jq: cannot use a string as iterable (array or object)\n\
             - the command was carried out; only filtering its output failed\n\
             hint: a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
    // Each record as it would be without a filter.
    assert_eq!(
        outcome
            .take_stdout()
            .matches("{\"outcome\":\"deleted\",")
            .count(),
        2
    );
    assert_eq!(peer.changes().len(), 2);
    Session::with(&peer)
        .run([
            "computers",
            "rename",
            "atelier-01",
            "new",
            "--jq",
            ".outcome, .computer.name",
            "-r",
        ])
        .stdout("renamed\nnew\n");
}

#[test]
fn every_command_that_prints_data() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["auth", "status", "--jq", ".accepted, .secret_key", "-r"])
        .stdout("true\nsk_…\n");
    session
        .run(["config", "path", "--jq", "keys"])
        .stdout("[\n  \"path\"\n]\n");
    session
        .run([
            "api",
            "GET",
            "/computers?limit=2",
            "--jq",
            ".computers[] | .name",
            "-r",
        ])
        .stdout("atelier-01\natelier-02\n");
    session
        .run([
            "api",
            "GET",
            "/computers?limit=2",
            "-o",
            "jsonl",
            "--jq",
            ".computers | map(.ip)",
        ])
        .stdout("[\"10.0.0.1\",\"10.0.0.2\"]\n");
    session
        .run([
            "computers",
            "delete",
            "DOUBLE-A",
            "--dry-run",
            "--quiet",
            "--jq",
            ".request.method",
        ])
        .stdout("\"DELETE\"\n");
}

#[test]
fn an_echoed_key_is_redacted_before_it_is_filtered() {
    let peer = Peer::with(vec![Row::new(1, KEY, "OFFLINE")]);
    Session::with(&peer)
        .run([
            "computers",
            "list",
            "--jq",
            ".[].name | explode | implode",
            "-r",
        ])
        .stdout("sk_…\n");
}
