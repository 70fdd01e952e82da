//! The files of the configuration, and where each setting came from.

use crate::commands::doctor::report::{CheckReport, Group};
use crate::commands::doctor::wire::assignments;
use crate::config::{self, Settings};
use crate::context::Context;
use crate::model::count::counted;
use crate::model::hint::{CommandLine, Hint};

/// Checks the configuration. Returns the settings if they can be used.
pub(super) fn check(context: &Context, report: &mut CheckReport) -> Option<Settings> {
    let settings = match config::resolve(&context.flags, &context.environment) {
        Ok(settings) => settings,
        Err(error) => {
            report.failed(Group::Configuration, "settings", error);
            return None;
        }
    };
    if let Some(secret) = settings.secret.known_key() {
        context.terminal.hide(secret);
    }
    let file = match &settings.config_path {
        Some(path) if path.exists() => path.display().to_string(),
        Some(path) => format!("none yet; it would be {}", path.display()),
        None => "none, since there is no home folder".to_owned(),
    };
    report.ok(Group::Configuration, "config file", file);
    for (_, note) in &settings.notes {
        report.warning(Group::Configuration, "remark", note, Hint::default());
    }
    let profile = &settings.profile;
    sourced(report, "profile", &profile.value, &profile.source);
    if !settings.is_sandbox {
        sourced(
            report,
            "api_url",
            settings.api_url.value.as_str(),
            &settings.api_url.source,
        );
    }
    sourced(
        report,
        "request_timeout",
        &format!("{:?}", settings.request_timeout.value),
        &settings.request_timeout.source,
    );
    let access = config::access_name(settings.read_only.value);
    sourced(report, "access", access, &settings.read_only.source);
    if let Some(path) = &settings.ca_file {
        match config::read_ca_file(path) {
            Ok(_) => report.ok(Group::Configuration, "ca_file", path.display().to_string()),
            Err(error) => report.failed(Group::Configuration, "ca_file", error),
        }
    }
    if !settings.headers.is_empty() {
        let count = counted(settings.headers.len() as u64, "header");
        report.ok(
            Group::Configuration,
            "headers",
            format!("{count} for a gateway"),
        );
    }
    wire(&settings, report);
    Some(settings)
}

fn sourced(report: &mut CheckReport, check: &'static str, value: &str, source: &config::Source) {
    report.ok(
        Group::Configuration,
        check,
        format!("{value} (from {source})"),
    );
}

fn wire(settings: &Settings, report: &mut CheckReport) {
    let set = assignments(&settings.wire);
    if !set.is_empty() {
        report.ok(Group::Configuration, "wire", set.join(", "));
    }
}

/// Returns a hint that names the setting with the API's URL.
pub(super) fn api_url_hint() -> Hint {
    Hint::new("check the API URL: ").command(CommandLine::reemo("config get api_url"))
}
