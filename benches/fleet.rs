//! What `benches/run` is made of: a fleet as pages with its oracles, a relay with latency, and the raw-socket floor.
//!
//! `fleet make FOLDER COMPUTERS` · `fleet ports COUNT` · `fleet relay PORT MILLISECONDS` ·
//! `fleet raw PORT PATH PAGES CONNECTIONS`
//!
//! Uses the standard library alone, so that `rustc` by itself builds it in a moment, where cargo would link the program
//! anew. It shares no line with the program: an oracle that did would repeat its faults.

#![allow(
    clippy::too_many_lines,
    clippy::cast_possible_truncation,
    clippy::unnecessary_wraps,
    reason = "a benchmark is one script"
)]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Computers on a page.
const PAGE: u64 = 100;
/// Where a row starts in a page that `make` made: no value of a computer has these bytes.
const ROW: &str = ",{\"id\":";

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make", folder, computers] => make(Path::new(folder), number(computers)?),
        ["ports", count] => ports(number(count)?),
        ["relay", port, milliseconds] => {
            relay(port16(port)?, Duration::from_millis(number(milliseconds)?))
        }
        ["raw", port, path, pages, connections] => {
            raw(port16(port)?, path, number(pages)?, number(connections)?)
        }
        // `cargo bench` runs this too.
        _ => write_out(b"the comparison with other programs is run by benches/run\n"),
    }
}

fn number(text: &str) -> io::Result<u64> {
    text.parse()
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, format!("{text} is no number")))
}

fn port16(text: &str) -> io::Result<u16> {
    text.parse()
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, format!("{text} is no port")))
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush())
}

// A fleet -----------------------------------------------------------------------------------------------------------

/// The properties that the program's table and csv show, as this fleet has them.
struct Computer {
    id: String,
    underscore_id: String,
    name: String,
    hostname: String,
    ip: String,
    status: &'static str,
}

impl Computer {
    fn new(number: u64) -> Self {
        const SITES: [&str; 6] = [
            "Paris",
            "Zürich",
            "Lyon, 2e",
            "Málaga",
            "Oslo",
            "\"Atelier\"",
        ];
        let uuid = |salt: u64| {
            let (high, low) = (
                scatter(number ^ salt),
                scatter(number.wrapping_add(salt) << 1),
            );
            let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
            format!(
                "{first:08x}-{second:04x}-4{third:03x}-8{:03x}-{:012x}",
                low >> 52,
                low & 0xffff_ffff_ffff
            )
        };
        let dice = scatter(number);
        Self {
            id: uuid(0x1d),
            underscore_id: uuid(0x5eed_0000_0000),
            name: format!("{} {number}", SITES[(dice % 6) as usize]),
            hostname: format!("PC-{number:07}"),
            ip: format!(
                "10.{}.{}.{}",
                number >> 16 & 0xff,
                number >> 8 & 0xff,
                number & 0xff
            ),
            status: if dice & 0x100 == 0 {
                "ONLINE"
            } else {
                "OFFLINE"
            },
        }
    }

    /// Some 330 bytes, compact, as an API sends them.
    fn json(&self, into: &mut String) {
        let name = self.name.replace('"', "\\\"");
        let Self {
            id,
            underscore_id,
            hostname,
            ip,
            status,
            ..
        } = self;
        let _ = write!(
            into,
            "{{\"id\":\"{id}\",\"_id\":\"{underscore_id}\",\"name\":\"{name}\",\"hostname\":\"{hostname}\",\"ip\":\"{ip}\",\
             \"status\":\"{status}\",\"os\":\"Windows 11\",\"version\":\"4.12.0\",\"createdAt\":\"2024-03-05T09:30:00.000Z\",\
             \"screens\":[{{\"w\":1920,\"h\":1080}},{{\"w\":2560,\"h\":1440}}],\"ratio\":0.25,\"tags\":[],\"note\":null}}"
        );
    }
}

