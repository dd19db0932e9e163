//! Messages on a stream: TCP, TLS (RFC 3261 section 18.3).

use bytes::{Buf, Bytes, BytesMut};

use super::malformed;
use super::parse::{self, Head};
use super::{KeepAlive, Malformed, Message};
use crate::header::HeaderName;
use crate::{Limit, ParseConfig, ParseError, Rule};

/// Divides a stream into messages (RFC 3261 section 18.3) and keep-alives
/// (RFC 5626 section 4.4.1).
///
/// Feed it what arrives with [`push`](Self::push), however it is cut, and take
/// frames with [`next_frame`](Self::next_frame) until there is none: then more
/// must arrive. It holds no more than one message and what was pushed behind
/// it, and looks at each octet a bounded number of times however small the
/// pieces are.
///
/// After an error of `next_frame` the stream is lost: where the next message
/// would begin is not known. Answer if the error allows it, and close.
///
/// ```
/// use sip_core::{Frame, KeepAlive, ParseConfig, StreamParser};
/// let mut stream = StreamParser::new(ParseConfig::DEFAULT);
/// stream.push(b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r");
/// assert!(stream.next_frame()?.is_none());
/// stream.push(b"\nhi\r\n\r\n");
/// assert!(matches!(stream.next_frame()?, Some(Frame::Message(message)) if message.body() == b"hi"));
/// assert!(matches!(stream.next_frame()?, Some(Frame::KeepAlive(KeepAlive::Pong))));
/// assert!(matches!(stream.next_frame()?, Some(Frame::KeepAlive(KeepAlive::Ping))));
/// assert!(stream.next_frame()?.is_none());
/// # Ok::<(), sip_core::Malformed>(())
/// ```
#[derive(Debug)]
pub struct StreamParser {
    config: ParseConfig,
    buffer: BytesMut,
    state: State,
    /// The last frame was a single CRLF.
    half_ping: bool,
}

#[derive(Debug)]
enum State {
    /// In the header fields; no empty line ends before this octet.
    Head { searched: usize },
    /// The head is read; the message is complete at this length.
    Body {
        head: Result<Head, Box<ParseError>>,
        length: usize,
    },
    /// Nothing can be read any more.
    Lost(ParseError),
}

/// For how many octets of a body that are yet to come there is room made.
const RESERVED_AT_ONCE: usize = 16 * 1024;

const START: State = State::Head { searched: 0 };

/// What stands on a stream (RFC 3261 section 18.3).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Frame {
    /// A message.
    Message(Message),
    /// A sign of life; a ping wants a pong (RFC 5626 section 4.4.1). The first
    /// half of a ping is all that a pong is, and is given as one at once; the
    /// ping follows with its second half.
    KeepAlive(KeepAlive),
    /// A message with a fault that does not hide where it ends: the stream
    /// goes on behind it.
    Malformed(Malformed),
}

impl StreamParser {
    /// Nothing has arrived yet.
    #[must_use]
    pub fn new(config: ParseConfig) -> Self {
        StreamParser {
            config,
            buffer: BytesMut::new(),
            state: START,
            half_ping: false,
        }
    }

    /// Adds octets that arrived.
    pub fn push(&mut self, octets: &[u8]) {
        if !matches!(self.state, State::Lost(_)) {
            self.buffer.extend_from_slice(octets);
        }
    }

    /// How many octets have arrived that no frame has taken yet.
    #[must_use]
    pub fn buffered(&self) -> usize {
        self.buffer.len()
    }

