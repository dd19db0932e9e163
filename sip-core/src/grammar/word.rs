//! Looking at eight octets at a time, in one word whose lowest octet is the
//! first of them.

/// `octet` in each place of a word.
pub(crate) const fn repeated(octet: u8) -> u64 {
    u64::from_le_bytes([octet; 8])
}

/// A word in which the lowest bit set belongs to the first octet of `word`
/// that is `octet` or, sometimes, to one beyond ASCII before it; 0 where there
/// is none.
#[inline]
pub(crate) const fn find(word: u64, octet: u8) -> u64 {
    below(word ^ repeated(octet), 1)
}

/// A word in which the lowest bit set belongs to the first octet of `word`
/// that is below `limit` or, sometimes, to one beyond ASCII before it; 0 where
/// there is none. `limit` is at most 128.
#[inline]
const fn below(word: u64, limit: u8) -> u64 {
    // The difference has its highest bit where it borrows, or had it before.
    word.wrapping_sub(repeated(limit)) & repeated(0x80)
}

/// A word with a bit set for each octet of `word` that is neither a letter nor
/// a digit.
#[inline]
pub(crate) const fn marks(word: u64) -> u64 {
    const HIGH: u64 = repeated(0x80);
    // Without their highest bits octets can be added to without a carry: what
    // goes over 127 tells which end of a range they are beyond.
    let low = word & !HIGH;
    let letter = low | repeated(0x20);
    let digits = low.wrapping_add(repeated(0x80 - b'0')) ^ low.wrapping_add(repeated(0x7F - b'9'));
    let letters =
        letter.wrapping_add(repeated(0x80 - b'a')) ^ letter.wrapping_add(repeated(0x7F - b'z'));
    ((digits | letters) & !word & HIGH) ^ HIGH
}

/// The first eight octets of `text`, zeros behind a shorter one.
#[inline]
pub(crate) fn front(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(octets) => u64::from_le_bytes(*octets),
        None => text
            .iter()
            .rev()
            .fold(0, |word, octet| word << 8 | u64::from(*octet)),
    }
}

/// Which octet the lowest bit set belongs to, from 0.
#[inline]
pub(crate) const fn place(bits: u64) -> usize {
    (bits.trailing_zeros() / 8) as usize
}

/// The first control character of `text`, DEL apart, or an octet beyond ASCII
/// before it; none is found in the last seven octets.
#[inline]
pub(crate) fn first_control(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    // Sixteen at a time, which the compiler does in one register.
    while let Some((octets, after)) = rest.split_first_chunk::<16>() {
        if octets
            .iter()
            .fold(false, |any, octet| any | (*octet < b' '))
        {
            break;
        }
        rest = after;
    }
    while let Some((octets, after)) = rest.split_first_chunk::<8>() {
        let bits = below(u64::from_le_bytes(*octets), b' ');
        if bits != 0 {
            return Some(
                text.len()
                    .wrapping_sub(rest.len())
                    .wrapping_add(place(bits)),
            );
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_have_no_mark() {
        for octet in 0..=u8::MAX {
            let word = u64::from_le_bytes([b'z', octet, b'A', octet, b'0', b'9', b'a', octet]);
            let wanted = match octet.is_ascii_alphanumeric() {
                true => 0,
                false => 0x8000_0000_8000_8000,
            };
            assert_eq!(marks(word), wanted, "{octet}");
        }
        assert_eq!(front(b"ab"), 0x6261);
        assert_eq!(front(b"abcdefghi"), u64::from_le_bytes(*b"abcdefgh"));
    }

    #[test]
    fn the_first_octet_is_found_wherever_it_stands() {
        for place_of in 0..8 {
            let mut octets = *b" \x7Fabc:\x21~";
            octets[place_of] = b'\r';
            assert_eq!(first_control(&octets), Some(place_of));
            assert_eq!(place(find(u64::from_le_bytes(octets), b'\r')), place_of);
            octets[place_of] = b'\t';
            assert_eq!(find(u64::from_le_bytes(octets), b'\r'), 0);
        }
        assert_eq!(first_control(b"no control characters here"), None);
        assert_eq!(first_control(b"12345678901\r\n..."), Some(11));
    }
}
