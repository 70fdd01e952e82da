//! What answered the first request, in words: the API, or something else that `api_url` names by mistake.

use std::time::{Duration, SystemTime};

use crate::api::probe::{Contact, FirstContact, WrongApi};
use crate::commands::doctor::configuration::api_url_hint;
use crate::commands::doctor::network::ms;
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::Settings;
use crate::exit;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// Clocks that differ by less are fine.
const SKEW: Duration = Duration::from_mins(2);

/// Adds the checks of the network, the credentials and the API that the first request settles.
pub(super) fn check(first: &FirstContact, settings: &Settings, report: &mut CheckReport) {
    if let Some(elapsed) = first.elapsed {
        let message = format!("came ({})", ms(elapsed));
        report.ok(Group::Network, "answer", message);
    }
    if let Some((server, here)) = first.clocks {
        clocks(server, here, report);
    }
    match &first.contact {
        Contact::Listing(_) => {
            report.ok(
                Group::Credentials,
                "access",
                "the API accepts the secret key",
            );
        }
        Contact::Refused(status) => {
            let message = format!("the API refused the secret key (status {status})");
            let error = Error::new(ErrorKind::CredentialsRefused, message);
            report.failed(Group::Credentials, "access", error);
        }
        Contact::Wrong(wrong) => {
            let error = Error::new(ErrorKind::InvalidResponse, words(wrong, first, settings));
            let error = error.hint(hint(first, settings));
            report.failed(Group::Wire, "api", error);
        }
        Contact::Unclear(429) => {
            let message = "the API limits the rate of requests now (status 429)";
            report.failed(
                Group::Wire,
                "api",
                Error::new(ErrorKind::RateLimited, message),
            );
        }
        Contact::Unclear(status) => {
            let message = format!("the API, or a gateway before it, failed (status {status})");
            report.failed(
                Group::Wire,
                "api",
                Error::new(ErrorKind::ServerError, message),
            );
        }
        Contact::Unreachable(error) => unreachable(error.clone(), settings, report),
    }
}

fn unreachable(error: Error, settings: &Settings, report: &mut CheckReport) {
    let group = match exit::code(error.kind).1 {
        7 => Group::Wire,
        _ => Group::Network,
    };
    let status = error.request.as_ref().and_then(|request| request.status);
    let is_plain = settings.api_url.value.as_str().starts_with("http://");
    let error = match error.kind {
        // What came has no status.
        ErrorKind::InvalidResponse if is_plain && status.is_none() => Error::new(
            error.kind,
            "the server does not speak http: it may expect https, and api_url begins with http://",
        )
        .hint(api_url_hint()),
        _ => error,
    };
    report.failed(group, "answer", error);
}

fn clocks(server: SystemTime, here: SystemTime, report: &mut CheckReport) {
    let (skew, how) = match server.duration_since(here) {
        Ok(behind) => (behind, "behind"),
        Err(error) => (error.duration(), "ahead of"),
    };
    if skew < SKEW {
        report.ok(Group::Network, "clock", "agrees with the server's");
    } else {
        report.warning(
            Group::Network,
            "clock",
            format!("this machine's clock is {} {how} the server's", rough(skew)),
            "set the clock: certificates and filters by time depend on it",
        );
    }
}

/// Returns a time in its largest unit.
fn rough(time: Duration) -> String {
    let minutes = time.as_secs() / 60;
    match minutes {
        0..120 => counted(minutes, "minute"),
        120..2880 => counted(minutes / 60, "hour"),
        _ => counted(minutes / 1440, "day"),
    }
}

/// Says what answered in place of the API.
fn words(wrong: &WrongApi, first: &FirstContact, settings: &Settings) -> String {
    if first.is_under_v1 {
        return "api_url leaves out /v1: the API is there".to_owned();
    }
    let url = settings.api_url.value.as_str();
    match wrong {
        WrongApi::Redirect {
            origin: Some(origin),
            is_same_host: false,
        } => format!(
            "{url} redirects to {origin}: a captive portal or a login page answers, or the API has moved"
        ),
        WrongApi::Redirect { origin: None, .. } => {
            format!(
                "{url} redirects to an address that can't be read: it is not the API's base URL"
            )
        }
        WrongApi::Redirect { .. } => {
            format!(
                "{url} redirects to another page of the same server: it is not the API's base URL"
            )
        }
        WrongApi::WebPage(511) => {
            "a captive portal wants a login before this network can be used (status 511)".to_owned()
        }
        WrongApi::WebPage(status) => format!(
            "a web page answers at {url} (status {status}): it is a website, a login page or a captive portal, not the API"
        ),
        WrongApi::NothingThere(true) => {
            format!(
                "an API answers at {url}, but it has no /computers (status 404): another path or another product's API"
            )
        }
        WrongApi::NothingThere(false) => {
            format!(
                "there is nothing at {url}/computers (status 404): it is not the API's base URL"
            )
        }
        WrongApi::Rejected(status) => format!(
            "{url} rejects the listing of computers (status {status}): another product's API, or another version of it"
        ),
        WrongApi::OtherJson => {
            format!(
                "{url} answers with JSON that is not a list of computers: another product's API"
            )
        }
        WrongApi::OtherRows => {
            format!("{url} lists things that are not Reemo computers: another product's API")
        }
        WrongApi::Other(status) => {
            format!(
                "what answers at {url} is neither JSON nor a web page (status {status}): it is not the API"
            )
        }
    }
}

fn hint(first: &FirstContact, settings: &Settings) -> Hint {
    let url = settings.api_url.value.as_str();
    let set = |url: String| Hint::from(CommandLine::reemo("config set api_url").arg(url));
    if first.is_under_v1 {
        return set(format!("{url}/v1"));
    }
    if let Some(base) = url.strip_suffix("/computers") {
        return set(base.to_owned());
    }
    let is_default_host = ["https://reemo.io", "https://www.reemo.io"]
        .iter()
        .any(|site| url.starts_with(site));
    if is_default_host {
        return Hint::new("the public API is at another address: ").command(CommandLine::reemo(
            "auth login --api-url https://restapi.reemo.io/v1",
        ));
    }
    api_url_hint()
}
