//! The torture messages of RFC 4475 and RFC 5118, each with what its section
//! asks of a parser, and beside each a message of the project's own that
//! covers the same rules.
//!
//! The RFCs' messages are not part of this repository. They are looked for in
//! `$CALLWRIGHT_DATA`, else in `../shared/data` beside the workspace, as
//! `rfc4475/wsinv.dat` and so on; without them the own messages run alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

mod case;
mod facts;
mod rfc4475;
mod rfc4475_invalid;
mod rfc4475_upper_layers;
mod rfc5118;

use case::{Case, Decides, Folder};

fn rfc4475() -> Vec<Case> {
    let mut cases = rfc4475::valid();
    cases.extend(rfc4475_invalid::cases());
    cases.extend(rfc4475_upper_layers::cases());
    cases
}

#[test]
fn valid_messages_of_rfc_4475_are_read_with_their_values() {
    Folder::find("rfc4475").decide(&rfc4475::valid());
}

#[test]
fn invalid_messages_of_rfc_4475_are_refused_by_the_rule_they_break() {
    Folder::find("rfc4475").decide(&rfc4475_invalid::cases());
}

#[test]
fn messages_of_rfc_4475_for_upper_layers_reach_them_with_their_values() {
    Folder::find("rfc4475").decide(&rfc4475_upper_layers::cases());
}

#[test]
fn messages_of_rfc_5118_are_decided_as_their_sections_say() {
    Folder::find("rfc5118").decide(&rfc5118::cases());
    Folder::find("rfc5118/fixed-cl").decide(&rfc5118::corrected());
}

#[test]
fn the_tables_hold_every_message_of_the_folders_and_no_other() {
    let names = |cases: &[Case]| -> Vec<&str> {
        let mut names: Vec<&str> = cases.iter().map(|case| case.name).collect();
        names.sort_unstable();
        names
    };
    let (all, v6) = (names(&rfc4475()), names(&rfc5118::cases()));
    assert_eq!((all.len(), v6.len()), (50, 12));
    for (folder, names) in [
        ("rfc4475", all),
        ("rfc5118", v6),
        ("rfc5118/fixed-cl", names(&rfc5118::corrected())),
    ] {
        if let Some(files) = Folder::find(folder).names() {
            assert_eq!(names, files, "{folder}");
        }
    }
}

#[test]
fn what_a_parser_cannot_decide_says_who_does_and_why() {
    let cases = [rfc4475(), rfc5118::cases()].concat();
    for case in &cases {
        let upper = ["3.2", "3.3", "3.4"]
            .iter()
            .any(|section| case.section.starts_with(section));
        assert!(!case.why.is_empty(), "{}: no reason", case.name);
        assert_eq!(
            upper,
            case.decides != Decides::Parser,
            "{}: section {}",
            case.name,
            case.section
        );
    }
}
