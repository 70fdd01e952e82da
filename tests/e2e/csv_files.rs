//! csv files: what `list` writes goes straight into `rename --from`, and what is not csv is refused before anything is sent.

use crate::support::{Peer, Row, Session, csv_hint, id, lines, pretty, uid};

/// Names that a spreadsheet would run, that writing escapes, or that look as if they were escaped.
const NAMES: [&str; 18] = [
    "=SUM(A1)",
    "+33 1",
    "-x",
    "@home",
    "'quoted'",
    "''=1",
    "'=SUM(A1)",
    " =1",
    " padded ",
    "a;=1; 'b'; '-c",
    "a \"b\"",
    "C:\\reports\\u",
    "a\u{1b}[31m",
    "\\u{1b}",
    "\\u{5c}u{1b}",
    "x\u{202e}y",
    "\rz",
    "Été ☀",
];

fn hostile() -> Vec<Row> {
    let named = NAMES.iter().zip(1..);
    let mut rows: Vec<Row> = named
        .map(|(name, n)| Row::new(n, name, "OFFLINE"))
        .collect();
    rows.push(Row::new(rows.len() + 1, "", "OFFLINE").raw("name", "null"));
    rows.push(Row::new(rows.len() + 1, "", "OFFLINE").without("name"));
    rows
}

fn deleted(n: usize) -> String {
    format!("DELETE /v1/computers/{}", id(n))
}

/// The whole fleet, as `list` writes it.
fn exported(session: &Session) -> String {
    session.run("computers list -o csv").take_stdout()
}

/// The same cells, as another program writes them.
fn separated(csv: &str, separator: u8) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_listing_renames_nothing() {
    let peer = Peer::with(hostile());
    let csv = exported(&Session::with(&peer));
    // As it was written, as a spreadsheet saves it in most of Europe, and with tabs.
    for text in [csv.clone(), separated(&csv, b';'), separated(&csv, b'\t')] {
        Session::with(&peer)
            .file("n.csv", &text)
            .run("computers rename --from n.csv -o csv --columns outcome --no-headers")
            .stdout("unchanged\r\n".repeat(NAMES.len() + 2))
            .stderr("note: n.csv: the columns ip, status are ignored\n");
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn edited_names_are_sent_as_they_were_typed() {
    let peer = Peer::with(vec![
        Row::new(1, "=SUM(A1)", "OFFLINE"),
        Row::new(2, "kept", "OFFLINE"),
        Row::new(3, "old", "OFFLINE"),
    ]);
    let session = Session::with(&peer);
    let edited = exported(&session)
        .replace("'=SUM(A1)", "'=SUM(A2)")
        .replace(",old,", ",'t Gooi,");
    let session = Session::with(&peer).file("n.csv", &edited);
    session
        .run("computers rename --from n.csv -o csv --columns outcome,name -q")
        .stdout("outcome,name\r\nrenamed,'=SUM(A2)\r\nunchanged,kept\r\nrenamed,''t Gooi\r\n");
    let sent =
        |n: usize, name: &str| format!("PUT /v1/computers/{} {{\"name\":\"{name}\"}}", id(n));
    assert_eq!(
        peer.changes_sorted(),
        [sent(1, "=SUM(A2)"), sent(3, "'t Gooi")]
    );
}

#[test]
fn computers_are_found_by_the_first_column_that_is_filled_in() {
    let peer = Peer::start();
    let rows = format!(
        "\u{feff}NAME\tHostname\t_Id\tID\tcomputer\tsite\nA\t\t\t\tatelier-01\tx\nB\tnobody\t{}\t{}\t\t\nC\tnobody\t{}\t\t\t\nD\tsummer\t\t\t\t\n",
        uid(9),
        id(2),
        uid(3)
    );
    Session::with(&peer)
        .file("n.csv", &rows)
        .run("computers rename --from n.csv -o id")
        .stdout([1, 2, 3, 5].map(|n| id(n) + "\n").concat())
        .stderr("note: n.csv: the column site is ignored\n");
}

/// A name that was emptied is no name, but a computer without one is left as it is.
#[test]
fn an_emptied_name_is_refused() {
    let peer = Peer::start();
    let rows = format!("id,name\n{},new\n{},\n", id(1), id(2));
    Session::with(&peer)
        .file("n.csv", &rows)
        .run("computers rename --from n.csv")
        .stderr(
            "error: n.csv: line 3: the new name is missing\nhint: reemo computers rename --help\n",
        )
        .code(2);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn malformed_csv_is_reported_with_its_line() {
    let peer = Peer::start();
    let good = "\n\natelier-01,A\n";
    for (rows, told) in [
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,C\n"),
            "line 4: a quote is not closed on this line",
        ),
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,C\"\n"),
            "line 4: a quote is not closed on this line",
        ),
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,\"C\"\n"),
            "line 4: a quote is not closed on this line",
        ),
        (
            format!("computer,name{good}\"atelier-02\"x,B\n"),
            "line 4: text follows the quote that closes a cell",
        ),
        (
            format!("computer,name{good}atelier-02,B\u{7}\n"),
            "line 4: a cell contains the control character U+0007",
        ),
        (
            format!("computer,name,Name{good}"),
            "line 1: column Name appears twice",
        ),
        (
            format!("computer,name{good}atelier-02\n"),
            "line 4: the row has 1 cell, but the heading has 2 cells",
        ),
        (
            "\ncomputer,names\natelier-01,A\n".to_owned(),
            "line 2: missing column: name",
        ),
        (
            "names,name\natelier-01,A\n".to_owned(),
            "line 1: missing column: computer, id, _id or hostname",
        ),
    ] {
        Session::with(&peer)
            .file("n.csv", &rows)
            .run("computers rename --from n.csv")
            .stderr(format!(
                "error: n.csv: {told}\nhint: {}\n",
                csv_hint(told, "rename")
            ))
            .code(2);
    }
    assert_eq!(peer.connections(), 0);
}

