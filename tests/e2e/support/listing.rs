//! `GET /computers`, in the peer's dialect.

use super::dialect::{Dialect, Envelope, Fact, Filters, Hints, Walk};
use super::fleet::Row;
use super::http::{Answer, Request};
use super::routes::refusal;
use super::text::quoted;

const SEARCHABLE: [&str; 6] = ["id", "_id", "name", "hostname", "ip", "status"];
const DEFAULT_SIZE: usize = 20;

/// One page of a walk.
struct Page {
    number: usize,
    size: usize,
    total: usize,
    first: usize,
    url: String,
}

pub(crate) fn list(dialect: &Dialect, rows: &[Row], request: &Request) -> Answer {
    let query = request.query();
    let (paging, asked): (Vec<_>, Vec<_>) = query
        .into_iter()
        .partition(|(key, _)| key == dialect.page || key == dialect.limit);
    if dialect.filters == Filters::Refused && !asked.is_empty() {
        return refusal(dialect, 400, &format!("unknown parameter {}", asked[0].0));
    }
    let rows: Vec<&Row> = rows
        .iter()
        .filter(|row| asked.iter().all(|(k, v)| passes(dialect, row, k, v)))
        .collect();
    let number = |name: &str| {
        paging
            .iter()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| value.parse().ok())
    };
    let mut page = Page {
        number: number(dialect.page)
            .unwrap_or(dialect.first_page)
            .max(dialect.first_page),
        size: number(dialect.limit)
            .unwrap_or(DEFAULT_SIZE)
            .clamp(1, dialect.cap),
        total: rows.len(),
        first: dialect.first_page,
        url: format!(
            "http://{}{}",
            request.header("host").unwrap_or_default(),
            request.path()
        ),
    };
    match dialect.walk {
        Walk::Paged => {}
        Walk::AllAtOnce => (page.number, page.size) = (dialect.first_page, rows.len().max(1)),
        Walk::Stuck => page.number = dialect.first_page,
    }
    let shown = rows
        .iter()
        .skip((page.number - page.first) * page.size)
        .take(page.size);
    let array = format!(
        "[{}]",
        shown.map(|row| row.json()).collect::<Vec<_>>().join(",")
    );
    enveloped(dialect, &array, &page)
}

fn passes(dialect: &Dialect, row: &Row, key: &str, wanted: &str) -> bool {
    let bracketed = key
        .strip_prefix("filter[")
        .and_then(|key| key.strip_suffix(']'));
    let property = if dialect.filters == Filters::Bracketed {
        bracketed
    } else {
        Some(key)
    };
    let Some(property) = property.filter(|property| SEARCHABLE.contains(property)) else {
        return true;
    };
    let value = row.get(property).unwrap_or_default();
    match dialect.filters {
        Filters::Exact | Filters::Bracketed => value == wanted,
        Filters::Loose => value.to_lowercase().contains(&wanted.to_lowercase()),
        Filters::Ignored | Filters::Refused => true,
    }
}

fn enveloped(dialect: &Dialect, array: &str, page: &Page) -> Answer {
    let beside = match dialect.hints {
        Hints::Body(facts) => page.members(dialect, facts),
        Hints::Object(name, facts) => format!(
            ",{}:{{{}}}",
            quoted(name),
            &page.members(dialect, facts)[1..]
        ),
        _ => String::new(),
    };
    let body = match dialect.envelope {
        Envelope::Bare => array.to_owned(),
        Envelope::Under(key) => format!("{{{}:{array}{beside}}}", quoted(key)),
        Envelope::Within(outer, key) => {
            format!(
                "{{\"ok\":true,{}:{{{}:{array}{beside}}}}}",
                quoted(outer),
                quoted(key)
            )
        }
    };
    let answer = Answer::json(200, body);
    match (dialect.hints, page.next(dialect)) {
        (Hints::TotalHeader, _) => answer.header("X-Total-Count", page.total.to_string()),
        (Hints::LinkHeader, Some(next)) => answer.header(
            "Link",
            format!("<{}>; rel=\"first\", <{next}>; rel=\"next\"", page.url),
        ),
        (Hints::LinkHeader, None) => {
            answer.header("Link", format!("<{}>; rel=\"first\"", page.url))
        }
        _ => answer,
    }
}

impl Page {
    /// `,"name":value` for each fact.
    fn members(&self, dialect: &Dialect, facts: &[(&str, Fact)]) -> String {
        facts
            .iter()
            .map(|(name, fact)| format!(",{}:{}", quoted(name), self.tell(dialect, *fact)))
            .collect()
    }

    fn tell(&self, dialect: &Dialect, fact: Fact) -> String {
        match fact {
            Fact::Page => self.number.to_string(),
            Fact::Limit => self.size.to_string(),
            Fact::Total => self.total.to_string(),
            Fact::Shown => self
                .total
                .saturating_sub((self.number - self.first) * self.size)
                .min(self.size)
                .to_string(),
            Fact::Pages => self.total.div_ceil(self.size).to_string(),
            Fact::More => self.more().to_string(),
            Fact::NextPage if self.more() => (self.number + 1).to_string(),
            Fact::NextUrl if self.more() => self
                .next(dialect)
                .map(|url| quoted(&url))
                .unwrap_or_default(),
            Fact::NextPage | Fact::NextUrl => "null".to_owned(),
        }
    }

    fn more(&self) -> bool {
        (self.number - self.first + 1) * self.size < self.total
    }

    fn next(&self, dialect: &Dialect) -> Option<String> {
        let (page, size) = (dialect.page, dialect.limit);
        self.more().then(|| {
            format!(
                "{}?{page}={}&{size}={}",
                self.url,
                self.number + 1,
                self.size
            )
        })
    }
}
