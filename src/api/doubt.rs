//! Why a listing can't be proven whole, and how that is said.

use crate::api::wire::Wire;
use crate::model::error::{Error, ErrorKind};

/// Why a listing can't be proven whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A page came again for the next page number.
    PageRepeats,
    /// The API speaks of another number of computers than it listed.
    Total(u64),
    /// The API spoke of one number of computers, then of another: some came or went during the walk.
    Changed(u64, u64),
    /// An empty page stood before one with rows.
    Hole,
    /// Rows came more than once.
    Duplicates(u64),
    /// Pages grew from so many computers to so many, so that their numbers count something else.
    Resized(u64, u64),
    /// The API promises more, but nothing new comes.
    NoProgress,
    /// More pages or computers than any account has.
    Endless,
}

impl Doubt {
    /// Whether computers that came or went during the walk are the likely cause, so that another walk may do better.
    pub(super) fn may_pass(self) -> bool {
        matches!(self, Self::Changed(..) | Self::Duplicates(_) | Self::Hole)
    }

    /// The failure, after so many computers in so many pages.
    pub(super) fn failure(self, computers: u64, pages: u64, wire: &Wire) -> Error {
        let seen = format!("{computers} computers in {pages} pages");
        let why = match self {
            Self::PageRepeats => "the same page came again for the next page number".to_owned(),
            Self::Total(total) => format!("the API speaks of {total} computers in all"),
            Self::Changed(before, now) => {
                format!("the API spoke of {before} computers in all, then of {now}")
            }
            Self::Hole => "an empty page stood before one with computers".to_owned(),
            Self::Duplicates(count) => {
                format!("{count} rows came more than once, so others may have been missed")
            }
            Self::Resized(before, now) => {
                format!("its pages grew from {before} computers to {now}")
            }
            Self::NoProgress => "the API promises a further page, but nothing new comes".to_owned(),
            Self::Endless => "there is no end to it".to_owned(),
        };
        let failure = Error::new(
            ErrorKind::ListingNotWhole,
            format!("the listing can't be proven whole: {why}"),
        )
        .detail(format!("seen: {seen}"));
        match self {
            Self::PageRepeats => failure.hint(wire.paging_hint()),
            Self::Total(total) if total > computers => failure.hint(wire.paging_hint()),
            doubt if doubt.may_pass() => failure.hint("the fleet may be changing; try again"),
            _ => failure,
        }
    }
}
