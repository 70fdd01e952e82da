//! Changes whose answer is lost: what the account says afterwards decides, and nothing is done twice unseen.

use crate::answers::{head, headed, json, page, rows, typed};
use crate::server::Act;
use crate::support::{id, uid};
use crate::table::{Fault, fault, prove};

const TOTAL: &str = ",\"total\":1,\"limit\":9";
const ENDED: &str = "[HOST] can't be reached: connection closed before message completed";

/// Ways to lose an answer to a change that may have been made.
fn losses() -> [(&'static str, Act); 7] {
    [
        ("closed", Act::Close),
        ("reset", Act::Reset),
        ("no answer in time", Act::Stall(vec![])),
        ("500", json(500, "{}")),
        ("502", typed(502, "text/html", "<html>")),
        ("bare 503", headed(503, "", "")),
        ("408", json(408, "{}")),
    ]
}

fn row(n: usize, name: &str, status: &str) -> Act {
    json(200, crate::support::Row::new(n, name, status).json())
}

fn gone() -> Act {
    json(404, "{\"error\":\"no such computer\"}")
}

fn found() -> Act {
    page(&rows([1]), TOTAL)
}

fn none() -> Act {
    page(&[], ",\"total\":0,\"limit\":9")
}

fn times(words: String, retries: u8) -> String {
    format!("{words} --retries {retries} --request-timeout 400ms")
}

fn reserve(retries: u8) -> String {
    times(format!("computers reserve {} -o _id", uid(1)), retries)
}

fn rename(retries: u8) -> String {
    times(format!("computers rename id:{} new -o id", id(1)), retries)
}

fn delete(retries: u8) -> String {
    times(
        format!("computers delete id:{} --yes -o id", id(1)),
        retries,
    )
}

fn connect(retries: u8) -> String {
    times(format!("computers connect id:{} -o id", id(1)), retries)
}

/// The same fault with each way to lose the answer.
fn lost(make: impl Fn(Act) -> Fault) -> Vec<Fault> {
    losses()
        .into_iter()
        .map(|(way, act)| {
            let fault = make(act);
            Fault {
                name: Box::leak(format!("{}: {way}", fault.name).into_boxed_str()),
                ..fault
            }
        })
        .collect()
}

#[test]
fn a_reservation() {
    let uid = uid(1) + "\n";
    let is =
        |name, acts, exit, error, asked| fault(name, acts, exit, error, asked).words(reserve(1));
    prove(&lost(|act| {
        is("done", vec![act, found()], 0, "", "POST GET").stdout(&uid)
    }));
    prove(&lost(|act| {
        // Not found among those with the `_id`, nor among all; once more then.
        is(
            "not done",
            vec![act, none(), none(), json(201, rows([1])[0].json())],
            0,
            "",
            "POST GET GET POST",
        )
        .stdout(&uid)
    }));
    prove(&lost(|act| {
        is(
            "read-back lost too",
            vec![act, json(401, "{}")],
            9,
            "whether …",
            "POST GET",
        )
    }));
    prove(&[
        is(
            "taken on the first attempt",
            vec![json(409, "{}")],
            5,
            "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e is reserved already",
            "POST",
        ),
        is(
            "done late, seen as a conflict",
            vec![Act::Close, none(), none(), json(409, "{}"), found()],
            0,
            "",
            "POST GET GET POST GET",
        )
        .stdout(&uid),
        is(
            "taken by another meanwhile",
            vec![Act::Close, none(), none(), json(409, "{}"), none()],
            9,
            "whether …",
            "POST GET GET POST GET GET",
        ),
        is(
            "a listing that is not whole proves nothing",
            vec![
                Act::Close,
                page(&rows([2]), ",\"total\":7,\"limit\":9"),
                page(&[], ",\"total\":7,\"limit\":9"),
            ],
            9,
            "whether …",
            "POST GET GET",
        ),
        is(
            "done, the second answer without an id",
            vec![Act::Close, none(), none(), json(201, "{}"), found()],
            0,
            "",
            "POST GET GET POST GET",
        )
        .stdout(&uid),
        is(
            "the second answer cut, and not found",
            vec![Act::Close, none(), none(), Act::Send(head(201, 99)), none()],
            9,
            "whether …",
            "POST GET GET POST GET GET",
        ),
        is(
            "2xx, cut, found",
            vec![Act::Send(head(201, 99)), found()],
            0,
            "",
            "POST GET",
        )
        .stdout(&uid),
        is(
            "2xx, cut, read-back lost",
            vec![Act::Send(head(201, 99)), json(401, "{}")],
            9,
            "whether …",
            "POST GET",
        ),
        is(
            "turned away, then done",
            vec![json(429, "{}"), json(201, rows([1])[0].json())],
            0,
            "",
            "POST POST",
        )
        .stdout(&uid),
        is(
            "turned away with words",
            vec![
                json(503, "{\"error\":\"busy\"}"),
                json(201, rows([1])[0].json()),
            ],
            0,
            "",
            "POST POST",
        )
        .stdout(&uid),
        is(
            "turned away, the words cut",
            vec![Act::Send(head(429, 99)), json(201, rows([1])[0].json())],
            0,
            "",
            "POST POST",
        )
        .stdout(&uid),
        is(
            "not done, and no retries",
            vec![Act::Close, none()],
            6,
            ENDED,
            "POST GET GET",
        )
        .words(reserve(0)),
        is(
            "refused",
            vec![json(400, "{}")],
            5,
            "the API rejected the request (status 400)",
            "POST",
        ),
        is(
            "a redirect",
            vec![headed(307, "Location: /x\r\n", "")],
            7,
            "the API answered with a redirect, which is never followed (status 307)",
            "POST",
        ),
        is(
            "one request of each kind: a read-back fails for good",
            vec![Act::Close],
            9,
            "whether …",
            "POST GET",
        )
        .words(reserve(0)),
    ]);
}

#[test]
fn a_rename() {
    let id = id(1) + "\n";
    let (old, new, other) = (
        || row(1, "pc-1", "OFFLINE"),
        || row(1, "new", "OFFLINE"),
        || row(1, "another", "OFFLINE"),
    );
    let is =
        |name, acts, exit, error, asked| fault(name, acts, exit, error, asked).words(rename(1));
    prove(&lost(|act| {
        is("done", vec![old(), act, new()], 0, "", "GET PUT GET").stdout(&id)
    }));
    prove(&lost(|act| {
        is(
            "not done",
            vec![old(), act, old(), new()],
            0,
            "",
            "GET PUT GET PUT",
        )
        .stdout(&id)
    }));
    prove(&lost(|act| {
        is(
            "by another",
            vec![old(), act, other()],
            5,
            "computer 00000001-1111-4111-8111-1d1d1d1d1d1d was renamed by someone else meanwhile",
            "GET PUT GET",
        )
    }));
    prove(&lost(|act| {
        is(
            "read-back lost too",
            vec![old(), act, json(403, "{}")],
            9,
            "whether …",
            "GET PUT GET",
        )
    }));
    prove(&[
        is(
            "2xx, cut, done",
            vec![old(), Act::Send(head(200, 99)), new()],
            0,
            "",
            "GET PUT GET",
        )
        .stdout(&id),
        is(
            "2xx, cut, read-back lost",
            vec![old(), Act::Send(head(200, 99)), json(403, "{}")],
            9,
            "whether …",
            "GET PUT GET",
        ),
        is(
            "not done twice",
            vec![old(), Act::Close, old(), Act::Close, old()],
            6,
            ENDED,
            "GET PUT GET PUT GET",
        ),
        is(
            "not done, and no retries",
            vec![old(), Act::Close, old()],
            6,
            ENDED,
            "GET PUT GET",
        )
        .words(rename(0)),
        is(
            "gone meanwhile",
            vec![old(), gone()],
            4,
            "there is no computer with the id 00000001-1111-4111-8111-1d1d1d1d1d1d",
            "GET PUT",
        ),
        is(
            "gone, as a maybe is read back",
            vec![old(), Act::Close, gone()],
            9,
            "whether …",
            "GET PUT GET",
        ),
        is(
            "read back as another computer",
            vec![old(), Act::Close, row(2, "new", "OFFLINE")],
            9,
            "whether …",
            "GET PUT GET",
        ),
    ]);
}

#[test]
fn a_deletion() {
    let id = id(1) + "\n";
    let (off, on) = (|| row(1, "pc-1", "OFFLINE"), || row(1, "pc-1", "ONLINE"));
    let html = || typed(404, "text/html", "<html><title>404</title>");
    let is =
        |name, acts, exit, error, asked| fault(name, acts, exit, error, asked).words(delete(1));
    let no_such = "there is no computer with the id 00000001-1111-4111-8111-1d1d1d1d1d1d";
    prove(&lost(|act| {
        is("done", vec![off(), act, gone()], 0, "", "GET DELETE GET").stdout(&id)
    }));
    prove(&lost(|act| {
        is(
            "not done",
            vec![off(), act, off(), headed(204, "", "")],
            0,
            "",
            "GET DELETE GET DELETE",
        )
        .stdout(&id)
    }));
    prove(&lost(|act| {
        is(
            "came up meanwhile",
            vec![off(), act, on()],
            5,
            "computer 00000001-1111-4111-8111-1d1d1d1d1d1d is not OFFLINE any more",
            "GET DELETE GET",
        )
    }));
    prove(&lost(|act| {
        is(
            "a gateway's 404",
            vec![off(), act, html()],
            9,
            "whether …",
            "GET DELETE GET",
        )
    }));
    prove(&lost(|act| {
        is(
            "read-back lost too",
            vec![off(), act, json(403, "{}")],
            9,
            "whether …",
            "GET DELETE GET",
        )
    }));
    let ignoring = |retries| format!("{} --ignore-missing", delete(retries));
    prove(&[
        is(
            "2xx, cut",
            vec![off(), Act::Send(head(200, 99))],
            0,
            "",
            "GET DELETE",
        )
        .stdout(&id),
        is(
            "2xx, endless",
            vec![
                off(),
                Act::Repeat(
                    head(200, 1 << 40),
                    vec![b' '; 1 << 20],
                    std::time::Duration::ZERO,
                ),
            ],
            0,
            "",
            "GET DELETE",
        )
        .words(delete(1).replace("400ms", "20s"))
        .stdout(&id),
        is(
            "deleted by another, first attempt",
            vec![off(), gone()],
            4,
            no_such,
            "GET DELETE",
        ),
        is(
            "deleted by another, no retries",
            vec![off(), gone()],
            4,
            no_such,
            "GET DELETE",
        )
        .words(delete(0)),
        is(
            "404 after a maybe",
            vec![off(), Act::Close, off(), gone()],
            0,
            "",
            "GET DELETE GET DELETE",
        )
        .stdout(&id),
        is(
            "a gateway's 404 after a maybe",
            vec![off(), Act::Close, off(), html()],
            4,
            no_such,
            "GET DELETE GET DELETE",
        ),
        is(
            "not done twice",
            vec![off(), Act::Close, off(), Act::Close, off()],
            6,
            ENDED,
            "GET DELETE GET DELETE GET",
        ),
        is(
            "no state to judge by",
            vec![
                off(),
                Act::Close,
                json(200, format!("{{\"id\":{:?}}}", crate::support::id(1))),
            ],
            9,
            "whether …",
            "GET DELETE GET",
        ),
        is(
            "no state before",
            vec![json(200, format!("{{\"id\":{:?}}}", crate::support::id(1)))],
            5,
            "computer \"\" (00000001-1111-4111-8111-1d1d1d1d1d1d) has no state, so it is not deleted",
            "GET",
        ),
        is(
            "read back as another computer",
            vec![off(), Act::Close, row(2, "x", "OFFLINE")],
            9,
            "whether …",
            "GET DELETE GET",
        ),
        is("missing, and that is well", vec![gone()], 0, "", "GET")
            .words(ignoring(0))
            .stdout(&id),
        is(
            "a gateway's 404 is no proof that it is missing",
            vec![html()],
            4,
            no_such,
            "GET",
        )
        .words(ignoring(0)),
        is(
            "nor is a list that is nowhere",
            vec![gone()],
            7,
            "there is no list of computers here: …",
            "GET GET GET",
        )
        .words("computers delete pc-1 --yes --ignore-missing --retries 0"),
        is(
            "a name in a listing that is not whole",
            vec![
                page(&rows([1]), ",\"total\":3,\"limit\":9"),
                page(&[], ",\"total\":3,\"limit\":9"),
            ],
            7,
            "the listing can't be proven whole: the API speaks of 3 computers in all",
            "GET*",
        )
        .words("computers delete pc-1 --yes --retries 0"),
    ]);
}

/// Never sent twice by itself, since each answer is a new token.
#[test]
fn a_connection() {
    let off = || row(1, "pc-1", "ONLINE");
    let is =
        |name, acts, exit, error, asked| fault(name, acts, exit, error, asked).words(connect(2));
    let faults: Vec<Fault> = losses()
        .into_iter()
        .map(|(way, act)| {
            let exit = match way {
                "closed" | "reset" | "no answer in time" => 6,
                "408" => 5,
                _ => 7,
            };
            is(way, vec![off(), act], exit, "…", "GET POST")
        })
        .collect();
    prove(&faults);
    prove(&[
        is(
            "2xx, cut",
            vec![off(), Act::Send(head(200, 99))],
            7,
            "the API's answer makes no sense: it was cut off …",
            "GET POST",
        ),
        is(
            "turned away, then done",
            vec![off(), json(429, "{}"), off()],
            0,
            "",
            "GET POST POST",
        )
        .stdout(id(1) + "\n"),
    ]);
}
