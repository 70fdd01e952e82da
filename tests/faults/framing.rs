//! Bodies that do not end where they should, are not what they say, or have no end.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::answers::{bytes, envelope, head, headed, json, page, rows, typed};
use crate::server::{Act, Server};
use crate::support::{KEY, Session, id, uid};
use crate::table::{fault, prove};

const JSON: &str = "Content-Type: application/json\r\n";
const CUT: &str = "invalid response from the API: it was cut off";
const LATE: &str = "computers list -o id --retries 0 --request-timeout 5m";

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

/// So many zeros, as a gzip stream of a thousandth.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..mebibytes {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

fn one() -> String {
    envelope(&rows([1]), ",\"total\":1,\"limit\":9")
}

#[test]
fn cut_and_contradicting() {
    let body = one();
    let chunk = format!("{:x}\r\n{body}\r\n", body.len());
    let chunked = |rest: &str| {
        Act::Send(bytes(
            200,
            &format!("{JSON}Transfer-Encoding: chunked\r\n"),
            format!("{chunk}{rest}"),
        ))
    };
    let two = format!(
        "{JSON}Content-Length: {}\r\nContent-Length: 3\r\n",
        body.len()
    );
    let both =
        format!("{JSON}Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
    prove(&[
        fault(
            "short of its length",
            vec![Act::Send(
                [head(200, body.len() + 9), body.clone().into()].concat(),
            )],
            7,
            CUT,
            "GET",
        ),
        fault(
            "short of its length, then reset",
            vec![Act::Stale([head(200, 9999), body.clone().into()].concat())],
            7,
            "invalid response from the API: it was cut off (Connection reset by peer (os error 104))",
            "GET",
        ),
        fault(
            "longer than its length",
            vec![Act::Send([head(200, 9), body.clone().into()].concat())],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 9)",
            "GET",
        ),
        fault("chunks without an end", vec![chunked("")], 7, CUT, "GET"),
        fault("half a chunk", vec![chunked("ff\r\n{")], 7, CUT, "GET"),
        fault(
            "a chunk of no size",
            vec![chunked("xyz\r\n")],
            7,
            "invalid response from the API: it is damaged (Invalid chunk size line: missing size digit)",
            "GET",
        ),
        fault("whole chunks", vec![chunked("0\r\n\r\n")], 0, "", "GET").stdout(id(1) + "\n"),
        fault(
            "two lengths",
            vec![Act::Send(bytes(200, &two, &body))],
            7,
            "invalid response from the API: it is not valid HTTP (invalid content-length parsed)",
            "GET",
        ),
        fault(
            "a length and chunks",
            vec![Act::Send(bytes(200, &both, format!("{chunk}0\r\n\r\n")))],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "a length of nonsense",
            vec![headed(200, "Content-Length: many\r\n", &body)],
            7,
            "invalid response from the API: it is not valid HTTP (invalid content-length parsed)",
            "GET",
        ),
        fault(
            "a negative length",
            vec![headed(200, "Content-Length: -1\r\n", &body)],
            7,
            "invalid response from the API: it is not valid HTTP (invalid content-length parsed)",
            "GET",
        ),
        fault(
            "no length, ended by the connection",
            vec![Act::Send(bytes(200, JSON, &body))],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "no length, cut",
            vec![Act::Send(bytes(200, JSON, &body[..40]))],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 40)",
            "GET",
        ),
        fault(
            "HTTP/1.0",
            vec![Act::Send(
                [b"HTTP/1.0 200 OK\r\n\r\n".to_vec(), body.clone().into()].concat(),
            )],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "a head that is no text",
            vec![Act::Send(b"HTTP/1.1 200 OK\r\nX: \0\r\n\r\n{}".to_vec())],
            7,
            "invalid response from the API: it is not valid HTTP (invalid HTTP header parsed)",
            "GET",
        ),
        fault(
            "a cut body is asked again",
            vec![Act::Send(head(200, 9)), json(200, &body)],
            0,
            "",
            "GET GET",
        )
        .words("computers list -o id --retries 1")
        .stdout(id(1) + "\n"),
        fault(
            "an error whose words are cut",
            vec![Act::Send(head(401, 99))],
            3,
            "the API refused the secret key (status 401)",
            "GET",
        ),
        fault(
            "an error without an end",
            vec![Act::Repeat(
                head(404, 1 << 40),
                vec![b'x'; 1 << 20],
                Duration::ZERO,
            )],
            7,
            "there is no list of computers here: not found (status 404)",
            "GET",
        )
        .words(LATE),
    ]);
}

