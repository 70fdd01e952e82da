//! What `doctor` says about certificates.

use crate::answers::{page, rows};
use crate::authority::Authority;
use crate::server::{Server, local};
use crate::support::Session;

/// The checks of the network, and the exit code.
fn network(server: &Server, ca: &str) -> (String, i32) {
    let session = Session::new().knows(&format!("https://{}/v1", server.address));
    let session = session.file("ca.pem", ca);
    let ca_file = session.path("ca.pem").display().to_string();
    let session = session.config(&format!(
        "[profiles.default]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\nca_file = \"{ca_file}\"\n"
    ));
    let mut outcome =
        session.run("doctor --jq .[]|select(.check==\"tls\")|.state+\":\"+.message -r");
    outcome.take_stderr();
    let text = outcome.take_stdout();
    let code = outcome.exit_code();
    outcome.ends(code);
    (text, code)
}

#[test]
fn the_issuer_and_the_days_that_are_left() {
    let ours = Authority::new();
    let here = local().to_string();
    let answer = page(&rows([1, 2, 3]), ",\"total\":3,\"limit\":9");
    let server = Server::secured(ours.server(&here, 2020, 2099), answer.clone());
    let (text, _) = network(&server, &ours.pem);
    assert!(
        text.starts_with("ok:trusted, issued by CN=authority of the tests, valid for ")
            && text.contains(" days more ("),
        "{text}"
    );
    for (authority, years, why) in [
        (&Authority::new(), (2020, 2099), "its certificate"),
        (&ours, (2020, 2021), "its certificate has expired"),
    ] {
        let server = Server::secured(authority.server(&here, years.0, years.1), answer.clone());
        let (text, code) = network(&server, &ours.pem);
        assert!(
            text.starts_with("failed:no secure connection to ") && text.contains(why),
            "{text}"
        );
        assert_eq!((code, server.seen().len()), (6, 0), "the key was sent");
    }
}
