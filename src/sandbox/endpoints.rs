//! What each call of the API does: its parameters in, its JSON out. Paths, methods and the key are `api`'s.

use std::time::Instant;

use hyper::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::clock::Moment;
use super::computer::Computer;
use super::error::SandboxError;
use super::fleet::Fleet;
use super::listing::Listings;
use super::query;
use super::reply::Reply;
use super::store::Store;
use super::wanted::Wanted;

/// The longest name, in characters.
const NAME_LENGTH: usize = 255;
/// How long a connection token lives, in seconds.
const TOKEN_LIFE: i64 = 60;
/// Where signal servers would be; a name that no resolver knows.
const SIGNAL: &str = "wss://signal.sandbox.invalid";
/// The namespace in which a computer's `_id` is hashed when it is connected to.
const HASHED: Uuid = Uuid::from_u128(0x91c8_73e2_04bd_4f6a_8a57_c1d0_6e2f_b934);

pub(super) type Answer = Result<Reply, SandboxError>;

/// A computer with what a WebClient needs to connect to it at once.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    #[serde(flatten)]
    computer: Computer,
    token: String,
    signal: &'static str,
    expires_at: Moment,
}

pub(super) fn list(store: &Store, listings: &Listings, query: &str) -> Answer {
    let wanted = Wanted::parse(query::pairs(query))?;
    let page = listings.page(&store.fleet()?, wanted);
    let json = page.map_err(|error| SandboxError::State(error.to_string()))?;
    Ok(Reply::text(StatusCode::OK, json))
}

pub(super) fn get(store: &Store, id: &str) -> Answer {
    let fleet = store.fleet()?;
    let (_, computer) = fleet.by_id(path_id(id)?)?;
    Ok(Reply::json(StatusCode::OK, &computer))
}

pub(super) fn connect(store: &Store, id: &str) -> Answer {
    let fleet = store.fleet()?;
    let (_, computer) = fleet.by_id(path_id(id)?)?;
    let mut computer = computer.into_owned();
    if !computer.is_online() {
        let text = format!(
            "computer {} is OFFLINE; only an ONLINE computer can be connected to",
            computer.id
        );
        return Err(SandboxError::Refused(text));
    }
    computer.signal_id = Uuid::new_v5(&HASHED, computer.signal_id.as_bytes());
    let connection = Connection {
        computer,
        token: format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
        signal: SIGNAL,
        expires_at: Moment::now().plus(TOKEN_LIFE),
    };
    Ok(Reply::json(StatusCode::OK, &connection))
}

pub(super) fn reserve(store: &Store, deadline: Instant, body: &[u8]) -> Answer {
    let parameters = parameters(body)?;
    let signal_id = match parameters.get("_id") {
        Some(Value::String(text)) => uuid(text).ok_or_else(|| invalid("_id is not a UUID"))?,
        Some(_) => return Err(invalid("_id must be a text that holds a UUID")),
        None => return Err(invalid("missing parameter: _id")),
    };
    let name = match parameters.get("name") {
        None | Some(Value::Null) => None,
        Some(value) => Some(name(value)?),
    };
    let reserve = |fleet: &mut Fleet| fleet.reserve(signal_id, name, Moment::now());
    let computer = store.change(deadline, reserve)?;
    Ok(Reply::json(StatusCode::CREATED, &computer))
}

pub(super) fn rename(store: &Store, deadline: Instant, id: &str, body: &[u8]) -> Answer {
    let id = path_id(id)?;
    let parameters = parameters(body)?;
    let missing = || invalid("missing parameter: name");
    let name = name(parameters.get("name").ok_or_else(missing)?)?;
    let computer = store.change(deadline, |fleet| fleet.rename(id, name))?;
    Ok(Reply::json(StatusCode::OK, &computer))
}

pub(super) fn delete(store: &Store, deadline: Instant, id: &str) -> Answer {
    let id = path_id(id)?;
    store.change(deadline, |fleet| fleet.delete(id))?;
    Ok(Reply::json(StatusCode::OK, &Map::new()))
}

/// The id in a path; what is no UUID is no computer's id either.
fn path_id(text: &str) -> Result<Uuid, SandboxError> {
    uuid(text).ok_or_else(|| SandboxError::NotFound(format!("no computer has the id {text:?}")))
}

/// A UUID in its one usual form, in either case: no braces, no `urn:`, nothing left out.
fn uuid(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok().filter(|_| text.len() == 36)
}

fn parameters(body: &[u8]) -> Result<Map<String, Value>, SandboxError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(parameters)) => Ok(parameters),
        Ok(_) => Err(invalid("the body must be a JSON object")),
        Err(error) => Err(SandboxError::Invalid(format!(
            "the body is not JSON: {error}"
        ))),
    }
}

fn name(value: &Value) -> Result<String, SandboxError> {
    let name = value
        .as_str()
        .ok_or_else(|| invalid("name must be a text"))?;
    if name.trim().is_empty() {
        return Err(invalid("name must not be blank"));
    }
    if name.chars().count() > NAME_LENGTH {
        return Err(invalid("name must not be longer than 255 characters"));
    }
    Ok(name.to_owned())
}

fn invalid(text: &str) -> SandboxError {
    SandboxError::Invalid(text.to_owned())
}
