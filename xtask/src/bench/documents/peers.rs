//! The same words laid out by others. They neither read a chart nor seal nor store.

use super::{Clinic, Options, line};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Lays a page out again and again in one process, as a service would; prints the milliseconds of each.
const WEASYPRINT: &str = "
import sys, time, weasyprint
html = open(sys.argv[1], encoding='utf-8').read()
weasyprint.HTML(string=html).write_pdf(sys.argv[2])
for _ in range(int(sys.argv[3])):
    began = time.perf_counter()
    weasyprint.HTML(string=html).write_pdf(sys.argv[2])
    print((time.perf_counter() - began) * 1000)
";
const WEASYPRINT_TIMES: usize = 20;
const SOFFICE_BATCH: usize = 10;

/// Prints how long the peers take for the text of `pdf`, and how many times longer than `ours` milliseconds.
///
/// # Errors
/// A peer cannot be started, or pdftotext is missing.
pub fn beside(options: &Options, clinic: &Clinic, pdf: &[u8], ours: f64) -> Result<(), String> {
    if options.python.is_none() && options.soffice.is_none() {
        return Ok(());
    }
    let page = clinic.file("letter.html");
    std::fs::write(&page, html(&text(clinic, pdf)?)).map_err(|e| e.to_string())?;
    println!("\n| the same words | goal | p50 | p95 | most |\n|---|---|---|---|---|");
    if let Some(python) = &options.python {
        let mut took = weasyprint(python, &page, &clinic.file("weasyprint.pdf"))?;
        let p50 = line("WeasyPrint, one warm process", "ours ≥ 10 × faster", &mut took);
        println!("| – how many times ours | | {:.1} × | | |", p50 / ours);
    }
    if let Some(soffice) = &options.soffice {
        let each = soffice_batch(soffice, &page, &clinic.file("soffice"))?;
        let name = format!("LibreOffice headless, {SOFFICE_BATCH} letters in one call, each");
        println!("| {name} | ours ≥ 10 × faster | {each:.0} ms | | |");
        println!("| – how many times ours | | {:.1} × | | |", each / ours);
    }
    Ok(())
}

fn text(clinic: &Clinic, pdf: &[u8]) -> Result<String, String> {
    let file = clinic.file("consent.pdf");
    std::fs::write(&file, pdf).map_err(|e| e.to_string())?;
    let out = Command::new("pdftotext").arg(&file).arg("-").output();
    let out = out.map_err(|e| format!("pdftotext of poppler-utils: {e}"))?;
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: Vec<String> = escaped.split("\n\n").map(|p| format!("<p>{p}</p>")).collect();
    format!(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><style>@page{{size:A4;margin:2cm}}\
         body{{font:10pt serif}}</style><body>{}</body></html>",
        paragraphs.join("\n")
    )
}

fn weasyprint(python: &Path, page: &Path, pdf: &Path) -> Result<Vec<f64>, String> {
    let run = Command::new(python)
        .args(["-c", WEASYPRINT])
        .args([page, pdf])
        .arg(WEASYPRINT_TIMES.to_string())
        .output();
    let out = run.map_err(|e| format!("{}: {e}", python.display()))?;
    if !out.status.success() {
        return Err(format!("WeasyPrint: {}", String::from_utf8_lossy(&out.stderr)));
    }
    Ok(String::from_utf8_lossy(&out.stdout).lines().filter_map(|l| l.parse().ok()).collect())
}

/// Milliseconds of one letter. The start of the program is shared by the letters of a call.
fn soffice_batch(soffice: &Path, page: &Path, folder: &Path) -> Result<f64, String> {
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    let mut letters = Vec::new();
    for n in 0..SOFFICE_BATCH {
        let letter = folder.join(format!("{n}.html"));
        std::fs::copy(page, &letter).map_err(|e| e.to_string())?;
        letters.push(letter);
    }
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let call = |letters: &[std::path::PathBuf]| {
        let began = Instant::now();
        let status = Command::new(soffice)
            .args([profile.as_str(), "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir"])
            .arg(folder)
            .args(letters)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let status = status.map_err(|e| format!("{}: {e}", soffice.display()))?;
        if status.success() {
            Ok(began.elapsed().as_secs_f64() * 1e3)
        } else {
            Err("LibreOffice failed".to_string())
        }
    };
    // The first call makes its profile.
    call(&letters[..1])?;
    let all = call(&letters)?;
    if !folder.join(format!("{}.pdf", SOFFICE_BATCH - 1)).exists() {
        return Err("LibreOffice made no page".into());
    }
    Ok(all / SOFFICE_BATCH as f64)
}
