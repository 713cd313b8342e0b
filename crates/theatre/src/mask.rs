//! The slots of one day as bits: slot 0 is the lowest bit.

/// A fixed number of bits. Bits that are shifted out are lost: what a case still holds after the last slot
/// (sterilisation, recovery) can hinder nobody who starts before it.
pub(crate) trait Mask: Copy + Eq + Send + Sync + 'static {
    const BITS: usize;
    const ZERO: Self;
    fn shl(self, by: usize) -> Self;
    fn shr(self, by: usize) -> Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    /// The highest bit that is set; of an empty mask, 0.
    fn highest(self) -> usize;
    fn one(bit: usize) -> Self;

    fn is_zero(self) -> bool {
        self == Self::ZERO
    }
    /// Bits `from..to`, as far as there are any.
    fn span(from: usize, to: usize) -> Self {
        (from..to.min(Self::BITS)).fold(Self::ZERO, |mask, bit| mask.or(Self::one(bit)))
    }
}

impl Mask for u128 {
    const BITS: usize = 128;
    const ZERO: Self = 0;
    #[inline(always)]
    fn shl(self, by: usize) -> Self {
        self << (by & 127)
    }
    #[inline(always)]
    fn shr(self, by: usize) -> Self {
        self >> (by & 127)
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self & other
    }
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self | other
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }
    #[inline(always)]
    fn highest(self) -> usize {
        127 - (self | 1).leading_zeros() as usize
    }
    #[inline(always)]
    fn one(bit: usize) -> Self {
        1 << (bit & 127)
    }
}

/// More than 128 slots: a day in five-minute steps has 288.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wide<const N: usize>([u64; N]);

impl<const N: usize> Mask for Wide<N> {
    const BITS: usize = 64 * N;
    const ZERO: Self = Self([0; N]);
    fn shl(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let mut out = [0; N];
        for (i, slot) in out.iter_mut().enumerate().skip(words) {
            let low = self.0[i - words] << bits;
            *slot = if bits == 0 || i == words { low } else { low | self.0[i - words - 1] >> (64 - bits) };
        }
        Self(out)
    }
    fn shr(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let mut out = [0; N];
        for (i, slot) in out.iter_mut().enumerate().take(N.saturating_sub(words)) {
            let high = self.0[i + words] >> bits;
            let more = self.0.get(i + words + 1).copied().unwrap_or(0);
            *slot = if bits == 0 { high } else { high | more << (64 - bits) };
        }
        Self(out)
    }
    fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }
    fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }
    fn xor(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] ^ other.0[i]))
    }
    fn highest(self) -> usize {
        (0..N).rev().find(|i| self.0[*i] != 0).map_or(0, |i| i * 64 + 63 - self.0[i].leading_zeros() as usize)
    }
    fn one(bit: usize) -> Self {
        let mut out = [0; N];
        out[bit / 64] = 1 << (bit % 64);
        Self(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has<M: Mask>(mask: M, bit: usize) -> bool {
        !mask.and(M::one(bit)).is_zero()
    }

    #[test]
    fn wide_masks_shift_like_narrow_ones() {
        let (narrow, wide) = (u128::span(3, 90), Wide::<2>::span(3, 90));
        for by in 0..128 {
            for bit in 0..128 {
                assert_eq!(has(narrow.shl(by), bit), has(wide.shl(by), bit), "left {by}, bit {bit}");
                assert_eq!(has(narrow.shr(by), bit), has(wide.shr(by), bit), "right {by}, bit {bit}");
            }
            assert_eq!(narrow.shr(by).highest(), wide.shr(by).highest());
        }
    }
}
