//! Listing computers: all pages, always, in order, each computer once.

use std::sync::atomic::Ordering;

use crate::api::ahead::{Ahead, Source};
use crate::api::answer::Answer;
use crate::api::assembly::{Assembly, Step};
use crate::api::client::Client;
use crate::api::event::Event;
use crate::api::page::Page;
use crate::api::request::Request;
use crate::api::retry::Unanswered;
use crate::api::wire::CAUTIOUS_PAGE_SIZE;
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::model::property::PropertyPath;

/// The most pages that are fetched at once where nothing is said.
const CONCURRENCY: usize = 8;
/// The same where pages are small: a walk takes its pages' number times a round trip, divided by this.
const CONCURRENCY_OF_SMALL_PAGES: usize = 16;
/// The largest small page, in bytes: with all that is fetched ahead, they fit into a few MiB.
const SMALL_PAGE: usize = 64 * 1024;

/// Whether a listing goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next computer, please.
    More,
    /// No further computers are wanted.
    Enough,
}

/// Receives the computers of a listing, one by one.
pub type Sink<'a> = &'a mut dyn FnMut(&Computer<'_>) -> Result<Flow, Failure>;

impl Client {
    /// Lists the account's computers. `search` holds exact values of properties that the API is asked to look for, where it
    /// can; it may ignore them, match loosely or reject them, so `sink` must check each row itself.
    ///
    /// # Errors
    /// `ListingNotWhole` after the last row where rows may be missing; whatever a request fails with; what `sink` fails with.
    pub fn walk(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Failure> {
        let search: Vec<(String, String)> =
            search.iter().filter_map(|(property, value)| self.wire.filter_query(property, value)).collect();
        let mut source = Source {
            client: self.clone(),
            size: self.page_size.load(Ordering::Relaxed),
            search,
            hasher: std::hash::RandomState::new(),
        };
        let mut first = source.page(0);
        if !source.search.is_empty() && first.as_ref().is_err_and(is_rejected) {
            source.search.clear();
            first = source.page(0);
        }
        if source.size > CAUTIOUS_PAGE_SIZE && self.may_shrink && first.as_ref().is_err_and(is_rejected) {
            source.size = CAUTIOUS_PAGE_SIZE;
            first = source.page(0);
            if first.is_ok() {
                self.page_size.store(source.size, Ordering::Relaxed);
            }
        }
        self.walk_from(first?, source, sink)
    }

    /// All computers whose property has exactly that value, from a listing that is proven whole.
    ///
    /// The API is asked to look for them. An answer with other computers too holds at least all that fit; an empty one may
    /// come from an API that can't search by this property, so then everything is listed.
    ///
    /// # Errors
    /// As `walk`.
    pub fn search(&self, property: &str, value: &str) -> Result<Vec<Computer<'static>>, Failure> {
        let path = PropertyPath::new(property);
        let collect = |search: &[(&str, String)]| {
            let (mut fitting, mut any) = (Vec::new(), false);
            self.walk(search, &mut |computer| {
                any = true;
                if computer.property(&path).is_some_and(|text| text == value) {
                    fitting.push(computer.clone().into_owned());
                }
                Ok(Flow::More)
            })
            .map(|()| (fitting, any))
        };
        if self.wire.filter_query(property, value).is_some() {
            let (fitting, any) = collect(&[(property, value.to_owned())])?;
            if any {
                return Ok(fitting);
            }
        }
        Ok(collect(&[])?.0)
    }

    pub(super) fn page(&self, index: u64, size: u64, search: &[(String, String)]) -> Result<Answer, Failure> {
        let mut query = self.wire.page_query(index, size);
        query.extend_from_slice(search);
        self.send(&Request::read(["computers".to_owned()], query)).map_err(Unanswered::into_failure)
    }

    fn walk_from(&self, first: Page, source: Source, sink: Sink<'_>) -> Result<(), Failure> {
        let by_size = if first.answer.body.len() <= SMALL_PAGE { CONCURRENCY_OF_SMALL_PAGES } else { CONCURRENCY };
        let workers = self.concurrency.unwrap_or(by_size).max(1);
        let mut assembly = Assembly::new(source.size);
        let mut ahead: Option<Ahead> = None;
        let mut page = first;
        for index in 1.. {
            let (fresh, step) = assembly.page(std::mem::take(&mut page.marks), page.hints);
            for (row, _) in page.rows().zip(fresh).filter(|(_, fresh)| *fresh) {
                if sink(&Computer::new(row))? == Flow::Enough {
                    return Ok(());
                }
            }
            match step {
                Step::More => {}
                Step::Whole => return Ok(()),
                Step::Probe => return self.probe(&page, &source),
                Step::Doubt(doubt) => return Err(assembly.failure(doubt, &self.wire).asked(page.answer.asked)),
            }
            let ahead = ahead.get_or_insert_with(|| Ahead::new(source.clone(), index));
            ahead.allow(index + assembly.look_ahead(workers), workers)?;
            page = match ahead.take(index) {
                Ok(page) => page,
                // Some APIs refuse a page beyond the last.
                Err(failure) if assembly.is_ending() && matches!(failure.status(), Some(400 | 404 | 416 | 422)) => {
                    return match assembly.finish() {
                        Step::Doubt(doubt) => Err(assembly.failure(doubt, &self.wire).asked(page.answer.asked)),
                        _ => Ok(()),
                    };
                }
                Err(failure) => return Err(incomplete(failure, assembly.count())),
            };
        }
        Ok(())
    }

    /// The second page was the first again, and smaller than asked for, with no word on the total: an API that ignores
    /// paging gives everything whatever is asked, one with other names for its parameters may do so only for the page.
    fn probe(&self, page: &Page, source: &Source) -> Result<(), Failure> {
        let count = page.len();
        let smaller = Source { size: (count / 2).max(1), ..source.clone() }.page(0)?;
        if smaller.len() != count {
            let failure = Failure::new(
                Kind::ListingNotWhole,
                "the listing can't be proven whole: the same page came again for the next page number",
            );
            let failure = failure.detail(format!("seen: {count} computers")).hint(self.wire.paging_hint());
            return Err(failure.asked(smaller.answer.asked));
        }
        let text = format!("the API ignores paging: its one answer with {count} computers is taken for the whole list");
        (self.observer)(&Event::Remark { code: "paging_ignored", text: &text });
        Ok(())
    }
}

/// Whether an API said that it does not understand the query.
fn is_rejected(failure: &Failure) -> bool {
    matches!(failure.status(), Some(400 | 404 | 405 | 413 | 414 | 422 | 501))
}

/// A page in the middle that fails for good leaves a listing that is not whole, whatever the cause.
fn incomplete(failure: Failure, count: u64) -> Failure {
    failure.detail(format!("after {count} computers: the listing is not complete"))
}
