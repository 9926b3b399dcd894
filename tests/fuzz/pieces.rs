//! What inputs are put together from, and how they are damaged.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Bytes that are shown as text where they fail.
#[derive(Clone)]
pub struct Input(pub Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Pieces of addresses, names and titles: each was once read wrongly somewhere, or means something
/// to some reader of addresses.
pub const PIECES: [&str; 92] = [
    "https://",
    "http://",
    "HTTPS://",
    "//",
    "www.example.fr",
    "example.fr",
    "WWW.Example.FR.",
    ":8443",
    "/",
    "/services/",
    "a",
    "page",
    "Page",
    "index.html",
    ".pdf",
    ".css",
    "?",
    "&",
    "=",
    "#",
    "#/",
    "#!/",
    "?q=",
    "&s=",
    "page=2",
    "é=",
    "+",
    " ",
    "%20",
    "%2B",
    "%25",
    "%",
    "%4",
    "%zz",
    "%2F",
    "%2f",
    "%5C",
    "%3F",
    "%23",
    "%26",
    "%3D",
    "%7C",
    "%00",
    "%0A",
    "%7E",
    "~",
    "%C3%A9",
    "%c3%a9",
    "%C3",
    "%E9",
    "é",
    "e\u{301}",
    "%65%CC%81",
    "%EF%BF%BD",
    "\u{fffd}",
    "\u{202e}",
    "%E2%80%AE",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{2800}",
    "\u{1f600}",
    "\u{1f468}\u{200d}\u{1f469}",
    "日本語",
    "عربى",
    "\u{1100}\u{1161}",
    "１２３４５６",
    "٠١٢٣٤٥",
    "%C0%AF",
    "%F0%9F%98",
    "..",
    ".",
    "%2e",
    "%2E%2e",
    "%252e",
    "jeanne@example.fr",
    "jeanne%40example.fr",
    "jeanne%2540example.fr",
    "＠",
    "@",
    "b.fr",
    "06 12 34 56 78",
    "0612345678",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "AbC123dEf456GhI7",
    ":redacted",
    "%3Aredacted",
    ":withheld",
    ":",
    "|",
    "\\",
    "\\|",
];

/// Other letters, one at a time.
fn letter() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<char>().prop_map(String::from),
        2 => select((0u8..128).map(char::from).map(String::from).collect::<Vec<_>>()),
    ]
}

/// A text of pieces.
pub fn text(pieces_max: usize) -> impl Strategy<Value = String> {
    // Near the limits of names, titles, values and addresses.
    let long = (
        select(vec!["x", "é", "a@", "%C3%A9", "1", "/"]),
        select(vec![15, 99, 150, 200, 700, 2_040]),
    );
    let piece = prop_oneof![
        12 => select(PIECES.to_vec()).prop_map(str::to_owned),
        2 => letter(),
        1 => long.prop_map(|(piece, times)| piece.repeat(times)),
    ];
    vec(piece, 0..=pieces_max).prop_map(|pieces| pieces.concat())
}

/// An address of the web, or nearly one.
pub fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => text(8).prop_map(|text| format!("https://www.example.fr/{text}")),
        1 => text(5).prop_map(|text| format!("https://{text}")),
        1 => text(5),
    ]
}

/// What happens to bytes on their way.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Insert(Index, Vec<u8>),
    Replace(Index, u8),
    Repeat(Index, Index),
    Sixteen(bool),
}

fn damage() -> impl Strategy<Value = Damage> {
    let bytes = select(vec![
        &b"\0"[..],
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"\"",
        b"\\",
        b"\r",
        b"\n",
        b"\t",
        b"\x1b",
        b"\x85",
        b"%",
        b"{",
        b"}",
        b"[[[[",
        b"\\u0000",
        b"\\ud800",
    ]);
    prop_oneof![
        2 => any::<Index>().prop_map(Damage::Cut),
        4 => (any::<Index>(), bytes).prop_map(|(at, bytes)| Damage::Insert(at, bytes.to_vec())),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        1 => any::<bool>().prop_map(Damage::Sixteen),
    ]
}

impl Damage {
    fn to(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        let at = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
        match self {
            Self::Cut(index) => bytes.truncate(at(index, &bytes)),
            Self::Insert(index, more) => {
                let place = at(index, &bytes);
                bytes.splice(place..place, more.iter().copied());
            }
            Self::Replace(index, byte) => {
                if let Some(place) = at(index, &bytes).checked_sub(1) {
                    bytes[place] = *byte;
                }
            }
            Self::Repeat(from, to) => {
                let (from, to) = (at(from, &bytes), at(to, &bytes));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(from..from, part);
            }
            Self::Sixteen(is_big) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                let unit =
                    |unit: u16| if *is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                bytes = units.flat_map(unit).collect();
            }
        }
        bytes
    }
}

/// The same bytes, most often unharmed.
pub fn damaged(bytes: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Input> {
    let damages = prop_oneof![3 => Just(Vec::new()), 2 => vec(damage(), 1..4)];
    (bytes, damages).prop_map(|(bytes, damages)| {
        Input(damages.iter().fold(bytes, |bytes, damage| damage.to(bytes)))
    })
}
