use super::{MAX_COMPUTERS, MAX_PAGES, Paginator, Verdict};
use crate::api::listing::error::PaginationError;
use crate::api::wire::{PageInfo, Wire};
use crate::model::error::ErrorKind;
use crate::model::wire_overrides::WireOverrides;

/// Adds pages of row hashes with the same hints until something but `More` follows.
fn paginate(pages: &[&[u64]], hints: PageInfo) -> (Verdict, u64) {
    let mut paginator = Paginator::new(3, false);
    for page in pages {
        let (_, step) = paginator.add(page.to_vec(), hints);
        if step != Verdict::More {
            return (step, paginator.count());
        }
    }
    (Verdict::More, paginator.count())
}

fn total(total: u64) -> PageInfo {
    PageInfo {
        total: Some(total),
        ..PageInfo::default()
    }
}

#[test]
fn what_proves_a_listing_whole() {
    let sized = |sum, size| PageInfo {
        total: Some(sum),
        size: Some(size),
        ..PageInfo::default()
    };
    for (pages, hints, step, count) in [
        // A total and a short page agree.
        (&[&[1, 2][..]][..], sized(2, 3), Verdict::Whole, 2),
        (&[&[1, 2, 3], &[4]], total(4), Verdict::Whole, 4),
        (&[&[]], total(0), Verdict::Whole, 0),
        // A full page, or a size that is not known, is confirmed.
        (&[&[1, 2, 3]], total(3), Verdict::More, 3),
        (&[&[1, 2, 3], &[]], total(3), Verdict::Whole, 3),
        (&[&[1, 2], &[3]], PageInfo::default(), Verdict::More, 3),
        // Without a total, so is an empty page.
        (&[&[1, 2], &[]], PageInfo::default(), Verdict::More, 2),
        (&[&[1, 2], &[], &[]], PageInfo::default(), Verdict::Whole, 2),
        (&[&[1, 2], &[3], &[]], PageInfo::default(), Verdict::More, 3),
        (
            &[&[1, 2], &[3], &[], &[]],
            PageInfo::default(),
            Verdict::Whole,
            3,
        ),
        // The last page again, and the first page again after the last.
        (
            &[&[1, 2, 3], &[4], &[4]],
            PageInfo::default(),
            Verdict::Whole,
            4,
        ),
        // Paging ignored, with a total that agrees.
        (&[&[1, 2], &[1, 2]], total(2), Verdict::Whole, 2),
        // A row that shifted to the next page, with a total that agrees.
        (&[&[1, 2, 3], &[3, 4]], total(4), Verdict::Whole, 4),
    ] {
        assert_eq!(paginate(pages, hints), (step, count), "{pages:?} {hints:?}");
    }
    assert_eq!(
        paginate(
            &[&[1]],
            PageInfo {
                more: Some(false),
                ..PageInfo::default()
            }
        )
        .0,
        Verdict::Whole
    );
    assert_eq!(
        paginate(
            &[&[1]],
            PageInfo {
                pages: Some(1),
                ..PageInfo::default()
            }
        )
        .0,
        Verdict::Whole
    );
}

/// A computer in front goes, so that one between two pages is missed: what is left adds up all the same.
#[test]
fn a_total_that_changed_proves_nothing() {
    let mut paginator = Paginator::new(3, false);
    assert_eq!(paginator.add(vec![1, 2, 3], total(6)).1, Verdict::More);
    let (_, step) = paginator.add(vec![5, 6], total(5));
    assert_eq!(
        (step, paginator.count()),
        (Verdict::NotProven(PaginationError::TotalChanged(6, 5)), 5)
    );
}

#[test]
fn as_many_pages_are_prefetched_as_are_known_or_were_needed() {
    let mut unknown = Paginator::new(3, false);
    assert_eq!((unknown.look_ahead(4), unknown.is_ending), (0, false));
    for (page, ahead) in [1, 2, 3, 4, 4].into_iter().enumerate() {
        let first = page as u64 * 3;
        assert_eq!(
            unknown
                .add(vec![first, first + 1, first + 2], PageInfo::default())
                .1,
            Verdict::More
        );
        assert_eq!(unknown.look_ahead(4), ahead, "{page}");
    }
    unknown.add(vec![99], PageInfo::default());
    assert_eq!((unknown.look_ahead(4), unknown.is_ending), (1, true));
    for (sum, window, ahead) in [(100, 8, 8), (7, 8, 2), (4, 8, 1), (3, 8, 1), (100, 1, 1)] {
        let mut known = Paginator::new(3, false);
        assert_eq!(known.add(vec![1, 2, 3], total(sum)).1, Verdict::More);
        assert_eq!(
            (known.look_ahead(window), known.is_ending),
            (ahead, sum == 3),
            "{sum}"
        );
    }
    let mut more = Paginator::new(3, false);
    more.add(
        vec![1],
        PageInfo {
            more: Some(true),
            ..PageInfo::default()
        },
    );
    assert!(!more.is_ending);
    // An empty page that promises rows says nothing of how many there are on one.
    let mut empty = Paginator::new(3, false);
    assert_eq!(
        empty
            .add(
                vec![],
                PageInfo {
                    more: Some(true),
                    ..total(5)
                }
            )
            .1,
        Verdict::More
    );
    assert_eq!(empty.look_ahead(4), 1);
}

