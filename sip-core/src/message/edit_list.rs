//! Several values of a header at once (RFC 3261 section 7.3.1).

use super::{BuildError, Headers};
use crate::header::TypedHeader;

impl Headers {
    /// Puts the values behind all header fields: on one line, divided by
    /// commas, where the header is a list, else each on a line of its own.
    ///
    /// ```
    /// use sip_core::header::Allow;
    /// use sip_core::{Method, Response, StatusCode};
    /// let allowed = [Method::INVITE, Method::ACK, Method::BYE].map(Allow);
    /// let mut response = Response::builder(StatusCode::METHOD_NOT_ALLOWED).build()?;
    /// response.headers_mut().push_all(&allowed)?;
    /// assert!(response.to_string().contains("\r\nAllow: INVITE, ACK, BYE\r\n"));
    /// # Ok::<(), sip_core::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Headers::push`], of the first value that is refused.
    pub fn push_all<'v, H: TypedHeader + 'v>(
        &mut self,
        values: impl IntoIterator<Item = &'v H>,
    ) -> Result<(), BuildError> {
        let before = self.lines.len();
        let mut list = Vec::new();
        for value in values {
            if let Err(error) = self.push(value) {
                self.lines.truncate(before);
                return Err(error);
            }
            if let Some(line) = self.lines.last().filter(|_| H::LIST) {
                if !list.is_empty() {
                    list.extend_from_slice(b", ");
                }
                list.extend_from_slice(self.value(line));
            }
        }
        if list.is_empty() {
            return Ok(());
        }
        self.lines.truncate(before);
        self.push_raw(&H::NAME, &list)
    }
}

#[cfg(test)]
mod tests {
    use crate::header::{Challenge, Supported, WwwAuthenticate};
    use crate::{Response, StatusCode};

    fn response() -> Response {
        Response::builder(StatusCode::OK).build().unwrap()
    }

    fn lines(response: &Response) -> Vec<String> {
        let fields = response.headers().iter();
        fields
            .map(|field| String::from_utf8_lossy(field.value()).into_owned())
            .collect()
    }

    #[test]
    fn values_of_a_list_stand_on_one_line_and_are_read_back() {
        let mut response = response();
        let tags = ["path", "outbound", "gruu"].map(Supported::from);
        response.headers_mut().push_all(&tags).unwrap();
        assert_eq!(lines(&response), ["path, outbound, gruu"]);
        let read: Result<Vec<_>, _> = response.headers().all::<Supported<'_>>().collect();
        assert_eq!(read.unwrap(), tags);
    }

    #[test]
    fn values_of_no_list_stand_on_lines_of_their_own() {
        let mut response = response();
        let challenges =
            ["a", "b"].map(|nonce| WwwAuthenticate::from(Challenge::digest("home", nonce)));
        response.headers_mut().push_all(&challenges).unwrap();
        assert_eq!(lines(&response).len(), 2);
    }

    #[test]
    fn of_values_one_of_which_is_refused_none_is_put() {
        let mut response = response();
        let tags = ["path", "not a token"].map(Supported::from);
        assert!(response.headers_mut().push_all(&tags).is_err());
        response
            .headers_mut()
            .push_all::<Supported<'_>>([])
            .unwrap();
        assert_eq!(lines(&response).len(), 0);
    }
}
