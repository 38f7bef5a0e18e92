//! The colours and lines of the schema's labels, as one constructed style sheet. No label
//! colour is ever written into an element, so that the page can forbid inline styles.

use std::cell::RefCell;
use std::fmt::Write as _;

use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

use crate::model::schema::{Family, LineStyle, Schema};
use crate::view_model::color::{Theme, mark_colors};
use crate::view_model::segments::LANES_MAX;
use crate::web::dom;

/// A style sheet of the page that this program writes.
pub struct LabelSheet {
    sheet: Option<CssStyleSheet>,
    /// What is in it: the same again would have the browser look at every mark.
    css: RefCell<String>,
}

impl LabelSheet {
    /// An empty sheet, adopted by the page.
    pub fn new() -> LabelSheet {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // Not in web_sys: `document.adoptedStyleSheets.push(sheet)`.
            let adopted = js_sys::Reflect::get(&dom::document(), &"adoptedStyleSheets".into());
            if let Some(adopted) = adopted.ok().and_then(|adopted| adopted.dyn_into::<js_sys::Array>().ok()) {
                adopted.push(sheet);
            }
        }
        LabelSheet { sheet, css: RefCell::default() }
    }

    /// Writes the rules of a schema for a theme.
    pub fn show(&self, schema: &Schema, theme: Theme) {
        self.replace(&rules(schema, theme));
    }

    /// Writes the rules of the samples of a draft, and of colours that are offered for a label.
    pub fn show_draft(&self, schema: &Schema, offers: &[String], family: Family, theme: Theme) {
        let mut css = String::new();
        for (idx, label) in schema.labels.iter().enumerate() {
            let family = schema.group(&label.group).map_or(Family::Underline, |group| group.family);
            sample_rule(&mut css, &format!("dr-{idx}"), (&label.color, family, label.line), theme);
        }
        for (idx, offer) in offers.iter().enumerate() {
            sample_rule(&mut css, &format!("of-{idx}"), (offer, family, LineStyle::Solid), theme);
        }
        self.replace(&css);
    }

    /// Fades the marks in the article of all labels but those that a link could end at, and the
    /// chosen annotation. `None` fades none.
    pub fn fade(&self, schema: &Schema, theme: Theme, linkable: Option<&[bool]>) {
        self.replace(&linkable.map_or_else(String::new, |linkable| fading_rules(schema, theme, linkable)));
    }

    fn replace(&self, css: &str) {
        // Not in web_sys: `sheet.replaceSync(css)`.
        let Some(sheet) = self.sheet.as_ref().filter(|_| *self.css.borrow() != css) else { return };
        *self.css.borrow_mut() = css.to_string();
        let replace = js_sys::Reflect::get(sheet, &"replaceSync".into());
        if let Some(replace) = replace.ok().and_then(|replace| replace.dyn_into::<js_sys::Function>().ok()) {
            let _ = replace.call1(sheet, &css.into());
        }
    }
}

impl Default for LabelSheet {
    fn default() -> Self {
        LabelSheet::new()
    }
}

/// The rules: for each label its fill, line and pattern as variables of the root; for each
/// label and lane a class that hands them to the mark.
fn rules(schema: &Schema, theme: Theme) -> String {
    let mut css = format!(":root{{{}}}", variables(schema, theme));
    let _ = write!(css, "@media print{{:root{{{}}}}}", variables(schema, Theme::Light));
    let _ = write!(css, "@media (forced-colors:active){{:root{{{}}}}}", forced_variables(schema));
    for idx in 0..schema.labels.len() {
        lane_rules(&mut css, &idx.to_string());
    }
    lane_rules(&mut css, "x");
    css
}

fn variables(schema: &Schema, theme: Theme) -> String {
    let mut css = String::new();
    for (idx, label) in schema.labels.iter().enumerate() {
        let family = schema.group(&label.group).map_or(Family::Underline, |group| group.family);
        let colors = mark_colors(&label.color, family, theme);
        let (image, size) = pattern(label.line, &colors.line);
        let _ = write!(
            css,
            "--f{idx}:{};--l{idx}:{};--p{idx}:{image};--z{idx}:{size};",
            colors.fill, colors.line
        );
    }
    // A label that the schema does not have: grey.
    let grey = mark_colors("#808080", Family::Underline, theme);
    let (image, size) = pattern(LineStyle::Dotted, &grey.line);
    let _ = write!(css, "--fx:{};--lx:{};--px:{image};--zx:{size};", grey.fill, grey.line);
    css
}

