//! `crossfoot watch --serve`, as a client sees it that is no browser and may mean harm.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may end where something is not as expected")]

#[path = "support/watched.rs"]
mod watched;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output};

use watched::{Folder, SOON, Watched, plan};

/// A watch that serves, and where.
fn served(folder: &Folder, arguments: &[&str]) -> (Watched, String) {
    let watch = folder.watch(&[&["plan.toml"], arguments].concat());
    watch.says("note: the report is at http://");
    watch.says("/\n");
    let said = watch.err();
    let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    (watch, address)
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    stream
}

/// What is answered to these bytes, up to the end of the connection.
fn ask(address: &str, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // Whoever is refused may find the connection closed before all was read.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

fn get(address: &str, path: &str, host: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"))
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn it_answers_this_machine_under_its_own_names_and_nobody_else() {
    let folder = Folder::new();
    let (_watch, address) = served(&folder, &["--serve"]);
    let port = address.rsplit(':').next().unwrap();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let page = get(&address, "/", &address);
    assert_eq!(status(&page), "200");
    let (head, body) = page.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
    for line in
        ["X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cross-Origin-Resource-Policy: same-origin"]
    {
        assert!(head.contains(line), "{line}: {head}");
    }
    assert!(!head.contains("Access-Control"), "{head}");
    assert!(body.contains("data-live=\"1\"") && body.contains("connect-src 'self'"));
    for host in [format!("localhost:{port}"), format!("[::1]:{port}"), "127.0.0.1".to_owned()] {
        assert_eq!(status(&get(&address, "/", &host)), "200", "{host}");
    }
    // A stranger's name that was made to lead here, no name, and two.
    for host in
        [format!("evil.example:{port}"), format!("localhost.evil.example:{port}"), String::new(), "10.1.2.3".to_owned()]
    {
        let answer = get(&address, "/", &host);
        assert_eq!(status(&answer), "421", "{host}");
        assert!(!answer.contains("Teaching") && !answer.contains("<html"), "{answer}");
        assert_eq!(status(&get(&address, "/events", &host)), "421", "{host}");
    }
    assert_eq!(status(&ask(&address, "GET / HTTP/1.1\r\n\r\n")), "421");
    let two = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n";
    assert_eq!(status(&ask(&address, two)), "421");
}

#[test]
fn what_is_no_wish_for_the_page_is_refused() {
    let folder = Folder::new();
    let (_watch, address) = served(&folder, &["--serve"]);
    for path in ["/plan.toml", "/../plan.toml", "//", "/events/1"] {
        assert_eq!(status(&get(&address, path, "localhost")), "404", "{path}");
    }
    for method in ["POST", "DELETE", "OPTIONS"] {
        let answer = ask(&address, &format!("{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!(status(&answer), "405", "{method}");
    }
    let head = ask(&address, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(status(&head) == "200" && head.ends_with("\r\n\r\n"), "{head}");
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    for nonsense in ["\u{16}\u{3}\u{1}", "hello\r\n\r\n", "GET\r\n\r\n", &long] {
        let answer = ask(&address, nonsense);
        assert!(answer.is_empty() || status(&answer) == "400", "{answer}");
    }
    // Those who hang about take nobody's place.
    let idle: Vec<TcpStream> = (0..20).map(|_| connect(&address)).collect();
    assert_eq!(status(&get(&address, "/", "localhost")), "200");
    drop(idle);
}

#[test]
fn each_check_is_told_and_shown() {
    let folder = Folder::new();
    let (_watch, address) = served(&folder, &["--serve"]);
    let mut events = connect(&address);
    write!(events, "GET /events HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(events).lines().map(Result::unwrap);
    let mut next = |wanted: &str| lines.by_ref().find(|line| line.starts_with(wanted)).unwrap();
    assert_eq!(next("Content-Type"), "Content-Type: text/event-stream");
    assert_eq!(next("data"), "data: 1");
    assert!(get(&address, "/", "localhost").contains("nothing was found"));
    folder.write("plan.toml", &plan(31));
    assert_eq!(next("data"), "data: 2");
    let page = get(&address, "/", "localhost");
    assert!(page.contains("data-live=\"2\"") && page.contains("do not make its stated total"), "{page}");
    // A plan that is no TOML at the moment is shown too.
    folder.write("plan.toml", "[plan");
    assert_eq!(next("data"), "data: 3");
    assert!(get(&address, "/", "localhost").contains("This audit is not complete"));
}

#[test]
fn others_are_served_only_where_that_is_said() {
    let folder = Folder::new();
    let refused = |arguments: &[&str]| -> String {
        let mut command: Command = folder.command(env!("CARGO_BIN_EXE_crossfoot"));
        let Output { status, stderr, .. } = command.arg("watch").args(arguments).output().unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
        String::from_utf8(stderr).unwrap()
    };
    let said = refused(&["plan.toml", "--serve=0.0.0.0:0"]);
    assert!(
        said.contains("others than this machine could read the report there") && said.contains("--serve-any"),
        "{said}"
    );
    let said = refused(&["plan.toml", "--serve", "8080"]);
    assert!(said.contains("write --serve=8080"), "{said}");
    let said = refused(&["plan.toml", "--serve=nowhere.invalid"]);
    assert!(said.contains("this is no address"), "{said}");
    let (_watch, address) = served(&folder, &["--serve=0.0.0.0:0", "--serve-any"]);
    let here = address.replace("0.0.0.0", "127.0.0.1");
    assert_eq!(status(&get(&here, "/", "plans.example")), "200");
    // A port that is taken is told.
    let taken = format!("--serve={here}");
    assert!(refused(&["plan.toml", &taken]).contains("cannot serve at"));
}
