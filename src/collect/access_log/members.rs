//! The text of a gzip file: that of its members, one after another.

use std::io::{self, BufRead, Chain, Cursor, Read};

use flate2::bufread::GzDecoder;

use crate::collect::access_log::packing::GZIP;

/// What stands behind the members is neither a member nor zeros, with which tapes and some copies
/// of disks fill up (gzip passes them over, too).
#[derive(Debug, thiserror::Error)]
#[error("what follows the packed text is no gzip")]
pub(super) struct Trailing;

type Member<R> = GzDecoder<Chain<Cursor<&'static [u8]>, R>>;

/// A reader of the text.
pub(super) struct Members<R> {
    present: Option<Member<R>>,
}

impl<R: BufRead> Members<R> {
    /// The source stands at the beginning of the first member.
    pub(super) fn new(source: R) -> Self {
        Self { present: Some(member(&[], source)) }
    }
}

/// A member of which the first bytes were read already.
fn member<R: BufRead>(read: &'static [u8], source: R) -> Member<R> {
    GzDecoder::new(Cursor::new(read).chain(source))
}

/// The member that follows, if one does.
fn following<R: BufRead>(ended: Member<R>) -> io::Result<Option<Member<R>>> {
    let (_, mut source) = ended.into_inner().into_inner();
    let mut next = peeked(&mut source)?;
    while next == Some(0) {
        source.consume(1);
        next = peeked(&mut source)?;
    }
    for (place, expected) in GZIP.iter().enumerate() {
        match peeked(&mut source)? {
            None if place == 0 => return Ok(None),
            Some(byte) if byte == *expected => source.consume(1),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, Trailing)),
        }
    }
    Ok(Some(member(GZIP, source)))
}

fn peeked(source: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        match source.fill_buf() {
            Ok(bytes) => return Ok(bytes.first().copied()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(present) = &mut self.present {
            let count = present.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.present = match self.present.take() {
                Some(ended) => following(ended)?,
                None => None,
            };
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// The text, and whether something else stood behind it, whatever the size of the buffers.
    fn read(parts: &[&[u8]]) -> (String, bool) {
        let of = |room: usize| {
            let source = io::BufReader::with_capacity(room, Cursor::new(parts.concat()));
            let mut text = String::new();
            let error = Members::new(source).read_to_string(&mut text).err();
            (text, error.is_some_and(|error| error.get_ref().is_some_and(|it| it.is::<Trailing>())))
        };
        let all = [1, 2, 3, 64, 4_096].map(of);
        assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
        all[0].clone()
    }

    #[test]
    fn members_follow_each_other_and_zeros_are_passed_over() {
        let (one, other, none) = (packed("a\n"), packed("b\n"), packed(""));
        let zeros = [0; 1_000];
        for (parts, text, has_more) in [
            (&[&one[..]][..], "a\n", false),
            (&[&one, &other], "a\nb\n", false),
            (&[&one, &none, &other, &none], "a\nb\n", false),
            (&[&one, &zeros], "a\n", false),
            (&[&one, &zeros, &other, &zeros], "a\nb\n", false),
            (&[&one, b"x"], "a\n", true),
            (&[&one, &zeros, b"x"], "a\n", true),
            (&[&one, b"\x1f"], "a\n", true),
            (&[&one, b"\x1f\x8c"], "a\n", true),
        ] {
            assert_eq!(read(parts), (text.to_owned(), has_more), "{parts:?}");
        }
    }
}
