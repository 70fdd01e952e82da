//! Certificates and handshakes.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use rustls::ServerConfig;

use crate::answers::{page, rows};
use crate::authority::{Authority, self_signed};
use crate::server::{Act, Server, local};
use crate::support::{KEY, Session, id};
use crate::table::{each, told};

const TIMES: &str = "computers list -o id --request-timeout 1m --retries";

/// A session with a profile for that server, trusting `pem` beside the system's authorities.
fn session(host: &str, server: &Server, pem: Option<&str>) -> Session {
    let session = Session::new().knows(&format!("https://{host}:{}/v1", server.address.port()));
    let session = session.file("ca.pem", pem.unwrap_or_default());
    let ca_file = pem.map_or_else(String::new, |_| {
        format!("ca_file = \"{}\"\n", session.path("ca.pem").display())
    });
    session.config(&format!(
        "[profiles.default]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n{ca_file}"
    ))
}

struct Case {
    name: &'static str,
    config: ServerConfig,
    host: String,
    trusts: bool,
    exit: i32,
    error: &'static str,
    /// The requests that the server saw through TLS.
    asked: &'static str,
}

#[test]
fn certificates() {
    let (ours, other) = (Authority::new(), Authority::new());
    let here = local().to_string();
    let name = || "localhost".to_owned();
    let case = |name, config, host, trusts, exit, error, asked| Case {
        name,
        config,
        host,
        trusts,
        exit,
        error,
        asked,
    };
    let cases = [
        case(
            "good, through ca_file",
            ours.server(&here, 2020, 2099),
            here.clone(),
            true,
            0,
            "",
            "GET",
        ),
        case(
            "good, by name",
            ours.server("localhost", 2020, 2099),
            name(),
            true,
            0,
            "",
            "GET",
        ),
        case(
            "for another name",
            ours.server("localhost.example", 2020, 2099),
            name(),
            true,
            6,
            "its certificate is for another name",
            "",
        ),
        case(
            "for the address, asked by name",
            ours.server("127.0.0.1", 2020, 2099),
            name(),
            true,
            6,
            "its certificate is for another name",
            "",
        ),
        case(
            "expired",
            ours.server(&here, 2019, 2020),
            here.clone(),
            true,
            6,
            "its certificate has expired",
            "",
        ),
        case(
            "not valid yet",
            ours.server(&here, 2098, 2099),
            here.clone(),
            true,
            6,
            "its certificate is not valid yet",
            "",
        ),
        case(
            "for another host",
            ours.server("reemo.example", 2020, 2099),
            here.clone(),
            true,
            6,
            "its certificate is for another name",
            "",
        ),
        case(
            "self-signed",
            self_signed(&here),
            here.clone(),
            true,
            6,
            "its certificate was issued by an authority that is not trusted",
            "",
        ),
        case(
            "of an authority that is not trusted",
            other.server(&here, 2020, 2099),
            here.clone(),
            true,
            6,
            "the signature of its certificate is not valid",
            "",
        ),
        case(
            "of an authority that is trusted only with a ca_file",
            ours.server(&here, 2020, 2099),
            here.clone(),
            false,
            6,
            "its certificate was issued by an authority that is not trusted",
            "",
        ),
    ];
    each(
        &cases,
        |case| case.name.to_owned(),
        |case| {
            // What `localhost` leads to on any machine.
            let address = if case.host == "localhost" {
                Ipv4Addr::LOCALHOST
            } else {
                local()
            };
            let answer = page(&rows([1]), ",\"total\":1,\"limit\":9");
            let server = Server::secured_at(address, case.config.clone(), answer);
            let session = session(
                &case.host,
                &server,
                case.trusts.then_some(ours.pem.as_str()),
            );
            let stdout = if case.exit == 0 {
                id(1) + "\n"
            } else {
                String::new()
            };
            // Two retries: a certificate error is final all the same.
            told(
                &session,
                &format!("{TIMES} 2"),
                case.exit,
                &told_of(case, &server),
                &stdout,
            );
            assert_eq!(server.methods(), case.asked);
            assert_eq!(server.connections(), 1, "a certificate error is final");
        },
    );
}

