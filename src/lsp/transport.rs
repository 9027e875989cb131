//! Messages in and out, as bytes.
//!
//! What comes in is not trusted: headers and messages have a largest size, garbage between messages is passed over up to the
//! next `Content-Length`, and what is no JSON or no message is answered and not obeyed. What a message means is not known here.

use std::io::{self, BufRead, Read, Write};
use std::sync::Arc;

use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};

use super::budget::{Budget, Charge, EACH};

/// The largest message that is read, in bytes.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// The longest header line that is read, in bytes, and the most of them before one message.
const MOST_HEADER: u64 = 4_096;
const MOST_HEADERS: usize = 32;

const LENGTH: &str = "content-length";

/// What comes in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// What is no message, with how it is answered.
    Fault(Fault),
    /// Something that nobody can be answered about.
    Noise(String),
}

/// Something that came in and waits.
pub(super) type Waiting = (Incoming, Charge);

/// What is wrong with something that came in.
#[derive(Debug)]
pub(super) struct Fault {
    /// The id of the request, if it has one.
    pub(super) id: Value,
    /// The code of the protocol.
    pub(super) code: ErrorCode,
    /// What is wrong, and what was expected.
    pub(super) message: String,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A message.
    Message(Message),
    /// The answer to what was no message.
    Fault(Fault),
}

/// Reads messages until the input ends, or until nobody takes them; ahead of the server by no more than the budget.
pub(super) fn read_all(input: impl Read, sender: &Sender<Waiting>, budget: &Arc<Budget>) {
    let mut reader = Reader::new(input, MOST_BYTES);
    loop {
        let incoming = match reader.next() {
            Ok(Some(incoming)) => incoming,
            Ok(None) => return,
            Err(error) => {
                let told = Incoming::Noise(format!("the input cannot be read any more: {error}"));
                let _ = sender.send((told, budget.charge(EACH)));
                return;
            }
        };
        let ends = matches!(&incoming, Incoming::Message(Message::Notification(it)) if it.method == "exit");
        if sender.send((incoming, budget.charge(reader.length + EACH))).is_err() || ends {
            return;
        }
    }
}

/// Writes a message as the protocol frames it.
///
/// # Errors
/// When the other side has gone.
pub(super) fn write(outgoing: &Outgoing, output: &mut impl Write) -> io::Result<()> {
    let mut value = match outgoing {
        Outgoing::Message(message) => serde_json::to_value(message)?,
        Outgoing::Fault(fault) => {
            json!({ "id": fault.id, "error": { "code": fault.code as i32, "message": fault.message } })
        }
    };
    value["jsonrpc"] = json!("2.0");
    let body = serde_json::to_vec(&value)?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}

struct Reader<R> {
    input: io::BufReader<R>,
    /// The largest message, in bytes.
    most: u64,
    /// The bytes of the next message, where its headers were read and what stood before them was told first.
    held: Option<u64>,
    /// The bytes of the last message.
    length: u64,
}

impl<R: Read> Reader<R> {
    fn new(input: R, most: u64) -> Self {
        Self { input: io::BufReader::with_capacity(1 << 16, input), most, held: None, length: 0 }
    }

    /// The next message, or what is wrong with it; none at the end of the input.
    fn next(&mut self) -> io::Result<Option<Incoming>> {
        self.length = 0;
        let length = match self.held.take() {
            Some(length) => length,
            None => {
                let (noise, length) = self.head()?;
                if noise > 0 {
                    self.held = length;
                    return Ok(Some(Incoming::Noise(format!("{noise} bytes between messages were passed over"))));
                }
                let Some(length) = length else { return Ok(None) };
                length
            }
        };
        if length > self.most {
            return self.pass_over(length).map(Some);
        }
        // Memory is taken as bytes arrive: a length by itself costs nothing.
        let mut body = Vec::new();
        let read = self.input.by_ref().take(length).read_to_end(&mut body)?;
        if (read as u64) < length {
            let what = format!("the input ended after {read} of the {length} bytes of a message");
            return Ok(Some(Incoming::Noise(what)));
        }
        self.length = length;
        Ok(Some(message(&body)))
    }

