//! Connections: how many one address may have open, and when one is given up whose reader reads
//! nothing.

use std::any::Any;
use std::os::fd::AsFd;
use std::sync::Arc;

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use ipnet::IpNet;
use rustix::net::{Shutdown, shutdown, sockopt};

use crate::collect::ConcurrencyLimit;

/// Connections that one address may have open, where it is no trusted proxy's: a whole ministry
/// behind one address has some hundreds.
pub const CONNECTIONS_PER_ADDRESS_MAX: u32 = 1_024;

/// Of all connections that there may be, the part that one address may have is one in so many.
const SHARE_OF_ADDRESS: u32 = 4;

/// Files that are kept for the store, the journal and the like when connections are counted out.
const FILES_KEPT: u64 = 128;

/// Connections that each thread has in any case.
const CONNECTIONS_OF_WORKER_MIN: u64 = 16;

/// Milliseconds without progress after which a connection is given up whose reader does not take
/// what was sent (`TCP_USER_TIMEOUT`, tcp(7)): Linux measures it also where the reader acknowledges
/// but has no room.
const STALLED_MILLISECONDS_MAX: u32 = 30_000;

/// Connections that each thread may have, so that files remain for everything else.
pub fn of_worker(files: u64, workers: usize) -> usize {
    let of_all = files.saturating_sub(FILES_KEPT) / workers.max(1) as u64;
    usize::try_from(of_all.max(CONNECTIONS_OF_WORKER_MIN)).unwrap_or(usize::MAX)
}

/// What is done with each new connection, of so many that there may be.
pub fn on_connect(
    connections_max: usize,
    trusted: Vec<IpNet>,
) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    let share = u32::try_from(connections_max).unwrap_or(u32::MAX) / SHARE_OF_ADDRESS;
    let limit = ConcurrencyLimit::new(share.clamp(1, CONNECTIONS_PER_ADDRESS_MAX));
    move |connection, extensions| {
        let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
        // A connection that is gone already has nothing to set.
        let _ = sockopt::set_tcp_user_timeout(stream.as_fd(), STALLED_MILLISECONDS_MAX);
        let Ok(peer) = stream.peer_addr() else { return };
        let address = peer.ip().to_canonical();
        if trusted.iter().any(|network| network.contains(&address)) {
            return;
        }
        match limit.hold(address) {
            Some(held) => {
                extensions.insert(Arc::new(held));
            }
            None => {
                let _ = shutdown(stream.as_fd(), Shutdown::Both);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_remain_for_the_store() {
        assert_eq!(of_worker(1_024, 2), 448);
        assert_eq!(of_worker(64, 2), 16);
        assert_eq!(of_worker(u64::MAX, 0) as u64, u64::MAX - FILES_KEPT);
    }
}
