//! The wish that whatever is under way ends.

use tokio::sync::watch;

/// A wish to stop that every request listens for; cloning it is cheap, all clones are one.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// From now on every request that is under way or begins gives
    /// [`RemoteError::Stopped`](crate::RemoteError::Stopped).
    pub fn raise(&self) {
        self.0.send_replace(true);
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once somebody asks.
    pub(crate) async fn raised(&self) {
        let mut seen = self.0.subscribe();
        // It ends early only where nobody is left to ask, and `self` is somebody.
        drop(seen.wait_for(|raised| *raised).await);
    }
}
