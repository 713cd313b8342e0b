//! Runs a view on a resource.

use crate::view::{Column, Focus, Path, Select, View};
use crate::{Error, What};
use fhir::fhirpath::{Element, Environment, Value};
use fhir::{Json, ResourceType};

/// Values of all rows of one resource.
const VALUES_MAX: usize = 1_000_000;
/// Rows of one resource.
const ROWS_MAX: usize = 100_000;
/// Items of items of items… of `repeat`.
const REPEAT_DEPTH_MAX: usize = 100;
/// How often paths are evaluated for one resource.
const EVALUATIONS_MAX: usize = 300_000;
/// Work for one path.
const STEPS_MAX: u64 = 1_000_000;

type Row<'a> = Vec<Json<'a>>;

impl View {
    /// Hands over the rows of a resource, each with as many values as there are columns: null, a plain value, or
    /// a list of plain values. Resources of another type have none. `now` is the present in milliseconds since
    /// 1970 and the offset of the zone in minutes; without it, `now()` and `today()` are errors.
    ///
    /// # Errors
    /// A path that stops, gives several values or gives an element with parts; too many rows.
    pub fn run<'a>(
        &'a self,
        resource: &'a Json<'a>,
        now: Option<(i64, i32)>,
        give: &mut dyn FnMut(&[Json<'a>]),
    ) -> Result<(), Error> {
        self.run_until(resource, now, &|| false, give)
    }

    /// The same, and stops when `expired` says so: it is asked before each path, which is bounded by itself.
    ///
    /// # Errors
    /// As [`View::run`], and `What::Expired`.
    pub fn run_until<'a>(
        &'a self,
        resource: &'a Json<'a>,
        now: Option<(i64, i32)>,
        expired: &'a dyn Fn() -> bool,
        give: &mut dyn FnMut(&[Json<'a>]),
    ) -> Result<(), Error> {
        if ResourceType::of(resource) != Some(self.resource) {
            return Ok(());
        }
        let input = [Value::Element(Element::resource(resource))];
        let (values_left, evaluations_left) = (VALUES_MAX, EVALUATIONS_MAX);
        let mut run = Run { view: self, resource, now, expired, values_left, evaluations_left };
        for condition in &self.conditions {
            if !run.holds(condition, &input)? {
                return Ok(());
            }
        }
        for row in run.rows(&self.root, &input, 0)? {
            give(&row);
        }
        Ok(())
    }
}

struct Run<'a> {
    view: &'a View,
    resource: &'a Json<'a>,
    now: Option<(i64, i32)>,
    expired: &'a dyn Fn() -> bool,
    values_left: usize,
    evaluations_left: usize,
}

impl<'a> Run<'a> {
    /// What the paths on an item may use.
    fn environment(&self, input: &[Value<'a>], index: usize) -> Environment<'a> {
        let mut environment = Environment::of(self.resource);
        let constants = self.view.constants.iter();
        environment.variables = constants.map(|c| (c.name.clone(), vec![c.value()])).collect();
        environment.variables.push(("context".to_string(), input.to_vec()));
        environment.variables.push(("rowIndex".to_string(), vec![Value::Integer(index as i64)]));
        environment.now = self.now;
        environment.steps_max = STEPS_MAX;
        environment.items_max = ROWS_MAX;
        environment
    }

    fn holds(&mut self, condition: &'a Path, input: &[Value<'a>]) -> Result<bool, Error> {
        let environment = self.environment(input, 0);
        match &self.evaluate(condition, &environment, input)?[..] {
            [] => Ok(false),
            [one] => match one.system() {
                Some(Value::Boolean(holds)) => Ok(holds),
                _ => Err(stop(condition, What::NotBoolean)),
            },
            _ => Err(stop(condition, What::NotBoolean)),
        }
    }

    /// The rows of a select on an item, or on nothing.
    fn rows(&mut self, select: &'a Select, input: &[Value<'a>], index: usize) -> Result<Vec<Row<'a>>, Error> {
        let items = match &select.focus {
            Focus::Here => return self.product(select, input, index),
            Focus::Each(path) => self.evaluate(path, &self.environment(input, index), input)?,
            Focus::EachOrNull(path) => {
                let items = self.evaluate(path, &self.environment(input, index), input)?;
                if items.is_empty() {
                    return self.product(select, &[], 0);
                }
                items
            }
            Focus::Repeat(paths) => {
                let mut found = Vec::new();
                self.repeat(paths, input, 0, &mut found)?;
                found
            }
        };
        let mut rows = Vec::new();
        for (index, item) in items.iter().enumerate() {
            rows.append(&mut self.product(select, std::slice::from_ref(item), index)?);
            if rows.len() > ROWS_MAX {
                return Err(too_many());
            }
        }
        Ok(rows)
    }

