//! `computers connect --open`: serves the page that connects, starts a browser, and prints what the page reports.

mod browser;
mod events;
mod tokens;

use std::time::{Duration, Instant};

use crate::api::client::Client;
use crate::commands::computers::open::events::PageEventPrinter;
use crate::commands::computers::resolve::Resolved;
use crate::commands::interrupt;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::Format;
use crate::webclient::{PageEvent, PageServer, Reply, WebClientPage};

/// How long the page may wait to be opened.
const OPEN_TIMEOUT: Duration = Duration::from_mins(1);
/// How long the page's script may take to start after the page was loaded.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a page that was refused a computer may take to say that it has ended.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// Checks that the format can show events as they happen.
///
/// # Errors
/// [`ErrorKind::Usage`] for any format but table, wide and jsonl.
pub(super) fn check_format(context: &Context) -> Result<(), Error> {
    match context.terminal.style().format {
        Format::Table | Format::Wide | Format::Jsonl => Ok(()),
        _ => Err(Error::new(
            ErrorKind::Usage,
            "--open prints events as they happen, which this format can't",
        )
        .hint("use -o jsonl, or leave out --open to print the object with its tokens")),
    }
}

/// Opens a computer's desktop in a browser and returns when its page is closed.
///
/// # Errors
/// [`ErrorKind::TimedOut`] if no browser opens the page; [`ErrorKind::Interrupted`] after Ctrl-C; whatever the API refuses the
/// computer with.
pub(super) fn open(
    context: &Context,
    client: &Client,
    found: &Resolved,
    no_browser: bool,
) -> Result<(), Error> {
    let name = found.computer.name().filter(|name| !name.is_empty());
    let page = WebClientPage {
        title: name.map_or_else(|| found.id.to_string(), std::borrow::Cow::into_owned),
        script: context.webclient_url()?,
        hosts: context.settings()?.webclient_hosts.clone(),
    };
    let server = PageServer::start(&page).map_err(|error| {
        let message = format!("the page can't be served on 127.0.0.1: {error}");
        Error::new(ErrorKind::Unexpected, message)
    })?;
    interrupt::listen(&context.stop)?;
    let (stop, sender) = (context.stop.clone(), server.sender());
    std::thread::spawn(move || {
        stop.wait();
        let _ = sender.send(PageEvent::Stopped);
    });
    let mut session = Session {
        printer: PageEventPrinter::new(context),
        client,
        found,
        server,
        refusal: None,
        has_computer: false,
    };
    session.printer.serving(&session.server.url)?;
    let allows_input = context.allows_input()?;
    browser::start(context, &session.server, no_browser || !allows_input);
    session.run()
}

/// One page, from its being served to its end.
struct Session<'a> {
    printer: PageEventPrinter<'a>,
    client: &'a Client,
    found: &'a Resolved,
    server: PageServer,
    /// Why the API refused the first request for a computer, which ends the session.
    refusal: Option<Error>,
    has_computer: bool,
}

impl Session<'_> {
    fn run(&mut self) -> Result<(), Error> {
        let mut deadline = Some(Instant::now() + OPEN_TIMEOUT);
        let mut is_opened = false;
        loop {
            let Some(event) = self.server.next(deadline) else {
                return Err(self.refusal.take().unwrap_or_else(|| {
                    if is_opened {
                        not_started()
                    } else {
                        not_opened(&self.server)
                    }
                }));
            };
            match event {
                PageEvent::Opened => {
                    is_opened = true;
                    deadline = Some(Instant::now() + START_TIMEOUT);
                    self.printer.opened()?;
                }
                PageEvent::Alive => deadline = None,
                PageEvent::Connect(reply) => {
                    self.connect(reply)?;
                    if self.refusal.is_some() {
                        deadline = Some(Instant::now() + END_TIMEOUT);
                    }
                }
                PageEvent::Reported(report) => self.printer.report(&report)?,
                PageEvent::Closed => {
                    if let Some(refusal) = self.refusal.take() {
                        return Err(refusal);
                    }
                    return self.printer.closed();
                }
                PageEvent::Stopped => return Err(Error::interrupted()),
            }
        }
    }

    /// Requests access and hands the computer to the page. Only the first refusal ends the session: after a later one the user
    /// may try again in the page.
    fn connect(&mut self, reply: Reply) -> Result<(), Error> {
        match self.client.connect(self.found.id) {
            Ok(computer) => {
                self.has_computer = true;
                let granted = self.printer.granted(&self.found.computer, &computer);
                reply.computer(computer.text().to_owned());
                granted
            }
            Err(error) if error.kind == ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let is_final = !self.has_computer;
                reply.refuse(error.message.clone(), is_final);
                if is_final {
                    self.refusal = Some(with_hint(error, self.found));
                    return Ok(());
                }
                self.printer.refused(&error.message)
            }
        }
    }
}

/// A computer that is OFFLINE can be waited for.
fn with_hint(error: Error, found: &Resolved) -> Error {
    if !matches!(error.kind, ErrorKind::Conflict | ErrorKind::Rejected) {
        return error;
    }
    let wait = CommandLine::reemo("computers wait").arg(format!("id:{}", found.id));
    let wait = wait.arg("--for").arg("online");
    error.hint(Hint::new("if the computer is OFFLINE, wait for it: ").command(wait))
}

fn not_opened(server: &PageServer) -> Error {
    let message = format!(
        "no browser opened the page within {} s",
        OPEN_TIMEOUT.as_secs()
    );
    let port = server.port;
    Error::new(ErrorKind::TimedOut, message)
        .detail("no access was requested")
        .hint(format!(
            "run the command again and open the printed URL; from another machine first run: ssh -L {port}:127.0.0.1:{port} HOST"
        ))
}

fn not_started() -> Error {
    let message = format!(
        "the page was loaded, but its script did not start within {} s",
        START_TIMEOUT.as_secs()
    );
    Error::new(ErrorKind::TimedOut, message)
        .hint("run the command again, with JavaScript allowed for 127.0.0.1 and without extensions that block scripts")
}
