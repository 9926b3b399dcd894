//! The limits of what a sender may send, each with its reason.

/// Longest body of a message, in bytes: what a browser sends at most from a page that is being left
/// (Fetch standard, §4.6: keepalive requests), so no page's script can send more. The tracker's
/// messages have about 200; an address with all that its query can hold has some thousands.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

/// Seconds in which the body of a request has to arrive, from when it is first waited for. What a
/// tracker sends fits into one packet; a reader's form on a bad line takes a second or two.
pub const BODY_SECONDS_MAX: u64 = 10;

/// Longest name of an event, in bytes.
pub const EVENT_NAME_BYTES_MAX: usize = 100;

/// Properties of one event; those beyond are left out.
pub const PROPERTIES_MAX: usize = 10;

/// Longest name or value of a property, in bytes; a longer one is left out. The address of a link
/// may be as long as any.
pub const PROPERTY_BYTES_MAX: usize = 200;

/// Longest reading time of one message, in seconds. A page in view for longer without a pause is
/// a screen that nobody turned off.
pub const READING_SECONDS_MAX: u64 = 3_600;

/// Requests that one address may send in a second, unless configured. A whole ministry behind one
/// address makes some tens; a flood from one machine makes thousands.
pub const REQUESTS_PER_SECOND_DEFAULT: u32 = 200;

/// Senders of no counted site that are known by name on one day. More are made up, and are counted
/// together.
pub const SENDERS_PER_DAY_MAX: usize = 200;
