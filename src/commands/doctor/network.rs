//! The way to the API: name, proxy, connection, certificate.

use std::net::TcpStream;
use std::time::Duration;

use crate::api::probe::certificate::ServerCertificate;
use crate::api::probe::network::NetworkPath;
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::Settings;
use crate::context::ca_file;
use crate::model::count::counted;

/// A certificate that ends within this time is worth a warning.
const SOON: Duration = Duration::from_hours(14 * 24);

/// No step takes longer than this, whatever the time limit of a request is.
const LONGEST: Duration = Duration::from_secs(20);

/// Checks the way to the API. Returns whether it can be reached.
pub(super) fn check(settings: &Settings, report: &mut CheckReport) -> bool {
    const NETWORK: Group = Group::Network;
    if settings.is_sandbox {
        report.ok(
            NETWORK,
            "connection",
            "the sandbox runs inside this program",
        );
        return true;
    }
    let timeout = settings.request_timeout.value.min(LONGEST);
    let route = match NetworkPath::new(settings.api_url.value.as_str()) {
        Ok(route) => route,
        Err(error) => {
            report.failed(NETWORK, "proxy", error);
            return false;
        }
    };
    if let Some(proxy) = &route.proxy {
        report.ok(
            NETWORK,
            "proxy",
            format!("through {proxy}, as the environment says"),
        );
    }
    let addresses = match route.look_up(timeout) {
        Ok((addresses, time)) => {
            if !route.is_address() {
                let count = match addresses.len() {
                    1 => "1 address".to_owned(),
                    count => format!("{count} addresses"),
                };
                let message = format!("{} has {count} ({})", route.host, ms(time));
                report.ok(NETWORK, "dns", message);
            }
            addresses
        }
        Err(error) => {
            report.failed(NETWORK, "dns", error);
            return false;
        }
    };
    match route.connect(&addresses, timeout) {
        Ok((stream, time)) => {
            report.ok(NETWORK, "connection", format!("opened ({})", ms(time)));
            check_tls(&route, stream, settings, timeout, report)
        }
        Err(error) => {
            report.failed(NETWORK, "connection", error);
            false
        }
    }
}

fn check_tls(
    route: &NetworkPath,
    stream: TcpStream,
    settings: &Settings,
    timeout: Duration,
    report: &mut CheckReport,
) -> bool {
    if !route.is_tls {
        report.ok(
            Group::Network,
            "tls",
            "not used, because the API runs on this machine",
        );
        return true;
    }
    if route.proxy.is_some() {
        // The tunnel is opened by the first request, which fails if the certificate can't be trusted.
        return true;
    }
    // A file that can't be read has failed the configuration.
    let ca_file = ca_file(settings).ok().flatten();
    match route.open_tls(stream, ca_file.as_ref(), timeout) {
        Ok((certificate, time)) => {
            tls(certificate, time, report);
            true
        }
        Err(error) => {
            report.failed(Group::Network, "tls", error);
            false
        }
    }
}

fn tls(certificate: Option<ServerCertificate>, time: Duration, report: &mut CheckReport) {
    let Some(ServerCertificate { issuer, left }) = certificate else {
        report.ok(Group::Network, "tls", format!("trusted ({})", ms(time)));
        return;
    };
    let days = counted(left.as_secs() / 86400, "day");
    let issuer = match issuer.as_str() {
        "" => "an authority without a name",
        name => name,
    };
    let message = format!(
        "trusted, issued by {issuer}, valid for {days} more ({})",
        ms(time)
    );
    if left < SOON {
        report.warning(
            Group::Network,
            "tls",
            message,
            "whoever runs the API has to renew its certificate",
        );
    } else {
        report.ok(Group::Network, "tls", message);
    }
}

/// Returns a time in milliseconds.
pub(super) fn ms(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}
