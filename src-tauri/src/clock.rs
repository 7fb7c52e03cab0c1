//! The one place that asks what time it is.

use std::time::Duration;

use fristed_base::Moment;

/// The moment now, with the offset that holds where the computer is.
#[must_use]
pub fn now() -> Moment {
    chrono::Local::now().into()
}

/// Time since the computer started, also while it slept; setting the clock does not move it.
#[must_use]
pub fn since_start() -> Duration {
    #[cfg(target_os = "linux")]
    {
        let at = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let seconds = u64::try_from(at.tv_sec).unwrap_or_default();
        let nanos = u32::try_from(at.tv_nsec).unwrap_or_default();
        Duration::new(seconds, nanos)
    }
    #[cfg(not(target_os = "linux"))]
    {
        use std::sync::OnceLock;
        use std::time::Instant;
        static BEGUN: OnceLock<Instant> = OnceLock::new();
        BEGUN.get_or_init(Instant::now).elapsed()
    }
}
