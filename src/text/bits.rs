//! Bits of a number as places.

/// Words in a block: as many as a number has bits.
pub(super) const BLOCK: usize = 64;

/// The places of the bits that are set, ascending.
#[inline]
pub fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros() as usize;
        let found = set != 0;
        set &= set.wrapping_sub(1);
        found.then_some(place)
    })
}

/// Adds the places of the bits that are set, counted from `first` on.
#[inline]
pub fn push_places(places: &mut Vec<u32>, first: u32, mut set: u64) {
    while set != 0 {
        places.push(first + set.trailing_zeros());
        set &= set - 1;
    }
}

/// The places, up to 64, that have a flag, as bits: eight of them are moved together by one multiplication.
#[inline]
pub fn having(flags: &[u8], flag: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOGETHER: u64 = 0x0102_0408_1020_4080;
    let shift = flag.trailing_zeros();
    let together = |eight: u64| (eight >> shift & ONES).wrapping_mul(TOGETHER) >> 56;
    let (eights, rest) = flags.as_chunks::<8>();
    let mut all = 0;
    for (n, eight) in eights.iter().enumerate() {
        all |= together(u64::from_le_bytes(*eight)) << (8 * n);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        all |= together(u64::from_le_bytes(last)) << (8 * eights.len());
    }
    all
}

/// Eight rows of eight bits, turned about: the first bits of all rows become the first row.
#[inline]
pub fn turned(rows: u64) -> u64 {
    // Squares of one, two and four bits a side change places with those across.
    let swapped = |rows: u64, by: u32, across: u64| {
        let differ = (rows ^ rows >> by) & across;
        rows ^ differ ^ differ << by
    };
    let rows = swapped(rows, 7, 0x00aa_00aa_00aa_00aa);
    let rows = swapped(rows, 14, 0x0000_cccc_0000_cccc);
    swapped(rows, 28, 0x0000_0000_f0f0_f0f0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        for place in 0..64 {
            assert_eq!(turned(1 << place), 1 << (place % 8 * 8 + place / 8));
        }
        assert_eq!(turned(0xff), 0x0101_0101_0101_0101);
    }

    #[test]
    fn flags_are_bits_in_their_order() {
        let flags: Vec<u8> = (0..61).map(|k| u8::from(k % 7 == 3) << 2 | 0b1001_1010).collect();
        let places: Vec<usize> = bits(having(&flags, 4)).collect();
        assert_eq!(places, [3, 10, 17, 24, 31, 38, 45, 52, 59]);
        assert_eq!(having(&flags, 1 << 7), (1 << 61) - 1);
        assert_eq!(having(&[], 1), 0);
    }

    #[test]
    fn every_set_bit_is_met_once() {
        let mut places = vec![7];
        push_places(&mut places, 100, 1 << 63 | 0b101);
        assert_eq!(places, [7, 100, 102, 163]);
        assert_eq!(bits(0).count(), 0);
        assert_eq!(bits(1 << 63 | 0b101).collect::<Vec<_>>(), [0, 2, 63]);
    }
}
