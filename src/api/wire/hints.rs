//! What a response says about paging, under the usual names: in the body, beside the list, or in headers.

use crate::model::property::{Lookup, PropertyPath, display_text, names};

/// How deep objects of hints may be nested in one another: each level is read anew.
const MAX_HINT_DEPTH: usize = 2;

/// What a property of an envelope says about paging.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HintKind {
    /// The number of computers in all.
    Total,
    /// The number of pages in all.
    Pages,
    /// The page size.
    Size,
    /// Whether there is a further page, or where.
    Next,
    /// An object of further hints.
    Object,
}

impl HintKind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "total" | "totalCount" | "total_count" | "totalItems" | "total_items" | "totalDocs"
            | "totalResults" | "total_results" | "totalElements" | "totalRecords" => Self::Total,
            "pages" | "totalPages" | "total_pages" | "pageCount" | "page_count" | "numPages"
            | "last_page" | "lastPage" | "nbPages" => Self::Pages,
            "limit" | "pageSize" | "page_size" | "perPage" | "per_page" | "size"
            | "itemsPerPage" => Self::Size,
            "next" | "nextPage" | "next_page" | "nextPageUrl" | "next_page_url" | "hasNext"
            | "hasNextPage" | "has_next" | "hasMore" | "has_more" | "nextCursor"
            | "next_cursor" | "nextToken" | "next_token" | "nextPageToken" | "next_page_token"
            | "continuationToken" | "continuation_token" => Self::Next,
            "meta" | "pagination" | "paging" | "page_info" | "links" | "cursor" | "cursors" => {
                Self::Object
            }
            _ => return None,
        })
    }
}

/// What a response says about paging. A hint that can't be understood is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PageInfo {
    /// The number of computers in all.
    pub total: Option<u64>,
    /// The number of pages in all.
    pub pages: Option<u64>,
    /// The page size that the API applied, in computers.
    pub size: Option<u64>,
    /// Whether a further page follows.
    pub more: Option<bool>,
    /// Whether the response says that it is a part of the list.
    pub partial: bool,
}

impl PageInfo {
    /// Adds the hints of the status and the headers, if the body has none.
    #[must_use]
    pub(crate) fn with_head(
        mut self,
        status: u16,
        header: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let number = |name: &str| header(name).and_then(|text| whole_number(&text));
        let range = header("content-range");
        self.total = self
            .total
            .or_else(|| number("x-total-count"))
            .or_else(|| number("x-total"))
            .or_else(|| range.as_deref().and_then(range_total));
        self.pages = self.pages.or_else(|| number("x-total-pages"));
        self.size = self.size.or_else(|| number("x-per-page"));
        self.more = either(self.more, header("link").and_then(|link| has_next(&link)));
        self.partial = status == 206 && range.is_some();
        self
    }

    /// Returns whether a property of an envelope says something about paging.
    pub(super) fn is_hint(name: &str) -> bool {
        HintKind::of(name).is_some()
    }

    /// Takes in one property of an envelope. Of several numbers of a kind the first counts, and any promise of a page.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.add_at(0, name, value);
    }

    fn add_at(&mut self, depth: usize, name: &str, value: &str) {
        let number = || whole_number(&display_text(value));
        let is_object = value.starts_with('{');
        match HintKind::of(name) {
            Some(HintKind::Next) => {
                let promises = is_object || !matches!(&*display_text(value), "" | "false" | "0");
                self.more = either(self.more, Some(promises));
            }
            Some(_) if is_object => {
                if depth < MAX_HINT_DEPTH {
                    self.add_object(depth + 1, value);
                }
            }
            Some(HintKind::Total) => self.total = self.total.or_else(number),
            Some(HintKind::Pages) => self.pages = self.pages.or_else(number),
            Some(HintKind::Size) => self.size = self.size.or_else(number),
            Some(HintKind::Object) | None => {}
        }
    }

    fn add_object(&mut self, depth: usize, object: &str) {
        let mut hints: Vec<String> = Vec::new();
        for name in names(object) {
            if Self::is_hint(&name) && !hints.contains(&name) {
                hints.push(name);
            }
        }
        let paths: Vec<PropertyPath> = hints
            .iter()
            .map(|name| PropertyPath::new(name.as_str()))
            .collect();
        for (name, value) in hints.iter().zip(Lookup::new(&paths).find(object)) {
            if let Some(value) = value {
                self.add_at(depth, name, value);
            }
        }
    }

    /// Drops numbers that can't be meant: a page size of 0, and 0 pages, since this is one.
    pub(super) fn without_zeros(self) -> Self {
        Self {
            size: self.size.filter(|size| *size > 0),
            pages: self.pages.filter(|pages| *pages > 0),
            ..self
        }
    }

    /// Takes in the hints of a nested envelope.
    pub(super) fn merge(&mut self, other: Self) {
        self.total = self.total.or(other.total);
        self.pages = self.pages.or(other.pages);
        self.size = self.size.or(other.size);
        self.more = either(self.more, other.more);
    }
}

