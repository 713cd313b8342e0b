//! The types a setting can have, each read from text: a file, an environment variable and a flag all end here.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// A type of setting.
pub trait Value: Sized {
    /// What the documentation calls it.
    const KIND: &'static str;
    fn parse(text: &str) -> Option<Self>;
}

impl Value for String {
    const KIND: &'static str = "text";
    fn parse(text: &str) -> Option<Self> {
        Some(text.to_string())
    }
}

impl Value for PathBuf {
    const KIND: &'static str = "path";
    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| PathBuf::from(text))
    }
}

impl Value for SocketAddr {
    const KIND: &'static str = "address and port";
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for bool {
    const KIND: &'static str = "true or false";
    fn parse(text: &str) -> Option<Self> {
        match text {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        }
    }
}

impl Value for u64 {
    const KIND: &'static str = "number";
    fn parse(text: &str) -> Option<Self> {
        text.replace('_', "").parse().ok()
    }
}

impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::parse(text).map(Some) }
    }
}

impl Value for Vec<String> {
    const KIND: &'static str = "list of texts";
    fn parse(text: &str) -> Option<Self> {
        Some(words(text).map(str::to_string).collect())
    }
}

impl Value for Vec<IpAddr> {
    const KIND: &'static str = "list of addresses";
    fn parse(text: &str) -> Option<Self> {
        words(text).map(|word| word.parse().ok()).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|w| !w.is_empty())
}

/// What this node does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// Answers requests.
    pub http: bool,
    /// Runs the reactions of the services.
    pub reactions: bool,
}

impl Value for Roles {
    const KIND: &'static str = "list of http, reactions";
    fn parse(text: &str) -> Option<Self> {
        let mut roles = Roles { http: false, reactions: false };
        for word in words(text) {
            match word {
                "http" => roles.http = true,
                "reactions" => roles.reactions = true,
                _ => return None,
            }
        }
        (roles.http || roles.reactions).then_some(roles)
    }
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(pub tracing::Level);

impl Value for Level {
    const KIND: &'static str = "error, warn, info, debug or trace";
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Level)
    }
}
