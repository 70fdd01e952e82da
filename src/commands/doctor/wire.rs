//! Compares how the API behaves, where its reference is silent, with the settings in force.

use crate::api::client::Client;
use crate::api::probe::{
    self, Cap, FilterVerdict, FirstListing, Found, Missing, PageNumbers, Single, WireVerdicts,
};
use crate::api::wire::Wire;
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::{self, SettingKey, Settings};
use crate::context::Context;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::wire_overrides::WireOverrides;

const WIRE: Group = Group::Wire;

/// What is compared: the names in force, what differs from them, and whether that was stored.
struct WireComparison {
    in_force: Wire,
    differs: WireOverrides,
    is_stored: bool,
}

/// Adds the checks. With `write`, what differs is stored in the profile.
pub(super) fn check(
    write: bool,
    context: &Context,
    settings: &Settings,
    client: &Client,
    fleet: &FirstListing,
    verdicts: &WireVerdicts,
    report: &mut CheckReport,
) {
    report.ok(WIRE, "listing", listing(fleet));
    let differs = probe::differences(client, verdicts);
    let mut is_stored = false;
    if differs != WireOverrides::default() {
        if write {
            match store(context, settings, &differs) {
                Ok(()) => is_stored = true,
                Err(error) => report.failed(WIRE, "stored", error),
            }
        } else {
            report.block = block(&settings.profile.value, &differs);
        }
    }
    let comparison = WireComparison {
        in_force: client.wire.clone(),
        differs,
        is_stored,
    };
    comparison.limit(fleet, verdicts, report);
    comparison.page(fleet, verdicts, report);
    comparison.filter(fleet, verdicts, report);
    objects(fleet, verdicts, report);
}

fn listing(fleet: &FirstListing) -> String {
    let total = match fleet.total {
        Some(_) => "a total",
        None => "no total",
    };
    let state = match fleet.state_property {
        Some(name) => format!(", state in {name}"),
        None => String::new(),
    };
    format!("readable, {total}{state}")
}

impl WireComparison {
    fn limit(&self, fleet: &FirstListing, verdicts: &WireVerdicts, report: &mut CheckReport) {
        let limit = &self.in_force.limit;
        match &verdicts.paging.limit {
            Found::Is(name) if self.differs.limit.is_none() => {
                let cap = match verdicts.paging.cap {
                    Cap::At(size) => format!(", at most {size}"),
                    Cap::Rejected => ", and 1000 is rejected".to_owned(),
                    Cap::NotSeen => String::new(),
                };
                report.ok(WIRE, "limit", format!("{name} sets the page size{cap}"));
            }
            Found::Is(name) => self.differing(
                report,
                "limit",
                format!("{name} sets the page size, not {limit}"),
                false,
            ),
            Found::Nothing if sends_all(fleet) => {
                report.ok(WIRE, "limit", "every listing is sent whole");
            }
            Found::Nothing => report.warning(
                WIRE,
                "limit",
                format!("{limit} does not set the page size, and no other usual name does"),
                wire_hint("limit"),
            ),
            Found::Unknown => unknown(report, "limit", fleet),
        }
    }

    fn page(&self, fleet: &FirstListing, verdicts: &WireVerdicts, report: &mut CheckReport) {
        let page = &self.in_force.page;
        let first_page = self.in_force.first_page;
        match &verdicts.paging.page {
            Found::Is(PageNumbers { name, first })
                if self.differs.page.is_none() && self.differs.first_page.is_none() =>
            {
                report.ok(
                    WIRE,
                    "page",
                    format!("{name} chooses the page, from {first}"),
                );
            }
            Found::Is(PageNumbers { name, first }) => self.differing(
                report,
                "page",
                if name == page {
                    format!("{name} counts pages from {first}, not from {first_page}")
                } else {
                    format!("{name} chooses the page, from {first}, not {page}, from {first_page}")
                },
                true,
            ),
            Found::Nothing if verdicts.paging.by_offset => {
                let message = "pages are chosen by the number of computers to skip, which this program can't do";
                let error = Error::new(ErrorKind::ListingNotWhole, message);
                report.failed(WIRE, "page", error.hint("report this to the reemo project"));
            }
            Found::Nothing if sends_all(fleet) => {
                report.ok(WIRE, "page", "every listing is sent whole");
            }
            Found::Nothing
                if fleet.total.is_none()
                    && !fleet.has_more
                    && verdicts.paging.limit == Found::Nothing =>
            {
                let count = counted(fleet.len() as u64, "computer");
                report.warning(
                    WIRE,
                    "page",
                    format!("paging is ignored, and nothing says whether {count} are all"),
                    wire_hint("page"),
                );
            }
            Found::Nothing => {
                let message = format!(
                    "{page} does not choose the page, and no other usual name does: larger listings can't be read whole"
                );
                let error = Error::new(ErrorKind::ListingNotWhole, message);
                report.failed(WIRE, "page", error.hint(wire_hint("page")));
            }
            Found::Unknown => unknown(report, "page", fleet),
        }
    }

