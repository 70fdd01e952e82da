//! What a command is handed: settings, the terminal, and a client that is made when it is first asked for.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use crate::api::client::{Client, Options};
use crate::api::event::{Event, Observer};
use crate::api::trust::CaFile;
use crate::config::{self, Defaults, Environment, Flags, Settings};
use crate::model::error::{Error, ErrorKind};
use crate::model::gateway_header::GatewayHeader;
use crate::model::secret::SecretKey;
use crate::output::Terminal;
use crate::sandbox;
use crate::sync::stop::Stop;

/// Everything that a command may need; nothing of it is made before it is needed.
pub(crate) struct Context {
    /// The only door to the terminal.
    pub terminal: &'static Terminal,
    /// The flags that settings are made of.
    pub flags: Flags,
    /// The variables of the environment that this program knows.
    pub environment: Environment,
    /// What is shown at a terminal unless flags say otherwise; none where standard output is no terminal.
    pub defaults: Defaults,
    /// The request to stop, which commands pass signals on to and every client heeds.
    pub stop: Stop,
    settings: OnceCell<Settings>,
    client: OnceCell<Client>,
    sandbox: OnceCell<sandbox::Server>,
    /// What was remarked already: a file that is read twice gives the same warning once.
    noted: RefCell<HashSet<String>>,
}

impl Context {
    /// Takes what was decided before; reads nothing yet.
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
            stop: terminal.stop().clone(),
            settings: OnceCell::new(),
            client: OnceCell::new(),
            sandbox: OnceCell::new(),
            noted: RefCell::default(),
        }
    }

    /// The settings, decided once; what is worth a remark is noted then.
    ///
    /// # Errors
    /// `Config` where the config file or the environment can't be used.
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

    /// Shows what reading the configuration gave rise to.
    pub(crate) fn note(&self, notes: &[config::Note]) {
        for (code, message) in notes {
            if self.noted.borrow_mut().insert(message.clone()) {
                self.terminal.note(code, message);
            }
        }
    }

    /// The client of the profile's API, made at the first call. For the sandbox, its server is started then.
    ///
    /// # Errors
    /// `NoCredentials` or `Config` where there is no usable key or URL.
    pub(crate) fn client(&self) -> Result<&Client, Error> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let settings = self.settings()?;
        let client = if settings.is_sandbox {
            self.client_for(
                settings,
                &self.start_sandbox()?,
                SecretKey::parse(sandbox::SECRET_KEY, "the sandbox")?,
            )?
        } else {
            let mut notes = Vec::new();
            let secret = settings.secret.load(&mut notes);
            self.note(&notes);
            self.client_for(settings, settings.api_url.value.as_str(), secret?)?
        };
        Ok(self.client.get_or_init(|| client))
    }

    /// A client of an API other than the profile's own, or with another key: for checking a key before it is stored.
    ///
    /// # Errors
    /// `Config` where the URL, the key or the CA file can't be used.
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
        let read = |path: &PathBuf| {
            Ok::<_, Error>(CaFile {
                path: path.clone(),
                pem: config::read_ca_file(path)?,
            })
        };
        Client::new(Options {
            api_url: api_url.to_owned(),
            secret,
            headers,
            ca_file: settings.ca_file.as_ref().map(read).transpose()?,
            request_timeout: settings.request_timeout.value,
            retries: settings.retries,
            wire: settings.wire.clone(),
            observer: observer(self.terminal),
            stop: self.stop.clone(),
        })
    }

    /// The client, for a command that changes something.
    ///
    /// # Errors
    /// `ReadOnly` before anything is sent where the profile or the environment forbids changes; else as `client`.
    pub(crate) fn client_for_change(&self, dry_run: bool) -> Result<&Client, Error> {
        let read_only = &self.settings()?.read_only;
        if read_only.value && !dry_run {
            return Err(Error::new(
                ErrorKind::ReadOnly,
                format!("changes are forbidden by {}", read_only.source),
            ));
        }
        self.client()
    }

    /// Whether a question can be asked and answered.
    ///
    /// # Errors
    /// `Config` where the environment can't be used.
    pub(crate) fn is_interactive(&self) -> Result<bool, Error> {
        Ok(self.allows_input()?
            && std::io::stdin().is_terminal()
            && std::io::stderr().is_terminal())
    }

    /// Whether neither `--no-input` nor the environment forbids questions.
    ///
    /// # Errors
    /// `Config` where the environment can't be used.
    pub(crate) fn allows_input(&self) -> Result<bool, Error> {
        Ok(!self.flags.no_input && !self.environment.get(&config::NO_INPUT)?.unwrap_or(false))
    }

    fn start_sandbox(&self) -> Result<String, Error> {
        let cannot = |why: String| {
            Error::new(
                ErrorKind::Unexpected,
                format!("the sandbox can't be started: {why}"),
            )
        };
        let folder = config::sandbox_folder()?;
        let store = sandbox::Store::open(&folder, sandbox::DEFAULT_COMPUTERS)
            .map_err(|error| cannot(error.to_string()))?;
        let running = sandbox::start(store, sandbox::ServerOptions::default())
            .map_err(|error| cannot(error.to_string()))?;
        let url = running.url();
        let _ = self.sandbox.set(running);
        Ok(url)
    }
}

/// Shows what happens on the wire: requests at `-v`, headers at `-vv`, retries and remarks always.
fn observer(terminal: &'static Terminal) -> Observer {
    Arc::new(move |event| match event {
        Event::Request {
            number,
            method,
            url,
            headers,
        } => {
            terminal.trace(1, &format!("> #{number} {method} {url}"));
            for (name, value) in *headers {
                terminal.trace(2, &format!("> {name}: {value}"));
            }
        }
        Event::Response {
            number,
            status,
            headers,
            elapsed,
        } => {
            terminal.trace(
                1,
                &format!("< #{number} {status} in {} ms", elapsed.as_millis()),
            );
            for (name, value) in *headers {
                terminal.trace(2, &format!("< {name}: {value}"));
            }
        }
        Event::Retry {
            reason,
            delay,
            attempt,
            max_attempts,
        } => {
            let delay = delay.as_secs_f64();
            terminal.note(
                "retry",
                &format!(
                    "{reason}; trying again in {delay:.1} s (attempt {attempt} of {max_attempts})"
                ),
            );
        }
        Event::Warning { code, text } => terminal.warning(code, text),
        Event::Note { code, text } => terminal.note(code, text),
    })
}
