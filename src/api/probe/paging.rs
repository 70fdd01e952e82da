//! The parameters of paging: the page size, the page number, and what the first page is called.

use crate::api::probe::answer::{Answer, Control, Query};
use crate::api::probe::contact::FirstListing;
use crate::api::probe::hunt::{Found, hunt};
use crate::api::wire::Wire;
use crate::api::wire::probes::{LIMITS, OFFSETS, PAGES};

/// The page size that this program asks for.
const LARGE: u64 = 1000;

/// With fewer computers, no answer to a page tells one parameter from another.
const MIN_COMPUTERS: usize = 2;

/// How an instance pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The parameter that carries the page size.
    pub limit: Found<String>,
    /// The parameter that carries the page number.
    pub page: Found<PageNumbers>,
    /// Whether it pages by the number of computers to skip, which this program can't do.
    pub by_offset: bool,
    /// The largest page.
    pub cap: Cap,
}

impl Paging {
    const UNKNOWN: Self = Self {
        limit: Found::Unknown,
        page: Found::Unknown,
        by_offset: false,
        cap: Cap::NotSeen,
    };
}

/// The parameter that carries the page number, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageNumbers {
    /// Its name.
    pub name: String,
    /// The number of the first page.
    pub first: u64,
}

/// What a request for a large page comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cap {
    /// The largest page has so many computers.
    At(u64),
    /// A large page is rejected.
    Rejected,
    /// The whole fleet came, or nothing follows.
    NotSeen,
}

/// Finds the parameters: those in force first, then the other usual names.
pub(super) fn find(
    fleet: &FirstListing,
    control: Control,
    in_force: &Wire,
    ask: &mut dyn FnMut(Query) -> Answer,
) -> Paging {
    let listed = &*fleet.keys;
    if listed.len() < MIN_COMPUTERS {
        return Paging::UNKNOWN;
    }
    let limit = with_others(&in_force.limit, &LIMITS, control, &mut |names| {
        sizes_one(&ask(pairs(names, 1)), listed)
    });
    let size = match &limit {
        Found::Is(name) => Some(name.as_str()),
        _ => None,
    };
    let mut first_page = 1;
    let name = with_others(&in_force.page, &PAGES, control, &mut |names| {
        let first = first_page_of(names, size, listed, ask)?;
        first_page = first.unwrap_or(first_page);
        Some(first.is_some())
    });
    let page = match name {
        Found::Is(name) => Found::Is(PageNumbers {
            name,
            first: first_page,
        }),
        Found::Nothing => Found::Nothing,
        Found::Unknown => Found::Unknown,
    };
    Paging {
        by_offset: page == Found::Nothing && pages_by_offset(size, listed, control, ask),
        limit,
        page,
        cap: Cap::NotSeen,
    }
}

/// Looks at the parameters in force alone.
pub(super) fn in_force(
    listed: &[String],
    in_force: &Wire,
    ask: &mut dyn FnMut(Query) -> Answer,
) -> Paging {
    if listed.len() < MIN_COMPUTERS {
        return Paging::UNKNOWN;
    }
    let limit = in_force.limit.clone();
    let name = in_force.page.clone();
    let sizes_one = sizes_one(&ask(pairs(&[&limit], 1)), listed);
    let size = (sizes_one == Some(true)).then_some(limit.as_str());
    let page = match first_page_of(&[&name], size, listed, ask) {
        Some(Some(first)) => Found::Is(PageNumbers { name, first }),
        Some(None) => Found::Nothing,
        None => Found::Unknown,
    };
    Paging {
        limit: match sizes_one {
            Some(true) => Found::Is(limit),
            Some(false) => Found::Nothing,
            None => Found::Unknown,
        },
        page,
        by_offset: false,
        cap: Cap::NotSeen,
    }
}

/// Asks for a large page.
pub(super) fn cap(
    paging: &Paging,
    fleet: &FirstListing,
    ask: &mut dyn FnMut(Query) -> Answer,
) -> Cap {
    let Found::Is(limit) = &paging.limit else {
        return Cap::NotSeen;
    };
    match ask(pairs(&[limit], LARGE)) {
        Answer::Rows(rows) => {
            let count = rows.len() as u64;
            let is_cut = fleet.total.is_some_and(|total| total > count) && count < LARGE;
            if is_cut { Cap::At(count) } else { Cap::NotSeen }
        }
        Answer::Rejected => Cap::Rejected,
        Answer::Unclear => Cap::NotSeen,
    }
}

