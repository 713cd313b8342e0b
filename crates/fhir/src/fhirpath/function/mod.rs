//! The functions of the language, by name, with how many arguments each takes.

mod boundary;
mod combining;
mod conversion;
mod existence;
mod fhir;
mod filtering;
mod math;
mod strings;
mod subsetting;
mod time;
mod tree;

use super::ast::Node;
use super::engine::{Engine, Items, Outcome, Scope};

/// Longest text that an evaluation makes, in bytes.
pub const TEXT_MAX: usize = 4 * 1024 * 1024;

macro_rules! functions {
    ($($name:ident $text:literal $least:literal $most:literal $room:ident)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $($name),* }

        impl Function {
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Function::$name),)*
                    _ => None,
                }
            }

            pub fn name(self) -> &'static str {
                match self {
                    $(Function::$name => $text),*
                }
            }

            /// The least and the greatest number of arguments.
            pub fn arity(self) -> (usize, usize) {
                match self {
                    $(Function::$name => ($least, $most)),*
                }
            }
        }

        /// Runs a function on its input.
        pub fn call<'a>(
            engine: &mut Engine<'_, 'a>,
            function: Function,
            input: Items<'a>,
            arguments: &'a [Node],
            scope: &Scope<'_, 'a>,
        ) -> Outcome<Items<'a>> {
            match function {
                $(Function::$name => $room::call(engine, function, input, arguments, scope),)*
            }
        }
    };
}

functions! {
    Empty "empty" 0 0 existence
    Exists "exists" 0 1 existence
    All "all" 1 1 existence
    AllTrue "allTrue" 0 0 existence
    AnyTrue "anyTrue" 0 0 existence
    AllFalse "allFalse" 0 0 existence
    AnyFalse "anyFalse" 0 0 existence
    SubsetOf "subsetOf" 1 1 existence
    SupersetOf "supersetOf" 1 1 existence
    Count "count" 0 0 existence
    IsDistinct "isDistinct" 0 0 existence
    Not "not" 0 0 existence
    Distinct "distinct" 0 0 combining
    Union "union" 1 1 combining
    Combine "combine" 1 2 combining
    Intersect "intersect" 1 1 combining
    Exclude "exclude" 1 1 combining
    Where "where" 1 1 filtering
    Select "select" 1 1 filtering
    Repeat "repeat" 1 1 filtering
    Iif "iif" 2 3 filtering
    Aggregate "aggregate" 1 2 filtering
    Sort "sort" 0 8 filtering
    Trace "trace" 1 2 filtering
    Single "single" 0 0 subsetting
    First "first" 0 0 subsetting
    Last "last" 0 0 subsetting
    Tail "tail" 0 0 subsetting
    Skip "skip" 1 1 subsetting
    Take "take" 1 1 subsetting
    Children "children" 0 0 tree
    Descendants "descendants" 0 0 tree
    Type "type" 0 0 tree
    ToBoolean "toBoolean" 0 0 conversion
    ConvertsToBoolean "convertsToBoolean" 0 0 conversion
    ToInteger "toInteger" 0 0 conversion
    ConvertsToInteger "convertsToInteger" 0 0 conversion
    ToDecimal "toDecimal" 0 0 conversion
    ConvertsToDecimal "convertsToDecimal" 0 0 conversion
    ToDate "toDate" 0 0 conversion
    ConvertsToDate "convertsToDate" 0 0 conversion
    ToDateTime "toDateTime" 0 0 conversion
    ConvertsToDateTime "convertsToDateTime" 0 0 conversion
    ToTime "toTime" 0 0 conversion
    ConvertsToTime "convertsToTime" 0 0 conversion
    ToQuantity "toQuantity" 0 1 conversion
    ConvertsToQuantity "convertsToQuantity" 0 1 conversion
    ToString "toString" 0 0 conversion
    ConvertsToString "convertsToString" 0 0 conversion
    IndexOf "indexOf" 1 1 strings
    LastIndexOf "lastIndexOf" 1 1 strings
    Substring "substring" 1 2 strings
    StartsWith "startsWith" 1 1 strings
    EndsWith "endsWith" 1 1 strings
    Contains "contains" 1 1 strings
    Upper "upper" 0 0 strings
    Lower "lower" 0 0 strings
    Replace "replace" 2 2 strings
    Matches "matches" 1 2 strings
    MatchesFull "matchesFull" 1 2 strings
    ReplaceMatches "replaceMatches" 2 3 strings
    Length "length" 0 0 strings
    ToChars "toChars" 0 0 strings
    Trim "trim" 0 0 strings
    Split "split" 1 1 strings
    Join "join" 0 1 strings
    Encode "encode" 1 1 strings
    Decode "decode" 1 1 strings
    Escape "escape" 1 1 strings
    Unescape "unescape" 1 1 strings
    Abs "abs" 0 0 math
    Ceiling "ceiling" 0 0 math
    Exp "exp" 0 0 math
    Floor "floor" 0 0 math
    Ln "ln" 0 0 math
    Log "log" 1 1 math
    Power "power" 1 1 math
    Round "round" 0 1 math
    Sqrt "sqrt" 0 0 math
    Truncate "truncate" 0 0 math
    Sum "sum" 0 0 math
    Avg "avg" 0 0 math
    Min "min" 0 0 math
    Max "max" 0 0 math
    LowBoundary "lowBoundary" 0 1 boundary
    HighBoundary "highBoundary" 0 1 boundary
    Precision "precision" 0 0 boundary
    Comparable "comparable" 1 1 boundary
    Now "now" 0 0 time
    Today "today" 0 0 time
    TimeOfDay "timeOfDay" 0 0 time
    Extension "extension" 1 1 fhir
    HasValue "hasValue" 0 0 fhir
    GetValue "getValue" 0 0 fhir
    Resolve "resolve" 0 0 fhir
    MemberOf "memberOf" 1 1 fhir
    ConformsTo "conformsTo" 1 1 fhir
    HtmlChecks "htmlChecks" 0 0 fhir
}
