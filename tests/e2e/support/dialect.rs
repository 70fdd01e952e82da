//! What the API's public reference leaves open, as one server may answer it.

/// Where the array of computers stands in a list's answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Envelope {
    Bare,
    Under(&'static str),
    /// One level down: outer key, inner key. Hints in the body stand beside the array.
    Within(&'static str, &'static str),
}

/// One thing a server may say about where the walk stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fact {
    Page,
    Limit,
    Total,
    /// How many rows this page has.
    Shown,
    Pages,
    /// `true` while rows are left.
    More,
    /// The next page's number, or null.
    NextPage,
    /// The next page's address, or null.
    NextUrl,
}

/// Where a server says it, and under which names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hints {
    None,
    Body(&'static [(&'static str, Fact)]),
    /// In an object of this name beside the array.
    Object(&'static str, &'static [(&'static str, Fact)]),
    TotalHeader,
    LinkHeader,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Walk {
    Paged,
    /// Every row in one answer, whatever is asked.
    AllAtOnce,
    /// The first page, whatever page is asked.
    Stuck,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Filters {
    Exact,
    /// Any row that contains the text, whatever its case.
    Loose,
    Ignored,
    /// A parameter other than those of the pages is answered 400.
    Refused,
    /// Only as `filter[property]=`.
    Bracketed,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Single {
    Bare,
    Under(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ErrorForm {
    Text,
    Message,
    Object,
    Errors,
    Plain,
    Html,
    Nothing,
}

/// A 2xx answer to a change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answered {
    Computer,
    Body(u16, &'static str),
    Empty(u16),
}

/// One server's answers to all of it. The default is the client's own default.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) envelope: Envelope,
    pub(crate) hints: Hints,
    pub(crate) page: &'static str,
    pub(crate) limit: &'static str,
    pub(crate) first_page: usize,
    /// The largest page it gives, whatever size is asked.
    pub(crate) cap: usize,
    pub(crate) walk: Walk,
    pub(crate) filters: Filters,
    pub(crate) single: Single,
    pub(crate) state: &'static str,
    pub(crate) errors: ErrorForm,
    pub(crate) rename: Answered,
    pub(crate) delete: Answered,
    /// White space between all tokens.
    pub(crate) spaced: bool,
    /// Sent as `X-Request-Id` with every answer.
    pub(crate) request_id: Option<&'static str>,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            envelope: Envelope::Under("computers"),
            hints: Hints::Body(&[
                ("page", Fact::Page),
                ("limit", Fact::Limit),
                ("total", Fact::Total),
            ]),
            page: "page",
            limit: "limit",
            first_page: 1,
            cap: 100,
            walk: Walk::Paged,
            filters: Filters::Exact,
            single: Single::Bare,
            state: "status",
            errors: ErrorForm::Text,
            rename: Answered::Computer,
            delete: Answered::Empty(204),
            spaced: false,
            request_id: None,
        }
    }
}
