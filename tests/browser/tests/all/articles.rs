//! Articles in: saved web pages, what is pasted, folders.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{Bench, bench, visit};
use sourcier_browser_tests::page::{Page, Visit};

/// A page as a site has it, with all that must not happen when it is read. The names of its form stand
/// for properties that readers of documents use.
const PAGE: &str = r#"<!DOCTYPE html>
<!-- saved from url=(0031)http://example.invalid/saved -->
<html lang="fr"><head><meta charset="iso-8859-15"><title>Moscou soutient Nour-Soultan | Agence</title>
<base href="http://example.invalid/">
<meta property="og:title" content="Moscou soutient Nour-Soultan">
<meta http-equiv="refresh" content="0; url=http://example.invalid/refresh">
<link rel="stylesheet" href="http://example.invalid/style.css"><link rel="preload" as="image" href="http://example.invalid/preload.png">
<style>@import "http://example.invalid/import.css"; body { background: url(http://example.invalid/back.png) }</style>
<script>window.ran = "head"</script><script src="http://example.invalid/script.js"></script>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Moscou soutient Nour-Soultan", "author": {"name": "Ada L."}, "publisher": {"name": "Agence"},
"datePublished": "2022-02-10T18:30:00+03:00", "url": "https://example.org/article"}</script></head>
<body onload="window.ran = 'load'"><nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<form name="getElementsByTagName"><input name="parentNode"><input name="firstElementChild"></form>
<main><article><h1>Moscou soutient Nour-Soultan</h1>
<img src="http://example.invalid/image.png" srcset="http://example.invalid/set.png 2x" onerror="window.ran = 'image'">
<p style="background: url(http://example.invalid/style.png)">Le pr\xE9sident russe a r\xE9it\xE9r\xE9 jeudi son soutien \xE0 son homologue
   kazakh, lors de leur premi\xE8re rencontre depuis les \xE9meutes, pour 3 \xA4.</p>
<blockquote><p>Nous sommes aux c\xF4t\xE9s de nos amis, <b onclick="window.ran = 'click'">a-t-il dit</b>, et nous le resterons quoi qu'il arrive.</p></blockquote>
<iframe src="http://example.invalid/frame"></iframe><video src="http://example.invalid/video.mp4" autoplay></video>
<svg><script>window.ran = "svg"</script><image href="http://example.invalid/svg.png"/></svg>
<p>Plus de 200 personnes ont \xE9t\xE9 tu\xE9es dans ces troubles, d\xE9but\xE9s \xE0 cause d'une hausse du prix du carburant, selon les autorit\xE9s.</p>
<ul><li>Premier point de la d\xE9claration, avec quelques mots</li><li>Second point de la d\xE9claration, avec d'autres mots</li></ul>
<noscript><img src="http://example.invalid/noscript.png"></noscript></article></main>
<footer>Mentions l\xE9gales</footer></body></html>"#;

const ARTICLE: &str = "Moscou soutient Nour-Soultan\n\n\
    Le président russe a réitéré jeudi son soutien à son homologue kazakh, lors de leur première rencontre depuis \
    les émeutes, pour 3 €.\n\n\
    Nous sommes aux côtés de nos amis, a-t-il dit, et nous le resterons quoi qu'il arrive.\n\n\
    Plus de 200 personnes ont été tuées dans ces troubles, débutés à cause d'une hausse du prix du carburant, selon \
    les autorités.\n\n\
    Premier point de la déclaration, avec quelques mots\nSecond point de la déclaration, avec d'autres mots";

/// The bytes of the page: `\xE9` in it is that byte.
fn page_bytes() -> Vec<u8> {
    let mut pieces = PAGE.split("\\x");
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).expect("a byte"));
        bytes.extend(&piece.as_bytes()[2..]);
    }
    bytes
}

/// What Chromium says when it parses the page under our policy, though nothing would run: a note for each
/// handler, style and base address. A note on a request (`img-src`) would be a failure.
const NOTES: [&str; 6] =
    ["inline event handler", "inline style", "base-uri", "base URI", "script-src-attr", "style-src-elem"];

const DIALOG: &str = "document.querySelector('dialog[open] .import__documents')";

