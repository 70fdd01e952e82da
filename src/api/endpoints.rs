//! The API's requests; its calls that read, and `connect`, which is never retried after a lost response. Those that change
//! something are in `settle`.

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

impl Request {
    /// Requests access to a computer.
    pub(crate) fn connect(id: Uuid) -> Self {
        let [computers, id] = computer_path(id);
        Self::change("POST", [computers, id, "connect".to_owned()], None)
    }

    /// Reserves an `_id`.
    pub(crate) fn reserve(underscore_id: Uuid, name: Option<&str>) -> Self {
        let body = wire::reserve_body(underscore_id, name);
        Self::change("POST", ["computers".to_owned()], Some(body))
    }

    /// Renames a computer.
    pub(crate) fn rename(id: Uuid, name: &str) -> Self {
        Self::change("PUT", computer_path(id), Some(wire::rename_body(name)))
    }

    /// Deletes a computer.
    pub(crate) fn delete(id: Uuid) -> Self {
        Self::change("DELETE", computer_path(id), None)
    }
}

impl Client {
    /// Reads the computer with an `id`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is none, or whatever the request fails with.
    pub(crate) fn get(&self, id: Uuid) -> Result<Computer, Error> {
        let response = self
            .send(&Request::read(computer_path(id), Vec::new()))
            .map_err(|error| name_in_404(error.into_error(), id))?;
        the_computer(&response, id)
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

    /// Requests access. Returns the computer with short-lived connection tokens. Not sent again after a lost response, because
    /// each response is a new token.
    ///
    /// # Errors
    /// Whatever the request fails with. If the response is lost, a hint says that running the command again is safe.
    pub(crate) fn connect(&self, id: Uuid) -> Result<Computer, Error> {
        match self.send(&Request::connect(id)) {
            Ok(response) => the_computer(&response, id),
            Err(SendError::Failed(failure) | SendError::Interrupted(failure)) => {
                Err(name_in_404(failure, id))
            }
            Err(SendError::Maybe(failure) | SendError::Lost(failure)) => Err(failure
                .detail("no token was received")
                .hint("running the same command again is safe")),
        }
    }
}

/// Returns the path of a computer.
fn computer_path(id: Uuid) -> [String; 2] {
    ["computers".to_owned(), id.to_string()]
}

/// Returns the computer in a response.
///
/// # Errors
/// [`ErrorKind::InvalidResponse`] if there is none.
pub(super) fn read_computer(response: &Response) -> Result<Computer, Error> {
    wire::read_one(response.json()?).map_err(|why| response.invalid(why))
}

/// Returns the computer in the response to a request for the one with an `id`.
///
/// # Errors
/// [`ErrorKind::InvalidResponse`] if there is none, or one with another `id`.
pub(super) fn the_computer(response: &Response, id: Uuid) -> Result<Computer, Error> {
    let computer = read_computer(response)?;
    let found = computer.property(&PropertyPath::new("id"));
    if found.is_some_and(|found| Uuid::try_parse(&found).ok() != Some(id)) {
        return Err(response.invalid(format!("it describes a computer other than {id}")));
    }
    Ok(computer)
}

/// Returns the command that shows a computer.
pub(super) fn show_command(id: Uuid) -> CommandLine {
    CommandLine::reemo("computers get").arg(format!("id:{id}"))
}

/// Names the computer in the message of a 404.
pub(super) fn name_in_404(error: Error, id: Uuid) -> Error {
    if error.kind != ErrorKind::NotFound {
        return error;
    }
    if error.proves_absence() {
        let message = format!("no computer has the id {id}");
        return Error { message, ..error };
    }
    let message = format!("no computer was found with the id {id}");
    Error { message, ..error }
        .detail("the response is not JSON, so a gateway may have sent it, not the API")
}
