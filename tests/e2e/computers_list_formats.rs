//! `computers list`: the formats.

use crate::support::{Canned, Fault, Peer, Row, Session, compact, id, lines, pretty, uid};

#[test]
fn json_is_the_servers_text() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list --json")
        .stdout(pretty(&peer.array()) + "\n");
}

#[test]
fn jsonl_is_an_object_a_line() {
    let peer = Peer::start();
    let rows: Vec<String> = (1..=6).map(|n| compact(&peer.row(n))).collect();
    Session::with(&peer)
        .run("computers list -o jsonl")
        .stdout(lines(&rows));
}

#[test]
fn csv_has_a_header_and_crlf() {
    let peer = Peer::start();
    let mut csv = String::from("id,_id,name,hostname,ip,status\r\n");
    for (n, rest) in [
        (1, "atelier-01,ATELIER-01,10.0.0.1,OFFLINE"),
        (2, "atelier-02,ATELIER-02,10.0.0.2,ONLINE"),
        (3, "double,DOUBLE-A,10.0.0.3,OFFLINE"),
        (4, "double,DOUBLE-B,10.0.0.4,OFFLINE"),
        (5, "Été ☀,summer,10.0.0.5,ONLINE"),
        (6, "reserved,,,OFFLINE"),
    ] {
        csv.push_str(&format!("{},{},{rest}\r\n", id(n), uid(n)));
    }
    let session = Session::with(&peer);
    session.run("computers list -o csv").stdout(&csv);
    let body = csv.split_once("\r\n").unwrap().1;
    session
        .run("computers list -o csv --no-headers")
        .stdout(body);
}

#[test]
fn csv_columns_are_any_property() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let words = "computers list -o csv --filter name=atelier-* --columns name,serial,screens.0.w,nothing,ratio";
    let csv = "name,serial,screens.0.w,nothing,ratio\r\n\
               atelier-01,12345678901234567890123,1920,,\r\n\
               atelier-02,,2560,,1.10\r\n";
    session
        .run(words)
        .stdout(csv)
        .stderr("note: no computer has the property \"nothing\"\n");
    let site = "name,site,beta\r\nÉté ☀,\"Orléans, rue \"\"A\"\"\",true\r\n";
    session
        .run("computers list -o csv --filter hostname=summer --columns name,site,beta")
        .stdout(site);
    let nested = "screens\r\n\"[{\"\"w\"\":2560,\"\"h\"\":1440}]\"\r\n";
    session
        .run("computers list -o csv --filter name=atelier-02 --columns screens")
        .stdout(nested);
}

#[test]
fn ids_one_a_line() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list -o id")
        .stdout(lines(&[1, 2, 3, 4, 5, 6].map(id)));
    Session::with(&peer)
        .run("computers list -o _id")
        .stdout(lines(&[1, 2, 3, 4, 5, 6].map(uid)));
}

/// The usual fleet as a table.
pub(crate) const TABLE: &str = "\
NAME        HOSTNAME    IP        STATUS   ID
atelier-01  ATELIER-01  10.0.0.1  OFFLINE  00000001-1111-4111-8111-1d1d1d1d1d1d
atelier-02  ATELIER-02  10.0.0.2  ONLINE   00000002-1111-4111-8111-1d1d1d1d1d1d
double      DOUBLE-A    10.0.0.3  OFFLINE  00000003-1111-4111-8111-1d1d1d1d1d1d
double      DOUBLE-B    10.0.0.4  OFFLINE  00000004-1111-4111-8111-1d1d1d1d1d1d
Été ☀       summer      10.0.0.5  ONLINE   00000005-1111-4111-8111-1d1d1d1d1d1d
reserved                          OFFLINE  00000006-1111-4111-8111-1d1d1d1d1d1d
";

#[test]
fn a_table_in_a_pipe_is_whole_and_uncoloured() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session.run("computers list").stdout(TABLE);
    let serial = "NAME        SERIAL\natelier-01  12345678901234567890123\n";
    session
        .run("computers list --columns name,serial --filter name=atelier-01")
        .stdout(serial);
    let ratio = "atelier-01\natelier-02  1.10\n";
    session
        .run("computers list --columns name,ratio --no-headers --filter name=atelier-*")
        .stdout(ratio);
}