/// The form that the files were recognised as, and the text in the preview.
fn shown(page: &Page) -> (String, String) {
    page.wait_for(DIALOG);
    let form = page.text("document.querySelector('#import-format').value");
    let text = "(document.querySelector('.import__text')?.value ??
        document.querySelector('.import__documents pre')?.textContent)";
    (form, page.text(text))
}

/// Takes the one article, and waits until it is the open document.
fn take(page: &Page) {
    let before = page.exported()["document"]["id"].take();
    page.click("dialog[open] .button--main");
    page.wait_for("!document.querySelector('dialog')");
    page.wait("the article is open", || page.exported()["document"]["id"] != before);
}

#[test]
fn a_saved_page_becomes_an_article_and_nothing_of_it_runs() {
    bench(|bench| {
        fs::create_dir_all(bench.profile()).expect("a folder");
        let path = bench.profile().join("page.html");
        fs::write(&path, page_bytes()).expect("a file");
        let page = bench.visit(&Visit::default());
        page.expect_complaints(&NOTES);
        page.choose_file("input[type=file]", &path);
        assert_eq!(shown(&page), ("page".to_owned(), ARTICLE.to_owned()));
        let fields = page.text("document.querySelector('.import__fields').textContent");
        for value in ["Ada L.", "2022-02-10", "https://example.org/article"] {
            assert!(fields.contains(value), "{value} in {fields}");
        }
        page.screenshot("import-page");
        // The whole page instead, and back.
        choose_form(&page, "page-whole");
        page.wait("all of it is there", || shown(&page).1.ends_with("Mentions légales"));
        assert!(shown(&page).1.starts_with("Accueil\nMonde\n\nMoscou soutient"), "{}", shown(&page).1);
        choose_form(&page, "page");
        page.wait("the article is there", || shown(&page).1 == ARTICLE);
        take(&page);
        let document = &page.exported()["document"];
        assert_eq!(document["text"], ARTICLE);
        let fields = json!({
            "headline": "Moscou soutient Nour-Soultan", "author": "Ada L.", "agency": "Agence",
            "date_published": "2022-02-10", "url": "https://example.org/article", "language": "fr",
        });
        for (key, value) in fields.as_object().into_iter().flatten() {
            assert_eq!(&document["fields"][key], value, "{key}");
        }
        assert!(!page.is("window.ran"), "a script of the page ran");
        let own_files: BTreeSet<String> = fs::read_dir(&bench.config.dist)
            .expect("the release")
            .flatten()
            .map(|file| format!("/{}", file.file_name().to_string_lossy()))
            .chain(["/".to_owned()])
            .collect();
        for request in bench.requests() {
            assert!(own_files.contains(&request.target), "{request:?}");
        }
    });
}

/// A page with all that is shown as structure, and with links that must not be followed or would run.
const STRUCTURED_PAGE: &str = r##"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Structure</title>
<link rel="canonical" href="http://example.invalid/monde/article"><script>window.ran = 1</script></head><body>
<nav><ul><li><a href="/">Accueil</a></li></ul></nav><main><article><h1>Moscou soutient Nour-Soultan</h1>
<p>Le président russe a réitéré jeudi son <a href="../soutien?a=1&amp;b" onclick="window.ran = 2">soutien
  à son homologue</a> kazakh, lors de leur <a href="javascript:window.ran=3">première</a> rencontre
  depuis <a href="#note">les émeutes</a>, pour 3 €.</p><script>window.ran = 4</script>
<h2>Une affaire <em>interne</em></h2>
<blockquote><p>Nous sommes aux côtés de nos amis, a-t-il dit, et nous le resterons quoi qu'il arrive.</p>
<p>Nous le resterons longtemps, a-t-il ajouté devant la presse réunie au Kremlin.</p></blockquote>
<ul><li>Premier point de la déclaration, avec quelques mots<ol><li>Un point intérieur</li>
<li><p>Un autre point intérieur</p></li></ol></li><li>Second point, avec <b>d'autres mots</b></li></ul>
<p>Plus de 200 personnes ont été tuées dans ces troubles, débutés à cause d'une hausse du prix du carburant.</p>
</article></main></body></html>"##;

