//! One computer: its properties, their JSON names and their order, in the state file and in responses alike.
//! It knows nothing of other computers, of files or of HTTP.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::timestamp::Timestamp;

/// Text that mostly comes from the catalogue, so that a large fleet needs few allocations.
pub(super) type Text = Cow<'static, str>;

/// A property that a computer does not have yet is left out of its JSON and never null. A reserved one has few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Computer {
    pub(super) id: Uuid,
    #[serde(rename = "_id")]
    pub(super) signal_id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hostname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ip: Option<Ipv4Addr>,
    pub(super) status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) os: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) os_version: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) service_version: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) site: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) screens: Vec<Screen>,
    pub(super) created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_seen: Option<Timestamp>,
}

/// The time from one report of the service to the next.
const REPORT_SECONDS: i64 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Status {
    Online,
    Offline,
}

/// A screen: width and height in pixels, and the scale factor of the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Screen {
    pub(super) w: u32,
    pub(super) h: u32,
    pub(super) scale: f64,
}

impl Computer {
    /// Returns a computer whose `_id` is reserved before the machine exists.
    pub(super) fn reserved(
        id: Uuid,
        signal_id: Uuid,
        name: Option<String>,
        created_at: Timestamp,
    ) -> Self {
        Self {
            id,
            signal_id,
            name,
            created_at,
            status: Status::Offline,
            hostname: None,
            ip: None,
            os: None,
            os_version: None,
            service_version: None,
            site: None,
            group: None,
            screens: Vec::new(),
            last_seen: None,
        }
    }

    pub(super) fn is_online(&self) -> bool {
        self.status == Status::Online
    }

    /// Switches the computer ONLINE or OFFLINE at `now`. One that is in that state already remains the same.
    pub(super) fn switch(&mut self, online: bool, now: Timestamp) {
        if online != self.is_online() {
            self.status = if online {
                Status::Online
            } else {
                Status::Offline
            };
            self.last_seen = Some(now);
        }
    }

    /// Returns the computer as it was last heard of: the service of an ONLINE one reports every 30 seconds, each computer's
    /// at its own time.
    pub(super) fn reported(mut self, now: Timestamp) -> Self {
        if self.is_online() {
            let phase = i64::from(self.id.as_bytes()[15]);
            let report = now.last_multiple(REPORT_SECONDS, phase);
            self.last_seen = self.last_seen.max(Some(report));
        }
        self
    }

    /// Returns the text of a property for filters, which is empty where this computer lacks it.
    /// `None` for a property that is unknown, not a single value (`screens`) or on the move (`lastSeen`).
    pub(super) fn text(&self, property: &str) -> Option<Cow<'_, str>> {
        let value = match property {
            "id" => Some(self.id.to_string().into()),
            "_id" => Some(self.signal_id.to_string().into()),
            "name" => self.name.as_deref().map(Cow::from),
            "hostname" => self.hostname.as_deref().map(Cow::from),
            "ip" => self.ip.map(|ip| ip.to_string().into()),
            "status" => Some(
                if self.is_online() {
                    "ONLINE"
                } else {
                    "OFFLINE"
                }
                .into(),
            ),
            "os" => self.os.as_deref().map(Cow::from),
            "osVersion" => self.os_version.as_deref().map(Cow::from),
            "serviceVersion" => self.service_version.as_deref().map(Cow::from),
            "site" => self.site.as_deref().map(Cow::from),
            "group" => self.group.as_deref().map(Cow::from),
            "createdAt" => Some(self.created_at.to_string().into()),
            _ => return None,
        };
        Some(value.unwrap_or_default())
    }
}
