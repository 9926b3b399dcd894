//! The limits of what a sender may send, each with its reason.

/// Longest body of a message, in bytes. The tracker's have about 200.
pub const BODY_BYTES_MAX: usize = 8 * 1024;

/// Longest name of an event, in bytes.
pub const EVENT_NAME_BYTES_MAX: usize = 100;

/// Longest idempotency key, in bytes: a UUID has 36.
pub const KEY_BYTES_MAX: usize = 100;

/// Properties of one event.
pub const PROPERTIES_MAX: usize = 10;

/// Longest name or value of a property, in bytes. The address of a link may be as long as any.
pub const PROPERTY_BYTES_MAX: usize = 200;

/// Longest reading time of one message, in seconds. A page in view for longer without a pause is
/// a screen that nobody turned off.
pub const READING_SECONDS_MAX: u64 = 3_600;

/// Requests that one address may send in a second, unless configured. A whole ministry behind one
/// address makes some tens; a flood from one machine makes thousands.
pub const REQUESTS_PER_SECOND_DEFAULT: u32 = 200;
