//! The way to the API, step by step: names, connections, certificates. Nothing is sent but what TLS itself sends.

use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::Url;
use rustls::ClientConnection;
use rustls::pki_types::ServerName;

use crate::api::error::transport::tls_error;
use crate::api::probe::certificate::ServerCertificate;
use crate::api::proxy;
use crate::api::trust::{self, CaFile};
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;

/// Where connections to an API go.
#[derive(Debug)]
pub(crate) struct NetworkPath {
    /// The host that is connected to: the API's, or the proxy's.
    pub host: String,
    port: u16,
    /// The proxy's host, and its port where it is not the usual one.
    pub proxy: Option<String>,
    /// Whether the connection to the API uses TLS.
    pub is_tls: bool,
}

impl NetworkPath {
    /// Finds the way to an API.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if a variable with a proxy can't be used.
    pub(crate) fn new(api_url: &str) -> Result<Self, Error> {
        let url = Url::parse(api_url)
            .map_err(|error| Error::new(ErrorKind::Config, format!("not a URL: {error}")))?;
        let is_tls = url.scheme() == "https";
        let proxy = if is_tls { proxy::between(&url)? } else { None };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let (host, port) = match &proxy {
            Some(proxy) => proxy.address.clone(),
            None => (
                host.to_owned(),
                url.port_or_known_default().unwrap_or_default(),
            ),
        };
        Ok(Self {
            host,
            port,
            proxy: proxy.map(|proxy| proxy.host),
            is_tls,
        })
    }

    /// Whether the host is an address, which is not looked up.
    pub(crate) fn is_address(&self) -> bool {
        self.host.parse::<std::net::IpAddr>().is_ok()
    }

    /// Looks the host up. Returns its addresses and the time that it took.
    ///
    /// # Errors
    /// [`ErrorKind::Unreachable`] or [`ErrorKind::TimedOut`].
    pub(crate) fn look_up(&self, timeout: Duration) -> Result<(Vec<SocketAddr>, Duration), Error> {
        let started = Instant::now();
        let (sender, receiver) = mpsc::channel();
        let target = (self.host.clone(), self.port);
        // The system's own limit is minutes long.
        std::thread::spawn(move || {
            let found = target.to_socket_addrs().map(Iterator::collect::<Vec<_>>);
            let _ = sender.send(found);
        });
        let failed = |why: String| {
            let message = format!("{} can't be looked up: {why}", self.host);
            Error::new(ErrorKind::Unreachable, message)
        };
        match receiver.recv_timeout(timeout) {
            Ok(Ok(addresses)) if !addresses.is_empty() => Ok((addresses, started.elapsed())),
            Ok(Ok(_)) => Err(failed("it has no address".to_owned())),
            Ok(Err(error)) => Err(failed(escape(&error.to_string()).into_owned())),
            Err(_) => Err(Error::new(
                ErrorKind::TimedOut,
                format!("{} was not looked up within {timeout:?}", self.host),
            )),
        }
    }

    /// Connects to the first of the addresses that answers. Returns the time that it took.
    ///
    /// # Errors
    /// [`ErrorKind::Unreachable`].
    pub(crate) fn connect(
        &self,
        addresses: &[SocketAddr],
        timeout: Duration,
    ) -> Result<(TcpStream, Duration), Error> {
        let started = Instant::now();
        let mut why = String::new();
        for address in addresses {
            let left = timeout.saturating_sub(started.elapsed());
            if left.is_zero() {
                break;
            }
            match TcpStream::connect_timeout(address, left) {
                Ok(stream) => return Ok((stream, started.elapsed())),
                Err(error) => why = escape(&error.to_string()).into_owned(),
            }
        }
        let kind = if self.proxy.is_some() {
            ErrorKind::Proxy
        } else {
            ErrorKind::Unreachable
        };
        let message = format!(
            "{} can't be reached at port {}: {why}",
            self.host, self.port
        );
        Err(Error::new(kind, message))
    }

    /// Opens TLS on a connection to the API itself. Returns the certificate, unless it can't be read, and the time that it took.
    ///
    /// # Errors
    /// [`ErrorKind::Tls`] if the certificate can't be trusted, or the server does not speak TLS.
    pub(crate) fn open_tls(
        &self,
        mut stream: TcpStream,
        ca_file: Option<&CaFile>,
        timeout: Duration,
    ) -> Result<(Option<ServerCertificate>, Duration), Error> {
        let started = Instant::now();
        let unusable = |error: &(dyn std::error::Error + 'static)| tls_error(&self.host, error);
        let config = Arc::new(trust::client_config(ca_file, true)?);
        let name = ServerName::try_from(self.host.clone()).map_err(|error| unusable(&error))?;
        let mut connection =
            ClientConnection::new(config, name).map_err(|error| unusable(&error))?;
        let shake_hands = |connection: &mut ClientConnection, stream: &mut TcpStream| {
            stream.set_read_timeout(Some(timeout))?;
            stream.set_write_timeout(Some(timeout))?;
            while connection.is_handshaking() {
                connection.complete_io(stream)?;
                if started.elapsed() > timeout {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            Ok::<(), io::Error>(())
        };
        shake_hands(&mut connection, &mut stream).map_err(|error| unusable(&error))?;
        let elapsed = started.elapsed();
        connection.send_close_notify();
        let _ = connection.complete_io(&mut stream);
        let certificates = connection.peer_certificates().unwrap_or_default();
        let first = certificates.first();
        Ok((
            first.and_then(|first| ServerCertificate::read(first, SystemTime::now())),
            elapsed,
        ))
    }
}
