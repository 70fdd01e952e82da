//! csv files: what `list` writes goes straight into `rename --from`, and what is not csv is refused before anything is sent.

use crate::support::{Peer, Row, Session, id, uid};

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
        .stderr("error: line 3: the new name is missing\nhint: reemo computers rename --help\n")
        .code(2);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn what_is_not_csv_is_refused_with_its_line() {
    let peer = Peer::start();
    let good = "\n\natelier-01,A\n";
    for (rows, told) in [
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,C\n"),
            "line 4: a quote that is not closed on this line",
        ),
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,C\"\n"),
            "line 4: a quote that is not closed on this line",
        ),
        (
            format!("computer,name{good}atelier-02,\"B\ndouble,\"C\"\n"),
            "line 4: a quote that is not closed on this line",
        ),
        (
            format!("computer,name{good}\"atelier-02\"x,B\n"),
            "line 4: text after the quote that closes a cell",
        ),
        (
            format!("computer,name{good}atelier-02,B\u{7}\n"),
            "line 4: the control character U+0007 in a cell",
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
        let mut outcome = Session::with(&peer)
            .file("n.csv", &rows)
            .run("computers rename --from n.csv")
            .code(2);
        let told = format!("error: n.csv: {told}");
        assert_eq!(
            outcome.take_stderr().lines().next(),
            Some(&*told),
            "{rows:?}"
        );
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn text_in_another_encoding_is_refused_with_its_line() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    std::fs::write(
        session.path("n.csv"),
        b"computer,name\natelier-01,\xc9t\xe9\n",
    )
    .unwrap();
    session
        .run("computers rename --from n.csv")
        .stderr("error: n.csv: line 2: not UTF-8 text\nhint: save it as \"CSV UTF-8\"\n")
        .code(2);
    assert_eq!(peer.connections(), 0);
}