    /// The headers of the next message: how many bytes stood before them that are none, and the length they state; no length
    /// where the input ends.
    fn head(&mut self) -> io::Result<(usize, Option<u64>)> {
        let (mut noise, mut length, mut headers) = (0, None, 0);
        // The end of what was read of a line that is longer than a header can be: one may begin there.
        let mut carried = Vec::new();
        loop {
            let mut line = std::mem::take(&mut carried);
            if self.input.by_ref().take(MOST_HEADER).read_until(b'\n', &mut line)? == 0 {
                return Ok((noise + line.len(), None));
            }
            if !line.ends_with(b"\n") {
                carried = line.split_off(line.len().saturating_sub(LENGTH.len() + 24));
                noise += line.len();
                length = None;
                continue;
            }
            let text = String::from_utf8_lossy(&line).to_ascii_lowercase();
            let text = text.trim();
            // What stands before the length costs nothing, however much it is; the head of a message begins with it.
            headers = if length.is_some() { headers + 1 } else { 0 };
            if let Some((before, bytes)) = stated_length(text) {
                noise += before;
                length = Some(bytes);
            } else if text.is_empty() {
                if length.is_some() {
                    return Ok((noise, length));
                }
            } else if headers > MOST_HEADERS
                || !(text.starts_with("content-type:") || (length.is_some() && is_header(text)))
            {
                noise += line.len();
                length = None;
            }
        }
    }

    /// Reads a message of which nothing is kept.
    fn pass_over(&mut self, length: u64) -> io::Result<Incoming> {
        io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        let message = format!("a message of {length} bytes is not read: the largest has {}", self.most);
        Ok(Incoming::Fault(Fault { id: Value::Null, code: ErrorCode::InvalidRequest, message }))
    }
}

/// Where in a line of small letters the length of a message is stated, and the length.
fn stated_length(line: &str) -> Option<(usize, u64)> {
    let before = line.rfind(LENGTH)?;
    let number = line[before + LENGTH.len()..].trim_start().strip_prefix(':')?.trim();
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| digits).map(|length| (before, length))
}