/// The parts of the structure, each with its words.
const PARTS: [&str; 8] = [
    "quote: Nous sommes aux côtés de nos amis, a-t-il dit, et nous le resterons quoi qu'il arrive.|\
        |Nous le resterons longtemps, a-t-il ajouté devant la presse réunie au Kremlin.",
    "heading 1: Moscou soutient Nour-Soultan",
    "heading 2: Une affaire interne",
    "item 1: Premier point de la déclaration, avec quelques mots",
    "item 2 #1: Un point intérieur",
    "item 2 #2: Un autre point intérieur",
    "item 1: Second point, avec d'autres mots",
    "link http://example.invalid/soutien?a=1&b: soutien à son homologue",
];

fn parts(page: &Page) -> Vec<String> {
    let document = page.exported()["document"].take();
    let text: Vec<char> = document["text"].as_str().unwrap_or_default().chars().collect();
    let number = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    let drawn = |part: &Value| {
        let words: String = text[number(&part["start"])..number(&part["end"])].iter().collect();
        let level = part["level"].as_u64().map(|level| format!(" {level}")).unwrap_or_default();
        let item = part["number"].as_u64().map(|number| format!(" #{number}")).unwrap_or_default();
        let address = part["address"].as_str().map(|address| format!(" {address}")).unwrap_or_default();
        format!(
            "{}{level}{item}{address}: {}",
            part["kind"].as_str().unwrap_or_default(),
            words.replace('\n', "|")
        )
    };
    document["structure"].as_array().into_iter().flatten().map(drawn).collect()
}

/// Each block as it is set: its role and level, its classes, its bullet, the first of its words.
const SHOWN: &str = "[...document.querySelectorAll('[data-block]')].map((block) => [
    block.getAttribute('aria-level') ?? '',
    [...block.classList].map((name) => name.split('--')[1]).filter(Boolean).join(' '),
    block.querySelector('.bullet')?.dataset.bullet ?? '',
    block.textContent.trim().split(' ').slice(0, 2).join(' ')].join('/'))";

/// A visit on which the structured page was chosen; it is about to be shown.
fn visit_with_structure(bench: &Bench) -> Page {
    fs::create_dir_all(bench.profile()).expect("a folder");
    let path = bench.profile().join("page.html");
    fs::write(&path, STRUCTURED_PAGE).expect("a file");
    let page = bench.visit(&Visit::default());
    page.expect_complaints(&NOTES);
    page.choose_file("input[type=file]", &path);
    page
}

#[test]
fn the_structure_of_a_page_is_shown_and_no_link_of_it_is_followed() {
    bench(|bench| {
        let page = visit_with_structure(bench);
        assert_eq!(shown(&page).0, "page");
        take(&page);
        assert_eq!(parts(&page), PARTS);
        let blocks = json!([
            "1/heading h1//Moscou soutient",
            "///Le président",
            "2/heading h2//Une affaire",
            "/quote goes-on//Nous sommes",
            "/quote//Nous le",
            "/item goes-on/•/Premier point",
            "/item goes-on/1./Un point",
            "/item goes-on/2./Un autre",
            "/item/•/Second point,",
            "///Plus de",
        ]);
        assert_eq!(page.script(SHOWN), blocks);
        page.screenshot("structure");
        // The text nodes of the article are the text, and nothing else is in them.
        let text = page.text(
            "[...document.querySelectorAll('[data-block]')].map((block) => block.textContent).join('')",
        );
        let whole = page.exported()["document"]["text"].as_str().unwrap_or_default().replace("\n\n", "");
        assert_eq!(text, whole);
        // Marks move no word, also where they cut a link, a heading and an item.
        let before = page.word_places();
        for (words, key) in
            [("son soutien", "c"), ("affaire interne", "q"), ("Premier point", "a"), ("Un autre", "p")]
        {
            page.drag_over(words);
            page.press(&[key]);
        }
        page.press(&["Escape", "Escape"]);
        let after = page.word_places();
        assert_eq!(before.len(), after.len());
        for (old, new) in before.iter().zip(&after) {
            let is_near = |(old, new): (&[f64; 4], &[f64; 4])| {
                old.iter().zip(new).all(|(old, new)| (old - new).abs() < 0.1)
            };
            assert!(old.rects.iter().zip(&new.rects).all(is_near), "it moved: {old:?}\n{new:?}");
        }
        assert_eq!(page.annotations().len(), 4);
        assert_eq!(
            page.text("document.querySelector('mark.link').title"),
            "http://example.invalid/soutien?a=1&b"
        );
        // A click on a link is a click on its words.
        let address = page.text("location.href");
        page.click_on("à son homologue");
        page.wait_frames();
        assert_eq!(page.text("location.href"), address);
        assert!(!page.is("window.ran"), "a script of the page ran");
        // It is stored with the work.
        page.wait_saved();
        page.reload();
        assert_eq!((page.script(SHOWN), parts(&page)), (blocks, PARTS.map(str::to_owned).to_vec()));
        for request in bench.requests() {
            assert!(!request.target.contains("soutien"), "{request:?}");
        }
    });
}

