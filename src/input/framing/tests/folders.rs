//! Folders, and what the user says about what lies in them.

use super::*;
use crate::input::metadata::MetaTable;
use crate::input::metadata::name_pattern::NamePattern;
use crate::roles::mapping::RoleRule;

#[test]
fn folders_are_walked_in_byte_order_and_what_is_no_call_is_skipped() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &[u8]| {
        let at = folder.path().join(name);
        fs::create_dir_all(at.parent().expect("a parent")).expect("a folder");
        fs::write(at, text).expect("a file");
    };
    let call = b"Agent: Hello.\nCustomer: Hi.\n";
    let calls = ["a/b.txt", "a.txt", "a-b/c.txt", "B.txt", "readme-call-17.txt", "é.txt"];
    for name in calls {
        put(name, call);
    }
    for name in [
        ".hidden", "README.md", "b/readme.txt", "LICENSE-MIT", "b/License.txt", "x.toml", "x.wav", "x.PNG", "x.pdf",
        ".git/config",
    ] {
        put(name, call);
    }
    put("meta.csv", b"call_id,agent,queue\na,Jo,q\n");
    put("z/empty.txt", b"");
    put("z/cut.json", br#"{"turns":[{"speaker":"agent","text":"Hel"#);
    put("z/binary.txt", b"Agent: \0\x01 hello\nCustomer: \0\n");
    put("z/latin.txt", b"Agent: Hello \xe9.\nCustomer: Hi.\n");
    let (events, skipped) = files(&[folder.path()], ReadOptions::default());
    let sources: Vec<&str> = events.iter().map(|e| e.split('#').next().expect("a source")).collect();
    assert_eq!(
        sources,
        [
            "B.txt", "a-b/c.txt", "a.txt", "a/b.txt", "readme-call-17.txt", "z/binary.txt", "z/cut.json",
            "z/empty.txt", "z/latin.txt", "é.txt"
        ]
    );
    assert!(events[5].contains("NUL"), "{}", events[5]);
    assert!(events[6].contains("ends in the middle of a string, column 40"), "{}", events[6]);
    assert!(events[7].contains("is empty"), "{}", events[7]);
    assert!(events[8].contains("agent Hello é."), "{}", events[8]);
    assert_eq!(skipped.len(), 11, "{skipped:?}");
    let meta = skipped.iter().find(|s| s.path == "meta.csv").expect("the table");
    assert!(meta.why.contains("--meta"));
    // Named on the command line, everything is read.
    let (events, _) = files(&[&folder.path().join("README.md")], ReadOptions::default());
    assert!(events[0].contains("README plain-text"), "{events:?}");
    let (events, _) = files(&[&folder.path().join("meta.csv")], ReadOptions::default());
    assert!(events[0].contains("--meta"), "{events:?}");
}

#[test]
fn what_the_user_says_wins_over_the_file_and_the_file_over_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("k7_ben.txt"), "Agent (Jo): Hello.\nSarah: Hi.\nSarah: Yes.\nAgent (Jo): Bye.\n")
        .expect("a file");
    let options = ReadOptions {
        meta: Some(MetaTable::of(b"call,customer\nk7,Ann\n").expect("a table")),
        name_patterns: vec![NamePattern::parse("(?P<call>k\\d+)_(?P<agent>[a-z]+)").expect("a pattern")],
        roles: vec![RoleRule::parse("*.txt:Sarah=agent,Agent (Jo)=customer").expect("a mapping")],
        ..ReadOptions::default()
    };
    let options = Arc::new(options);
    let inputs = Inputs::resolve(&[folder.path().to_string_lossy().into_owned()]).expect("the folder");
    assert!(inputs.total_bytes().is_some_and(|n| n > 40));
    let (mut framer, mut batch) = (Framer::new(&inputs, Arc::clone(&options)), Batch::default());
    assert!(framer.next(&mut batch) && batch.bytes_read() > 40);
    let mut seen = 0;
    Decoder::new(options).decode(&batch, &mut |event| {
        let Event::Call { call, .. } = event else { panic!("a call") };
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.customer.as_deref()),
            ("k7", Some("Jo"), Some("Ann"))
        );
        assert_eq!((call.roles.how.as_str(), call.roles.confidence), ("mapped", 1.0));
        assert_eq!(call.speakers[1].role.as_str(), "agent");
        seen += 1;
    });
    assert_eq!(seen, 1);
}

#[cfg(unix)]
#[test]
fn links_to_folders_and_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let call = "Agent: Hello.\nCustomer: Hi.\n";
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).expect("a folder");
    fs::write(inside.join("a.txt"), call).expect("a file");
    std::os::unix::fs::symlink(&inside, folder.path().join("loop")).expect("a link");
    std::os::unix::fs::symlink(inside.join("a.txt"), folder.path().join("link.txt")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("gone.txt")).expect("a link");
    // Not every file system takes such a name.
    let odd_written = fs::write(&odd, call).is_ok();
    let (events, skipped) = files(&[folder.path()], ReadOptions::default());
    assert_eq!(events.len(), 3 + usize::from(odd_written), "{events:?}");
    assert!(events.iter().any(|e| e.starts_with("gone.txt#0 ! cannot be opened")), "{events:?}");
    assert!(events.iter().any(|e| e.starts_with("link.txt#0 link plain-text")), "{events:?}");
    assert_eq!(skipped.len(), 1);
    assert_eq!((skipped[0].path.as_str(), skipped[0].why.as_str()), ("loop", "a link to a folder"));
}

#[test]
fn parties_beside_their_transcripts_are_no_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let parties = r#"{"requestId":"r","calls":[{"metaData":{"id":"782"},"parties":[{"speakerId":"1","name":"Jo","affiliation":"Internal"}]}]}"#;
    let said = r#"{"requestId":"r","callTranscripts":[{"callId":"782","transcript":[{"speakerId":"1","sentences":[{"start":1,"end":2,"text":"Hi."}]},{"speakerId":"2","sentences":[{"start":3,"end":4,"text":"Hello."}]}]}]}"#;
    for (name, text) in [("parties.json", parties), ("transcripts.json", said)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let options =
        ReadOptions { meta: Some(MetaTable::of(parties.as_bytes()).expect("parties")), ..ReadOptions::default() };
    let (events, skipped) = files(&[folder.path()], options);
    assert_eq!(events.len(), 1, "{events:?}");
    assert!(skipped[0].why.contains("--meta"), "{skipped:?}");
    let (events, _) = files(&[&folder.path().join("parties.json")], ReadOptions::default());
    assert!(events[0].contains("--meta"), "{events:?}");
}
