//! Parameters of OAuth: from the query or from a form, bounded, each at most once (RFC 6749 §3.1).

use super::fault::Fault;
use service::RouteRequest;
use store::search::SearchRequest;

/// Longest value: a signed assertion is long.
const VALUE_MAX: usize = 16_000;
const PARAMS_MAX: usize = 60;

pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// # Errors
    /// `invalid_request` when there is no form, a parameter stands twice or is too long.
    pub fn body(request: &RouteRequest) -> Result<Form, Fault> {
        let kind = request.header("content-type").unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Fault::invalid_request("send application/x-www-form-urlencoded"));
        }
        let text = std::str::from_utf8(&request.body).ok();
        let pairs = text.and_then(|text| SearchRequest::from_query(None, text).ok());
        let pairs = pairs.ok_or(Fault::invalid_request("the form cannot be read"))?;
        Form::checked(pairs.params)
    }

    /// # Errors
    /// As [`Form::body`].
    pub fn query(request: &RouteRequest) -> Result<Form, Fault> {
        Form::checked(request.query.clone())
    }

    fn checked(pairs: Vec<(String, String)>) -> Result<Form, Fault> {
        if pairs.len() > PARAMS_MAX || pairs.iter().any(|(n, v)| n.len() > 200 || v.len() > VALUE_MAX) {
            return Err(Fault::invalid_request("too many or too long parameters"));
        }
        let twice = |(at, (name, _)): (usize, &(String, String))| pairs[..at].iter().any(|(n, _)| n == name);
        if pairs.iter().enumerate().any(twice) {
            return Err(Fault::invalid_request("a parameter is given twice"));
        }
        Ok(Form(pairs))
    }

    /// The value, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }

    /// # Errors
    /// `invalid_request` when it is not there.
    pub fn need(&self, name: &'static str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| Fault::invalid_request(format!("{name} is missing")))
    }
}
