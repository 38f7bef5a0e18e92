//! The style of the page: the sheet that all reports share, and the colours of the labels.

use std::fmt::Write as _;

use sourcier::model::schema::{Family, LineStyle};
use sourcier::view_model::color::{Theme, mark_colors};

use super::Report;

const SHEET: &str = include_str!("report.css");
/// For labels that the schema does not have.
const GREY: &str = "#808080";

impl Report<'_> {
    /// The content of the `<style>`. Only numbers and colours come from the schema.
    pub(super) fn style(&self) -> String {
        let mut style = format!(":root {{ {} }}\n{SHEET}", palette(Theme::Light));
        let mut dark = format!(":root {{ {} }}\n", palette(Theme::Dark));
        for (idx, label) in self.work.state.schema.labels.iter().enumerate() {
            let family = self.family(label);
            let rule =
                |theme| rule(&idx.to_string(), family, label.line, &mark_colors(&label.color, family, theme));
            style.push_str(&rule(Theme::Light));
            dark.push_str(&rule(Theme::Dark));
        }
        for (theme, sheet) in [(Theme::Light, &mut style), (Theme::Dark, &mut dark)] {
            let grey = mark_colors(GREY, Family::Underline, theme);
            sheet.push_str(&rule("x", Family::Underline, LineStyle::Solid, &grey));
        }
        let _ = write!(style, "@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n");
        style
    }
}

/// The colours of the page: paper, ink, soft ink, rules between parts, links.
fn palette(theme: Theme) -> String {
    let (paper, ink) = (theme.paper().to_css(), theme.ink().to_css());
    let (soft, line, link) = match theme {
        Theme::Light => ("#5f5b54", "#d8d3c8", "#1f5fa8"),
        Theme::Dark => ("#a9a398", "#3b3833", "#8ab8f0"),
    };
    format!("--paper: {paper}; --ink: {ink}; --soft: {soft}; --rule: {line}; --link: {link}")
}

fn rule(
    name: &str,
    family: Family,
    line: LineStyle,
    colors: &sourcier::view_model::color::MarkColors,
) -> String {
    let (fill, color) = (&colors.fill, &colors.line);
    let (underline, border) = match line {
        LineStyle::Solid => ("solid", "solid"),
        LineStyle::Double => ("double", "double"),
        LineStyle::Dotted => ("dotted", "dotted"),
        LineStyle::Dashed => ("dashed", "dashed"),
        LineStyle::Wavy => ("wavy", "dashed"),
    };
    match family {
        Family::Tint => {
            format!(".l{name} {{ background: {fill}; text-decoration: underline {underline} {color} }}\n")
        }
        Family::Underline => format!(".l{name} {{ text-decoration: underline {underline} {color} }}\n"),
        Family::Box => format!(".l{name} {{ border-style: {border}; border-color: {color} }}\n"),
    }
}
