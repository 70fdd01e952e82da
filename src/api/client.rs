//! One connection to one API: builds requests, sends them with retries, reads answers. Knows no endpoint.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Url;
use reqwest::blocking::ClientBuilder;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::api::body::MemoryUse;
use crate::api::event::{Event, Observer, while_polling};
use crate::api::listing::PageSize;
use crate::api::request::{Effect, Request};
use crate::api::response::Response;
use crate::api::retry::{Attempt, LONGEST_RETRYING, Next, SendError, Timing};
use crate::api::retry_budget::RetryBudget;
use crate::api::trust::CaFile;
use crate::api::wire::{self, Wire};
use crate::api::{body, error, proxy, retry, trust};
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::gateway_header::GatewayHeader;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;
use crate::sync::stop::Stop;

/// The part of a request's time that connecting may take. What ends in it was never sent, which is worth knowing.
const CONNECTING: f64 = 0.9;

/// The most requests in flight at once where nothing is said.
pub(super) const CONCURRENCY: usize = 8;

/// What a client is made of.
pub struct Options {
    /// The base URL, such as `https://restapi.reemo.io/v1`.
    pub api_url: String,
    /// The key that every request carries.
    pub secret: SecretKey,
    /// Headers that every request carries too, for a gateway in front of the API.
    pub headers: Vec<GatewayHeader>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<CaFile>,
    /// The time a request may take, from its first byte to the last of its answer.
    pub request_timeout: Duration,
    /// The attempts after the first.
    pub retries: u32,
    /// The query names that differ on this instance.
    pub wire: WireOverrides,
    /// Told what happens.
    pub observer: Observer,
    /// Once it is requested, no request is begun and no retry is waited for.
    pub stop: Stop,
}

/// A client of one API with one key. A clone is the same client, for another thread.
#[derive(Clone)]
pub struct Client {
    http: reqwest::blocking::Client,
    base: Url,
    secret: SecretKey,
    /// The headers that every request carries.
    headers: HeaderMap,
    /// What is redacted wherever a server repeats it: the key, and the values of headers.
    secrets: Arc<[SecretKey]>,
    timeout: Duration,
    /// The host of the proxy that requests go through, if there is one, for messages.
    proxy_host: Option<String>,
    attempts: u32,
    /// How often a change may be sent again after its answer was lost and the account shows that it was not made.
    resends: u32,
    /// The retries that bulk work shares.
    budget: Option<Arc<RetryBudget>>,
    pub(super) pace: Timing,
    memory: MemoryUse,
    /// The page size that listings ask for.
    pub(super) page_size: PageSize,
    /// The most pages that are fetched at once, where the user chose it.
    pub(super) concurrency: Option<usize>,
    pub(super) wire: Wire,
    pub(super) observer: Observer,
    stop: Stop,
    /// Set when a request that changes something is begun.
    change_begun: Option<Arc<AtomicBool>>,
}

