//! What can be seen of a rule's text that is being written: its page, imports, constants and functions, each with its place.
mod lex;

pub(crate) use lex::{Kind, Token, is_name, tokens};