/// `wide` adds the other id and every plain property that a computer has; nested ones are for `--columns` and JSON.
#[test]
fn wide_has_more_properties() {
    let peer = Peer::with(vec![
        Row::new(1, "a", "ONLINE")
            .raw("screens", "[{\"w\":1}]")
            .text("site", "Paris"),
        Row::new(2, "bc", "OFFLINE").raw("load", "1.10"),
    ]);
    let wide = "NAME  HOSTNAME  IP        STATUS   ID                                    _ID                                   SITE   LOAD\n\
        a     HOST-001  10.0.0.1  ONLINE   00000001-1111-4111-8111-1d1d1d1d1d1d  00000001-2222-4222-9222-2e2e2e2e2e2e  Paris\n\
        bc    HOST-002  10.0.0.2  OFFLINE  00000002-1111-4111-8111-1d1d1d1d1d1d  00000002-2222-4222-9222-2e2e2e2e2e2e         1.10\n";
    Session::with(&peer)
        .run("computers list -o wide")
        .stdout(wide);
}

#[test]
fn colour_is_off_unless_requested() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list --color never")
        .stdout(TABLE);
    Session::with(&peer)
        .env("NO_COLOR", "1")
        .run("computers list")
        .stdout(TABLE);
    Session::with(&peer)
        .env("TERM", "dumb")
        .run("computers list")
        .stdout(TABLE);
}

/// What a name may hold to drive a terminal or deceive its reader, and how it is then shown.
const HOSTILE: [(&str, &str, &str); 9] = [
    (r"\u001b[31mred", r"\u001b[31mred", r"\u{1b}[31mred"),
    ("a\u{202e}b", r"a\u202eb", r"a\u{202e}b"),
    ("a\u{200b}b", r"a\u200bb", r"a\u{200b}b"),
    ("a\u{9b}1mb", r"a\u009b1mb", r"a\u{9b}1mb"),
    (r"two\nlines", r"two\nlines", r"two\nlines"),
    ("tag\u{e0041}", r"tag\udb40\udc41", r"tag\u{e0041}"),
    ("a\u{2800}b", r"a\u2800b", r"a\u{2800}b"),
    ("a\u{f8ff}b", r"a\uf8ffb", r"a\u{f8ff}b"),
    ("a\u{1d173}b", r"a\ud834\udd73b", r"a\u{1d173}b"),
];

#[test]
fn a_hostile_name_is_shown_not_obeyed() {
    for (sent, in_json, in_table) in HOSTILE {
        let row = Row::new(1, "", "OFFLINE").raw("name", &format!("\"{sent}\""));
        let peer = Peer::with(vec![row.clone()]);
        let session = Session::with(&peer);
        let json = row.raw("name", &format!("\"{in_json}\"")).json();
        session
            .run("computers list --json")
            .stdout(pretty(&format!("[{json}]")) + "\n");
        session
            .run("computers list -o jsonl")
            .stdout(compact(&json) + "\n");
        session
            .run("computers list --no-headers --columns name")
            .stdout(format!("{in_table}\n"));
        session
            .run("computers list -o wide --no-headers --columns name")
            .stdout(format!("{in_table}\n"));
    }
}

#[test]
fn csv_escapes_formulas() {
    for (name, cell) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (
            "=HYPERLINK(\"a\",\"b\")",
            "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"",
        ),
        ("a=1", "a=1"),
    ] {
        let peer = Peer::with(vec![Row::new(1, name, "OFFLINE")]);
        Session::with(&peer)
            .run("computers list -o csv --columns name")
            .stdout(format!("name\r\n{cell}\r\n"));
    }
}

#[test]
fn csv_leaves_negative_numbers_alone() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list -o csv --filter hostname=DOUBLE-B --columns zero")
        .stdout("zero\r\n-0.0\r\n");
}