/// The environment names the system's certificates: a bundle, a folder, or both, and what one of them does not know is
/// looked for in the other.
#[cfg(target_os = "linux")]
#[test]
fn certificates_that_the_environment_names() {
    let (ours, other) = (Authority::new(), Authority::new());
    let here = local().to_string();
    let names = |file: Option<&Authority>, folder: Option<&Authority>| {
        let server = Server::secured(
            ours.server(&here, 2020, 2099),
            page(&rows([1]), ",\"total\":1,\"limit\":9"),
        );
        let mut session = Session::new()
            .api(&format!("https://{}/v1", server.address))
            .key(KEY);
        for (variable, place, authority) in [
            ("SSL_CERT_FILE", "bundle.pem", file),
            ("SSL_CERT_DIR", "folder/one.pem", folder),
        ] {
            if let Some(authority) = authority {
                session = session.file(place, &authority.pem);
                let named = place.split('/').next().unwrap_or_default();
                let named = session.path(named).display().to_string();
                session = session.env(variable, &named);
            }
        }
        (session, server)
    };
    for (file, folder) in [
        (Some(&ours), None),
        (None, Some(&ours)),
        (Some(&other), Some(&ours)),
        (Some(&ours), Some(&other)),
    ] {
        let (session, _server) = names(file, folder);
        told(&session, &format!("{TIMES} 0"), 0, "", &(id(1) + "\n"));
    }
    for (file, folder) in [
        (Some(&other), None),
        (None, Some(&other)),
        (Some(&other), Some(&other)),
    ] {
        let (session, server) = names(file, folder);
        let told_of = format!(
            "no secure connection to {}: the signature of its certificate is not valid",
            server.address
        );
        told(&session, &format!("{TIMES} 0"), 6, &told_of, "");
    }
}

/// A folder with a bundle in it repeats the bundle, as distributions make it, and is not read for it: that would take longer
/// than the request.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_repeats_the_bundle_is_not_read() {
    let (ours, other) = (Authority::new(), Authority::new());
    let server = Server::secured(
        ours.server(&local().to_string(), 2020, 2099),
        page(&rows([1]), ",\"total\":1,\"limit\":9"),
    );
    let session = |bundle: &Authority, single: &Authority| {
        let session = Session::new()
            .api(&format!("https://{}/v1", server.address))
            .key(KEY)
            .file("certs/bundle.crt", &bundle.pem)
            .file("certs/single.pem", &single.pem);
        let at = |place: &str| session.path(place).display().to_string();
        let (file, folder) = (at("certs/bundle.crt"), at("certs/"));
        session
            .env("SSL_CERT_FILE", &file)
            .env("SSL_CERT_DIR", &folder)
    };
    told(
        &session(&ours, &other),
        &format!("{TIMES} 0"),
        0,
        "",
        &(id(1) + "\n"),
    );
    let error = format!(
        "no secure connection to {}: the signature of its certificate is not valid",
        server.address
    );
    told(
        &session(&other, &ours),
        &format!("{TIMES} 0"),
        6,
        &error,
        "",
    );
}

/// What the environment names is used or refused, never passed over; and only where certificates are needed.
#[cfg(target_os = "linux")]
#[test]
fn certificates_in_the_environment_that_cannot_be_used() {
    let ours = Authority::new();
    let answer = || page(&rows([1]), ",\"total\":1,\"limit\":9");
    let server = Server::secured(ours.server(&local().to_string(), 2020, 2099), answer());
    let session = || {
        Session::new()
            .api(&format!("https://{}/v1", server.address))
            .key(KEY)
            .file("garbage.pem", "no certificate")
            .file("folder/readme.txt", "")
    };
    for (variable, named, exit, error) in [
        (
            "SSL_CERT_FILE",
            "none.pem",
            3,
            "the file [HOME]/work/none.pem in SSL_CERT_FILE can't be used: No such file or directory (os error 2)",
        ),
        (
            "SSL_CERT_FILE",
            "garbage.pem",
            3,
            "the file [HOME]/work/garbage.pem in SSL_CERT_FILE can't be used: it has no certificate",
        ),
        (
            "SSL_CERT_FILE",
            "folder",
            3,
            "the file [HOME]/work/folder in SSL_CERT_FILE can't be used: Is a directory (os error 21)",
        ),
        (
            "SSL_CERT_DIR",
            "folder",
            6,
            "this system has no certificates to trust that can be loaded",
        ),
    ] {
        let session = session();
        let named = session.path(named).display().to_string();
        told(
            &session.env(variable, &named),
            &format!("{TIMES} 0"),
            exit,
            error,
            "",
        );
    }
    assert_eq!(server.connections(), 0);
    let plain = Server::acting(vec![answer()]);
    let session = Session::new()
        .api(&plain.url())
        .key(KEY)
        .env("SSL_CERT_FILE", "/none.pem");
    told(&session, &format!("{TIMES} 0"), 0, "", &(id(1) + "\n"));
}