impl Client {
    /// Returns a text without the secrets in it, by one of the ways in which [`SecretKey`] redacts.
    fn redact(&self, text: String, by: for<'a> fn(&SecretKey, &'a str) -> Cow<'a, str>) -> String {
        self.secrets
            .iter()
            .fold(text, |text, secret| match by(secret, &text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(redacted) => redacted,
            })
    }

    /// Returns [`SecretKey::fingerprint`] of the key.
    pub fn key_fingerprint(&self) -> String {
        self.secret.fingerprint()
    }

    /// Prepares a client; no connection is made yet.
    ///
    /// # Errors
    /// `Config` where the URL, the key or the CA file can't be used.
    pub fn new(options: Options) -> Result<Self, Error> {
        let base = Url::parse(&options.api_url).map_err(|error| {
            Error::new(
                ErrorKind::Config,
                format!("the API URL can't be used: {error}"),
            )
        })?;
        let headers = request_headers(&options)?;
        let redactable = options.headers.iter().filter_map(GatewayHeader::redactable);
        let secrets = [&options.secret].into_iter().chain(redactable).cloned();
        let secrets: Arc<[SecretKey]> = secrets.collect();
        let is_tls = base.scheme() == "https";
        // The blocking builder's own timeout starts anew with each read; this one is a single deadline for the whole answer.
        let mut builder =
            ClientBuilder::from(reqwest::ClientBuilder::new().timeout(options.request_timeout))
                .timeout(None)
                .connect_timeout(options.request_timeout.mul_f64(CONNECTING))
                .user_agent(concat!("reemo/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .tls_backend_preconfigured(trust::client_config(options.ca_file.as_ref(), is_tls)?);
        // Only loopback is allowed without TLS: there a proxy would see the key, and trust roots are not needed.
        let proxy = if is_tls { proxy::between(&base)? } else { None };
        let (proxy, proxy_host) = proxy.map(|server| (server.proxy, server.host)).unzip();
        builder = match proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder.no_proxy(),
        };
        let http = builder.build().map_err(|error| {
            Error::new(ErrorKind::Config, "the HTTPS client can't be set up")
                .detail(error.to_string())
        })?;
        Ok(Self {
            http,
            base,
            secret: options.secret,
            headers,
            secrets,
            timeout: options.request_timeout,
            proxy_host,
            attempts: options.retries.saturating_add(1),
            resends: options.retries.min(1),
            budget: None,
            pace: Timing::default(),
            memory: MemoryUse::default(),
            page_size: PageSize::default(),
            concurrency: None,
            wire: Wire::new(&options.wire),
            observer: options.observer,
            stop: options.stop,
            change_begun: None,
        })
    }

    /// The same client with another page size, in computers, whatever the API says to it.
    #[must_use]
    pub fn with_page_size(&self, size: u64) -> Self {
        Self {
            page_size: self.page_size.fixed(size),
            ..self.clone()
        }
    }

    /// The same client for a listing of which no more than that many computers are wanted.
    #[must_use]
    pub fn wanting(&self, computers: u64) -> Self {
        Self {
            page_size: self.page_size.at_most(computers),
            ..self.clone()
        }
    }

    /// The same client with another number of pages fetched at once.
    #[must_use]
    pub fn with_concurrency(&self, concurrency: usize) -> Self {
        Self {
            concurrency: Some(concurrency),
            ..self.clone()
        }
    }

    /// The same client for asking the same again and again: says less of each time.
    #[must_use]
    pub fn polling(&self) -> Self {
        Self {
            observer: while_polling(Arc::clone(&self.observer)),
            ..self.clone()
        }
    }

    /// The same client for bulk work: each request may be tried more often, out of a budget that all share.
    #[must_use]
    pub fn for_bulk(&self) -> Self {
        let more = (self.attempts - 1).saturating_mul(3);
        Self {
            attempts: more + 1,
            resends: more,
            budget: Some(Arc::new(RetryBudget::new())),
            ..self.clone()
        }
    }

    /// The same client that asks each thing once.
    pub(super) fn without_retries(&self) -> Self {
        Self {
            attempts: 1,
            ..self.clone()
        }
    }

    /// Returns a client that sets `begun` before it sends a request that changes something. Once a stop was requested, a flag
    /// that is not set stays so.
    #[must_use]
    pub fn with_change_begun(&self, begun: &Arc<AtomicBool>) -> Self {
        Self {
            change_begun: Some(Arc::clone(begun)),
            ..self.clone()
        }
    }

    /// How many changes are worth having in flight at once.
    pub fn concurrency(&self) -> usize {
        self.concurrency.unwrap_or(CONCURRENCY).max(1)
    }

    /// How often a change may be sent again after its answer was lost and the account shows that it was not made.
    pub(super) fn resends(&self) -> u32 {
        self.resends
    }

    /// Whether this client is for bulk work.
    pub(super) fn is_bulk(&self) -> bool {
        self.budget.is_some()
    }

    /// The whole URL of a request.
    pub fn url(&self, request: &Request) -> String {
        request.url(&self.base).into()
    }

    /// Sends a request, and again where that is safe and worth it. After a stop was requested nothing is sent any more.
    ///
    /// # Errors
    /// What is known about the request where no answer with 2xx came.
    pub fn send(&self, request: &Request) -> Result<Response, SendError> {
        self.begin(request.effect)?;
        let mut attempt = 1;
        let latest = (self.pace.clock)() + LONGEST_RETRYING;
        loop {
            match retry::next(
                request.effect,
                self.attempt(request),
                attempt,
                self.attempts,
                (self.pace.jitter)(),
            ) {
                Next::Response(answer) => {
                    if let Some(budget) = &self.budget {
                        budget.earn();
                    }
                    return Ok(answer);
                }
                Next::Stop(unanswered) => return Err(unanswered),
                Next::Again(pause, failure) => {
                    attempt += 1;
                    self.pause(request.effect, pause, failure, attempt, latest)?;
                }
            }
        }
    }

    /// Refuses to begin a request after a stop was requested.
    fn begin(&self, effect: Effect) -> Result<(), SendError> {
        // Set before the look at the flag, so that whoever sees the stop and then no change knows that none will follow.
        let begun = self
            .change_begun
            .as_ref()
            .filter(|_| effect == Effect::Change);
        let before = begun.is_some_and(|begun| begun.swap(true, Ordering::SeqCst));
        if !self.stop.is_requested() {
            return Ok(());
        }
        if let Some(begun) = begun {
            begun.store(before, Ordering::SeqCst);
        }
        Err(SendError::Interrupted(Error::new(
            ErrorKind::Interrupted,
            "interrupted before the request was sent",
        )))
    }

    /// Pauses before the attempt number `attempt`, unless there is a reason not to make it.
    fn pause(
        &self,
        effect: Effect,
        pause: Duration,
        failure: Error,
        attempt: u32,
        latest: Instant,
    ) -> Result<(), SendError> {
        let interrupted = |failure: Error| match effect {
            Effect::Read => SendError::Interrupted(Error {
                kind: ErrorKind::Interrupted,
                message: format!("interrupted before it was tried again: {}", failure.message),
                ..failure
            }),
            // A change is tried again only where it is known that the attempt before changed nothing.
            Effect::Change => {
                SendError::Failed(failure.detail("not tried again: the command was interrupted"))
            }
        };
        if self.stop.is_requested() {
            return Err(interrupted(failure));
        }
        if self.budget.as_ref().is_some_and(|budget| !budget.spend()) {
            return Err(SendError::Failed(
                failure.detail("the retries of this command are used up"),
            ));
        }
        if (self.pace.clock)() + pause > latest {
            let minutes = LONGEST_RETRYING.as_secs() / 60;
            return Err(SendError::Failed(
                failure.detail(format!("not retried: {minutes} minutes have passed")),
            ));
        }
        (self.observer)(&Event::Retry {
            reason: &failure.message,
            delay: pause,
            attempt,
            max_attempts: self.attempts,
        });
        (self.pace.sleep)(&self.stop, pause);
        if self.stop.is_requested() {
            return Err(interrupted(failure));
        }
        Ok(())
    }

    fn not_answered(&self, error: &reqwest::Error, asked: RequestInfo) -> Attempt {
        error::transport::classify(error, asked, self.timeout, self.proxy_host.as_deref())
    }

    fn attempt(&self, request: &Request) -> Attempt {
        let url = self.url(request);
        let mut asked = RequestInfo {
            method: request.method.to_owned(),
            url: url.clone(),
            ..RequestInfo::default()
        };
        let Ok(method) = reqwest::Method::from_bytes(request.method.as_bytes()) else {
            return Attempt::Final(Error::new(
                ErrorKind::Usage,
                format!("{} is no HTTP method", request.method),
            ));
        };
        let mut builder = self
            .http
            .request(method, &url)
            .headers(self.headers.clone());
        if let Some(body) = &request.body {
            builder = builder
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let built = match builder.build() {
            Ok(built) => built,
            Err(error) => return self.not_answered(&error, asked),
        };
        let shown: Vec<(String, String)> = built
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    if value.is_sensitive() {
                        "…".to_owned()
                    } else {
                        lossy(value)
                    },
                )
            })
            .collect();
        (self.observer)(&Event::Request {
            method: request.method,
            url: &url,
            headers: &shown,
        });

        let started = Instant::now();
        let response = match self.http.execute(built) {
            Ok(response) => response,
            Err(error) => return self.not_answered(&error, asked),
        };
        let status = response.status().as_u16();
        let version = format!("{:?}", response.version());
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    self.redact(lossy(value), SecretKey::redact),
                )
            })
            .collect();
        asked.status = Some(status);
        asked.request_id = wire::request_id(|wanted| {
            headers
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.clone())
        });
        let length = response.content_length();
        let read = body::read(response, length, started + self.timeout, &self.memory);
        // What an error answer means is said by its status; its body has only words.
        let read = match read {
            Ok((body, allocation)) => Ok((body, Some(Arc::new(allocation)))),
            Err(_) if !(200..300).contains(&status) => Ok((String::new(), None)),
            Err(error) => Err(error),
        };
        let elapsed = started.elapsed();
        (self.observer)(&Event::Response {
            status,
            headers: &headers,
            elapsed,
        });
        match read {
            Ok((body, allocation)) => {
                // A secret that a server repeats is redacted by value, wherever it stands.
                let body = self.redact(body, SecretKey::redact_json);
                Attempt::from_answer(
                    Response {
                        asked,
                        version,
                        status,
                        headers,
                        body,
                        elapsed,
                        allocation,
                    },
                    error::for_status,
                )
            }
            Err(error) => error::unreadable(&error, request.effect, asked, self.timeout),
        }
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;

/// Returns the headers that every request carries.
fn request_headers(options: &Options) -> Result<HeaderMap, Error> {
    let cannot = |what: &str| {
        let message = format!("{what} has characters that no header can carry");
        Error::new(ErrorKind::Config, message)
    };
    let secret_value = |secret: &SecretKey, what: &str| {
        let mut value = HeaderValue::from_str(secret.expose()).map_err(|_| cannot(what))?;
        value.set_sensitive(true);
        Ok::<_, Error>(value)
    };
    let mut headers = HeaderMap::new();
    headers.insert(
        AUTHORIZATION,
        secret_value(&options.secret, "the secret key")?,
    );
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for header in &options.headers {
        let what = format!("the header {}", header.name);
        let name = HeaderName::try_from(&header.name).map_err(|_| cannot(&what))?;
        headers.insert(name, secret_value(&header.value, &what)?);
    }
    Ok(headers)
}

fn lossy(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}
