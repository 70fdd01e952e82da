//! What a certificate says of its issuer and its validity, for people to read. Whether it can be trusted is not decided here.

use std::time::{Duration, SystemTime};

use der::asn1::{AnyRef, GeneralizedTime, UtcTime};
use der::{Decode, SliceReader, Tag, Tagged};

use crate::model::sanitize::escape;

/// The parts of a name that are shown, by the last number of their object identifiers, 2.5.4.x.
const ATTRIBUTES: [(u8, &str); 6] = [
    (3, "CN"),
    (6, "C"),
    (7, "L"),
    (8, "ST"),
    (10, "O"),
    (11, "OU"),
];

/// A certificate, as far as it is of interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerCertificate {
    /// The name of its issuer, such as `CN=R11,O=Let's Encrypt,C=US`.
    pub issuer: String,
    /// The time that is left.
    pub left: Duration,
}

impl ServerCertificate {
    /// Reads a certificate in DER. Returns `None` if it can't be read.
    pub(super) fn read(der: &[u8], now: SystemTime) -> Option<Self> {
        let certificate = AnyRef::from_der(der).ok()?;
        let content = elements(certificate).next()?;
        let is_version = |field: &AnyRef| field.tag().is_context_specific();
        let mut fields = elements(content).skip_while(is_version);
        // The serial number and the algorithm of the signature come before the issuer.
        let (issuer, validity) = (fields.nth(2)?, fields.next()?);
        let end = time(elements(validity).nth(1)?)?;
        Some(Self {
            issuer: name(issuer),
            left: end.duration_since(now).unwrap_or_default(),
        })
    }
}

/// Returns the elements of a sequence or set, up to the first that can't be read.
fn elements(sequence: AnyRef<'_>) -> impl DoubleEndedIterator<Item = AnyRef<'_>> {
    let mut elements = Vec::new();
    if let Ok(mut reader) = SliceReader::new(sequence.value()) {
        while let Ok(element) = AnyRef::decode(&mut reader) {
            elements.push(element);
        }
    }
    elements.into_iter()
}

fn time(value: AnyRef<'_>) -> Option<SystemTime> {
    let since_epoch = match value.tag() {
        Tag::UtcTime => value.decode_as::<UtcTime>().ok()?.to_unix_duration(),
        _ => {
            let time = value.decode_as::<GeneralizedTime>().ok()?;
            time.to_unix_duration()
        }
    };
    SystemTime::UNIX_EPOCH.checked_add(since_epoch)
}

/// Returns a name in the order of RFC 4514: the most particular part first.
fn name(value: AnyRef<'_>) -> String {
    let parts: Vec<String> = elements(value)
        .rev()
        .flat_map(elements)
        .filter_map(part)
        .collect();
    parts.join(",")
}

fn part(attribute: AnyRef<'_>) -> Option<String> {
    let mut elements = elements(attribute);
    let (kind, text) = (elements.next()?, elements.next()?);
    let [0x55, 4, number] = kind.value() else {
        return None;
    };
    let (_, label) = ATTRIBUTES.iter().find(|(known, _)| known == number)?;
    let is_bytes = matches!(
        text.tag(),
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::TeletexString
    );
    let text = String::from_utf8_lossy(text.value());
    is_bytes.then(|| format!("{label}={}", escape(&text)))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};

    use super::ServerCertificate;

    fn certificate(parts: &[(DnType, &str)], end: i32) -> Vec<u8> {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name = rcgen::DistinguishedName::new();
        for (kind, text) in parts {
            params.distinguished_name.push(kind.clone(), *text);
        }
        params.not_after = date_time_ymd(end, 1, 1);
        let signed = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        signed.der().to_vec()
    }

    fn at(year: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_hours((year - 1970) * 8766)
    }

    #[test]
    fn the_issuer_and_the_time_that_is_left() {
        let parts = [
            (DnType::CountryName, "DE"),
            (DnType::OrganizationName, "Réseau, \"x\" \u{202e}"),
            (DnType::CustomDnType(vec![2, 5, 4, 5]), "a serial number"),
            (DnType::CommonName, "R 11"),
        ];
        for end in [2049, 2077] {
            let read = ServerCertificate::read(&certificate(&parts, end), at(2026)).unwrap();
            assert_eq!(read.issuer, "CN=R 11,O=Réseau, \"x\" \\u{202e},C=DE");
            let years = u64::try_from(end).unwrap() - 2026;
            assert_eq!((read.left.as_secs() + 86_400) / (8766 * 3600), years);
        }
        let ended = ServerCertificate::read(&certificate(&[], 2020), at(2026)).unwrap();
        assert_eq!((ended.issuer, ended.left), (String::new(), Duration::ZERO));
    }

    #[test]
    fn what_is_no_certificate_is_not_read() {
        let whole = certificate(&[(DnType::CommonName, "R 11")], 2049);
        for length in 0..whole.len() {
            assert_eq!(
                ServerCertificate::read(&whole[..length], at(2026)),
                None,
                "{length}"
            );
        }
        for place in 0..whole.len() {
            let mut broken = whole.clone();
            broken[place] ^= 0xff;
            let _ = ServerCertificate::read(&broken, at(2026));
        }
    }
}
