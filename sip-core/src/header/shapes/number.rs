//! Numbers.

/// A header whose value is one number.
macro_rules! number_header {
    ($(#[$doc:meta])* $type:ident($number:ty), $name:ident, max: $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(pub $number);

        impl $crate::header::TypedHeader for $type {
            type Value<'m> = $type;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;

            fn decode<'m>(
                input: &'m [u8],
                _: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (value, rest) = $crate::grammar::decode($crate::grammar::number($max)(input))?;
                let value = <$number>::try_from(value)
                    .map_err(|_| $crate::Fault::new($crate::Rule::Number, input))?;
                Ok(($type(value), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::header::shapes::write_number(u64::from(self.0), out);
            }
        }
    };
}

pub(crate) use number_header;

/// Appends a number in decimal, without an allocation.
pub(crate) fn write_number(mut value: u64, out: &mut Vec<u8>) {
    let start = out.len();
    loop {
        let digit = u8::try_from(value % 10).unwrap_or(0);
        out.push(b'0'.wrapping_add(digit));
        value /= 10;
        if value == 0 {
            break;
        }
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
    }
}