/// A CA file is trusted beside the certificates that the environment names, a bundle or a folder of them.
#[cfg(target_os = "linux")]
#[test]
fn a_ca_file_beside_certificates_that_the_environment_names() {
    let (ours, other) = (Authority::new(), Authority::new());
    for (variable, named) in [
        ("SSL_CERT_FILE", "folder/other.pem"),
        ("SSL_CERT_DIR", "folder"),
    ] {
        let server = Server::secured(
            ours.server(&local().to_string(), 2020, 2099),
            page(&rows([1]), ",\"total\":1,\"limit\":9"),
        );
        let session = session(&local().to_string(), &server, Some(&ours.pem))
            .file("folder/other.pem", &other.pem);
        let named = session.path(named).display().to_string();
        told(
            &session.env(variable, &named),
            &format!("{TIMES} 0"),
            0,
            "",
            &(id(1) + "\n"),
        );
    }
}

/// The message about this server.
fn told_of(case: &Case, server: &Server) -> String {
    match case.error {
        "" => String::new(),
        error => format!(
            "no secure connection to {}:{}: {error}",
            case.host,
            server.address.port()
        ),
    }
}

/// What answers there speaks plain http, or hangs up: nothing was sent in the clear.
#[test]
fn a_server_without_tls() {
    for (says, error) in [
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
            "the server does not speak TLS",
        ),
        ("", ""),
    ] {
        let listener = TcpListener::bind((local(), 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let heard = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut hello = [0; 4096];
            let count = stream.read(&mut hello).unwrap();
            stream.write_all(says.as_bytes()).unwrap();
            hello[..count].to_vec()
        });
        let session = Session::new()
            .api(&format!("https://{address}/v1"))
            .key(KEY);
        let error = if error.is_empty() {
            format!(
                "{address} can't be reached: the connection was closed before a response arrived"
            )
        } else {
            format!("no secure connection to {address}: {error}")
        };
        told(&session, &format!("{TIMES} 0"), 6, &error, "");
        assert!(!String::from_utf8_lossy(&heard.join().unwrap()).contains(KEY));
    }
}

#[test]
fn a_ca_file_that_cannot_be_used() {
    let server = Server::acting(vec![Act::Close]);
    for (pem, why) in [
        ("", "it has no certificate"),
        ("no certificate", "it has no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "it has a certificate that is malformed",
        ),
    ] {
        let error = format!("the CA file [HOME]/work/ca.pem can't be used: {why}");
        let session = session(&local().to_string(), &server, Some(pem));
        told(&session, &format!("{TIMES} 0"), 3, &error, "");
    }
    // Nothing that blocks, or never ends, is read.
    let session = session(&local().to_string(), &server, Some(""));
    let path = session.path("ca.pem");
    let is = |why: &str| format!("the CA file [HOME]/work/ca.pem {why}");
    std::fs::remove_file(&path).unwrap();
    told(
        &session,
        &format!("{TIMES} 0"),
        3,
        "there is no CA file [HOME]/work/ca.pem",
        "",
    );
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    told(
        &session,
        &format!("{TIMES} 0"),
        3,
        &is("is not a regular file"),
        "",
    );
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    told(
        &session,
        &format!("{TIMES} 0"),
        3,
        &is("is not a regular file"),
        "",
    );
    assert_eq!(server.connections(), 0);
}

/// The handshake is done, and then the connection ends: the request may have been read.
#[test]
fn cut_inside_tls() {
    let ours = Authority::new();
    for (act, exit, error) in [
        (
            Act::Close,
            6,
            "[ADDRESS] can't be reached: the connection was closed before a response arrived",
        ),
        (
            Act::Reset,
            6,
            "[ADDRESS] can't be reached: Connection reset by peer (os error 104)",
        ),
        (
            Act::Send(crate::answers::head(200, 99)),
            7,
            "invalid response from the API: it was cut off",
        ),
    ] {
        let server = Server::secured(ours.server(&local().to_string(), 2020, 2099), act);
        let session = session(&local().to_string(), &server, Some(&ours.pem));
        let error = error.replace("[ADDRESS]", &server.address.to_string());
        told(&session, &format!("{TIMES} 0"), exit, &error, "");
        assert_eq!(server.methods(), "GET");
    }
}