#[test]
fn each_error_has_its_message_and_hint() {
    let mut paginator = Paginator::new(3, false);
    paginator.add(vec![1, 2, 3], PageInfo::default());
    let wire = Wire::new(&WireOverrides::default());
    let (paging, changing) = (
        wire.paging_hint(),
        "computers may have been added or removed meanwhile; try again".into(),
    );
    for (error, why, hint) in [
        (
            PaginationError::PageRepeats,
            "the same page came again for the next page number",
            Some(&paging),
        ),
        (
            PaginationError::Total(4),
            "the API reports 4 computers in total",
            Some(&paging),
        ),
        (
            PaginationError::Total(3),
            "the API reports 3 computers in total",
            None,
        ),
        (
            PaginationError::Total(2),
            "the API reports 2 computers in total",
            None,
        ),
        (
            PaginationError::EmptyPage,
            "an empty page came before one with computers",
            Some(&changing),
        ),
        (
            PaginationError::Duplicates(1),
            "1 row came more than once, so others may have been missed",
            Some(&changing),
        ),
        (
            PaginationError::PageGrew(50, 100),
            "its pages grew from 50 computers to 100",
            None,
        ),
        (
            PaginationError::NoProgress,
            "the API promises a further page, but nothing new comes",
            None,
        ),
        (
            PaginationError::TotalChanged(4, 3),
            "the API's total changed from 4 computers to 3",
            Some(&changing),
        ),
        (
            PaginationError::RoundCount,
            "the API ignores paging, and 3 computers may be the most that it sends",
            Some(&paging),
        ),
        (
            PaginationError::PageBefore { new: 2, known: 1 },
            "the page before the first one has 2 further computers",
            Some(&wire.first_page_hint()),
        ),
        (
            PaginationError::Partial,
            "the API sends only a part of it (206 with Content-Range)",
            Some(&paging),
        ),
        (
            PaginationError::Endless,
            "the API sends page after page without an end",
            None,
        ),
    ] {
        let told = error.into_error(3, 1, &wire);
        assert_eq!(told.kind, ErrorKind::ListingNotWhole);
        assert_eq!(
            told.message,
            format!("the listing may be incomplete: {why}")
        );
        assert_eq!(told.details, ["seen: 3 computers in 1 page"]);
        assert_eq!(told.hint.as_ref(), hint, "{error:?}");
    }
}

#[test]
fn an_endless_listing_ends() {
    let mut paginator = Paginator::new(1, false);
    let more = PageInfo {
        more: Some(true),
        ..PageInfo::default()
    };
    let pages = (0..2 * MAX_PAGES)
        .take_while(|page| paginator.add(vec![*page], more).1 == Verdict::More)
        .count() as u64;
    assert_eq!(pages, MAX_PAGES - 1);
}

#[test]
fn a_listing_has_no_more_computers_than_are_accepted() {
    let mut paginator = Paginator::new(3, false);
    let mut add = |hashes| paginator.add(hashes, PageInfo::default()).1;
    assert_eq!(add((0..MAX_COMPUTERS).collect()), Verdict::More);
    assert_eq!(
        add(vec![MAX_COMPUTERS]),
        Verdict::NotProven(PaginationError::Endless)
    );
}

#[test]
fn pages_of_a_partial_list_are_returned_before_its_error() {
    let part = |more| PageInfo {
        more: Some(more),
        partial: true,
        ..PageInfo::default()
    };
    let mut paginator = Paginator::new(3, false);
    assert_eq!(paginator.add(vec![1, 2, 3], part(true)).1, Verdict::More);
    let (is_new, verdict) = paginator.add(vec![4], part(false));
    assert_eq!(
        (is_new, verdict),
        (vec![true], Verdict::NotProven(PaginationError::Partial))
    );
}

