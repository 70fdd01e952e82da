//! `computers diff`: a file against the account, and two files against each other.

use crate::support::{Peer, Row, Session, id, lines, uid};

fn peer() -> Peer {
    Peer::with(vec![
        Row::new(1, "one", "ONLINE"),
        Row::new(2, "two", "OFFLINE"),
        Row::new(3, "three", "OFFLINE"),
        Row::new(4, "=four", "OFFLINE"),
    ])
}

fn fleet() -> String {
    let (one, two, four, five) = (uid(1), uid(2), uid(4), uid(5));
    format!("_id,name,site\n{five},five,x\n{two},TWO,x\n{one},,x\n{four},'=four,x\n")
}

#[test]
fn a_fleet_file_against_the_account() {
    let peer = peer();
    let session = Session::with(&peer).file("fleet.csv", &fleet());
    session
        .run("computers diff fleet.csv")
        .stdout(format!(
            "+ missing  five   _id:{}\n~ renamed  two    id:{}  name: \"two\" -> \"TWO\"\n- extra    three  id:{}\n",
            uid(5),
            id(2),
            id(3)
        ));
    session
        .run("computers diff fleet.csv -o jsonl --exit-code")
        .code(10)
        .stdout(format!(
            "{{\"difference\":\"missing\",\"computer\":{{\"_id\":\"{}\",\"name\":\"five\"}}}}\n\
             {{\"difference\":\"renamed\",\"computer\":{},\"property\":\"name\",\"old\":\"two\",\"new\":\"TWO\"}}\n\
             {{\"difference\":\"extra\",\"computer\":{}}}\n",
            uid(5),
            Row::new(2, "two", "OFFLINE").json(),
            Row::new(3, "three", "OFFLINE").json(),
        ));
    session
        .run("computers diff fleet.csv -o csv")
        .stdout(format!(
            "difference,id,_id,name,property,old,new\r\nmissing,,{},five,,,\r\n\
         renamed,{},{},two,name,two,TWO\r\nextra,{},{},three,,,\r\n",
            uid(5),
            id(2),
            uid(2),
            id(3),
            uid(3)
        ));
    session
        .run("computers diff fleet.csv -o _id")
        .stdout(lines(&[5, 2, 3].map(uid)));
    session
        .run("computers diff fleet.csv --color always")
        .stdout(format!(
            "\u{1b}[32m+ missing  five   _id:{}\u{1b}[0m\n\u{1b}[33m~ renamed  two    id:{}  name: \"two\" -> \"TWO\"\u{1b}[0m\n\u{1b}[31m- extra    three  id:{}\u{1b}[0m\n",
            uid(5),
            id(2),
            id(3)
        ));
}