#[test]
fn encodings() {
    let body = one();
    let coded = |coding: &str, body: &[u8]| {
        headed(200, &format!("{JSON}Content-Encoding: {coding}\r\n"), body)
    };
    prove(&[
        fault(
            "gzip",
            vec![coded("gzip", &gzip(body.as_bytes()))],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "gzip that is none",
            vec![coded("gzip", body.as_bytes())],
            7,
            "invalid response from the API: it is damaged (Invalid gzip header)",
            "GET",
        ),
        fault(
            "gzip that is cut",
            vec![coded("gzip", &gzip(body.as_bytes())[..30])],
            7,
            CUT,
            "GET",
        ),
        fault(
            "gzip that is damaged",
            vec![coded("gzip", &damaged(gzip(body.as_bytes())))],
            7,
            "invalid response from the API: it is damaged (CRC computed does not match)",
            "GET",
        ),
        fault(
            "gzip that is not said",
            vec![headed(200, JSON, gzip(body.as_bytes()))],
            7,
            "invalid response from the API: it is not UTF-8 text",
            "GET",
        ),
        fault(
            "an encoding nobody asked for",
            vec![coded("br", &gzip(body.as_bytes()))],
            7,
            "invalid response from the API: it is not UTF-8 text",
            "GET",
        ),
        fault(
            "an encoding that is none",
            vec![coded("identity", body.as_bytes())],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "a gzip bomb",
            vec![coded("gzip", &bomb(300))],
            7,
            "invalid response from the API: it is larger than 44 MiB",
            "GET",
        )
        .words("computers list -o id --request-timeout 5m"),
    ]);
}

fn damaged(mut stream: Vec<u8>) -> Vec<u8> {
    let middle = stream.len() / 2;
    stream[middle] ^= 0xff;
    stream
}

