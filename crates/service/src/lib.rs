//! What a service of Medical Hub is: the resource types it owns, its rules, its reactions, its rounds and its verbs.
//!
//! Three mechanisms. A [`store::Rule`] runs inside the writing transaction and refuses what must not be. A
//! [`Reaction`] is driven by the feed after the commit and answers with writes. A [`Round`] is driven by the clock and
//! moves what has fallen due. Services do not call
//! each other: one asks another by writing a resource.
//!
//! The [`Runner`] drives reactions and rounds; [`testing`] is the kit for a service's tests.

mod catalog;
mod form;
mod port_http;
mod port_mail;
mod port_reading;
mod reaction;
mod round;
mod route;
pub mod runner;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod wall_clock;

pub use catalog::{Catalog, CatalogError, Service};
pub use form::Form;
pub use port_http::{Http, HttpError, HttpReply, HttpRequest, NoHttp};
pub use port_mail::{Mail, Mailer, NoMail, Outbox};
pub use port_reading::{NoReader, ReadError, ReadPage, Reader, Sheet};
pub use reaction::{Reaction, ReactionCtx};
pub use round::{Round, RoundCtx};
pub use route::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest, SessionChange};
pub use runner::{Lag, Pace, Runner};
