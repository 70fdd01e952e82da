//! What a command is given: settings, the terminal, and a client that is created on first use.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use crate::api::client::{Client, Options};
use crate::api::event::{Event, Observer};
use crate::api::trust::CaFile;
use crate::config::{self, Defaults, Environment, Flags, Settings};
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::gateway_header::GatewayHeader;
use crate::model::secret::SecretKey;
use crate::output::{Progress, Terminal};
use crate::sandbox;
use crate::sync::stop::Stop;

/// The vendor's WebClient.
const DEFAULT_WEBCLIENT: &str = "https://static.reemo.io/reemo.min.js";

/// Everything that a command may need, created on first use.
pub(crate) struct Context {
    /// Standard output and standard error.
    pub terminal: &'static Terminal,
    /// The global flags that settings depend on.
    pub flags: Flags,
    /// The environment variables of the settings.
    pub environment: Environment,
    /// What is shown at a terminal unless flags say otherwise. Empty if standard output is not a terminal.
    pub defaults: Defaults,
    /// The stop flag, which signals set and every client checks.
    pub stop: Stop,
    settings: OnceCell<Settings>,
    client: OnceCell<Client>,
    sandbox: OnceCell<sandbox::Server>,
    /// The notes that were printed, so that a file that is read twice gives each warning once.
    noted: RefCell<HashSet<String>>,
}

impl Context {
    pub(crate) fn new(
        terminal: &'static Terminal,
        flags: Flags,
        environment: Environment,
        defaults: Defaults,
    ) -> Self {
        Self {
            terminal,
            flags,
            environment,
            defaults,
            stop: terminal.stop.clone(),
            settings: OnceCell::new(),
            client: OnceCell::new(),
            sandbox: OnceCell::new(),
            noted: RefCell::default(),
        }
    }

    /// Returns the settings. The first call resolves them and prints their notes.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if the config file or the environment can't be used.
    pub(crate) fn settings(&self) -> Result<&Settings, Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let settings = config::resolve(&self.flags, &self.environment)?;
        if let Some(secret) = settings.secret.known_key() {
            self.terminal.hide(secret);
        }
        self.note(&settings.notes);
        Ok(self.settings.get_or_init(|| settings))
    }

    /// Prints notes on the configuration.
    pub(crate) fn note(&self, notes: &[config::Note]) {
        for (code, message) in notes {
            if self.noted.borrow_mut().insert(message.clone()) {
                self.terminal.note(code, message);
            }
        }
    }

    /// Returns the client of the profile's API. The first call creates it, and starts the server of the sandbox.
    ///
    /// # Errors
    /// [`ErrorKind::NoCredentials`] or [`ErrorKind::Config`] if there is no usable key or URL.
    pub(crate) fn client(&self) -> Result<&Client, Error> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let settings = self.settings()?;
        let client = if settings.is_sandbox {
            let secret = SecretKey::parse(sandbox::SECRET_KEY, "the sandbox")?;
            self.client_for(settings, &self.start_sandbox()?, secret)?
        } else {
            let mut notes = Vec::new();
            let secret = settings.secret.load(&mut notes);
            self.note(&notes);
            self.client_for(settings, settings.api_url.value.as_str(), secret?)?
        };
        Ok(self.client.get_or_init(|| client))
    }

    /// Returns a client with this URL and key instead of the profile's, to check a key before it is stored.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if the URL, the key or the CA file can't be used.
    pub(crate) fn client_for(
        &self,
        settings: &Settings,
        api_url: &str,
        secret: SecretKey,
    ) -> Result<Client, Error> {
        self.terminal.hide(&secret);
        let headers = settings.headers.clone();
        let redactable = headers.iter().filter_map(GatewayHeader::redactable);
        redactable.for_each(|value| self.terminal.hide(value));
        Client::new(Options {
            api_url: api_url.to_owned(),
            secret,
            headers,
            ca_file: ca_file(settings)?,
            request_timeout: settings.request_timeout.value,
            retries: settings.retries,
            wire: settings.wire.clone(),
            observer: observer(self.terminal),
            stop: self.stop.clone(),
        })
    }

    /// Returns the client for a command that changes something.
    ///
    /// # Errors
    /// [`ErrorKind::ReadOnly`] if the profile or the environment forbids changes; otherwise those of [`Self::client`].
    pub(crate) fn client_for_change(&self, dry_run: bool) -> Result<&Client, Error> {
        let read_only = &self.settings()?.read_only;
        if read_only.value && !dry_run {
            let message = format!("changes are forbidden by {}", read_only.source);
            return Err(Error::new(ErrorKind::ReadOnly, message));
        }
        self.client()
    }

    /// Whether a question can be asked and answered.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if `REEMO_NO_INPUT` is not valid.
    pub(crate) fn is_interactive(&self) -> Result<bool, Error> {
        Ok(self.allows_input()?
            && std::io::stdin().is_terminal()
            && std::io::stderr().is_terminal())
    }

    /// Whether neither `--no-input` nor `REEMO_NO_INPUT` forbids questions.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if `REEMO_NO_INPUT` is not valid.
    pub(crate) fn allows_input(&self) -> Result<bool, Error> {
        Ok(!self.flags.no_input && !self.environment.get(&config::NO_INPUT)?.unwrap_or(false))
    }

    /// Returns the script of the WebClient: the setting's, the vendor's, or with the sandbox's key its own stand-in.
    pub(crate) fn webclient_url(&self) -> Result<Url, Error> {
        let of_sandbox = match self.sandbox.get() {
            Some(server) => Some(server.webclient_url()),
            None => self.served_sandbox()?.map(sandbox::webclient_url),
        };
        let url = of_sandbox.as_deref().unwrap_or(DEFAULT_WEBCLIENT);
        let parsed = Url::parse(url).map_err(|error| {
            let message = format!("{url} is not a URL: {error}");
            Error::new(ErrorKind::Unexpected, message)
        });
        let setting = self.settings()?.webclient_url.clone();
        setting.map_or(parsed, Ok)
    }

    /// Returns the API's URL if it is that of `sandbox serve`, which no other API shares its key with. No key is sent without
    /// TLS but to loopback addresses.
    fn served_sandbox(&self) -> Result<Option<&str>, Error> {
        let settings = self.settings()?;
        let url = settings.api_url.value.as_str();
        let key = settings.secret.known_key();
        let is_sandbox = key.is_some_and(|key| key.expose() == sandbox::SECRET_KEY);
        Ok(Some(url).filter(|url| is_sandbox && url.starts_with("http://")))
    }

    /// Shows, from now on and while it takes long, how far a listing has come.
    pub(crate) fn listing_progress(&self) -> Progress<'_> {
        self.terminal.spinner("listing computers")
    }

    fn start_sandbox(&self) -> Result<String, Error> {
        let folder = config::sandbox_folder()?;
        let server = sandbox::Store::open(&folder, sandbox::DEFAULT_COMPUTERS)
            .map_err(|error| error.to_string())
            .and_then(|store| {
                sandbox::start(store, sandbox::ServerOptions::default())
                    .map_err(|error| error.to_string())
            })
            .map_err(|why| {
                let message = format!("the sandbox can't be started: {why}");
                Error::new(ErrorKind::Unexpected, message)
            })?;
        let url = server.url();
        let _ = self.sandbox.set(server);
        Ok(url)
    }
}

