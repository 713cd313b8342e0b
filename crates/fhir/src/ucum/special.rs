//! Units on scales that do not start at zero or are not linear (UCUM §21, tables of special units).

/// How the special unit's number comes about; the inverse gives the number of its proper unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    Celsius,
    Fahrenheit,
    Reaumur,
    /// 100 × tangent of an angle.
    Slope,
    /// Negative logarithm to this base.
    Negative(f64),
    /// Logarithm to this base, times a factor.
    Logarithm(f64, f64),
    Natural,
    Root,
}

impl Function {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "Cel" => Function::Celsius,
            "degF" => Function::Fahrenheit,
            "degRe" => Function::Reaumur,
            "tanTimes100" | "100tan" => Function::Slope,
            "pH" | "hpX" => Function::Negative(10.0),
            "hpC" => Function::Negative(100.0),
            "hpM" => Function::Negative(1_000.0),
            "hpQ" => Function::Negative(50_000.0),
            "lg" => Function::Logarithm(10.0, 1.0),
            "lgTimes2" => Function::Logarithm(10.0, 2.0),
            "ld" => Function::Logarithm(2.0, 1.0),
            "ln" => Function::Natural,
            "sqrt" => Function::Root,
            _ => return None,
        })
    }

    /// Temperatures come out in their degree's size: 37 Cel is 310.15 of K, 98.6 [degF] is 558.27 of 5/9 K.
    pub fn inverse(self, x: f64) -> f64 {
        match self {
            Function::Celsius => x + 273.15,
            Function::Fahrenheit => x + 459.67,
            Function::Reaumur => x + 218.52,
            // The table gives the angle in degrees.
            Function::Slope => (x / 100.0).atan().to_degrees(),
            Function::Negative(base) => base.powf(-x),
            Function::Logarithm(base, times) => base.powf(x / times),
            Function::Natural => x.exp(),
            Function::Root => x * x,
        }
    }
}
