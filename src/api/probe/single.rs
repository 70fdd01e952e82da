//! What one computer looks like, and one that does not exist.

use uuid::Uuid;

use crate::api::response::Response;
use crate::api::wire;

/// What `GET /computers/ID` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Single {
    /// The computer, which this program finds in the answer.
    Read,
    /// Another computer, or none.
    Unreadable,
    /// Another status than 2xx.
    Status(u16),
}

/// What `GET /computers/ID` answers for an id that no computer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// 404 with JSON, which proves that there is none.
    Proven,
    /// 404 without JSON, which may be a gateway's.
    Unproven,
    /// Another status.
    Status(u16),
}

pub(super) fn judge(response: &Response, id: Uuid) -> Single {
    if !(200..300).contains(&response.status) {
        return Single::Status(response.status);
    }
    match response.json().map(wire::read_one) {
        Ok(Ok(computer)) if computer.id() == Some(id) => Single::Read,
        _ => Single::Unreadable,
    }
}

pub(super) fn judge_missing(response: &Response) -> Missing {
    match response.status {
        404 if response.json().is_ok() => Missing::Proven,
        404 => Missing::Unproven,
        other => Missing::Status(other),
    }
}
