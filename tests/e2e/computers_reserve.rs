//! `computers reserve`: an `_id` before the machine exists.

use crate::support::routes::reserved;
use crate::support::{Fault, Peer, Row, Session, compact, id, pretty, uid};

/// The n-th reservation at the usual peer, which has six computers: `(record, its computer)`.
fn made(nth: usize, uid: &str, name: Option<&str>) -> String {
    record("created", &reserved(1006 + nth, uid, name))
}

fn record(outcome: &str, row: &Row) -> String {
    format!("{{\"outcome\":\"{outcome}\",\"computer\":{}}}", row.json())
}

fn sent(uid: &str) -> String {
    format!(r#"POST /v1/computers {{"_id":"{uid}"}}"#)
}

#[test]
fn a_chosen_one() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "reserve", &uid(70), "--json"])
        .stdout(pretty(&made(0, &uid(70), None)) + "\n");
    session
        .run(["computers", "reserve", &uid(71), "-o", "jsonl"])
        .stdout(compact(&made(1, &uid(71), None)) + "\n");
    session
        .run(["computers", "reserve", &uid(72), "-o", "_id"])
        .stdout(uid(72) + "\n");
    let table = format!(
        "OUTCOME  NAME  {:36}  ID\ncreated        {}  {}\n",
        "_ID",
        uid(73),
        id(1009)
    );
    session
        .run(["computers", "reserve", &uid(73)])
        .stdout(table);
    assert_eq!(peer.changes(), [70, 71, 72, 73].map(|n| sent(&uid(n))));
}

#[test]
fn with_a_name() {
    let peer = Peer::start();
    let wanted = pretty(&made(0, &uid(70), Some("Salle 4"))) + "\n";
    Session::with(&peer)
        .run([
            "computers",
            "reserve",
            &uid(70),
            "--name",
            "Salle 4",
            "--json",
        ])
        .stdout(wanted);
    assert_eq!(
        peer.changes(),
        [format!(
            r#"POST /v1/computers {{"_id":"{}","name":"Salle 4"}}"#,
            uid(70)
        )]
    );
}

#[test]
fn several_make_an_array() {
    let peer = Peer::start();
    let mut outcome =
        Session::with(&peer).run(["computers", "reserve", &uid(70), &uid(71), "--json"]);
    // Which of the two the peer made first is open; the records come in the order of the targets.
    let made =
        [uid(70), uid(71)].map(|uid| record("created", peer.find("_id", &uid).as_ref().unwrap()));
    assert_eq!(
        outcome.take_stdout(),
        pretty(&format!("[{}]", made.join(","))) + "\n"
    );
}

#[test]
fn generated_ones_are_new_each_time() {
    let peer = Peer::start();
    let mut outcome = Session::with(&peer).run("computers reserve --count 3 -o _id");
    let (printed, mut told) = (outcome.take_stdout(), lines_of(&outcome.take_stderr()));
    let ids: Vec<uuid::Uuid> = printed.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    assert!(
        ids.iter().all(|id| id.get_version_num() == 4)
            && ids[0] != ids[1]
            && ids[1] != ids[2]
            && ids[0] != ids[2]
    );
    let mut wanted: Vec<String> = ids.iter().map(|id| sent(&id.to_string())).collect();
    wanted.sort();
    assert_eq!(peer.changes_sorted(), wanted);
    told.sort();
    let mut notes: Vec<String> = ids
        .iter()
        .map(|id| format!("note: reserving the new _id {id}"))
        .collect();
    notes.sort();
    assert_eq!(told, notes);
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Whatever happens to the program or to the answer then: the user knows which `_id` to look for.
#[test]
fn a_generated_id_is_printed_before_it_is_sent() {
    let peer = Peer::start();
    peer.mishap(|request, _| (request.method == "POST").then_some(Fault::Hang));
    let session = Session::with(&peer).file("m.csv", "name\nDesk\n");
    for words in ["reserve", "reserve --from m.csv"] {
        let run = format!("computers {words} --request-timeout 300ms --retries 0 -o jsonl");
        let mut outcome = session.run(&run);
        outcome.take_stdout();
        let told = outcome.take_stderr();
        outcome.ends(9);
        let sent = peer
            .seen()
            .into_iter()
            .rev()
            .find(|request| request.method == "POST");
        let body: serde_json::Value = serde_json::from_str(&sent.unwrap().body).unwrap();
        let id = body["_id"].as_str().unwrap();
        let note = format!(
            "{{\"note\":{{\"code\":\"generated_id\",\"message\":\"reserving the new _id {id}\"}}}}"
        );
        assert_eq!(told.lines().next(), Some(note.as_str()), "{words}");
    }
    session
        .run("computers reserve --dry-run -o id")
        .stderr("note: dry run: nothing was changed\n");
}

/// `--ensure` renames nothing.
#[test]
fn a_name_that_differs_is_a_note() {
    let peer = Peer::start();
    let ensure = |name| {
        let words = [
            "computers",
            "reserve",
            &uid(1),
            "--ensure",
            "-o",
            "id",
            "--name",
            name,
        ];
        Session::with(&peer).run(words).stdout(id(1) + "\n")
    };
    ensure("atelier-01");
    ensure("Desk").stderr(format!(
        "note: _id {} is already reserved and keeps its name \"atelier-01\" instead of \"Desk\"\n",
        uid(1)
    ));
    assert_eq!(peer.rows()[0].get("name").as_deref(), Some("atelier-01"));
}

#[test]
fn a_taken_one_is_a_conflict_unless_ensured() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "reserve", &uid(1), "--json"])
        .fails_with(
            "conflict",
            5,
            "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e is reserved already\n\
             hint: if it is reserved in your account, add --ensure",
        );
    let wanted = pretty(&record("existing", &peer.rows()[0])) + "\n";
    session
        .run(["computers", "reserve", &uid(1), "--ensure", "--json"])
        .stdout(wanted);
    assert_eq!(peer.rows().len(), 6);
}

