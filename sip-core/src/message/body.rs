//! Where a message's body lies.

use bytes::Bytes;

/// The body: part of what was received, or given anew.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Where it begins and ends in what was received.
    Received(u32, u32),
    Given(Bytes),
}

impl Body {
    pub(super) const NONE: Body = Body::Received(0, 0);

    pub(super) fn octets<'m>(&'m self, received: &'m Bytes) -> &'m [u8] {
        match self {
            Body::Received(start, end) => received
                .get(*start as usize..*end as usize)
                .unwrap_or_default(),
            Body::Given(body) => body,
        }
    }

    pub(super) fn share(&self, received: &Bytes) -> Bytes {
        match self {
            Body::Received(..) => received.slice_ref(self.octets(received)),
            Body::Given(body) => body.clone(),
        }
    }
}
