//! A draft becomes fixed, signatures are added, what it replaces is superseded: one change, one commit.

use crate::certify::Pen;
use crate::document::{self, Document, FACTS, Rendition, SIGNATURE, Signature, Status, attached, binary};
use crate::draft;
use crate::paper::{self, Shown, Stage};
use crate::right;
use crate::words::text;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Ctx, Result, Write};

pub(crate) struct Change<'d> {
    document: &'d Document,
    json: Json<'static>,
    pub data: Json<'static>,
    /// Hash of the pages that are fixed.
    pub hash: String,
    /// The pages that are fixed.
    pages: Vec<u8>,
    writes: Vec<Write>,
    /// Ids of documents whose place this one takes.
    superseded: Vec<(Document, bool)>,
}

impl<'d> Change<'d> {
    /// The document as fixed: a draft is printed for good.
    pub async fn of(cx: &RouteCtx, document: &'d Document) -> Result<Change<'d>> {
        let data = document.data(cx).await?;
        let (json, hash) = (document.json.clone(), document.hash());
        let mut change = Change {
            document,
            json,
            data,
            hash,
            pages: Vec::new(),
            writes: Vec::new(),
            superseded: Vec::new(),
        };
        if document.json.get_str("docStatus") == Some("preliminary") {
            change.fix(cx).await?;
        } else {
            change.pages = document.bytes(cx, Rendition::Pages).await?;
        }
        Ok(change)
    }

    async fn fix(&mut self, cx: &RouteCtx) -> Result<()> {
        let pages = paper::print(self.document.kind, &self.data, Stage::Final, Vec::new()).await?;
        self.hash = paper::hash(&pages.pdf);
        self.attach(cx, Rendition::Pages, &pages.pdf);
        self.pages = pages.pdf;
        let mut extensions: Vec<Json<'static>> = self.json.each("extension").cloned().collect();
        for facts in extensions.iter_mut().filter(|e| e.get_str("url") == Some(FACTS)) {
            let mut parts: Vec<Json<'static>> = facts.each("extension").cloned().collect();
            for part in &mut parts {
                let value = match part.get_str("url") {
                    Some("hash") => ("valueString", text(&*self.hash)),
                    Some("pages") => {
                        ("valueUnsignedInt", Json::integer(i64::try_from(pages.count).unwrap_or(0)))
                    }
                    _ => continue,
                };
                if let Some(object) = part.as_object_mut() {
                    object.set(value.0, value.1);
                }
            }
            if let Some(object) = facts.as_object_mut() {
                object.set("extension", Json::Array(parts));
            }
        }
        if let Some(object) = self.json.as_object_mut() {
            object.set("extension", Json::Array(extensions));
            object.set("docStatus", Json::string("final"));
        }
        Ok(())
    }

    /// Writes bytes as a rendition, in place of the one before.
    fn attach(&mut self, cx: &RouteCtx, rendition: Rendition, bytes: &[u8]) {
        let id = cx.ctx.ids.uuid().to_string();
        let lang = self.data.get_str("lang").unwrap_or("fr").to_string();
        let title = self.document.kind.title.tell(fhir::Lang::Fr);
        let entry = attached(rendition, &id, title, bytes.len(), &lang);
        let old = document::content(&self.json, rendition).cloned();
        let mut contents: Vec<Json<'static>> =
            self.json.each("content").filter(|c| Some(*c) != old.as_ref()).cloned().collect();
        // Who opens the document finds first what is to be read.
        contents.insert(0, entry);
        if let Some(object) = self.json.as_object_mut() {
            object.set("content", Json::Array(contents));
        }
        self.writes.push(binary(&id, self.document.patient(), "application/pdf", bytes));
    }

    /// Keeps the fixed pages with the author's certificate: what stays checkable when others sign later.
    pub fn certify(&mut self, cx: &RouteCtx, pen: &Pen) -> Result<()> {
        let certified = pen.sign(&self.pages)?;
        self.attach(cx, Rendition::Certified, &certified);
        Ok(())
    }

    /// Adds a signature and prints the pages with all of them, signed with the pen of who signs now.
    pub async fn sign(
        &mut self,
        cx: &RouteCtx,
        signature: &Signature,
        shown: Vec<Shown>,
        pen: Option<&Pen>,
    ) -> Result<()> {
        let mut extensions: Vec<Json<'static>> = self.json.each("extension").cloned().collect();
        extensions.push(signature.json());
        if let Some(object) = self.json.as_object_mut() {
            object.set("extension", Json::Array(extensions));
        }
        debug_assert!(self.json.each("extension").any(|e| e.get_str("url") == Some(SIGNATURE)));
        let stage = match document::status(self.document.kind, &self.json) {
            Status::Signed => Stage::Signed,
            Status::Refused => Stage::Refused,
            Status::Revoked => Stage::Revoked,
            _ => Stage::Partly,
        };
        let pages = paper::print(self.document.kind, &self.data, stage, shown).await?;
        let pdf = pen.map_or(Ok(pages.pdf.clone()), |pen| pen.sign(&pages.pdf))?;
        self.attach(cx, Rendition::Signed, &pdf);
        Ok(())
    }

    pub fn seal(&mut self) {
        document::seal(&mut self.json);
    }

    pub fn also(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// What this one replaces is in force no longer.
    pub async fn supersede(&mut self, cx: &RouteCtx) -> Result<()> {
        let Some(old) = document::replaces(&self.document.json) else { return Ok(()) };
        let found = crate::read::one(cx, ResourceType::DOCUMENT_REFERENCE, old).await?;
        let Some(old) = found.and_then(Document::of).filter(|old| old.status().stands()) else {
            return Ok(());
        };
        let sealed = document::is_sealed(&old.json);
        self.superseded.push((old, sealed));
        Ok(())
    }

    /// # Errors
    /// `VersionConflict` when somebody was faster; the store's and the rules'.
    pub async fn commit(mut self, cx: &RouteCtx, ctx: &Ctx) -> Result<Document> {
        let mut ctx = ctx.clone();
        for (old, sealed) in &self.superseded {
            let mut json = old.json.clone();
            if let Some(object) = json.as_object_mut() {
                object.set("status", Json::string("superseded"));
            }
            self.writes.push(draft::over(old, &json));
            // A signed document is closed to writing; that it is replaced is a mark on it.
            if *sealed && !ctx.actor.system {
                if !right::may(cx, policy::Verb::Write, policy::Group::Clinical, old.patient()).await? {
                    return right::denied(cx, "document-replace", &old.id).await;
                }
                ctx = right::on_behalf(cx, "document-replace", &old.id).await?;
            }
        }
        self.writes.push(draft::over(self.document, &self.json));
        let done = cx.tenant.commit(&ctx, self.writes).await.map_err(draft::single)?;
        let own = done.into_iter().filter(|one| one.id == self.document.id).collect::<Vec<_>>();
        draft::written(own)
    }
}
