//! `--dry-run`: no change is sent, and every format shows which computers it would change.

use crate::support::{Peer, Session, id, pretty, uid};

const NOTE: &str = "note: dry run: nothing was changed\n";
const JSON_NOTE: &str =
    "{\"note\":{\"code\":\"dry_run\",\"message\":\"dry run: nothing was changed\"}}\n";

/// A record of a dry run.
fn record(outcome: &str, computer: &str, request: &str) -> String {
    format!("{{\"outcome\":\"{outcome}\",\"computer\":{computer},\"request\":{request}}}")
}

fn deletion(peer: &Peer, n: usize) -> String {
    let request = format!(r#"{{"method":"DELETE","url":"[API]/computers/{}"}}"#, id(n));
    record("would_delete", &peer.row(n), &request)
}

#[test]
fn json_has_the_computer_and_the_request() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let one = id(3);
    let rename = format!(
        r#"{{"method":"PUT","url":"[API]/computers/{}","body":{{"name":"x"}}}}"#,
        id(2)
    );
    let reserved = format!(r#"{{"_id":"{}","name":"new"}}"#, uid(70));
    let reserve = format!(r#"{{"method":"POST","url":"[API]/computers","body":{reserved}}}"#);
    for (words, printed) in [
        (vec!["delete", &one], deletion(&peer, 3)),
        (
            vec!["delete", &one, "DOUBLE-B"],
            format!("[{},{}]", deletion(&peer, 3), deletion(&peer, 4)),
        ),
        (
            vec!["delete", "--filter", "name=reserved"],
            format!("[{}]", deletion(&peer, 6)),
        ),
        (
            vec!["rename", "atelier-02", "x"],
            record("would_rename", &peer.row(2), &rename),
        ),
        (
            vec!["reserve", &uid(70), "--name", "new"],
            record("would_create", &reserved, &reserve),
        ),
    ] {
        session
            .run(
                [&["computers"], &words[..], &["--dry-run", "--json"]]
                    .concat()
                    .as_slice(),
            )
            .stdout(pretty(&printed) + "\n")
            .stderr(JSON_NOTE);
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn every_format_shows_the_name_and_the_ids() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (id, uid) = (id(1), uid(1));
    for (format, printed) in [
        (
            "table",
            format!(
                "OUTCOME       NAME        {:36}  ID\nwould_delete  atelier-01  {uid}  {id}\n",
                "_ID"
            ),
        ),
        (
            "wide",
            format!(
                "OUTCOME       NAME        HOSTNAME    IP        STATUS   {:36}  ID\n\
                 would_delete  atelier-01  ATELIER-01  10.0.0.1  OFFLINE  {uid}  {id}\n",
                "_ID"
            ),
        ),
        (
            "csv",
            format!(
                "outcome,id,_id,name,hostname,ip,status,error\r\n\
                 would_delete,{id},{uid},atelier-01,ATELIER-01,10.0.0.1,OFFLINE,\r\n"
            ),
        ),
        ("id", format!("{id}\n")),
        ("_id", format!("{uid}\n")),
    ] {
        session
            .run(["computers", "delete", &id, "--dry-run", "-o", format])
            .stdout(printed)
            .stderr(NOTE);
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_new_name_stands_beside_the_present_one() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("n.csv", "computer,name\natelier-01,A\nreserved,B b\n");
    session
        .run("computers rename --from n.csv --dry-run")
        .stdout(format!(
            "OUTCOME       NAME        NEW_NAME  {:36}  ID\n\
             would_rename  atelier-01  A         {}  {}\n\
             would_rename  reserved    B b       {}  {}\n",
            "_ID",
            uid(1),
            id(1),
            uid(6),
            id(6)
        ))
        .stderr(NOTE);
    session
        .run("computers rename --from n.csv --dry-run -o csv --columns name,new_name,request.method -q")
        .stdout("name,new_name,request.method\r\natelier-01,A,PUT\r\nreserved,B b,PUT\r\n");
    assert_eq!(peer.changes(), [""; 0]);
}

/// What is reserved has no `id` yet.
#[test]
fn a_reservation_shows_its_underscore_id() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let words = ["computers", "reserve", &uid(70), "--dry-run"];
    session
        .run(words)
        .stdout(format!(
            "OUTCOME       NAME  _ID\nwould_create        {}\n",
            uid(70)
        ))
        .stderr(NOTE);
    session
        .run([&words[..], &["-o", "_id"]].concat().as_slice())
        .stdout(uid(70) + "\n")
        .stderr(NOTE);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn computers_that_are_online_are_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "delete", &id(1), &id(2), "--dry-run"])
        .stdout(format!(
            "OUTCOME       NAME        {:36}  {:36}  ERROR\n\
             would_delete  atelier-01  {}  {}\n\
             refused       atelier-02  {}  {}  is ONLINE\n",
            "_ID",
            "ID",
            uid(1),
            id(1),
            uid(2),
            id(2)
        ))
        .stderr(format!(
            "{NOTE}error: 1 of 2 computers can't be deleted\nhint: the records say why\n"
        ))
        .code(8);
    assert_eq!(peer.changes(), [""; 0]);
}
