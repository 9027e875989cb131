//! The page of a watch, served to browsers of this machine and told anew at each check.
//!
//! A browser shows pages of strangers too, and those may ask for anything that this machine serves: so it answers only under names
//! of this machine, says nothing to other origins, and only reads. It must not know what the page says.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::Stop;

/// The longest head of a request.
const LONGEST: usize = 16_384;

/// How long a browser may take to say what it wants, and to take what it gets.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a request waits for the first check.
const FIRST: Duration = Duration::from_secs(60);

/// After so long without news a word is sent, which finds out whether anybody still listens.
const PING: Duration = Duration::from_secs(15);

/// Browsers that are served at one time.
const MOST: usize = 64;

/// What is said with every answer: no other page may show it, read it or guess its kind.
const ALWAYS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
    Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n";

/// A server of one page.
pub(super) struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    page: Mutex<Page>,
    changed: Condvar,
    /// Whether it answers under any name.
    any: bool,
    address: IpAddr,
    served: AtomicUsize,
}

/// The page, and the number of the check that it shows; 0 before the first.
#[derive(Default)]
struct Page {
    check: u64,
    bytes: Arc<[u8]>,
}

impl Server {
    /// Serves at an address: a name or number of this machine, a port, or both; without a port at a free one. Addresses that others
    /// can reach are refused unless `any` permits them.
    pub(super) fn start(asked: &str, any: bool) -> Result<Self, Stop> {
        let address = address(asked)?;
        if !any && !address.ip().is_loopback() {
            return Err(Stop::new(format!("--serve={asked}: others than this machine could read the report there"))
                .help("name an address of this machine alone, such as 127.0.0.1:8080, or permit it with --serve-any"));
        }
        let cannot = |error: io::Error| {
            Stop::new(format!("--serve: cannot serve at {address}: {error}"))
                .help("name another port, or none: then a free one is taken")
        };
        let listener = TcpListener::bind(address).map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let shared = Arc::new(Shared {
            page: Mutex::default(),
            changed: Condvar::new(),
            any,
            address: address.ip(),
            served: AtomicUsize::new(0),
        });
        let theirs = Arc::clone(&shared);
        thread::Builder::new().name("serve".into()).spawn(move || accept(&listener, &theirs)).map_err(cannot)?;
        Ok(Self { shared, address })
    }

    /// Where the page is.
    pub(super) fn link(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The number of the next check.
    pub(super) fn next(&self) -> u64 {
        self.shared.page().check + 1
    }

    /// Shows the page of the next check from now on, and tells all who look.
    pub(super) fn publish(&self, bytes: Vec<u8>) {
        let mut page = self.shared.page();
        *page = Page { check: page.check + 1, bytes: bytes.into() };
        self.shared.changed.notify_all();
    }
}

/// What was asked for as an address: `8080`, `localhost`, `127.0.0.1:8080`, `[::1]:8080`.
fn address(asked: &str) -> Result<SocketAddr, Stop> {
    let asked = asked.trim();
    if asked.is_empty() {
        return Ok((Ipv4Addr::LOCALHOST, 0).into());
    }
    if let Ok(port) = asked.strip_prefix(':').unwrap_or(asked).parse::<u16>() {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    let bare = asked.trim_start_matches('[').trim_end_matches(']');
    let found = match bare.parse::<IpAddr>() {
        Ok(ip) => Some(SocketAddr::from((ip, 0))),
        Err(_) if asked.contains(':') => asked.to_socket_addrs().ok().and_then(|mut found| found.next()),
        Err(_) => (asked, 0).to_socket_addrs().ok().and_then(|mut found| found.next()),
    };
    found.ok_or_else(|| {
        Stop::new(format!("--serve={asked}: this is no address"))
            .help("write a port, an address of this machine, or both, such as --serve=127.0.0.1:8080")
    })
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        // What went wrong with one browser is no matter of the others.
        let Ok(stream) = stream else { continue };
        let served = Served::new(shared);
        if served.0.served.load(Ordering::Relaxed) > MOST {
            let _ = refuse(&stream, "503 Service Unavailable", "too many browsers look at this page");
            continue;
        }
        // Where no thread can be had, the browser is told by the end of the connection.
        let _ = thread::Builder::new().name("browser".into()).spawn(move || {
            let _ = serve(&stream, &served.0);
        });
    }
}

/// A browser that is served, counted while it is.
struct Served(Arc<Shared>);

impl Served {
    fn new(shared: &Arc<Shared>) -> Self {
        shared.served.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(shared))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.served.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Shared {
    fn page(&self) -> std::sync::MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a page other than the one of this check; what there is after so long.
    fn page_after(&self, check: u64, patience: Duration) -> (u64, Arc<[u8]>) {
        let waited = self.changed.wait_timeout_while(self.page(), patience, |page| page.check == check);
        let (page, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (page.check, Arc::clone(&page.bytes))
    }

    /// Whether a name is one of this machine. A page of a stranger whose name was made to lead here has another.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, ""),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let is_known = name.eq_ignore_ascii_case("localhost")
            || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip == self.address);
        port.chars().all(|c| c.is_ascii_digit()) && (self.any || is_known)
    }
}

/// What a browser asks for.
struct Asked {
    method: String,
    path: String,
    /// Empty where it names none, or several.
    host: String,
}

fn serve(mut stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(asked) = read(stream)? else {
        return refuse(stream, "400 Bad Request", "this is no request that a browser makes");
    };
    if !shared.is_ours(&asked.host) || asked.host.is_empty() {
        return refuse(stream, "421 Misdirected Request", "this report is not served under this name");
    }
    if asked.method != "GET" && asked.method != "HEAD" {
        return refuse(stream, "405 Method Not Allowed", "this report can only be read");
    }
    match asked.path.split('?').next().unwrap_or_default() {
        "/" => {
            let (check, page) = shared.page_after(0, FIRST);
            if check == 0 {
                return refuse(stream, "503 Service Unavailable", "the first check is not done yet");
            }
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n{ALWAYS}\r\n",
                page.len()
            );
            stream.write_all(head.as_bytes())?;
            if asked.method == "GET" { stream.write_all(&page) } else { Ok(()) }
        }
        "/events" if asked.method == "GET" => events(stream, shared),
        _ => refuse(stream, "404 Not Found", "there is one page here: /"),
    }
}

