//! Proxies that are dead, refuse, or are no proxies. A direct connection is never made instead.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::answers::{page, rows};
use crate::authority::Authority;
use crate::server::{Act, Server, local};
use crate::support::{KEY, Session, id};
use crate::table::{each, told};

const LIST: &str = "computers list --retries 0 --request-timeout 5s";
/// A password that no byte written may have.
const WORD: &str = "hunter2-of-the-proxy";

/// A proxy that answers each CONNECT with `says`; what it was asked is handed out.
fn proxy(says: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind((local(), 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut piece = [0; 1024];
        while !heard.ends_with(b"\r\n\r\n") {
            match stream.read(&mut piece) {
                Ok(count) if count > 0 => heard.extend_from_slice(&piece[..count]),
                _ => break,
            }
        }
        let _ = stream.write_all(says.as_bytes());
        String::from_utf8_lossy(&heard).into_owned()
    });
    (address, asked)
}

fn session(variable: &str, value: &str) -> Session {
    Session::new()
        .api("https://reemo.invalid/v1")
        .key(KEY)
        .env(variable, value)
}

#[test]
fn a_proxy_that_refuses() {
    for (says, error) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            "the proxy [*] asks for a user name and a password that it accepts (status 407)",
        ),
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            "the proxy [*] refused to connect to reemo.invalid",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
            "the proxy [*] refused to connect to reemo.invalid",
        ),
        (
            "SSH-2.0-x\r\n",
            "the proxy [*] refused to connect to reemo.invalid",
        ),
        ("", "the proxy [*] closed the connection without an answer"),
    ] {
        let (address, asked) = proxy(says);
        let session = session("HTTPS_PROXY", &format!("http://user:{WORD}@{address}"));
        let stderr = told(&session, LIST, 6, &error.replace("[*]", &address), "");
        assert!(!stderr.contains("tunnel error"), "{stderr}");
        assert!(!stderr.contains(WORD), "{stderr}");
        let asked = asked.join().unwrap();
        assert!(
            asked.starts_with("CONNECT reemo.invalid:443 HTTP/1.1\r\n"),
            "{asked}"
        );
        assert!(!asked.contains(KEY), "the key is for the API alone");
    }
}

#[test]
fn a_proxy_that_is_dead() {
    let unused = TcpListener::bind((local(), 0))
        .unwrap()
        .local_addr()
        .unwrap();
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let error = format!(
            "reemo.invalid can't be reached through the proxy {unused}: Connection refused (os error 111)"
        );
        let stderr = told(
            &session(variable, &format!("http://user:{WORD}@{unused}")),
            LIST,
            6,
            &error,
            "",
        );
        assert!(!stderr.contains(WORD), "{stderr}");
    }
}

#[test]
fn a_setting_that_names_no_proxy() {
    let values = [
        format!("socks5://user:{WORD}@127.0.0.1:9"),
        format!("ftp://user:{WORD}@127.0.0.1"),
        format!("http://user:{WORD}@"),
        format!("http://user:{WORD}@127.0.0.1:port"),
        format!("user:{WORD}@a b"),
        "://".to_owned(),
    ];
    each(&values, Clone::clone, |value| {
        let error = "HTTPS_PROXY can't be used: it is not the URL of an http or https proxy";
        let stderr = told(&session("HTTPS_PROXY", value), LIST, 3, error, "");
        assert!(!stderr.contains(WORD), "{stderr}");
    });
}

/// Hosts that `NO_PROXY` names are reached directly, and loopback without TLS never goes through a proxy.
#[test]
fn not_through_the_proxy() {
    let ours = Authority::new();
    let answer = || page(&rows([1]), ",\"total\":1,\"limit\":9");
    let server = Server::secured(ours.server(&local().to_string(), 2020, 2099), answer());
    let session = Session::new()
        .knows(&format!("https://{}/v1", server.address))
        .file("ca.pem", &ours.pem);
    let ca_file = session.path("ca.pem").display().to_string();
    let session = session
        .config(&format!("[profiles.default]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\nca_file = \"{ca_file}\"\n"))
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .env("NO_PROXY", &local().to_string());
    told(&session, &format!("{LIST} -o id"), 0, "", &(id(1) + "\n"));
    let plain = Server::acting(vec![answer()]);
    let session = Session::new()
        .api(&plain.url())
        .key(KEY)
        .env("ALL_PROXY", "http://127.0.0.1:9")
        .env("http_proxy", "http://127.0.0.1:9");
    told(&session, &format!("{LIST} -o id"), 0, "", &(id(1) + "\n"));
}

