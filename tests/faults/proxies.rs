//! Proxies that are dead, refuse, or are no proxies. A direct connection is never made instead.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::answers::{page, rows};
use crate::authority::Authority;
use crate::server::{Server, local};
use crate::support::{KEY, Session, id};
use crate::table::{each, told};

const LIST: &str = "computers list --retries 0 --request-timeout 5s";
/// A password that no byte written may have.
const WORD: &str = "hunter2-of-the-proxy";

/// A proxy that answers each CONNECT with `says`; what it was asked is handed out.
fn proxy(says: &'static str) -> (String, std::thread::JoinHandle<String>) {
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
            "tunnel error: proxy authorization required",
        ),
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "…"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>", "…"),
        ("SSH-2.0-x\r\n", "…"),
        ("", "…"),
    ] {
        let (address, asked) = proxy(says);
        let session = session("HTTPS_PROXY", &format!("http://user:{WORD}@{address}"));
        let stderr = told(
            &session,
            LIST,
            6,
            &format!("reemo.invalid can't be reached through the proxy: {error}"),
            "",
        );
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
        let error =
            "reemo.invalid can't be reached through the proxy: Connection refused (os error 111)";
        let stderr = told(
            &session(variable, &format!("http://user:{WORD}@{unused}")),
            LIST,
            6,
            error,
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