    /// The next frame, if it has arrived whole.
    ///
    /// # Errors
    /// Where the stream cannot be divided any further: a message over the
    /// limit, or one whose Content-Length is missing or unsound.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, Malformed> {
        if let State::Head { searched } = self.state {
            if searched == 0
                && let Some(keep_alive) = self.keep_alive()
            {
                return Ok(Some(Frame::KeepAlive(keep_alive)));
            }
            if !self.read_head(searched)? {
                return Ok(None);
            }
        }
        match &self.state {
            State::Lost(error) => Err(Malformed::from(error.clone())),
            State::Body { length, .. } if self.buffer.len() >= *length => Ok(self.take_message()),
            _ => Ok(None),
        }
    }

    /// Takes an empty line before a start line.
    fn keep_alive(&mut self) -> Option<KeepAlive> {
        let length = match &*self.buffer {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] if self.config.leniency.bare_lf => 1,
            _ => return None,
        };
        self.buffer.advance(length);
        self.half_ping = !self.half_ping;
        Some(if self.half_ping {
            KeepAlive::Pong
        } else {
            KeepAlive::Ping
        })
    }

    /// Says that the stream has ended, once `next_frame` gives no more.
    ///
    /// # Errors
    /// Where it ended within a message: [`Rule::HeaderEnd`] in its head,
    /// [`Rule::ContentLength`] in its body; and the error by which it was lost.
    pub fn finish(self) -> Result<(), ParseError> {
        let received = self.buffer.len();
        match self.state {
            State::Lost(error) => Err(error),
            State::Body { .. } => Err(ParseError::at(Rule::ContentLength, received)),
            State::Head { .. } if received > 0 => Err(ParseError::at(Rule::HeaderEnd, received)),
            State::Head { .. } => Ok(()),
        }
    }

    /// Looks for the end of the head from `searched` on, and reads it.
    fn read_head(&mut self, searched: usize) -> Result<bool, Malformed> {
        let limit = self.config.limits.message as usize;
        let head_end = find_head_end(&self.buffer, searched, &self.config);
        // A head that arrived in one piece is judged as one that did not.
        if head_end.unwrap_or(self.buffer.len()) > limit {
            return Err(self.lose(ParseError::at(Rule::Limit(Limit::Message), limit), limit));
        }
        let Some(head_end) = head_end else {
            // The last octets may be the beginning of the end.
            let searched = self.buffer.len().saturating_sub(3).max(searched);
            self.state = State::Head { searched };
            return Ok(false);
        };
        let octets = self.buffer.get(..head_end).unwrap_or_default();
        let read = parse::head(octets, 0, &self.config, None);
        let content_length = match &read {
            Ok(head) => head.content_length(),
            Err(_) => {
                let mut faults = Vec::new();
                let head = parse::head(octets, 0, &self.config, Some(&mut faults)).ok();
                // Of two lengths neither is to be trusted, nor one that others
                // may follow, behind the last line that was read.
                let sound = |fault: &ParseError| {
                    fault.header != Some(HeaderName::CONTENT_LENGTH)
                        && fault.rule != Rule::Limit(Limit::Headers)
                };
                let all_seen = faults.len() <= self.config.limits.headers as usize;
                head.filter(|_| all_seen && faults.iter().all(sound))
                    .and_then(|head| head.content_length())
            }
        };
        let Some(body_length) = content_length else {
            let error = read
                .err()
                .unwrap_or(ParseError::at(Rule::NoContentLength, head_end));
            return Err(self.lose(error, head_end));
        };
        let length = head_end.saturating_add(body_length);
        if length > limit {
            return Err(self.lose(ParseError::at(Rule::Limit(Limit::Message), limit), head_end));
        }
        // A length that was said costs nothing before the octets are there.
        let missing = length.saturating_sub(self.buffer.len());
        self.buffer.reserve(missing.min(RESERVED_AT_ONCE));
        self.state = State::Body {
            head: read.map_err(Box::new),
            length,
        };
        Ok(true)
    }

    /// Gives up the stream; the head that ends before `end` may still be
    /// answered. What has arrived behind it by chance makes no difference.
    #[cold]
    fn lose(&mut self, error: ParseError, end: usize) -> Malformed {
        let mut octets = std::mem::take(&mut self.buffer);
        octets.truncate(end);
        let octets = octets.freeze();
        self.state = State::Lost(error.clone());
        malformed::salvage(octets, error, &self.config)
    }

    fn take_message(&mut self) -> Option<Frame> {
        let State::Body { head, length } = std::mem::replace(&mut self.state, START) else {
            return None;
        };
        self.half_ping = false;
        let octets: Bytes = self.buffer.split_to(length).freeze();
        Some(match head {
            Ok(head) => Frame::Message(head.into_message(octets, length, &self.config)),
            Err(error) => Frame::Malformed(malformed::salvage(octets, *error, &self.config)),
        })
    }
}

