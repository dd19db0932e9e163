//! A URI with one part changed.

use super::{Host, Uri, UriBuilder};
use crate::ParseError;

/// A copy with one part changed; the other parts stay octet by octet. Parts
/// are given as they mean, and escaped as [`UriBuilder`] does, which changes
/// several at once: `UriBuilder::from(&uri)`.
///
/// ```
/// use sip_core::Uri;
/// let uri: Uri = "sip:bob:pw@biloxi.com;transport=tcp;lr?subject=x".parse()?;
/// let uri = uri.with_user("alice")?.with_port(5070)?.with_param("transport", "tls")?;
/// assert_eq!(uri.to_string(), "sip:alice@biloxi.com:5070;lr;transport=tls?subject=x");
/// let uri = uri.without_headers().without_param("lr").with_port(None)?;
/// assert_eq!(uri.to_string(), "sip:alice@biloxi.com;transport=tls");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
impl Uri<'_> {
    /// With that user; with none where it is empty. A password goes with the
    /// user that had it.
    ///
    /// # Errors
    /// [`Rule::UriPart`](crate::Rule::UriPart) unless it is a SIP URI, and as
    /// [`UriBuilder::build`].
    pub fn with_user(&self, user: impl AsRef<[u8]>) -> Result<Uri<'static>, ParseError> {
        let mut builder = UriBuilder::from(self);
        if self.is_sip() {
            builder.remove_user();
        }
        builder.user(user).build()
    }

    /// With that host, and the port that was there.
    ///
    /// # Errors
    /// [`Rule::UriPart`](crate::Rule::UriPart) unless it is a SIP URI, and as
    /// [`UriBuilder::build`].
    pub fn with_host(&self, host: &Host<'_>) -> Result<Uri<'static>, ParseError> {
        UriBuilder::from(self).host(host).build()
    }

    /// With that port, or with none.
    ///
    /// # Errors
    /// [`Rule::UriPart`](crate::Rule::UriPart) unless it is a SIP URI, and as
    /// [`UriBuilder::build`].
    pub fn with_port(&self, port: impl Into<Option<u16>>) -> Result<Uri<'static>, ParseError> {
        UriBuilder::from(self).port(port).build()
    }

    /// With that parameter, in place of one of its name.
    ///
    /// # Errors
    /// [`Rule::UriPart`](crate::Rule::UriPart) unless it is a SIP or `tel:`
    /// URI, and as [`UriBuilder::build`].
    pub fn with_param(
        &self,
        name: &str,
        value: impl AsRef<[u8]>,
    ) -> Result<Uri<'static>, ParseError> {
        UriBuilder::from(self).param(name, value).build()
    }

    /// With that parameter, without a value, in place of one of its name.
    ///
    /// # Errors
    /// As [`Uri::with_param`].
    pub fn with_flag(&self, name: &str) -> Result<Uri<'static>, ParseError> {
        UriBuilder::from(self).flag(name).build()
    }

    /// With that header behind those that it has, such as `Replaces` in a
    /// `Refer-To` (RFC 3261 section 19.1.5).
    ///
    /// # Errors
    /// [`Rule::UriPart`](crate::Rule::UriPart) unless it is a SIP URI, and as
    /// [`UriBuilder::build`].
    pub fn with_header(
        &self,
        name: &str,
        value: impl AsRef<[u8]>,
    ) -> Result<Uri<'static>, ParseError> {
        UriBuilder::from(self).header(name, value).build()
    }

    /// Without parameters of that name. A URI that has none stays as it is.
    #[must_use]
    pub fn without_param(&self, name: &str) -> Uri<'static> {
        self.without(|builder| builder.remove_param(name))
    }

    /// Without parameters.
    #[must_use]
    pub fn without_params(&self) -> Uri<'static> {
        self.without(UriBuilder::remove_params)
    }

    /// Without headers, as a Request-URI and a remote target stand
    /// (RFC 3261 section 19.1.1).
    #[must_use]
    pub fn without_headers(&self) -> Uri<'static> {
        self.without(UriBuilder::remove_headers)
    }

    /// A sound URI stays one when a parameter or header is taken from it.
    fn without(&self, take: impl FnOnce(&mut UriBuilder)) -> Uri<'static> {
        let mut builder = UriBuilder::from(self);
        take(&mut builder);
        builder
            .assemble()
            .unwrap_or_else(|_| self.borrowed().into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;

    fn uri(text: &str) -> Uri<'_> {
        Uri::try_from(text).unwrap()
    }

    #[test]
    fn what_is_not_changed_stays_octet_by_octet() {
        let text = "SIPS:%61#:p%77@H.;X=%79;lr?A=%42&c=";
        let parts = uri(text);
        assert_eq!(parts.without_param("none").to_string(), text);
        let host = Host::try_from("[::1]").unwrap();
        assert_eq!(
            parts.with_host(&host).unwrap().to_string(),
            "SIPS:%61#:p%77@[::1];X=%79;lr?A=%42&c="
        );
        assert_eq!(
            parts.with_header("d", "e f").unwrap().to_string(),
            "SIPS:%61#:p%77@H.;X=%79;lr?A=%42&c=&d=e%20f"
        );
        assert_eq!(
            parts.with_user("").unwrap().to_string(),
            "SIPS:H.;X=%79;lr?A=%42&c="
        );
        assert_eq!(
            parts.without_param("LR").without_headers().to_string(),
            "SIPS:%61#:p%77@H.;X=%79"
        );
        assert_eq!(
            parts.without_params().to_string(),
            "SIPS:%61#:p%77@H.?A=%42&c="
        );
        assert_eq!(
            parts.with_flag("ob").unwrap().to_string(),
            "SIPS:%61#:p%77@H.;X=%79;lr;ob?A=%42&c="
        );
    }

    #[test]
    fn a_part_that_the_scheme_does_not_have_is_refused() {
        for text in ["urn:service:sos", "http://h/", "tel:+1"] {
            let error = uri(text).with_port(1).unwrap_err();
            assert_eq!(error.rule, Rule::UriPart);
            let error = uri(text).with_user("a").unwrap_err();
            assert_eq!(error.rule, Rule::UriPart);
            assert_eq!(uri(text).without_headers().to_string(), text);
            assert_eq!(uri(text).without_param("a").to_string(), text);
        }
        assert!(uri("urn:service:sos").with_param("a", "b").is_err());
    }

    #[test]
    fn a_number_of_somebody_else_is_edited_as_it_is() {
        let number = uri("tel:112;z;a");
        assert_eq!(
            number.with_param("phone-context", "h").unwrap().to_string(),
            "tel:112;z;a;phone-context=h"
        );
        assert_eq!(number.without_param("z").to_string(), "tel:112;a");
    }
}
