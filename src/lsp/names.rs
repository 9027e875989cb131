//! Files by the addresses that editors give them, and by the names that crossfoot knows.
//!
//! A file is known by its whole path with `/`, so that one file has one name in every folder; whatever else an editor opens
//! keeps its address as its name. It reads no file.

use std::fmt::Write as _;
use std::path::Path;
use std::str::FromStr as _;

use lsp_types::Uri;

/// The name of what an address leads to.
pub(super) fn name_of(uri: &Uri) -> String {
    path_of(uri).unwrap_or_else(|| uri.as_str().to_owned())
}

/// The path of a file's address; none where it is another kind of address.
fn path_of(uri: &Uri) -> Option<String> {
    if !uri.scheme()?.as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = decoded(uri.path().as_str())?;
    let host = uri.authority().map(|authority| authority.as_str()).filter(|host| !host.is_empty());
    match host {
        Some(host) if !host.eq_ignore_ascii_case("localhost") => Some(format!("//{host}{path}")),
        _ if has_drive(path.strip_prefix('/')?) => Some(path[1..].replace('\\', "/")),
        _ => Some(path),
    }
}

/// Whether a path begins with a drive, as on Windows: `C:/`.
fn has_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    cfg!(windows) && bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':')
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

/// The address of a name: of a whole path, or of what was an address all along.
pub(super) fn uri_of(name: &str) -> Option<Uri> {
    if !is_path(name) {
        return Uri::from_str(name).ok().filter(|uri| uri.scheme().is_some());
    }
    let name = name.replace('\\', "/");
    let mut text = String::from(if name.starts_with("//") {
        "file:"
    } else if name.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(byte)),
            b':' if cfg!(windows) => text.push(':'),
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    Uri::from_str(&text).ok()
}

/// Whether a name is a whole path, and so may be looked for on the disk.
pub(super) fn is_path(name: &str) -> bool {
    Path::new(name).is_absolute()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn name(uri: &str) -> String {
        name_of(&Uri::from_str(uri).unwrap())
    }

    #[test]
    fn a_file_has_one_name_and_its_address_leads_back() {
        assert_eq!(name("file:///home/a/plan%20%C3%A9t%C3%A9.toml"), "/home/a/plan été.toml");
        assert_eq!(name("FILE://localhost/a%2Fb.toml"), "/a/b.toml");
        assert_eq!(uri_of("/home/a/plan été.toml").unwrap().as_str(), "file:///home/a/plan%20%C3%A9t%C3%A9.toml");
        assert_eq!(name(uri_of("/a/#1?%/b.toml").unwrap().as_str()), "/a/#1?%/b.toml");
    }

    #[test]
    fn what_is_no_file_keeps_its_address() {
        assert_eq!(name("untitled:Untitled-1"), "untitled:Untitled-1");
        assert_eq!(uri_of("untitled:Untitled-1").unwrap().as_str(), "untitled:Untitled-1");
        // Bytes that are no UTF-8 are no name of a file here.
        assert_eq!(name("file:///a%FF.toml"), "file:///a%FF.toml");
        assert_eq!(uri_of("<stdin>"), None);
        assert_eq!(uri_of("totals/outputs.rhai"), None);
    }
}
