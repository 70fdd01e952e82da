//! No connection, no answer, or one that does not come to an end.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::answers::{bytes, envelope, head, json, page, rows};
use crate::server::{Act, Server, local};
use crate::support::{KEY, Session, id, uid};
use crate::table::{LIST, fault, prove, told};

const ENDED: &str = "[HOST] can't be reached: the connection was closed before a response arrived";
const RESET: &str = "[HOST] can't be reached: Connection reset by peer (os error 104)";
const TICK: Duration = Duration::from_millis(50);

#[test]
fn an_answer_that_does_not_come() {
    prove(&[
        fault("reset before the answer", vec![Act::Reset], 6, RESET, "GET"),
        fault(
            "closed after reading all",
            vec![Act::Close],
            6,
            ENDED,
            "GET",
        ),
        fault(
            "silence",
            vec![Act::Stall(vec![])],
            6,
            "[HOST] did not respond within 2s",
            "GET",
        ),
        fault(
            "half a head",
            vec![Act::Stall(b"HTTP/1.1 200 OK\r\nContent-".to_vec())],
            6,
            "[HOST] did not respond within 2s",
            "GET",
        ),
        fault(
            "a head that drips",
            vec![Act::Repeat(
                b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
                b"x".to_vec(),
                TICK,
            )],
            6,
            "[HOST] did not respond within 2s",
            "GET",
        ),
        fault(
            "silence after the head",
            vec![Act::Stall(head(200, 99))],
            6,
            "the answer was not complete within 2s",
            "GET",
        ),
        fault(
            "a body that drips",
            vec![Act::Repeat(head(200, 9999), b" ".to_vec(), TICK)],
            6,
            "the answer was not complete within 2s",
            "GET",
        ),
        fault(
            "not HTTP",
            vec![Act::Send(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec())],
            7,
            "invalid response from the API: it is not valid HTTP (invalid HTTP version parsed)",
            "GET",
        ),
        fault(
            "asked again",
            vec![Act::Close, page(&rows([1]), ",\"total\":1,\"limit\":9")],
            0,
            "",
            "GET GET",
        )
        .words("computers list -o id --retries 1")
        .stdout(id(1) + "\n"),
        fault(
            "asked again three times at most",
            vec![Act::Reset],
            6,
            RESET,
            "GET GET GET",
        )
        .words("computers list -o id"),
    ]);
}

/// The whole answer has one deadline: neither silence after the head nor a drop now and then starts it anew.
#[test]
fn one_deadline_for_the_whole_answer() {
    let acts = [
        Act::Stall(head(200, 99)),
        Act::Repeat(head(200, 9999), b" ".to_vec(), Duration::from_millis(200)),
        Act::Repeat(
            bytes(200, "Transfer-Encoding: chunked\r\n", ""),
            b"1\r\n \r\n".to_vec(),
            Duration::from_millis(900),
        ),
    ];
    std::thread::scope(|scope| {
        for act in acts {
            scope.spawn(move || ends_at_the_deadline(&act));
        }
    });
}

/// The head comes after much of the time limit: a limit that began with it would end far later.
fn ends_at_the_deadline(act: &Act) {
    let act = act.clone();
    let server = Server::scripted(move |_, _| {
        std::thread::sleep(Duration::from_millis(2500));
        act.clone()
    });
    let started = Instant::now();
    let session = Session::new().api(&server.url()).key(KEY);
    told(
        &session,
        "computers list --retries 0 --request-timeout 4s",
        6,
        "the answer was not complete within 4s",
        "",
    );
    assert!(
        started.elapsed() < Duration::from_millis(6500),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn connection_refused_and_unknown_host() {
    let unused = TcpListener::bind((local(), 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let session = Session::new().api(&format!("http://{unused}/v1")).key(KEY);
    told(
        &session,
        LIST,
        6,
        "[HOST] can't be reached: Connection refused (os error 111)",
        "",
    );
    // The name of no host: reserved for that, and never asked of anyone outside.
    let session = Session::new().api("https://reemo.invalid/v1").key(KEY);
    told(
        &session,
        LIST,
        6,
        "reemo.invalid can't be reached: failed to lookup address information: [*]",
        "",
    );
}

/// A listener whose queue is full: the connection is never made, so that a change was certainly not sent.
#[cfg(target_os = "linux")]
#[test]
fn never_accepted() {
    use rustix::net::{AddressFamily, SocketAddrV4, SocketType, bind, getsockname, listen, socket};
    let listener = socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
    bind(&listener, &SocketAddrV4::new(local(), 0)).unwrap();
    listen(&listener, 0).unwrap();
    let address = std::net::SocketAddrV4::try_from(getsockname(&listener).unwrap()).unwrap();
    let waiting = Duration::from_millis(100);
    let _queue: Vec<_> = (0..4)
        .map(|_| std::net::TcpStream::connect_timeout(&address.into(), waiting))
        .collect();
    let reserve = format!("computers reserve {} --retries 0", uid(1));
    std::thread::scope(|scope| {
        for words in [LIST, &reserve] {
            scope.spawn(move || {
                let session = Session::new().api(&format!("http://{address}/v1")).key(KEY);
                // Of a long limit the share for the connection ends long before the rest, on a busy machine too.
                let words = format!("{words} --request-timeout 10s");
                told(
                    &session,
                    &words,
                    6,
                    "could not connect to [HOST] within 10s",
                    "",
                );
            });
        }
    });
}

/// The server lets a kept connection go just when the client would use it again.
#[test]
fn a_kept_connection_that_went_stale() {
    let first = envelope(&rows([1, 2]), ",\"total\":3,\"limit\":2");
    let kept = bytes(
        200,
        &format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\n",
            first.len()
        ),
        &first,
    );
    let server = Server::scripted(move |number, asked| match number {
        1 => Act::Stale(kept.clone()),
        _ if asked.target.contains("page=2") => page(&rows([3]), ",\"total\":3,\"limit\":2"),
        _ => json(500, "{}"),
    });
    let session = Session::new().api(&server.url()).key(KEY);
    let mut outcome = session
        .run("computers list -o id --retries 1 -vv")
        .stdout(format!("{}\n{}\n{}\n", id(1), id(2), id(3)));
    outcome.take_stderr();
    assert!(
        server.connections() >= 1 && server.methods().starts_with("GET GET"),
        "{}",
        server.methods()
    );
}
