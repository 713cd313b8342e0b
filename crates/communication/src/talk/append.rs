//! Adds to a conversation: the message, the conversation's new version and the sender's own receipt in one commit. Two
//! who write at once meet in the version of the conversation; who comes second looks again.

use super::message::Said;
use super::receipt::Receipt;
use super::{Conversation, MESSAGE, Message, receipts};
use crate::read::one;
use fhir::{Code, Json, ResourceType};
use store::{Ctx, Error, Result, Tenant, Write};

/// More than can take part: of those who write at the same moment one gets through each time.
const ATTEMPTS: usize = 40;
/// More than that is a chart, not a conversation.
const MESSAGES_MAX: i64 = 1_500;

/// What is added.
pub(crate) struct Add<'a> {
    /// Sent again it is the same message.
    pub key: &'a str,
    pub said: Said<'a>,
    /// What else of the conversation changes with it.
    pub change: &'a (dyn Fn(&mut Conversation) + Sync),
}

/// The conversation as the caller sees it.
///
/// # Errors
/// `NotFound` for none, and for one that is not theirs.
pub(crate) async fn seen(tenant: &Tenant, ctx: &Ctx, id: &str) -> Result<Conversation> {
    let found = match one(tenant, ctx, ResourceType::COMMUNICATION, id).await {
        Err(Error::Denied) => None,
        other => other?,
    };
    found.and_then(|(version, json)| Conversation::of(id, version, json)).ok_or(Error::NotFound)
}

/// Adds to a conversation that the caller sees; the conversation as it is then.
///
/// # Errors
/// `NotFound`; `Refused` when it is full, or the key was used for other words.
pub(crate) async fn append(
    tenant: &Tenant,
    ctx: &Ctx,
    hub: &Ctx,
    id: &str,
    add: &Add<'_>,
) -> Result<Conversation> {
    for _ in 0..ATTEMPTS {
        let mut conversation = seen(tenant, ctx, id).await?;
        if is_sent(tenant, hub, &conversation, add).await? {
            return Ok(conversation);
        }
        let writes = writes(tenant, hub, &mut conversation, add).await?;
        match tenant.commit(hub, writes).await {
            Ok(done) => {
                conversation.version = done.first().map(|one| one.version);
                return Ok(conversation);
            }
            Err(error) if is_raced(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Unavailable("a conversation that many write to".into()))
}

/// The first message, with its conversation.
///
/// # Errors
/// As [`append`].
pub(crate) async fn begin(
    tenant: &Tenant,
    hub: &Ctx,
    mut conversation: Conversation,
    add: &Add<'_>,
) -> Result<Conversation> {
    let all = writes(tenant, hub, &mut conversation, add).await?;
    let done = tenant.commit(hub, all).await?;
    conversation.version = done.first().map(|one| one.version);
    Ok(conversation)
}

/// Somebody else wrote in between.
fn is_raced(error: &Error) -> bool {
    match error {
        Error::VersionConflict { .. } => true,
        Error::InWrite { error, .. } => is_raced(error),
        _ => false,
    }
}

fn message_id(of: &Conversation, add: &Add<'_>) -> String {
    let person = add.said.sender.get_str("reference").unwrap_or_default();
    super::id(MESSAGE, &[&of.id, person, add.key])
}

async fn is_sent(tenant: &Tenant, hub: &Ctx, of: &Conversation, add: &Add<'_>) -> Result<bool> {
    let id = message_id(of, add);
    let found = one(tenant, hub, ResourceType::COMMUNICATION, &id).await?;
    let Some(message) = found.and_then(|(_, json)| Message::of(&id, json)) else { return Ok(false) };
    // Under the same key something else would be lost silently.
    if message.words() == add.said.words && message.kind() == add.said.kind {
        return Ok(true);
    }
    Err(Error::refused(Code::Conflict, crate::words::KEY_USED))
}

async fn writes(
    tenant: &Tenant,
    hub: &Ctx,
    conversation: &mut Conversation,
    add: &Add<'_>,
) -> Result<Vec<Write>> {
    if conversation.count() >= MESSAGES_MAX {
        return Err(Error::refused(Code::TooCostly, crate::words::CONVERSATION_FULL));
    }
    let now = hub.clock.now_ms();
    (add.change)(conversation);
    let said = &add.said;
    let message = Message::new(message_id(conversation, add), conversation, said, now);
    let name = said.sender.get_str("display").unwrap_or_default();
    conversation.said(name, said.words, said.urgent, said.mentions, now);
    let mut writes = vec![conversation.write(), message.write()];
    writes.extend(own_receipt(tenant, hub, conversation, said.sender, now).await?);
    Ok(writes)
}

/// Who writes has read to here.
async fn own_receipt(
    tenant: &Tenant,
    hub: &Ctx,
    of: &Conversation,
    reader: &Json<'static>,
    now: i64,
) -> Result<Option<Write>> {
    let Some(person) = reader.get_str("reference") else { return Ok(None) };
    let id = Receipt::id_for(&of.id, person);
    let known = receipts(tenant, hub, vec![id.clone()]).await?.remove(&id);
    Ok(Receipt::reached(known, of, reader, of.count(), now))
}
