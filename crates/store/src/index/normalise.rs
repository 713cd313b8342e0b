//! How names and texts are compared: without case, accents and punctuation, so that `Lefèvre`, `LEFEVRE`
//! and `lefevre` are one. The search and the index must fold alike, hence one place.

/// The folded text: lower case, no accents, every run of punctuation or space one space, none at the ends.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii_alphanumeric() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    // Combining accents follow their letter in decomposed text.
    if ('\u{300}'..='\u{36f}').contains(&c) {
        return;
    }
    if !c.is_alphanumeric() {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        return;
    }
    for lower in c.to_lowercase() {
        match base(lower) {
            "" => out.push(lower),
            letters => out.push_str(letters),
        }
    }
}

/// The plain letters of an accented Latin letter; empty if it is none.
fn base(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' => {
            "a"
        }
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ẽ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ố' | 'ồ' | 'ộ' => {
            "o"
        }
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

/// The words of a folded text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// Whether a folded text, or with `each_word` any word of it, starts with a folded prefix.
pub fn starts(folded: &str, prefix: &str, each_word: bool) -> bool {
    folded.starts_with(prefix)
        || each_word && folded.match_indices(' ').any(|(at, _)| folded[at + 1..].starts_with(prefix))
}

/// The first `count` characters; `None` if there are fewer.
pub fn prefix(word: &str, count: usize) -> Option<&str> {
    match word.char_indices().nth(count) {
        Some((end, _)) => Some(&word[..end]),
        None => (word.chars().count() == count).then_some(word),
    }
}

/// How a folded word sounds: Soundex (first letter and three digits), as in US census indexes.
pub fn sound(word: &str) -> Option<String> {
    let mut letters = word.bytes().filter(u8::is_ascii_lowercase);
    let first = letters.next()?;
    let mut out = String::from(first as char);
    let mut last = digit(first);
    for letter in letters {
        let now = digit(letter);
        if now != b'0' && now != last {
            out.push(now as char);
        }
        // `h` and `w` do not separate two letters of one sound; vowels do.
        if !matches!(letter, b'h' | b'w') {
            last = now;
        }
        if out.len() == 4 {
            break;
        }
    }
    while out.len() < 4 {
        out.push('0');
    }
    Some(out)
}

fn digit(letter: u8) -> u8 {
    match letter {
        b'b' | b'f' | b'p' | b'v' => b'1',
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
        b'd' | b't' => b'3',
        b'l' => b'4',
        b'm' | b'n' => b'5',
        b'r' => b'6',
        _ => b'0',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_punctuation() {
        assert_eq!(fold("  Lefèvre-D'Œuvre "), "lefevre d oeuvre");
        assert_eq!(fold("E\u{301}lise"), "elise");
        assert_eq!(fold("Łukasz Straße"), "lukasz strasse");
        assert_eq!(fold("..."), "");
        assert_eq!(fold("Иван"), "иван");
    }

    #[test]
    fn starts_at_words_when_asked() {
        assert!(starts("jean pierre", "pier", true));
        assert!(!starts("jean pierre", "pier", false));
        assert!(starts("jean pierre", "jean pi", false));
    }

    #[test]
    fn prefixes_count_characters() {
        assert_eq!(prefix("иван", 3), Some("ива"));
        assert_eq!(prefix("abc", 3), Some("abc"));
        assert_eq!(prefix("ab", 3), None);
    }

    #[test]
    fn sounds_alike() {
        assert_eq!(sound("robert").as_deref(), Some("r163"));
        assert_eq!(sound("rupert").as_deref(), Some("r163"));
        assert_eq!(sound("ashcraft").as_deref(), Some("a261"));
        assert_eq!(sound("12"), None);
    }
}
