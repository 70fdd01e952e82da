//! Which certificates are trusted: the system's, and those of a CA file.
//!
//! Most of the time needed to load the platform's certificates goes into a folder of single files that the system's bundle
//! repeats. So on Linux the bundle alone is read, as curl does. Elsewhere the platform verifies certificates itself.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// Names a bundle in place of the system's.
const BUNDLE_VARIABLE: &str = "SSL_CERT_FILE";
/// Names folders of certificates in place of the system's.
const FOLDER_VARIABLE: &str = "SSL_CERT_DIR";

/// Where Linux distributions keep all certificates in one file.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Certificates to trust beside the system's, and the file that they came from.
#[derive(Debug)]
pub(crate) struct CaFile {
    /// The file, for messages.
    pub path: PathBuf,
    /// Its content, in PEM form.
    pub pem: Vec<u8>,
}

/// Returns the TLS settings of a client. Without `is_tls` it makes no TLS connection, and no certificate is loaded.
///
/// # Errors
/// [`ErrorKind::Config`] where the CA file or the file in `SSL_CERT_FILE` can't be used, [`ErrorKind::Tls`] where the
/// system has no certificates.
pub(super) fn client_config(ca_file: Option<&CaFile>, is_tls: bool) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = ca_file.map(certificates).transpose()?.unwrap_or_default();
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            let message = format!("TLS can't be set up: {error}");
            Error::new(ErrorKind::Unexpected, message)
        })?;
    let bundle = if is_tls {
        bundle()?
    } else {
        Some(RootCertStore::empty())
    };
    let builder = match bundle {
        Some(mut roots) => {
            roots.add_parsable_certificates(extra);
            builder.with_root_certificates(roots)
        }
        // The verifier is the library's own; this is its documented way to trust further certificates.
        None => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(platform(extra, provider)?)),
    };
    Ok(builder.with_no_client_auth())
}

/// Returns the certificates of the file that `SSL_CERT_FILE` names, or else of the system's bundle. `None` where the
/// platform has to be asked: where there is no bundle, where `SSL_CERT_DIR` names folders that have other certificates (the
/// platform's verifier reads both variables), and on systems that have a store of their own.
fn bundle() -> Result<Option<RootCertStore>, Error> {
    if !cfg!(target_os = "linux") {
        return Ok(None);
    }
    let folders = variable(FOLDER_VARIABLE).map(PathBuf::from);
    // A folder repeats the bundle that lies in it, one certificate a file.
    let suffices = |bundle: &Path| folders.is_none() || bundle.parent() == folders.as_deref();
    match variable(BUNDLE_VARIABLE).map(PathBuf::from) {
        Some(named) if suffices(&named) => named_bundle(&named).map(Some),
        Some(_) => Ok(None),
        None => {
            let bundles = BUNDLES.iter().map(Path::new);
            let mut sufficient = bundles.filter(|bundle| suffices(bundle));
            Ok(sufficient.find_map(|path| read_bundle(path).ok().flatten()))
        }
    }
}

fn named_bundle(path: &Path) -> Result<RootCertStore, Error> {
    let why = match read_bundle(path) {
        Ok(Some(roots)) => return Ok(roots),
        Ok(None) => "it has no certificate".to_owned(),
        Err(error) => error.to_string(),
    };
    let shown = path.display();
    let message = format!("the file {shown} in {BUNDLE_VARIABLE} can't be used: {why}");
    Err(Error::new(ErrorKind::Config, message).hint(format!(
        "set {BUNDLE_VARIABLE} to a file of certificates in PEM form, or unset it"
    )))
}

/// Returns the value of an environment variable. An empty one counts as unset.
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the certificates of a bundle that can be used. `None` where there is no such certificate in it.
fn read_bundle(path: &Path) -> std::io::Result<Option<RootCertStore>> {
    let pem = std::fs::read(path)?;
    let mut roots = RootCertStore::empty();
    // Some distributions' bundles have certificates that are too old for the rules of today.
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).flatten());
    Ok(if roots.is_empty() { None } else { Some(roots) })
}

fn platform(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, Error> {
    Verifier::new_with_extra_roots(extra, provider).map_err(|error| {
        let message = "this system has no certificates to trust that can be loaded";
        Error::new(ErrorKind::Tls, message)
        .detail(error.to_string())
        .hint(if variable(FOLDER_VARIABLE).is_some() {
            format!("set {FOLDER_VARIABLE} to a folder of certificates in PEM form, or unset it")
        } else {
            format!("install the system's CA certificates, or name a file of them with {BUNDLE_VARIABLE}")
        })
    })
}

/// Returns the certificates of a CA file in PEM form.
fn certificates(file: &CaFile) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unusable = |why: String| {
        let message = format!("the CA file {} can't be used: {why}", file.path.display());
        Error::new(ErrorKind::Config, message).hint(
            Hint::new("ca_file names a file of certificates in PEM form: ")
                .command(CommandLine::reemo("config get ca_file")),
        )
    };
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&file.pem)
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(error.to_string()))?;
    let mut checked = RootCertStore::empty();
    for certificate in &certificates {
        checked
            .add(certificate.clone())
            .map_err(|_| unusable("it has a certificate that is malformed".to_owned()))?;
    }
    if checked.is_empty() {
        Err(unusable("it has no certificate".to_owned()))
    } else {
        Ok(certificates)
    }
}