fn is_header(line: &str) -> bool {
    let name = line.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// A message from its bytes.
fn message(body: &[u8]) -> Incoming {
    let fault = |id: Value, code, message| Incoming::Fault(Fault { id, code, message });
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return fault(Value::Null, ErrorCode::ParseError, format!("a message is no JSON: {error}")),
    };
    let id = value.get("id").filter(|id| id.is_string() || id.is_number()).cloned();
    let invalid =
        |id: Option<Value>, what: &str| fault(id.unwrap_or_default(), ErrorCode::InvalidRequest, what.to_owned());
    let has = |key: &str| value.get(key).is_some();
    if has("method") {
        if has("id") {
            return match serde_json::from_value::<Request>(value) {
                Ok(request) => Incoming::Message(request.into()),
                Err(_) => invalid(id, "expected a request: an id that is a text or a number of 32 bits, and a method"),
            };
        }
        return match serde_json::from_value::<Notification>(value) {
            Ok(notification) => Incoming::Message(notification.into()),
            Err(_) => invalid(None, "expected a notification, with a method that is a text"),
        };
    }
    if has("id") && (has("result") || has("error")) {
        return match serde_json::from_value::<Response>(value) {
            Ok(response) => Incoming::Message(response.into()),
            Err(_) => Incoming::Noise("an answer to nothing that was asked".to_owned()),
        };
    }
    invalid(id, "expected a request or a notification: an object with a method")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u64 = 1_000;

    /// What is read of some bytes, each in a few words.
    fn read(bytes: &[u8]) -> Vec<String> {
        let mut reader = Reader::new(bytes, MOST);
        let mut told = Vec::new();
        while let Some(incoming) = reader.next().unwrap() {
            told.push(match incoming {
                Incoming::Message(Message::Request(it)) => format!("{} {}", it.method, it.id),
                Incoming::Message(Message::Notification(it)) => it.method,
                Incoming::Message(Message::Response(it)) => format!("answer {}", it.id),
                Incoming::Fault(fault) => format!("{} {}: {}", fault.code as i32, fault.id, fault.message),
                Incoming::Noise(what) => format!("noise: {what}"),
            });
        }
        told
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const A: &str = r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#;
    const B: &str = r#"{"jsonrpc":"2.0","method":"b"}"#;

    #[test]
    fn messages_are_read_whatever_their_headers_look_like() {
        let text = format!(
            "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:{}\n\n{A}\r\n{}X-Other: 1\r\n{}",
            A.len(),
            framed(B),
            framed(B)
        );
        assert_eq!(read(text.as_bytes()), ["a 1", "b", "noise: 12 bytes between messages were passed over", "b"]);
    }

    #[test]
    fn garbage_is_passed_over_up_to_the_next_message() {
        for garbage in [
            "hello",
            "hello\r\n\r\n",
            "\0\u{1}\n\n\n{}",
            "Content-Length: x\r\n\r\n",
            "Content-Length: -4\r\n\r\n",
            "a: b\r\n",
        ] {
            let told = read(format!("{}{garbage}{}{}", framed(A), framed(B), framed(A)).as_bytes());
            assert_eq!(told.len(), 4, "{garbage:?}: {told:?}");
            assert!(told[1].starts_with("noise: "), "{told:?}");
            assert_eq!((told[0].as_str(), told[2].as_str(), told[3].as_str()), ("a 1", "b", "a 1"), "{garbage:?}");
        }
        // However many lines it has.
        let typed = format!("Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n{B}", B.len());
        for line in ["x\n", "\n", "a: b\r\n", "content-type: x\n", "x\r\n\r\n"] {
            let told = read(format!("{}{typed}", line.repeat(100)).as_bytes());
            assert_eq!(told.last().map(String::as_str), Some("b"), "{line:?}: {told:?}");
        }
        // However long it is, and wherever a piece of it ends.
        for length in 4_000..4_200 {
            let told = read(format!("{}{}", "x".repeat(length), framed(B)).as_bytes());
            assert_eq!(told, [format!("noise: {length} bytes between messages were passed over"), "b".to_owned()]);
        }
    }

    #[test]
    fn an_oversized_message_is_answered_and_takes_no_memory() {
        let told = read(format!("{}{}", framed(&"x".repeat(5_000)), framed(B)).as_bytes());
        assert_eq!(told, ["-32600 null: a message of 5000 bytes is not read: the largest has 1000", "b"]);
        let told = read(b"Content-Length: 18446744073709551615\r\n\r\nabc");
        assert_eq!(told.len(), 1);
        assert!(read(b"Content-Length: 99999999999999999999999\r\n\r\nabc")[0].starts_with("noise"));
    }

    #[test]
    fn what_is_no_message_is_answered_with_its_id_where_it_has_one() {
        let text = [
            "{",
            "[]",
            "3",
            r#"{"id":7}"#,
            r#"{"id":99999999999,"method":"a"}"#,
            r#"{"id":null,"method":"a"}"#,
            r#"{"method":3}"#,
        ];
        let told = read(text.map(framed).concat().as_bytes());
        let codes: Vec<&str> = told.iter().map(|told| told.split(':').next().unwrap()).collect();
        assert_eq!(
            codes,
            [
                "-32700 null",
                "-32600 null",
                "-32600 null",
                "-32600 7",
                "-32600 99999999999",
                "-32600 null",
                "-32600 null"
            ]
        );
        let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
        assert!(read(framed(&deep).as_bytes())[0].starts_with("-32700 null"));
        let mut bytes = b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec();
        bytes.extend(framed(B).bytes());
        assert_eq!(read(&bytes).len(), 2);
    }

    #[test]
    fn an_input_that_ends_within_a_message_ends() {
        assert_eq!(
            read(b"Content-Length: 20\r\n\r\n{}"),
            ["noise: the input ended after 2 of the 20 bytes of a message"]
        );
        assert_eq!(read(b"Content-Length: 20\r\n"), Vec::<String>::new());
        assert_eq!(read(b""), Vec::<String>::new());
    }

    #[test]
    fn what_waits_is_bounded_by_its_bytes_and_never_stands_still() {
        let budget = Budget::of(10 * EACH);
        let (sender, receiver) = crossbeam_channel::unbounded();
        // One that is larger than all that may wait is taken all the same, alone.
        let large = format!(r#"{{"method":"{}"}}"#, "x".repeat(20_000));
        let input = format!("{}{}{}", framed(B).repeat(1_000), framed(&large), framed(B));
        let reader = std::thread::spawn(move || read_all(input.as_bytes(), &sender, &budget));
        let mut most = 0;
        let mut taken = 0;
        while let Ok(waiting) = receiver.recv() {
            most = most.max(receiver.len() + 1);
            taken += 1;
            drop(waiting);
        }
        reader.join().unwrap();
        assert_eq!(taken, 1_002);
        assert!(most <= 11, "{most} waited");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut bytes = Vec::new();
        let notification =
            Notification { method: "window/logMessage".to_owned(), params: json!({ "message": "été" }) };
        write(&Outgoing::Message(notification.into()), &mut bytes).unwrap();
        let fault = Fault { id: Value::Null, code: ErrorCode::ParseError, message: "no".to_owned() };
        write(&Outgoing::Fault(fault), &mut bytes).unwrap();
        assert!(String::from_utf8_lossy(&bytes).contains(r#""id":null,"error":{"code":-32700,"message":"no"}"#));
        assert_eq!(read(&bytes)[0], "window/logMessage");
    }
}