/// A host that `NO_PROXY` lists is reached without the proxy, which has nothing to do with its failure.
#[test]
fn a_failure_without_the_proxy_is_not_blamed_on_it() {
    let unused = TcpListener::bind((local(), 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let session = Session::new()
        .api(&format!("https://{unused}/v1"))
        .key(KEY)
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .env("NO_PROXY", &local().to_string());
    let error = "[HOST] can't be reached: Connection refused (os error 111)";
    let told = told(
        &session,
        LIST,
        6,
        &error.replace("[HOST]", &unused.to_string()),
        "",
    );
    assert!(!told.to_lowercase().contains("proxy"), "{told}");
}

/// What stands for the API behind a proxy: its name is found nowhere else.
const API: &str = "reemo.invalid";

/// A session that trusts an authority, with a profile for the API behind the proxy.
fn behind(proxy: &str, trusted: &Authority) -> Session {
    let session = Session::new()
        .knows(&format!("https://{API}/v1"))
        .file("ca.pem", &trusted.pem);
    let ca_file = session.path("ca.pem").display().to_string();
    session
        .config(&format!("[profiles.default]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\nca_file = \"{ca_file}\"\n"))
        .env("HTTPS_PROXY", proxy)
}

/// A proxy that is the API as well: it takes one tunnel, and answers one request in it. With `own`, the proxy itself speaks
/// TLS. Hands out the first bytes of the request in the tunnel.
fn tunnel(own: Option<ServerConfig>, api: ServerConfig) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind((local(), 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        match own {
            None => serve_tunnel(stream, api),
            Some(own) => {
                let tls = ServerConnection::new(own.into()).unwrap();
                serve_tunnel(StreamOwned::new(tls, stream), api)
            }
        }
    });
    (address, served)
}

fn serve_tunnel(mut stream: impl Read + Write, api: ServerConfig) -> String {
    if head(&mut stream).is_empty() {
        return String::new();
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let tls = ServerConnection::new(api.into()).unwrap();
    let mut inner = StreamOwned::new(tls, stream);
    let asked = head(&mut inner);
    if let Act::Send(bytes) = page(&rows([1]), ",\"total\":1,\"limit\":9") {
        let _ = inner.write_all(&bytes).and_then(|()| inner.flush());
    }
    inner.conn.send_close_notify();
    let _ = inner.flush();
    asked
}

/// Reads to the end of a request's head; what came before a failure.
fn head(stream: &mut impl Read) -> String {
    let (mut heard, mut byte) = (Vec::new(), [0]);
    while !heard.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        heard.push(byte[0]);
    }
    String::from_utf8_lossy(&heard).into_owned()
}

#[test]
fn through_a_proxy_with_and_without_tls_of_its_own() {
    let ours = Authority::new();
    for scheme in ["http", "https"] {
        let own = (scheme == "https").then(|| ours.server(&local().to_string(), 2020, 2099));
        let (address, served) = tunnel(own, ours.server(API, 2020, 2099));
        let session = behind(&format!("{scheme}://{address}"), &ours);
        told(&session, &format!("{LIST} -o id"), 0, "", &(id(1) + "\n"));
        assert!(served.join().unwrap().starts_with("GET /v1/computers?"));
    }
}

/// Which of two handshakes failed is said: the proxy's own, or the API's in the tunnel.
#[test]
fn a_certificate_that_is_not_trusted() {
    let (ours, other) = (Authority::new(), Authority::new());
    let here = local().to_string();
    let session =
        |scheme: &str, address: SocketAddr| behind(&format!("{scheme}://{address}"), &ours);
    let own = |authority: &Authority| Some(authority.server(&here, 2020, 2099));

    let (address, served) = tunnel(own(&other), ours.server(API, 2020, 2099));
    let error = format!(
        "no secure connection to the proxy {address}: the signature of its certificate is not valid"
    );
    // Two retries: a certificate error is final all the same.
    let stderr = told(
        &session("https", address),
        "computers list --retries 2",
        6,
        &error,
        "",
    );
    assert!(
        !stderr.contains(&format!("connection to {API}")),
        "{stderr}"
    );
    assert_eq!(served.join().unwrap(), "");

    for (scheme, own) in [("http", None), ("https", own(&ours))] {
        let (address, served) = tunnel(own, other.server(API, 2020, 2099));
        let error = format!(
            "no secure connection to {API} through the proxy {address}: the signature of its certificate is not valid"
        );
        told(&session(scheme, address), LIST, 6, &error, "");
        assert_eq!(served.join().unwrap(), "");
    }
}

/// An http proxy whose URL says https.
#[test]
fn a_proxy_that_speaks_no_tls() {
    let plain = TcpListener::bind((local(), 0)).unwrap();
    let address = plain.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let session = session("HTTPS_PROXY", &format!("https://user:{WORD}@{address}"));
    let stderr = told(
        &session,
        LIST,
        6,
        &format!("no secure connection to the proxy {address}: the server does not speak TLS"),
        "",
    );
    let hint = "hint: if it is an http proxy, change the https:// in its URL to http://\n";
    assert!(stderr.ends_with(hint) && !stderr.contains(WORD), "{stderr}");
    answering.join().unwrap();
}
