//! What a label says of a device, and what can be wrong with a label.

use super::{gs1, hibc, message};
use fhir::{Code, Issue};

/// A device as its label says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Device {
    /// GTIN of 14 digits; of a HIBC label, its primary identifier.
    pub gtin: String,
    pub lot: Option<String>,
    pub serial: Option<String>,
    /// `YYYY-MM-DD`, the last day of use.
    pub expiry: Option<String>,
    pub produced: Option<String>,
    /// The maker's own number.
    pub reference: Option<String>,
    /// The label as people read it: `(01)…(17)…(10)…`.
    pub udi: String,
    pub hibc: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScanError {
    NotGs1,
    TooLong,
    /// An identifier that is none of those on devices.
    Unknown {
        ai: String,
    },
    /// An element that is too short, too long, or holds letters that labels do not have.
    Short {
        ai: String,
    },
    CheckDigit,
    Date,
    /// One element with two values.
    Twice,
    NoGtin,
}

impl ScanError {
    pub(super) fn unknown(ai: &str) -> ScanError {
        ScanError::Unknown { ai: ai.chars().filter(char::is_ascii_digit).take(4).collect() }
    }

    pub fn issue(&self, at: &str) -> Issue {
        let issue = match self {
            ScanError::NotGs1 => Issue::error(Code::Value, message::NOT_GS1),
            ScanError::TooLong => Issue::error(Code::TooLong, message::NOT_GS1),
            ScanError::Unknown { ai } => Issue::error(Code::Value, message::UNKNOWN_AI).arg("ai", ai),
            ScanError::Short { ai } => Issue::error(Code::Value, message::CUT).arg("ai", ai),
            ScanError::CheckDigit => Issue::error(Code::Value, message::CHECK_DIGIT),
            ScanError::Date => Issue::error(Code::Value, message::DATE),
            ScanError::Twice => Issue::error(Code::Value, message::TWICE),
            ScanError::NoGtin => Issue::error(Code::Value, message::NO_GTIN),
        };
        issue.at(at)
    }
}

impl Device {
    /// What a scanner sent.
    ///
    /// # Errors
    /// It is no label of a device, or a damaged one.
    pub fn scan(text: &str) -> Result<Device, ScanError> {
        if hibc::is_likely(text) {
            return hibc::parse(text);
        }
        if !gs1::is_likely(text) {
            return Err(ScanError::NotGs1);
        }
        gs1::parse(text)
    }

    /// What somebody typed; a GTIN of 8, 12 or 13 digits is filled up with zeros.
    ///
    /// # Errors
    /// The GTIN's check digit, the date.
    pub fn typed(
        gtin: &str,
        lot: Option<String>,
        serial: Option<String>,
        expiry: Option<String>,
    ) -> Result<Device, ScanError> {
        if !gs1::has_check_digit(gtin) {
            return Err(ScanError::CheckDigit);
        }
        let whole = |text: &String| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
        if expiry.as_ref().is_some_and(|day| !whole(day)) {
            return Err(ScanError::Date);
        }
        let gtin = format!("{gtin:0>14}");
        let mut udi = format!("(01){gtin}");
        if let Some(expiry) = &expiry {
            udi.push_str(&format!("(17){}{}{}", &expiry[2..4], &expiry[5..7], &expiry[8..10]));
        }
        udi.extend(lot.iter().map(|lot| format!("(10){lot}")));
        udi.extend(serial.iter().map(|serial| format!("(21){serial}")));
        Ok(Device { gtin, lot, serial, expiry, udi, ..Device::default() })
    }

    /// Whether the last day of use lies before a day, `YYYY-MM-DD`.
    pub fn is_expired(&self, today: &str) -> bool {
        self.expiry.as_deref().is_some_and(|expiry| expiry < today)
    }
}
