//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Identifier, Meta, Signature, View, any, many, one};

/// [`Bundle`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a>(&'a Json<'a>);

impl<'a> View<'a> for Bundle<'a> {
    const RESOURCE: Option<&'static str> = Some("Bundle");
    fn wrap(json: &'a Json<'a>) -> Self {
        Bundle(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Bundle<'a> {
    /// `Bundle.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Bundle.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Bundle.identifier`
    pub fn identifier(self) -> Option<Identifier<'a>> {
        one(self.0, "identifier")
    }
    /// `Bundle.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
    /// `Bundle.timestamp`
    pub fn timestamp(self) -> Option<&'a str> {
        one(self.0, "timestamp")
    }
    /// `Bundle.total`
    pub fn total(self) -> Option<i64> {
        one(self.0, "total")
    }
    /// `Bundle.link`
    pub fn link(self) -> Each<'a, BundleLink<'a>> {
        many(self.0, "link")
    }
    /// `Bundle.entry`
    pub fn entry(self) -> Each<'a, BundleEntry<'a>> {
        many(self.0, "entry")
    }
    /// `Bundle.signature`
    pub fn signature(self) -> Option<Signature<'a>> {
        one(self.0, "signature")
    }
}

/// [`Bundle.link`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct BundleLink<'a>(&'a Json<'a>);

impl<'a> View<'a> for BundleLink<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        BundleLink(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> BundleLink<'a> {
    /// `Bundle.link.relation`
    pub fn relation(self) -> Option<&'a str> {
        one(self.0, "relation")
    }
    /// `Bundle.link.url`
    pub fn url(self) -> Option<&'a str> {
        one(self.0, "url")
    }
}

/// [`Bundle.entry`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct BundleEntry<'a>(&'a Json<'a>);

impl<'a> View<'a> for BundleEntry<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        BundleEntry(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> BundleEntry<'a> {
    /// `Bundle.entry.link`
    pub fn link(self) -> Each<'a, BundleLink<'a>> {
        many(self.0, "link")
    }
    /// `Bundle.entry.fullUrl`
    pub fn full_url(self) -> Option<&'a str> {
        one(self.0, "fullUrl")
    }
    /// `Bundle.entry.resource`
    pub fn resource(self) -> Option<&'a Json<'a>> {
        one(self.0, "resource")
    }
    /// `Bundle.entry.search`
    pub fn search(self) -> Option<BundleEntrySearch<'a>> {
        one(self.0, "search")
    }
    /// `Bundle.entry.request`
    pub fn request(self) -> Option<BundleEntryRequest<'a>> {
        one(self.0, "request")
    }
    /// `Bundle.entry.response`
    pub fn response(self) -> Option<BundleEntryResponse<'a>> {
        one(self.0, "response")
    }
}

/// [`Bundle.entry.search`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct BundleEntrySearch<'a>(&'a Json<'a>);

impl<'a> View<'a> for BundleEntrySearch<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        BundleEntrySearch(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> BundleEntrySearch<'a> {
    /// `Bundle.entry.search.mode`
    pub fn mode(self) -> Option<&'a str> {
        one(self.0, "mode")
    }
    /// `Bundle.entry.search.score`
    pub fn score(self) -> Option<&'a str> {
        one(self.0, "score")
    }
}

/// [`Bundle.entry.request`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct BundleEntryRequest<'a>(&'a Json<'a>);

impl<'a> View<'a> for BundleEntryRequest<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        BundleEntryRequest(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> BundleEntryRequest<'a> {
    /// `Bundle.entry.request.method`
    pub fn method(self) -> Option<&'a str> {
        one(self.0, "method")
    }
    /// `Bundle.entry.request.url`
    pub fn url(self) -> Option<&'a str> {
        one(self.0, "url")
    }
    /// `Bundle.entry.request.ifNoneMatch`
    pub fn if_none_match(self) -> Option<&'a str> {
        one(self.0, "ifNoneMatch")
    }
    /// `Bundle.entry.request.ifModifiedSince`
    pub fn if_modified_since(self) -> Option<&'a str> {
        one(self.0, "ifModifiedSince")
    }
    /// `Bundle.entry.request.ifMatch`
    pub fn if_match(self) -> Option<&'a str> {
        one(self.0, "ifMatch")
    }
    /// `Bundle.entry.request.ifNoneExist`
    pub fn if_none_exist(self) -> Option<&'a str> {
        one(self.0, "ifNoneExist")
    }
}

/// [`Bundle.entry.response`](https://hl7.org/fhir/R4/bundle.html).
#[derive(Clone, Copy, Debug)]
pub struct BundleEntryResponse<'a>(&'a Json<'a>);

impl<'a> View<'a> for BundleEntryResponse<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        BundleEntryResponse(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> BundleEntryResponse<'a> {
    /// `Bundle.entry.response.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Bundle.entry.response.location`
    pub fn location(self) -> Option<&'a str> {
        one(self.0, "location")
    }
    /// `Bundle.entry.response.etag`
    pub fn etag(self) -> Option<&'a str> {
        one(self.0, "etag")
    }
    /// `Bundle.entry.response.lastModified`
    pub fn last_modified(self) -> Option<&'a str> {
        one(self.0, "lastModified")
    }
    /// `Bundle.entry.response.outcome`
    pub fn outcome(self) -> Option<&'a Json<'a>> {
        one(self.0, "outcome")
    }
}
