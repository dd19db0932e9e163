//! INFO packages: what an INFO carries, and what a side takes (RFC 6086).

use super::shapes::params_header;
use crate::Text;

params_header! {
    /// The package that the body of an INFO belongs to (RFC 6086 section 7.2).
    ///
    /// ```
    /// use sip_core::header::{InfoPackage, TypedHeader};
    /// let (package, _) = InfoPackage::decode(b"trackcodec;v=2", &Default::default()).unwrap();
    /// assert_eq!(package.name, "trackcodec");
    /// ```
    InfoPackage<'m>, INFO_PACKAGE, list: false,
    /// The name of the package.
    name: Text<'m>,
    params: &[]
}

params_header! {
    /// A package that the sender takes in INFO requests (RFC 6086 section
    /// 7.3).
    ///
    /// Who takes none, but knows of packages, says so by a Recv-Info that is
    /// empty. It holds no value; it is there:
    ///
    /// ```
    /// use sip_core::header::{HeaderName, RecvInfo};
    /// # let octets: &[u8] = b"INVITE sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n";
    /// # let mut request = sip_core::Request::parse(octets)?;
    /// let headers = request.headers_mut();
    /// headers.push_raw(&HeaderName::RECV_INFO, b"")?;
    /// assert!(headers.contains(&HeaderName::RECV_INFO));
    /// assert_eq!(headers.all::<RecvInfo>().count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    RecvInfo<'m>, RECV_INFO, list: true,
    /// The name of the package.
    name: Text<'m>,
    params: &[]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_package_is_a_name_and_parameters() {
        written_as::<InfoPackage>("foo ;bar=\"a,b\"", "foo;bar=\"a,b\"");
        round_trip::<RecvInfo>("g.3gpp.mcptt-info");
        let built = RecvInfo::new("x").with_param("y", "z");
        assert_eq!(value::<RecvInfo>("x;y=z"), built);
        for (bad, rule, octet) in [
            ("", Rule::Token, 0),
            (";a", Rule::Token, 0),
            ("a;", Rule::Param, 2),
        ] {
            refused::<InfoPackage>(bad, rule, octet);
            refused::<RecvInfo>(bad, rule, octet);
        }
    }
}