#[test]
fn hints_about_further_pages_count() {
    let more = |more| PageInfo {
        more: Some(more),
        ..PageInfo::default()
    };
    let pages_in_all = |pages| PageInfo {
        pages: Some(pages),
        ..PageInfo::default()
    };
    let size = |size| PageInfo {
        size: Some(size),
        ..PageInfo::default()
    };
    for (pages, hints, step, count) in [
        (&[&[1, 2, 3][..]][..], pages_in_all(2), Verdict::More, 3),
        (
            &[&[1, 2, 3], &[4, 5, 6]],
            pages_in_all(2),
            Verdict::Whole,
            6,
        ),
        (
            &[&[1, 2, 3]],
            PageInfo {
                more: Some(false),
                ..total(3)
            },
            Verdict::Whole,
            3,
        ),
        (
            &[&[1, 2, 3]],
            PageInfo {
                more: Some(false),
                ..total(9)
            },
            Verdict::More,
            3,
        ),
        (
            &[&[1, 2]],
            PageInfo {
                size: Some(2),
                ..total(2)
            },
            Verdict::More,
            2,
        ),
        (&[&[1, 2, 3], &[4, 5]], size(3), Verdict::More, 5),
        (&[&[1, 2, 3], &[4, 5], &[], &[]], size(3), Verdict::Whole, 5),
        (&[&[1, 2], &[3, 4]], size(2), Verdict::More, 4),
        (&[&[1], &[]], more(true), Verdict::More, 1),
    ] {
        assert_eq!(paginate(pages, hints), (step, count), "{pages:?} {hints:?}");
    }
}

/// A round number of rows may be a limit, where the API ignores paging.
#[test]
fn a_response_without_paging_is_whole_unless_its_number_of_rows_is_round() {
    let plausible = Verdict::Plausible(PaginationError::RoundCount);
    for (rows, is_same, verdict) in [
        (9, true, Verdict::Whole),
        (10, true, plausible),
        (11, true, Verdict::Whole),
        (250, true, plausible),
        (10, false, Verdict::NotProven(PaginationError::PageRepeats)),
    ] {
        let mut paginator = Paginator::new(1000, true);
        let hashes: Vec<u64> = (0..rows).collect();
        assert_eq!(
            paginator.add(hashes.clone(), PageInfo::default()).1,
            Verdict::More
        );
        assert_eq!(
            paginator.add(hashes, PageInfo::default()).1,
            Verdict::ProbePaging
        );
        assert_eq!(paginator.probed(is_same), verdict, "{rows}");
    }
}

/// Whatever else proves it.
#[test]
fn a_partial_list_is_never_whole() {
    let part = PageInfo {
        partial: true,
        size: Some(3),
        ..total(2)
    };
    let partial = Verdict::NotProven(PaginationError::Partial);
    assert_eq!(paginate(&[&[1, 2]], part), (partial, 2));
    let mut paginator = Paginator::new(3, true);
    assert_eq!(paginator.add(vec![1, 2, 3], part).1, partial);
    assert_eq!(paginator.add(vec![4], total(4)).1, partial);
    assert_eq!(paginator.finish(), partial);
}

/// Without any total, and only then, it is asked whether pages begin with the first one.
#[test]
fn the_page_before_the_first_is_requested_if_there_is_no_total() {
    let last = PageInfo {
        more: Some(false),
        ..PageInfo::default()
    };
    for (pages, info, verdict) in [
        (
            &[&[1, 2, 3][..], &[4], &[], &[]][..],
            PageInfo::default(),
            Verdict::ProbePageBefore,
        ),
        (&[&[1, 2, 3]], last, Verdict::ProbePageBefore),
        (&[&[], &[]], PageInfo::default(), Verdict::ProbePageBefore),
        (&[&[1, 2, 3], &[]], total(3), Verdict::Whole),
    ] {
        let mut paginator = Paginator::new(3, true);
        let verdict_of_last = pages
            .iter()
            .map(|hashes| paginator.add(hashes.to_vec(), info).1)
            .last();
        assert_eq!(verdict_of_last, Some(verdict), "{pages:?} {info:?}");
    }
    let mut paginator = Paginator::new(3, true);
    paginator.add(vec![1, 2, 3], last);
    for (before, verdict) in [
        (&[][..], Verdict::Whole),
        (&[1, 2, 3], Verdict::Whole),
        (&[3], Verdict::Whole),
        (
            &[4, 5],
            Verdict::NotProven(PaginationError::PageBefore { new: 2, known: 0 }),
        ),
        (
            &[4, 1],
            Verdict::NotProven(PaginationError::PageBefore { new: 1, known: 1 }),
        ),
    ] {
        assert_eq!(paginator.page_before(before), verdict, "{before:?}");
    }
    assert_eq!(paginator.count(), 3);
}

