//! The command line of sharing with a network's peers.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use fristed_base::EntryId;

/// `network`.
#[derive(Debug, Args)]
pub struct Network {
    /// What to do.
    #[command(subcommand)]
    pub action: NetworkAction,
}

/// What can be done with networks that are shared.
#[derive(Debug, Subcommand)]
pub enum NetworkAction {
    /// Sign in at the server that your network uses
    Login(Login),
    /// Sign out; what was shared and what came stays here
    Logout,
    /// Who is signed in, and how it stands with the server
    Status,
    /// List the networks that are shared, and who is in them
    List,
    /// Make a network shared, one that is here or a new one
    Create {
        /// The network's name
        network: String,
        /// Let leaders on other servers be in it; this cannot be changed later
        #[arg(long)]
        several_municipalities: bool,
    },
    /// Invite somebody, or let in somebody who asks
    Invite {
        /// The network's name
        network: String,
        /// The address, such as @karla:kommune.dk
        address: String,
    },
    /// Show a code by which peers ask to be let in
    Code {
        /// The network's name
        network: String,
        /// Let it open nothing any more
        #[arg(long)]
        hide: bool,
    },
    /// List the invitations; accept one; or ask to be let in by a code
    Join {
        /// The name of the network that invites you, or a code
        invitation: Option<String>,
        /// Decline the invitation
        #[arg(long, requires = "invitation")]
        decline: bool,
    },
    /// Leave a network
    Leave {
        /// The network's name
        network: String,
        /// Take back everything you shared in it first
        #[arg(long)]
        withdraw: bool,
    },
    /// Share an entry; shows what leaves and who reads it, and asks
    Share(Share),
    /// What was shared, newest first
    Feed(Feed),
    /// Reply to something shared, with the text on standard input
    Reply {
        /// The id in the feed
        item: String,
    },
    /// Take back something that you shared
    Withdraw(Withdraw),
    /// Remove something that another shared, for everybody; for organisers
    Remove {
        /// The id in the feed
        item: String,
    },
    /// What waits to be sent, and what could not be
    Outbox {
        /// Try this again now
        #[arg(long, value_name = "ID", conflicts_with = "drop")]
        retry: Option<String>,
        /// Give up on this; the text stays in the journal
        #[arg(long, value_name = "ID")]
        drop: Option<String>,
        /// Let those read this too who came into the network since
        #[arg(long, value_name = "ID", conflicts_with_all = ["retry", "drop"])]
        let_read: Option<String>,
    },
    /// Compare signs with somebody while you sit or talk together
    Verify {
        /// The address, such as @karla:kommune.dk
        address: String,
    },
    /// Look at a server in every respect that sharing needs; takes no vault
    Doctor {
        /// The server's address
        url: String,
    },
}

/// `network login`.
#[derive(Debug, Args)]
pub struct Login {
    /// The server's address, such as kommune.dk
    pub server: String,
    /// The name to sign in with
    #[arg(long, value_name = "NAME", required_unless_present = "browser")]
    pub user: Option<String>,
    /// Read the password from this file; without it the password is asked for
    #[arg(long, value_name = "FILE", requires = "user")]
    pub password_file: Option<PathBuf>,
    /// Sign in through a browser: the address to open is printed
    #[arg(long, conflicts_with = "user")]
    pub browser: bool,
    /// Where there are several ways through the browser, the name of one
    #[arg(long, value_name = "NAME", requires = "browser")]
    pub place: Option<String>,
}

/// `network share`.
#[derive(Debug, Args)]
pub struct Share {
    /// The entry's id
    pub entry: EntryId,
    /// The network's name
    #[arg(long, value_name = "NAME")]
    pub network: String,
    /// Share the text in this file instead of the whole entry
    #[arg(long, value_name = "FILE")]
    pub excerpt_file: Option<PathBuf>,
    /// Another title than the entry's; may be empty
    #[arg(long)]
    pub title: Option<String>,
    /// Tell the day that it belongs to
    #[arg(long)]
    pub tell_day: bool,
    /// Let an attachment go along: its id, or `all`; may be given several times
    #[arg(long, value_name = "ID")]
    pub attach: Vec<String>,
    /// Do not ask; for scripts
    #[arg(long)]
    pub yes: bool,
}

/// `network feed`.
#[derive(Debug, Args)]
pub struct Feed {
    /// Only this network's
    #[arg(long, value_name = "NAME")]
    pub network: Option<String>,
    /// Only what has these words
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// One thing with its replies, oldest first
    #[arg(long, value_name = "ID", conflicts_with_all = ["network", "search", "limit"])]
    pub thread: Option<String>,
}

/// `network withdraw`.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// The id in the feed
    #[arg(required_unless_present = "all")]
    pub item: Option<String>,
    /// Everything that you shared in a network
    #[arg(long, conflicts_with = "item", requires = "network")]
    pub all: bool,
    /// The network's name
    #[arg(long, value_name = "NAME", requires = "all")]
    pub network: Option<String>,
}
