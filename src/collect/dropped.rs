//! Every reason for not counting a request, each with a name, what to do about it, and a counter.

mod words;

use crate::collect::bounds::{
    BODY_BYTES_MAX, BODY_SECONDS_MAX, EVENT_NAME_BYTES_MAX, PROPERTIES_MAX, PROPERTY_BYTES_MAX,
    REQUESTS_PER_SECOND_DEFAULT,
};
use crate::journal::JournalError;
use crate::model::Words;
use crate::privacy::URL_BYTES_MAX;
use crate::signal::RobotKind;
use crate::store::JOURNAL_SITE_UNKNOWN;

/// Why a request was not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dropped {
    /// A robot that says so, or a request without an agent.
    Robot,
    /// A browser that a program drives.
    Headless,
    /// An agent that no browser has.
    Impossible,
    /// A probe that watches whether the site answers.
    Monitor,
    /// Headers that the named browser would not send.
    FetchHeaders,
    /// The browser says `Sec-GPC: 1`.
    GlobalPrivacyControl,
    /// The browser says `DNT: 1`.
    DoNotTrack,
    /// The visitor asked here not to be counted.
    OptOut,
    /// The browser fetches ahead; nobody has seen the page.
    Prefetch,
    /// It comes from one of the networks that the operator excluded.
    Excluded,
    /// The same message was counted already. It is answered as the first one was.
    Duplicate,
    /// The body is larger than [`BODY_BYTES_MAX`].
    BodyTooLarge,
    /// The body is not a message in JSON.
    BodyUnreadable,
    /// The body did not arrive within [`BODY_SECONDS_MAX`].
    BodyTooSlow,
    /// The page's host and path are too long.
    UrlTooLong,
    /// The page's address is none.
    UrlUnusable,
    /// The event's name is empty, too long or not text.
    NameUnusable,
    /// A property cannot be kept. Versions that lost the whole message for it counted it; now the
    /// property alone is left out.
    PropertiesUnusable,
    /// The message names several sites.
    SeveralSites,
    /// The site is not counted here.
    UnknownSite,
    /// The page is on a host that is neither the site nor one of its aliases.
    ForeignHost,
    /// The browser says that the message comes from another site.
    ForeignOrigin,
    /// The browser says that the message comes from a page without an origin: a sandboxed one.
    SandboxedPage,
    /// One address sends more than its share.
    TooManyRequests,
    /// More hits wait than can be written.
    JournalFull,
    /// The disk takes too long.
    JournalStalled,
    /// The disk refuses.
    JournalRefused,
    /// The service is stopping.
    Stopping,
    /// The machine's clock went back into a closed day, or the day's salt cannot be kept.
    DayUnusable,
    /// It is in the journal, and the store, restored from a backup, does not know its site.
    JournalSiteUnknown,
}

/// What the sender is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Accepted, and not counted on purpose.
    OnPurpose,
    /// The request is at fault.
    Refused,
    /// The request is larger than allowed.
    TooLarge,
    /// The request does not arrive in time.
    TooSlow,
    /// It may be sent again, more slowly.
    SlowDown,
    /// It may be sent again, as it is.
    Unavailable,
}

impl From<RobotKind> for Dropped {
    fn from(kind: RobotKind) -> Self {
        match kind {
            RobotKind::Declared => Self::Robot,
            RobotKind::Headless => Self::Headless,
            RobotKind::Impossible => Self::Impossible,
            RobotKind::Monitor => Self::Monitor,
        }
    }
}

impl From<JournalError> for Dropped {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Full => Self::JournalFull,
            JournalError::Stalled => Self::JournalStalled,
            JournalError::Refused => Self::JournalRefused,
            JournalError::Stopping => Self::Stopping,
        }
    }
}

impl Dropped {
    /// Every reason.
    pub const ALL: [Self; 30] = [
        Self::Robot,
        Self::Headless,
        Self::Impossible,
        Self::Monitor,
        Self::FetchHeaders,
        Self::GlobalPrivacyControl,
        Self::DoNotTrack,
        Self::OptOut,
        Self::Prefetch,
        Self::Excluded,
        Self::Duplicate,
        Self::BodyTooLarge,
        Self::BodyUnreadable,
        Self::BodyTooSlow,
        Self::UrlTooLong,
        Self::UrlUnusable,
        Self::NameUnusable,
        Self::PropertiesUnusable,
        Self::SeveralSites,
        Self::UnknownSite,
        Self::ForeignHost,
        Self::ForeignOrigin,
        Self::SandboxedPage,
        Self::TooManyRequests,
        Self::JournalFull,
        Self::JournalStalled,
        Self::JournalRefused,
        Self::Stopping,
        Self::DayUnusable,
        Self::JournalSiteUnknown,
    ];