/// A total that is the number of rows on its page while more is promised is no total of all.
#[test]
fn a_total_may_count_the_page() {
    let page = |total, more| PageInfo {
        total: Some(total),
        more,
        ..PageInfo::default()
    };
    let (more, last) = (Some(true), Some(false));
    for (pages, verdict, count) in [
        (
            &[
                (&[1, 2, 3][..], page(3, more)),
                (&[4, 5, 6], page(3, more)),
                (&[7], page(1, last)),
            ][..],
            Verdict::Whole,
            7,
        ),
        (
            &[(&[1, 2, 3], page(3, more)), (&[4, 5, 6], page(3, last))],
            Verdict::Whole,
            6,
        ),
        // A full page taken for a sign of more: the total is that of all.
        (
            &[(&[1, 2, 3], page(3, more)), (&[], page(3, last))],
            Verdict::Whole,
            3,
        ),
        // Nobody promised more: a total that changed proves nothing.
        (
            &[(&[1, 2, 3], page(3, None)), (&[4], page(1, None))],
            Verdict::NotProven(PaginationError::TotalChanged(3, 1)),
            4,
        ),
        (
            &[(&[1, 2, 3], page(3, more)), (&[4, 5], page(9, last))],
            Verdict::More,
            5,
        ),
        // Pages are said to be left, whatever `more` is.
        (
            &[(
                &[1, 2, 3],
                PageInfo {
                    pages: Some(2),
                    ..page(3, last)
                },
            )],
            Verdict::More,
            3,
        ),
    ] {
        let mut paginator = Paginator::new(3, false);
        let verdict_of_last = pages
            .iter()
            .map(|(hashes, info)| paginator.add(hashes.to_vec(), *info).1)
            .last();
        assert_eq!(
            (verdict_of_last, paginator.count()),
            (Some(verdict), count),
            "{pages:?}"
        );
    }
}

#[test]
fn a_total_is_remembered_if_later_pages_have_none() {
    for (pages, step) in [
        // Said once, said again later, risen, fallen.
        (
            &[(&[1, 2, 3][..], total(4)), (&[4], PageInfo::default())][..],
            Verdict::Whole,
        ),
        (
            &[(&[1, 2, 3], PageInfo::default()), (&[4], total(4))],
            Verdict::Whole,
        ),
        (
            &[
                (&[1, 2, 3], total(5)),
                (&[4, 5, 6], total(6)),
                (&[], total(6)),
            ],
            Verdict::NotProven(PaginationError::TotalChanged(5, 6)),
        ),
        (
            &[
                (&[1, 2, 3], total(9)),
                (&[4, 5, 6], total(8)),
                (&[7, 8], total(8)),
            ],
            Verdict::NotProven(PaginationError::TotalChanged(9, 8)),
        ),
    ] {
        let mut paginator = Paginator::new(3, false);
        let last = pages
            .iter()
            .map(|(hashes, hints)| paginator.add(hashes.to_vec(), *hints).1)
            .last();
        assert_eq!(last, Some(step), "{pages:?}");
    }
}

