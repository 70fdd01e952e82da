//! Why a listing can't be proven complete, and the message for each reason.

use crate::api::wire::Wire;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};

/// Why a listing can't be proven complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaginationError {
    /// A page came again for the next page number.
    PageRepeats,
    /// The API reports this total, but lists another number of computers.
    Total(u64),
    /// The total changed from one number to another: computers were added or removed meanwhile.
    TotalChanged(u64, u64),
    /// An empty page came before one with rows.
    EmptyPage,
    /// This number of rows came more than once.
    Duplicates(u64),
    /// Pages grew from one number of computers to another, so that page numbers don't mean what they should.
    PageGrew(u64, u64),
    /// The API ignores paging, and the number of rows in its response may be a limit.
    RoundCount,
    /// The page before the first one has `new` rows that no other page has, and `known` rows that others have.
    PageBefore { new: u64, known: u64 },
    /// The API said that it sent a part of the list (206 with `Content-Range`).
    Partial,
    /// The API promises a further page, but sends nothing new.
    NoProgress,
    /// More pages or computers than any account has.
    Endless,
}

impl PaginationError {
    /// Returns whether computers that were added or removed meanwhile are the likely cause, so that listing again may help.
    pub(super) fn fleet_may_have_moved(self) -> bool {
        match self {
            Self::TotalChanged(..) | Self::Duplicates(_) | Self::EmptyPage => true,
            // It is the first page again, with a computer that was added meanwhile.
            Self::PageBefore { known, .. } => known > 0,
            _ => false,
        }
    }

    /// Returns the error after this number of computers and pages.
    pub(super) fn into_error(self, computers: u64, pages: u64, wire: &Wire) -> Error {
        let error = Error::new(
            ErrorKind::ListingNotWhole,
            format!("the listing may be incomplete: {}", self.reason(computers)),
        )
        .detail(format!(
            "seen: {} in {}",
            counted(computers, "computer"),
            counted(pages, "page")
        ));
        match self {
            Self::PageRepeats | Self::RoundCount | Self::Partial => error.hint(wire.paging_hint()),
            Self::PageBefore { .. } => error.hint(wire.first_page_hint()),
            Self::Total(total) if total > computers => error.hint(wire.paging_hint()),
            _ if self.fleet_may_have_moved() => {
                error.hint("computers may have been added or removed meanwhile; try again")
            }
            _ => error,
        }
    }

    fn reason(self, computers: u64) -> String {
        match self {
            Self::PageRepeats => "the same page came again for the next page number".to_owned(),
            Self::Total(total) => {
                format!("the API reports {} in total", counted(total, "computer"))
            }
            Self::TotalChanged(before, now) => {
                let before = counted(before, "computer");
                format!("the API's total changed from {before} to {now}")
            }
            Self::EmptyPage => "an empty page came before one with computers".to_owned(),
            Self::Duplicates(count) => {
                let rows = counted(count, "row");
                format!("{rows} came more than once, so others may have been missed")
            }
            Self::PageGrew(before, now) => {
                format!(
                    "its pages grew from {} to {now}",
                    counted(before, "computer")
                )
            }
            Self::RoundCount => format!(
                "the API ignores paging, and {computers} computers may be the most that it sends"
            ),
            Self::PageBefore { new, .. } => {
                let further = counted(new, "further computer");
                format!("the page before the first one has {further}")
            }
            Self::Partial => "the API sends only a part of it (206 with Content-Range)".to_owned(),
            Self::NoProgress => "the API promises a further page, but nothing new comes".to_owned(),
            Self::Endless => "the API sends page after page without an end".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PaginationError;

    #[test]
    fn listing_again_helps_only_if_the_fleet_may_have_moved() {
        for (error, is_moved) in [
            (PaginationError::TotalChanged(5, 4), true),
            (PaginationError::Duplicates(1), true),
            (PaginationError::EmptyPage, true),
            (PaginationError::PageBefore { new: 1, known: 1 }, true),
            (PaginationError::PageBefore { new: 1, known: 0 }, false),
            (PaginationError::PageRepeats, false),
            (PaginationError::Total(5), false),
            (PaginationError::NoProgress, false),
        ] {
            assert_eq!(error.fleet_may_have_moved(), is_moved, "{error:?}");
        }
    }
}