#[test]
fn what_an_edit_of_the_preview_leaves_of_the_structure_stays() {
    bench(|bench| {
        let page = visit_with_structure(bench);
        page.wait_for(DIALOG);
        page.script(
            "(() => {
                const field = document.querySelector('.import__text');
                field.value = field.value.replace('jeudi son soutien à son homologue', 'hier 😀');
                field.dispatchEvent(new Event('input', { bubbles: true }));
            })()",
        );
        take(&page);
        // Only the link lost its words.
        let expected: Vec<&str> = PARTS.into_iter().filter(|part| !part.starts_with("link")).collect();
        assert_eq!(parts(&page), expected);
    });
}

fn choose_form(page: &Page, form: &str) {
    page.script_with(
        "((form) => {
            const select = document.querySelector('#import-format');
            select.value = form;
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })(arguments[0])",
        json!([form]),
    );
}

/// Pastes what the clipboard has of each type.
fn paste(page: &Page, target: &str, data: &[(&str, &str)]) {
    page.script_with(
        "((target, data) => {
            const clipboardData = new DataTransfer();
            for (const [type, text] of data) clipboardData.setData(type, text);
            const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
            document.querySelector(target).dispatchEvent(event);
        })(arguments[0], arguments[1])",
        json!([target, data]),
    );
}

#[test]
fn a_pasted_text_is_kept_exactly() {
    visit(|page| {
        let text = "Moscou, le 10 février\r\n\r\n\u{a0}« Non »\t,  dit-il.\r\nFin 😀 e\u{301}\r\n";
        let html = "<meta charset='utf-8'><span style='color: red'>Moscou</span>, le 10 février";
        paste(page, "body", &[("text/plain", text), ("text/html", html)]);
        page.wait_for(DIALOG);
        assert_eq!(shown(page).0, "text");
        take(page);
        let document = &page.exported()["document"];
        assert_eq!(document["text"], text);
        let title = document["fields"]["title"].as_str().unwrap_or_default();
        assert!(title.starts_with("Moscou, le 10 février"), "{title}");
        // In a field it is the field's.
        page.press(&["Ctrl+k"]);
        page.wait_for("document.querySelector('dialog[open] input')");
        paste(page, "dialog[open] input", &[("text/plain", "autre")]);
        page.wait_frames();
        assert!(!page.is(DIALOG));
    });
}

#[test]
fn pasted_rich_text_has_its_paragraphs() {
    visit(|page| {
        page.expect_complaints(&NOTES);
        let html = "<html><body><!--StartFragment--><h2>Titre</h2><p>Un <b>deux</b>\n trois<br>quatre</p>
            <ul><li>a</li><li>b</li></ul><img src='http://example.invalid/x.png' onerror='window.ran = 1'>
            <script>window.ran = 2</script><!--EndFragment--></body></html>";
        paste(page, "body", &[("text/plain", "Titre\r\nplain"), ("text/html", html)]);
        let text = "Titre\n\nUn deux trois\nquatre\n\na\nb";
        assert_eq!(shown(page), ("page-whole".to_owned(), text.to_owned()));
        choose_form(page, "text");
        page.wait("the plain text is there", || shown(page).1 == "Titre\nplain");
        take(page);
        assert_eq!(page.exported()["document"]["text"], "Titre\r\nplain");
        assert!(!page.is("window.ran"), "a script ran");
    });
}

