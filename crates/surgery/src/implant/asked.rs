//! Reads which device somebody means: a scan, or what was typed.

use super::code::Device;
use crate::perioperative::field::clean;
use service::Form;

const CODE_MAX: usize = 500;

/// The device of a form: `code`, or `gtin` with `lot`, `serial` and `expiry`. What is wrong is noted in the form.
pub(crate) fn device(form: &mut Form<'_>) -> Option<Device> {
    // Not by `Form::text`, which would trim a separator away.
    let code = form.json().get("code").and_then(|code| code.as_str()).map(String::from);
    if let Some(code) = code.filter(|code| !code.is_empty()) {
        let read =
            if code.len() > CODE_MAX { Err(super::code::ScanError::TooLong) } else { Device::scan(&code) };
        return match read {
            Ok(device) => Some(device),
            Err(error) => {
                form.wrong(error.issue("code"));
                None
            }
        };
    }
    let gtin = form.required("gtin", 14);
    let lot = form.text("lot", 20).map(|text| clean(&text));
    let serial = form.text("serial", 20).map(|text| clean(&text));
    let expiry = form.text("expiry", 10);
    if gtin.is_empty() {
        return None;
    }
    match Device::typed(&gtin, lot, serial, expiry) {
        Ok(device) => Some(device),
        Err(error) => {
            let at = if error == super::code::ScanError::Date { "expiry" } else { "gtin" };
            form.wrong(error.issue(at));
            None
        }
    }
}
