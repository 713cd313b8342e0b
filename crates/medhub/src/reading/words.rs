//! Tesseract's table of words (<https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html>, "TSV output") as
//! lines of text, and how sure it was of them.

use service::ReadPage;

/// Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
const COLUMNS: usize = 12;
const WORD: &str = "5";

pub(super) fn page(table: &str) -> ReadPage {
    let mut text = String::new();
    let mut place = None;
    let (mut sure, mut letters) = (0.0, 0.0);
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let [WORD, _, block, paragraph, line, _, _, _, _, _, confidence, word] = cells.as_slice() else {
            continue;
        };
        let word = word.trim();
        if word.is_empty() {
            continue;
        }
        let now = (block.to_string(), paragraph.to_string(), line.to_string());
        text += match &place {
            None => "",
            Some(was) if *was == now => " ",
            Some((b, p, _)) if (b, p) == (&now.0, &now.1) => "\n",
            Some(_) => "\n\n",
        };
        text += word;
        place = Some(now);
        // A long word that is sure says more than a comma that is not.
        let weight = word.chars().count() as f64;
        sure += weight * confidence.parse().unwrap_or(0.0);
        letters += weight;
    }
    let confidence = if letters > 0.0 { (sure / letters).clamp(0.0, 100.0).round() as u8 } else { 0 };
    ReadPage { text, confidence: Some(confidence) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_paragraphs() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n\
            5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96.5\tMadame\n\
            5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90\tAda\n\
            5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t90\thanche\n\
            5\t1\t2\t1\t1\t1\t0\t0\t9\t9\t10\t~\n";
        let read = page(table);
        assert_eq!(read.text, "Madame Ada\nhanche\n\n~");
        assert_eq!(read.confidence, Some(87));
        assert_eq!(page("").confidence, Some(0));
    }
}
