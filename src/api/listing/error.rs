//! Why a listing can't be proven whole, and how that is told.

use crate::api::wire::Wire;
use crate::model::error::{Error, ErrorKind};

/// Why a listing can't be proven whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaginationError {
    /// A page came again for the next page number.
    PageRepeats,
    /// The API gives another number of computers than it listed.
    Total(u64),
    /// The API gave one number of computers, then another: some came or went meanwhile.
    TotalChanged(u64, u64),
    /// An empty page came before one with rows.
    EmptyPage,
    /// So many rows came more than once.
    Duplicates(u64),
    /// Pages grew from so many computers to so many, so that their numbers count something else.
    PageGrew(u64, u64),
    /// The API ignores paging, and the number of rows that it sends may be a limit.
    RoundCount,
    /// The page before the first one has rows that no other page has, besides so many that others have.
    PageBefore { new: u64, known: u64 },
    /// The API said that it sent a part of the list (206 with `Content-Range`).
    Partial,
    /// The API promises more, but nothing new comes.
    NoProgress,
    /// More pages or computers than any account has.
    Endless,
}

impl PaginationError {
    /// Whether computers that came or went meanwhile are the likely cause, so that another listing may do better.
    pub(super) fn fleet_may_have_moved(self) -> bool {
        match self {
            Self::TotalChanged(..) | Self::Duplicates(_) | Self::EmptyPage => true,
            // It is the first page again, with a computer that came meanwhile.
            Self::PageBefore { known, .. } => known > 0,
            _ => false,
        }
    }

    /// The error, after so many computers in so many pages.
    pub(super) fn into_error(self, computers: u64, pages: u64, wire: &Wire) -> Error {
        let error = Error::new(
            ErrorKind::ListingNotWhole,
            format!(
                "the listing can't be proven whole: {}",
                self.reason(computers)
            ),
        )
        .detail(format!(
            "seen: {} in {}",
            plural(computers, "computer"),
            plural(pages, "page")
        ));
        match self {
            Self::PageRepeats | Self::RoundCount | Self::Partial => error.hint(wire.paging_hint()),
            Self::PageBefore { .. } => error.hint(wire.first_page_hint()),
            Self::Total(total) if total > computers => error.hint(wire.paging_hint()),
            _ if self.fleet_may_have_moved() => error.hint("the fleet may be changing; try again"),
            _ => error,
        }
    }

    fn reason(self, computers: u64) -> String {
        match self {
            Self::PageRepeats => "the same page came again for the next page number".to_owned(),
            Self::Total(total) => {
                format!("the API speaks of {} in all", plural(total, "computer"))
            }
            Self::TotalChanged(before, now) => {
                let before = plural(before, "computer");
                format!("the API spoke of {before} in all, then of {now}")
            }
            Self::EmptyPage => "an empty page stood before one with computers".to_owned(),
            Self::Duplicates(count) => {
                let rows = plural(count, "row");
                format!("{rows} came more than once, so others may have been missed")
            }
            Self::PageGrew(before, now) => {
                format!(
                    "its pages grew from {} to {now}",
                    plural(before, "computer")
                )
            }
            Self::RoundCount => format!(
                "the API ignores paging, and {computers} computers may be as many as it ever sends"
            ),
            Self::PageBefore { new, .. } => {
                let further = plural(new, "further computer");
                format!("the page before the first one has {further}")
            }
            Self::Partial => "the API sends only a part of it (206 with Content-Range)".to_owned(),
            Self::NoProgress => "the API promises a further page, but nothing new comes".to_owned(),
            Self::Endless => "there is no end to it".to_owned(),
        }
    }
}

fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