/// Labels that a link cannot end at keep a hairline.
fn fading_rules(schema: &Schema, theme: Theme, linkable: &[bool]) -> String {
    let mut css = String::from(".page{");
    for (idx, _) in linkable.iter().enumerate().filter(|(_, is_linkable)| !**is_linkable) {
        let _ = write!(
            css,
            "--f{idx}:transparent;--l{idx}:var(--color-line);\
             --p{idx}:linear-gradient(var(--color-line),var(--color-line));--z{idx}:4px 1px;"
        );
    }
    let _ = write!(css, "--fx:transparent;--px:none}}.page .on{{{}}}", variables(schema, theme));
    css
}

/// The class of a sample that stands for itself, not for a label of the schema on the page.
fn sample_rule(
    css: &mut String,
    class: &str,
    (color, family, line): (&str, Family, LineStyle),
    theme: Theme,
) {
    let colors = mark_colors(color, family, theme);
    let (image, size) = pattern(line, &colors.line);
    let _ = write!(css, ".{class}{{--f:{};--l:{};--p:{image};--z:{size}}}", colors.fill, colors.line);
}

/// Where the system forces its colours, only the line styles are left: no fills.
fn forced_variables(schema: &Schema) -> String {
    let mut css = String::new();
    let lines = schema.labels.iter().map(|label| label.line).enumerate();
    let lines = lines.map(|(idx, line)| (idx.to_string(), line));
    for (idx, line) in lines.chain([("x".to_string(), LineStyle::Dotted)]) {
        let (image, size) = match line {
            // A picture cannot take a system colour: waves become slants.
            LineStyle::Wavy => (
                "linear-gradient(120deg,transparent 40%,CanvasText 40% 60%,transparent 60%)".into(),
                "6px 4px",
            ),
            _ => pattern(line, "CanvasText"),
        };
        let _ = write!(css, "--f{idx}:Canvas;--l{idx}:CanvasText;--p{idx}:{image};--z{idx}:{size};");
    }
    css
}

/// The class of one label in each lane of each family.
fn lane_rules(css: &mut String, idx: &str) {
    for lane in 0..LANES_MAX {
        let _ = write!(
            css,
            ".t{lane}-{idx}{{--t{lane}:linear-gradient(var(--f{idx}),var(--f{idx}));--tp{lane}:var(--p{idx});--tz{lane}:var(--z{idx})}}\
             .u{lane}-{idx}{{--u{lane}:var(--p{idx});--uz{lane}:var(--z{idx})}}\
             .b{lane}-{idx}{{--b{lane}:var(--p{idx});--bz{lane}:var(--z{idx});--bl{lane}:linear-gradient(var(--l{idx}),var(--l{idx}))}}"
        );
    }
    let _ =
        write!(css, ".sw-{idx}{{--f:var(--f{idx});--l:var(--l{idx});--p:var(--p{idx});--z:var(--z{idx})}}");
}

/// A line style as a background image that repeats sideways, with its size.
fn pattern(line: LineStyle, color: &str) -> (String, &'static str) {
    match line {
        LineStyle::Solid => (format!("linear-gradient({color},{color})"), "4px 2px"),
        LineStyle::Double => {
            (format!("linear-gradient({color} 0 1.5px,transparent 1.5px 3px,{color} 3px 4.5px)"), "4px 4.5px")
        }
        LineStyle::Dotted => {
            (format!("radial-gradient(circle,{color} 0 1.25px,transparent 1.4px)"), "5px 3px")
        }
        LineStyle::Dashed => (format!("linear-gradient(90deg,{color} 0 6px,transparent 6px)"), "9px 2px"),
        LineStyle::Wavy => {
            let color = color.replace('#', "%23");
            let svg = format!(
                "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='8' height='4'%3E\
                 %3Cpath d='M0 3Q2 -1 4 2T8 3' fill='none' stroke='{color}' stroke-width='1.4'/%3E%3C/svg%3E\")"
            );
            (svg, "8px 4px")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::forced_variables;
    use crate::formats::presets::default_schema;

    #[test]
    fn where_colours_are_forced_line_styles_still_differ() {
        let schema = default_schema();
        let css = forced_variables(&schema);
        let line_of = |idx: usize| {
            let (_, after) = css.split_once(&format!("--p{idx}:")).expect("a line for each label");
            after.split_once(';').expect("an end").0.to_string()
        };
        for (a, first) in schema.labels.iter().enumerate() {
            for (b, second) in schema.labels.iter().enumerate() {
                assert_eq!(line_of(a) == line_of(b), first.line == second.line, "{} {}", first.id, second.id);
            }
        }
    }
}