/// Spreads numbers over 64 bits, each to another one (the finish of `splitmix64`).
fn scatter(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

/// Writes the pages under `FOLDER/page`, an empty one after the last, one computer as `one.json`, and what the program
/// has to print: `expected.jsonl`, `expected.csv`, `expected.table`, `expected.id`.
fn make(folder: &Path, computers: u64) -> io::Result<()> {
    fs::create_dir_all(folder.join("page"))?;
    let fleet = || (0..computers).map(Computer::new);
    let mut numbers = 0..computers;
    for page in 1.. {
        let mut rows = String::new();
        for number in numbers.by_ref().take(PAGE as usize) {
            rows.push(',');
            Computer::new(number).json(&mut rows);
        }
        let rows_only = rows.strip_prefix(',').unwrap_or_default();
        let text = format!(
            "{{\"computers\":[{rows_only}],\"page\":{page},\"limit\":{PAGE},\"total\":{computers}}}"
        );
        fs::write(folder.join(format!("page/{page}")), text)?;
        if rows.is_empty() {
            break;
        }
    }
    let mut one = String::new();
    Computer::new(0).json(&mut one);
    fs::write(folder.join("one.json"), one)?;
    fs::write(folder.join("one.id"), Computer::new(0).id)?;

    let file =
        |name: &str| fs::File::create(folder.join(format!("expected.{name}"))).map(BufWriter::new);
    let (mut jsonl, mut csv, mut table, mut id) =
        (file("jsonl")?, file("csv")?, file("table")?, file("id")?);
    csv.write_all(b"id,_id,name,hostname,ip,status\r\n")?;
    // All but the names are ASCII, and no letter of the names is wider than one column.
    let mut widths = ["NAME", "HOSTNAME", "IP", "STATUS"].map(str::len);
    for computer in fleet() {
        let cells = [
            &computer.name,
            &computer.hostname,
            &computer.ip,
            computer.status,
        ]
        .map(|cell| cell.chars().count());
        widths = std::array::from_fn(|column| widths[column].max(cells[column]));
    }
    let line = |cells: [&str; 5]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}  "))
            .collect();
        format!("{}{}\n", padded.concat(), cells[4])
    };
    table.write_all(line(["NAME", "HOSTNAME", "IP", "STATUS", "ID"]).as_bytes())?;
    for computer in fleet() {
        let mut row = String::new();
        computer.json(&mut row);
        writeln!(jsonl, "{row}")?;
        let Computer {
            id: id_text,
            underscore_id,
            name,
            hostname,
            ip,
            status,
        } = &computer;
        let quoted = if name.contains([',', '"']) {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name.clone()
        };
        write!(
            csv,
            "{id_text},{underscore_id},{quoted},{hostname},{ip},{status}\r\n"
        )?;
        table.write_all(line([name, hostname, ip, status, id_text]).as_bytes())?;
        writeln!(id, "{id_text}")?;
    }
    [jsonl, csv, table, id]
        .into_iter()
        .try_for_each(|mut file| file.flush())
}

// Ports -------------------------------------------------------------------------------------------------------------

/// Prints that many ports of the loopback address that are free now.
fn ports(count: u64) -> io::Result<()> {
    let held = (0..count)
        .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .collect::<io::Result<Vec<_>>>()?;
    let lines = held
        .iter()
        .map(|listener| Ok(format!("{}\n", listener.local_addr()?.port())))
        .collect::<io::Result<String>>()?;
    write_out(lines.as_bytes())
}

// A relay -----------------------------------------------------------------------------------------------------------

/// Listens on a free port of the loopback address, prints it, and carries bytes to and from another one, each half a
/// round trip later. That a connection is made costs no round trip here.
fn relay(to: u16, round_trip: Duration) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    write_out(format!("{}\n", listener.local_addr()?.port()).as_bytes())?;
    loop {
        let Ok((near, _)) = listener.accept() else {
            continue;
        };
        let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, to)) else {
            continue;
        };
        let _ = near.set_nodelay(true).and_then(|()| far.set_nodelay(true));
        if let (Ok(near_again), Ok(far_again)) = (near.try_clone(), far.try_clone()) {
            carry(near, far, round_trip / 2);
            carry(far_again, near_again, round_trip / 2);
        }
    }
}

