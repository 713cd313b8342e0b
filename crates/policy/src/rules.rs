//! Policies read from their files, checked against the schema.

use crate::PolicyError;
use crate::files::{File, shown_name};
use cedar_policy::{Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// What a policy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Permit,
    Forbid,
}

impl Effect {
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Permit => "permit",
            Effect::Forbid => "forbid",
        }
    }
}

/// One sentence, in the three languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub fr: String,
    pub en: String,
    pub de: String,
}

/// One policy, with where it stands and what it says.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub file: String,
    pub effect: Effect,
    pub sentence: Sentence,
    /// Texts of law to hold it against, by name only.
    pub see: Option<String>,
    pub policy: Policy,
}

/// All policies and their schema.
pub struct Rules {
    pub schema: Schema,
    /// In the order of the files.
    pub all: Vec<Arc<Rule>>,
}

const SCHEMA: &str = ".cedarschema";

impl Rules {
    /// # Errors
    /// A file cannot be parsed, a policy is not explained, or one does not fit the schema.
    pub fn read(files: &[File]) -> Result<Rules, PolicyError> {
        let schema = schema(files)?;
        let mut all: Vec<Arc<Rule>> = Vec::new();
        for file in files.iter().filter(|f| !f.name.ends_with(SCHEMA)) {
            let set = PolicySet::from_str(&file.text)
                .map_err(|e| PolicyError::Syntax { file: file.name.clone(), reason: e.to_string() })?;
            let mut policies: Vec<&Policy> = set.policies().collect();
            // `policy0`, `policy1`, …: the order in the file.
            policies.sort_by_key(|p| number(p.id().as_ref()));
            for policy in policies {
                let rule = rule(file, policy)?;
                if all.iter().any(|other| other.id == rule.id) {
                    return Err(PolicyError::Twice { file: file.name.clone(), policy: rule.id });
                }
                all.push(Arc::new(rule));
            }
        }
        let rules = Rules { schema, all };
        rules.validate()?;
        Ok(rules)
    }

    /// All policies in one set.
    pub fn set(&self) -> Result<PolicySet, PolicyError> {
        PolicySet::from_policies(self.all.iter().map(|rule| rule.policy.clone()))
            .map_err(|e| PolicyError::Invalid { file: shown_name(None), reason: e.to_string() })
    }

    fn validate(&self) -> Result<(), PolicyError> {
        let validator = Validator::new(self.schema.clone());
        let result = validator.validate(&self.set()?, ValidationMode::Strict);
        let files: HashMap<String, &str> =
            self.all.iter().map(|rule| (rule.id.clone(), rule.file.as_str())).collect();
        match result.validation_errors().next() {
            None => Ok(()),
            Some(error) => Err(PolicyError::Invalid {
                file: shown_name(files.get(&error.policy_id().to_string()).copied()),
                reason: error.to_string(),
            }),
        }
    }
}

fn schema(files: &[File]) -> Result<Schema, PolicyError> {
    let mut schemas = files.iter().filter(|f| f.name.ends_with(SCHEMA));
    let (Some(file), None) = (schemas.next(), schemas.next()) else {
        let reason = format!("it must name one file that ends in {SCHEMA}");
        return Err(PolicyError::Manifest { file: shown_name(None), reason });
    };
    let (schema, _) = Schema::from_cedarschema_str(&file.text)
        .map_err(|e| PolicyError::Syntax { file: file.name.clone(), reason: e.to_string() })?;
    Ok(schema)
}

fn rule(file: &File, policy: &Policy) -> Result<Rule, PolicyError> {
    let id = policy.annotation("id").map(str::to_owned);
    let shown = id.clone().unwrap_or_else(|| policy.id().to_string());
    let annotation = |name: &'static str| {
        policy.annotation(name).filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(|| {
            PolicyError::Unexplained { file: file.name.clone(), policy: shown.clone(), annotation: name }
        })
    };
    let id = annotation("id")?;
    let effect = match policy.effect() {
        cedar_policy::Effect::Permit => Effect::Permit,
        cedar_policy::Effect::Forbid => Effect::Forbid,
    };
    let sentence = Sentence { fr: annotation("fr")?, en: annotation("en")?, de: annotation("de")? };
    let see = policy.annotation("see").map(str::to_owned);
    Ok(Rule { policy: policy.new_id(PolicyId::new(&id)), id, file: file.name.clone(), effect, sentence, see })
}

fn number(id: &str) -> usize {
    id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(usize::MAX)
}