/// An export in any format has everything that a fleet file needs.
#[test]
fn an_export_is_a_fleet_without_differences() {
    let peer = peer();
    let session = Session::with(&peer);
    for format in ["csv", "json", "jsonl"] {
        let mut export = session.run(&format!("computers list -o {format}"));
        let text = export.take_stdout();
        let session = Session::with(&peer).file("fleet", &text);
        session
            .run("computers diff fleet --exit-code")
            .stderr("note: there are no differences\n");
        session.run("computers diff fleet --json").stdout("[]\n");
        let spreadsheet = text.replace(',', ";");
        if format == "csv" {
            Session::with(&peer)
                .stdin(&format!("\u{feff}{spreadsheet}"))
                .run("computers diff - -o jsonl --exit-code");
        }
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_bad_file_is_refused_before_a_socket_opens() {
    let peer = peer();
    for (text, told) in [
        ("", "the file is empty"),
        ("name\na\n", "line 1: missing column: _id"),
        (
            "_id\nx\n",
            "line 2: \"x\" can't be an _id: it is not a UUID",
        ),
        ("_id,name\n,a\n", "line 2: the _id is missing"),
        (
            "[{\"_id\":5}]",
            "computer 1: \"5\" can't be an _id: it is not a UUID",
        ),
        ("{\"name\":\"a\"}", "computer 1: the _id is missing"),
        ("[1]", "computer 1: it is not a JSON object"),
        ("{\"a\"", "line 1: the text is not valid JSON at column 4"),
    ] {
        let mut outcome = Session::with(&peer)
            .file("f", text)
            .run("computers diff f")
            .code(2);
        let told = format!("error: f: {told}\n");
        let stderr = outcome.take_stderr();
        assert!(stderr.starts_with(&told), "{stderr}{told}");
    }
    let twice = format!("_id\n{}\n{}\n", uid(1), uid(1).to_uppercase());
    Session::with(&peer)
        .file("f.csv", &twice)
        .run("computers diff f.csv --json")
        .fails_with(
            "usage",
            2,
            format!(
                "f.csv: line 3: the _id {} appears twice; the first is line 2\nhint: reemo computers diff --help",
                uid(1)
            ),
        );
    let number = format!("[{{\"_id\":\"{}\",\"name\":5}}]", uid(1));
    Session::with(&peer)
        .file("f.json", &number)
        .run("computers diff f.json --json")
        .fails_with(
            "usage",
            2,
            "f.json: computer 1: the name is not a string\nhint: reemo computers diff --help",
        );
    assert_eq!(peer.connections(), 0);
}

const OLD: &str = r#"[
  {"id": "00000001-1111-4111-8111-1d1d1d1d1d1d", "name": "a", "lastSeen": 1, "n": 1.10, "screens": [ {"w": 1} ]},
  {"id": "00000002-1111-4111-8111-1d1d1d1d1d1d", "name": "b", "gone": true}
]"#;
const NEW: &str = r#"{"id":"00000003-1111-4111-8111-1d1d1d1d1d1d","name":"c"}
{"id":"00000001-1111-4111-8111-1D1D1D1D1D1D","name":"A","lastSeen":2,"n":1.1,"screens":[{"w":1}],"new":null}
"#;

/// Two files need neither a key nor a network.
#[test]
fn two_saved_listings() {
    let session = Session::new()
        .file("old.json", OLD)
        .file("new.jsonl", NEW)
        .file("new.csv", "ID,name,screens.0.w,lastSeen\n00000001-1111-4111-8111-1d1d1d1d1d1d,a,2,2\n00000002-1111-4111-8111-1d1d1d1d1d1d,b,,\n");
    let id = id(1);
    session.run("computers diff old.json new.jsonl").stdout(
        "~ changed  A  id:00000001-1111-4111-8111-1d1d1d1d1d1d  name: \"a\" -> \"A\"\n\
         ~ changed  A  id:00000001-1111-4111-8111-1d1d1d1d1d1d  n: 1.10 -> 1.1\n\
         - removed  b  id:00000002-1111-4111-8111-1d1d1d1d1d1d\n\
         + added    c  id:00000003-1111-4111-8111-1d1d1d1d1d1d\n",
    );
    session
        .run("computers diff old.json new.csv -o csv --exit-code")
        .code(10)
        .stdout(format!(
            "difference,id,_id,name,property,old,new\r\nchanged,{id},,a,screens.0.w,1,2\r\n"
        ));
    session
        .run("computers diff old.json new.csv --properties all -o csv")
        .stdout(format!(
            "difference,id,_id,name,property,old,new\r\nchanged,{id},,a,screens.0.w,1,2\r\nchanged,{id},,a,lastSeen,1,2\r\n"
        ));
    session
        .run("computers diff old.json new.jsonl --properties LastSeen,nam -o jsonl")
        .stdout(format!(
            "{{\"difference\":\"changed\",\"computer\":{},\"property\":\"LastSeen\",\"old\":1,\"new\":2}}\n\
             {{\"difference\":\"removed\",\"computer\":{{\"id\":\"{}\",\"name\":\"b\",\"gone\":true}}}}\n\
             {{\"difference\":\"added\",\"computer\":{}}}\n",
            NEW.lines().nth(1).unwrap(),
            crate::support::id(2),
            NEW.lines().next().unwrap(),
        ))
        .stderr("{\"note\":{\"code\":\"unknown_property\",\"message\":\"no computer has the property \\\"nam\\\"; did you mean \\\"name\\\"?\"}}\n");
    session
        .run("computers diff old.json old.json --exit-code")
        .stderr("note: there are no differences\n");
    session.run("computers diff - - --json").fails_with(
        "usage",
        2,
        "standard input can be only one of the two files\nhint: reemo computers diff --help",
    );
}

#[test]
fn a_hostile_name_drives_no_terminal() {
    let row = format!("{{\"_id\":\"{}\",\"name\":\"\\u001b[2J\"}}\n", uid(9));
    Session::with(&Peer::with(Vec::new()))
        .file("f", &row)
        .run("computers diff f")
        .stdout(format!("+ missing  \\u{{1b}}[2J  _id:{}\n", uid(9)));
}

#[test]
fn what_has_no_underscore_id_is_not_compared() {
    let peer = Peer::with(vec![
        Row::new(1, "one", "ONLINE").without("_id"),
        Row::new(2, "two", "ONLINE"),
    ]);
    Session::with(&peer)
        .file("f.csv", &format!("_id\n{}\n", uid(2)))
        .run("computers diff f.csv -o id")
        .stderr("note: 1 computer without an _id can't be compared\n");
}