#[test]
fn bulk_continues_after_a_failure() {
    let peer = Peer::start();
    let mut outcome = Session::with(&peer)
        .run([
            "computers",
            "reserve",
            &uid(70),
            &uid(1),
            &uid(71),
            "--json",
        ])
        .fails_with(
            "partly_failed",
            8,
            "not all computers were reserved: 2 done, 1 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let records: serde_json::Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    let outcomes: Vec<&str> = records
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["created", "refused", "created"]);
    assert_eq!(records[1]["error"]["code"], "conflict");
}

#[test]
fn an_id_that_is_not_a_uuid_is_a_usage_error() {
    let peer = Peer::start();
    for word in ["x", "1234", "../x", ""] {
        Session::with(&peer)
            .run(["computers", "reserve", word, "--json"])
            .fails_with(
                "usage",
                2,
                format!(
                    "invalid value '{word}' for '[UUID]...': expected a UUID\n\
                     hint: reemo computers reserve --help"
                ),
            );
    }
    Session::with(&peer)
        .run(["computers", "reserve", &uid(70), "x", "--json"])
        .fails_with(
            "usage",
            2,
            "invalid value 'x' for '[UUID]...': expected a UUID\n\
             hint: reemo computers reserve --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    Session::profile(&peer, "access = \"read\"")
        .run(["computers", "reserve", &uid(70), "--json"])
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    assert_eq!(peer.connections(), 0);
}

#[test]
fn the_id_file_holds_the_uuid_alone() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run([
            "computers",
            "reserve",
            &uid(70),
            "--id-file",
            "_id",
            "-o",
            "_id",
        ])
        .stdout(uid(70) + "\n");
    assert_eq!(session.read("_id").unwrap().trim_end(), uid(70));
}

#[test]
fn the_id_file_is_never_standard_output() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers reserve --id-file -")
        .stderr(
            "error: --id-file needs a file name, not -\n\
             hint: print the _id instead: reemo computers reserve -o _id\n",
        )
        .code(2);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn the_id_file_is_not_written_for_what_was_not_reserved() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run([
            "computers",
            "reserve",
            &uid(1),
            "--id-file",
            "_id",
            "--json",
        ])
        .fails_with(
            "conflict",
            5,
            "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e is reserved already\n\
             hint: if it is reserved in your account, add --ensure",
        );
    assert_eq!(session.read("_id"), None);
    session
        .run([
            "computers",
            "reserve",
            &uid(70),
            "--id-file",
            "_id",
            "--dry-run",
            "-o",
            "id",
        ])
        .stdout("")
        .stderr("note: dry run: nothing was changed\n");
    assert_eq!(session.read("_id"), None);
    session
        .run("computers reserve --count 2 --id-file _id --json")
        .fails_with(
            "usage",
            2,
            "--id-file applies to a single reservation, but 2 are requested\n\
             hint: reemo computers reserve --help",
        );
}

#[test]
fn a_lost_answer_is_settled_by_looking_for_our_own() {
    let peer = Peer::start();
    peer.mishap(|request, _| (request.method == "POST").then_some(Fault::LoseAnswer));
    let wanted = pretty(&made(0, &uid(70), None)) + "\n";
    Session::with(&peer)
        .run(["computers", "reserve", &uid(70), "--json"])
        .stdout(wanted);
    assert_eq!(peer.changes(), [sent(&uid(70))]);
}

#[test]
fn another_id_in_the_id_file_is_kept() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("_id", &uid(1));
    session.run(["computers", "reserve", &uid(70), "--id-file", "_id"]).stderr(
        "error: _id already holds another _id\nhint: reserve that _id with --ensure, choose another file, or overwrite it with \
         --force\n",
    ).code(5);
    assert_eq!((peer.connections(), session.read("_id")), (0, Some(uid(1))));
    session
        .run([
            "computers",
            "reserve",
            &uid(1),
            "--ensure",
            "--id-file",
            "_id",
            "-o",
            "_id",
        ])
        .stdout(uid(1) + "\n");
    session
        .run([
            "computers",
            "reserve",
            &uid(70),
            "--force",
            "--id-file",
            "_id",
            "-o",
            "_id",
        ])
        .stdout(uid(70) + "\n");
    assert_eq!(session.read("_id"), Some(uid(70)));
}

/// Nothing is reserved whose `_id` could not be kept.
#[test]
fn an_id_file_in_a_missing_folder_is_refused_before_anything_is_sent() {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "reserve", &uid(70), "--id-file", "no/_id"])
        .stderr("error: no/_id can't be written: there is no such folder\n")
        .code(1);
    assert_eq!(peer.connections(), 0);
}
