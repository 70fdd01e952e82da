//! Changes whose answer is lost: what the account says afterwards decides, and nothing is done twice unseen.

use crate::answers::{head, headed, json, page, rows, typed};
use crate::server::Act;
use crate::support::{Row, id, uid};
use crate::table::{Fault, fault, prove};

const TOTAL: &str = ",\"total\":1,\"limit\":9";
const TAKEN: &str = "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e is reserved already";
const RESERVED: &str = "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e was reserved";
const RENAMED: &str = "computer 00000001-1111-4111-8111-1d1d1d1d1d1d was renamed";
const DELETED: &str = "computer 00000001-1111-4111-8111-1d1d1d1d1d1d was deleted";
const CLOSED: &str = "[HOST] can't be reached: the connection was closed before a response arrived";
const CUT: &str = "invalid response from the API: it was cut off";
const FAILED: &str = "the API failed (status 500)";

/// The error of a change of which nothing says whether it was made.
fn unknown(change: &str, why: &str) -> &'static str {
    leaked(format!("could not confirm whether {change}: {why}"))
}

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A way to lose the answer to a change that may have been made.
#[derive(Clone)]
struct Loss {
    name: &'static str,
    act: Act,
    /// What the program says of it.
    error: &'static str,
}

fn losses() -> Vec<Loss> {
    let loss = |name, act, error| Loss { name, act, error };
    vec![
        loss("closed", Act::Close, CLOSED),
        loss(
            "reset",
            Act::Reset,
            "[HOST] can't be reached: Connection reset by peer (os error 104)",
        ),
        loss(
            "no answer in time",
            Act::Stall(vec![]),
            "[HOST] did not respond within 2s",
        ),
        loss("500", json(500, "{}"), FAILED),
        loss(
            "502",
            typed(502, "text/html", "<html>"),
            "the API failed (status 502)",
        ),
        loss(
            "bare 503",
            headed(503, "", ""),
            "the API failed (status 503)",
        ),
        loss(
            "408",
            json(408, "{}"),
            "the API rejected the request (status 408)",
        ),
    ]
}

fn row(n: usize, name: &str, status: &str) -> Act {
    json(200, Row::new(n, name, status).json())
}

fn gone() -> Act {
    json(404, "{\"error\":\"no such computer\"}")
}

/// The computer that a reservation without a name makes.
fn unregistered() -> Row {
    Row::new(1, "", "OFFLINE")
        .raw("hostname", "null")
        .text("ip", "")
}

fn found() -> Act {
    page(&[unregistered()], TOTAL)
}

fn none() -> Act {
    page(&[], ",\"total\":0,\"limit\":9")
}

/// The ways after which a request may still be running: all but the API's own word that it failed.
fn losses_that_may_run() -> Vec<Loss> {
    let html = Loss {
        name: "500 by a gateway",
        act: typed(500, "text/html", "<html>"),
        error: FAILED,
    };
    let may_run = losses().into_iter().filter(|loss| loss.name != "500");
    may_run.chain([html]).collect()
}

