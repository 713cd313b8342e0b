//! Writes a Bundle around resources that are text already, without reading them.

use super::dispatch::Call;
use super::present;
use super::search::quoted;
use bytes::Bytes;
use store::{Op, Visible};

pub enum Link {
    SelfLink,
    Next,
}

/// A Bundle in the making: links first, then entries, then `finish`.
pub struct BundleWriter {
    out: Vec<u8>,
    links: usize,
    entries: usize,
}

impl BundleWriter {
    pub fn new(call: &Call<'_>, kind: &str, total: Option<u64>, size: usize) -> Self {
        let mut out = Vec::with_capacity(512 + size);
        out.extend_from_slice(b"{\"resourceType\":\"Bundle\",\"id\":");
        quoted(&call.cx.id.to_string(), &mut out);
        out.extend_from_slice(b",\"meta\":{\"lastUpdated\":");
        quoted(&fhir::date::instant_format(call.ctx.clock.now_ms()), &mut out);
        out.extend_from_slice(b"},\"type\":");
        quoted(kind, &mut out);
        if let Some(total) = total {
            out.extend_from_slice(format!(",\"total\":{total}").as_bytes());
        }
        BundleWriter { out, links: 0, entries: 0 }
    }

    /// A link; `page` is the token of a later page.
    pub fn link(&mut self, link: Link, address: &str, query: &str, page: Option<&str>) {
        let mut url = address.to_string();
        let mut separator = '?';
        if !query.is_empty() {
            url.push(separator);
            url.push_str(query);
            separator = '&';
        }
        if let Some(page) = page {
            url.push(separator);
            url.push_str("_page=");
            crate::wire::percent::encode(page, &mut url);
        }
        self.out.extend_from_slice(if self.links == 0 { b",\"link\":[" } else { b"," });
        self.links += 1;
        self.out.extend_from_slice(match link {
            Link::SelfLink => b"{\"relation\":\"self\",\"url\":".as_slice(),
            Link::Next => b"{\"relation\":\"next\",\"url\":".as_slice(),
        });
        quoted(&url, &mut self.out);
        self.out.push(b'}');
    }

    /// What a search found.
    pub fn found(&mut self, base: &str, found: &Visible, body: &[u8], mode: &str) {
        self.open();
        self.full_url(base, found);
        self.out.extend_from_slice(b",\"resource\":");
        self.out.extend_from_slice(body);
        self.out.extend_from_slice(b",\"search\":{\"mode\":");
        quoted(mode, &mut self.out);
        self.out.extend_from_slice(b"}}");
    }

    /// What the search has to say of itself.
    pub fn outcome(&mut self, body: &[u8]) {
        self.open();
        self.out.extend_from_slice(b"\"resource\":");
        self.out.extend_from_slice(body);
        self.out.extend_from_slice(b",\"search\":{\"mode\":\"outcome\"}}");
    }

    /// A version, with the request that made it.
    pub fn version(&mut self, base: &str, found: &Visible, body: &[u8]) {
        self.open();
        self.full_url(base, found);
        if found.op != Op::Delete {
            self.out.extend_from_slice(b",\"resource\":");
            self.out.extend_from_slice(body);
        }
        let name = found.rt.name();
        let (method, url, status) = match found.op {
            Op::Create if found.version == 1 => ("POST", name.to_string(), "201 Created"),
            Op::Create => ("PUT", format!("{name}/{}", found.id), "201 Created"),
            Op::Update => ("PUT", format!("{name}/{}", found.id), "200 OK"),
            Op::Delete => ("DELETE", format!("{name}/{}", found.id), "204 No Content"),
        };
        let at = fhir::date::instant_format(found.at);
        self.out.extend_from_slice(
            format!(
                ",\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"}},\"response\":{{\"status\":\"{status}\",\
                 \"etag\":\"W/\\\"{}\\\"\",\"lastModified\":\"{at}\"}}}}",
                found.version
            )
            .as_bytes(),
        );
    }

    pub fn finish(mut self, pretty: bool) -> Bytes {
        if self.links > 0 && self.entries == 0 {
            self.out.push(b']');
        }
        if self.entries > 0 {
            self.out.push(b']');
        }
        self.out.push(b'}');
        if !pretty {
            return Bytes::from(self.out);
        }
        match fhir::json::parse(&self.out) {
            Ok(json) => present::write(&json, true),
            Err(_) => Bytes::from(self.out),
        }
    }

    fn open(&mut self) {
        if self.entries == 0 {
            if self.links > 0 {
                self.out.push(b']');
            }
            self.out.extend_from_slice(b",\"entry\":[{");
        } else {
            self.out.extend_from_slice(b",{");
        }
        self.entries += 1;
    }

    fn full_url(&mut self, base: &str, found: &Visible) {
        self.out.extend_from_slice(b"\"fullUrl\":");
        quoted(&format!("{base}/{}/{}", found.rt.name(), found.id), &mut self.out);
    }
}
