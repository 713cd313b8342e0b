//! What the server can do, for programs: `.well-known/smart-configuration`
//! (<https://hl7.org/fhir/smart-app-launch/conformance.html>), `.well-known/openid-configuration`.

use super::{json, scope};
use async_trait::async_trait;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

const CAPABILITIES: [&str; 20] = [
    "launch-ehr",
    "launch-standalone",
    "authorize-post",
    "client-public",
    "client-confidential-symmetric",
    "client-confidential-asymmetric",
    "sso-openid-connect",
    "context-banner",
    "context-style",
    "context-ehr-patient",
    "context-ehr-encounter",
    "context-standalone-patient",
    "context-standalone-encounter",
    "permission-offline",
    "permission-online",
    "permission-patient",
    "permission-user",
    "permission-v1",
    "permission-v2",
    "backend-services",
];

/// What both documents say.
fn common(base: &str) -> Value {
    let mut scopes: Vec<&str> = scope::PLAIN.to_vec();
    scopes.extend(["patient/*.cruds", "user/*.cruds", "system/*.cruds"]);
    json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/auth/authorize"),
        "token_endpoint": format!("{base}/auth/token"),
        "introspection_endpoint": format!("{base}/auth/introspect"),
        "revocation_endpoint": format!("{base}/auth/revoke"),
        "registration_endpoint": format!("{base}/auth/register"),
        "userinfo_endpoint": format!("{base}/auth/userinfo"),
        "end_session_endpoint": format!("{base}/auth/logout"),
        "jwks_uri": format!("{base}/auth/jwks"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
        "revocation_endpoint_auth_methods_supported": ["none", "client_secret_basic", "private_key_jwt"],
        "authorization_response_iss_parameter_supported": true,
    })
}

fn answer(document: &Value) -> RouteReply {
    json(200, document).with("cache-control", "public, max-age=300")
}

pub(crate) struct Smart;

#[async_trait]
impl Handler for Smart {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let mut document = common(&cx.base);
        document["capabilities"] = json!(CAPABILITIES);
        document["management_endpoint"] =
            format!("{}/securite", cx.base.split("/t/").next().unwrap_or("")).into();
        Ok(answer(&document))
    }
}

pub(crate) struct OpenId;

#[async_trait]
impl Handler for OpenId {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let mut document = common(&cx.base);
        document["subject_types_supported"] = json!(["public"]);
        document["id_token_signing_alg_values_supported"] = json!(["RS256", "ES256"]);
        document["claims_supported"] = json!([
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "amr",
            "sid",
            "fhirUser",
            "preferred_username"
        ]);
        document["prompt_values_supported"] = json!(["none", "login", "consent"]);
        document["request_parameter_supported"] = false.into();
        document["request_uri_parameter_supported"] = false.into();
        document["claims_parameter_supported"] = false.into();
        Ok(answer(&document))
    }
}

/// `smart_style_url`: our colours, so that an app beside us looks at home.
pub(crate) struct Style;

#[async_trait]
impl Handler for Style {
    async fn handle(&self, _: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        Ok(answer(&json!({
            "color_background": "#f6f7f9",
            "color_error": "#b3261e",
            "color_highlight": "#1f5fbf",
            "color_modal_backdrop": "#00000066",
            "color_success": "#1c7c4a",
            "color_text": "#1b1f24",
            "dim_border_radius": "6px",
            "dim_font_size": "14px",
            "dim_spacing_size": "16px",
            "font_family_body": "system-ui, sans-serif",
            "font_family_heading": "system-ui, sans-serif",
        })))
    }
}
