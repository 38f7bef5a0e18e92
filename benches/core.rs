//! What the plain half costs, natively, on the documents of `cargo xtask bench`.
//!
//! `cargo bench` runs all, `cargo bench -- apply` those with that name. Edits and queries must cost
//! the same on each document; files, snapshots and recovery grow with it.

use std::hint::black_box;
use std::rc::Rc;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sourcier::edit::commands::annotate::annotate_span;
use sourcier::edit::commands::{CommandContext, Snap};
use sourcier::edit::derive::complete;
use sourcier::edit::editor::Editor;
use sourcier::edit::state::State;
use sourcier::edit::transaction::Transaction;
use sourcier::formats::json::{OpenContext, build, encode_file, read_file};
use sourcier::formats::schema_json::encode_schema;
use sourcier::formats::{Content, ExportOptions};
use sourcier::journal::record::{decode_record, encode_record};
use sourcier::journal::recover::recover;
use sourcier::journal::snapshot::{SnapshotWriter, read_snapshot};
use sourcier::model::ids::{AnnotatorId, IdSource, LabelId};
use sourcier::text::span::{TextOffset, TextSpan};
use sourcier::view_model::rows::{RowFilter, Rows};
use sourcier::view_model::sections::ArticleView;
use sourcier::view_model::segments::segments_of;
use sourcier_samples::{Kind, Random, Sample};

const KINDS: [(&str, Kind); 4] =
    [("100 kB", Kind::SMALL), ("1 MB", Kind::MIDDLE), ("3 MB", Kind::LARGE), ("paragraph", Kind::DENSE)];

/// As in `web/persist.rs`.
const CHUNK_LINES: usize = 150;
const TIME_MS: u64 = 1_644_501_787_250;

/// A document, opened.
struct Open {
    name: &'static str,
    json: String,
    state: State,
}

fn opened(json: &str) -> State {
    let file = read_file(json.as_bytes()).expect("the sample is a file of ours");
    let mut ids = IdSource::new(1);
    let context = OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("u-bench"), time_ms: TIME_MS };
    build(&file, None, context).expect("the file has its text").state
}

fn all() -> Vec<Open> {
    let open = |(name, kind): (&'static str, Kind)| {
        let json = Sample::new(kind).native_json();
        Open { name, state: opened(&json), json }
    };
    KINDS.into_iter().map(open).collect()
}

/// A new annotation somewhere in the text, as the key of a label makes it.
fn added(state: &State, random: &mut Random) -> Transaction {
    let text = &state.document.text;
    let mut place = TextOffset::new(random.below(text.len() - 20));
    while !text.is_char_boundary(place.to_usize())
        || text[place.to_usize()..].starts_with(char::is_whitespace)
    {
        place = TextOffset::new(place.to_usize() + 1);
    }
    let letter = text[place.to_usize()..].chars().next().map_or(1, char::len_utf8);
    let span = TextSpan::new(place, TextOffset::new(place.to_usize() + letter)).expect("a letter");
    let (mut ids, annotator) = (IdSource::new(random.below(1 << 40) as u64), AnnotatorId::from("u-bench"));
    let mut ctx =
        CommandContext { time_ms: TIME_MS, ids: &mut ids, annotator: &annotator, snap: Snap::Characters };
    let effect =
        annotate_span(state, &mut ctx, &LabelId::from("PERSON"), span).expect("the schema allows it");
    effect.transaction.expect("an edit")
}

fn edits(criterion: &mut Criterion) {
    let documents = all();
    let mut group = criterion.benchmark_group("edit");
    for Open { name, state, .. } in &documents {
        let mut random = Random::new(3);
        group.bench_function(BenchmarkId::new("command", name), |bencher| {
            bencher.iter(|| added(state, &mut random));
        });
        let transactions: Vec<Transaction> = (0..64).map(|_| added(state, &mut random)).collect();
        let mut turn = 0;
        group.bench_function(BenchmarkId::new("apply", name), |bencher| {
            bencher.iter(|| {
                turn = (turn + 1) % transactions.len();
                state.apply(&transactions[turn].edits).expect("it fits")
            });
        });
        group.bench_function(BenchmarkId::new("complete", name), |bencher| {
            bencher.iter_batched(
                || transactions[random.below(transactions.len())].edits.clone(),
                |edits| complete(state, edits, TIME_MS),
                BatchSize::SmallInput,
            );
        });
        let mut editor = Editor::new(state.clone());
        for transaction in &transactions {
            // Of two equal places the second is refused, and is not needed.
            let _ = editor.dispatch(transaction);
        }
        group.bench_function(BenchmarkId::new("undo", name), |bencher| {
            bencher.iter(|| editor.undo(TIME_MS).expect("something was done"));
        });
    }
    group.finish();
}

