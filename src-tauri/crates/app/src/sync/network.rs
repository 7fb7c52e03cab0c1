//! Who is asking a server just now, so that a lock can end it.

use std::collections::HashSet;
use std::sync::{
    Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};

use fristed_base::CalendarId;
use fristed_remote::Stop;

/// What asks servers.
#[derive(Default)]
pub(crate) struct Network {
    /// Read by whoever asks; written by whoever wants that nobody does.
    asking: RwLock<()>,
    stop: Mutex<Stop>,
    /// The calendars that are being looked at, each by one.
    busy: Mutex<HashSet<CalendarId>>,
    free: Condvar,
    /// The calendars to look at before their minutes are up.
    wanted: Mutex<HashSet<CalendarId>>,
}

impl Network {
    /// Begins to ask.
    pub(crate) fn ask(&self) -> Asking<'_> {
        let held = self.asking.read().unwrap_or_else(PoisonError::into_inner);
        Asking { stop: held_by(&self.stop).clone(), _held: held }
    }

    /// Ends whatever asks, and lets nobody begin for as long as what is given is kept.
    pub(crate) fn quiet(&self) -> RwLockWriteGuard<'_, ()> {
        held_by(&self.stop).raise();
        let held = self.asking.write().unwrap_or_else(PoisonError::into_inner);
        *held_by(&self.stop) = Stop::default();
        held_by(&self.wanted).clear();
        held
    }

    /// Waits until nobody else looks at a calendar.
    pub(crate) fn alone(&self, id: CalendarId) -> Alone<'_> {
        let mut busy = held_by(&self.busy);
        while !busy.insert(id) {
            busy = self.free.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        Alone { network: self, id }
    }

    /// Makes it time to look at a calendar.
    pub(crate) fn want(&self, id: CalendarId) {
        held_by(&self.wanted).insert(id);
    }

    /// The calendars that it was made time to look at.
    pub(crate) fn wanted(&self) -> HashSet<CalendarId> {
        held_by(&self.wanted).clone()
    }

    /// A calendar was looked at.
    pub(crate) fn done(&self, id: CalendarId) {
        held_by(&self.wanted).remove(&id);
    }
}

fn held_by<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Somebody asks a server.
pub(crate) struct Asking<'a> {
    stop: Stop,
    _held: RwLockReadGuard<'a, ()>,
}

impl Asking<'_> {
    /// What ends it.
    pub(crate) fn stop(&self) -> Stop {
        self.stop.clone()
    }
}

/// Somebody looks at a calendar.
pub(crate) struct Alone<'a> {
    network: &'a Network,
    id: CalendarId,
}

impl Drop for Alone<'_> {
    fn drop(&mut self) {
        held_by(&self.network.busy).remove(&self.id);
        self.network.free.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn whoever_wants_quiet_ends_what_asks_and_waits_for_its_end() {
        let network = Arc::new(Network::default());
        let asking = network.ask();
        let stop = asking.stop();
        let other = Arc::clone(&network);
        let lock = thread::spawn(move || drop(other.quiet()));
        while !stop.is_raised() {
            thread::yield_now();
        }
        assert!(!lock.is_finished(), "it waits for whoever asks");
        drop(asking);
        lock.join().expect("the lock");
        assert!(!network.ask().stop().is_raised(), "the next one may ask");
    }

    #[test]
    fn a_calendar_is_looked_at_by_one_at_a_time() {
        let network = Arc::new(Network::default());
        let (one, two) = (CalendarId::new(), CalendarId::new());
        let first = network.alone(one);
        drop(network.alone(two));
        let other = Arc::clone(&network);
        let second = thread::spawn(move || drop(other.alone(one)));
        assert!(!second.is_finished());
        drop(first);
        second.join().expect("the second");
    }
}
