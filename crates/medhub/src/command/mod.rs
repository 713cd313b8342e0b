//! The commands of administration, one a file.

pub mod audit;
pub mod backup;
pub mod doctor;
pub mod erase;
pub mod export;
pub mod restore;
pub mod tenant;
pub mod token;
pub mod user;
