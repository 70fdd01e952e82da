//! Nobody is absent or gone unless the API itself proves it: by its own 404 for the id, or by two listings that agree.

use serde_json::Value;

use crate::support::{Fault, Peer, Row, Session, id, lines, uid};

/// What a gateway says while the API is away.
fn not_the_api() -> [Fault; 3] {
    [
        Fault::answer(404, "text/html", "<html><title>Not here</title>"),
        Fault::answer(404, "text/plain", ""),
        Fault::headed(404, "X-Gateway: 1\r\n", ""),
    ]
}

/// A peer at which each computer that is asked for by its id is answered so.
fn behind(gateway: Fault) -> Peer {
    let peer = Peer::start();
    peer.mishap(move |request, _| {
        let asks = request.path().starts_with("/v1/computers/");
        (request.method == "GET" && asks).then(|| gateway.clone())
    });
    peer
}

/// The n-th listing of the peer, from 1, lacks this computer; a new one is in its place, so that no total shows it.
fn hiding(n: usize, from: usize, to: usize) -> Peer {
    let peer = Peer::start();
    let mut rows = peer.rows();
    rows[n - 1] = Row::new(90 + n, "new", "OFFLINE");
    let shown: Vec<String> = rows.iter().map(Row::json).collect();
    let body = format!(
        "{{\"computers\":[{}],\"page\":1,\"limit\":100,\"total\":6}}",
        shown.join(",")
    );
    let listings = std::sync::atomic::AtomicUsize::new(0);
    peer.mishap(move |request, _| {
        if request.path() != "/v1/computers" || request.query().len() > 2 {
            return None;
        }
        let number = listings.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        let hides = (from..=to).contains(&number);
        hides.then(|| Fault::answer(200, "application/json", &body))
    });
    peer
}

#[test]
fn a_gateways_404_makes_no_one_absent() {
    for gateway in not_the_api() {
        for word in [id(99), format!("id:{}", id(99))] {
            let peer = behind(gateway.clone());
            let words = ["computers", "delete", &word, "--yes", "--ignore-missing"];
            let mut outcome = Session::with(&peer).run(words).code(4);
            let told = outcome.take_stderr();
            assert!(
                told.starts_with("error: no computer was found with the id "),
                "{told}"
            );
            assert!(told.contains("  status: 404\n"), "{told}");
            let other = uid(98);
            let words = [&words[..], &[&other, "-o", "jsonl"]].concat();
            let mut several = Session::with(&peer)
                .run(&words[..])
                .fails_with("partly_failed", 8, "not all computers were deleted: 0 done, 2 failed, 0 unknown, 0 not started\n\
                     hint: the records say why; running the command again for those that failed is safe");
            let outcomes: Vec<Value> = several
                .take_stdout()
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()["outcome"].take())
                .collect();
            assert_eq!(outcomes, ["failed", "failed"]);
            assert_eq!(peer.changes(), [""; 0]);
        }
    }
}

