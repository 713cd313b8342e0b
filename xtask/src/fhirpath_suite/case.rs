//! The cases of the suite, as they are written.

use roxmltree::Node;

pub struct Case {
    pub group: String,
    pub name: String,
    /// The file of the resource that it runs on.
    pub input: Option<String>,
    pub expression: String,
    /// An error is expected: `syntax`, `semantic` or `execution`.
    pub invalid: Option<String>,
    /// `strict` or `lenient/polymorphics`.
    pub mode: Option<String>,
    /// The answer is read as a condition.
    pub predicate: bool,
    /// The items may come in another order.
    pub unordered: bool,
    pub outputs: Vec<Output>,
}

pub struct Output {
    /// The type, if the suite names one.
    pub ty: Option<String>,
    pub text: String,
}

pub fn all(text: &str) -> Result<Vec<Case>, String> {
    let document = roxmltree::Document::parse(text).map_err(|e| format!("the suite is no XML: {e}"))?;
    let tests = document.descendants().filter(|n| n.has_tag_name("test") || n.has_tag_name("modeTest"));
    tests.map(one).collect()
}

fn one(test: Node<'_, '_>) -> Result<Case, String> {
    let own = |name: &str| test.attribute(name).map(str::to_string);
    let name = own("name").unwrap_or_default();
    let expression = test.children().find(|n| n.has_tag_name("expression"));
    let expression = expression.ok_or_else(|| format!("{name} has no expression"))?;
    let group = test.parent().and_then(|group| group.attribute("name")).unwrap_or_default();
    let outputs = test.children().filter(|n| n.has_tag_name("output")).map(|output| Output {
        ty: output.attribute("type").map(str::to_string),
        text: output.text().unwrap_or_default().to_string(),
    });
    Ok(Case {
        group: group.to_string(),
        input: own("inputfile"),
        expression: expression.text().unwrap_or_default().to_string(),
        invalid: expression.attribute("invalid").map(str::to_string),
        mode: own("mode").or_else(|| expression.attribute("mode").map(str::to_string)),
        predicate: test.attribute("predicate") == Some("true"),
        unordered: test.attribute("ordered") == Some("false"),
        outputs: outputs.collect(),
        name,
    })
}
