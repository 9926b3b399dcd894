//! Every reason for not counting a line of an access log, with a name and what to do about it.

/// Longest line that is read, in bytes without its end. Apache and nginx take about 8 KiB each of
/// request line, referrer and agent, and this leaves as much again for all the rest.
pub const LINE_BYTES_MAX: usize = 32 * 1024;

/// Why a line of an access log is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Refused {
    /// Longer than [`LINE_BYTES_MAX`].
    LineTooLong,
    /// The line ends inside a field.
    LineCut,
    /// Nothing stands on the line.
    Blank,
    /// The line has zero bytes, as text in UTF-16 has.
    Encoding,
    /// The line is in quotes, or its fields are, as in an export of a table.
    Quoted,
    /// Two records stand on one line.
    TwoRecords,
    /// Not a line of the common or the combined format.
    Format,
    /// There is no address where the reader's should be.
    Address,
    /// The server wrote the name of the reader's machine instead of its address.
    AddressName,
    /// The line begins with the addresses of several machines.
    AddressList,
    /// The time cannot be read, or its zone is none in use.
    Time,
    /// The request is not one of HTTP for a page: another protocol, or nothing at all.
    Request,
    /// The answer has no status.
    Status,
    /// The line belongs to another site.
    OtherHost,
    /// Neither `GET` nor, therefore, somebody reading.
    Method,
    /// An address that only programs ask for.
    MachinePath,
    /// Part of a page: a style, a script, a picture, a font, data for a script.
    Asset,
    /// A file that is neither a page nor, on this site, a download.
    FileType,
    /// A piece of a file (206): the file itself is counted when it is sent whole.
    PartialContent,
    /// The reader was sent on to another address (3xx), which has a line of its own.
    Redirect,
    /// The request was at fault (4xx), other than by asking for a page that is not there.
    ClientError,
    /// The server failed (5xx).
    ServerError,
    /// The answer held no page (1xx, or 2xx other than 200 and 206).
    OtherStatus,
}

impl Refused {
    /// All reasons, in the order in which a line meets them.
    pub const ALL: &[Self] = &[
        Self::LineTooLong,
        Self::LineCut,
        Self::Blank,
        Self::Encoding,
        Self::Quoted,
        Self::TwoRecords,
        Self::Format,
        Self::Address,
        Self::AddressName,
        Self::AddressList,
        Self::Time,
        Self::Request,
        Self::Status,
        Self::OtherHost,
        Self::Method,
        Self::MachinePath,
        Self::Asset,
        Self::FileType,
        Self::PartialContent,
        Self::Redirect,
        Self::ClientError,
        Self::ServerError,
        Self::OtherStatus,
    ];

    /// Its name in reports and counters.
    pub fn reason(self) -> &'static str {
        match self {
            Self::LineTooLong => "line_too_long",
            Self::LineCut => "line_cut",
            Self::Blank => "blank",
            Self::Encoding => "encoding",
            Self::Quoted => "quoted",
            Self::TwoRecords => "two_records",
            Self::Format => "format",
            Self::Address => "address",
            Self::AddressName => "address_name",
            Self::AddressList => "address_list",
            Self::Time => "time",
            Self::Request => "request",
            Self::Status => "status",
            Self::OtherHost => "other_host",
            Self::Method => "method",
            Self::MachinePath => "machine_path",
            Self::Asset => "asset",
            Self::FileType => "file_type",
            Self::PartialContent => "partial_content",
            Self::Redirect => "redirect",
            Self::ClientError => "client_error",
            Self::ServerError => "server_error",
            Self::OtherStatus => "other_status",
        }
    }

    /// Is it the line itself that cannot be read, and not what it says that is not counted?
    pub fn is_unreadable(self) -> bool {
        matches!(
            self,
            Self::LineTooLong
                | Self::LineCut
                | Self::Encoding
                | Self::Quoted
                | Self::TwoRecords
                | Self::Format
                | Self::Address
                | Self::AddressName
                | Self::AddressList
                | Self::Time
                | Self::Request
                | Self::Status
        )
    }

    /// What it means and what can be done about it. It repeats nothing of the line.
    pub fn advice(self) -> String {
        match self {
            Self::LineTooLong => {
                return format!(
                    "A line has at most {LINE_BYTES_MAX} bytes: look whether the file is a log of \
                     text."
                );
            }
            Self::LineCut => {
                "The line ends inside a field, as where a server stopped or a disk was full."
            }
            Self::Blank => "There is nothing on the line.",
            Self::Encoding => {
                "The line has zero bytes, as text in UTF-16 that follows other text: write the \
                 file in UTF-8, as by `iconv -f UTF-16 -t UTF-8`."
            }
            Self::Quoted => {
                "The line or its fields are in quotes, as in an export of a table: import the log \
                 as the server wrote it."
            }
            Self::TwoRecords => {
                "Two records stand on one line, and which belongs to whom is not certain: look \
                 whether a line's end is lost there."
            }
            Self::Format => {
                "Only the common and combined formats of Apache and nginx are read, with or \
                 without the virtual host in front: let the server write the combined format."
            }
            Self::Address => {
                "The line does not begin with the reader's address, or the virtual host and it: \
                 let the server write the combined format."
            }
            Self::AddressName => {
                "The server wrote a machine's name instead of its address: set HostnameLookups to \
                 Off. Lines written before cannot be counted."
            }
            Self::AddressList => {
                "The line begins with a list of forwarded addresses: let the server write the \
                 reader's alone (mod_remoteip of Apache, real_ip of nginx)."
            }
            Self::Time => {
                "The time is read as [10/Oct/2026:13:55:36 +0200], with 0 to 59 seconds and a \
                 zone in use."
            }
            Self::Request => "The request is not one of HTTP for a page.",
            Self::Status => "The connection ended before there was an answer.",
            Self::OtherHost => {
                "The line belongs to another site: import it for that one, or add the host with \
                 `parvis site set --alias`."
            }
            Self::Method => "Only requests by GET are counted.",
            Self::MachinePath => "Addresses that only programs ask for are not counted.",
            Self::Asset => "Styles, scripts, pictures, fonts and data for scripts are no pages.",
            Self::FileType => {
                "Files of this type are no pages, and no downloads either unless the site says so: \
                 `parvis site set HOST --download EXTENSION`."
            }
            Self::PartialContent => {
                "A piece of a file is not counted; the file is when it is sent whole."
            }
            Self::Redirect => "The page that the reader was sent on to is counted instead.",
            Self::ClientError => "The request was refused, so no page was seen.",
            Self::ServerError => "The server failed, so no page was seen.",
            Self::OtherStatus => "The answer held no page.",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_name_of_its_own_and_advice() {
        let mut names: Vec<_> = Refused::ALL.iter().map(|refused| refused.reason()).collect();
        let is_snake =
            |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(names.iter().all(|name| is_snake(name)));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Refused::ALL.len());
        assert!(Refused::ALL.iter().all(|refused| refused.advice().ends_with('.')));
    }
}
