//! Parts of a collection: <https://hl7.org/fhirpath/N1/#subsetting>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, integer, single};

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    mut input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    match function {
        Function::Single => {
            single(&input, "single")?;
            Ok(input)
        }
        Function::First => {
            input.truncate(1);
            Ok(input)
        }
        Function::Last => Ok(input.pop().into_iter().collect()),
        Function::Tail => Ok(input.into_iter().skip(1).collect()),
        _ => {
            let number = integer(&engine.eval(&arguments[0], scope)?, function.name())?;
            let Some(number) = number else { return Ok(Vec::new()) };
            let number = usize::try_from(number).unwrap_or(0);
            match function {
                Function::Take => Ok(input.into_iter().take(number).collect()),
                _ => Ok(input.into_iter().skip(number).collect()),
            }
        }
    }
}
