//! A client of one API with one key: how it is made, and its variants. Knows no endpoint.

mod send;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use reqwest::Url;
use reqwest::blocking::ClientBuilder;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::api::body::MemoryUse;
use crate::api::change_trace::ChangeTrace;
use crate::api::event::{Observer, while_polling};
use crate::api::listing::page_size::PageSize;
use crate::api::request::Request;
use crate::api::retry::Timing;
use crate::api::retry_budget::RetryBudget;
use crate::api::trust::CaFile;
use crate::api::wire::Wire;
use crate::api::{proxy, trust};
use crate::model::error::{Error, ErrorKind};
use crate::model::gateway_header::GatewayHeader;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;
use crate::sync::stop::Stop;

/// The part of the request timeout that connecting may take: a timeout while connecting tells that nothing was sent.
const CONNECT_TIMEOUT_SHARE: f64 = 0.9;

/// The number of requests in flight at once, if the user sets none.
pub(super) const DEFAULT_CONCURRENCY: usize = 8;

/// The settings of a client.
pub(crate) struct Options {
    /// The base URL, such as `https://restapi.reemo.io/v1`.
    pub api_url: String,
    /// The key that every request carries.
    pub secret: SecretKey,
    /// Headers that every request carries too, for a gateway in front of the API.
    pub headers: Vec<GatewayHeader>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<CaFile>,
    /// The time that one attempt may take, until the end of the response.
    pub request_timeout: Duration,
    /// The attempts after the first.
    pub retries: u32,
    /// The query names that differ from the defaults.
    pub wire: WireOverrides,
    /// Receives events.
    pub observer: Observer,
    /// Once a stop is requested, no request is sent and no retry is waited for.
    pub stop: Stop,
}

/// A client of one API with one key. A clone shares its connections, and what is known of the API.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::blocking::Client,
    pub(super) base: Url,
    secret: SecretKey,
    /// The headers that every request carries.
    headers: HeaderMap,
    /// What is redacted if a server repeats it: the key, and the values of headers.
    secrets: Arc<[SecretKey]>,
    timeout: Duration,
    /// The host of the proxy that requests go through, if there is one, for messages.
    proxy_host: Option<String>,
    max_attempts: u32,
    /// How often a change may be sent again after its response was lost and the account shows that it was not made.
    pub(super) resends: u32,
    /// The retries that all requests of a bulk command share.
    budget: Option<Arc<RetryBudget>>,
    pub(super) timing: Timing,
    memory: MemoryUse,
    /// The number of requests sent so far.
    requests: Arc<AtomicU64>,
    /// The page size that listings ask for.
    pub(super) page_size: PageSize,
    /// The number of requests in flight at once, if the user set it.
    pub(super) concurrency: Option<usize>,
    pub(crate) wire: Wire,
    pub(super) observer: Observer,
    pub(super) stop: Stop,
    /// What is told of requests that change something.
    change_trace: Option<Arc<ChangeTrace>>,
    /// What is listed, if not the computers.
    pub(super) collection: Option<Arc<Collection>>,
}

/// A listing other than that of all computers, as the user wrote it.
pub(crate) struct Collection {
    /// The segments of its path.
    pub path: Vec<String>,
    /// What is sent beside the parameters of paging.
    pub query: Vec<(String, String)>,
}