/// A bare UUID may be an `_id`, of which there is no 404: a listing that is proven complete must lack it.
#[test]
fn a_bare_uuid_is_looked_for_as_both_ids() {
    let words = |uuid: &str| format!("computers delete {uuid} --yes --ignore-missing -o id");
    let peer = Peer::start();
    Session::with(&peer)
        .run(&words(&uid(1)))
        .stdout(id(1) + "\n");
    let cut = Peer::start();
    cut.mishap(|request, _| {
        let listing = request.path() == "/v1/computers";
        listing.then(|| Fault::answer(200, "application/json", r#"{"computers":[],"total":6}"#))
    });
    let words = words(&uid(1)).replace("-o id", "--json");
    Session::with(&cut)
        .run(&words)
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the API reports 6 computers in total\n\
             - seen: 0 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    assert_eq!(cut.changes(), [""; 0]);
}

/// Between two pages one went and one came, and a row fell between them: the second listing shows it.
#[test]
fn a_computer_that_one_listing_misses_is_not_absent() {
    for word in [
        "hostname:ATELIER-01",
        "_id:00000001-2222-4222-9222-2e2e2e2e2e2e",
    ] {
        let peer = hiding(1, 1, 1);
        let dialect_without_search = "filter = \"\"";
        let session = Session::wire(&peer, dialect_without_search);
        session
            .run([
                "computers",
                "delete",
                word,
                "--yes",
                "--ignore-missing",
                "-o",
                "id",
            ])
            .stdout(id(1) + "\n");
    }
    let peer = hiding(1, 1, 2);
    Session::wire(&peer, "filter = \"\"")
        .run("computers delete hostname:ATELIER-01 --yes --ignore-missing -o jsonl --jq .outcome")
        .stdout("\"absent\"\n");
}

#[test]
fn waiting_for_absence_is_not_deceived() {
    let wait = |peer: &Peer, word: &str, timeout| {
        let words = [
            "computers",
            "wait",
            word,
            "--for",
            "absent",
            "--interval",
            "10ms",
            "--timeout",
            timeout,
        ];
        Session::wire(peer, "filter = \"\"").run(words)
    };
    let peer = hiding(1, 1, 1);
    let mut outcome = wait(&peer, "hostname:ATELIER-01", "1s").code(124);
    assert!(
        outcome.take_stderr().contains("  ATELIER-01  OFFLINE\n"),
        "{}",
        outcome.transcript()
    );
    let peer = hiding(1, 1, 1);
    wait(&peer, &uid(1), "1s")
        .stderr(format!(
            "error: timed out after 1s: the computer with the id or _id {0} is not absent\n  \
             id or _id {0}: id:{1}  atelier-01  ATELIER-01  OFFLINE\n\
             hint: allow more time: --timeout 30m\n",
            uid(1),
            id(1)
        ))
        .code(124);
    // One that was listed once is asked for by its id: two listings that agree can still be wrong.
    let peer = hiding(1, 2, 100_000);
    let mut outcome = wait(&peer, "hostname:ATELIER-01", "1s").code(124);
    assert!(
        outcome.take_stderr().contains("  ATELIER-01  OFFLINE\n"),
        "{}",
        outcome.transcript()
    );
    let peer = Peer::start();
    wait(&peer, "hostname:nowhere", "60s");
    assert_eq!(
        peer.requests().len(),
        2,
        "two listings agree that it is absent"
    );
    let peer = Peer::start();
    wait(&peer, &format!("id:{}", id(99)), "60s");
    assert_eq!(peer.requests().len(), 1, "the API's own 404 is enough");
}

/// A bare UUID that is an `_id` costs one request a poll once its computer is known.
#[test]
fn a_bare_uuid_is_waited_for_with_one_request_a_poll() {
    let peer = Peer::start();
    let online = peer.rows()[0].clone().text("status", "ONLINE").json();
    peer.mishap(move |request, number| {
        (number == 5 && request.path().ends_with(&id(1)))
            .then(|| Fault::instead(200, "Content-Type: application/json\r\n", &online))
    });
    let words = [
        "computers",
        "wait",
        &uid(1),
        "--for",
        "online",
        "--interval",
        "10ms",
        "-o",
        "id",
    ];
    Session::with(&peer).run(words).stdout(id(1) + "\n");
    let one = format!("GET /v1/computers/{}", id(1));
    let wanted = [
        format!("GET /v1/computers/{}", uid(1)),
        format!("GET /v1/computers?page=1&limit=1000&_id={}", uid(1)),
        one.clone(),
        one.clone(),
        one,
    ];
    assert_eq!(peer.requests(), wanted);
}

#[test]
fn a_computer_that_the_api_still_knows_is_not_gone() {
    // The second listing hides it, and it is asked for by its id.
    let peer = hiding(1, 2, 2);
    let watch = |peer: &Peer, more: [&str; 2]| {
        let event = "[.event,.computer.id]|join(\" \")";
        let words = [
            "computers",
            "watch",
            "--interval",
            "10ms",
            "-o",
            "jsonl",
            "--jq",
            event,
        ];
        Session::with(peer).run(&[&words[..], &more].concat()[..])
    };
    let events = |names: &[(&str, usize)]| {
        lines(
            &names
                .iter()
                .map(|(event, n)| format!("\"{event} {}\"", id(*n)))
                .collect::<Vec<_>>(),
        )
    };
    watch(&peer, ["--count", "2"]).stdout(events(&[("appeared", 91), ("gone", 91)]));
    // Each listing lacks it from then on, and its id is unknown too.
    let unknown = Fault::answer(404, "application/json", "{\"error\":\"gone\"}");
    watch(&behind_and_hiding(unknown), ["--count", "1"]).stdout(events(&[("gone", 1)]));
    // A gateway's 404 is no proof.
    for gateway in not_the_api() {
        let peer = behind_and_hiding(gateway);
        watch(&peer, ["--duration", "1s"]).stdout("");
    }
}

/// All but the first listing lack the first computer, and this is the answer where it is asked for by its id.
fn behind_and_hiding(answer: Fault) -> Peer {
    let peer = Peer::start();
    let hidden: Vec<String> = peer.rows()[1..].iter().map(Row::json).collect();
    let hidden = format!(
        "{{\"computers\":[{}],\"page\":1,\"limit\":100,\"total\":5}}",
        hidden.join(",")
    );
    peer.mishap(move |request, number| match request.path() {
        "/v1/computers" if number > 1 => Some(Fault::answer(200, "application/json", &hidden)),
        path if path.ends_with(&id(1)) => Some(answer.clone()),
        _ => None,
    });
    peer
}

/// With several targets there are suggestions as with one.
#[test]
fn near_names_are_suggested_for_each_of_several() {
    let peer = Peer::start();
    let words = [
        "computers",
        "delete",
        "atelier-03",
        "hostname:sumer",
        "nothing like it",
        &id(99),
        "--yes",
        "-o",
        "jsonl",
        "--jq",
        ".error.hint",
    ];
    let mut outcome = Session::with(&peer).run(words).fails_with("partly_failed", 8, "not all computers were deleted: 0 done, 4 failed, 0 unknown, 0 not started\n\
         - no computer has the name or hostname \"atelier-03\": did you mean \"atelier-01\", \"atelier-02\"?\n\
         - no computer has the hostname \"sumer\": did you mean \"summer\"?\n\
         hint: the records say why; running the command again for those that failed is safe");
    let hints: Vec<Value> = outcome
        .take_stdout()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        hints[..2],
        [
            "did you mean \"atelier-01\", \"atelier-02\"?",
            "did you mean \"summer\"?"
        ]
    );
    for other in &hints[2..] {
        assert!(
            !other.as_str().unwrap_or_default().contains("did you mean"),
            "{other}"
        );
    }
    // A table has no room for them, so the error at the end tells them.
    for last in ["--yes", "--dry-run"] {
        let words = format!("computers delete atelier-03 hostname:sumer {last}");
        let mut outcome = Session::with(&Peer::start()).run(words.as_str()).code(8);
        outcome.take_stdout();
        suggests_near_names(&outcome.take_stderr());
    }
}

fn suggests_near_names(told: &str) {
    for suggestion in [
        "  no computer has the name or hostname \"atelier-03\": did you mean \"atelier-01\", \"atelier-02\"?\n",
        "  no computer has the hostname \"sumer\": did you mean \"summer\"?\n",
    ] {
        assert!(told.contains(suggestion), "{told}");
    }
}

#[test]
fn a_404_that_is_cut_off_is_requested_again() {
    let peer = Peer::start();
    let reads = std::sync::atomic::AtomicUsize::new(0);
    peer.mishap(move |request, _| match &*request.method {
        "DELETE" => Some(Fault::LoseAnswer),
        "GET" if request.path().starts_with("/v1/computers/") => {
            // The first reads the computer, the second reads back whether it was deleted.
            let number = reads.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
            (number == 2).then_some(Fault::CutAnswer)
        }
        _ => None,
    });
    Session::with(&peer)
        .run(format!("computers delete id:{} --yes -o id", id(1)).as_str())
        .stdout(id(1) + "\n")
        .stderr("note: invalid response from the API: it was cut off; trying again in [N] s (attempt 2 of 3)\n");
}
