//! The calls on one computer, and the way a refusal is worded, in the peer's dialect.

use super::dialect::{Answered, Dialect, ErrorForm, Single};
use super::fleet::{self, Row};
use super::http::{Answer, Request};
use super::listing::list;
use super::text::quoted;

/// Answers one request, and does what it asks.
pub(crate) fn answer(dialect: &Dialect, rows: &mut Vec<Row>, request: &Request) -> Answer {
    let path: Vec<&str> = request.path().split('/').skip(1).collect();
    let place = |id: &str| {
        rows.iter()
            .position(|row| row.get("id").as_deref() == Some(id))
    };
    match (request.method.as_str(), path.as_slice()) {
        ("GET", ["v1", "computers"]) => list(dialect, rows, request),
        ("POST", ["v1", "computers"]) => reserve(dialect, rows, request),
        (method, ["v1", "computers", id, rest @ ..]) => match (method, rest, place(id)) {
            (_, _, None) => refusal(dialect, 404, "no such computer"),
            ("GET", [], Some(at)) => one(dialect, 200, &rows[at]),
            ("POST", ["connect"], Some(at)) => one(dialect, 200, &with_tokens(&rows[at])),
            ("PUT", [], Some(at)) => rename(dialect, &mut rows[at], request),
            ("DELETE", [], Some(at)) => delete(dialect, rows, at),
            _ => refusal(dialect, 405, "no such call"),
        },
        _ => refusal(dialect, 404, "no such place"),
    }
}

/// The object that `connect` answers: `_id` hashed, tokens added.
pub(crate) fn with_tokens(row: &Row) -> Row {
    let hashed = format!("hashed-{}", &row.get("_id").unwrap_or_default()[..8]);
    row.clone()
        .text("_id", &hashed)
        .text("token", "tok-4f1c")
        .raw("signal", r#"{"url":"wss://signal.example","ttl":30.0}"#)
}

/// The computer that reserving this `_id` makes.
pub(crate) fn reserved(n: usize, uid: &str, name: Option<&str>) -> Row {
    let row = Row::new(n, name.unwrap_or_default(), "OFFLINE").text("_id", uid);
    row.raw("hostname", "null")
        .raw("ip", "null")
        .raw("reservedAt", "1700000000.000")
}

fn reserve(dialect: &Dialect, rows: &mut Vec<Row>, request: &Request) -> Answer {
    let Some(uid) = field(request, "_id") else {
        return refusal(dialect, 400, "_id is missing");
    };
    if rows
        .iter()
        .any(|row| row.get("_id").as_deref() == Some(&uid))
    {
        return refusal(dialect, 409, "_id is taken");
    }
    let is_taken = |n: &usize| rows.iter().any(|row| row.get("id") == Some(fleet::id(*n)));
    let mut free = (rows.len() + 1000..).skip_while(is_taken);
    let n = free.next().unwrap();
    let row = reserved(n, &uid, field(request, "name").as_deref());
    let row = row.respelt("status", dialect.state);
    rows.push(row.clone());
    one(dialect, 201, &row)
}

fn rename(dialect: &Dialect, row: &mut Row, request: &Request) -> Answer {
    let Some(name) = field(request, "name") else {
        return refusal(dialect, 400, "name is missing");
    };
    *row = row.clone().text("name", &name);
    answered(dialect, dialect.rename, row)
}

fn delete(dialect: &Dialect, rows: &mut Vec<Row>, at: usize) -> Answer {
    if rows[at].get(dialect.state).as_deref() != Some("OFFLINE") {
        return refusal(dialect, 409, "computer is online");
    }
    let row = rows.remove(at);
    answered(dialect, dialect.delete, &row)
}

fn answered(dialect: &Dialect, how: Answered, row: &Row) -> Answer {
    match how {
        Answered::Computer => one(dialect, 200, row),
        Answered::Body(status, body) => Answer::json(status, body.to_owned()),
        Answered::Empty(status) => Answer::empty(status),
    }
}

fn one(dialect: &Dialect, status: u16, row: &Row) -> Answer {
    let body = match dialect.single {
        Single::Bare => row.json(),
        Single::Under(key) => format!("{{{}:{}}}", quoted(key), row.json()),
    };
    Answer::json(status, body)
}

fn field(request: &Request, name: &str) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(&request.body).ok()?;
    body.get(name)?.as_str().map(str::to_owned)
}

/// A refusal, worded as the dialect does.
pub(crate) fn refusal(dialect: &Dialect, status: u16, text: &str) -> Answer {
    let said = quoted(text);
    match dialect.errors {
        ErrorForm::Text => Answer::json(status, format!("{{\"error\":{said}}}")),
        ErrorForm::Message => Answer::json(status, format!("{{\"message\":{said}}}")),
        ErrorForm::Object => Answer::json(
            status,
            format!("{{\"error\":{{\"message\":{said},\"code\":\"E{status}\"}}}}"),
        ),
        ErrorForm::Errors => {
            Answer::json(status, format!("{{\"errors\":[{{\"message\":{said}}}]}}"))
        }
        ErrorForm::Plain => Answer::new(status, "text/plain", text.to_owned()),
        ErrorForm::Html => Answer::new(
            status,
            "text/html",
            format!("<!doctype html><html><body><h1>{text}</h1></body></html>"),
        ),
        ErrorForm::Nothing => Answer::empty(status),
    }
}

/// The rows that a peer starts with, in its dialect.
pub(crate) fn spoken(dialect: &Dialect, rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter()
        .map(|row| row.respelt("status", dialect.state))
        .collect()
}

/// The usual fleet.
pub(crate) fn usual(dialect: &Dialect) -> Vec<Row> {
    spoken(dialect, fleet::small())
}
