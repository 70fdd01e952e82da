//! An HTTP header for a gateway in front of the API.

use crate::model::secret::SecretKey;

/// The headers that the program or its HTTP library sends itself.
const OWN: &str = "accept accept-encoding authorization connection content-encoding content-length content-type expect host \
    keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade user-agent";

/// The shortest value that is unlikely to be a part of something else.
const MIN_REDACTED_BYTES: usize = 12;

/// A header with a secret value, such as the token of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GatewayHeader {
    /// The name, as it is sent.
    pub name: String,
    /// The value.
    pub value: SecretKey,
}

impl GatewayHeader {
    /// Takes a name and a value.
    pub(crate) fn new(name: &str, value: &str) -> Result<Self, String> {
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_name_byte) {
            return Err("the name of a header consists of letters, digits, - and _".to_owned());
        }
        if OWN.split(' ').any(|own| own.eq_ignore_ascii_case(name)) {
            return Err("this header can't be replaced".to_owned());
        }
        let value = SecretKey::from_header_value(value)
            .ok_or("expected printable ASCII without spaces at its ends")?;
        let name = name.to_owned();
        Ok(Self { name, value })
    }

    /// Returns the value if it can be removed from everything that a server sends. A short one, such as `1`, may be a part of
    /// other texts.
    pub(crate) fn redactable(&self) -> Option<&SecretKey> {
        (self.value.expose().len() >= MIN_REDACTED_BYTES).then_some(&self.value)
    }
}