#[test]
fn a_promised_page_must_have_new_rows() {
    let more = |more| PageInfo {
        more,
        ..PageInfo::default()
    };
    let sized = |size| PageInfo {
        size: Some(size),
        ..PageInfo::default()
    };
    for (pages, step) in [
        (
            &[
                (&[1, 2][..], more(Some(true))),
                (&[], more(None)),
                (&[], more(None)),
            ][..],
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        // One that an empty page repeats can't be taken back by another empty page.
        (
            &[
                (&[1, 2, 3], more(Some(true))),
                (&[], more(Some(true))),
                (&[], more(Some(false))),
            ],
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        // An API that takes a full page for a sign of more corrects itself.
        (
            &[(&[1, 2, 3], more(Some(true))), (&[], more(Some(false)))],
            Verdict::Whole,
        ),
        (
            &[
                (&[1, 2, 3], more(Some(true))),
                (&[4], more(None)),
                (&[], more(None)),
                (&[], more(None)),
            ],
            Verdict::Whole,
        ),
        (
            &[
                (&[1], sized(1)),
                (&[2, 3], sized(2)),
                (&[], sized(2)),
                (&[], sized(2)),
            ],
            Verdict::NotProven(PaginationError::PageGrew(1, 2)),
        ),
        (
            &[
                (&[1, 2], sized(2)),
                (&[3], sized(1)),
                (&[], sized(0)),
                (&[], sized(0)),
            ],
            Verdict::Whole,
        ),
    ] {
        let mut paginator = Paginator::new(3, false);
        let last = pages
            .iter()
            .map(|(hashes, hints)| paginator.add(hashes.to_vec(), *hints).1)
            .last();
        assert_eq!(last, Some(step), "{pages:?}");
    }
}

#[test]
fn new_rows_are_distinguished_from_known_ones() {
    let mut paginator = Paginator::new(3, false);
    assert!(paginator.total().is_none());
    assert_eq!(
        paginator.add(vec![1, 2, 1], PageInfo::default()).0,
        [true, true, false]
    );
    assert_eq!(
        paginator.add(vec![2, 3], PageInfo::default()).0,
        [false, true]
    );
    assert_eq!(paginator.count(), 3);
    paginator.add(vec![], total(3));
    assert!(paginator.total().is_some());
}

#[test]
fn what_is_not_proven_whole() {
    for (pages, hints, step) in [
        (
            &[&[1, 2, 3][..], &[1, 2, 3]][..],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        (
            &[&[1, 2], &[1, 2]],
            PageInfo::default(),
            Verdict::ProbePaging,
        ),
        (
            &[&[1, 2], &[1, 2]],
            total(9),
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        (
            &[&[1, 2, 3], &[4], &[]],
            total(9),
            Verdict::NotProven(PaginationError::Total(9)),
        ),
        (
            &[&[1, 2, 3]],
            total(2),
            Verdict::NotProven(PaginationError::Total(2)),
        ),
        (
            &[&[1, 2, 3], &[], &[4], &[], &[]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::EmptyPage),
        ),
        (
            &[&[1, 2], &[], &[3, 4], &[], &[]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::EmptyPage),
        ),
        (
            &[&[1, 2, 3], &[3, 4], &[], &[]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::Duplicates(1)),
        ),
        (
            &[&[1, 2, 3], &[], &[1, 2]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::Duplicates(2)),
        ),
        (
            &[&[1, 2, 3], &[3, 4], &[3, 4]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::Duplicates(1)),
        ),
        (
            &[&[1, 2, 3], &[3, 4, 5], &[5, 6, 7], &[], &[]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::Duplicates(2)),
        ),
        (
            &[&[1, 2], &[3, 4], &[3, 4]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        (
            &[&[1], &[], &[]],
            PageInfo {
                more: Some(true),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        (
            &[&[1], &[], &[]],
            PageInfo {
                more: Some(true),
                ..total(9)
            },
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        // A total that agrees settles nothing while more is promised.
        (
            &[&[1, 2], &[], &[]],
            PageInfo {
                more: Some(true),
                ..total(2)
            },
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        (
            &[&[1, 2], &[1, 2]],
            PageInfo {
                pages: Some(3),
                ..total(2)
            },
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        (
            &[&[1, 2, 3], &[]],
            PageInfo {
                more: Some(false),
                ..total(9)
            },
            Verdict::NotProven(PaginationError::Total(9)),
        ),
        (
            &[&[], &[]],
            PageInfo {
                more: Some(true),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::NoProgress),
        ),
        // More is promised, and the first page comes again.
        (
            &[&[1, 2], &[1, 2]],
            PageInfo {
                more: Some(true),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        (
            &[&[1, 2], &[1, 2]],
            PageInfo {
                pages: Some(3),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::PageRepeats),
        ),
        // One row again and again.
        (
            &[&[1, 1], &[1, 1]],
            PageInfo::default(),
            Verdict::NotProven(PaginationError::Duplicates(1)),
        ),
        (
            &[&[1, 2, 3], &[], &[4, 5]],
            PageInfo {
                pages: Some(3),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::EmptyPage),
        ),
        (
            &[&[1, 2, 3], &[], &[]],
            PageInfo {
                pages: Some(9),
                ..PageInfo::default()
            },
            Verdict::NotProven(PaginationError::NoProgress),
        ),
    ] {
        assert_eq!(paginate(pages, hints).0, step, "{pages:?} {hints:?}");
    }
}