#[test]
fn an_output_that_cannot_be_written_is_reported() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let peer = Peer::start();
    let session = Session::with(&peer);
    let message = "standard output can't be written: No space left on device (os error 28)";
    let told = format!("error: {message}\n");
    let in_json = format!(
        "{{\"error\":{{\"code\":\"output_failed\",\"exit\":1,\"message\":\"{message}\"}}}}\n"
    );
    for format in ["table", "wide", "json", "jsonl", "csv", "id", "_id"] {
        let told = if format.starts_with("json") {
            &in_json
        } else {
            &told
        };
        session
            .run_into("/dev/full", &format!("computers list -o {format}"))
            .stderr(told)
            .code(1);
    }
    session
        .run_into("/dev/full", ["computers", "get", &id(1)])
        .stderr(&told)
        .code(1);
    for words in [
        "--help",
        "--version",
        "computers list --help",
        "completions bash",
        "config path",
    ] {
        session.run_into("/dev/full", words).stderr(&told).code(1);
    }
}

/// Where each name was searched for among the others, this took minutes.
#[test]
fn a_computer_may_have_any_number_of_properties() {
    let count = 30_000;
    let more = || (0..count).map(|n| (format!("p{n:05}"), format!("v{n:05}")));
    let members: String = more()
        .map(|(name, value)| format!(",\"{name}\":\"{value}\""))
        .collect();
    let row = format!("{{\"id\":\"{}\"{members}}}", id(1));
    let one = Canned::always(Fault::answer(200, "application/json", &row));
    let lines: String = more()
        .map(|(name, value)| format!("{name}    {value}\n"))
        .collect();
    let described = format!("PROPERTY  VALUE\nid        {}\n{lines}", id(1));
    let mut outcome = Session::facing(&one).run(["computers", "get", &format!("id:{}", id(1))]);
    assert!(outcome.take_stdout() == described);

    let list = format!("{{\"computers\":[{row}],\"total\":1,\"limit\":1000}}");
    let listed = Canned::always(Fault::answer(200, "application/json", &list));
    let cells: String = more().map(|(_, value)| format!("  {value}")).collect();
    let mut outcome = Session::facing(&listed).run("computers list -o wide --no-headers");
    assert!(outcome.take_stdout() == format!("        {}  {cells}\n", id(1)));
}

/// Large values go out by themselves, in their place between the small ones.
#[test]
fn a_value_may_be_long() {
    let long = format!("{}end", "Zürich, ".repeat(20_000));
    let peer = Peer::with(
        [(1, "one"), (2, &*long), (3, "three")]
            .map(|(n, name)| Row::new(n, name, "OFFLINE"))
            .into(),
    );
    let session = Session::with(&peer);
    let columns = |words: &str| {
        session
            .run(&format!("computers list {words} --columns ip,name,status"))
            .take_stdout()
    };
    let blanks = |name: &str| " ".repeat(long.chars().count() - name.len());
    let row = |n, name: &str, blanks: &str| format!("10.0.0.{n}  {name}{blanks}  OFFLINE\n");
    let table =
        row(1, "one", &blanks("one")) + &row(2, &long, "") + &row(3, "three", &blanks("three"));
    assert!(columns("--no-headers") == table);
    assert!(columns("--no-headers -o wide") == table);
    assert!(columns("--no-headers --color always") == table);
    let csv = format!(
        "10.0.0.1,one,OFFLINE\r\n10.0.0.2,\"{long}\",OFFLINE\r\n10.0.0.3,three,OFFLINE\r\n"
    );
    assert!(columns("--no-headers -o csv") == csv);
    let jsonl: String = (1..=3).map(|n| compact(&peer.row(n)) + "\n").collect();
    assert!(session.run("computers list -o jsonl").take_stdout() == jsonl);
    assert!(session.run("computers list --json").take_stdout() == pretty(&peer.array()) + "\n");
}

/// Nine computers of a megabyte each: more than is kept in memory.
fn heavy() -> Vec<Row> {
    let note = format!("{}é\u{7f}", "x".repeat(1_000_000));
    (1..=9)
        .map(|n| Row::new(n, &format!("pc-{n}"), "OFFLINE").text("note", &note))
        .collect()
}