#[test]
fn bodies_that_are_there_or_not() {
    let empty = |status| {
        Act::Send(bytes(
            status,
            "Connection: close\r\nContent-Length: 0\r\n",
            "",
        ))
    };
    let rename = format!(
        "computers rename id:{} new --retries 0 --request-timeout 5s -o id",
        id(1)
    );
    let delete = format!(
        "computers delete id:{} --yes --retries 0 --request-timeout 5s -o id",
        id(1)
    );
    let reserve = format!(
        "computers reserve {} --retries 0 --request-timeout 5s -o _id",
        uid(1)
    );
    let old = || json(200, rows([1])[0].json());
    let new = || json(200, rows([1])[0].clone().text("name", "new").json());
    let same = |body: &str| json(200, body);
    prove(&[
        fault("200 without a body", vec![empty(200)], 7, "invalid response from the API: its body is empty", "GET"),
        fault("204 for a list", vec![empty(204)], 7, "invalid response from the API: its body is empty", "GET"),
        fault("204 with a body", vec![headed(204, "", one())], 7, "invalid response from the API: its body is empty", "GET"),
        fault("a rename answered 204 with a body", vec![old(), headed(204, "", "{}"), new()], 0, "", "GET PUT GET")
            .words(&rename)
            .stdout(id(1) + "\n"),
        fault("a rename answered 200 without a body", vec![old(), empty(200), new()], 0, "", "GET PUT GET")
            .words(&rename)
            .stdout(id(1) + "\n"),
        fault("a rename answered by another computer", vec![old(), json(200, rows([2])[0].json()), new()], 0, "", "GET PUT GET")
            .words(&rename)
            .stdout(id(1) + "\n"),
        fault(
            "a rename accepted and not made",
            vec![old(), old(), old()],
            7,
            "the API accepted the rename, but computer 00000001-1111-4111-8111-1d1d1d1d1d1d is now named \"pc-1\"",
            "GET PUT GET",
        )
        .words(&rename),
        fault("a rename made, and nothing can be read then", vec![old(), empty(204), Act::Close], 0, "", "GET PUT GET")
            .words(&rename)
            .stdout(id(1) + "\n"),
        fault("a delete answered 204 with a body", vec![old(), headed(204, "", "{}")], 0, "", "GET DELETE")
            .words(&delete)
            .stdout(id(1) + "\n"),
        fault("a delete answered 200 without a body", vec![old(), empty(200)], 0, "", "GET DELETE")
            .words(&delete)
            .stdout(id(1) + "\n"),
        fault("a delete answered with nonsense", vec![old(), typed(200, "text/html", "<html>")], 0, "", "GET DELETE")
            .words(&delete)
            .stdout(id(1) + "\n"),
        fault(
            "a reservation answered without an id, and found",
            vec![json(201, "{\"ok\":true}"), page(&rows([1]), ",\"total\":1,\"limit\":9")],
            0,
            "",
            "POST GET",
        )
        .words(&reserve)
        .stdout(uid(1) + "\n"),
        fault(
            "a reservation answered without an id, and not found",
            vec![json(201, "{}"), page(&[], ",\"total\":0,\"limit\":9")],
            9,
            "could not confirm whether the _id 00000001-2222-4222-9222-2e2e2e2e2e2e was reserved: invalid response from the API: it has neither an id nor a computer inside",
            "POST GET GET",
        )
        .words(&reserve),
        fault(
            "a reservation answered by another one",
            vec![json(201, rows([2])[0].json()), page(&rows([2, 1]), ",\"total\":2,\"limit\":9")],
            0,
            "",
            "POST GET",
        )
        .words(&reserve)
        .stdout(uid(1) + "\n"),
        fault(
            "a computer that is another one",
            vec![json(200, rows([2])[0].json())],
            7,
            "invalid response from the API: it describes a computer other than 00000001-1111-4111-8111-1d1d1d1d1d1d",
            "GET",
        )
        .words(format!("computers delete id:{} --yes --retries 0", id(1))),
        fault(
            "tokens of another computer",
            vec![old(), json(200, rows([2])[0].json())],
            7,
            "invalid response from the API: it describes a computer other than 00000001-1111-4111-8111-1d1d1d1d1d1d",
            "GET POST",
        )
        .words(format!("computers connect id:{} --retries 0", id(1))),
        fault(
            "an empty object",
            vec![same("{}")],
            7,
            "invalid response from the API: it has no array under any of the names computers, data, items, results, docs, result",
            "GET",
        ),
    ]);
}

/// However many answers without an end come at once, and whatever they are, the program's memory stays small.
#[cfg(target_os = "linux")]
#[test]
fn endless_answers_do_not_fill_the_memory() {
    let endless = || {
        Act::Repeat(
            bytes(200, JSON, "{\"computers\":["),
            vec![b' '; 1 << 18],
            Duration::ZERO,
        )
    };
    let first = || page(&rows(1..=50), ",\"total\":100000,\"limit\":50");
    let head_without_end = Act::Repeat(
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        b"X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n".repeat(64),
        Duration::ZERO,
    );
    for (name, acts, error) in [
        (
            "an endless body",
            vec![endless()],
            "it is larger than 44 MiB",
        ),
        ("endless bodies at once", vec![first(), endless()], "MiB"),
        (
            "an endless head",
            vec![head_without_end],
            "head is too large",
        ),
        (
            "a bomb",
            vec![headed(200, "Content-Encoding: gzip\r\n", bomb(300))],
            "it is larger than 44 MiB",
        ),
    ] {
        let server = Server::acting(acts);
        let session = Session::new().api(&server.url()).key(KEY);
        let mut command = session.command("computers list --json --retries 0 --request-timeout 5m");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            let status =
                std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            // Until the program has been loaded, the memory is that of the test itself.
            let is_loaded = status.starts_with("Name:\treemo\n");
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:"))
                .filter(|_| is_loaded);
            let kibibytes = line
                .and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
                .unwrap_or(0);
            peak = peak.max(kibibytes);
            std::thread::sleep(Duration::from_millis(2));
        }
        let output = child.wait_with_output().unwrap();
        let told = session.told(&String::from_utf8(output.stderr).unwrap());
        assert!(
            output.status.code() == Some(7) && told.contains(error),
            "{name}: {:?} {told}",
            output.status
        );
        assert!(peak > 0 && peak <= 80 * 1024, "{name}: {} MiB", peak / 1024);
    }
}
