//! The calls of the API that read, and `connect`, which is never sent again by itself. Those that change something are in
//! `settle`.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::model::property::PropertyPath;

impl Client {
    /// One computer by its `id`.
    ///
    /// # Errors
    /// `NotFound` where the API knows none.
    pub(crate) fn get(&self, id: Uuid) -> Result<Computer, Error> {
        let answer = self
            .send(&Request::read(computer_path(id), Vec::new()))
            .map_err(|error| name_in_404(error.into_error(), id))?;
        the_computer(&answer, id)
    }

    /// Reads the computer with an id. Returns `None` if the API's own 404 proves that there is none.
    ///
    /// # Errors
    /// Whatever the request fails with; [`ErrorKind::NotFound`] for a 404 that a gateway may have sent.
    pub(crate) fn find(&self, id: Uuid) -> Result<Option<Computer>, Error> {
        match self.get(id) {
            Err(error) if error.proves_absence() => Ok(None),
            result => result.map(Some),
        }
    }

    /// Requests access: the computer with short-lived connection tokens. Never sent twice by itself, since each answer is a new token.
    ///
    /// # Errors
    /// What the request failed with; a lost answer does no harm, and says so.
    pub(crate) fn connect(&self, id: Uuid) -> Result<Computer, Error> {
        let mut path = computer_path(id).to_vec();
        path.push("connect".to_owned());
        match self.send(&Request::change("POST", path, None)) {
            Ok(answer) => the_computer(&answer, id),
            Err(SendError::Failed(failure) | SendError::Interrupted(failure)) => {
                Err(name_in_404(failure, id))
            }
            Err(SendError::Maybe(failure) | SendError::Lost(failure)) => Err(failure
                .detail("no token was received")
                .hint("running the same command again is safe")),
        }
    }
}

/// The path of a computer.
pub(super) fn computer_path(id: Uuid) -> [String; 2] {
    ["computers".to_owned(), id.to_string()]
}

/// The computer in an answer.
///
/// # Errors
/// [`ErrorKind::InvalidResponse`] where there is none.
pub(super) fn read_computer(answer: &Response) -> Result<Computer, Error> {
    wire::read_one(answer.json()?).map_err(|why| answer.invalid(why))
}

/// The computer that was asked for by its `id`.
///
/// # Errors
/// [`ErrorKind::InvalidResponse`] where the answer has none, or speaks of another one.
pub(super) fn the_computer(answer: &Response, id: Uuid) -> Result<Computer, Error> {
    let computer = read_computer(answer)?;
    let says = computer.property(&PropertyPath::new("id"));
    if says.is_some_and(|says| Uuid::try_parse(&says).ok() != Some(id)) {
        return Err(answer.invalid(format!("it speaks of another computer than {id}")));
    }
    Ok(computer)
}

/// The command that shows a computer as it now is.
pub(super) fn show_command(id: Uuid) -> CommandLine {
    CommandLine::reemo("computers get").arg(format!("id:{id}"))
}

/// Names the computer in a 404 about it.
pub(super) fn name_in_404(error: Error, id: Uuid) -> Error {
    if error.kind != ErrorKind::NotFound {
        return error;
    }
    let message = if error.proves_absence() {
        format!("no computer has the id {id}")
    } else {
        format!("no computer was found with the id {id}")
    };
    let error = Error { message, ..error };
    if error.proves_absence() {
        error
    } else {
        error.detail("the answer is not the API's own JSON, so a gateway may have sent it")
    }
}