#[test]
fn a_spooled_listing_may_be_large() {
    let peer = Peer::with(heavy());
    let session = Session::with(&peer);
    let wanted = pretty(&peer.array()).replace('\u{7f}', "\\u007f") + "\n";
    assert!(session.run("computers list --json").take_stdout() == wanted);
    let note = format!("{}é\\u{{7f}}", "x".repeat(1_000_000));
    let lines: String = (1..=9).map(|n| format!("pc-{n}  {note}\n")).collect();
    assert!(
        session
            .run("computers list --columns name,note --no-headers")
            .take_stdout()
            == lines
    );
    let left = std::fs::read_dir(session.root().join("tmp"))
        .unwrap()
        .count();
    assert_eq!(left, 0, "a temporary file is left");
}

#[cfg(unix)]
#[test]
fn nothing_is_printed_if_the_listing_cannot_be_spooled() {
    let peer = Peer::with(heavy());
    let session = Session::with(&peer).env("TMPDIR", "/nowhere");
    let message =
        "could not store the output in /nowhere until it is complete: there is no such folder";
    let hint = "set TMPDIR to a folder with free space, or use -o jsonl, which stores nothing";
    let in_json = format!(
        "{{\"error\":{{\"code\":\"output_failed\",\"exit\":1,\"message\":\"{message}\",\"hint\":\"{hint}\"}}}}\n"
    );
    session
        .run("computers list --json")
        .stderr(&*in_json)
        .code(1);
    let told = format!("error: {message}\nhint: {hint}\n");
    session
        .run("computers list --columns name,note")
        .stderr(told)
        .code(1);
    // A disk that is full, or a file that may not grow.
    let script = "trap '' XFSZ; ulimit -f 4; \"$@\" | cat";
    let too_large = in_json
        .replace("/nowhere", "[HOME]/tmp")
        .replace("there is no such folder", "file too large");
    Session::with(&peer)
        .run_shell(script, "computers list --json")
        .stderr(too_large);
    session.run("computers list -o jsonl").take_stdout();
}

#[test]
fn columns_belong_to_formats_that_have_them() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list --json --columns name")
        .fails_with(
            "usage",
            2,
            "--columns is for table, wide and csv; JSON has every property\n\
             hint: reemo computers list --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_column_has_a_name() {
    let peer = Peer::start();
    for columns in ["", "name,", ",name"] {
        Session::with(&peer)
            .run(["computers", "list", "--columns", columns])
            .stderr(
                "error: invalid value '' for '--columns <A,B,C>': expected the names of properties, such as name,ip\n\
                 hint: reemo computers list --help\n",
            )
            .code(2);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn an_unknown_format_is_a_usage_error() {
    let session = Session::with(&Peer::start());
    session
        .run("computers list -o yaml")
        .stderr(
            "error: invalid value 'yaml' for '--output <FORMAT>'\n  \
             possible values: table, wide, json, jsonl, csv, id, _id, ansible\nhint: reemo computers list --help\n",
        )
        .code(2);
}

/// Standard output stays empty unless all of it is sure.
#[test]
fn json_prints_nothing_of_a_walk_that_fails() {
    let peer = Peer::with(crate::support::fleet::large(250));
    peer.mishap(|_, number| {
        (number > 1).then(|| Fault::answer(500, "application/json", "{\"error\":\"down\"}"))
    });
    let session = Session::with(&peer);
    session.run("computers list --json --retries 0").fails_with(
        "server_error",
        7,
        "the API failed: down\n\
             - after 100 computers: the listing is not complete\n\
             hint: try again later; if it persists, report the request id to Reemo",
    );
    session
        .run("computers list --retries 0")
        .stderr(
            "error: the API failed: down\n  GET [API]/computers?page=1&limit=1000\n  status: 500\n\
             hint: try again later; if it persists, report the request id to Reemo\n",
        )
        .code(7);
}
