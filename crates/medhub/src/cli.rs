//! The command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Medical Hub: a FHIR R4 record system in one program.
#[derive(Debug, Parser)]
#[command(name = "medhub", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the installation is: for all commands.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Configuration file (default: medhub.toml here, if there is one)
    #[arg(long, global = true, value_name = "FILE", env = "MEDHUB_CONFIG")]
    pub config: Option<PathBuf>,
    /// Folder of the embedded store and of the keys
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<String>,
    /// A PostgreSQL database instead of the embedded store
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the hub
    Serve(Serve),
    /// Create, list, suspend or destroy tenants (establishments)
    #[command(subcommand)]
    Tenant(Tenant),
    /// Create, list, invite or disable accounts, set passwords
    #[command(subcommand)]
    User(User),
    /// Print a bearer token for an account, for local administration and scripts
    Token(Token),
    /// Import FHIR resources: JSON, bundles, NDJSON, folders, .gz, .zip
    Import(Import),
    /// Export a tenant as NDJSON, one file a resource type
    Export(Export),
    /// Copy the installation, sealed as it is, while it runs; the keys apart
    Backup(Backup),
    /// Put a backup back into an empty data folder
    Restore(Restore),
    /// Erase a patient: destroy the key of the record, so that no copy of it can be read
    Erase(Erase),
    /// Check the audit log
    #[command(subcommand)]
    Audit(Audit),
    /// Say what is wrong with this installation
    Doctor,
    /// Print all settings with their defaults, as a medhub.toml
    Config,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Show the sample clinic: a tenant `demo` with synthetic patients and sign-in without password
    #[arg(long)]
    pub demo: bool,
    /// What this node does: http, reactions
    #[arg(long, value_name = "LIST")]
    pub roles: Option<String>,
    /// Address of the metrics page
    #[arg(long, value_name = "ADDR")]
    pub metrics_listen: Option<String>,
    /// Answer HTTPS with a certificate of our own making
    #[arg(long)]
    pub tls_self_signed: bool,
    /// Seed of the sample clinic
    #[arg(long, value_name = "NUMBER", default_value_t = 1, hide = true)]
    pub demo_seed: u64,
}

#[derive(Debug, Subcommand)]
pub enum Tenant {
    /// Create a tenant with keys of its own
    Create {
        /// Short name, part of addresses: lower-case letters, digits, hyphens
        name: String,
        /// Name for people
        #[arg(long)]
        title: Option<String>,
        /// Host name whose /fhir is this tenant's
        #[arg(long)]
        host: Option<String>,
    },
    /// List the tenants
    List,
    /// Show one tenant
    Show { name: String },
    /// Suspend a tenant, or let it work again with --off
    Suspend {
        name: String,
        #[arg(long)]
        off: bool,
    },
    /// Destroy a tenant: its keys first, so that no copy can be read
    Destroy {
        name: String,
        /// The tenant's name again, to be sure
        #[arg(long, value_name = "NAME")]
        confirm: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Create an account
    Create {
        #[arg(long)]
        tenant: String,
        name: String,
        /// medical_admin, clinician, surgeon, anaesthetist, nurse, secretary, pharmacist, billing, auditor,
        /// patient or integration; may be given again
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// Id of the person's Practitioner
        #[arg(long)]
        practitioner: Option<String>,
    },
    /// List the accounts of a tenant
    List {
        #[arg(long)]
        tenant: String,
    },
    /// Print a link, good once and for a day, by which a person chooses a password
    Invite {
        #[arg(long)]
        tenant: String,
        name: String,
    },
    /// Set a password, read from the standard input; ends all sessions of the account
    Password {
        #[arg(long)]
        tenant: String,
        name: String,
    },
    /// Remove all second factors of an account, for a person who lost them; ends all its sessions
    ResetFactors {
        #[arg(long)]
        tenant: String,
        name: String,
    },
    /// Disable an account: its tokens stop working within a second
    Disable {
        #[arg(long)]
        tenant: String,
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct Token {
    #[arg(long)]
    pub tenant: String,
    #[arg(long)]
    pub user: String,
    /// Purpose of use: TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT or BTG
    #[arg(long, default_value = "TREAT")]
    pub purpose: String,
    /// For how many hours
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u64).range(1..=8760))]
    pub hours: u64,
}

#[derive(Debug, Args)]
pub struct Import {
    #[arg(long)]
    pub tenant: String,
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Where to write what was refused and why (default: import-report.ndjson in the data folder)
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Begin anew, even where an earlier run of the same import was interrupted
    #[arg(long)]
    pub restart: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    #[arg(long)]
    pub tenant: String,
    /// An empty or new folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// A new folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// The folder of a backup
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    /// A newer data folder or backup: erasures that it knows are done again
    #[arg(long, value_name = "DIR")]
    pub erased_in: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Erase {
    #[arg(long)]
    pub tenant: String,
    /// Id of the Patient resource
    #[arg(long, value_name = "ID")]
    pub patient: String,
    /// The id again, to be sure: there is no way back
    #[arg(long, value_name = "ID")]
    pub confirm: String,
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Find any changed, deleted, truncated or reordered entry, and name it
    Verify {
        #[arg(long)]
        tenant: String,
    },
}