    /// Its name in headers, counters and files.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Robot => "robot",
            Self::Headless => "robot_headless",
            Self::Impossible => "robot_impossible",
            Self::Monitor => "monitor",
            Self::FetchHeaders => "robot_headers",
            Self::GlobalPrivacyControl => "gpc",
            Self::DoNotTrack => "dnt",
            Self::OptOut => "opt_out",
            Self::Prefetch => "prefetch",
            Self::Excluded => "excluded",
            Self::Duplicate => "duplicate",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyUnreadable => "body_unreadable",
            Self::BodyTooSlow => "body_too_slow",
            Self::UrlTooLong => "url_too_long",
            Self::UrlUnusable => "url_unusable",
            Self::NameUnusable => "name_unusable",
            Self::PropertiesUnusable => "properties_unusable",
            Self::SeveralSites => "several_sites",
            Self::UnknownSite => "unknown_site",
            Self::ForeignHost => "foreign_host",
            Self::ForeignOrigin => "foreign_origin",
            Self::SandboxedPage => "sandboxed_page",
            Self::TooManyRequests => "too_many_requests",
            Self::JournalFull => "journal_full",
            Self::JournalStalled => "journal_stalled",
            Self::JournalRefused => "journal_refused",
            Self::Stopping => "stopping",
            Self::DayUnusable => "day_unusable",
            Self::JournalSiteUnknown => JOURNAL_SITE_UNKNOWN,
        }
    }

    /// The reason of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dropped| dropped.reason() == name)
    }

    /// How it is answered.
    pub fn answer(self) -> Answer {
        match self {
            Self::Robot
            | Self::Headless
            | Self::Impossible
            | Self::Monitor
            | Self::FetchHeaders
            | Self::GlobalPrivacyControl
            | Self::DoNotTrack
            | Self::OptOut
            | Self::Prefetch
            | Self::Excluded
            | Self::Duplicate => Answer::OnPurpose,
            Self::BodyUnreadable
            | Self::UrlTooLong
            | Self::UrlUnusable
            | Self::NameUnusable
            | Self::PropertiesUnusable
            | Self::SeveralSites
            | Self::UnknownSite
            | Self::ForeignHost
            | Self::ForeignOrigin
            | Self::SandboxedPage => Answer::Refused,
            Self::BodyTooLarge => Answer::TooLarge,
            Self::BodyTooSlow => Answer::TooSlow,
            Self::TooManyRequests => Answer::SlowDown,
            Self::JournalFull
            | Self::JournalStalled
            | Self::JournalRefused
            | Self::Stopping
            | Self::DayUnusable
            | Self::JournalSiteUnknown => Answer::Unavailable,
        }
    }

    /// What it means, in a sentence without its end: for readers, who cannot do anything about it.
    pub fn meaning(self) -> Words {
        words::meaning(self)
    }

    /// What the sender can do about it. It repeats nothing of the request.
    pub fn advice(self) -> String {
        match self {
            Self::Robot | Self::Headless | Self::Impossible | Self::FetchHeaders => {
                "Robots are not counted.".into()
            }
            Self::Monitor => "Probes that watch a site are not counted.".into(),
            Self::GlobalPrivacyControl => "The browser asks not to be followed (GPC).".into(),
            Self::DoNotTrack => "The browser asks not to be tracked (DNT).".into(),
            Self::OptOut => "This visitor asked not to be counted.".into(),
            Self::Prefetch => "A page fetched ahead is counted when it is shown.".into(),
            Self::Excluded => "Visits of this network are not counted here.".into(),
            Self::Duplicate => "This message was counted already.".into(),
            Self::BodyTooLarge => format!("Send at most {BODY_BYTES_MAX} bytes."),
            Self::BodyUnreadable => "Send one JSON object in UTF-8 with at least n (the name) and \
                u (the page's address), such as \
                {\"n\":\"pageview\",\"u\":\"https://www.example.fr/\"}; a form or a list of \
                messages is not read."
                .into(),
            Self::BodyTooSlow => format!("Send it whole within {BODY_SECONDS_MAX} seconds."),
            Self::UrlTooLong => format!(
                "Send the page's address with at most {URL_BYTES_MAX} bytes of host and path."
            ),
            Self::UrlUnusable => {
                "Send the page's whole address as u, such as https://www.example.fr/page.".into()
            }
            Self::NameUnusable => {
                format!("Send the event's name as n in 1 to {EVENT_NAME_BYTES_MAX} bytes of text.")
            }
            Self::SeveralSites => "The message names several sites, with a comma, a space or \
                another sign between, and a view is counted once: name the one that the page is \
                of. Sites are added up by their organisation (`parvis organisation set`)."
                .into(),
            Self::PropertiesUnusable => format!(
                "Send at most {PROPERTIES_MAX} properties, each a text, number or truth value of \
                 at most {PROPERTY_BYTES_MAX} bytes."
            ),
            Self::UnknownSite => {
                "This site is not counted here: add it with `parvis site add`, or \
                correct data-site on the tag."
                    .into()
            }
            Self::ForeignHost => "The page's host is neither the site nor one of its aliases: add \
                it with `parvis site set --alias`, or correct data-site on the tag."
                .into(),
            Self::ForeignOrigin => "The browser sent this from a page of another site, so it is \
                not counted: add its host with `parvis site set --alias` if it is yours."
                .into(),
            Self::SandboxedPage => "The browser sent this from a sandboxed page, which belongs to \
                no site (Origin: null), so it is not counted: let the page keep its origin with \
                allow-same-origin in the sandbox of its frame or of its Content-Security-Policy, \
                or count it with the picture /p.gif and its address as u. sendBeacon says the \
                same where the Referrer-Policy is no-referrer: use fetch there."
                .into(),
            Self::TooManyRequests => format!(
                "One address may send a number of requests a second ({} unless configured: \
                 requests_per_second); send again later.",
                REQUESTS_PER_SECOND_DEFAULT
            ),
            Self::JournalFull => "More views arrive than can be written; send again.".into(),
            Self::JournalStalled => "The disk takes too long; send again.".into(),
            Self::JournalRefused => {
                "The disk refuses to write, perhaps because it is full; send again.".into()
            }
            Self::Stopping => "The service is stopping; send again.".into(),
            Self::DayUnusable => "The day cannot be opened; the operator finds the reason in the \
                log. Send again."
                .into(),
            Self::JournalSiteUnknown => "The store does not know this site any more.".into(),
        }
    }
}