/// Reads a number of things, also if it is written as `60.0` or `6e1`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is known to be whole and in range"
)]
fn whole_number(text: &str) -> Option<u64> {
    /// From here on not every whole number is an `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let number: f64 = text.parse().ok()?;
        ((0.0..EXACT).contains(&number) && number.fract() == 0.0).then_some(number as u64)
    })
}

/// Returns the number of things in all according to a `Content-Range` of other things than bytes, such as `items 0-24/319`.
fn range_total(range: &str) -> Option<u64> {
    let (unit, rest) = range.trim().split_once(' ')?;
    if unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    whole_number(rest.rsplit_once('/')?.1)
}

/// Combines two statements on whether a further page follows: one promise suffices.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one || other),
        (one, other) => one.or(other),
    }
}

/// Returns the API's id of a request, from the headers of the response.
pub(crate) fn request_id(header: impl Fn(&str) -> Option<String>) -> Option<String> {
    [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-amzn-requestid",
    ]
    .into_iter()
    .find_map(header)
}

/// Whether a `Link` header (RFC 8288) has a link of relation `next`; `None` if none of its links is about pages.
fn has_next(link: &str) -> Option<bool> {
    let relations: Vec<String> = link
        .split(',')
        .flat_map(|one| one.split(';').skip(1))
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"))
        .flat_map(|(_, value)| value.trim().trim_matches('"').split_ascii_whitespace())
        .map(str::to_ascii_lowercase)
        .collect();
    let has = |name: &str| relations.iter().any(|relation| relation == name);
    let is_about_pages = ["next", "first", "prev", "previous", "last"]
        .into_iter()
        .any(has);
    is_about_pages.then(|| has("next"))
}

#[cfg(test)]
mod tests {
    use super::{PageInfo, has_next, request_id, whole_number};
    use crate::api::wire::read_listing;

