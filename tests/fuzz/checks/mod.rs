//! What holds of everything that the parsers read, whoever wrote it: no more than the limits allow,
//! the same when it is read again as it is kept, and nothing of an address or an agent.

mod event;
mod log;
mod picture;
mod question;
pub mod values;

pub use event::event_body;
pub use log::log_text;
pub use picture::picture_query;
pub use question::question;
