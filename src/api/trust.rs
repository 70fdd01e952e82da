//! Which certificates are trusted: the system's, and those of a CA file. Loaded beside the first connection, not before it.
//!
//! The platform's own way of finding the system's certificates scans a folder of single files that the bundle repeats,
//! which costs more than the connection. So where the system, or the environment, has a bundle, it is read first, by a
//! thread of its own. What it does not vouch for is judged the platform's own way, which knows all that the bundle knows.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// Where systems keep their certificates in one file. Elsewhere than on Linux the system itself is asked.
const BUNDLES: &[&str] = if cfg!(target_os = "linux") {
    &[
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ]
} else {
    &[]
};

/// Certificates to trust beside the system's, and the file that they came from.
#[derive(Debug)]
pub struct CaFile {
    /// The file, for messages.
    pub path: PathBuf,
    /// Its content, in PEM form.
    pub pem: Vec<u8>,
}

/// The TLS settings of a client. `for_tls` says whether any connection will need them: if so, loading starts now.
///
/// # Errors
/// `Config` where the CA file can't be used.
pub(super) fn tls(ca_file: Option<&CaFile>, for_tls: bool) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = ca_file.map(certificates).transpose()?.unwrap_or_default();
    let trust = Arc::new(Trust {
        provider: Arc::clone(&provider),
        extra,
        bundle: OnceLock::new(),
        platform: OnceLock::new(),
    });
    if for_tls {
        let beside = Arc::clone(&trust);
        // Without a thread the first handshake does the work.
        let _ = std::thread::Builder::new()
            .name("trust".to_owned())
            .spawn(move || beside.bundle().is_some());
    }
    let versions =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| {
        Error::new(
            ErrorKind::Unexpected,
            format!("TLS can't be set up: {error}"),
        )
    })?;
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(trust)
        .with_no_client_auth())
}

/// Two verifiers, each made when it is first needed. It judges nothing itself.
#[derive(Debug)]
struct Trust {
    provider: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
    /// Of the bundle and the CA file; `None` where there is no bundle, or nothing in it that can be used.
    bundle: OnceLock<Option<Arc<WebPkiServerVerifier>>>,
    /// Of all that the platform trusts, and the CA file.
    platform: OnceLock<Result<rustls_platform_verifier::Verifier, rustls::Error>>,
}

impl Trust {
    fn bundle(&self) -> Option<&WebPkiServerVerifier> {
        self.bundle
            .get_or_init(|| bundle().and_then(|path| self.read_bundle(&path)))
            .as_deref()
    }

    fn read_bundle(&self, path: &Path) -> Option<Arc<WebPkiServerVerifier>> {
        let mut roots = RootCertStore::empty();
        let certificates = CertificateDer::pem_file_iter(path).ok()?.flatten();
        if roots.add_parsable_certificates(certificates).0 == 0 {
            return None;
        }
        roots.add_parsable_certificates(self.extra.iter().cloned());
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
            .build()
            .ok()
    }

    fn platform(&self) -> Result<&rustls_platform_verifier::Verifier, rustls::Error> {
        let make = || {
            let extra = self.extra.iter().cloned();
            rustls_platform_verifier::Verifier::new_with_extra_roots(
                extra,
                Arc::clone(&self.provider),
            )
        };
        self.platform
            .get_or_init(make)
            .as_ref()
            .map_err(Clone::clone)
    }
}

/// A file with a part, mostly all, of what the platform would trust.
fn bundle() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match (set("SSL_CERT_FILE"), set("SSL_CERT_DIR")) {
        (None, None) => BUNDLES
            .iter()
            .map(PathBuf::from)
            .find(|path| path.is_file()),
        (Some(file), _) if cfg!(target_os = "linux") => Some(file.into()),
        _ => None,
    }
}

/// The certificates of a CA file in PEM form.
fn certificates(file: &CaFile) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unusable = |why: String| {
        Error::new(
            ErrorKind::Config,
            format!("the CA file {} can't be used: {why}", file.path.display()),
        )
        .hint(
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
            .map_err(|error| unusable(error.to_string()))?;
    }
    if checked.is_empty() {
        Err(unusable("it has no certificate".to_owned()))
    } else {
        Ok(certificates)
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let by_bundle = self.bundle().and_then(|bundle| {
            bundle
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .ok()
        });
        match by_bundle {
            Some(verified) => Ok(verified),
            None => self.platform()?.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                now,
            ),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
