//! What a batch holds of an input, and what it counts of it.

use super::*;

/// A worker writes many times what it reads of a small call, so what is in flight is bounded by records too.
#[test]
fn a_batch_of_small_records_is_a_small_batch() {
    let line = b"{\"turns\":[{\"speaker\":\"agent\",\"text\":\"Hi.\"}]}\n";
    let input = line.repeat(100_000);
    let size = Some(input.len() as u64);
    let mut stream = Stream::over(Box::new(io::Cursor::new(input)), "a", size);
    let (mut batch, mut most, mut all) = (Batch::default(), 0, 0);
    while stream.next(&mut batch, &ReadOptions::default()) {
        let records = memchr::memchr_iter(b'\n', &batch.chunk).count();
        (most, all) = (most.max(records), all + records);
        batch.clear();
    }
    assert_eq!(all, 100_000);
    assert!(most < 2_000, "{most}");
    // So is one of a packed file that seems small.
    let folder = tempfile::tempdir().expect("a folder");
    let many: String = (0..20_000u64)
        .map(|k| LINE.replace("Hi.", &format!("{:x}", k.wrapping_mul(0x9E37_79B9_7F4A_7C15))) + "\n")
        .collect();
    let packed = gz(many.as_bytes());
    assert!((1 << 17..1 << 20).contains(&packed.len()));
    fs::write(folder.path().join("a.jsonl.gz"), packed).expect("a file");
    let inputs = Inputs::resolve(&[folder.path()]).expect("the folder");
    let mut framer = Framer::new(&inputs, Arc::new(ReadOptions::default()));
    assert!(framer.next(&mut batch) && batch.files.is_empty());
    assert!(batch.chunk.len() < 1 << 18, "{}", batch.chunk.len());
}

#[test]
fn bytes_of_a_batch_are_those_on_disk() {
    let text: String = (0..40_000).map(|k| LINE.replace("Hi.", &k.to_string()) + "\n").collect();
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.clone().into_bytes(), gz(text.as_bytes()), gz(&wide), wide] {
        let size = bytes.len() as u64;
        let mut stream = Stream::over(Box::new(io::Cursor::new(bytes)), "a", Some(size));
        let (mut batch, mut sum, mut records) = (Batch::default(), 0, 0);
        while stream.next(&mut batch, &ReadOptions::default()) {
            sum += batch.bytes_read();
            records += memchr::memchr_iter(b'\n', &batch.chunk).count();
            batch.clear();
        }
        assert_eq!((sum, records), (size, 40_000));
    }
}