    #[test]
    fn hints_are_read_from_every_usual_place() {
        for (body, hints) in [
            (
                r#"{"computers":[],"total":5,"limit":2}"#,
                PageInfo {
                    total: Some(5),
                    size: Some(2),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"data":[],"meta":{"total_count":"5","links":{"next":null}}}"#,
                PageInfo {
                    total: Some(5),
                    more: Some(false),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"data":[],"meta":{"cursor":{"next":"abc"}}}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            // A promise counts wherever it stands.
            (
                r#"{"data":{"docs":[],"hasNextPage":false},"meta":{"next":"abc"}}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            // No deeper.
            (
                r#"{"data":[],"meta":{"meta":{"meta":{"total":5}}}}"#,
                PageInfo::default(),
            ),
            (
                r#"{"data":{"docs":[],"hasNextPage":false,"totalPages":3}}"#,
                PageInfo {
                    more: Some(false),
                    pages: Some(3),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"items":[],"pagination":{"next":"/v1/computers?page=2","perPage":0}}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"items":[],"total":-1,"next":{"href":"x"}}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            ("[]", PageInfo::default()),
            (
                r#"{"docs":[],"next":null}"#,
                PageInfo {
                    more: Some(false),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"docs":[],"has_more":"0","next":true}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"docs":[],"other":{"total":5},"links":[1],"limit":"x"}"#,
                PageInfo::default(),
            ),
            (
                r#"{"meta":{"size":0,"limit":9},"docs":[]}"#,
                PageInfo::default(),
            ),
            (r#"{"pages":0,"docs":[{}]}"#, PageInfo::default()),
            (
                r#"{"docs":[{}],"next_cursor":"abc"}"#,
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"docs":[{}],"meta":{"nextToken":""}}"#,
                PageInfo {
                    more: Some(false),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"meta":{"size":1},"docs":[],"size":2}"#,
                PageInfo {
                    size: Some(1),
                    ..PageInfo::default()
                },
            ),
            (
                r#"{"total":1,"data":{"docs":[],"total":2,"pages":3,"limit":4,"next":1},"pages":5}"#,
                PageInfo {
                    total: Some(1),
                    pages: Some(3),
                    size: Some(4),
                    more: Some(true),
                    partial: false,
                },
            ),
        ] {
            assert_eq!(read_listing(body).unwrap().hints, hints, "{body}");
        }
    }

    #[test]
    fn a_number_may_be_written_as_a_float() {
        for (text, number) in [
            ("60", Some(60)),
            (" 60.0 ", Some(60)),
            ("6e1", Some(60)),
            ("0.0", Some(0)),
            ("-0.0", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("9007199254740991.0", Some(9_007_199_254_740_991)),
            ("9007199254740992.0", None),
            ("60.5", None),
            ("-1.0", None),
            ("1e400", None),
            ("inf", None),
            ("NaN", None),
            ("", None),
        ] {
            assert_eq!(whole_number(text), number, "{text:?}");
        }
        let total = |range: &str| {
            let header = |name: &str| (name == "content-range").then(|| range.to_owned());
            PageInfo::default().with_head(200, header).total
        };
        for (range, number) in [
            ("items 0-24/319", Some(319)),
            ("computers */0", Some(0)),
            ("items 0-24/*", None),
            ("bytes 0-24/319", None),
            ("319", None),
        ] {
            assert_eq!(total(range), number, "{range:?}");
        }
    }

    /// Neither costs more than a look at each.
    #[test]
    fn nested_objects_of_hints() {
        let deep = format!("{}1{}", "{\"total\":".repeat(50_000), "}".repeat(50_000));
        assert_eq!(
            read_listing(&format!("{{\"data\":[],\"total\":{deep}}}"))
                .unwrap()
                .hints,
            PageInfo::default()
        );
        let again = "\"total\":1,".repeat(50_000);
        let hints = read_listing(&format!("{{\"data\":[],\"meta\":{{{again}\"total\":2}}}}"))
            .unwrap()
            .hints;
        assert_eq!(
            hints,
            PageInfo {
                total: Some(2),
                ..PageInfo::default()
            }
        );
    }

    #[test]
    fn link_headers() {
        for (link, more) in [
            (
                r#"<https://x/?page=1>; rel="prev", <https://x/?page=3>; rel="next""#,
                Some(true),
            ),
            ("<x>; title=\"a\"; rel=next", Some(true)),
            ("<x>; REL=\"last Next\"", Some(true)),
            (r#"<x?rel=next>; rel="last""#, Some(false)),
            ("<x>; rel=first", Some(false)),
            ("<x>; rel=PREV", Some(false)),
            ("<x>; rel=previous", Some(false)),
            ("<x>; rel=nextish", None),
            ("<x>; title=next", None),
            ("</docs>; rel=\"describedby\", </x.css>; rel=preload", None),
            ("", None),
        ] {
            assert_eq!(has_next(link), more, "{link}");
        }
    }

    #[test]
    fn headers_count_if_the_body_has_no_hint() {
        let of = |name: &'static str, value: &'static str| {
            move |asked: &str| (asked == name).then(|| value.to_owned())
        };
        for (name, value, hints) in [
            (
                "x-total-count",
                " 7 ",
                PageInfo {
                    total: Some(7),
                    ..PageInfo::default()
                },
            ),
            (
                "x-total",
                "7",
                PageInfo {
                    total: Some(7),
                    ..PageInfo::default()
                },
            ),
            (
                "x-total-pages",
                "3",
                PageInfo {
                    pages: Some(3),
                    ..PageInfo::default()
                },
            ),
            (
                "x-per-page",
                "50",
                PageInfo {
                    size: Some(50),
                    ..PageInfo::default()
                },
            ),
            (
                "link",
                "<x>; rel=next",
                PageInfo {
                    more: Some(true),
                    ..PageInfo::default()
                },
            ),
            (
                "link",
                "<x>; rel=last",
                PageInfo {
                    more: Some(false),
                    ..PageInfo::default()
                },
            ),
            ("x-total", "many", PageInfo::default()),
        ] {
            assert_eq!(
                PageInfo::default().with_head(200, of(name, value)),
                hints,
                "{name}: {value}"
            );
        }
        let ends = PageInfo {
            more: Some(false),
            ..PageInfo::default()
        };
        assert_eq!(
            ends.with_head(200, of("link", "<x>; rel=next")).more,
            Some(true)
        );
        let body = PageInfo {
            total: Some(1),
            pages: Some(2),
            size: Some(3),
            more: Some(true),
            partial: false,
        };
        assert_eq!(
            body.with_head(200, |name| Some(
                if name == "link" { "<x>; rel=last" } else { "9" }.to_owned()
            )),
            body
        );
    }

    #[test]
    fn a_partial_list_has_status_206_and_a_content_range() {
        let range = |name: &str| (name == "content-range").then(|| "items 0-1/9".to_owned());
        assert!(PageInfo::default().with_head(206, range).partial);
        assert!(!PageInfo::default().with_head(200, range).partial);
        assert!(!PageInfo::default().with_head(206, |_| None).partial);
    }

    #[test]
    fn the_request_id_is_read_from_the_usual_headers() {
        for name in [
            "x-request-id",
            "request-id",
            "x-correlation-id",
            "x-amzn-requestid",
        ] {
            assert_eq!(
                request_id(|asked| (asked == name).then(|| "r-1".to_owned())).as_deref(),
                Some("r-1"),
                "{name}"
            );
        }
        assert_eq!(request_id(|_| None), None);
        assert_eq!(
            request_id(|name| Some(name.to_owned())).as_deref(),
            Some("x-request-id")
        );
    }
}
