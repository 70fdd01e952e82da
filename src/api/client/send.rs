//! Sending a request: one attempt, and further ones where that is safe and may help.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::api::body::BodyError;
use crate::api::change_trace::ChangeTrace;
use crate::api::client::Client;
use crate::api::error::{check_status, transport, unreadable};
use crate::api::event::Event;
use crate::api::request::{Effect, Request};
use crate::api::response::Response;
use crate::api::retry::{AttemptError, AttemptOutcome, RETRY_TIMEOUT, SendError, delay};
use crate::api::{body, wire};
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::secret::SecretKey;

impl Client {
    /// Sends a request, and retries it where that is safe and may help. After a request to stop nothing is sent.
    pub(crate) fn send(&self, request: &Request) -> Result<Response, SendError> {
        self.begin(request.effect)?;
        let deadline = (self.timing.clock)() + RETRY_TIMEOUT;
        let mut attempt = 1;
        loop {
            let error = match self.exchange(request).and_then(check_status) {
                Ok(response) => {
                    if let Some(budget) = &self.budget {
                        budget.earn();
                    }
                    return Ok(response);
                }
                Err(error) => error,
            };
            let jitter = (self.timing.jitter)();
            let (delay, error) = delay(request.effect, error, attempt, self.max_attempts, jitter)?;
            attempt += 1;
            self.wait_to_retry(request.effect, error, delay, attempt, deadline)?;
        }
    }

    /// Refuses to start a request after a request to stop.
    fn begin(&self, effect: Effect) -> Result<(), SendError> {
        // Set before the stop flag is read, so that a reader who sees the stop, and then no change, knows that none follows.
        let trace = self.trace_of(effect);
        let before = trace.is_some_and(|trace| trace.set_begun(true));
        if !self.stop.is_requested() {
            return Ok(());
        }
        if let Some(trace) = trace {
            trace.set_begun(before);
        }
        let message = "interrupted before the request was sent";
        Err(SendError::Interrupted(Error::new(
            ErrorKind::Interrupted,
            message,
        )))
    }

    /// Returns the trace of a request with this effect.
    fn trace_of(&self, effect: Effect) -> Option<&ChangeTrace> {
        let trace = self.change_trace.as_deref();
        trace.filter(|_| effect == Effect::Change)
    }

    /// Waits before attempt number `attempt`, unless there is a reason not to make it. `error` is that of the last one.
    fn wait_to_retry(
        &self,
        effect: Effect,
        error: Error,
        delay: Duration,
        attempt: u32,
        deadline: Instant,
    ) -> Result<(), SendError> {
        if self.stop.is_requested() {
            return Err(interrupted(effect, error));
        }
        if self.budget.as_ref().is_some_and(|budget| !budget.spend()) {
            let error = error.detail("not retried: the retries of this command are used up");
            return Err(SendError::Failed(error));
        }
        if (self.timing.clock)() + delay > deadline {
            let minutes = RETRY_TIMEOUT.as_secs() / 60;
            let error = error.detail(format!(
                "not retried: {minutes} minutes have passed since the first attempt"
            ));
            return Err(SendError::Failed(error));
        }
        (self.observer)(&Event::Retry {
            reason: &error.message,
            delay,
            attempt,
            max_attempts: self.max_attempts,
        });
        (self.timing.sleep)(&self.stop, delay);
        if self.stop.is_requested() {
            return Err(interrupted(effect, error));
        }
        Ok(())
    }

    /// Sends a request that reads, once, and returns the response whatever its status.
    pub(in crate::api) fn probe(&self, request: &Request) -> Result<Response, Error> {
        self.begin(Effect::Read).map_err(SendError::into_error)?;
        self.exchange(request).map_err(|failed| failed.error)
    }

    /// Sends a request once, and reads the whole response.
    fn exchange(&self, request: &Request) -> Result<Response, AttemptError> {
        let url = request.url(&self.base);
        let mut info = RequestInfo {
            method: request.method.to_owned(),
            url: url.to_string(),
            ..RequestInfo::default()
        };
        let request_to_send = self.build(request, url)?;
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        (self.observer)(&Event::Request {
            number,
            method: request.method,
            url: request.shown_url(&self.base).as_str(),
            headers: &self.shown_headers(request_to_send.headers()),
        });
        let started = Instant::now();
        let response = self.http.execute(request_to_send).map_err(|error| {
            let proxy = self.proxy_host.as_deref();
            transport::classify(&error, info.clone(), self.timeout, proxy)
        })?;
        let status = response.status().as_u16();
        let version = format!("{:?}", response.version());
        let headers = self.shown_headers(response.headers());
        info.status = Some(status);
        info.request_id = wire::request_id(|name| {
            let (_, value) = headers.iter().find(|(header, _)| header == name)?;
            Some(value.clone())
        });
        if let Some(trace) = self.trace_of(request.effect) {
            trace.set_request_id(info.request_id.as_deref());
        }
        let length = response.content_length();
        let read = body::read(response, length, started + self.timeout, &self.memory);
        let elapsed = started.elapsed();
        let is_cut_off = matches!(read, Err(BodyError::CutOff(_)));
        let may_prove_absence = status == 404 && request.effect == Effect::Read && is_cut_off;
        (self.observer)(&Event::Response {
            number,
            status,
            headers: if request.is_private { &[] } else { &headers },
            elapsed,
        });
        let (body, allocation) = match read {
            Ok((body, allocation)) => (body, Some(Arc::new(allocation))),
            // An error is described by its status; its body only adds a text. But a 404 proves that a computer is absent if its
            // body is the API's own JSON, so one that was cut off is requested again.
            Err(_) if !(200..300).contains(&status) && !may_prove_absence => (String::new(), None),
            Err(error) => return Err(unreadable(&error, request.effect, info, self.timeout)),
        };
        Ok(Response {
            request: info,
            version,
            status,
            headers,
            // A secret that a server repeats is redacted by value, wherever it stands.
            body: self.redact(body, SecretKey::redact_json),
            elapsed,
            allocation,
        })
    }

    fn build(
        &self,
        request: &Request,
        url: reqwest::Url,
    ) -> Result<reqwest::blocking::Request, AttemptError> {
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| {
            let message = format!("{} is not an HTTP method", request.method);
            AttemptError::new(AttemptOutcome::Final, Error::new(ErrorKind::Usage, message))
        })?;
        let mut built = reqwest::blocking::Request::new(method, url);
        *built.headers_mut() = self.headers.clone();
        if let Some(body) = &request.body {
            let json = HeaderValue::from_static("application/json");
            built.headers_mut().insert(CONTENT_TYPE, json);
            *built.body_mut() = Some(body.clone().into());
        }
        Ok(built)
    }

    /// Returns headers as texts, without secrets, even if a server repeats them.
    fn shown_headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let text = |value: &HeaderValue| {
            if value.is_sensitive() {
                return "…".to_owned();
            }
            let text = String::from_utf8_lossy(value.as_bytes());
            self.redact(text.into_owned(), SecretKey::redact)
        };
        let headers = headers.iter();
        headers
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect()
    }
}

/// Returns the error of a request that is not retried because of a request to stop.
fn interrupted(effect: Effect, error: Error) -> SendError {
    match effect {
        Effect::Read => SendError::Interrupted(Error {
            kind: ErrorKind::Interrupted,
            message: format!("interrupted before it was retried: {}", error.message),
            ..error
        }),
        // A change is retried only if it is known that the last attempt changed nothing.
        Effect::Change => {
            SendError::Failed(error.detail("not retried: the command was interrupted"))
        }
    }
}