/// Behind the first empty line that ends at or after `from`.
fn find_head_end(octets: &[u8], from: usize, config: &ParseConfig) -> Option<usize> {
    let rest = octets.get(from..)?;
    for line_end in memchr::memchr_iter(b'\n', rest) {
        let behind = rest.get(line_end.saturating_add(1)..)?;
        let empty = match behind {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] if config.leniency.bare_lf => 1,
            _ => continue,
        };
        return Some(
            from.saturating_add(line_end)
                .saturating_add(1)
                .saturating_add(empty),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_ends_soundly_between_two_messages_alone() {
        let end = |octets: &[u8]| {
            let mut stream = StreamParser::new(ParseConfig::DEFAULT);
            stream.push(octets);
            while let Ok(Some(_)) = stream.next_frame() {}
            stream.finish().map_err(|error| error.rule)
        };
        let whole = b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r\nhi";
        assert_eq!(end(b""), Ok(()));
        assert_eq!(end(whole), Ok(()));
        assert_eq!(end(b"\r\n\r\n"), Ok(()));
        assert_eq!(end(&whole[..whole.len() - 1]), Err(Rule::ContentLength));
        assert_eq!(end(&whole[..whole.len() - 4]), Err(Rule::HeaderEnd));
        assert_eq!(
            end(b"BYE sip:a@b SIP/2.0\r\n\r\n"),
            Err(Rule::NoContentLength)
        );
    }

    fn first_error(config: ParseConfig, pieces: impl Iterator<Item = &'static [u8]>) -> Malformed {
        let mut stream = StreamParser::new(config);
        for piece in pieces {
            stream.push(piece);
            if let Err(malformed) = stream.next_frame() {
                return malformed;
            }
        }
        panic!("the stream goes on");
    }

    #[test]
    fn a_head_over_the_limit_is_the_same_error_however_it_is_cut() {
        let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nno header\r\nX: 123456789\r\n\r\n";
        let mut config = ParseConfig::DEFAULT;
        config.limits.message = 40;
        let whole = first_error(config, std::iter::once(octets));
        assert_eq!(whole.error().rule, Rule::Limit(Limit::Message));
        let cut = first_error(config, octets.chunks(1));
        assert_eq!(cut.error(), whole.error());
    }

    #[test]
    fn the_answer_to_a_lost_stream_is_the_same_however_it_is_cut() {
        let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0
Via: SIP/2.0/TCP c

\
            BYE sip:a@b SIP/2.0
From: sip:c@d

";
        let whole = first_error(ParseConfig::DEFAULT, std::iter::once(octets));
        assert_eq!(whole.error().rule, Rule::NoContentLength);
        assert_eq!(whole.salvage().unwrap().body(), b"");
        let cut = first_error(ParseConfig::DEFAULT, octets.chunks(1));
        assert_eq!(format!("{cut:?}"), format!("{whole:?}"));
    }

    #[test]
    fn a_length_that_was_said_takes_no_room_before_the_octets_are_there() {
        let mut config = ParseConfig::DEFAULT;
        config.limits.message = u32::MAX;
        let mut stream = StreamParser::new(config);
        stream.push(b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 1000000000\r\n\r\n");
        assert!(matches!(stream.next_frame(), Ok(None)));
        assert!(stream.buffer.capacity() < 100_000);
        stream.push(&[b'x'; 100_000]);
        assert!(matches!(stream.next_frame(), Ok(None)));
        assert_eq!(stream.buffered(), 100_055);
    }
}
