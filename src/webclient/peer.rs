//! Which user of this machine a connection comes from. The page's address is an argument of the program that opens the browser,
//! and every user can read the arguments of programs: without this check, another one could open the page first.

use std::net::SocketAddr;

/// Whether a connection may be answered: it is not known to come from another user. `remote` is the end that connected.
#[cfg(target_os = "linux")]
pub(super) fn may_be_own(local: SocketAddr, remote: SocketAddr) -> bool {
    // An address of IPv4 can also be connected to by a socket of IPv6.
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let user = tables
        .into_iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .find_map(|table| user_of(&table, remote, local));
    // With sudo, the browser is still that of the user who ran it.
    let invoker = std::env::var("SUDO_UID").ok();
    let invoker = invoker.and_then(|id| id.parse().ok());
    let own = rustix::process::geteuid().as_raw();
    user.is_none_or(|user| user == own || user == 0 || Some(user) == invoker)
}

/// Other systems do not tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn may_be_own(_local: SocketAddr, _remote: SocketAddr) -> bool {
    true
}

/// Returns the user of the socket with these ends, from the kernel's table of sockets.
#[cfg(target_os = "linux")]
fn user_of(table: &str, local: SocketAddr, remote: SocketAddr) -> Option<u32> {
    let (local, remote) = (written(local)?, written(remote)?);
    table.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let is_it = fields.get(1)?.ends_with(&local) && fields.get(2)?.ends_with(&remote);
        let user = fields.get(7).filter(|_| is_it)?;
        user.parse().ok()
    })
}

/// Returns an address as the table writes it. In the table of IPv6, more digits precede it.
#[cfg(target_os = "linux")]
fn written(address: SocketAddr) -> Option<String> {
    let SocketAddr::V4(address) = address else {
        return None;
    };
    let ip = u32::from_ne_bytes(address.ip().octets());
    Some(format!("{ip:08X}:{:04X}", address.port()))
}

#[cfg(all(test, target_os = "linux", target_endian = "little"))]
mod tests {
    use super::user_of;

    #[test]
    fn the_user_stands_in_the_table() {
        let heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
        let line = |ends: &str, user: &str| {
            format!("   0: {ends} 01 00000000:00000000 00:00000000 00000000  {user}        0 1 1 0")
        };
        let mapped = "0000000000000000FFFF0000";
        let table = [
            heading.to_owned(),
            line("0100007F:0FA0 0100007F:C350", "0"),
            line("0100007F:C350 0100007F:0FA0", "1000"),
            line(
                &format!("{mapped}0100007F:C351 {mapped}0100007F:0FA0"),
                "1001",
            ),
        ]
        .join("\n");
        let of = |port: u16| {
            let client = ([127, 0, 0, 1], port).into();
            user_of(&table, client, ([127, 0, 0, 1], 4000).into())
        };
        assert_eq!(
            (of(50_000), of(50_001), of(50_002)),
            (Some(1000), Some(1001), None)
        );
    }
}