fn times(words: String, retries: u8) -> String {
    format!("{words} --retries {retries}")
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

/// One fault with each way to lose the answer.
fn lost(make: impl Fn(Act, &'static str) -> Fault) -> Vec<Fault> {
    each_way(losses(), make)
}

fn each_way(
    ways: impl IntoIterator<Item = Loss>,
    make: impl Fn(Act, &'static str) -> Fault,
) -> Vec<Fault> {
    ways.into_iter()
        .map(|loss| {
            let fault = make(loss.act, loss.error);
            Fault {
                name: leaked(format!("{}: {}", fault.name, loss.name)),
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
    prove(&lost(|act, _| {
        is("done", vec![act, found()], 0, "", "POST GET").stdout(&uid)
    }));
    prove(&lost(|act, _| {
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
    prove(&lost(|act, why| {
        is(
            "read-back lost too",
            vec![act, json(401, "{}")],
            9,
            unknown(RESERVED, why),
            "POST GET",
        )
    }));
    prove(&[
        is(
            "taken on the first attempt",
            vec![json(409, "{}")],
            5,
            TAKEN,
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
            "a conflict about an _id that is not in the account",
            vec![Act::Close, none(), none(), json(409, "{}"), none()],
            9,
            unknown(RESERVED, "conflict with the current state (status 409)"),
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
            unknown(RESERVED, CLOSED),
            // What the API found, then all that there is, since none of what it found fits.
            "POST GET GET GET GET",
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
            unknown(RESERVED, CUT),
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
            unknown(RESERVED, CUT),
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
            unknown(RESERVED, CLOSED),
            "POST GET",
        )
        .words(reserve(0)),
    ]);
}

/// A request that got no answer, or a gateway's, may still be running: that it shows no effect settles nothing.
#[test]
fn a_request_that_may_still_run_is_not_reported_as_failed() {
    let fails = |name, words: String, acts, error, asked| {
        let exit = if error == FAILED { 7 } else { 9 };
        fault(name, acts, exit, error, asked).words(words)
    };
    let (old, off) = (|| row(1, "pc-1", "OFFLINE"), || row(1, "pc-1", "OFFLINE"));
    for (retries, [reserved, renamed, deleted]) in [
        (0, ["POST GET GET", "GET PUT GET", "GET DELETE GET"]),
        (
            1,
            [
                "POST GET GET POST GET GET",
                "GET PUT GET PUT GET",
                "GET DELETE GET DELETE GET",
            ],
        ),
    ] {
        prove(&each_way(losses_that_may_run(), |act, why| {
            let acts = vec![act.clone(), none(), none(), act, none()];
            fails(
                "reserve",
                reserve(retries),
                acts,
                unknown(RESERVED, why),
                reserved,
            )
        }));
        prove(&each_way(losses_that_may_run(), |act, why| {
            let acts = vec![old(), act.clone(), old(), act, old()];
            fails(
                "rename",
                rename(retries),
                acts,
                unknown(RENAMED, why),
                renamed,
            )
        }));
        prove(&each_way(losses_that_may_run(), |act, why| {
            let acts = vec![off(), act.clone(), off(), act, off()];
            fails(
                "delete",
                delete(retries),
                acts,
                unknown(DELETED, why),
                deleted,
            )
        }));
    }
    let failed = || json(500, "{}");
    prove(&[
        fails(
            "the API says that it failed",
            reserve(0),
            vec![failed(), none()],
            FAILED,
            "POST GET GET GET GET",
        ),
        fails(
            "the API says so twice",
            reserve(1),
            vec![failed(), none(), none(), failed(), none()],
            FAILED,
            "POST GET GET POST GET GET GET GET",
        ),
        fails(
            "the second listing does not agree",
            reserve(0),
            vec![failed(), none(), none(), found()],
            unknown(RESERVED, FAILED),
            "POST GET GET GET",
        ),
        fails(
            "the API says so of a rename",
            rename(1),
            vec![old(), failed(), old(), failed(), old()],
            FAILED,
            "GET PUT GET PUT GET",
        ),
        fails(
            "the API says so of a deletion",
            delete(1),
            vec![off(), failed(), off(), failed(), off()],
            FAILED,
            "GET DELETE GET DELETE GET",
        ),
        fails(
            "the API says so only the second time",
            delete(1),
            vec![off(), Act::Close, off(), failed(), off()],
            unknown(DELETED, FAILED),
            "GET DELETE GET DELETE GET",
        ),
    ]);
}

/// Whatever becomes of a second attempt: it settles the first one where it was refused or made, and else it does not.
#[test]
fn a_second_attempt_settles_the_first_where_it_is_refused() {
    let old = || row(1, "pc-1", "OFFLINE");
    let (put, del) = ("GET PUT GET PUT GET", "GET DELETE GET DELETE GET");
    let is = |name, words: String, acts, exit, error, asked| {
        fault(name, acts, exit, error, asked).words(words)
    };
    let both = |name, status: u16, exit, told: &str| {
        let acts = || vec![old(), Act::Close, old(), json(status, "{}"), old()];
        let told = leaked(format!("{told} (status {status})"));
        let error = |change| {
            if exit == 9 {
                unknown(change, told)
            } else {
                told
            }
        };
        [
            is(name, rename(1), acts(), exit, error(RENAMED), put),
            is(name, delete(1), acts(), exit, error(DELETED), del),
        ]
    };
    let rejected = "the API rejected the request";
    prove(&both("400", 400, 5, rejected));
    prove(&both("422", 422, 5, rejected));
    prove(&both("423", 423, 5, rejected));
    prove(&both("409", 409, 5, "conflict with the current state"));
    prove(&both(
        "403",
        403,
        3,
        "the secret key is not allowed to do this",
    ));
    prove(&both("401", 401, 9, "the API refused the secret key"));
    prove(&both(
        "a redirect",
        302,
        9,
        "the API answered with a redirect, which is never followed",
    ));
    prove(&both("501", 501, 9, "the API failed"));
    let away = |words: &str| words.replace("--retries 1", "--retries 1 -q");
    prove(&[
        is(
            "renamed by the first attempt, seen after the second",
            rename(1),
            vec![
                old(),
                Act::Close,
                old(),
                json(409, "{}"),
                row(1, "new", "OFFLINE"),
            ],
            0,
            "",
            put,
        )
        .stdout(id(1) + "\n"),
        is(
            "turned away after that",
            away(&rename(1)),
            vec![
                old(),
                Act::Close,
                old(),
                json(429, "{}"),
                json(429, "{}"),
                old(),
            ],
            9,
            unknown(RENAMED, "too many requests (status 429)"),
            "GET PUT GET PUT PUT GET",
        ),
        is(
            "failed by the API's own word, then turned away",
            away(&rename(1)),
            vec![
                old(),
                json(500, "{}"),
                old(),
                json(429, "{}"),
                json(429, "{}"),
                old(),
            ],
            7,
            "too many requests (status 429)",
            "GET PUT GET PUT PUT GET",
        ),
        is(
            "gone, as the second attempt is told",
            rename(1),
            vec![old(), Act::Close, old(), gone(), gone()],
            4,
            "no computer has the id 00000001-1111-4111-8111-1d1d1d1d1d1d",
            put,
        ),
        is(
            "came up, as the second attempt is told",
            delete(1),
            vec![
                old(),
                Act::Close,
                old(),
                json(409, "{}"),
                row(1, "pc-1", "ONLINE"),
            ],
            5,
            "computer 00000001-1111-4111-8111-1d1d1d1d1d1d is not OFFLINE any more",
            del,
        ),
    ]);
}

/// An `_id` may be taken in many words. That it is is found out by looking, and whose it is by what is found.
#[test]
fn a_conflict_has_many_codes() {
    let uid = uid(1) + "\n";
    let ensure = || format!("{} --ensure", reserve(1));
    let registered = || page(&rows([1]), TOTAL);
    for status in [400, 403, 404, 405, 409, 410, 412, 418, 422, 423, 499] {
        let refusal = || json(status, "{\"error\":\"no\"}");
        prove(&[
            fault("ensured", vec![refusal(), registered()], 0, "", "POST GET")
                .words(ensure())
                .stdout(&uid),
            fault(
                "made by the attempt before",
                vec![Act::Close, none(), none(), refusal(), found()],
                0,
                "",
                "POST GET GET POST GET",
            )
            .words(reserve(1))
            .stdout(&uid),
            fault(
                "made for another machine before",
                vec![Act::Close, none(), none(), refusal(), registered()],
                5,
                "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e belongs to another machine: \"pc-1\" \
                 (id:00000001-1111-4111-8111-1d1d1d1d1d1d)",
                "POST GET GET POST GET",
            )
            .words(reserve(1)),
        ]);
    }
    prove(&[
        fault(
            "the key is refused",
            vec![json(401, "{}")],
            3,
            "the API refused the secret key (status 401)",
            "POST",
        )
        .words(ensure()),
        fault(
            "asked too often",
            vec![json(429, "{}")],
            7,
            "too many requests (status 429)",
            "POST POST",
        )
        .words(ensure()),
        fault(
            "taken, but not in this account",
            vec![json(422, "{}"), none()],
            5,
            "the API rejected the request (status 422)",
            "POST GET GET",
        )
        .words(ensure()),
        fault(
            "taken, and where can't be found out",
            vec![json(409, "{}"), json(403, "{}")],
            3,
            "the secret key is not allowed to do this (status 403)",
            "POST GET",
        )
        .words(ensure()),
    ]);
}

/// After a lost answer, a computer under the `_id` is the reservation only where no machine has it yet.
#[test]
fn a_computer_found_after_a_lost_response_may_belong_to_another_machine() {
    let taken = |name: &str| {
        let id = id(1);
        leaked(format!(
            "the _id {} belongs to another machine: {name:?} (id:{id})",
            uid(1)
        ))
    };
    let named = |words: String| words.replace("reserve ", "reserve --name Desk ");
    let ours = || unregistered().text("name", "Desk");
    let is = |name, words: String, row: Row, exit, shown: &str| {
        let (error, stdout) = if exit == 0 {
            ("", uid(1) + "\n")
        } else {
            (taken(shown), String::new())
        };
        let acts = |act| vec![act, page(std::slice::from_ref(&row), TOTAL)];
        lost(|act, _| {
            fault(name, acts(act), exit, error, "POST GET")
                .words(words.clone())
                .stdout(stdout.clone())
        })
    };
    for (name, row, exit, shown) in [
        ("null and empty", ours(), 0, ""),
        ("absent", ours().without("hostname").without("ip"), 0, ""),
        ("online", ours().text("status", "ONLINE"), 5, "Desk"),
        ("without a state", ours().without("status"), 5, "Desk"),
        (
            "with a host name",
            ours().text("hostname", "HOST"),
            5,
            "Desk",
        ),
        ("with an ip", ours().text("ip", "10.0.0.1"), 5, "Desk"),
        ("with another name", ours().text("name", "desk"), 5, "desk"),
        ("without a name", ours().raw("name", "null"), 5, ""),
    ] {
        prove(&is(name, named(reserve(1)), row, exit, shown));
    }
    prove(&is(
        "any name where none was sent",
        reserve(1),
        ours(),
        0,
        "",
    ));
    let registered = || ours().text("hostname", "HOST");
    let ensure = format!("{} --ensure", reserve(1));
    prove(&is("ensured", ensure, registered(), 0, ""));
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
    prove(&lost(|act, _| {
        is("done", vec![old(), act, new()], 0, "", "GET PUT GET").stdout(&id)
    }));
    prove(&lost(|act, _| {
        is(
            "not done",
            vec![old(), act, old(), new()],
            0,
            "",
            "GET PUT GET PUT",
        )
        .stdout(&id)
    }));
    // A 500 in the API's own JSON says that the request has ended.
    let may_run = losses().into_iter().filter(|loss| loss.name != "500");
    prove(&each_way(may_run, |act, _| {
        is(
            "by another, and our request may still run",
            vec![old(), act, other()],
            9,
            "could not confirm whether computer 00000001-1111-4111-8111-1d1d1d1d1d1d was renamed: computer \
             00000001-1111-4111-8111-1d1d1d1d1d1d was renamed by someone else meanwhile",
            "GET PUT GET",
        )
    }));
    prove(&[is(
        "by another, and our request has ended",
        vec![old(), json(500, "{\"error\":\"failed\"}"), other()],
        5,
        "computer 00000001-1111-4111-8111-1d1d1d1d1d1d was renamed by someone else meanwhile",
        "GET PUT GET",
    )]);
    prove(&lost(|act, why| {
        is(
            "read-back lost too",
            vec![old(), act, json(403, "{}")],
            9,
            unknown(RENAMED, why),
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
            unknown(RENAMED, CUT),
            "GET PUT GET",
        ),
        is(
            "gone meanwhile",
            vec![old(), gone()],
            4,
            "no computer has the id 00000001-1111-4111-8111-1d1d1d1d1d1d",
            "GET PUT",
        ),
        is(
            "gone, as a maybe is read back",
            vec![old(), Act::Close, gone()],
            9,
            unknown(RENAMED, CLOSED),
            "GET PUT GET",
        ),
        is(
            "read back as another computer",
            vec![old(), Act::Close, row(2, "new", "OFFLINE")],
            9,
            unknown(RENAMED, CLOSED),
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
    let no_such = "no computer has the id 00000001-1111-4111-8111-1d1d1d1d1d1d";
    prove(&lost(|act, _| {
        is("done", vec![off(), act, gone()], 0, "", "GET DELETE GET").stdout(&id)
    }));
    prove(&lost(|act, _| {
        is(
            "not done",
            vec![off(), act, off(), headed(204, "", "")],
            0,
            "",
            "GET DELETE GET DELETE",
        )
        .stdout(&id)
    }));
    prove(&lost(|act, _| {
        is(
            "came up meanwhile",
            vec![off(), act, on()],
            5,
            "computer 00000001-1111-4111-8111-1d1d1d1d1d1d is not OFFLINE any more",
            "GET DELETE GET",
        )
    }));
    prove(&lost(|act, why| {
        is(
            "a gateway's 404",
            vec![off(), act, html()],
            9,
            unknown(DELETED, why),
            "GET DELETE GET",
        )
    }));
    prove(&lost(|act, why| {
        is(
            "read-back lost too",
            vec![off(), act, json(403, "{}")],
            9,
            unknown(DELETED, why),
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
        .words(delete(1))
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
            vec![off(), Act::Close, off(), html(), off()],
            9,
            unknown(DELETED, "not found: an HTML page, titled: 404"),
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
            unknown(DELETED, CLOSED),
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
            unknown(DELETED, CLOSED),
            "GET DELETE GET",
        ),
        is("missing, and that is well", vec![gone()], 0, "", "GET")
            .words(ignoring(0))
            .stdout(&id),
        is(
            "a gateway's 404 is no proof that it is missing",
            vec![html()],
            4,
            "no computer was found with the id 00000001-1111-4111-8111-1d1d1d1d1d1d",
            "GET",
        )
        .words(ignoring(0)),
        is(
            "nor is a list that is nowhere",
            vec![gone()],
            7,
            "there is no list of computers here: not found: no such computer",
            "GET GET",
        )
        .words("computers delete pc-1 --yes --ignore-missing --retries 0"),
        is(
            "a name in a listing that is not whole",
            vec![
                page(&rows([1]), ",\"total\":3,\"limit\":9"),
                page(&[], ",\"total\":3,\"limit\":9"),
            ],
            7,
            "the listing may be incomplete: the API reports 3 computers in total",
            "GET GET",
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
        .map(|loss| {
            let exit = match loss.name {
                "closed" | "reset" | "no answer in time" => 6,
                "408" => 5,
                _ => 7,
            };
            is(
                loss.name,
                vec![off(), loss.act],
                exit,
                loss.error,
                "GET POST",
            )
        })
        .collect();
    prove(&faults);
    prove(&[
        is(
            "2xx, cut",
            vec![off(), Act::Send(head(200, 99))],
            7,
            CUT,
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
