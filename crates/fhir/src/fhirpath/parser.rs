//! Reads an expression (<https://hl7.org/fhirpath/N1/grammar.html>) by operator precedence.

use super::ast::{Literal, Node, Operator, TypeName, TypeTest};
use super::error::{Fault, ParseError};
use super::function::Function;
use super::lexer::{Token, tokens};
use super::quantity::{Quantity, calendar_unit};
use super::temporal::Temporal;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Longer expressions are refused.
const TOKENS_MAX: usize = 4000;
/// Deeper expressions are refused; a chain of calls counts as depth too.
const DEPTH_MAX: usize = 200;

pub fn parse(text: &str) -> Result<Node, ParseError> {
    let tokens = tokens(text)?;
    if tokens.len() > TOKENS_MAX {
        return Err(ParseError { fault: Fault::TooLarge, at: 0 });
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let node = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(node),
        _ => Err(parser.fault(Fault::Expected("an operator or the end"))),
    }
}

struct Parser<'t> {
    tokens: Vec<(Token<'t>, usize)>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, ParseError>;

enum Infix {
    Binary(Operator),
    Type(TypeTest),
}

impl<'t> Parser<'t> {
    fn peek(&self) -> &Token<'t> {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn next(&mut self) -> Token<'t> {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn fault(&self, fault: Fault) -> ParseError {
        let at = self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, at)| *at);
        ParseError { fault, at }
    }

    fn is(&self, symbol: &'static str) -> bool {
        *self.peek() == Token::Symbol(symbol)
    }

    fn accept(&mut self, symbol: &'static str) -> bool {
        let found = self.is(symbol);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &'static str) -> Parsed<()> {
        if self.accept(symbol) { Ok(()) } else { Err(self.fault(Fault::Expected(symbol))) }
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(self.fault(Fault::TooLarge)) } else { Ok(()) }
    }

    /// The operator that comes next, with its precedence: higher binds closer.
    fn infix(&self) -> Option<(Infix, u8)> {
        let binary = |operator, power| Some((Infix::Binary(operator), power));
        match self.peek() {
            Token::Symbol(symbol) => match *symbol {
                "*" => binary(Operator::Multiply, 11),
                "/" => binary(Operator::Divide, 11),
                "+" => binary(Operator::Add, 10),
                "-" => binary(Operator::Subtract, 10),
                "&" => binary(Operator::Concatenate, 10),
                "|" => binary(Operator::Union, 8),
                "<" => binary(Operator::Less, 7),
                "<=" => binary(Operator::LessOrEqual, 7),
                ">" => binary(Operator::Greater, 7),
                ">=" => binary(Operator::GreaterOrEqual, 7),
                "=" => binary(Operator::Equal, 6),
                "!=" => binary(Operator::NotEqual, 6),
                "~" => binary(Operator::Equivalent, 6),
                "!~" => binary(Operator::NotEquivalent, 6),
                _ => None,
            },
            Token::Name(Cow::Borrowed(word)) => match *word {
                "div" => binary(Operator::Div, 11),
                "mod" => binary(Operator::Mod, 11),
                "is" => Some((Infix::Type(TypeTest::Is), 9)),
                "as" => Some((Infix::Type(TypeTest::As), 9)),
                "in" => binary(Operator::In, 5),
                "contains" => binary(Operator::Contains, 5),
                "and" => binary(Operator::And, 4),
                "or" => binary(Operator::Or, 3),
                "xor" => binary(Operator::Xor, 3),
                "implies" => binary(Operator::Implies, 2),
                _ => None,
            },
            _ => None,
        }
    }

    fn expression(&mut self, least: u8) -> Parsed<Node> {
        let depth = self.depth;
        self.deeper()?;
        let mut left = self.prefix()?;
        while let Some((infix, power)) = self.infix().filter(|(_, power)| *power > least) {
            self.deeper()?;
            self.at += 1;
            left = match infix {
                Infix::Type(test) => Node::Type(Some(Box::new(left)), test, self.type_name()?),
                Infix::Binary(operator) => {
                    let right = self.expression(power)?;
                    Node::Binary(operator, Box::new(left), Box::new(right))
                }
            };
        }
        self.depth = depth;
        Ok(left)
    }

    fn prefix(&mut self) -> Parsed<Node> {
        if self.accept("-") {
            self.deeper()?;
            return Ok(Node::Negative(Box::new(self.prefix()?)));
        }
        if self.accept("+") {
            self.deeper()?;
            return self.prefix();
        }
        let mut node = self.term()?;
        loop {
            if self.accept(".") {
                self.deeper()?;
                node = self.invocation(Some(Box::new(node)))?;
            } else if self.accept("[") {
                self.deeper()?;
                let index = self.expression(0)?;
                self.expect("]")?;
                node = Node::Indexer(Box::new(node), Box::new(index));
            } else {
                return Ok(node);
            }
        }
    }

    fn term(&mut self) -> Parsed<Node> {
        match self.peek().clone() {
            Token::Symbol("(") => {
                self.at += 1;
                let node = self.expression(0)?;
                self.expect(")")?;
                Ok(node)
            }
            Token::Symbol("{") => {
                self.at += 1;
                self.expect("}")?;
                Ok(Node::Empty)
            }
            Token::String(text) => {
                self.at += 1;
                Ok(Node::Literal(Literal::String(text)))
            }
            Token::Number(text) => {
                self.at += 1;
                self.number(text)
            }
            Token::Temporal(text) => {
                let temporal = Temporal::literal(text).ok_or_else(|| self.fault(Fault::BadTemporal))?;
                self.at += 1;
                Ok(Node::Literal(Literal::Temporal(temporal)))
            }
            Token::Variable(name) => {
                self.at += 1;
                Ok(Node::Variable(name))
            }
            Token::Name(Cow::Borrowed("true")) if !self.is_call() => {
                self.at += 1;
                Ok(Node::Literal(Literal::Boolean(true)))
            }
            Token::Name(Cow::Borrowed("false")) if !self.is_call() => {
                self.at += 1;
                Ok(Node::Literal(Literal::Boolean(false)))
            }
            Token::Name(_) | Token::Special(_) => self.invocation(None),
            _ => Err(self.fault(Fault::Expected("a value or a name"))),
        }
    }

    fn is_call(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|(token, _)| *token == Token::Symbol("("))
    }

    fn invocation(&mut self, base: Option<Box<Node>>) -> Parsed<Node> {
        let is_call = self.is_call();
        match self.next() {
            Token::Special("this") => Ok(base.map_or(Node::This, |base| *base)),
            Token::Special("index") if base.is_none() => Ok(Node::Index),
            Token::Special("total") if base.is_none() => Ok(Node::Total),
            Token::Name(name) if is_call => {
                self.at += 1;
                self.call(base, &name)
            }
            Token::Name(name) => Ok(Node::Member(base, name.into_owned())),
            _ => {
                self.at -= 1;
                Err(self.fault(Fault::Expected("a name")))
            }
        }
    }

    fn call(&mut self, base: Option<Box<Node>>, name: &str) -> Parsed<Node> {
        let test = match name {
            "is" => Some(TypeTest::Is),
            "as" => Some(TypeTest::As),
            "ofType" => Some(TypeTest::OfType),
            _ => None,
        };
        if let Some(test) = test {
            let name = self.type_name()?;
            self.expect(")")?;
            return Ok(Node::Type(base, test, name));
        }
        let Some(function) = Function::parse(name) else {
            return Err(self.fault(Fault::UnknownFunction(name.to_string())));
        };
        let mut arguments = Vec::new();
        if !self.accept(")") {
            loop {
                arguments.push(self.expression(0)?);
                if !self.accept(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        let (least, most) = function.arity();
        if arguments.len() < least || arguments.len() > most {
            return Err(self.fault(Fault::WrongArguments(function.name())));
        }
        Ok(Node::Call(base, function, arguments))
    }

    fn type_name(&mut self) -> Parsed<TypeName> {
        // A type in brackets is the same type.
        if self.accept("(") {
            let name = self.type_name()?;
            self.expect(")")?;
            return Ok(name);
        }
        let Token::Name(first) = self.next() else {
            self.at -= 1;
            return Err(self.fault(Fault::Expected("a type name")));
        };
        if matches!(&*first, "System" | "FHIR") && self.accept(".") {
            if let Token::Name(name) = self.next() {
                return Ok(TypeName { namespace: Some(first.into_owned()), name: name.into_owned() });
            }
            self.at -= 1;
            return Err(self.fault(Fault::Expected("a type name")));
        }
        Ok(TypeName { namespace: None, name: first.into_owned() })
    }

    fn number(&mut self, text: &str) -> Parsed<Node> {
        let unit = match self.peek() {
            Token::String(unit) => Some(Quantity::ucum_unit(unit.clone())),
            Token::Name(Cow::Borrowed(word)) => calendar_unit(word),
            _ => None,
        };
        let bad = |parser: &Self| parser.fault(Fault::BadNumber);
        if let Some(unit) = unit {
            self.at += 1;
            let value = Decimal::from_str_exact(text).map_err(|_| bad(self))?;
            return Ok(Node::Literal(Literal::Quantity(Quantity { value, unit })));
        }
        let literal = if text.contains('.') {
            Literal::Decimal(Decimal::from_str_exact(text).map_err(|_| bad(self))?)
        } else {
            Literal::Integer(text.parse().map_err(|_| bad(self))?)
        };
        Ok(Node::Literal(literal))
    }
}