    fn filter(&self, fleet: &FirstListing, verdicts: &WireVerdicts, report: &mut CheckReport) {
        let filter = &self.in_force.filter;
        match &verdicts.filter {
            FilterVerdict::Works { template, is_loose } => {
                let how = match is_loose {
                    Some(true) => ", and finds parts of a name too",
                    Some(false) => ", and finds whole names",
                    None => "",
                };
                if self.differs.filter.is_none() {
                    report.ok(WIRE, "filter", format!("{template} filters{how}"));
                } else {
                    let message = format!("{template} filters{how}, not {filter}");
                    self.differing(report, "filter", message, false);
                }
            }
            FilterVerdict::Nothing { is_rejected } => {
                let how = if *is_rejected { "rejects" } else { "ignores" };
                let message = format!("the API {how} {filter}, and knows no other usual form");
                self.differing(report, "filter", message, false);
            }
            FilterVerdict::Off => {
                report.ok(WIRE, "filter", "not sent, as the profile says");
            }
            FilterVerdict::Unknown => unknown(report, "filter", fleet),
        }
    }

    /// Adds a check whose verdict differs from the settings in force. Without the right page a listing can't be read whole; the
    /// other settings only save requests.
    fn differing(
        &self,
        report: &mut CheckReport,
        check: &'static str,
        message: String,
        is_needed: bool,
    ) {
        if self.is_stored {
            return report.ok(WIRE, check, format!("{message} (now stored)"));
        }
        let hint = Hint::new("to store it: ").command(CommandLine::reemo("doctor --write"));
        if is_needed {
            let error = Error::new(ErrorKind::ListingNotWhole, message);
            report.failed(WIRE, check, error.hint(hint));
        } else {
            report.warning(WIRE, check, message, hint);
        }
    }
}

/// Whether the listing without parameters had every computer.
fn sends_all(fleet: &FirstListing) -> bool {
    !fleet.has_more && fleet.total.is_some_and(|total| total <= fleet.len() as u64)
}

fn unknown(report: &mut CheckReport, check: &'static str, fleet: &FirstListing) {
    let why = match fleet.len() {
        0 => "the account has no computer to try it with",
        1 => "the account has only one computer to try it with",
        2 => "the account has only two computers to try it with",
        _ => "the answers prove nothing",
    };
    report.unknown(WIRE, check, why, None);
}

fn wire_hint(setting: &str) -> Hint {
    Hint::new(format!("if you know the name, set wire.{setting}: "))
        .command(CommandLine::reemo("config set --help").in_any_profile())
}

