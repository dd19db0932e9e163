//! What a response says.

use std::fmt;

use crate::{ParseError, Position, Rule};

/// The status code of a response: 100 to 699 (RFC 3261 section 21).
///
/// ```
/// use sip_core::StatusCode;
/// let ringing = StatusCode::new(180).unwrap();
/// assert!(ringing.is_provisional());
/// assert_eq!(ringing.to_string(), "180 Ringing");
/// assert_eq!(StatusCode::new(700), None);
/// assert_eq!(StatusCode::try_from(486), Ok(StatusCode::BUSY_HERE));
/// assert!(StatusCode::try_from(99).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(u16);

macro_rules! known_codes {
    ($($const:ident = $code:literal $reason:literal, $rfc:literal;)*) => {
        impl StatusCode {
            $(
                #[doc = concat!(stringify!($code), " ", $reason, ", ", $rfc)]
                pub const $const: StatusCode = StatusCode($code);
            )*

            /// The reason phrase that the code's RFC gives; for other codes,
            /// that of the class (RFC 3261 section 7.2).
            #[must_use]
            pub fn reason_phrase(self) -> &'static str {
                match self.0 {
                    $($code => $reason,)*
                    100..=199 => "Session Progress",
                    200..=299 => "OK",
                    300..=399 => "Redirected",
                    400..=499 => "Request Failure",
                    500..=599 => "Server Failure",
                    _ => "Global Failure",
                }
            }
        }
    };
}

known_codes! {
    TRYING = 100 "Trying", "RFC 3261 section 21.1.1";
    RINGING = 180 "Ringing", "RFC 3261 section 21.1.2";
    CALL_IS_BEING_FORWARDED = 181 "Call Is Being Forwarded", "RFC 3261 section 21.1.3";
    QUEUED = 182 "Queued", "RFC 3261 section 21.1.4";
    SESSION_PROGRESS = 183 "Session Progress", "RFC 3261 section 21.1.5";
    EARLY_DIALOG_TERMINATED = 199 "Early Dialog Terminated", "RFC 6228 section 11.1";
    OK = 200 "OK", "RFC 3261 section 21.2.1";
    ACCEPTED = 202 "Accepted", "RFC 6665 section 8.3.1";
    NO_NOTIFICATION = 204 "No Notification", "RFC 5839 section 7.1";
    MULTIPLE_CHOICES = 300 "Multiple Choices", "RFC 3261 section 21.3.1";
    MOVED_PERMANENTLY = 301 "Moved Permanently", "RFC 3261 section 21.3.2";
    MOVED_TEMPORARILY = 302 "Moved Temporarily", "RFC 3261 section 21.3.3";
    USE_PROXY = 305 "Use Proxy", "RFC 3261 section 21.3.4";
    ALTERNATIVE_SERVICE = 380 "Alternative Service", "RFC 3261 section 21.3.5";
    BAD_REQUEST = 400 "Bad Request", "RFC 3261 section 21.4.1";
    UNAUTHORIZED = 401 "Unauthorized", "RFC 3261 section 21.4.2";
    PAYMENT_REQUIRED = 402 "Payment Required", "RFC 3261 section 21.4.3";
    FORBIDDEN = 403 "Forbidden", "RFC 3261 section 21.4.4";
    NOT_FOUND = 404 "Not Found", "RFC 3261 section 21.4.5";
    METHOD_NOT_ALLOWED = 405 "Method Not Allowed", "RFC 3261 section 21.4.6";
    NOT_ACCEPTABLE = 406 "Not Acceptable", "RFC 3261 section 21.4.7";
    PROXY_AUTHENTICATION_REQUIRED = 407 "Proxy Authentication Required", "RFC 3261 section 21.4.8";
    REQUEST_TIMEOUT = 408 "Request Timeout", "RFC 3261 section 21.4.9";
    GONE = 410 "Gone", "RFC 3261 section 21.4.10";
    CONDITIONAL_REQUEST_FAILED = 412 "Conditional Request Failed", "RFC 3903 section 11.2.1";
    REQUEST_ENTITY_TOO_LARGE = 413 "Request Entity Too Large", "RFC 3261 section 21.4.11";
    REQUEST_URI_TOO_LONG = 414 "Request-URI Too Long", "RFC 3261 section 21.4.12";
    UNSUPPORTED_MEDIA_TYPE = 415 "Unsupported Media Type", "RFC 3261 section 21.4.13";
    UNSUPPORTED_URI_SCHEME = 416 "Unsupported URI Scheme", "RFC 3261 section 21.4.14";
    BAD_EXTENSION = 420 "Bad Extension", "RFC 3261 section 21.4.15";
    EXTENSION_REQUIRED = 421 "Extension Required", "RFC 3261 section 21.4.16";
    SESSION_INTERVAL_TOO_SMALL = 422 "Session Interval Too Small", "RFC 4028 section 6";
    INTERVAL_TOO_BRIEF = 423 "Interval Too Brief", "RFC 3261 section 21.4.17";
    BAD_LOCATION_INFORMATION = 424 "Bad Location Information", "RFC 6442 section 4.3";
    USE_IDENTITY_HEADER = 428 "Use Identity Header", "RFC 8224 section 6.2.2";
    PROVIDE_REFERRER_IDENTITY = 429 "Provide Referrer Identity", "RFC 3892 section 5";
    FLOW_FAILED = 430 "Flow Failed", "RFC 5626 section 11.5";
    ANONYMITY_DISALLOWED = 433 "Anonymity Disallowed", "RFC 5079 section 5";
    BAD_IDENTITY_INFO = 436 "Bad Identity Info", "RFC 8224 section 6.2.2";
    UNSUPPORTED_CREDENTIAL = 437 "Unsupported Credential", "RFC 8224 section 6.2.2";
    INVALID_IDENTITY_HEADER = 438 "Invalid Identity Header", "RFC 8224 section 6.2.2";
    FIRST_HOP_LACKS_OUTBOUND_SUPPORT = 439 "First Hop Lacks Outbound Support", "RFC 5626 section 11.6";
    MAX_BREADTH_EXCEEDED = 440 "Max-Breadth Exceeded", "RFC 5393 section 5.3.3";
    BAD_INFO_PACKAGE = 469 "Bad Info Package", "RFC 6086 section 11.5";
    CONSENT_NEEDED = 470 "Consent Needed", "RFC 5360 section 5.9.2";
    TEMPORARILY_UNAVAILABLE = 480 "Temporarily Unavailable", "RFC 3261 section 21.4.18";
    CALL_OR_TRANSACTION_DOES_NOT_EXIST = 481 "Call/Transaction Does Not Exist", "RFC 3261 section 21.4.19";
    LOOP_DETECTED = 482 "Loop Detected", "RFC 3261 section 21.4.20";
    TOO_MANY_HOPS = 483 "Too Many Hops", "RFC 3261 section 21.4.21";
    ADDRESS_INCOMPLETE = 484 "Address Incomplete", "RFC 3261 section 21.4.22";
    AMBIGUOUS = 485 "Ambiguous", "RFC 3261 section 21.4.23";
    BUSY_HERE = 486 "Busy Here", "RFC 3261 section 21.4.24";
    REQUEST_TERMINATED = 487 "Request Terminated", "RFC 3261 section 21.4.25";
    NOT_ACCEPTABLE_HERE = 488 "Not Acceptable Here", "RFC 3261 section 21.4.26";
    BAD_EVENT = 489 "Bad Event", "RFC 6665 section 8.3.2";
    REQUEST_PENDING = 491 "Request Pending", "RFC 3261 section 21.4.27";
    UNDECIPHERABLE = 493 "Undecipherable", "RFC 3261 section 21.4.28";
    SECURITY_AGREEMENT_REQUIRED = 494 "Security Agreement Required", "RFC 3329 section 2.3.1";
    SERVER_INTERNAL_ERROR = 500 "Server Internal Error", "RFC 3261 section 21.5.1";
    NOT_IMPLEMENTED = 501 "Not Implemented", "RFC 3261 section 21.5.2";
    BAD_GATEWAY = 502 "Bad Gateway", "RFC 3261 section 21.5.3";
    SERVICE_UNAVAILABLE = 503 "Service Unavailable", "RFC 3261 section 21.5.4";
    SERVER_TIMEOUT = 504 "Server Time-out", "RFC 3261 section 21.5.5";
    VERSION_NOT_SUPPORTED = 505 "Version Not Supported", "RFC 3261 section 21.5.6";
    MESSAGE_TOO_LARGE = 513 "Message Too Large", "RFC 3261 section 21.5.7";
    PUSH_NOTIFICATION_SERVICE_NOT_SUPPORTED = 555 "Push Notification Service Not Supported", "RFC 8599 section 14.3";
    BUSY_EVERYWHERE = 600 "Busy Everywhere", "RFC 3261 section 21.6.1";
    DECLINE = 603 "Decline", "RFC 3261 section 21.6.2";
    DOES_NOT_EXIST_ANYWHERE = 604 "Does Not Exist Anywhere", "RFC 3261 section 21.6.3";
    NOT_ACCEPTABLE_ANYWHERE = 606 "Not Acceptable", "RFC 3261 section 21.6.4";
    UNWANTED = 607 "Unwanted", "RFC 8197 section 5";
    REJECTED = 608 "Rejected", "RFC 8688 section 3";
}