/// Tries the name in force by itself, then the other ones.
fn with_others(
    in_force: &str,
    usual: &[&str],
    control: Control,
    works: &mut dyn FnMut(&[&str]) -> Option<bool>,
) -> Found<String> {
    let known = works(&[in_force]);
    if known == Some(true) {
        return Found::Is(in_force.to_owned());
    }
    let others: Vec<&str> = usual
        .iter()
        .copied()
        .filter(|name| *name != in_force)
        .collect();
    match hunt(&others, control.allows_together(), works) {
        Found::Is(name) => Found::Is(name.to_owned()),
        Found::Nothing if known == Some(false) => Found::Nothing,
        _ => Found::Unknown,
    }
}

fn pairs(names: &[&str], value: u64) -> Query {
    let name = |name: &&str| ((*name).to_owned(), value.to_string());
    names.iter().map(name).collect()
}

/// Whether a parameter with the value 1 makes pages of one computer: the answer is exactly the first one. `None` if nothing
/// follows from the answer.
fn sizes_one(answer: &Answer, listed: &[String]) -> Option<bool> {
    match answer {
        Answer::Rows(rows) => Some(rows[..] == listed[..1]),
        Answer::Rejected => Some(false),
        Answer::Unclear => None,
    }
}

/// Returns the number of the first page if one of `names` carries page numbers, and `None` inside if none does. The outer `None`
/// is for answers from which nothing follows.
#[expect(clippy::option_option, reason = "unknown, then none or the number")]
fn first_page_of(
    names: &[&str],
    limit: Option<&str>,
    listed: &[String],
    ask: &mut dyn FnMut(Query) -> Answer,
) -> Option<Option<u64>> {
    let Some(limit) = limit else {
        return first_of_whole_pages(names, listed, ask);
    };
    let mut page = |number| {
        let query = [pairs(&[limit], 1), pairs(names, number)].concat();
        ask(query)
    };
    match page(2) {
        Answer::Unclear => None,
        Answer::Rows(rows) if rows[..] == listed[1..2] => Some(Some(1)),
        Answer::Rows(rows) if listed.len() > 2 && rows[..] == listed[2..3] => Some(Some(0)),
        // With two computers, and pages from 0, there is nothing on page 2.
        Answer::Rows(rows) if !rows.is_empty() => Some(None),
        _ if listed.len() > 2 => Some(None),
        _ => match page(1) {
            Answer::Rows(rows) if rows[..] == listed[1..2] => Some(Some(0)),
            Answer::Rows(_) | Answer::Rejected => Some(None),
            Answer::Unclear => None,
        },
    }
}

/// Returns what [`first_page_of`] does where the page size can't be chosen: pages are as large as the listing without
/// parameters.
#[expect(clippy::option_option, reason = "unknown, then none or the number")]
fn first_of_whole_pages(
    names: &[&str],
    listed: &[String],
    ask: &mut dyn FnMut(Query) -> Answer,
) -> Option<Option<u64>> {
    let is_new = |rows: &[String]| !rows.is_empty() && rows.iter().all(|row| !listed.contains(row));
    match (ask(pairs(names, 1)), ask(pairs(names, 2))) {
        (Answer::Unclear, _) | (_, Answer::Unclear) => None,
        (Answer::Rows(one), _) if is_new(&one) => Some(Some(0)),
        (Answer::Rows(one), Answer::Rows(two)) if one == listed && is_new(&two) => Some(Some(1)),
        (Answer::Rows(one), Answer::Rows(two)) if one == listed && two == listed => Some(None),
        (Answer::Rejected, Answer::Rejected) => Some(None),
        // The whole fleet may be on the first page, or the name be taken for a property.
        _ => None,
    }
}

/// Whether a parameter with the value 1 skips the first computer.
fn pages_by_offset(
    limit: Option<&str>,
    listed: &[String],
    control: Control,
    ask: &mut dyn FnMut(Query) -> Answer,
) -> bool {
    let Some(limit) = limit else {
        return false;
    };
    let found = hunt(
        &OFFSETS,
        control.allows_together(),
        &mut |names| match ask([pairs(&[limit], 1), pairs(names, 1)].concat()) {
            Answer::Rows(rows) => Some(rows[..] == listed[1..2]),
            Answer::Rejected => Some(false),
            Answer::Unclear => None,
        },
    );
    matches!(found, Found::Is(_))
}