/// Reads the certificates that are trusted beside the system's, if the settings name a file.
///
/// # Errors
/// [`ErrorKind::Config`] if the file can't be used.
pub(crate) fn ca_file(settings: &Settings) -> Result<Option<CaFile>, Error> {
    let read = |path: &PathBuf| {
        Ok(CaFile {
            path: path.clone(),
            pem: config::read_ca_file(path)?,
        })
    };
    settings.ca_file.as_ref().map(read).transpose()
}

/// Prints requests and responses with `-v`, their headers with `-vv`, and retries and warnings always.
fn observer(terminal: &'static Terminal) -> Observer {
    let trace = |line: &str, sign: char, headers: &[(String, String)]| {
        terminal.trace(1, line);
        for (name, value) in headers {
            terminal.trace(2, &format!("{sign} {name}: {value}"));
        }
    };
    Arc::new(move |event| match event {
        Event::Request {
            number,
            method,
            url,
            headers,
        } => trace(&format!("> #{number} {method} {url}"), '>', headers),
        Event::Response {
            number,
            status,
            headers,
            elapsed,
        } => {
            let milliseconds = elapsed.as_millis();
            let line = format!("< #{number} {status} in {milliseconds} ms");
            trace(&line, '<', headers);
        }
        Event::Page {
            pages,
            computers,
            total,
        } => terminal.set_progress_text(|| listed(*pages, *computers, *total)),
        Event::Retry {
            reason,
            delay,
            attempt,
            max_attempts,
        } => {
            let delay = delay.as_secs_f64();
            let text = format!(
                "{reason}; trying again in {delay:.1} s (attempt {attempt} of {max_attempts})"
            );
            terminal.note("retry", &text);
        }
        Event::Warning { code, text } => terminal.warning(code, text),
        Event::Note { code, text } => terminal.note(code, text),
    })
}

/// Returns how far a listing has come.
fn listed(pages: u64, computers: u64, total: Option<u64>) -> String {
    let computers = match total.filter(|total| *total >= computers) {
        Some(total) => format!("{computers} of {}", counted(total, "computer")),
        None => counted(computers, "computer"),
    };
    format!("{}, {computers}", counted(pages, "page"))
}
