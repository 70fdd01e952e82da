//! What the demo fleet is made of: sites, roles, systems, versions, screens. Tables only; `demo` combines them.
//! Places and purposes, never people.

/// A place: its name and the prefix of its hostnames.
pub(super) struct Site {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
}

const fn site(name: &'static str, code: &'static str) -> Site {
    Site { name, code }
}

pub(super) const SITES: [Site; 10] = [
    site("Paris", "PAR"),
    site("Lyon", "LYO"),
    site("Montréal", "YUL"),
    site("Berlin", "BER"),
    site("Lisboa", "LIS"),
    site("Genève", "GVA"),
    site("København", "CPH"),
    site("Kraków", "KRK"),
    site("Dublin", "DUB"),
    site("Torino", "TRN"),
];

/// An operating system with its versions in the fleet.
pub(super) struct System {
    pub(super) name: &'static str,
    pub(super) versions: &'static [&'static str],
}

pub(super) const WINDOWS: System = System {
    name: "Windows",
    versions: &["11 24H2", "11 23H2", "10 22H2"],
};
pub(super) const MACOS: System = System {
    name: "macOS",
    versions: &["15.3", "14.7.2", "13.7"],
};
pub(super) const LINUX: System = System {
    name: "Linux",
    versions: &["Ubuntu 24.04", "Debian 12", "Rocky 9.5"],
};

/// A purpose of a computer.
pub(super) struct Role {
    /// The beginning of the computer's name.
    pub(super) name: &'static str,
    /// The middle of its hostname.
    pub(super) kind: &'static str,
    pub(super) group: &'static str,
    pub(super) system: &'static System,
    /// The site of the first computer of this role, as an index into `SITES`.
    pub(super) home: usize,
}

const fn role(
    name: &'static str,
    kind: &'static str,
    group: &'static str,
    system: &'static System,
    home: usize,
) -> Role {
    Role {
        name,
        kind,
        group,
        system,
        home,
    }
}

pub(super) const ROLES: [Role; 25] = [
    role("Reception", "WS", "Front office", &WINDOWS, 0),
    role("Accounting", "WS", "Finance", &WINDOWS, 0),
    role("Design Studio", "MAC", "Creative", &MACOS, 0),
    role("Meeting Room A", "RM", "Rooms", &WINDOWS, 0),
    role("Build Server", "SRV", "Engineering", &LINUX, 0),
    role("CAD Workstation", "WS", "Engineering", &WINDOWS, 1),
    role("Video Editing", "MAC", "Creative", &MACOS, 1),
    role("Warehouse Gate", "KSK", "Logistics", &WINDOWS, 1),
    role("Render Node", "SRV", "Creative", &LINUX, 1),
    role("Support Desk", "WS", "Support", &WINDOWS, 2),
    role("Sound Studio", "MAC", "Creative", &MACOS, 2),
    role("Training Room", "RM", "Rooms", &WINDOWS, 2),
    role("Simulation Node", "SRV", "Research", &LINUX, 2),
    role("Test Bench", "LAB", "Quality", &LINUX, 3),
    role("Front Desk", "WS", "Front office", &WINDOWS, 3),
    role("Mobile Lab", "MAC", "Engineering", &MACOS, 3),
    role("Print Station", "KSK", "Logistics", &WINDOWS, 3),
    role("Sales Floor", "WS", "Sales", &WINDOWS, 4),
    role("Demo Booth", "KSK", "Sales", &WINDOWS, 4),
    role("Data Science", "WS", "Research", &LINUX, 5),
    role("Trading Desk", "WS", "Finance", &WINDOWS, 5),
    role("Microscope", "LAB", "Research", &WINDOWS, 6),
    role("Call Centre", "WS", "Support", &WINDOWS, 7),
    role("Quality Control", "LAB", "Quality", &WINDOWS, 8),
    role("Archive", "SRV", "Engineering", &LINUX, 9),
];

pub(super) const SERVICE_VERSIONS: [&str; 4] = ["3.8.1", "3.8.0", "3.7.4", "3.5.2"];

/// Sets of screens: width, height, scale.
pub(super) const SCREENS: [&[(u32, u32, f64)]; 5] = [
    &[(1920, 1080, 1.0)],
    &[(1920, 1080, 1.25)],
    &[(2560, 1440, 1.0), (2560, 1440, 1.0)],
    &[(3840, 2160, 1.5)],
    &[(3840, 2160, 2.0), (1920, 1080, 1.0)],
];
