//! Where what a block shows can be had as a file and from the API: the same question to the letter.

use crate::publish::FORMATS;
use crate::web::frame::Frame;
use crate::web::pages::asked::written;

/// The ways to the figures of one block.
pub struct Links {
    /// Each format, its name for people, and its address.
    pub files: Vec<(&'static str, &'static str, String)>,
    /// The address of the API.
    pub api: String,
    /// The same as a whole address, to be copied.
    pub whole: String,
}

/// The ways to the answer of a question.
pub fn links(frame: &Frame, path: &str, pairs: &[(String, String)]) -> Links {
    let query = written(pairs);
    let file = |extension: &'static str, title: &'static str| {
        (extension, title, format!("{path}.{extension}{query}"))
    };
    let files = FORMATS.map(|format| file(format.extension(), frame.locale.of(format.title())));
    let api = format!("{path}{query}");
    Links { files: files.into(), whole: frame.whole(&api), api }
}
