//! The command line of calendars from elsewhere.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `calendar`.
#[derive(Debug, Args)]
pub struct Calendar {
    /// What to do with the calendars.
    #[command(subcommand)]
    pub action: CalendarAction,
}

/// What can be done with the calendars.
#[derive(Debug, Subcommand)]
pub enum CalendarAction {
    /// List the calendars, and how those from elsewhere are kept in step
    List,
    /// Read a calendar from an address now and then
    Subscribe {
        /// The address (https or webcal)
        address: String,
        /// What to call it; without one the name it has
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,
        /// Who signs in there
        #[command(flatten)]
        login: Login,
        /// Minutes between two looks while the window is open; 0 is only when asked
        #[arg(long, value_name = "MINUTES", default_value_t = 60)]
        every: u32,
    },
    /// Keep the calendars of an account on a CalDAV server in step, both ways
    Account {
        /// The server's address
        address: String,
        /// Who signs in there
        #[command(flatten)]
        login: Login,
        /// Only the calendar of this name; may be given several times
        #[arg(long = "calendar", value_name = "NAME")]
        calendars: Vec<String>,
        /// Minutes between two looks while the window is open; 0 is only when asked
        #[arg(long, value_name = "MINUTES", default_value_t = 15)]
        every: u32,
    },
    /// Look at the calendars from elsewhere now
    Sync {
        /// Only those of these names
        names: Vec<String>,
    },
    /// List the events that were changed on both sides, or end such conflicts
    Conflicts {
        /// The calendar's name
        name: String,
        /// What is to stay of each
        #[arg(long, value_enum)]
        keep: Option<Kept>,
    },
    /// Answer for many events that are gone from the server, or that were deleted here
    Confirm {
        /// The calendar's name
        name: String,
        /// Let them go on both sides; without it they come back
        #[arg(long)]
        let_go: bool,
    },
}

/// Who signs in somewhere.
#[derive(Debug, Args)]
pub struct Login {
    /// The name to sign in with
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub user: String,
    /// Read the password from this file; without it the password is asked for
    #[arg(long, value_name = "FILE", requires = "user")]
    pub password_file: Option<PathBuf>,
}

/// What stays of an event that was changed on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kept {
    /// What is here
    Mine,
    /// What is on the server
    Theirs,
    /// Both, each as an event of its own
    Both,
}
