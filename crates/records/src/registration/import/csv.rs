//! CSV as programs write it (RFC 4180, and the semicolons of French spreadsheets).

use fhir::{Code, Issue, Text};

pub(super) const BYTES_MAX: usize = 2_000_000;
const ROWS_MAX: usize = 5_000;
const COLUMNS_MAX: usize = 100;
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

const TOO_LONG: Text = Text {
    key: "import.too-long",
    fr: "La liste compte au plus {rows} lignes, {columns} colonnes et 2 Mo. Partagez-la en plusieurs fichiers.",
    en: "The list has at most {rows} rows, {columns} columns and 2 MB. Split it into several files.",
    de: "Die Liste hat höchstens {rows} Zeilen, {columns} Spalten und 2 MB. Teilen Sie sie in mehrere Dateien.",
};

const NO_ROWS: Text = Text {
    key: "import.empty",
    fr: "La liste est vide : il faut une ligne de titres de colonnes, puis une ligne par patient.",
    en: "The list is empty: it needs a line of column titles, then one line for each patient.",
    de: "Die Liste ist leer: Sie braucht eine Zeile mit Spaltentiteln, dann eine Zeile je Patient.",
};

const UNCLOSED: Text = Text {
    key: "import.quote",
    fr: "Un guillemet ouvert à la ligne {line} n'est jamais fermé. Corrigez la ligne et recommencez.",
    en: "A quotation mark opened in line {line} is never closed. Mend the line and try again.",
    de: "Ein Anführungszeichen in Zeile {line} wird nie geschlossen. Korrigieren Sie die Zeile und versuchen Sie es erneut.",
};

/// One line of the list.
pub(super) struct Record {
    /// Line of the file where it begins, from 1.
    pub line: usize,
    pub cells: Vec<String>,
}

pub(super) struct Table {
    pub delimiter: char,
    pub header: Vec<String>,
    pub records: Vec<Record>,
}

/// The text and the name of its encoding: UTF-8, else Windows-1252, which older spreadsheets write.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str) {
    // The five positions that Windows-1252 leaves open are read as the C1 controls, as browsers do.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), "UTF-8"),
        Err(_) => {
            let read = |b: &u8| match b {
                0x80..=0x9f => HIGH[usize::from(b - 0x80)],
                other => char::from(*other),
            };
            (bytes.iter().map(read).collect(), "Windows-1252")
        }
    }
}

/// # Errors
/// Too much of it, nothing in it, or a quotation mark without its pair.
pub(super) fn read(text: &str) -> Result<Table, Issue> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = delimiter(first);
    let mut records: Vec<Record> = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut line, mut begin) = (false, 1, 1);
    let mut letters = text.chars().peekable();
    loop {
        let letter = letters.next();
        match letter {
            Some('"') if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            Some('"') if quoted => quoted = false,
            Some('"') if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            None if quoted => return Err(Issue::error(Code::Structure, UNCLOSED).arg("line", begin)),
            Some('\n') | None if !quoted => {
                cells.push(std::mem::take(&mut cell).trim().to_string());
                let record = Record { line: begin, cells: std::mem::take(&mut cells) };
                if record.cells.iter().any(|c| !c.is_empty()) {
                    records.push(record);
                }
                line += 1;
                begin = line;
            }
            Some(c) if c == delimiter && !quoted => cells.push(std::mem::take(&mut cell).trim().to_string()),
            Some('\r') => {}
            Some(c) => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
            None => {}
        }
        if records.len() > ROWS_MAX + 1 || cells.len() > COLUMNS_MAX {
            return Err(too_long());
        }
        if letter.is_none() {
            break;
        }
    }
    let mut records = records.into_iter();
    let header = records.next().map(|r| r.cells).unwrap_or_default();
    let records: Vec<Record> = records.collect();
    if records.is_empty() {
        return Err(Issue::error(Code::Required, NO_ROWS));
    }
    Ok(Table { delimiter, header, records })
}

pub(super) fn too_long() -> Issue {
    Issue::error(Code::TooLong, TOO_LONG).arg("rows", ROWS_MAX).arg("columns", COLUMNS_MAX)
}

/// The one that stands most often in the titles, outside quotation marks.
fn delimiter(header: &str) -> char {
    let outside: String = header.split('"').step_by(2).collect();
    let count = |c: &char| outside.matches(*c).count();
    DELIMITERS.into_iter().rev().max_by_key(count).filter(|c| count(c) > 0).unwrap_or(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("\u{feff}Léa".as_bytes()), ("Léa".to_string(), "UTF-8"));
        assert_eq!(decode(b"L\xe9a \x80 c\x9cur"), ("Léa € cœur".to_string(), "Windows-1252"));
    }

    #[test]
    fn cells_lines_and_quotes() {
        let table =
            read("Nom;Prénom;Note\r\n\r\nD'Arc;Jeanne;\"a;b \"\"c\"\"\nd\"\r\nÉtienne;Luc;\n").unwrap();
        assert_eq!(table.delimiter, ';');
        assert_eq!(table.records[0].cells, ["D'Arc", "Jeanne", "a;b \"c\"\nd"]);
        assert_eq!((table.records[0].line, table.records[1].line), (3, 5));
        assert_eq!(read("name,first\nA,B").unwrap().delimiter, ',');
        assert_eq!(read("a\tb\n1\t2").unwrap().delimiter, '\t');
        for (bad, key) in [("", "import.empty"), ("a;b", "import.empty"), ("a;b\n\"1;2\n", "import.quote")] {
            assert_eq!(read(bad).err().map(|i| i.text.key), Some(key), "{bad}");
        }
        assert_eq!(
            read(&format!("a\n{}", "1\n".repeat(5_001))).err().map(|i| i.text.key),
            Some("import.too-long")
        );
    }
}