fn objects(fleet: &FirstListing, verdicts: &WireVerdicts, report: &mut CheckReport) {
    match verdicts.single {
        Some(Single::Read) => report.ok(WIRE, "computer", "one computer can be read by its id"),
        Some(Single::Unreadable) => {
            failed_object(report, "the response does not contain that computer");
        }
        Some(Single::Status(429 | 500..)) => unclear(report, "computer"),
        Some(Single::Status(status)) => failed_object(report, &format!("status {status}")),
        None if fleet.len() == 0 => unknown(report, "computer", fleet),
        None => unclear(report, "computer"),
    }
    match verdicts.missing {
        Some(Missing::Proven) => {
            report.ok(WIRE, "absence", "an unknown id is answered with 404 in JSON");
        }
        Some(Missing::Unproven) => report.warning(
            WIRE,
            "absence",
            "an id that no computer has is 404 without JSON, which a gateway could have sent, so reemo can't tell for certain that a computer is gone",
            Hint::default(),
        ),
        Some(Missing::Status(429 | 500..)) | None => unclear(report, "absence"),
        Some(Missing::Status(status)) => report.warning(
            WIRE,
            "absence",
            format!("an id that no computer has is answered with status {status}, not 404, so reemo can't tell for certain that a computer is gone"),
            Hint::default(),
        ),
    }
}

fn failed_object(report: &mut CheckReport, why: &str) {
    let message = format!("one computer can't be read by its id: {why}");
    let error = Error::new(ErrorKind::InvalidResponse, message);
    report.failed(WIRE, "computer", error);
}

fn unclear(report: &mut CheckReport, check: &'static str) {
    let hint = Hint::new("try again: ").command(CommandLine::reemo("doctor"));
    report.unknown(WIRE, check, "the API did not answer it", Some(hint));
}

/// Returns the settings that are given, as `config set` takes them.
fn settings_of(wire: &WireOverrides) -> Vec<(&'static str, String)> {
    let text = |name, value: &Option<String>| value.clone().map(|value| (name, value));
    [
        text("page", &wire.page),
        text("limit", &wire.limit),
        wire.first_page
            .map(|number| ("first_page", number.to_string())),
        text("filter", &wire.filter),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn store(context: &Context, settings: &Settings, differs: &WireOverrides) -> Result<(), Error> {
    let no_place = || Error::new(ErrorKind::Config, "there is no place for a config file");
    let path = settings.config_path.as_ref().ok_or_else(no_place)?;
    let profile = &settings.profile.value;
    config::change(path, &mut Vec::new(), |file| {
        for (name, value) in settings_of(differs) {
            let key = SettingKey::parse(&format!("wire.{name}"), profile)?;
            file.set(&key, &value)?;
        }
        Ok(())
    })?;
    let text = format!("stored the wire settings of profile {profile:?}");
    context.terminal.note("wire_stored", &text);
    Ok(())
}

/// Returns what to put into the config file.
fn block(profile: &str, differs: &WireOverrides) -> String {
    let lines = assignments(differs).join("\n");
    format!("[profiles.{profile}.wire]\n{lines}\n")
}

/// Returns the settings that are given as the config file writes them.
pub(super) fn assignments(wire: &WireOverrides) -> Vec<String> {
    let assignment = |(name, value): (&str, String)| match name {
        "first_page" => format!("{name} = {value}"),
        _ => format!("{name} = {value:?}"),
    };
    settings_of(wire).into_iter().map(assignment).collect()
}

/// Returns three lines on an account that was just logged in to.
pub(super) fn brief(
    context: &Context,
    client: &Client,
    fleet: &FirstListing,
    verdicts: &WireVerdicts,
) -> [String; 3] {
    let paging = &verdicts.paging;
    let fits = match (&paging.page, &paging.limit) {
        (Found::Nothing, _) | (_, Found::Nothing) if sends_all(fleet) => Some(true),
        (Found::Nothing, _) | (_, Found::Nothing) => Some(false),
        (Found::Is(_), Found::Is(_)) => {
            Some(probe::differences(client, verdicts) == WireOverrides::default())
        }
        _ => None,
    };
    let command = |words| {
        let profile = context.terminal.style().profile.as_deref();
        Hint::from(CommandLine::reemo(words)).render(profile)
    };
    let paging = match fits {
        Some(true) => "paging is as the settings say".to_owned(),
        Some(false) => format!(
            "paging does not work as configured; to detect and store the right settings: {}",
            command("doctor --write")
        ),
        None => format!(
            "paging can't be tried with {}; once there are more: {}",
            counted(fleet.len() as u64, "computer"),
            command("doctor")
        ),
    };
    [
        "the API accepts the secret key".to_owned(),
        format!("the listing is {}", listing(fleet)),
        paging,
    ]
}