    fn evaluate(
        &mut self,
        path: &'a Path,
        environment: &Environment<'a>,
        input: &[Value<'a>],
    ) -> Result<Vec<Value<'a>>, Error> {
        if (self.expired)() {
            return Err(stop(path, What::Expired));
        }
        self.evaluations_left = self.evaluations_left.checked_sub(1).ok_or_else(too_many)?;
        path.expression.evaluate_on(environment, input).map_err(|error| stop(path, What::Run(error)))
    }

    fn repeat(
        &mut self,
        paths: &'a [Path],
        input: &[Value<'a>],
        depth: usize,
        found: &mut Vec<Value<'a>>,
    ) -> Result<(), Error> {
        let environment = self.environment(input, 0);
        for path in paths {
            for item in self.evaluate(path, &environment, input)? {
                if found.len() >= ROWS_MAX || depth >= REPEAT_DEPTH_MAX {
                    return Err(stop(path, What::TooManyRows));
                }
                found.push(item.clone());
                self.repeat(paths, &[item], depth + 1, found)?;
            }
        }
        Ok(())
    }

    /// The columns, each row of the selects beside them, and each row of the union: every one with every other.
    fn product(
        &mut self,
        select: &'a Select,
        input: &[Value<'a>],
        index: usize,
    ) -> Result<Vec<Row<'a>>, Error> {
        let mut own = Vec::with_capacity(select.columns.len());
        if !select.columns.is_empty() {
            let environment = self.environment(input, index);
            for (column, path) in &select.columns {
                own.push(cell(column, path, self.evaluate(path, &environment, input)?)?);
            }
        }
        let mut rows = vec![own];
        for inner in &select.selects {
            let right = self.rows(inner, input, index)?;
            rows = self.cross(rows, &right)?;
        }
        if !select.unions.is_empty() {
            let mut right = Vec::new();
            for branch in &select.unions {
                right.append(&mut self.rows(branch, input, index)?);
            }
            rows = self.cross(rows, &right)?;
        }
        Ok(rows)
    }

    fn cross(&mut self, left: Vec<Row<'a>>, right: &[Row<'a>]) -> Result<Vec<Row<'a>>, Error> {
        let count = left.len().saturating_mul(right.len());
        let width = left.first().map_or(0, Vec::len) + right.first().map_or(0, Vec::len);
        let values = count.saturating_mul(width.max(1));
        if count > ROWS_MAX || values > self.values_left {
            return Err(too_many());
        }
        self.values_left -= values;
        let mut rows = Vec::with_capacity(count);
        for start in left {
            for end in right {
                let mut row = Vec::with_capacity(width);
                row.extend_from_slice(&start);
                row.extend_from_slice(end);
                rows.push(row);
            }
        }
        Ok(rows)
    }
}

fn cell<'a>(column: &Column, path: &Path, items: Vec<Value<'a>>) -> Result<Json<'a>, Error> {
    let mut values = Vec::with_capacity(items.len());
    for item in &items {
        values.extend(plain(item).map_err(|what| stop(path, what))?);
    }
    if column.is_list {
        return Ok(Json::Array(values));
    }
    if values.len() > 1 {
        return Err(stop(path, What::SeveralValues));
    }
    Ok(values.pop().unwrap_or(Json::Null))
}

/// The plain value of an item; none for an element that has extensions only.
fn plain<'a>(item: &Value<'a>) -> Result<Option<Json<'a>>, What> {
    Ok(Some(match item {
        Value::Element(element) => match element.json {
            None => return Ok(None),
            Some(Json::Bool(b)) => Json::Bool(*b),
            Some(Json::Number(text)) => Json::number(&**text),
            Some(Json::String(text)) => Json::string(&**text),
            Some(_) => return Err(What::NotPlain),
        },
        Value::Boolean(b) => Json::Bool(*b),
        Value::Integer(_) | Value::Decimal(_) => Json::Number(item.text().unwrap_or_default()),
        Value::String(_) | Value::Temporal(_) => Json::String(item.text().unwrap_or_default()),
        Value::Quantity(_) | Value::Type { .. } => return Err(What::NotPlain),
    }))
}

fn stop(path: &Path, what: What) -> Error {
    Error { at: path.at.clone(), what }
}

fn too_many() -> Error {
    Error { at: "select".to_string(), what: What::TooManyRows }
}
