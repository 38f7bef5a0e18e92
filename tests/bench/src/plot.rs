//! Cost against size: what opening takes, and what an edit does.

use plotters::prelude::*;

use crate::bars::WORKS;
use crate::figures::{Figures, median};
use crate::plan::Case;

const SIZE_PX: (u32, u32) = (1100, 460);

/// The edits whose curves are drawn, each with its colour.
const EDITS: [(&str, RGBColor); 5] = [
    ("add", RGBColor(160, 60, 40)),
    ("relabel", RGBColor(30, 90, 160)),
    ("move", RGBColor(30, 130, 70)),
    ("undo", RGBColor(130, 60, 150)),
    ("delete", RGBColor(150, 110, 20)),
];

/// Points of a curve: size in kB, median in milliseconds.
type Curve = Vec<(f64, f64)>;

/// The plot as SVG; the bare page's curves are pale.
pub fn svg(figures: &Figures) -> String {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE_PX).into_drawing_area();
        let drawn = root.fill(&WHITE).map_err(|error| error.to_string()).and_then(|()| {
            let (left, right) = root.split_horizontally(SIZE_PX.0 / 2);
            let open = [("open", RGBColor(160, 60, 40))];
            panel(&left, "Opening, painted", &open, figures)?;
            panel(&right, "Edits, painted", &EDITS, figures)?;
            root.present().map_err(|error| error.to_string())
        });
        if let Err(error) = drawn {
            eprintln!("the plot is not whole: {error}");
        }
    }
    svg
}

fn panel(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    title: &str,
    works: &[(&str, RGBColor)],
    figures: &Figures,
) -> Result<(), String> {
    let curves: Vec<(&str, RGBColor, Curve, Curve)> = works
        .iter()
        .map(|(id, colour)| (*id, *colour, curve(id, figures, false), curve(id, figures, true)))
        .collect();
    let all = curves.iter().flat_map(|(_, _, sourcier, bare)| sourcier.iter().chain(bare));
    let top = all.map(|(_, ms)| *ms).fold(1.0, f64::max) * 1.15;
    let failed = |error: DrawingAreaErrorKind<_>| -> String { format!("{error:?}") };
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .build_cartesian_2d((80.0..3_800.0).log_scale(), 0.0..top)
        .map_err(failed)?;
    chart
        .configure_mesh()
        .x_desc("kB of text (30,000 annotations at the right end)")
        .y_desc("ms, median")
        .x_label_formatter(&|kb| format!("{kb:.0}"))
        .light_line_style(WHITE)
        .draw()
        .map_err(failed)?;
    for (id, colour, sourcier, bare) in &curves {
        let title = WORKS.iter().find(|work| work.id == *id).map_or(*id, |work| work.title);
        let line = *colour;
        let drawn = LineSeries::new(sourcier.iter().copied(), line.stroke_width(2)).point_size(3);
        chart
            .draw_series(drawn)
            .map_err(failed)?
            .label(title)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], line.stroke_width(2)));
        let pale = line.mix(0.35);
        chart
            .draw_series(LineSeries::new(bare.iter().copied(), pale.stroke_width(2)).point_size(3))
            .map_err(failed)?
            .label(format!("{title}, bare page"))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], pale.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .draw()
        .map_err(failed)
}

fn curve(id: &str, figures: &Figures, is_bare: bool) -> Curve {
    let point = |case: &Case| {
        let samples = figures.get(id, *case)?;
        let ms = median(if is_bare { &samples.bare } else { &samples.sourcier })?;
        Some((case.size_bytes() / 1e3, ms))
    };
    Case::SIZES.iter().filter_map(point).collect()
}