type Delayed = (Instant, Vec<u8>);

/// One direction: a thread that reads and stamps, and one that waits and writes, so that nothing overtakes.
fn carry(from: TcpStream, to: TcpStream, delay: Duration) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || stamp(from, &sender, delay));
    thread::spawn(move || deliver(&receiver, to));
}

fn stamp(mut from: TcpStream, sender: &Sender<Delayed>, delay: Duration) {
    let mut chunk = vec![0; 256 * 1024];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        if sender
            .send((Instant::now() + delay, chunk[..count].to_vec()))
            .is_err()
        {
            return;
        }
    }
}

fn deliver(receiver: &Receiver<Delayed>, mut to: TcpStream) {
    while let Ok((due, bytes)) = receiver.recv() {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.write_all(&bytes).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

// The floor ---------------------------------------------------------------------------------------------------------

/// Which page is to be printed next.
struct Turn {
    page: Mutex<u64>,
    next: Condvar,
}

/// Reads all pages over that many kept connections and prints the rows as jsonl, in order: the least that can be done,
/// with the number of pages known, no check, no retry, no other layout understood.
fn raw(port: u16, path: &str, pages: u64, connections: u64) -> io::Result<()> {
    let turn = Turn {
        page: Mutex::new(1),
        next: Condvar::new(),
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (1..=connections)
            .map(|first| {
                let turn = &turn;
                scope.spawn(move || {
                    let read = read_pages(
                        port,
                        path,
                        (first..=pages).step_by(connections as usize),
                        turn,
                    );
                    // The others would wait for ever.
                    if let Err(error) = &read {
                        let _ = writeln!(io::stderr(), "{error}");
                        std::process::abort();
                    }
                })
            })
            .collect();
        for worker in workers {
            drop(worker.join());
        }
    });
    Ok(())
}

fn read_pages(
    port: u16,
    path: &str,
    pages: impl Iterator<Item = u64>,
    turn: &Turn,
) -> io::Result<()> {
    let broken = || io::Error::new(ErrorKind::InvalidData, "not the answer that this reads");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 256 * 1024];
    let mut lines = Vec::new();
    for page in pages {
        write!(
            stream,
            "GET {path}?page={page}&limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: sk_bench\r\n\r\n"
        )?;
        let (mut filled, mut whole) = (0, None);
        while whole.is_none_or(|(_, end)| filled < end) {
            let count = stream.read(&mut buffer[filled..])?;
            if count == 0 {
                return Err(broken());
            }
            filled += count;
            if whole.is_none() {
                let head = String::from_utf8_lossy(&buffer[..filled.min(1024)]);
                if let Some(end) = head.find("\r\n\r\n") {
                    let (_, after) = head.split_once("Content-Length: ").ok_or_else(broken)?;
                    let length = after
                        .split_once("\r\n")
                        .and_then(|(number, _)| number.parse::<usize>().ok());
                    whole = Some((end + 4, end + 4 + length.ok_or_else(broken)?));
                }
            }
        }
        let (start, end) = whole.ok_or_else(broken)?;
        let body = std::str::from_utf8(&buffer[start..end]).map_err(|_| broken())?;
        let open = body.find('[').ok_or_else(broken)? + 1;
        let close = body.rfind(']').ok_or_else(broken)?;
        lines.clear();
        let mut from = open;
        for (comma, _) in body[open..close].match_indices(ROW) {
            lines.extend_from_slice(&body.as_bytes()[from..open + comma]);
            lines.push(b'\n');
            from = open + comma + 1;
        }
        lines.extend_from_slice(&body.as_bytes()[from..close]);
        lines.push(b'\n');

        let mut now = turn.page.lock().unwrap_or_else(PoisonError::into_inner);
        while *now != page {
            now = turn.next.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        io::stdout().lock().write_all(&lines)?;
        *now += 1;
        drop(now);
        turn.next.notify_all();
    }
    Ok(())
}
