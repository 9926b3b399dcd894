//! What commands say on standard output. Whoever closes it has read enough: `parvis site list |
//! head -1` ends quietly, and a service goes on.

use std::io::{ErrorKind, Write};

use crate::app::AppError;

/// Says a line.
pub fn say(text: impl std::fmt::Display) -> Result<(), AppError> {
    write(format!("{text}\n").as_bytes())
}

/// Writes bytes as they are.
pub fn write(bytes: &[u8]) -> Result<(), AppError> {
    let mut output = std::io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(AppError::Machine(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
