//! The receiver of reports, against the databases and over the network that it runs with.

mod answers;
mod bad_requests;
mod databases;
mod flood;
mod kill;
mod privacy;
mod receiver;
mod reports;