impl TryFrom<u16> for StatusCode {
    type Error = ParseError;

    /// As [`StatusCode::new`], for where an error is wanted:
    /// [`Rule::StatusCode`].
    fn try_from(code: u16) -> Result<Self, ParseError> {
        StatusCode::new(code).ok_or(ParseError {
            rule: Rule::StatusCode,
            header: None,
            position: Position::Value(0),
        })
    }
}

impl From<StatusCode> for u16 {
    fn from(status: StatusCode) -> u16 {
        status.code()
    }
}

impl StatusCode {
    /// The code, where it is one: 100 to 699.
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        match code {
            100..=699 => Some(StatusCode(code)),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// 1xx: the request is being worked on.
    #[must_use]
    pub const fn is_provisional(self) -> bool {
        self.0 < 200
    }

    /// 2xx to 6xx: no other answer comes.
    #[must_use]
    pub const fn is_final(self) -> bool {
        self.0 >= 200
    }

    /// 2xx: the request succeeded.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.0, 200..=299)
    }

    /// 3xx: try elsewhere.
    #[must_use]
    pub const fn is_redirection(self) -> bool {
        matches!(self.0, 300..=399)
    }

    /// 4xx: this server could not, and another might.
    #[must_use]
    pub const fn is_client_error(self) -> bool {
        matches!(self.0, 400..=499)
    }

    /// 5xx: the server failed.
    #[must_use]
    pub const fn is_server_error(self) -> bool {
        matches!(self.0, 500..=599)
    }

    /// 6xx: it will succeed nowhere.
    #[must_use]
    pub const fn is_global_failure(self) -> bool {
        self.0 >= 600
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.reason_phrase())
    }
}

impl fmt::Debug for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