#[test]
fn a_dropped_folder_gives_all_its_files() {
    visit(|page| {
        // What a browser hands over of a folder: some entries at a time, and none at the end.
        let found = page.script_later(
            "(() => {
                const file = (path) => ({ isFile: true, fullPath: path, file: (done) => done(new File(['x'], path)) });
                const folder = (path, inside) => ({ isFile: false, createReader: () => ({
                    readEntries: (done) => done(inside.splice(0, 2)) }) });
                const items = [folder('/a', [file('/a/1.txt'), file('/a/2.txt'), folder('/a/b', [file('/a/b/3.txt')])]),
                    file('/4.txt')].map((entry) => ({ webkitGetAsEntry: () => entry }));
                return sourcierDropped({ items })
                    .then((files) => files.map((file) => file.sourcierPath));
            })()",
        );
        assert_eq!(found, json!(["a/1.txt", "a/2.txt", "a/b/3.txt", "4.txt"]));
        page.script(
            "(() => {
                const dataTransfer = new DataTransfer();
                for (const name of ['un', 'deux']) dataTransfer.items.add(new File([`Texte ${name}`], `${name}.txt`));
                document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
            })()",
        );
        page.wait_for(DIALOG);
        page.expect(json!(["un", "deux"]), || {
            page.script(
                "[...document.querySelectorAll('.import__documents li b')].map((title) => title.textContent)",
            )
        });
    });
}

#[test]
fn a_chosen_folder_gives_all_its_files() {
    bench(|bench| {
        let folder = bench.profile().join("articles");
        fs::create_dir_all(folder.join("mars")).expect("a folder");
        fs::write(folder.join("un.txt"), "Texte un").expect("a file");
        fs::write(folder.join("mars/deux.html"), page_bytes()).expect("a file");
        let page = bench.visit(&Visit::default());
        page.expect_complaints(&NOTES);
        page.click(".header__document");
        page.wait_for("document.querySelector('dialog[open] .documents')");
        page.choose_file("dialog[open] input[webkitdirectory]", &folder);
        page.wait_for(DIALOG);
        page.expect(json!(["Moscou soutient Nour-Soultan", "un"]), || {
            page.script(
                "[...document.querySelectorAll('.import__documents li b')].map((title) => title.textContent).sort()",
            )
        });
        page.click("dialog[open] .button--main");
        page.wait_for(
            "document.querySelector('dialog[open]') && !document.querySelector('.import__documents')",
        );
    });
}

#[test]
fn the_single_file_reads_web_pages_too() {
    bench(|bench| {
        fs::create_dir_all(bench.profile()).expect("a folder");
        let path = bench.profile().join("page.html");
        fs::write(&path, page_bytes()).expect("a file");
        let single_file = bench.config.dist.join("sourcier.html").canonicalize().expect("the single file");
        let page = bench.start(&Visit::default());
        page.expect_complaints(&NOTES);
        page.open(&format!("file://{}", single_file.display()));
        page.choose_file("input[type=file]", &path);
        assert_eq!(shown(&page), ("page".to_owned(), ARTICLE.to_owned()));
        take(&page);
        assert_eq!(page.exported()["document"]["text"], ARTICLE);
        assert!(!page.is("window.ran"), "a script of the page ran");
        assert_eq!(bench.requests(), []);
    });
}

#[test]
fn a_text_is_pasted_without_a_key_for_it() {
    visit(|page| {
        let open = || {
            page.ask_for("Coller un texte");
            page.wait_for("document.activeElement.id === 'paste-text'");
        };
        open();
        paste(page, "#paste-text", &[("text/plain", "Un\r\ntexte.")]);
        page.wait_for(DIALOG);
        take(page);
        assert_eq!(page.exported()["document"]["text"], "Un\r\ntexte.");
        // Or typed, which is no command letter by letter.
        open();
        page.type_text("Pas un texte.");
        page.click("dialog .button--main");
        page.wait_for(DIALOG);
        take(page);
        assert_eq!(page.exported()["document"]["text"], "Pas un texte.");
    });
}
