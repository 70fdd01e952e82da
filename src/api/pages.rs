//! Listing computers: all pages, always, in order, each computer once.

use crate::api::answer::Answer;
use crate::api::assembly::{Assembly, Step};
use crate::api::client::Client;
use crate::api::event::Event;
use crate::api::request::Request;
use crate::api::retry::Unanswered;
use crate::api::wire::{Listing, PAGE_SIZE, read_listing};
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::model::property::{Lookup, PropertyPath, plain};

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
        let query: Vec<(String, String)> =
            search.iter().filter_map(|(property, value)| self.wire.filter_query(property, value)).collect();
        if !query.is_empty() {
            match self.page(0, PAGE_SIZE, &query) {
                Err(failure) if matches!(failure.status(), Some(400 | 404 | 405 | 422 | 501)) => {}
                first => return self.walk_from(first?, &query, sink),
            }
        }
        self.walk_from(self.page(0, PAGE_SIZE, &[])?, &[], sink)
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
        let asks = self.wire.filter_query(property, value).is_some();
        if asks {
            let (fitting, any) = collect(&[(property, value.to_owned())])?;
            if any {
                return Ok(fitting);
            }
        }
        Ok(collect(&[])?.0)
    }

    fn page(&self, index: u64, size: u64, search: &[(String, String)]) -> Result<Answer, Failure> {
        let mut query = self.wire.page_query(index, size);
        query.extend_from_slice(search);
        self.send(&Request::read(["computers".to_owned()], query)).map_err(Unanswered::into_failure)
    }

    fn walk_from(&self, first: Answer, search: &[(String, String)], sink: Sink<'_>) -> Result<(), Failure> {
        let mut assembly = Assembly::new(PAGE_SIZE);
        let lookup = Lookup::new(&["id", "_id"].map(PropertyPath::new));
        let mut answer = first;
        for index in 1.. {
            let json = answer.json()?;
            let listing = read_listing(json).map_err(|why| answer.nonsense(why))?;
            let hints = listing.hints.with_headers(|name| answer.header(name));
            let marks = listing.rows.iter().map(|row| mark(&assembly, &lookup, row)).collect();
            let (fresh, step) = assembly.page(marks, hints);
            for row in fresh_rows(&listing, &fresh) {
                if sink(&Computer::new(row))? == Flow::Enough {
                    return Ok(());
                }
            }
            match step {
                Step::More => {}
                Step::Whole => return Ok(()),
                Step::Probe => return self.probe(&listing, search),
                Step::Doubt(doubt) => return Err(assembly.failure(doubt, &self.wire).asked(answer.asked)),
            }
            answer = match self.page(index, PAGE_SIZE, search) {
                Ok(answer) => answer,
                // Some APIs refuse a page beyond the last.
                Err(failure) if assembly.is_ending() && matches!(failure.status(), Some(400 | 404 | 416 | 422)) => {
                    return match assembly.finish() {
                        Step::Doubt(doubt) => Err(assembly.failure(doubt, &self.wire).asked(answer.asked)),
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
    fn probe(&self, listing: &Listing<'_>, search: &[(String, String)]) -> Result<(), Failure> {
        let count = listing.rows.len() as u64;
        let answer = self.page(0, (count / 2).max(1), search)?;
        let smaller = read_listing(answer.json()?).map_err(|why| answer.nonsense(why))?;
        if smaller.rows != listing.rows || count == 1 && !smaller.rows.is_empty() && listing.hints.more == Some(true) {
            let failure = Failure::new(
                Kind::ListingNotWhole,
                "the listing can't be proven whole: the same page came again for the next page number",
            );
            return Err(failure.detail(format!("seen: {count} computers")).hint(self.wire.paging_hint()).asked(answer.asked));
        }
        let text = format!("the API ignores paging: its one answer with {count} computers is taken for the whole list");
        (self.observer)(&Event::Remark { code: "paging_ignored", text: &text });
        Ok(())
    }
}

/// A row is known by its `id`, by its `_id` where it has none, else by all of its text.
fn mark(assembly: &Assembly, lookup: &Lookup, row: &str) -> u64 {
    let ids = lookup.find(row);
    match ids.iter().enumerate().find_map(|(position, id)| id.map(|id| (position, plain(id)))) {
        Some((position, id)) if !id.is_empty() => assembly.mark((position, id)),
        _ => assembly.mark(row),
    }
}

fn fresh_rows<'json>(listing: &Listing<'json>, fresh: &[bool]) -> impl Iterator<Item = &'json str> {
    listing.rows.iter().zip(fresh.to_vec()).filter_map(|(row, fresh)| fresh.then_some(*row))
}

/// A page in the middle that fails for good leaves a listing that is not whole, whatever the cause.
fn incomplete(failure: Failure, count: u64) -> Failure {
    failure.detail(format!("after {count} computers: the listing is not complete"))
}