impl Client {
    /// Returns a text without the secrets in it, by one of the ways in which [`SecretKey`] redacts.
    fn redact(&self, text: String, by: for<'a> fn(&SecretKey, &'a str) -> Cow<'a, str>) -> String {
        let redact_one = |text: String, secret: &SecretKey| match by(secret, &text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => redacted,
        };
        self.secrets.iter().fold(text, redact_one)
    }

    /// Returns [`SecretKey::fingerprint`] of the key.
    pub(crate) fn key_fingerprint(&self) -> String {
        self.secret.fingerprint()
    }

    /// Makes a client. No connection is opened yet.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if the URL, the key, the proxy or the CA file can't be used.
    pub(crate) fn new(options: Options) -> Result<Self, Error> {
        let base = Url::parse(&options.api_url).map_err(|error| {
            let message = format!("the API URL can't be used: {error}");
            Error::new(ErrorKind::Config, message)
        })?;
        let headers = request_headers(&options)?;
        let redactable = options.headers.iter().filter_map(GatewayHeader::redactable);
        let secrets = [&options.secret].into_iter().chain(redactable).cloned();
        let secrets: Arc<[SecretKey]> = secrets.collect();
        let is_tls = base.scheme() == "https";
        // The blocking builder's own timeout restarts with each read; this one is a single deadline for the whole response.
        let mut builder =
            ClientBuilder::from(reqwest::ClientBuilder::new().timeout(options.request_timeout))
                .timeout(None)
                .connect_timeout(options.request_timeout.mul_f64(CONNECT_TIMEOUT_SHARE))
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
            max_attempts: options.retries.saturating_add(1),
            resends: options.retries.min(1),
            budget: None,
            timing: Timing::default(),
            memory: MemoryUse::default(),
            requests: Arc::default(),
            page_size: PageSize::default(),
            concurrency: None,
            wire: Wire::new(&options.wire),
            observer: options.observer,
            stop: options.stop,
            change_trace: None,
            collection: None,
        })
    }

    /// Returns a client that lists something else.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the query has a parameter of paging.
    pub(crate) fn with_collection(&self, collection: Collection) -> Result<Self, Error> {
        let paging = self.wire.page_query(0, 1);
        let is_paging = |(name, _): &&(String, String)| paging.iter().any(|(own, _)| own == name);
        if let Some((name, _)) = collection.query.iter().find(is_paging) {
            let message = format!("every page is requested, so the query can't have {name}");
            return Err(Error::new(ErrorKind::Usage, message));
        }
        Ok(Self {
            collection: Some(Arc::new(collection)),
            ..self.clone()
        })
    }

    /// Returns a client for a listing with a page size, even if the API rejects that, or else with the number of computers of
    /// which no more than the first are needed; and with so many requests in flight at once, if given.
    #[must_use]
    pub(crate) fn for_listing(
        &self,
        page_size: Option<u64>,
        limit: Option<u64>,
        concurrency: Option<usize>,
    ) -> Self {
        let page_size = match (page_size, limit) {
            (Some(size), _) => self.page_size.fixed(size),
            (None, Some(computers)) => self.page_size.at_most(computers),
            (None, None) => self.page_size.clone(),
        };
        Self {
            page_size,
            concurrency: concurrency.or(self.concurrency),
            ..self.clone()
        }
    }

    /// Returns a client for polling, which reports fewer events.
    #[must_use]
    pub(crate) fn polling(&self) -> Self {
        Self {
            observer: while_polling(Arc::clone(&self.observer)),
            ..self.clone()
        }
    }

    /// Returns a client for a bulk command: each request has more retries, out of a budget that all share.
    #[must_use]
    pub(crate) fn for_bulk(&self) -> Self {
        let more = (self.max_attempts - 1).saturating_mul(3);
        Self {
            max_attempts: more + 1,
            resends: more,
            budget: Some(Arc::new(RetryBudget::new())),
            ..self.clone()
        }
    }

    /// Returns a client that retries nothing.
    pub(super) fn without_retries(&self) -> Self {
        Self {
            max_attempts: 1,
            ..self.clone()
        }
    }

    /// Returns a client that fills in `trace` before it sends a request that changes something, and after its response. After a
    /// request to stop, a trace that has not begun stays so.
    #[must_use]
    pub(crate) fn with_change_trace(&self, trace: &Arc<ChangeTrace>) -> Self {
        Self {
            change_trace: Some(Arc::clone(trace)),
            ..self.clone()
        }
    }

    /// Returns the number of changes to have in flight at once.
    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency.unwrap_or(DEFAULT_CONCURRENCY).max(1)
    }

    /// Whether this client is for a bulk command.
    pub(super) fn is_bulk(&self) -> bool {
        self.budget.is_some()
    }

    /// Returns the whole URL of a request.
    pub(crate) fn url(&self, request: &Request) -> String {
        request.url(&self.base).into()
    }
}

/// Returns the headers that every request carries.
fn request_headers(options: &Options) -> Result<HeaderMap, Error> {
    let cannot = |what: &str| {
        let message = format!("{what} has characters that are not allowed in a header");
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

#[cfg(test)]
pub(super) mod tests;