const SAVE_AGAIN: &str =
    "hint: save it as UTF-8; in a spreadsheet, as \"CSV UTF-8\" or with the character set UTF-8\n";

/// Every byte of the text twice as wide, as Excel saves "Unicode text".
fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    units.flat_map(bytes).collect()
}

#[test]
fn text_in_another_encoding_is_refused_with_what_to_do() {
    let peer = Peer::start();
    let text = "computer\tname\r\natelier-01\tÉté\r\n";
    for (bytes, told) in [
        (
            b"computer,name\natelier-01,\xc9t\xe9\n".to_vec(),
            "line 2: the text is not UTF-8",
        ),
        (
            utf16(text, true, u16::to_le_bytes),
            "the text is UTF-16, not UTF-8",
        ),
        (
            utf16(text, true, u16::to_be_bytes),
            "the text is UTF-16, not UTF-8",
        ),
        (
            utf16(text, false, u16::to_le_bytes),
            "the text is UTF-16, not UTF-8",
        ),
        (
            utf16(text, false, u16::to_be_bytes),
            "the text is UTF-16, not UTF-8",
        ),
    ] {
        for command in ["rename", "delete --yes", "reserve"] {
            let session = Session::with(&peer);
            std::fs::write(session.path("n.csv"), &bytes).unwrap();
            session
                .run(format!("computers {command} --from n.csv").as_str())
                .stderr(format!("error: n.csv: {told}\n{SAVE_AGAIN}"))
                .code(2);
        }
    }
    assert_eq!(peer.connections(), 0);
}

/// What `list` writes, with the rows that stay taken out.
#[test]
fn an_export_says_what_to_delete() {
    for separator in *b",;\t" {
        let peer = Peer::start();
        let csv = separated(
            &Session::with(&peer)
                .run("computers list --filter name=double -o csv")
                .take_stdout(),
            separator,
        );
        Session::with(&peer)
            .file("old.csv", &csv)
            .run("computers delete --from old.csv --yes -o id")
            .stdout(lines(&[3, 4].map(id)))
            .stderr("note: old.csv: the columns name, ip, status are ignored\n");
        assert_eq!(peer.changes_sorted(), [3, 4].map(deleted));
    }
}

#[test]
fn computers_to_delete_are_found_by_the_first_column_that_is_filled_in() {
    let peer = Peer::start();
    let rows = format!(
        "\u{feff}HOSTNAME;Computer;_ID;id\n;name:atelier-01;;\nnobody;;{};{}\nnobody;;{};\nDOUBLE-B;;;\n;atelier-01;;\n",
        uid(9),
        id(6),
        uid(3),
    );
    Session::with(&peer)
        .stdin(&rows)
        .run("computers delete --from - --yes -o id")
        .stdout(lines(&[1, 6, 3, 4].map(id)));
    assert_eq!(peer.changes_sorted(), [1, 3, 4, 6].map(deleted));
}

#[test]
fn one_row_to_delete_makes_an_array() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("old.csv", &format!("id\n{}\n", id(99)));
    let absent = format!(
        "[{{\"outcome\":\"absent\",\"computer\":{{\"id\":\"{}\"}}}}]",
        id(99)
    );
    session
        .run("computers delete --from old.csv --yes --ignore-missing --json")
        .stdout(pretty(&absent) + "\n");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_file_to_delete_by_is_checked_whole_before_anything_is_sent() {
    let peer = Peer::start();
    for (rows, told) in [
        (
            "name\natelier-01\n",
            "line 1: missing column: computer, id, _id or hostname",
        ),
        ("id,ID\n,\n", "line 1: column ID appears twice"),
        (
            "computer\natelier-01\n\n\"atelier-02\n",
            "line 4: a quote is not closed on this line",
        ),
        (
            "computer\natelier-01\u{7}\n",
            "line 2: a cell contains the control character U+0007",
        ),
        (
            "computer,id\natelier-01,\n,x\n",
            "line 3: \"x\" is not a UUID",
        ),
        (
            "computer,id,name\natelier-01,,\n,,a\n",
            "line 3: the row names no computer",
        ),
        ("computer\n", "no rows follow the heading"),
    ] {
        let note = if rows.starts_with("computer,id,name") {
            "note: old.csv: the column name is ignored\n"
        } else {
            ""
        };
        Session::with(&peer)
            .file("old.csv", rows)
            .run("computers delete --from old.csv --yes")
            .stderr(format!(
                "{note}error: old.csv: {told}\nhint: {}\n",
                csv_hint(told, "delete")
            ))
            .code(2);
    }
    for (words, told) in [
        (
            "computers delete --from old.csv",
            "error: deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question\n",
        ),
        (
            "computers delete --from - --no-input",
            "error: deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question\n",
        ),
    ] {
        Session::with(&peer).run(words).stderr(told).code(5);
    }
    for (words, other) in [
        (
            "computers delete atelier-01 --from old.csv --yes --json",
            "[COMPUTER]...",
        ),
        (
            "computers delete --filter name=double --from old.csv --yes --json",
            "--filter <KEY=VALUE>",
        ),
    ] {
        Session::with(&peer).run(words).fails_with(
            "usage",
            2,
            format!(
                "the argument '{other}' cannot be used with '--from <FILE>'\nhint: reemo computers delete --help"
            ),
        );
    }
    assert_eq!(peer.connections(), 0);
}