/// Tells the number of each check, for as long as anybody listens.
fn events(mut stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{ALWAYS}\r\nretry: 1000\n\n");
    stream.write_all(head.as_bytes())?;
    let mut told = 0;
    loop {
        let (check, _) = shared.page_after(told, PING);
        let line = if check == told { ":\n\n".to_owned() } else { format!("event: check\ndata: {check}\n\n") };
        stream.write_all(line.as_bytes())?;
        told = check;
    }
}

/// Reads the head of a request; `None` where it is none.
fn read(mut stream: &TcpStream) -> io::Result<Option<Asked>> {
    let until = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    let mut chunk = [0; 2_048];
    while bytes.len() < LONGEST {
        let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else { break };
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut chunk)? {
            0 => break,
            n => bytes.extend_from_slice(&chunk[..n]),
        }
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&bytes) {
            Ok(httparse::Status::Complete(_)) => return Ok(asked(&request)),
            Ok(httparse::Status::Partial) => {}
            Err(_) => break,
        }
    }
    Ok(None)
}

fn asked(request: &httparse::Request<'_, '_>) -> Option<Asked> {
    let mut hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => String::from_utf8_lossy(host.value).into_owned(),
        _ => String::new(),
    };
    Some(Asked { method: request.method?.to_owned(), path: request.path?.to_owned(), host })
}

fn refuse(mut stream: &TcpStream, status: &str, why: &str) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n{ALWAYS}\r\n{why}\n",
        why.len() + 1
    );
    stream.write_all(head.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_a_port_a_number_or_a_name() {
        for (asked, expected) in [
            ("", "127.0.0.1:0"),
            ("8080", "127.0.0.1:8080"),
            (":8080", "127.0.0.1:8080"),
            ("127.0.0.1", "127.0.0.1:0"),
            ("127.0.0.1:81", "127.0.0.1:81"),
            ("::1", "[::1]:0"),
            ("[::1]:82", "[::1]:82"),
            ("0.0.0.0:83", "0.0.0.0:83"),
        ] {
            assert_eq!(address(asked).map_err(|stop| stop.message).unwrap().to_string(), expected, "{asked}");
        }
        assert!(address("127.0.0.1:99999").is_err() && address("two words").is_err());
    }

    #[test]
    fn names_of_this_machine_are_known_and_others_are_not() {
        let shared = |any| Shared {
            page: Mutex::default(),
            changed: Condvar::new(),
            any,
            address: IpAddr::from([10, 0, 0, 7]),
            served: AtomicUsize::new(0),
        };
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:81", "127.9.9.9", "[::1]", "[::1]:82", "10.0.0.7:83"] {
            assert!(shared(false).is_ours(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "10.0.0.8", "a:b:c", ""] {
            assert!(!shared(false).is_ours(host), "{host}");
        }
        assert!(shared(true).is_ours("plans.example:80"));
    }
}