fn queries(criterion: &mut Criterion) {
    let documents = all();
    let mut group = criterion.benchmark_group("query");
    for Open { name, state, .. } in &documents {
        let blocks = state.document.index.blocks.blocks();
        let mut random = Random::new(4);
        group.bench_function(BenchmarkId::new("overlapping", name), |bencher| {
            bencher.iter(|| {
                let mut found = 0;
                let span = blocks[random.below(blocks.len())].span;
                state.annotations.overlapping(span, |_| found += 1);
                found
            });
        });
        group.bench_function(BenchmarkId::new("segments", name), |bencher| {
            bencher.iter(|| segments_of(state, blocks[random.below(blocks.len())].span));
        });
        let shared = Rc::new(state.clone());
        let filter = RowFilter { label: None, text: "pou".to_owned() };
        group.bench_function(BenchmarkId::new("filter", name), |bencher| {
            bencher.iter(|| Rows::new(shared.clone(), &filter).len());
        });
        group.bench_function(BenchmarkId::new("all sections", name), |bencher| {
            bencher.iter(|| {
                let mut view = ArticleView::new(state);
                for section in 0..view.section_count() {
                    view.fill(state, section);
                }
                view
            });
        });
    }
    group.finish();
}

fn files(criterion: &mut Criterion) {
    let documents = all();
    let mut group = criterion.benchmark_group("file");
    group.sample_size(10);
    let options = ExportOptions {
        content: Content::WithText,
        annotator_id: AnnotatorId::from("u-bench"),
        annotator_name: None,
    };
    for Open { name, json, state } in &documents {
        group.throughput(Throughput::Bytes(json.len() as u64));
        group.bench_function(BenchmarkId::new("read", name), |bencher| {
            bencher.iter(|| read_file(json.as_bytes()).expect("a file of ours"));
        });
        group.bench_function(BenchmarkId::new("open", name), |bencher| bencher.iter(|| opened(json)));
        group.bench_function(BenchmarkId::new("export", name), |bencher| {
            bencher.iter(|| encode_file(state, &options).expect("small enough"));
        });
    }
    group.finish();
}

fn journal(criterion: &mut Criterion) {
    let documents = all();
    let mut group = criterion.benchmark_group("journal");
    for Open { name, state, .. } in &documents {
        let transaction = added(state, &mut Random::new(5));
        let record = encode_record(1, &state.focus, &transaction);
        group.bench_function(BenchmarkId::new("encode", name), |bencher| {
            bencher.iter(|| encode_record(1, &state.focus, black_box(&transaction)));
        });
        group.bench_function(BenchmarkId::new("decode", name), |bencher| {
            bencher.iter(|| decode_record(black_box(&record)).expect("a record"));
        });
    }
    group.sample_size(10);
    for Open { name, state, .. } in &documents {
        let editor = Editor::new(state.clone());
        let schema = encode_schema(&state.schema).to_string();
        let mut writer = SnapshotWriter::new(&editor, &schema, 0);
        let chunks: Vec<String> = std::iter::from_fn(|| writer.next_chunk(CHUNK_LINES)).collect();
        group.bench_function(BenchmarkId::new("first chunk", name), |bencher| {
            bencher.iter(|| SnapshotWriter::new(&editor, &schema, 0).next_chunk(CHUNK_LINES));
        });
        group.bench_function(BenchmarkId::new("snapshot", name), |bencher| {
            bencher.iter(|| {
                let mut writer = SnapshotWriter::new(&editor, &schema, 0);
                std::iter::from_fn(|| writer.next_chunk(CHUNK_LINES)).map(|chunk| chunk.len()).sum::<usize>()
            });
        });
        group.bench_function(BenchmarkId::new("recover", name), |bencher| {
            bencher.iter(|| {
                let (parts, _) = read_snapshot(&chunks).expect("a snapshot");
                recover(state.document.clone(), state.schema.clone(), parts, &[]).expect("the same text")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, edits, queries, files, journal);
criterion_main!(benches);
