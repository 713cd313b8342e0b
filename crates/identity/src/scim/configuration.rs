//! What our SCIM can do (RFC 7643 §5–7). Needs no token: it tells nothing of any tenant.

use super::{answer, group, user};
use async_trait::async_trait;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Provider;

#[async_trait]
impl Handler for Provider {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let no = json!({ "supported": false });
        Ok(answer::json(
            200,
            &json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
                "patch": { "supported": true },
                "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
                "filter": { "supported": true, "maxResults": 200 },
                "changePassword": no,
                "sort": no,
                "etag": no,
                "authenticationSchemes": [{
                    "type": "oauthbearertoken",
                    "name": "OAuth Bearer Token",
                    "description": "client_credentials with private_key_jwt and the scope scim",
                }],
                "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{}/scim/v2/ServiceProviderConfig", cx.base) },
            }),
        ))
    }
}

pub struct ResourceTypes;

#[async_trait]
impl Handler for ResourceTypes {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let one = |name: &str, endpoint: &str, schema: &str| {
            json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
                "id": name, "name": name, "endpoint": endpoint, "schema": schema,
                "meta": { "resourceType": "ResourceType", "location": format!("{}/scim/v2/ResourceTypes/{name}", cx.base) },
            })
        };
        Ok(answer::list(2, 0, &[one("User", "/Users", user::SCHEMA), one("Group", "/Groups", group::SCHEMA)]))
    }
}

pub struct Schemas;

#[async_trait]
impl Handler for Schemas {
    async fn handle(&self, _: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let attribute = |name: &str, kind: &str, required: bool, mutability: &str| {
            json!({
                "name": name, "type": kind, "multiValued": matches!(name, "emails" | "groups" | "members"),
                "required": required, "caseExact": false, "mutability": mutability, "returned": "default",
                "uniqueness": if matches!(name, "userName" | "externalId") { "server" } else { "none" },
            })
        };
        let schema = |id: &str, name: &str, attributes: Vec<Value>| {
            json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
                "id": id, "name": name, "attributes": attributes, "meta": { "resourceType": "Schema" },
            })
        };
        let user = vec![
            attribute("userName", "string", true, "immutable"),
            attribute("externalId", "string", false, "readWrite"),
            attribute("displayName", "string", false, "readWrite"),
            attribute("name", "complex", false, "readWrite"),
            attribute("title", "string", false, "readWrite"),
            attribute("emails", "complex", false, "readWrite"),
            attribute("active", "boolean", false, "readWrite"),
            attribute("groups", "complex", false, "readOnly"),
        ];
        let group = vec![
            attribute("displayName", "string", true, "readOnly"),
            attribute("members", "complex", false, "readWrite"),
        ];
        Ok(answer::list(2, 0, &[schema(user::SCHEMA, "User", user), schema(group::SCHEMA, "Group", group)]))
    }
}
