//! Import and export against a real store in a temporary folder.

use crate::cli;
use crate::command;
use crate::config::Config;
use crate::install;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("medhub-import-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn patient(id: &str) -> String {
    format!(r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"Zyxwvut"}}]}}"#)
}

fn gzip(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

async fn installation(data: &Path) -> Config {
    let flags = [("data", Some(data.display().to_string()))];
    let config = Config::load(None, std::iter::empty(), &flags).unwrap();
    let create = cli::Tenant::Create { name: "t".into(), title: None, host: None };
    command::tenant::run(&config, &create).await.unwrap();
    config
}

async fn import(config: &Config, path: &Path, report: &Path) {
    let args = cli::Import {
        tenant: "t".into(),
        paths: vec![path.to_path_buf()],
        report: Some(report.to_path_buf()),
        restart: false,
    };
    super::run(config, &args).await.unwrap();
}

async fn exported(config: &Config, out: &Path) -> BTreeMap<String, String> {
    let args = cli::Export { tenant: "t".into(), out: out.to_path_buf() };
    command::export::run(config, &args).await.unwrap();
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(out).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines() {
            let json = fhir::json::parse(line.as_bytes()).unwrap();
            let key = format!("{}/{}", json.get_str("resourceType").unwrap(), json.get_str("id").unwrap());
            assert!(all.insert(key, line.to_string()).is_none(), "each resource once");
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_goes_in_and_what_is_refused_is_told_with_its_place() {
    let (data, source) = (Folder::new(), Folder::new());
    let config = installation(&data.0).await;
    source.file("1.ndjson", format!("{}\n\n{}\nnot json\n", patient("a"), patient("b")).as_bytes());
    source.file("2/c.json.gz", &gzip(&patient("c")));
    source.file("3.zip", &zip(&[("d.json", &patient("d")), ("read.me", "no"), ("e.ndjson", &patient("e"))]));
    let weight = r#"{"resourceType":"Observation","id":"w","status":"final","code":{"text":"w"},
        "subject":{"reference":"urn:uuid:0b0b0b0b-0000-4000-8000-000000000001"},"valueQuantity":{"value":70.10}}"#;
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"transaction","entry":[
          {{"fullUrl":"urn:uuid:0b0b0b0b-0000-4000-8000-000000000001","resource":{{"resourceType":"Patient"}},
            "request":{{"method":"POST","url":"Patient"}}}},
          {{"resource":{weight},"request":{{"method":"PUT","url":"Observation/w"}}}}]}}"#
    );
    source.file("4.json", bundle.as_bytes());
    source.file("5.ndjson", b"{\"resourceType\":\"Patient\",\"id\":\"bad\",\"gender\":\"perhaps\"}\n{\"resourceType\":\"Nothing\"}");
    source.file("6.txt", b"not ours");
    let report = data.0.join("report.ndjson");
    import(&config, &source.0, &report).await;

    let all = exported(&config, &data.0.join("out")).await;
    let keys: Vec<&str> = all.keys().map(String::as_str).collect();
    let own = "Patient/0b0b0b0b-0000-4000-8000-000000000001";
    assert_eq!(keys, ["Observation/w", own, "Patient/a", "Patient/b", "Patient/c", "Patient/d", "Patient/e"]);
    assert!(all["Observation/w"].contains("70.10"), "decimals keep their zeros");
    assert!(all["Observation/w"].contains(own), "references lead to the resource");

    let report = std::fs::read_to_string(report).unwrap();
    assert_eq!(report.lines().count(), 3, "{report}");
    assert!(report.contains("1.ndjson\",\"line\":4") && report.contains("5.ndjson\",\"line\":1"), "{report}");
    assert!(!report.contains("perhaps"), "content is not repeated: {report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_again_gives_the_same_records() {
    let (data, source) = (Folder::new(), Folder::new());
    let config = installation(&data.0).await;
    let lines: Vec<String> = (0..1200).map(|n| patient(&format!("p{n}"))).collect();
    source.file(
        "a.ndjson",
        format!("{}\n{{\"resourceType\":\"Basic\",\"code\":{{\"text\":\"x\"}}}}", lines.join("\n"))
            .as_bytes(),
    );
    let report = data.0.join("report.ndjson");
    import(&config, &source.0, &report).await;
    import(&config, &source.0, &report).await;
    assert_eq!(exported(&config, &data.0.join("out")).await.len(), 1201);
    let lock = install::lock(&config).unwrap();
    assert!(install::lock(&config).is_err(), "one process at a time");
    assert!(install::locked(&config));
    drop(lock);
    assert!(!install::locked(&config));
}

/// The resource without what the store writes into `meta`, its members by name.
fn content(text: &[u8]) -> Vec<u8> {
    let mut json = fhir::json::parse(text).unwrap();
    let object = json.as_object_mut().unwrap();
    if let Some(meta) = object.get_mut("meta").and_then(fhir::Json::as_object_mut) {
        meta.remove("versionId");
        meta.remove("lastUpdated");
        if meta.is_empty() {
            object.remove("meta");
        }
    }
    let mut members: Vec<_> = object.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    members.sort_by(|a, b| a.0.cmp(&b.0));
    fhir::Json::object(members).to_vec()
}

/// Needs the package `hl7.fhir.r4.examples` 4.0.1 in the folder that `MEDHUB_DEFINITIONS` names.
#[tokio::test(flavor = "multi_thread")]
async fn the_official_examples_come_back_as_they_went_in() {
    let Some(package) =
        std::env::var_os("MEDHUB_DEFINITIONS").map(|f| PathBuf::from(f).join("hl7.fhir.r4.examples"))
    else {
        println!("passed over: MEDHUB_DEFINITIONS names no folder with hl7.fhir.r4.examples");
        return;
    };
    let data = Folder::new();
    let config = installation(&data.0).await;
    import(&config, &package, &data.0.join("report.ndjson")).await;
    let stored = exported(&config, &data.0.join("out")).await;
    let mut sources: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for source in super::source::files(&[package]).unwrap() {
        let text = std::fs::read(&source.path).unwrap();
        let text = text.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(text);
        let json = fhir::json::parse(&text).unwrap();
        let key = format!("{}/{}", json.get_str("resourceType").unwrap(), json.get_str("id").unwrap_or("-"));
        drop(json);
        sources.insert(key, text);
    }
    let mut compared = 0;
    for (key, text) in &stored {
        assert!(content(text.as_bytes()) == content(&sources[key]), "{key} came back changed");
        compared += 1;
    }
    println!("{compared} of {} examples compared", sources.len());
    assert!(compared > 5200, "{compared}");
}
