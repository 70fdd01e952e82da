//! What each endpoint of the API does: from its parameters to its JSON. Paths, methods and the key are matters of `api`.

use std::time::Instant;

use hyper::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::computer::Computer;
use super::error::SandboxError;
use super::fleet::Fleet;
use super::list_query::ListQuery;
use super::listing::Lister;
use super::response::JsonResponse;
use super::store::Store;
use super::timestamp::Timestamp;

/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 255;
/// How long a connection token is valid, in seconds.
const TOKEN_SECONDS: i64 = 60;
/// The URL of a signal server, with a hostname that never resolves.
const SIGNAL_URL: &str = "wss://signal.sandbox.invalid";
/// The namespace in which `_id`s are hashed in connections.
const HASH_NAMESPACE: Uuid = Uuid::from_u128(0x91c8_73e2_04bd_4f6a_8a57_c1d0_6e2f_b934);

pub(super) type EndpointResult = Result<JsonResponse, SandboxError>;

/// A computer with what a WebClient needs to connect to it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConnectionBody {
    #[serde(flatten)]
    computer: Computer,
    token: String,
    signal: &'static str,
    expires_at: Timestamp,
}

pub(super) fn list(store: &Store, lister: &Lister, query: &str) -> EndpointResult {
    let query = ListQuery::parse(query)?;
    let page = lister.page(&store.fleet()?, query);
    let json = page.map_err(|error| SandboxError::State(error.to_string()))?;
    Ok(JsonResponse::from_text(StatusCode::OK, json))
}

pub(super) fn get(store: &Store, id: &str) -> EndpointResult {
    let fleet = store.fleet()?;
    let (_, computer) = fleet.by_id(path_id(id)?)?;
    let computer = computer.into_owned().reported(Timestamp::now());
    Ok(JsonResponse::new(StatusCode::OK, &computer))
}

pub(super) fn connect(store: &Store, id: &str) -> EndpointResult {
    let fleet = store.fleet()?;
    let (_, computer) = fleet.by_id(path_id(id)?)?;
    let mut computer = computer.into_owned().reported(Timestamp::now());
    if !computer.is_online() {
        let text = format!(
            "computer {} is OFFLINE; only an ONLINE computer can be connected to",
            computer.id
        );
        return Err(SandboxError::Refused(text));
    }
    computer.signal_id = Uuid::new_v5(&HASH_NAMESPACE, computer.signal_id.as_bytes());
    let connection = ConnectionBody {
        computer,
        token: format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
        signal: SIGNAL_URL,
        expires_at: Timestamp::now().plus_seconds(TOKEN_SECONDS),
    };
    Ok(JsonResponse::new(StatusCode::OK, &connection))
}

pub(super) fn reserve(store: &Store, deadline: Instant, body: &[u8]) -> EndpointResult {
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
    let reserve = |fleet: &mut Fleet| fleet.reserve(signal_id, name, Timestamp::now());
    let computer = store.change(deadline, reserve)?;
    Ok(JsonResponse::new(StatusCode::CREATED, &computer))
}

pub(super) fn rename(store: &Store, deadline: Instant, id: &str, body: &[u8]) -> EndpointResult {
    let id = path_id(id)?;
    let parameters = parameters(body)?;
    let missing = || invalid("missing parameter: name");
    let name = name(parameters.get("name").ok_or_else(missing)?)?;
    let computer = store.change(deadline, |fleet| fleet.rename(id, name))?;
    let computer = computer.reported(Timestamp::now());
    Ok(JsonResponse::new(StatusCode::OK, &computer))
}

pub(super) fn delete(store: &Store, deadline: Instant, id: &str) -> EndpointResult {
    let id = path_id(id)?;
    store.change(deadline, |fleet| fleet.delete(id))?;
    Ok(JsonResponse::new(StatusCode::OK, &Map::new()))
}

/// Reads the id in a path. No computer has an id that is not a UUID.
fn path_id(text: &str) -> Result<Uuid, SandboxError> {
    uuid(text).ok_or_else(|| SandboxError::NotFound(format!("no computer has the id {text:?}")))
}

/// Reads a UUID with its hyphens, in upper or lower case; `None` for any other form.
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
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(invalid("name must not be longer than 255 characters"));
    }
    Ok(name.to_owned())
}

fn invalid(text: &str) -> SandboxError {
    SandboxError::Invalid(text.to_owned())
}
